"""What a person's consent events add up to: the same standing in whatever order they arrived, however often."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Final

from consent.events import ConsentEvent
from consent.standing import PurposeStanding
from consent.vocabulary import EventKind, Purpose, State

# Of two events of one instant the later in this list is taken to have come after the other, so that the one that
# protects the person has the last word.
_ORDER: Final = {
    kind: rank
    for rank, kind in enumerate(
        (
            EventKind.GRANTED,
            EventKind.RENEWED,
            EventKind.RELEASED,
            EventKind.EXPIRED,
            EventKind.REFUSED,
            EventKind.WITHDRAWN,
            EventKind.RESTRICTED,
            EventKind.OVERRIDE,
            EventKind.ERASED,
        )
    )
}
_NOTHING: Final = PurposeStanding(State.NOT_ASKED)


def fold(events: Iterable[ConsentEvent], *, suspensions: bool = True) -> Mapping[Purpose, PurposeStanding]:
    """Return the standing of one person for every purpose that any of the events speaks of.

    Events count in the order in which they happened, whenever they were recorded, and each once; what a clock that was
    ahead has told counts from when it was recorded. Time runs out by itself at the gate: a consent reads as GRANTED
    here until an EXPIRED event says that its end was noticed. Whoever was erased has no standing.

    Without `suspensions` a suspended consent reads as what it is beneath: that is for retention alone, which must not
    destroy whoever asked for nothing but a pause.
    """
    ordered = in_order(events)
    if any(event.kind is EventKind.ERASED for event in ordered):
        return {}
    standings: dict[Purpose, PurposeStanding] = {}
    restricted: set[Purpose] = set()
    for event in ordered:
        purpose = event.purpose
        # Only ERASED has no purpose, and use for danger to life changes nothing that the person decided (P22).
        if purpose is None or event.kind is EventKind.OVERRIDE:
            continue
        standings[purpose] = _after(standings.get(purpose, _NOTHING), event)
        if event.kind is EventKind.RESTRICTED:
            restricted.add(purpose)
        elif event.kind in {EventKind.RELEASED, EventKind.GRANTED}:
            restricted.discard(purpose)
    return {
        purpose: _suspended(standing) if suspensions and purpose in restricted else standing
        for purpose, standing in standings.items()
    }


def in_order(events: Iterable[ConsentEvent]) -> list[ConsentEvent]:
    """Return events in the order in which they count, each once."""
    known = {event.id: event for event in events}
    return sorted(known.values(), key=lambda event: (event.happened, _ORDER[event.kind], event.id))


def renews(events: Iterable[ConsentEvent], renewal: ConsentEvent) -> ConsentEvent | None:
    """Return the GRANTED event behind the consent that stands when a renewal happens, None where none stands then."""
    before = in_order(event for event in events if event.happened <= renewal.happened)
    standing = fold(before).get(renewal.purpose or Purpose.ENROLMENT, _NOTHING)
    if standing.state is not State.GRANTED or renewal.happened >= standing.until:
        return None
    granted = [event for event in before if event.kind is EventKind.GRANTED and event.purpose is renewal.purpose]
    return granted[-1]


def _after(before: PurposeStanding, event: ConsentEvent) -> PurposeStanding:
    """Return the standing after one event; what does not fit the standing before it changes nothing."""
    granted = before.state is State.GRANTED
    kind = event.kind
    if kind is EventKind.GRANTED:
        assert event.until is not None  # noqa: S101 - an event checks it when it is made.
        return PurposeStanding(State.GRANTED, event.fields, event.channels, event.until, event.sensitive)
    if kind is EventKind.REFUSED:
        return PurposeStanding(State.REFUSED)
    if kind is EventKind.WITHDRAWN:
        return _withdrawn(before, event)
    if kind is EventKind.RENEWED and granted and event.happened < before.until:
        assert event.until is not None  # noqa: S101 - as above.
        return replace(before, until=max(before.until, event.until))
    if kind is EventKind.EXPIRED and granted and before.until <= event.happened:
        return PurposeStanding(State.EXPIRED)
    return before


def _withdrawn(before: PurposeStanding, event: ConsentEvent) -> PurposeStanding:
    if event.takes_back_everything:
        # Somebody who had said no has still said no; anybody else has said it now.
        return before if before.state is State.REFUSED else PurposeStanding(State.WITHDRAWN)
    if before.state is not State.GRANTED:
        return before
    fields = before.fields - event.fields
    if event.fields and not fields:
        return PurposeStanding(State.WITHDRAWN)
    return replace(
        before,
        fields=fields,
        channels=before.channels - event.channels,
        sensitive=before.sensitive and not event.sensitive,
    )


def _suspended(standing: PurposeStanding) -> PurposeStanding:
    """Return what stands while the use is suspended: a consent reads as taken back."""
    return PurposeStanding(State.WITHDRAWN) if standing.state is State.GRANTED else standing
