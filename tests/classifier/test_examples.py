"""Reading the corpus: every line checked, no scenario on both sides of a split."""

import json
from pathlib import Path

import pytest

from classifier.examples import CorpusError, Example, corpus_hash, folds, read_corpus


def write(folder: Path, *lines: str) -> Path:
    (folder / "some.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def changed(line: str, **fields: object) -> str:
    return json.dumps(json.loads(line) | fields)


def test_the_corpus_reads_without_an_error() -> None:
    assert len(read_corpus()) > 0


def test_a_good_line_is_read(tmp_path: Path, corpus_line: str) -> None:
    assert read_corpus(write(tmp_path, corpus_line))[0].subject == "Bin"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"kind": "rant"}, "rant: no such kind"),
        ({"areas": ["moon"]}, "moon: no such area"),
        ({"areas": []}, "at least one area"),
        ({"signals": ["noise"]}, "noise: no such signal"),
        ({"signals": "none"}, "must be lists"),
        ({"channel": "pigeon"}, "channel is none of"),
    ],
)
def test_a_wrong_label_is_named_with_its_line(
    tmp_path: Path, corpus_line: str, fields: dict[str, object], words: str
) -> None:
    with pytest.raises(CorpusError, match=rf"some.jsonl, line 2: .*{words}"):
        read_corpus(write(tmp_path, corpus_line, changed(corpus_line, id="t-2", **fields)))


@pytest.mark.parametrize(("line", "words"), [("{", "not JSON"), ("[]", "not an object"), ("{}", "missing: id")])
def test_a_broken_line_is_named(tmp_path: Path, line: str, words: str) -> None:
    with pytest.raises(CorpusError, match=rf"some.jsonl, line 1: .*{words}"):
        read_corpus(write(tmp_path, line))


def test_an_id_used_twice_is_refused(tmp_path: Path, corpus_line: str) -> None:
    with pytest.raises(CorpusError, match="t-1 is used twice"):
        read_corpus(write(tmp_path, corpus_line, corpus_line))


def test_the_hash_follows_the_contents(tmp_path: Path, corpus_line: str) -> None:
    before = corpus_hash(write(tmp_path, corpus_line))
    assert corpus_hash(write(tmp_path, changed(corpus_line, body="Late."))) != before


def test_no_scenario_stands_in_two_folds(examples: list[Example]) -> None:
    dealt = set(zip([e.scenario for e in examples], folds([e.scenario for e in examples], 5), strict=True))
    assert len(dealt) == len({e.scenario for e in examples})


def test_folds_do_not_depend_on_the_order_of_lines() -> None:
    names = [f"scenario-{number}" for number in range(40)]
    assert folds(names, 5) == folds(names[::-1], 5)[::-1]


def test_every_fold_is_used() -> None:
    assert set(folds([f"scenario-{number}" for number in range(40)], 5)) == {0, 1, 2, 3, 4}
