"""Notices that are complete, and every single thing in them by its place, so that a test can change each."""

from collections.abc import Iterator
from dataclasses import fields, is_dataclass, replace
from typing import Any, Final

from consent.notice_parts import (
    Controller,
    GuardianRule,
    Item,
    Notice,
    Offer,
    Overseas,
    Recipient,
    Retention,
    Sensitive,
    Words,
)
from consent.notices import publish
from consent.vocabulary import Channel, Field, GuardianCheck, Purpose

DAY: Final = 86_400_000
FIRST: Final = 1_317_394_800_000
ABROAD: Final = frozenset({"KR", "XX"})
Place = tuple[str | int, ...]


def words(text: str) -> Words:
    """Say something in both languages."""
    return Words(f"한글 {text}", f"English {text}")


def draft(**changes: Any) -> Notice:  # noqa: ANN401 - whatever the part's type is.
    """Make a draft that has every part that there is, apart from promotion and correction."""
    whole = Notice(
        purpose=Purpose.DISASTER_RESPONSE,
        version=1,
        controller=Controller(words("city"), words("street"), words("office"), "02-000-0000", "a@seoul.example"),
        title=words("title"),
        purpose_in_words=words("purpose"),
        items=(
            Item(Field.NAME, required=True, words=words("name")),
            Item(Field.PHONE, required=True, words=words("phone")),
            Item(Field.AFFILIATION, required=False, words=words("body")),
        ),
        channels=(Offer(Channel.SMS, words("sms")), Offer(Channel.VOICE, words("voice"))),
        sensitive=Sensitive(words("union"), words("apart")),
        retention=Retention(days=730, words=words("for 2 years (730 days)")),
        right_to_refuse=words("may refuse"),
        consequence=words("nothing bad"),
        recipients_in_words=words("one other"),
        recipients=(Recipient(words("who"), words("for"), (Field.NAME,), words("1 year"), words("refuse")),),
        overseas_in_words=words("abroad"),
        overseas=(
            Overseas(
                country="XX",
                recipient=words("host"),
                items=(Field.NAME, Field.PHONE),
                when=words("daily"),
                how=words("by wire"),
                purpose=words("storing"),
                retention=words("30 days"),
                refusal=words("refuse that"),
            ),
        ),
        withdrawal=words("take back"),
        rights=words("rights within 10 days"),
        guardian=GuardianRule(14, (GuardianCheck.CALL, GuardianCheck.CARD), words("under 14")),
    )
    return replace(whole, **changes)


def published(notice: Notice | None = None, predecessor: Notice | None = None, at: int = FIRST) -> Notice:
    """Publish a draft, which has to be in order."""
    outcome = publish(notice or draft(), predecessor, at, ABROAD)
    assert isinstance(outcome, Notice), outcome
    return outcome


def successor(old: Notice, at: int, **changes: Any) -> Notice:  # noqa: ANN401 - as above.
    """Publish a version after an old one that differs from it in what is given."""
    return published(replace(old, **{"version": old.version + 1, "published": None, **changes}), old, at)


def places(value: object, at: Place = ()) -> Iterator[tuple[Place, Any]]:
    """Give every single value in a notice with its place; the version, its date and its correction aside."""
    if isinstance(value, tuple):
        for index, each in enumerate(value):
            yield from places(each, (*at, index))
    elif is_dataclass(value):
        for field in fields(value):
            if at or field.name not in {"version", "published", "correction", "purpose"}:
                yield from places(getattr(value, field.name), (*at, field.name))
    else:
        yield at, value


def put(value: Any, at: Place, new: object) -> Any:  # noqa: ANN401 - as above.
    """Return the notice with another value in a place."""
    if not at:
        return new
    first, *rest = at
    if isinstance(first, int):
        return (*value[:first], put(value[first], tuple(rest), new), *value[first + 1 :])
    return replace(value, **{first: put(getattr(value, first), tuple(rest), new)})


def another(value: object) -> object:
    """Return a value of the same kind that is not this one; a text stays one of its language, with its numbers."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value - 1
    if type(value) is str:
        return f"{value}!"
    kinds: Any = type(value)
    return next(member for member in kinds if member is not value)
