"""Blind indexes: keyed fingerprints by which a sealed phone, e-mail or name is found without being opened."""

import hmac
import re
import unicodedata
from typing import Final

import idna

from consent.errors import EmailRefused, ErrorCode, KeyringError, NameRefused, PhoneRefused
from consent.sealing import KEY_BYTES

_E164: Final = re.compile(r"\+[1-9][0-9]{6,14}", re.ASCII)
_EXACT_BYTES: Final = 16
_NAME_BITS: Final = 12

# White space, line and paragraph separators, control and format characters, and halves of surrogate pairs.
_INVISIBLE_CATEGORIES: Final = frozenset({"Zs", "Zl", "Zp", "Cc", "Cf", "Cs"})
# Characters that show nothing although Unicode files them under letters and marks: Hangul and Khmer
# fillers, the grapheme joiner and the variation selectors.
_FILLERS: Final = frozenset(
    map(
        chr,
        (
            0x034F,
            0x115F,
            0x1160,
            0x17B4,
            0x17B5,
            0x3164,
            0xFFA0,
            *range(0xFE00, 0xFE10),
            *range(0xE0100, 0xE01F0),
        ),
    )
)


def phone_index(e164: str, key: bytes) -> str:
    """Return the fingerprint of a number in E.164 form as 32 hexadecimal digits (B2).

    Raises PhoneRefused PHONE_INVALID for any other form, which would be stored or looked up in vain.
    """
    if not _E164.fullmatch(e164):
        raise PhoneRefused(ErrorCode.PHONE_INVALID)
    return _digest(e164, key)[:_EXACT_BYTES].hex()


def email_index(address: str, key: bytes) -> str:
    """Return the fingerprint of an address, normalised first, as 32 hexadecimal digits (B2, B4)."""
    return _digest(normalise_email(address), key)[:_EXACT_BYTES].hex()


def name_index(name: str, key: bytes) -> int:
    """Return the fingerprint of a full name, normalised first, as a number of 12 bits (B3, B4).

    About 116 people of 476,705 share each number, so that the index does not tell a name: open and compare.
    """
    return int.from_bytes(_digest(normalise_name(name), key)[:2]) >> (16 - _NAME_BITS)


def normalise_name(name: str) -> str:
    """Return a name as it is compared: composed, in one case, without white space or invisible signs (B4).

    Raises NameRefused NAME_INVALID when nothing visible is left.
    """
    visible = "".join(
        character
        for character in name
        if unicodedata.category(character) not in _INVISIBLE_CATEGORIES and character not in _FILLERS
    )
    # Folding can leave letters decomposed, and composing can leave some unfolded, hence once more on either
    # side.
    folded = unicodedata.normalize("NFC", unicodedata.normalize("NFC", visible).casefold())
    if not folded:
        raise NameRefused(ErrorCode.NAME_INVALID)
    return folded


def normalise_email(address: str) -> str:
    """Return an address as it is compared: NFKC, lower case, domain as A-label, dots and tags kept (B4).

    Raises EmailRefused EMAIL_INVALID for what has no mailbox or no domain. It does not validate further:
    see `consent.email_addresses`.
    """
    composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", address).lower())
    mailbox, _, domain = composed.strip().rpartition("@")
    label = _a_label(domain)
    if not mailbox or not mailbox.isprintable() or label is None:
        raise EmailRefused(ErrorCode.EMAIL_INVALID)
    return f"{mailbox}@{label}"


def _a_label(domain: str) -> str | None:
    """Return a domain in the ASCII form that name servers know, None when it has none."""
    try:
        return idna.encode(domain, uts46=True).decode()
    except idna.IDNAError:
        return None


def _digest(text: str, key: bytes) -> bytes:
    if len(key) != KEY_BYTES:
        raise KeyringError(ErrorCode.KEYRING_INVALID_KEY)
    return hmac.digest(key, text.encode(), "sha256")
