"""What a notice must have before anybody is shown it: every rule, and every part that breaks one."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, is_dataclass
from typing import Final

from consent.errors import WORDING, ErrorCode
from consent.notice_parts import Item, Language, Notice, Offer, Words
from consent.vocabulary import Channel, Field

LONGEST_RETENTION: Final = 730
"""In days. Two years, after which consent is asked for again, as for promotion by law (D)."""

REGIONS: Final = frozenset({"KR"})
"""Where data may be stored, processed and viewed (P13)."""

GUARDED_UNDER: Final = 14
"""Under this age a guardian decides, by law (P7)."""

REACHES_BY: Final = {Channel.SMS: Field.PHONE, Channel.VOICE: Field.PHONE, Channel.EMAIL: Field.EMAIL}
"""The field through which each channel reaches somebody."""


@dataclass(frozen=True, slots=True)
class Fault:
    """Which rule is broken, and by which part, such as "retention.words.en"; never by which value (L5)."""

    code: ErrorCode
    part: str

    def __str__(self) -> str:
        """Return the code with its wording and the part."""
        return f"{self.code}: {WORDING[self.code]} See: {self.part}."


def faults(notice: Notice, regions: frozenset[str] = REGIONS) -> tuple[Fault, ...]:
    """Return every part of a notice that is missing or wrong by itself; none where it may be published."""
    return tuple(dict.fromkeys((*_missing(notice), *_doubled(notice), *_wrong(notice), *_outside(notice, regions))))


def texts(value: object, part: str = "") -> Iterator[tuple[str, Words]]:
    """Give every text in a notice or a part of it, by the part's name."""
    if isinstance(value, Words):
        yield part, value
    elif isinstance(value, tuple):
        for place, each in enumerate(value, start=1):
            yield from texts(each, f"{part}.{_name(each) or place}")
    elif is_dataclass(value):
        for field in fields(value):
            yield from texts(getattr(value, field.name), f"{part}.{field.name}" if part else field.name)


def _name(each: object) -> str:
    """Name one of several parts by its word of the vocabulary, where it has one."""
    return each.field if isinstance(each, Item) else each.channel if isinstance(each, Offer) else ""


def _missing(notice: Notice) -> Iterator[Fault]:
    """Find the parts that are not there (P1, P4, P13); a text without a letter of its language is not there."""
    for part, words in texts(notice):
        for language in Language:
            if not _is_written(words.of(language), language):
                yield Fault(ErrorCode.NOTICE_INCOMPLETE, f"{part}.{language}")
    needed: dict[str, object] = {
        "items": notice.items,
        "channels": notice.channels,
        "controller.phone": notice.controller.phone.strip(),
        "controller.email": notice.controller.email.strip(),
    }
    for name in ("recipients", "overseas"):
        for place, other in enumerate(getattr(notice, name), start=1):
            needed[f"{name}.{place}.items"] = other.items
    yield from (Fault(ErrorCode.NOTICE_INCOMPLETE, part) for part, there in needed.items() if not there)


def _is_written(text: str, language: Language) -> bool:
    if language is Language.KO:
        return any("가" <= letter <= "힣" for letter in text)
    return any(letter.isascii() and letter.isalpha() for letter in text)


def _doubled(notice: Notice) -> Iterator[Fault]:
    for part, found in (
        ("items", [item.field for item in notice.items]),
        ("channels", [offer.channel for offer in notice.channels]),
    ):
        yield from (Fault(ErrorCode.NOTICE_DOUBLED, f"{part}.{term}") for term in _twice(found))


def _twice(found: Iterable[str]) -> list[str]:
    return [term for term, count in Counter(found).items() if count > 1]


def _wrong(notice: Notice) -> Iterator[Fault]:
    """Find the parts that are there and can't be right."""
    if notice.version < 1:
        yield Fault(ErrorCode.NOTICE_VERSION, "version")
    if not 1 <= notice.retention.days <= LONGEST_RETENTION:
        yield Fault(ErrorCode.NOTICE_RETENTION, "retention.days")
    for offer in notice.channels:
        if REACHES_BY[offer.channel] not in notice.fields:
            yield Fault(ErrorCode.NOTICE_CHANNEL_ITEM, f"channels.{offer.channel}")
    if (Field.AFFILIATION in notice.fields) is (notice.sensitive is None):
        yield Fault(ErrorCode.NOTICE_SENSITIVE_PART, "sensitive")
    if notice.promotion is not None and notice.required:
        yield Fault(ErrorCode.NOTICE_PROMOTION, "items")
    if notice.guardian.under < GUARDED_UNDER or not notice.guardian.checks:
        yield Fault(ErrorCode.NOTICE_GUARDIAN, "guardian")


def _outside(notice: Notice, regions: frozenset[str]) -> Iterator[Fault]:
    """Find what would go to somebody or somewhere that it may not."""
    for name in ("recipients", "overseas"):
        for place, other in enumerate(getattr(notice, name), start=1):
            if not notice.fields.issuperset(other.items):
                yield Fault(ErrorCode.NOTICE_SHARED_ITEM, f"{name}.{place}.items")
    for place, abroad in enumerate(notice.overseas, start=1):
        if abroad.country not in regions:
            yield Fault(ErrorCode.NOTICE_REGION, f"overseas.{place}.country")
