"""Letters nobody would write, made of the pieces that letters are made of: reading one never raises.

``bench/fuzz_parse.py`` looks further, for as long as it is given, led by the code it reaches.
"""

import base64
import quopri
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from intake.automatic import automation, may_answer
from intake.identity import content_key
from intake.parse import parse

ROOT = Path(__file__).parents[2]
FOLDERS = ("demo/letters", "tests/corpus")
SAMPLES = [path.read_bytes() for folder in FOLDERS for path in sorted((ROOT / folder).glob("*.eml"))]

steady = settings(
    max_examples=200,
    deadline=None,
    derandomize=True,  # the same letters at every run
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

WORDS = (
    "Nid yw’r biniau wedi’u casglu; it’s three weeks, £20 a week — “thanks”.\n> On Monday, Bo wrote:\n-- \nSiân 🙂 \0\n"
)
CHARSETS = ("utf-8", "us-ascii", "cp1252", "utf-16", "utf-7", "iso-2022-jp", "hz", "koi8-r", "idna", "punycode", "zlib")
ENCODINGS = ("7bit", "8bit", "binary", "base64", "quoted-printable", "x-uuencode", "base65", "")
LEAVES = (
    *("text/plain", "text/html", "text/calendar", "text/x-vcard", "image/png", "application/ms-tnef", "text"),
    *("application/pkcs7-mime; smime-type=enveloped-data", "application/pgp-encrypted", "message/delivery-status"),
    *("message/disposition-notification", "text/rfc822-headers", "message/partial", "a/b; name*0*=x''%ff; name*1=y"),
)
TREES = ("mixed", "alternative", "related", "report", "signed", "encrypted", "digest", "parallel", "x-odd")
BOUNDARIES = (b"b", b"bb", b"=_b ", b"", b"\xe9", b"b--", b'"')

odd = st.one_of(st.binary(max_size=40), st.text(max_size=40).map(lambda text: text.encode("utf-8", "surrogatepass")))
encoded_words = st.builds(
    lambda charset, how, raw: b"=?" + charset.encode() + b"?" + how + b"?" + raw + b"?=",
    st.sampled_from(CHARSETS),
    st.sampled_from([b"q", b"b", b"x", b""]),
    st.one_of(odd, odd.map(base64.b64encode), odd.map(quopri.encodestring)),
)
addresses = st.one_of(
    encoded_words.map(lambda word: word + b" <asha@residents.example>"),
    st.sampled_from(
        [b"asha@residents.example", b"<>", b'"Bo, \\"B\\"" <bo@b>', b"Group: a@b, c@d;", b"(((a@b", b"a@[1.2.3.4]"]
    ),
    odd,
)
values = st.one_of(odd, encoded_words, addresses)
NAMES = (
    *("From", "To", "Cc", "Subject", "Date", "Message-ID", "In-Reply-To", "References", "Return-Path", "Received"),
    *("Auto-Submitted", "Authentication-Results", "Content-Type", "Content-Transfer-Encoding", "X-Odd", "Reply-To"),
)
headers = st.builds(
    lambda name, gap, value: name.encode() + gap + value + b"\n",
    st.sampled_from(NAMES),
    st.sampled_from([b": ", b":", b" :\t", b":\n "]),
    values,
)


def in_encoding(raw: bytes, encoding: str) -> bytes:
    """The bytes as such a part carries them."""
    if encoding == "base64":
        return base64.encodebytes(raw)
    return quopri.encodestring(raw) if encoding == "quoted-printable" else raw


@st.composite
def leaves(draw: st.DrawFn) -> bytes:
    """A part with words, a file or nonsense in it, in some charset and encoding that may not be the one it names."""
    kind, charset = draw(st.sampled_from(LEAVES)), draw(st.sampled_from(CHARSETS))
    encoding = draw(st.sampled_from(ENCODINGS))
    words = draw(st.sampled_from([WORDS.encode(), WORDS.encode("cp1252", "replace"), f"<p>{WORDS}<div>".encode(), b""]))
    body = in_encoding(words + draw(odd), draw(st.sampled_from([encoding, encoding, "base64"])))
    disposition = draw(
        st.sampled_from([b"", b"Content-Disposition: attachment; filename=../a\n", b"Content-Disposition: \xff\n"])
    )
    head = f"Content-Type: {kind}; charset={charset}\nContent-Transfer-Encoding: {encoding}\n".encode()
    return head + disposition + b"\n" + body


def trees(parts: st.SearchStrategy[bytes]) -> st.SearchStrategy[bytes]:
    """Parts within a multipart, or a letter within a letter; the boundary is not always the one that is named."""

    def joined(kind: str, named: bytes, cut: bytes, inside: list[bytes], end: bytes) -> bytes:
        head = b"Content-Type: multipart/" + kind.encode() + b'; boundary="' + named + b'"\n\n'
        return head + b"".join(b"\n--" + cut + b"\n" + part for part in inside) + end

    boundaries = st.sampled_from(BOUNDARIES)
    several = st.lists(parts, max_size=4)
    same = boundaries.flatmap(
        lambda cut: st.builds(
            joined, st.sampled_from(TREES), st.just(cut), st.just(cut), several, st.just(b"\n--" + cut + b"--\n")
        )
    )
    broken = st.builds(joined, st.sampled_from(TREES), boundaries, boundaries, several, odd)
    letter = parts.map(lambda part: b"Content-Type: message/rfc822\n\nFrom: bo@residents.example\n" + part)
    return st.one_of(same, broken, letter)


letters = st.builds(
    lambda heads, body, line_end: (b"".join(heads) + body).replace(b"\n", line_end),
    st.lists(headers, max_size=8),
    st.recursive(leaves(), trees, max_leaves=12),
    st.sampled_from([b"\n", b"\r\n", b"\r"]),
)


@st.composite
def damaged(draw: st.DrawFn) -> bytes:
    """A sample letter with some of its bytes cut out, written over, or replaced by those of another."""
    raw = draw(st.sampled_from(SAMPLES))
    for _ in range(draw(st.integers(1, 5))):
        begin = draw(st.integers(0, len(raw)))
        end = draw(st.integers(begin, min(len(raw), begin + 400)))
        other = draw(st.sampled_from(SAMPLES))
        put_in = draw(st.one_of(odd, values, st.just(other[begin:end]), st.just(other)))
        raw = raw[:begin] + put_in + raw[end:]
    return raw


def read(raw: bytes) -> None:
    """Read a letter and ask of it what is asked of every letter; all of it can be stored."""
    email = parse(raw)
    automation(email)
    may_answer(email)
    content_key(raw)
    parts = [email.sender, email.sender_name, email.subject, email.text, email.quoted, email.message_id, *email.to]
    parts += [*email.in_reply_to, *(file.name for file in email.attachments), *(value for _, value in email.headers)]
    for text in parts:
        assert "\0" not in text
        text.encode("utf-8")  # no half of a surrogate pair, which no database takes


@steady
@given(letters)
def test_no_letter_made_of_pieces_can_stop_the_reading(raw: bytes) -> None:
    read(raw)


@steady
@given(damaged())
def test_no_damage_to_a_letter_can_stop_the_reading(raw: bytes) -> None:
    read(raw)


@steady
@given(st.binary(max_size=2_000))
def test_no_bytes_can_stop_the_reading(raw: bytes) -> None:
    read(raw)
