"""mrkdwn becomes HTML that holds nothing of the text as markup."""

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as st

from demo.page.mrkdwn import mrkdwn, plain

OURS = {"span", "b", "i", "s", "code", "a"}


def shown(text: str) -> str:
    return str(mrkdwn(text, {"U01": "Ben Carter", "C01": "waste"}.__getitem__))


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("*Why:*", "<b>Why:</b>"),
        ("_really_", "<i>really</i>"),
        ("~old~", "<s>old</s>"),
        ("`no owner`", "<code>no owner</code>"),
        ("<@U01>", "<span class='mention'>@Ben Carter</span>"),
        ("<#C01>", "<span class='mention'>#waste</span>"),
        ("<!channel>", "<span class='mention'>@channel</span>"),
        ("<!date^1^{date}|14 October>", "<span class='mention'>14 October</span>"),
        ("*2 &lt; 3 &amp; 4*", "<b>2 &lt; 3 &amp; 4</b>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("snake_case_name", "snake_case_name"),
        (":nothing:", ":nothing:"),
        ("<|>", "&lt;|&gt;"),
    ],
)
def test_mrkdwn_is_read_as_slack_reads_it(text: str, html: str) -> None:
    assert shown(text) == f"<span class='line'>{html}</span>"


def test_links_open_only_where_it_is_safe() -> None:
    assert "href='https://council.example/42'" in shown("<https://council.example/42|Case 42>")
    assert "href" not in shown("<javascript:alert(1)|Case 42>")


def test_bold_may_hold_a_link_or_a_sign() -> None:
    html = BeautifulSoup(shown("*<https://council.example|T26-1> :warning:*"), "html.parser")
    assert html.b is not None
    assert html.b.get_text() == "T26-1 ⚠"


def tags_in(html: str) -> list[Tag]:
    """The tags of a piece of a page; within a paragraph, for alone it may look like the name of a file."""
    (paragraph,) = BeautifulSoup(f"<p>{html}</p>", "html.parser").find_all("p")
    return list(paragraph.find_all(True))


@given(st.text(alphabet=st.sampled_from("<>&\"'`*_~:|@#!/=abjsx \n\ue000\ue0010")) | st.text())
def test_no_text_becomes_markup_of_its_own(text: str) -> None:
    tags = tags_in(str(mrkdwn(text, str)))
    assert {tag.name for tag in tags} <= OURS
    assert {name for tag in tags for name in tag.attrs} <= {"class", "role", "aria-label", "href", "target", "rel"}
    assert not tags_in(str(plain(text)))
