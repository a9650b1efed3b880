"""The letter inside an opaque S/MIME signature: one walk down the ASN.1, checking nothing of the signature.

The structure is CMS (RFC 5652): ContentInfo { signedData, [0] SignedData { version, digests,
EncapsulatedContentInfo { data, [0] OCTET STRING } … } }, in BER, so lengths may be left open.
"""

_SIGNED_DATA = bytes.fromhex("06092a864886f70d010702")
_SEQUENCE, _SET, _INTEGER, _OCTETS, _OCTETS_IN_PIECES, _EXPLICIT = 0x30, 0x31, 0x02, 0x04, 0x24, 0xA0
_MOST_PIECES = 100_000
_OPEN_ENDED = -1


def signed_content(raw: bytes) -> bytes | None:
    """The bytes that were signed, or None if these are no signed data with its content inside."""
    try:
        at = _enter(raw, 0, _SEQUENCE)
        if not raw.startswith(_SIGNED_DATA, at):
            return None
        at = _enter(raw, at + len(_SIGNED_DATA), _EXPLICIT)
        at = _enter(raw, at, _SEQUENCE)
        at = _pass(raw, _pass(raw, at, _INTEGER), _SET)
        at = _enter(raw, at, _SEQUENCE)
        at = _enter(raw, _pass(raw, at, 0x06), _EXPLICIT)
        return _octets(raw, at)
    except (IndexError, ValueError):
        return None


def _head(raw: bytes, at: int) -> tuple[int, int, int]:
    """The tag at this place, where its content begins, and how long it is (-1: until an end mark)."""
    tag, length = raw[at], raw[at + 1]
    if length < 0x80:
        return tag, at + 2, length
    if length == 0x80:
        return tag, at + 2, _OPEN_ENDED
    size = length & 0x7F
    if size > 8:
        raise ValueError("a length of more than eight bytes")
    return tag, at + 2 + size, int.from_bytes(raw[at + 2 : at + 2 + size], "big")


def _enter(raw: bytes, at: int, wanted: int) -> int:
    tag, content, _ = _head(raw, at)
    if tag != wanted:
        raise ValueError("another tag")
    return content


def _pass(raw: bytes, at: int, wanted: int) -> int:
    tag, content, length = _head(raw, at)
    if tag != wanted:
        raise ValueError("another tag")
    if length != _OPEN_ENDED:
        return content + length
    ended = raw.find(b"\0\0", content)
    if ended < 0:
        raise ValueError("no end mark")
    return ended + 2


def _octets(raw: bytes, at: int) -> bytes:
    tag, content, length = _head(raw, at)
    if tag == _OCTETS and length != _OPEN_ENDED:
        return raw[content : content + length]
    if tag != _OCTETS_IN_PIECES:
        raise ValueError("no octets")
    end = len(raw) if length == _OPEN_ENDED else content + length
    pieces: list[bytes] = []
    while content + 2 <= min(end, len(raw)) and raw[content] == _OCTETS and len(pieces) < _MOST_PIECES:
        _, start, size = _head(raw, content)
        pieces.append(raw[start : start + size])
        content = start + size
    return b"".join(pieces)
