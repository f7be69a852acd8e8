"""Every error that consent raises, as a class with a code, and the wording of each code."""

from enum import StrEnum
from typing import Final


class ErrorCode(StrEnum):
    """What went wrong; the code is all that an error tells, never the value that caused it (L5)."""

    SEAL_BROKEN = "SEAL_BROKEN"
    SEAL_REFUSED = "SEAL_REFUSED"
    KEYRING_UNREADABLE = "KEYRING_UNREADABLE"
    KEYRING_INVALID_KEY = "KEYRING_INVALID_KEY"
    KEYRING_NO_SUCH_KEY = "KEYRING_NO_SUCH_KEY"
    KEYRING_KEY_IN_USE = "KEYRING_KEY_IN_USE"
    PHONE_CHARACTERS = "PHONE_CHARACTERS"
    PHONE_INVALID = "PHONE_INVALID"
    PHONE_LENGTH = "PHONE_LENGTH"
    PHONE_KIND = "PHONE_KIND"
    FOREIGN_REVIEW = "FOREIGN_REVIEW"
    EMAIL_INVALID = "EMAIL_INVALID"
    EMAIL_RESERVED = "EMAIL_RESERVED"
    NAME_INVALID = "NAME_INVALID"


WORDING: Final = {
    ErrorCode.SEAL_BROKEN: "The sealed text does not open with this key for this record and field.",
    ErrorCode.SEAL_REFUSED: "The text, key, nonce or record cannot be sealed as given.",
    ErrorCode.KEYRING_UNREADABLE: "The keyring is not a keyring document of a known format.",
    ErrorCode.KEYRING_INVALID_KEY: "A key is 32 bytes, has a version, and is never used a second time.",
    ErrorCode.KEYRING_NO_SUCH_KEY: "The keyring has no key of this version; it may have been retired.",
    ErrorCode.KEYRING_KEY_IN_USE: "The current key cannot be retired; rotate first.",
    ErrorCode.PHONE_CHARACTERS: "A telephone number has digits, spaces and + ( ) . / - only.",
    ErrorCode.PHONE_INVALID: "This is not a telephone number that can be assigned.",
    ErrorCode.PHONE_LENGTH: "A mobile number has eight digits after 010.",
    ErrorCode.PHONE_KIND: "Numbers of this kind, such as toll-free ones, reach no one person.",
    ErrorCode.FOREIGN_REVIEW: "A number outside Korea is reviewed by hand.",
    ErrorCode.EMAIL_INVALID: "This is not an e-mail address.",
    ErrorCode.EMAIL_RESERVED: "The domain of this e-mail address is reserved and receives no mail.",
    ErrorCode.NAME_INVALID: "A name has at least one visible character.",
}


class ConsentError(Exception):
    """Base of the errors of consent; `code` says which, and the text is the code's wording, never a value."""

    def __init__(self, code: ErrorCode) -> None:
        """Keep the code as the only argument, so that an error survives pickling."""
        super().__init__(code)
        self.code = code

    def __str__(self) -> str:
        """Return the code with its wording."""
        return f"{self.code}: {WORDING[self.code]}"


class SealingError(ConsentError):
    """A text cannot be sealed (SEAL_REFUSED), or a seal does not open (SEAL_BROKEN, never saying why)."""


class KeyringError(ConsentError):
    """A keyring document, a key or a key version is not usable."""


class PhoneRefused(ConsentError):
    """A telephone number is not accepted (T1 to T6)."""


class EmailRefused(ConsentError):
    """An e-mail address is not accepted (B4)."""


class NameRefused(ConsentError):
    """A name is not accepted (B3)."""
