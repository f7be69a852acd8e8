"""Telephone numbers as people write them, read into E.164 with their kind and how they reach a person."""

import re
import unicodedata
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

import phonenumbers
from phonenumbers import PhoneNumber, PhoneNumberFormat, PhoneNumberType

from consent.errors import ErrorCode, PhoneRefused
from consent.vocabulary import Channel


class PhoneKind(StrEnum):
    """The kinds of number that are kept; the rest reach no one person and are refused."""

    MOBILE = "MOBILE"
    RETIRED_MOBILE = "RETIRED_MOBILE"
    FIXED_LINE = "FIXED_LINE"
    VOIP = "VOIP"
    PERSONAL_NUMBER = "PERSONAL_NUMBER"


_CHANNELS: Final = {
    PhoneKind.MOBILE: frozenset({Channel.SMS, Channel.VOICE}),
    # 011, 016 to 019: the networks were closed between 2021 and 2023.
    PhoneKind.RETIRED_MOBILE: frozenset[Channel](),
    PhoneKind.FIXED_LINE: frozenset({Channel.VOICE}),
    # Text messages to 070 numbers are unreliable.
    PhoneKind.VOIP: frozenset({Channel.VOICE}),
    # 050 numbers are masks that expire, and a text message would reach the next holder unseen.
    PhoneKind.PERSONAL_NUMBER: frozenset({Channel.VOICE}),
}

_KINDS: Final = {
    PhoneNumberType.FIXED_LINE: PhoneKind.FIXED_LINE,
    PhoneNumberType.VOIP: PhoneKind.VOIP,
    PhoneNumberType.PERSONAL_NUMBER: PhoneKind.PERSONAL_NUMBER,
}

_KOREA: Final = 82
_ALLOWED: Final = re.compile(r"[0-9+()./ -]+", re.ASCII)
_LONGEST_INPUT: Final = 40
_CURRENT_MOBILE: Final = "10"
_CURRENT_MOBILE_DIGITS: Final = len("1012345678")
_RETIRED_MOBILE: Final = ("11", "16", "17", "18", "19")


@dataclass(frozen=True, slots=True, repr=False)
class Phone:
    """A number in E.164 form with its kind (T6); its representation shows the kind alone."""

    e164: str
    kind: PhoneKind

    @property
    def channels(self) -> frozenset[Channel]:
        """The channels by which the number can be expected to reach its holder."""
        return _CHANNELS[self.kind]

    def __repr__(self) -> str:
        """Show the kind and not the number, so that no log or failed assertion shows it either."""
        return f"Phone(kind={self.kind.value})"


def parse_phone(text: str) -> Phone:
    """Read a Korean number (T1 to T6) or raise PhoneRefused with a code that says why.

    PHONE_CHARACTERS: not a number as people write it. PHONE_INVALID: no such number can be assigned.
    PHONE_LENGTH: 010 with other than eight digits after it. PHONE_KIND: toll-free, corporate, premium,
    pager or machine numbers. FOREIGN_REVIEW: a valid number of another country, for a person to look at.
    """
    written = _to_ascii(text) if len(text) <= _LONGEST_INPUT else ""
    if not _ALLOWED.fullmatch(written):
        raise PhoneRefused(ErrorCode.PHONE_CHARACTERS)
    number = _parse(written)
    if number is None:
        raise PhoneRefused(ErrorCode.PHONE_INVALID)
    if number.country_code != _KOREA:
        raise PhoneRefused(ErrorCode.FOREIGN_REVIEW)
    return Phone(phonenumbers.format_number(number, PhoneNumberFormat.E164), _kind(number))


def _to_ascii(text: str) -> str:
    """Return the text in NFKC, without format characters, with every decimal digit in ASCII (T1)."""
    characters = (c for c in unicodedata.normalize("NFKC", text.strip()) if unicodedata.category(c) != "Cf")
    return "".join(str(unicodedata.decimal(c, c)) for c in characters).strip()


def _parse(written: str) -> PhoneNumber | None:
    """Return a valid number, None for anything else; `0082` is how `+82` is dialled from abroad (T3, T4)."""
    international = re.sub(r"\A0082", "+82", written)
    try:
        number = phonenumbers.parse(international, "KR")
    except phonenumbers.NumberParseException:
        return None
    return number if phonenumbers.is_valid_number(number) else None


def _kind(number: PhoneNumber) -> PhoneKind:
    """Return the kind of a valid Korean number, or raise PhoneRefused PHONE_LENGTH or PHONE_KIND."""
    of_type = phonenumbers.number_type(number)
    if of_type in _KINDS:
        return _KINDS[of_type]
    national = str(number.national_number)
    if of_type != PhoneNumberType.MOBILE:
        raise PhoneRefused(ErrorCode.PHONE_KIND)
    if national.startswith(_CURRENT_MOBILE):
        # The library takes seven digits after 010 for valid; Korea has assigned eight since 2004 (T5).
        if len(national) != _CURRENT_MOBILE_DIGITS:
            raise PhoneRefused(ErrorCode.PHONE_LENGTH)
        return PhoneKind.MOBILE
    if national.startswith(_RETIRED_MOBILE):
        return PhoneKind.RETIRED_MOBILE
    # The library calls 012 mobile, but machines use it.
    raise PhoneRefused(ErrorCode.PHONE_KIND)
