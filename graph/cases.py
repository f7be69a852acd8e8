"""Cases in the graph: opened, read by the person and the privacy officer, moved on, blanked with the person's erasure.

A case names its person by a property with an index, as a consent event does. What a correction waits to write lies on
its case sealed, under the person's own data key.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from consent.cases import Answer, Case, CaseKind, CaseState
from consent.vocabulary import Channel, Field, Purpose
from graph.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Waiting:
    """A new telephone or e-mail that waits to be written: which field, sealed, and its blind index."""

    field: Field
    sealed: str
    index: str


@dataclass(frozen=True, slots=True)
class StoredCase:
    """A case, and what it waits to write where it waits for that."""

    case: Case
    waiting: Waiting | None


@dataclass(frozen=True, slots=True)
class CasePosition:
    """Where a page of cases ended: the deadline and the id of its last one."""

    due: int
    id: str


_ADD: Final[LiteralString] = "CREATE (c:Case) SET c = $row"
_FIELDS: Final[LiteralString] = " RETURN properties(c) AS case "
_ONE: Final[LiteralString] = "MATCH (c:Case {id: $id})" + _FIELDS
_OF_PERSON: Final[LiteralString] = "MATCH (c:Case {participant: $person})" + _FIELDS
_PAGE: Final[LiteralString] = (
    "MATCH (c:Case {state: $state}) WITH c WHERE c.due > $due OR (c.due = $due AND c.id > $id)"
    + _FIELDS
    + "ORDER BY c.due, c.id LIMIT $limit"
)
_MOVE: Final[LiteralString] = """
MATCH (c:Case {id: $id}) WITH c WHERE c.state = $was SET c += $row RETURN c.id AS id
"""
# What is left of the step before is no part of the one after: an appeal takes the answer away.
_MOVED: Final = ("state", "due", "answered", "answered_by", "reason", "first_at", "first_by", "first_reason")
_WAIT: Final[LiteralString] = """
MATCH (c:Case {id: $id}) SET c.wanted_field = $field, c.wanted_sealed = $sealed, c.wanted_index = $index
"""
_SEEN: Final[LiteralString] = "MATCH (c:Case {id: $id}) SET c.seen = c.seen + 1 RETURN c.seen AS seen"


async def add(tx: Transaction, case: Case, waiting: Waiting | None = None) -> None:
    """Keep a new case; Conflict where there is one of its id."""
    await (await tx.run(_ADD, row=_row(case))).consume()
    if waiting is not None:
        await _keep(tx, case.id, waiting)


async def one(tx: Transaction, case: str) -> StoredCase | None:
    """Return a case by its id with what it waits to write, or None."""
    result = await tx.run(_ONE, id=case)
    record = await result.single()
    return None if record is None else _stored(record["case"])


async def of_person(tx: Transaction, person: str) -> list[Case]:
    """Return everything that one person asked for, oldest first."""
    return [stored.case for stored in await stored_of(tx, person)]


async def stored_of(tx: Transaction, person: str) -> list[StoredCase]:
    """Return the same with what each waits to write."""
    result = await tx.run(_OF_PERSON, person=person)
    found = [_stored(row["case"]) async for row in result]
    return sorted(found, key=lambda stored: (stored.case.opened, stored.case.id))


async def page(tx: Transaction, state: CaseState, after: CasePosition | None, limit: int) -> list[Case]:
    """Return the cases in a state, the most urgent first, from after a position, at most `limit`."""
    start = after or CasePosition(-1, "")
    result = await tx.run(_PAGE, state=str(state), due=start.due, id=start.id, limit=limit)
    found = [_stored(row["case"]).case async for row in result]
    return sorted(found, key=lambda case: (case.due, case.id))


async def move(tx: Transaction, before: Case, after: Case) -> bool:
    """Write down the step from one state to another; False where the case is no longer in the first one.

    What a case waited to write is forgotten when it is done. A refusal keeps it, since an appeal may be granted, until
    `graph.retention` forgets it.
    """
    row = {name: value for name, value in _row(after).items() if name in _MOVED}
    result = await tx.run(_MOVE, id=before.id, was=str(before.state), row=row)
    moved = await result.single() is not None
    if moved and after.state is CaseState.DONE:
        await _keep(tx, before.id, None)
    return moved


async def count_access(tx: Transaction, case: str) -> bool:
    """Count that an access was used once more; False where the case is gone."""
    result = await tx.run(_SEEN, id=case)
    return await result.single() is not None


async def _keep(tx: Transaction, case: str, waiting: Waiting | None) -> None:
    values = (None, None, None) if waiting is None else (str(waiting.field), waiting.sealed, waiting.index)
    await (await tx.run(_WAIT, id=case, field=values[0], sealed=values[1], index=values[2])).consume()


def _row(case: Case) -> dict[str, Any]:
    return {
        "id": case.id,
        "participant": case.person or None,
        "kind": str(case.kind),
        "state": str(case.state),
        "opened": case.opened,
        "due": case.due,
        "by": case.by,
        "purposes": sorted(case.purposes),
        "fields": sorted(case.fields),
        "channels": sorted(case.channels),
        "answered": case.answered,
        "reason": case.reason,
        "seen": case.seen,
        "sensitive": case.sensitive,
        "answered_by": case.answered_by or None,
        "first_at": None if case.first is None else case.first.at,
        "first_by": None if case.first is None else case.first.by,
        "first_reason": None if case.first is None else case.first.reason,
        "events": list(case.events),
    }


def _stored(row: Mapping[str, Any]) -> StoredCase:
    first: int | None = row.get("first_at")
    case = Case(
        id=row["id"],
        person=row.get("participant", ""),
        kind=CaseKind(row["kind"]),
        state=CaseState(row["state"]),
        opened=row["opened"],
        due=row["due"],
        by=row["by"],
        purposes=frozenset(Purpose(purpose) for purpose in row.get("purposes", ())),
        fields=frozenset(Field(field) for field in row.get("fields", ())),
        channels=frozenset(Channel(channel) for channel in row.get("channels", ())),
        answered=row.get("answered"),
        reason=row.get("reason", ""),
        seen=row.get("seen", 0),
        sensitive=row.get("sensitive", False),
        answered_by=row.get("answered_by") or "",
        first=None if first is None else Answer(first, row["first_by"], row["first_reason"]),
        events=tuple(row.get("events", ())),
    )
    field: str | None = row.get("wanted_field")
    waiting = None if field is None else Waiting(Field(field), row["wanted_sealed"], row["wanted_index"])
    return StoredCase(case, waiting)
