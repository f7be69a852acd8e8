"""Every error that consent raises, as a class with a code, and the wording of each code."""

from enum import StrEnum
from typing import Final

from consent.identifiers.rules import Rule


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
    IDENTIFIER_REFUSED = "IDENTIFIER_REFUSED"
    EVENT_INVALID = "EVENT_INVALID"
    EVENT_IN_FUTURE = "EVENT_IN_FUTURE"
    EVENT_UNREADABLE = "EVENT_UNREADABLE"
    EVENT_GUARDIAN = "EVENT_GUARDIAN"
    EVENT_GUARDIAN_CHECK = "EVENT_GUARDIAN_CHECK"
    EVENT_RENEWS_NOTHING = "EVENT_RENEWS_NOTHING"
    NOTICE_INCOMPLETE = "NOTICE_INCOMPLETE"
    NOTICE_VALUE = "NOTICE_VALUE"
    NOTICE_DOUBLED = "NOTICE_DOUBLED"
    NOTICE_VERSION = "NOTICE_VERSION"
    NOTICE_RETENTION = "NOTICE_RETENTION"
    NOTICE_CHANNEL_ITEM = "NOTICE_CHANNEL_ITEM"
    NOTICE_SENSITIVE_PART = "NOTICE_SENSITIVE_PART"
    NOTICE_PROMOTION = "NOTICE_PROMOTION"
    NOTICE_GUARDIAN = "NOTICE_GUARDIAN"
    NOTICE_SHARED_ITEM = "NOTICE_SHARED_ITEM"
    NOTICE_REGION = "NOTICE_REGION"
    NOTICE_PUBLISHED = "NOTICE_PUBLISHED"
    NOTICE_PREDECESSOR = "NOTICE_PREDECESSOR"
    NOTICE_ORDER = "NOTICE_ORDER"
    NOTICE_UNCHANGED = "NOTICE_UNCHANGED"
    NOTICE_CORRECTION = "NOTICE_CORRECTION"
    NOTICE_CHANGED = "NOTICE_CHANGED"
    NOTICE_TEXT_BROKEN = "NOTICE_TEXT_BROKEN"
    NOTICE_UNKNOWN = "NOTICE_UNKNOWN"
    NOTICE_LANGUAGE = "NOTICE_LANGUAGE"
    NOTICE_PURPOSE = "NOTICE_PURPOSE"
    NOTICE_NOT_YET = "NOTICE_NOT_YET"
    NOTICE_SUPERSEDED = "NOTICE_SUPERSEDED"
    NOTICE_ITEM = "NOTICE_ITEM"
    NOTICE_REQUIRED_MISSING = "NOTICE_REQUIRED_MISSING"
    NOTICE_CHANNEL = "NOTICE_CHANNEL"
    NOTICE_SENSITIVE = "NOTICE_SENSITIVE"
    NOTICE_TOO_LONG = "NOTICE_TOO_LONG"
    NOTICE_CHECK = "NOTICE_CHECK"
    CASE_CLOSED = "CASE_CLOSED"
    CASE_REASON = "CASE_REASON"


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
    ErrorCode.IDENTIFIER_REFUSED: "A number that identifies a person uniquely is not taken in.",
    ErrorCode.EVENT_INVALID: "A consent event contradicts itself, or lacks what its kind needs.",
    ErrorCode.EVENT_IN_FUTURE: "A consent event has happened before it is recorded: set the clock of what captured it.",
    ErrorCode.EVENT_GUARDIAN: "For somebody who may be under fourteen a verified guardian agrees: say how and when.",
    ErrorCode.EVENT_GUARDIAN_CHECK: "A guardian is verified before they agree, and at most thirty days before it.",
    ErrorCode.EVENT_RENEWS_NOTHING: "No consent stands at that instant that can be renewed as it is: ask anew.",
    ErrorCode.EVENT_UNREADABLE: "The content is not that of a consent event of a known format.",
    ErrorCode.NOTICE_INCOMPLETE: "A notice lacks a part that it must have, in Korean and in English.",
    ErrorCode.NOTICE_VALUE: "A part of a notice has a value that no such part can have.",
    ErrorCode.NOTICE_DOUBLED: "An item or a channel stands in a notice once.",
    ErrorCode.NOTICE_VERSION: "A notice's first version is 1, and each successor has the next number.",
    ErrorCode.NOTICE_RETENTION: "What is agreed to is kept for 1 to 730 days.",
    ErrorCode.NOTICE_CHANNEL_ITEM: "A channel is offered only beside the item through which it reaches somebody.",
    ErrorCode.NOTICE_SENSITIVE_PART: "What is sensitive is asked apart where, and only where, the affiliation is.",
    ErrorCode.NOTICE_PROMOTION: "Nothing is required under a notice that promotes something.",
    ErrorCode.NOTICE_GUARDIAN: "A guardian decides for whoever is under fourteen, verified in a listed way.",
    ErrorCode.NOTICE_SHARED_ITEM: "Others are given no item but those that the notice asks for.",
    ErrorCode.NOTICE_REGION: "Data is stored, processed and viewed only in the countries that are allowed.",
    ErrorCode.NOTICE_PUBLISHED: "A published notice is never changed or published again: write its successor.",
    ErrorCode.NOTICE_PREDECESSOR: "A notice succeeds a published one of the same purpose.",
    ErrorCode.NOTICE_ORDER: "A successor is published after its predecessor, so that one notice is in force at a time.",
    ErrorCode.NOTICE_UNCHANGED: "A successor says something else than its predecessor.",
    ErrorCode.NOTICE_CORRECTION: "A correction changes wording alone: no number, and nothing about who gets what.",
    ErrorCode.NOTICE_CHANGED: "The text is not the one that was published: its hash differs.",
    ErrorCode.NOTICE_TEXT_BROKEN: "The file of a notice can't be used.",
    ErrorCode.NOTICE_UNKNOWN: "There is no published notice of this id.",
    ErrorCode.NOTICE_LANGUAGE: "A notice is shown in Korean (ko) or English (en).",
    ErrorCode.NOTICE_PURPOSE: "A decision is about the purpose of the notice that was shown.",
    ErrorCode.NOTICE_NOT_YET: "Nobody decides under a notice before it is published.",
    ErrorCode.NOTICE_SUPERSEDED: "A successor came in the place of this notice before the decision: show that one.",
    ErrorCode.NOTICE_ITEM: "The notice asks for no such item.",
    ErrorCode.NOTICE_REQUIRED_MISSING: "Agreeing includes every item that the notice says is required.",
    ErrorCode.NOTICE_CHANNEL: "The notice offers no such channel.",
    ErrorCode.NOTICE_SENSITIVE: "What is sensitive is agreed to apart, beside the affiliation, where the notice asks.",
    ErrorCode.NOTICE_TOO_LONG: "A consent lasts no longer than the notice says.",
    ErrorCode.NOTICE_CHECK: "A guardian is verified in one of the ways that the notice lists.",
    ErrorCode.CASE_CLOSED: "From the state that the case is in, this step does not lead on.",
    ErrorCode.CASE_REASON: "A refusal has a reason, and a reason has at most 1,000 characters.",
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


