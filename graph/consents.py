"""Consent events in the graph: appended once, with the standing that they add up to, in one transaction.

An event is an entry of the ledger: its content is kept as the canonical JSON that the ledger commits to, with the salt
of the commitment, and is never changed afterwards (C1, C2). It names its person by a property with an index, as a
disclosure does, so that recording one rewrites the person's record once and not twice.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, LiteralString

import orjson

from consent.canonical import canonical
from consent.events import ConsentEvent, read_event
from consent.folding import fold
from consent.guardians import guardian_missing
from consent.ledger.commitments import leaf_hash, salt_text
from consent.scope import Scope
from consent.standing import PurposeStanding, answered
from consent.vocabulary import CONSENTED_PURPOSES, Purpose, State
from graph.connection import Graph
from graph.errors import Conflict
from graph.standings import PROPERTIES, to_properties
from graph.transaction import Transaction
from graph.windows import Window


class Outcome(StrEnum):
    """What became of an event that was to be recorded."""

    RECORDED = "RECORDED"
    """It is in the graph now, and the standing says so."""
    ALREADY = "ALREADY"
    """It was in the graph: it was sent a second time, and changed nothing."""
    CONFLICT = "CONFLICT"
    """Another fact was recorded under its id."""
    UNKNOWN = "UNKNOWN"
    """There is nobody of this id, or nobody within the scope of who records (L3)."""
    UNFIT = "UNFIT"
    """It does not fit what the person decided before, as who records it has it checked."""
    CHILD = "CHILD"
    """The person may be under fourteen, and no guardian decided for them (P7)."""
    GONE = "GONE"
    """The person was erased; nothing is recorded of them any more (E7)."""


Fits = Callable[[Sequence[ConsentEvent]], bool]
"""Says whether an event may be recorded, given every event of the person so far."""


@dataclass(frozen=True, slots=True)
class Recorded:
    """The outcome, and what the person's events add up to now; for a person that is not there, nothing."""

    outcome: Outcome
    purposes: Mapping[Purpose, PurposeStanding]


# Writing to the person first makes everybody else who would record of them wait, so that no event is overlooked in
# the standing. ArcadeDB has the second one begin again instead.
_LOCK: Final[LiteralString] = """
MATCH (p:Participant {id: $person}) SET p.revision = coalesce(p.revision, 0) + 1, p.changed = timestamp()
RETURN p.jurisdiction AS jurisdiction, p.group AS group, p.born AS born
"""
_KEPT_BY: Final[LiteralString] = """
MATCH (p:Participant {id: $person}) RETURN p.jurisdiction AS jurisdiction, p.group AS group
"""
_TOMBSTONE: Final[LiteralString] = "MATCH (t:Tombstone {id: $person}) RETURN t.id AS id"
_OF_PERSON: Final[LiteralString] = "MATCH (e:ConsentEvent {participant: $person}) RETURN e.content AS content"
_BY_ID: Final[LiteralString] = "MATCH (e:ConsentEvent {id: $id}) RETURN e.content AS content"
_APPEND: Final[LiteralString] = "CREATE (e:Entry:ConsentEvent) SET e = $row"
_STAND: Final[LiteralString] = "MATCH (p:Participant {id: $person}) SET p += $properties"
_IN_WINDOW: Final[LiteralString] = """
MATCH (e:ConsentEvent) WHERE e.participant > $low AND e.participant < $high
RETURN collect([e.participant, e.content]) AS events
"""
_STANDING_IN_WINDOW: Final[LiteralString] = """
MATCH (p:Participant) WHERE p.id > $low AND p.id < $high RETURN collect(properties(p)) AS people
"""


def event_row(event: ConsentEvent, salt: bytes) -> dict[str, Any]:
    """Return the properties of an event's node, but for its place in the ledger; `salt` is 32 random bytes."""
    return {
        "id": event.id,
        "participant": event.person,
        "at": event.recorded,
        "content": canonical(event.content()).decode(),
        "salt": salt_text(salt),
    }


async def append(
    graph: Graph, event: ConsentEvent, salt: bytes, scope: Scope | None = None, fits: Fits | None = None
) -> Recorded:
    """Record an event in a transaction of its own; the same event sent twice at once is recorded once."""
    try:
        return await graph.write(record, event, salt, scope, fits)
    except Conflict:
        # The other one was committed between our look at the ids and our commit: now it is seen.
        return await graph.write(record, event, salt, scope, fits)


