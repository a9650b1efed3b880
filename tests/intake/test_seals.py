"""Letters under a digital seal: the words of a signed one are read, an encrypted one is called so."""

import base64

import pytest

from intake.parse import parse
from intake.pkcs7 import signed_content
from models.rules.letters import Email

INSIDE = b"Content-Type: text/plain; charset=utf-8\r\n\r\nThe wall is black.\r\n"
SIGNED_OID = bytes.fromhex("06092a864886f70d010702")
ENVELOPED_OID = bytes.fromhex("06092a864886f70d010703")
DATA_OID = bytes.fromhex("06092a864886f70d010701")


def tlv(tag: int, *content: bytes) -> bytes:
    joined = b"".join(content)
    length = len(joined)
    size = bytes([length]) if length < 0x80 else b"\x82" + length.to_bytes(2, "big")
    return bytes([tag]) + size + joined


def open_ended(tag: int, *content: bytes) -> bytes:
    return bytes([tag, 0x80]) + b"".join(content) + b"\0\0"


def signed(octets: bytes) -> bytes:
    digests = tlv(0x31, tlv(0x30, bytes.fromhex("0609608648016503040201")))
    data = tlv(0x30, tlv(0x02, b"\1"), digests, tlv(0x30, DATA_OID, tlv(0xA0, octets)), tlv(0x31))
    return tlv(0x30, SIGNED_OID, tlv(0xA0, data))


def signed_in_pieces(raw: bytes) -> bytes:
    pieces = open_ended(0x24, tlv(0x04, raw[:20]), tlv(0x04, raw[20:]))
    data = open_ended(0x30, tlv(0x02, b"\1"), tlv(0x31), open_ended(0x30, DATA_OID, open_ended(0xA0, pieces)))
    return open_ended(0x30, SIGNED_OID, open_ended(0xA0, data))


def sealed(kind: str, body: bytes, encoding: str = "base64") -> Email:
    head = f"From: a@b.example\nSubject: s\nContent-Type: {kind}\nContent-Transfer-Encoding: {encoding}\n\n"
    return parse(head.encode() + (base64.encodebytes(body) if encoding == "base64" else body))


@pytest.mark.parametrize("raw", [signed(tlv(0x04, INSIDE)), signed_in_pieces(INSIDE)], ids=["der", "ber"])
@pytest.mark.parametrize(
    "kind",
    [
        "application/pkcs7-mime; smime-type=signed-data; name=smime.p7m",
        "application/x-pkcs7-mime; name=smime.p7m",
        "application/octet-stream; name=smime.p7m",
    ],
)
def test_the_words_inside_an_opaque_signature_are_read(raw: bytes, kind: str) -> None:
    email = sealed(kind, raw)
    assert (email.seal, email.text, email.attachments) == ("signed", "The wall is black.", ())


@pytest.mark.parametrize(
    ("kind", "raw"),
    [
        ("application/pkcs7-mime; smime-type=enveloped-data; name=smime.p7m", tlv(0x30, ENVELOPED_OID, bytes(40))),
        ("application/pkcs7-mime; smime-type=signed-data; name=smime.p7m", signed(tlv(0x04, INSIDE))[:30]),
        ("application/pkcs7-mime", b"\x30"),
        ("application/pkcs7-mime", b""),
        ("application/pkcs7-mime", b"\x30\xff" + b"\xff" * 200),
    ],
)
def test_what_cannot_be_opened_is_called_encrypted(kind: str, raw: bytes) -> None:
    email = sealed(kind, raw)
    assert email.seal == "encrypted"
    assert len(email.attachments) == 1


def test_an_encrypted_letter_signed_outside_is_encrypted() -> None:
    inside = b"Content-Type: application/pkcs7-mime; smime-type=enveloped-data\r\n\r\nx\r\n"
    assert sealed("application/pkcs7-mime", signed(tlv(0x04, inside))).seal == "encrypted"


def test_a_signature_beside_the_words_leaves_them_readable() -> None:
    body = (
        b"--b\n"
        + INSIDE.replace(b"\r", b"")
        + b"--b\nContent-Type: application/pgp-signature; name=s.asc\n\nx\n--b--\n"
    )
    email = sealed('multipart/signed; boundary=b; protocol="application/pgp-signature"', body, "7bit")
    assert (email.seal, email.text) == ("signed", "The wall is black.")


def test_an_encrypted_multipart_is_encrypted() -> None:
    kinds = [b"application/pgp-encrypted", b"application/octet-stream"]
    body = b"".join(b"--b\nContent-Type: " + kind + b"\n\nVersion: 1\n" for kind in kinds) + b"--b--\n"
    assert sealed("multipart/encrypted; boundary=b", body, "7bit").seal == "encrypted"


def test_a_plain_letter_bears_no_seal() -> None:
    assert sealed("text/plain", b"hello", "7bit").seal == ""


def test_a_sealed_letter_that_is_only_attached_seals_nothing() -> None:
    body = b"--b\n\nSee this.\n--b\nContent-Type: message/rfc822\n\nContent-Type: application/pkcs7-mime\n\nx\n--b--\n"
    assert sealed("multipart/mixed; boundary=b", body, "7bit").seal == ""


@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/octet-stream"])
def test_a_file_that_somebody_signed_and_attached_is_a_file(kind: str) -> None:
    plan = signed(tlv(0x04, b"%PDF-1.7 The plan."))
    attached = f"--b\nContent-Type: {kind}; name=plan.pdf.p7m\nContent-Transfer-Encoding: base64\n\n".encode()
    body = b"--b\n\nSee the plan.\n" + attached + base64.encodebytes(plan) + b"--b--\n"
    email = sealed("multipart/mixed; boundary=b", body, "7bit")
    assert (email.seal, email.text, email.quoted) == ("", "See the plan.", "")
    assert [each.name for each in email.attachments] == ["plan.pdf.p7m"]


def test_the_armour_of_a_signed_text_is_set_aside() -> None:
    email = sealed(
        "text/plain",
        b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\nThe wall is black.\n- -- not a signature\n"
        b"-----BEGIN PGP SIGNATURE-----\n\niQEz\n=abcd\n-----END PGP SIGNATURE-----\nAsha",
        "7bit",
    )
    assert email.seal == "signed"
    assert email.text == "The wall is black.\n-- not a signature\n\nAsha"
    assert "iQEz" in email.quoted
    assert "Hash: SHA512" in email.quoted


def test_an_encrypted_text_is_encrypted() -> None:
    armour = b"-----BEGIN PGP MESSAGE-----\n\nhQEM\n-----END PGP MESSAGE-----\n"
    assert sealed("text/plain", armour, "7bit").seal == "encrypted"
    quoted = b"I cannot open this.\n\nOn 4 Mar 2026, Ben <b@c.example> wrote:\n> " + armour.replace(b"\n", b"\n> ")
    assert sealed("text/plain", quoted, "7bit").seal == ""


def test_no_length_can_lead_the_walk_astray() -> None:
    whole = signed(tlv(0x04, INSIDE))
    for at in range(len(whole)):
        for value in (0, 0x7F, 0x80, 0x84, 0x88, 0xFF):
            signed_content(whole[:at] + bytes([value]) + whole[at + 1 :])
            signed_content(whole[:at])
