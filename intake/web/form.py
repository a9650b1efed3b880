"""What a resident filled in, checked, and as the raw message it becomes."""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import formataddr

_LONGEST = 20_000
_LONGEST_LINE = 200


@dataclass(frozen=True)
class Form:
    """The answers, trimmed. Everything but ``happened`` may be empty."""

    happened: str = ""
    told_before: str = ""
    told_details: str = ""
    put_right: str = ""
    name: str = ""
    email: str = ""
    other_contact: str = ""
    once: str = ""

    @classmethod
    def read(cls, answers: Mapping[str, object]) -> "Form":
        """Take the known fields; anything else that was posted is dropped."""
        given = {name: answers.get(name) for name in cls.__dataclass_fields__}
        return cls(**{name: text.strip() if isinstance(text, str) else "" for name, text in given.items()})


def problems(form: Form) -> dict[str, str]:
    """Field → what to do about it, in words; empty when the form can be sent."""
    found = {}
    if not form.happened:
        found["happened"] = "Tell us what happened"
    for name in ("happened", "told_details", "put_right", "name", "other_contact"):
        if len(getattr(form, name)) > _LONGEST:
            found[name] = f"Write at most {_LONGEST:,} letters here, and send us the rest by email"
    if form.told_before not in {"", "yes", "no"}:
        found["told_before"] = "Choose yes or no, or leave it"
    if form.email and not _looks_like_an_address(form.email):
        found["email"] = "Write an email address like name@example.org, or leave it empty"
    return found


def raw_message(form: Form, *, to: str) -> bytes:
    """The message as email would have brought it. The same form sent twice is the same message."""
    letter = EmailMessage(policy=SMTP)
    if form.email:
        letter["From"] = formataddr((_line(form.name), form.email))
    letter["To"] = to
    letter["Subject"] = _line(form.happened)[:78]
    letter["Message-ID"] = f"<form.{_token(form.once) or 'unnumbered'}@{to.rpartition('@')[2]}>"
    letter["X-Tocsin-Form"] = "complaint"
    letter.set_content(_body(form))
    return letter.as_bytes()


def _body(form: Form) -> str:
    told = {"yes": "Yes", "no": "No"}.get(form.told_before, "Not said")
    answers = (
        ("What happened", form.happened),
        ("Have you told us before", f"{told}\n{form.told_details}".strip()),
        ("What would put it right", form.put_right),
        ("Your name", form.name),
        ("How to reach you", form.other_contact or form.email),
    )
    return "\n\n".join(f"{question}:\n{answer}" for question, answer in answers if answer) + "\n"


def _line(text: str) -> str:
    # an encoded word in what somebody writes would be decoded in the header, line ends and all
    return " ".join(text.replace("=?", "= ?").split())[:_LONGEST_LINE]


def _token(text: str) -> str:
    return "".join(letter for letter in text if letter.isascii() and letter.isalnum())[:64]


def _looks_like_an_address(text: str) -> bool:
    before, at, after = text.partition("@")
    plain = text.isascii() and text.isprintable() and not set(text) & set(' <>()[],;:\\"')
    return bool(at and before and "." in after.strip(".") and plain and len(text) <= _LONGEST_LINE)