async def record(
    tx: Transaction, event: ConsentEvent, salt: bytes, scope: Scope | None = None, fits: Fits | None = None
) -> Recorded:
    """Append an event of one person and write the standing that follows (P2); sent again, it changes nothing.

    `scope` is how far whoever records it may act; None where the person does, or the directory itself. `fits` is asked
    with the person's events as they are in this transaction, where an event is nothing without those before it.
    """
    locked = await (await tx.run(_LOCK, person=event.person)).single()
    if locked is None:
        erased = await tx.run(_TOMBSTONE, person=event.person)
        return Recorded(Outcome.UNKNOWN if await erased.single() is None else Outcome.GONE, {})
    if scope is not None and not scope.covers(locked["jurisdiction"], locked["group"]):
        return Recorded(Outcome.UNKNOWN, {})
    events = await events_of(tx, event.person)
    before = await tx.run(_BY_ID, id=event.id)
    known = await before.single()
    if known is not None:
        same = _event(known["content"]).same_fact(event)
        return Recorded(Outcome.ALREADY if same else Outcome.CONFLICT, fold(events))
    if guardian_missing(event, locked["born"]):
        return Recorded(Outcome.CHILD, fold(events))
    if fits is not None and not fits(events):
        return Recorded(Outcome.UNFIT, fold(events))
    row = event_row(event, salt)
    place = {"leaf_hash": leaf_hash(row["content"].encode(), salt).hex(), "ledger_queue": "pending"}
    await (await tx.run(_APPEND, row=row | place)).consume()
    purposes = fold([*events, event])
    await (await tx.run(_STAND, person=event.person, properties=standing_properties(purposes))).consume()
    return Recorded(Outcome.RECORDED, purposes)


_UNDECIDED: Final = PurposeStanding(State.NOT_ASKED)


async def reaches(tx: Transaction, person: str, scope: Scope) -> bool:
    """Say whether there is a person of this id within a scope; of nobody, and of the erased, there is none (L3)."""
    found = await (await tx.run(_KEPT_BY, person=person)).single()
    return found is not None and scope.covers(found["jurisdiction"], found["group"])


async def events_of(tx: Transaction, person: str) -> list[ConsentEvent]:
    """Return every event of one person, in the order in which they happened."""
    result = await tx.run(_OF_PERSON, person=person)
    return sorted([_event(row["content"]) async for row in result], key=lambda event: (event.happened, event.id))


async def by_id(tx: Transaction, event: str) -> ConsentEvent | None:
    """Return the event of an id, None where none is recorded under it, or no longer."""
    known = await (await tx.run(_BY_ID, id=event)).single()
    return None if known is None else _event(known["content"])


def standing_properties(purposes: Mapping[Purpose, PurposeStanding]) -> dict[str, Any]:
    """Return the properties that hold a folded standing, None for each that has to go.

    The enrolment's department and deadline are no consent and stay, unless the person said no to being asked, or has
    answered for every purpose: with that the enrolment ends.
    """
    folded = to_properties(purposes, None)
    names = [PROPERTIES[purpose] for purpose in CONSENTED_PURPOSES]
    said_no = purposes.get(Purpose.ENROLMENT, _UNDECIDED).state in {State.REFUSED, State.WITHDRAWN}
    if said_no or answered(purposes):
        names.append(PROPERTIES[Purpose.ENROLMENT])
    every: dict[str, Any] = {}
    for name in names:
        every |= {key: folded.get(key) for key in (name.state, name.until, name.covers)}
    return every


@dataclass(frozen=True, slots=True)
class Compared:
    """One stretch of people whose stored standing was held against their events: how many, and who differs.

    `differing` has for each of them the purposes that are not as the events say, `gone` whoever has events and is not
    there: an erasure leaves an event without a person (C7), so that nobody has erased these.
    """

    people: int
    events: int
    differing: Mapping[str, Sequence[Purpose]]
    gone: Sequence[str]


async def compare_window(tx: Transaction, window: Window) -> Compared:
    """Hold the stored standing of everybody whose id is in a window against the fold of their events."""
    events = await events_in(tx, window)
    result = await tx.run(_STANDING_IN_WINDOW, low=window.low, high=window.high)
    people: list[dict[str, Any]] = (await result.single(strict=True))["people"]
    differing = {}
    for stored in people:
        wrong = _differing(stored, fold(events.get(stored["id"], ())))
        if wrong:
            differing[stored["id"]] = wrong
    gone = sorted(events.keys() - {stored["id"] for stored in people})
    return Compared(len(people), sum(map(len, events.values())), differing, gone)


async def events_in(tx: Transaction, window: Window) -> dict[str, list[ConsentEvent]]:
    """Return the events of everybody whose id is in a window, in no order, by person."""
    result = await tx.run(_IN_WINDOW, low=window.low, high=window.high)
    rows: list[tuple[str, str]] = (await result.single(strict=True))["events"]
    events: dict[str, list[ConsentEvent]] = {}
    for person, content in rows:
        events.setdefault(person, []).append(_event(content))
    return events


_SAID_NO: Final = frozenset({str(State.REFUSED), str(State.WITHDRAWN)})


def _differing(stored: Mapping[str, Any], purposes: Mapping[Purpose, PurposeStanding]) -> list[Purpose]:
    expected = standing_properties(purposes)
    name = PROPERTIES[Purpose.ENROLMENT].state
    if name not in expected:
        # Who enrolled somebody and until when is no consent, and no event tells it. But no to being asked is one.
        expected[name] = None if stored.get(name) in _SAID_NO else stored.get(name)
    return [
        purpose
        for purpose, name in PROPERTIES.items()
        if any(key in expected and stored.get(key) != expected[key] for key in (name.state, name.until, name.covers))
    ]


def _event(content: str) -> ConsentEvent:
    return read_event(orjson.loads(content))