class IdentifierRefused(ConsentError):
    """A text holds what looks like a number that identifies a person uniquely (P6); never says which number."""

    def __init__(self, rule: Rule, where: str) -> None:
        """Take the rule that refuses it, and where it stands, such as `variables.where.body`."""
        super().__init__(ErrorCode.IDENTIFIER_REFUSED)
        # All arguments again, so that the error survives pickling.
        self.args = (rule, where)
        self.rule = rule
        self.where = where

    def __str__(self) -> str:
        """Say where it stands, what it looks like, and how to mend it."""
        return f"{self.code}: {self.sentence}"

    @property
    def sentence(self) -> str:
        """The same without the code, for answers that carry the code beside it."""
        return f"There is an identifier in {self.where} (rule {self.rule}): {self.rule.meaning} {self.rule.mend}"


class CaseRefused(ConsentError):
    """A case does not take this step, or not like this."""


class PartRefused(ConsentError):
    """Something is not accepted; `part` names what is wrong with it, such as "until", never its value."""

    def __init__(self, code: ErrorCode, part: str) -> None:
        """Take the code and the part."""
        super().__init__(code)
        self.args = (code, part)
        self.part = part

    def __str__(self) -> str:
        """Return the code with its wording and the part."""
        return f"{super().__str__()} See: {self.part}."


class EventRefused(PartRefused):
    """A consent event is not accepted; `part` is the part of the event."""


class NoticeRefused(PartRefused):
    """A notice can't stand among the published ones; `part` names the notice or what is wrong with it."""
