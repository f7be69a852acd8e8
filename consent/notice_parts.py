"""The parts of a notice: what a person is told before deciding, in Korean and English, as frozen values.

A draft may lack any part: an absent text is empty, and `consent.notice_rules` says what is missing.
"""

from dataclasses import dataclass
from enum import StrEnum

from consent.vocabulary import Channel, Field, GuardianCheck, Purpose


class Language(StrEnum):
    """A language in which every notice is written, by its tag."""

    KO = "ko"
    EN = "en"


@dataclass(frozen=True, slots=True)
class Words:
    """One text in both languages; neither is a translation that may lag behind."""

    ko: str = ""
    en: str = ""

    def of(self, language: str) -> str:
        """Give the text in a language, by its tag."""
        return self.ko if language == Language.KO else self.en


@dataclass(frozen=True, slots=True)
class Item:
    """A field that the person is asked for, whether the purpose is impossible without it, and what it is used for."""

    field: Field
    required: bool
    words: Words = Words()


@dataclass(frozen=True, slots=True)
class Offer:
    """A channel by which the person may let themselves be reached, always optional, and what comes by it."""

    channel: Channel
    words: Words = Words()


class RetentionRule(StrEnum):
    """From when the days of a retention are counted, and what ends it before."""

    AFTER_DECISION = "AFTER_DECISION"
    """So many days after agreeing, or until the person takes it back, whichever is first."""
    UNTIL_DEADLINE = "UNTIL_DEADLINE"
    """Until the deadline of the enrolment or the person's decision, and never longer than so many days."""


@dataclass(frozen=True, slots=True)
class Retention:
    """How long what was agreed to is kept and used."""

    days: int = 0
    rule: RetentionRule = RetentionRule.AFTER_DECISION
    words: Words = Words()


@dataclass(frozen=True, slots=True)
class Controller:
    """Who answers for the data, and how to reach them."""

    name: Words = Words()
    address: Words = Words()
    office: Words = Words()
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Sensitive:
    """What a shown affiliation can reveal, asked apart with its own yes or no (P5)."""

    items: Words = Words()
    words: Words = Words()


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody else who is given items: who, what for, which, for how long, and the right to refuse it (P4)."""

    who: Words = Words()
    purpose: Words = Words()
    items: tuple[Field, ...] = ()
    retention: Words = Words()
    refusal: Words = Words()


@dataclass(frozen=True, slots=True)
class Overseas:
    """Storage, processing or viewing in another country, by its two letters (ISO 3166), with all that P13 asks for."""

    country: str = ""
    recipient: Words = Words()
    items: tuple[Field, ...] = ()
    when: Words = Words()
    how: Words = Words()
    purpose: Words = Words()
    retention: Words = Words()
    refusal: Words = Words()


@dataclass(frozen=True, slots=True)
class GuardianRule:
    """Under which age a guardian decides, and how that may be verified (P7)."""

    under: int = 0
    checks: tuple[GuardianCheck, ...] = ()
    words: Words = Words()


@dataclass(frozen=True, slots=True)
class Notice:
    """A version of the text for one purpose (P1, P2: one decision, one purpose).

    `published` is in epoch milliseconds, None for a draft. `correction` says what was put right where a version does
    nothing but correct the wording of the one before. `promotion` says that the purpose promotes something, where it
    does. `recipients_in_words` and `overseas_in_words` are there where there are none as well: they say so.
    """

    purpose: Purpose
    version: int
    published: int | None = None
    correction: Words | None = None
    controller: Controller = Controller()
    title: Words = Words()
    purpose_in_words: Words = Words()
    items: tuple[Item, ...] = ()
    channels: tuple[Offer, ...] = ()
    sensitive: Sensitive | None = None
    retention: Retention = Retention()
    right_to_refuse: Words = Words()
    consequence: Words = Words()
    recipients_in_words: Words = Words()
    recipients: tuple[Recipient, ...] = ()
    overseas_in_words: Words = Words()
    overseas: tuple[Overseas, ...] = ()
    withdrawal: Words = Words()
    rights: Words = Words()
    guardian: GuardianRule = GuardianRule()
    promotion: Words | None = None

    @property
    def id(self) -> str:
        """The notice's name for good, such as city-news/1."""
        return f"{slug(self.purpose)}/{self.version}"

    @property
    def fields(self) -> frozenset[Field]:
        """Every field that is asked for."""
        return frozenset(item.field for item in self.items)

    @property
    def required(self) -> frozenset[Field]:
        """The fields without which nobody can agree."""
        return frozenset(item.field for item in self.items if item.required)

    @property
    def optional(self) -> frozenset[Field]:
        """The fields that the person may leave out, and still agree (P2)."""
        return self.fields - self.required


def slug(purpose: Purpose) -> str:
    """Write a purpose as it stands in addresses and ids, such as disaster-response."""
    return purpose.value.lower().replace("_", "-")
