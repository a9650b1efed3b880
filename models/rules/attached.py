"""What came along with a letter, in words for officers; and which files no double click should start."""

from collections.abc import Mapping
from typing import Any

_NAMES = {
    "image/jpeg": "JPEG image",
    "image/png": "PNG image",
    "image/gif": "GIF image",
    "image/heic": "HEIC image",
    "image/svg+xml": "SVG drawing",
    "application/pdf": "PDF document",
    "application/msword": "Word document",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word document",
    "application/vnd.ms-excel": "Excel workbook",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "Excel workbook",
    "application/vnd.ms-powerpoint": "PowerPoint presentation",
    "application/vnd.openxmlformats-officedocument.presentationml.presentation": "PowerPoint presentation",
    "application/vnd.oasis.opendocument.text": "OpenDocument text",
    "application/vnd.oasis.opendocument.spreadsheet": "OpenDocument spreadsheet",
    "application/vnd.ms-outlook": "Outlook message",
    "application/x-ole-storage": "old Office file",
    "application/rtf": "RTF document",
    "application/zip": "ZIP archive",
    "application/ms-tnef": "Outlook winmail.dat",
    "application/vnd.microsoft.portable-executable": "Windows program",
    "application/x-executable": "Linux program",
    "application/x-ms-shortcut": "Windows shortcut",
    "application/octet-stream": "unknown type",
    "application/pgp-signature": "digital signature",
    "application/pkcs7-signature": "digital signature",
    "message/rfc822": "email",
    "text/x-script": "script",
    "text/plain": "text",
    "text/html": "web page",
    "text/csv": "CSV table",
    "text/calendar": "calendar entry",
    "text/vcard": "contact card",
}
_FAMILIES = {"image": "image", "video": "video", "audio": "sound", "text": "text"}
_STATES = {
    "clean": "clean",
    "infected": "holds a virus, locked away",
    "unscanned": "not scanned for viruses",
    "too_large": "too large, not kept",
}
_CAN_RUN = frozenset(
    {
        "application/vnd.microsoft.portable-executable",
        "application/x-executable",
        "application/x-ms-shortcut",
        "image/svg+xml",
        "text/html",
        "text/x-script",
    }
)
_ENDINGS_THAT_RUN = frozenset(
    {
        *("apk", "app", "bat", "chm", "cmd", "com", "cpl", "desktop", "dll", "exe", "hta", "htm", "html", "img", "iso"),
        *("jar", "js", "jse", "lnk", "mht", "mhtml", "msc", "msi", "ps1", "py", "reg", "scf", "scr", "sh", "shtml"),
        *("svg", "url", "vbe", "vbs", "vhd", "vhdx", "wsf", "wsh", "xhtml", "xll"),
    }
)


def type_in_words(content_type: str) -> str:
    """A MIME type as officers would say it, or itself where they would not."""
    family = _FAMILIES.get(content_type.partition("/")[0], "")
    return _NAMES.get(content_type) or family or content_type or "unknown type"


def size_in_words(size: int) -> str:
    """A number of bytes, short: 512 B, 240 kB, 1.2 MB (a kB is 1,000 bytes)."""
    if size < 1_000:
        return f"{size} B"
    return f"{size / 1_000:.0f} kB" if size < 999_500 else f"{size / 1_000_000:.1f} MB"


def state_in_words(state: str) -> str:
    """What is known of a file's safety; "" when nobody looked."""
    return _STATES.get(state, "")


def type_of(row: Mapping[str, Any]) -> str:
    """The MIME type of an attachment as correspondence keeps it; rows from before files were stored named it “type”."""
    return str(row.get("content_type") or row.get("type") or "")


def in_words(row: Mapping[str, Any]) -> str:
    """One attachment as correspondence keeps it: “photo.jpg (JPEG image, 240 kB, clean)”."""
    facts = (type_in_words(type_of(row)), size_in_words(int(row["size"])), state_in_words(str(row.get("state", ""))))
    return f"{row['name']} ({', '.join(filter(None, facts))})"


def name_that_only_opens(name: str, content_type: str) -> str:
    """The name to save a file under: one that could run gets “.txt”, so that a double click only shows it."""
    ending = name.rpartition(".")[2].lower()
    return f"{name}.txt" if content_type in _CAN_RUN or ending in _ENDINGS_THAT_RUN else name
