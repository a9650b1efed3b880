"""The pretend post: letters as residents' mail programs and mail servers write them."""

from datetime import datetime
from email.message import EmailMessage, Message
from email.mime.base import MIMEBase
from email.mime.multipart import MIMEMultipart
from email.mime.nonmultipart import MIMENonMultipart
from email.mime.text import MIMEText
from email.utils import format_datetime, formataddr, make_msgid

from demo.page.council import LetterOut, Written
from models.clock import LONDON

_POSTMASTER = "Mail Delivery System <mailer-daemon@mx.residents.example>"


def letter(written: Written, *, to: str, at: datetime, answers: LetterOut | None = None) -> bytes:
    """A letter as a mail program sends it. A reply goes where the letter asks for replies, and names it."""
    made = EmailMessage()
    made["From"] = formataddr((_on_one_line(written.sender_name), _on_one_line(written.sender)))
    made["To"] = answers.reply_to if answers else to
    made["Subject"] = _on_one_line(written.subject)
    made["Date"] = format_datetime(at)
    made["Message-ID"] = make_msgid(domain="residents.example")
    if answers:
        made["In-Reply-To"] = answers.message_id
        made["References"] = answers.message_id
    made.set_content(f"{written.body}\n\n{_quoted(answers)}" if answers else written.body)
    if enclosed := written.enclosed:
        kind, _, form = enclosed.content_type.partition("/")
        made.add_attachment(
            enclosed.content, maintype=kind, subtype=form or "octet-stream", filename=_on_one_line(enclosed.name)
        )
    return made.as_bytes()


def returned(undelivered: LetterOut, *, at: datetime) -> bytes:
    """A mail server's report that a letter did not arrive (RFC 3464): it goes to the envelope sender."""
    report = MIMEMultipart("report", report_type="delivery-status")
    report["Return-Path"] = "<>"
    report["From"] = _POSTMASTER
    report["To"] = undelivered.reply_to
    report["Subject"] = "Undelivered Mail Returned to Sender"
    report["Date"] = format_datetime(at)
    report["Message-ID"] = make_msgid(domain="mx.residents.example")
    report["Auto-Submitted"] = "auto-replied"
    report.attach(MIMEText(f"Your letter to <{undelivered.to}> could not be delivered: no such mailbox.\n"))
    report.attach(_status(undelivered.to))
    headers = MIMENonMultipart("text", "rfc822-headers")
    headers.set_payload(f"Message-ID: {undelivered.message_id}\nTo: {undelivered.to}\n")
    report.attach(headers)
    return report.as_bytes()


def _status(address: str) -> MIMEBase:
    server, recipient = Message(), Message()
    server["Reporting-MTA"] = "dns; mx.residents.example"
    recipient["Final-Recipient"] = f"rfc822; {address}"
    recipient["Action"] = "failed"
    recipient["Status"] = "5.1.1"
    recipient["Diagnostic-Code"] = "smtp; 550 5.1.1 no such mailbox"
    part = MIMEBase("message", "delivery-status")
    part.set_payload([server, recipient])
    return part


def _quoted(answered: LetterOut) -> str:
    at = answered.at.astimezone(LONDON)
    lines = answered.body.rstrip().splitlines()
    return "\n".join([f"On {at:%a, %d %b %Y at %H:%M}, {answered.sender} wrote:", *(f"> {line}" for line in lines)])


def _on_one_line(text: str) -> str:
    return " ".join(text.split())
