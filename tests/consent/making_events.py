"""Consent events for tests: one of each kind that is as it should be, and strategies that draw many."""

from dataclasses import replace
from typing import Any, Final

from hypothesis import strategies as st

from consent.events import CLOCKS_DIFFER, Capture, ConsentEvent, Guardian
from consent.vocabulary import (
    CONSENTED_PURPOSES,
    CaptureMethod,
    Channel,
    EventKind,
    Field,
    GuardianCheck,
    Purpose,
)

AT: Final = 1_700_000_000_000
DAY: Final = 86_400_000
PERSON: Final = "4b1e7c52-0000-4000-8000-000000000001"
KIOSK: Final = Capture(CaptureMethod.KIOSK, "kiosk-7", "주민자치위원회 6월 정례회")
FOUND: Final = Capture(CaptureMethod.SYSTEM, "sweep")
SHOWN: Final = {"notice": "city-news/1", "notice_hash": "ab" * 32, "language": "ko"}

_PARTS: Final[dict[EventKind, dict[str, Any]]] = {
    EventKind.GRANTED: SHOWN
    | {
        "fields": frozenset({Field.NAME, Field.PHONE}),
        "channels": frozenset({Channel.SMS}),
        "until": AT + 730 * DAY,
    },
    EventKind.REFUSED: SHOWN,
    EventKind.WITHDRAWN: {},
    EventKind.RENEWED: SHOWN | {"until": AT + 900 * DAY},
    EventKind.EXPIRED: {"capture": FOUND},
    EventKind.RESTRICTED: {"basis": "case-1"},
    EventKind.RELEASED: {"basis": "case-1"},
    EventKind.OVERRIDE: {"basis": "PIPA-15-1-5"},
    EventKind.ERASED: {"purpose": None, "basis": "case-2"},
}


def event(kind: EventKind, /, **parts: Any) -> ConsentEvent:  # noqa: ANN401 - any part of an event.
    """Make an event of a kind that is as it should be, but for the parts that are given."""
    given: dict[str, Any] = {
        "id": f"event-{kind.lower()}-{int(parts.get('at', AT))}".ljust(16, "0"),
        "person": PERSON,
        "kind": kind,
        "purpose": Purpose.CITY_NEWS,
        "at": AT,
        "recorded": parts.get("at", AT) + 60_000,
        "capture": KIOSK,
    }
    return ConsentEvent(**(given | _PARTS[kind] | parts))


_ITEMS: Final = st.fixed_dictionaries(
    {
        "fields": st.frozensets(st.sampled_from(Field)),
        "channels": st.frozensets(st.sampled_from(Channel)),
        "sensitive": st.booleans(),
    }
)
# Few instants, so that events of one instant are common.
_INSTANTS: Final = st.integers(0, 12).map(lambda day: AT + day * DAY)


@st.composite
def events(draw: st.DrawFn, *, erased: bool = True) -> ConsentEvent:
    """Draw an event of one person."""
    kind = draw(st.sampled_from([kind for kind in EventKind if erased or kind is not EventKind.ERASED]))
    at = draw(_INSTANTS)
    # What took it down may have been ahead, or without a network for a while.
    recorded = at + draw(st.sampled_from([60_000, 0, -60_000, -CLOCKS_DIFFER, DAY]))
    parts: dict[str, Any] = {"at": at, "recorded": recorded, "id": draw(st.uuids()).hex}
    if kind is not EventKind.ERASED:
        parts["purpose"] = draw(st.sampled_from(CONSENTED_PURPOSES))
    if kind in {EventKind.GRANTED, EventKind.WITHDRAWN}:
        parts |= draw(_ITEMS)
    if kind in {EventKind.GRANTED, EventKind.RENEWED}:
        parts["until"] = at + draw(st.integers(1, 8)) * DAY
    if draw(st.booleans()):
        parts["guardian"] = Guardian(draw(st.sampled_from(GuardianCheck)), at)
    return event(kind, **parts)


def later(one: ConsentEvent, days: int) -> ConsentEvent:
    """Return the same event as if it had happened so many days later."""
    return replace(one, id=f"{one.id}-{days}", at=one.at + days * DAY, recorded=one.recorded + days * DAY)
