"""The key of a case's own in the addresses and Message-IDs we write, so that a reply is known to be one.

An address is ``complaints+k3f…@council.example``: the key follows a plus sign. A reference may be
guessed or overheard; a key is known only to whom we wrote.
"""

import re

_KEY = re.compile(r"\+([0-9a-f]{20})@")
_SEALED = re.compile(r"<tocsin\.([0-9a-f]{20})[0-9a-f]{12}@")


def keyed_address(address: str, key: str) -> str:
    """Our address with a case's key in it."""
    mailbox, _, domain = address.rpartition("@")
    return f"{mailbox}+{key}@{domain}"


def key_of_letter(message_id: str) -> str:
    """The key of one letter of ours, for whoever is no party to the case: the first digits of its Message-ID, or "".

    The letter answered and the address it was answered to so name the same letter.
    """
    found = _SEALED.match(message_id)
    return found[1] if found else ""


def keys_in(addresses: tuple[str, ...], *, ours: str) -> tuple[str, ...]:
    """The keys in those addresses that are ours but for the key, in order, each once."""
    mailbox, _, domain = ours.lower().rpartition("@")
    found = (_KEY.search(address.lower()) for address in addresses if _is_ours(address.lower(), mailbox, domain))
    return tuple(dict.fromkeys(key[1] for key in found if key))


def _is_ours(address: str, mailbox: str, domain: str) -> bool:
    return address.startswith(f"{mailbox}+") and address.endswith(f"@{domain}")
