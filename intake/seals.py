"""Letters under a digital seal: signed ones are read, encrypted ones wait for a person with the key."""

import re

from intake.mime import ENCLOSED_LETTERS, Part, is_smime

_SIGNED = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[A-Za-z-]{1,30}:[^\n]*\n)*(?:[ \t]*\n)?", re.MULTILINE
)
_SIGNATURE = re.compile(r"^-----BEGIN PGP SIGNATURE-----", re.MULTILINE)
_SIGNATURE_END = re.compile(r"^-----END PGP SIGNATURE-----[ \t]*$", re.MULTILINE)
_ENCRYPTED = re.compile(r"^-----BEGIN PGP MESSAGE-----[ \t]*$", re.MULTILINE)


def seal_of(part: Part) -> str:
    """``encrypted``, ``signed`` or "", by the types of a letter's parts; what a part encloses does not count."""
    if part.kind == "multipart/encrypted":
        return "encrypted"
    if is_smime(part):
        inner = "encrypted" if any(seal_of(child) == "encrypted" for child in part.children) else "signed"
        return inner if part.children or part.parameters.get("smime-type") == "certs-only" else "encrypted"
    if part.kind in ENCLOSED_LETTERS:
        return ""
    seals = {seal_of(child) for child in part.children}
    if "encrypted" in seals:
        return "encrypted"
    return "signed" if "signed" in seals or part.kind == "multipart/signed" else ""


def is_armoured(text: str) -> bool:
    """Whether these words hold an OpenPGP message that only its key opens (RFC 9580, 6.2)."""
    return "-----BEGIN PGP MESSAGE" in text and _ENCRYPTED.search(text) is not None


def without_armour(text: str) -> tuple[str, str]:
    """The words of a clear-signed letter (RFC 9580, 7), and the lines of its signature; "" if it bears none."""
    if "-----BEGIN PGP SIGNED" not in text or not (begin := _SIGNED.search(text)):
        return text, ""
    armour = [begin[0]]
    before, rest = text[: begin.start()], text[begin.end() :]
    after = ""
    if signature := _SIGNATURE.search(rest):
        end = _SIGNATURE_END.search(rest, signature.end())
        stop = end.end() if end else len(rest)
        armour.append(rest[signature.start() : stop])
        rest, after = rest[: signature.start()], rest[stop:]
    signed = re.sub(r"^- ", "", rest, flags=re.MULTILINE)
    return f"{before}{signed}{after}", "\n".join(armour)
