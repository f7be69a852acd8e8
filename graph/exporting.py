"""Reading the whole graph for a backup, in answers that both engines give quickly, while writes go on.

What is few is read at once, people by windows of their ids, the entries of the ledger by their places, which have no
gaps: so that what was read of an order that only grows is known to be all of it. `changed` and `Mark` tell what was
written since, for reading it again (docs/decisions.md).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from graph.inventory import Kind, Row
from graph.transaction import Transaction
from graph.windows import Window

_LAST_INSTANT: Final = 2**53

_WHOLE: Final[Mapping[Kind, LiteralString]] = {
    Kind.REGIONS: """
MATCH (n:Region)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), m.code, properties(r)]]]) AS rows
""",
    Kind.STAGES: """
MATCH (n:Stage)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), m.code, properties(r)]]]) AS rows
""",
    Kind.TARGETS: """
MATCH (n:Target)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), m.number, properties(r)]]]) AS rows
""",
    Kind.DEPARTMENTS: """
MATCH (n:Department)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), coalesce(m.code, m.group), properties(r)]]])
       AS rows
""",
    Kind.BODIES: """
MATCH (n:Body)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), coalesce(m.code, m.group), properties(r)]]])
       AS rows
""",
    Kind.ACTORS: """
MATCH (n:Actor)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), m.id, properties(r)]]]) AS rows
""",
    Kind.ACCESS_KEYS: """
MATCH (n:AccessKey)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), m.id, properties(r)]]]) AS rows
""",
    Kind.CASES: """
MATCH (n:Case)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), m.id, properties(r)]]]) AS rows
""",
    Kind.MAPS: """
MATCH (n:LatestMap)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), m.id, properties(r)]]]) AS rows
""",
    Kind.LOADS: """
MATCH (n:Load)
RETURN collect([labels(n), properties(n), [(n)-[r]->(m) | [type(r), m.id, properties(r)]]]) AS rows
""",
}
# Where a pattern in a comprehension names neither type nor labels, each end is found by the one key that it has.
_PERSON: Final[LiteralString] = """
RETURN collect([labels(p), properties(p), [(p)-[r]->(m) | [type(r), coalesce(m.code, m.id), properties(r)]]]) AS rows
"""
_PEOPLE: Final[LiteralString] = "MATCH (p:Participant) WHERE p.id > $low AND p.id < $high" + _PERSON
_PEOPLE_BY_ID: Final[LiteralString] = "UNWIND $ids AS id MATCH (p:Participant {id: id})" + _PERSON
_ENTRY: Final[LiteralString] = """
RETURN collect([labels(e), properties(e), [(e)-[:SHOWED]->(d:Disclosure) | properties(d)]]) AS rows
"""
_ENTRIES: Final[LiteralString] = "UNWIND $leaves AS leaf MATCH (e:Entry {leaf: leaf})" + _ENTRY
_WAITING: Final[LiteralString] = "MATCH (e:Entry {ledger_queue: 'pending'})" + _ENTRY
_TILES: Final[LiteralString] = """
UNWIND $numbers AS number MATCH (t:Tile {number: number}) RETURN collect([labels(t), properties(t), []]) AS rows
"""
# Both ends are exclusive, and alone in their clause: see graph.windows.
_CHECKPOINTS: Final[LiteralString] = """
MATCH (c:Checkpoint) WHERE c.size > $above AND c.size < $below
RETURN collect([labels(c), properties(c), []]) AS rows
"""
_CHANGED: Final[LiteralString] = """
MATCH (p:Participant) WHERE p.changed > $since AND p.changed < $until RETURN collect([p.id, p.revision]) AS people
"""
_HEAD: Final[LiteralString] = "MATCH (h:LedgerHead) RETURN collect([labels(h), properties(h), []]) AS rows"
_NOW: Final[LiteralString] = "RETURN timestamp() AS now"
_PEOPLE_COUNTED: Final[LiteralString] = "MATCH (p:Participant) RETURN count(p) AS found"
_KEYS: Final[LiteralString] = """
MATCH (p:Participant) WHERE p.id > $low AND p.id < $high RETURN collect(p.data_key) AS keys
"""
_ENTRY_CONTENTS: Final[LiteralString] = """
UNWIND $leaves AS leaf MATCH (e:Entry {leaf: leaf}) WITH e WHERE e.content IS NOT NULL
RETURN collect(e.content) AS contents
"""
_WAITING_CONTENTS: Final[LiteralString] = """
MATCH (e:Entry {ledger_queue: 'pending'}) WITH e WHERE e.content IS NOT NULL RETURN collect(e.content) AS contents
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """How far the ledger is, and a turn that moves with every change of its order; its node as a row."""

    size: int
    turn: int
    head: tuple[Row, ...]


async def whole(tx: Transaction, kind: Kind) -> list[Row]:
    """Return every row of one of the kinds that are few."""
    return await _rows(tx, _WHOLE[kind])


async def people(tx: Transaction, window: Window) -> list[Row]:
    """Return everybody whose id is in a window, with their relationships."""
    return await _rows(tx, _PEOPLE, low=window.low, high=window.high)


async def people_by_id(tx: Transaction, ids: Sequence[str]) -> list[Row]:
    """Return these people, as far as they are there."""
    return await _rows(tx, _PEOPLE_BY_ID, ids=list(ids))


async def entries(tx: Transaction, leaves: Sequence[int]) -> list[Row]:
    """Return the entries at these places of the ledger, each look with its disclosures."""
    return await _rows(tx, _ENTRIES, leaves=list(leaves))


async def waiting(tx: Transaction) -> list[Row]:
    """Return the entries that wait for their place."""
    return await _rows(tx, _WAITING)


async def tiles(tx: Transaction, numbers: Sequence[int]) -> list[Row]:
    """Return the tiles with these numbers, as far as they are there."""
    return await _rows(tx, _TILES, numbers=list(numbers))


async def checkpoints(tx: Transaction, above: int, below: int = _LAST_INSTANT) -> list[Row]:
    """Return the checkpoints of more leaves than `above` and fewer than `below`."""
    return await _rows(tx, _CHECKPOINTS, above=above, below=below)


async def mark(tx: Transaction) -> Mark:
    """Return how far the ledger is; without a ledger it has no leaf."""
    head = await _rows(tx, _HEAD)
    properties: dict[str, Any] = head[0][1] if head else {}
    return Mark(properties.get("size", 0), properties.get("turn", 0), tuple(head))


async def changed(tx: Transaction, since: int) -> dict[str, int]:
    """Return who was written to after an instant of the engine's clock, each with the revision that they are at."""
    result = await tx.run(_CHANGED, since=since, until=_LAST_INSTANT)
    rows: list[tuple[str, int]] = (await result.single(strict=True))["people"]
    return dict(rows)


async def clock(tx: Transaction) -> int:
    """Return the engine's own clock, by which what is changed is marked (epoch milliseconds)."""
    result = await tx.run(_NOW)
    now: int = (await result.single(strict=True))["now"]
    return now


async def count_people(tx: Transaction) -> int:
    """Return how many participants there are."""
    result = await tx.run(_PEOPLE_COUNTED)
    found: int = (await result.single(strict=True))["found"]
    return found


async def wrapped_keys(tx: Transaction, window: Window) -> list[str]:
    """Return the wrapped data keys of everybody in a window, to see under which versions they are."""
    result = await tx.run(_KEYS, low=window.low, high=window.high)
    keys: list[str] = (await result.single(strict=True))["keys"]
    return keys


async def contents(tx: Transaction, leaves: Sequence[int]) -> list[str]:
    """Return the contents of the entries at these places that have one of their own: events and tombstones."""
    return await _contents(tx, _ENTRY_CONTENTS, leaves=list(leaves))


async def waiting_contents(tx: Transaction) -> list[str]:
    """Return the contents of such entries that wait for their place."""
    return await _contents(tx, _WAITING_CONTENTS)


async def _contents(tx: Transaction, text: LiteralString, **parameters: Any) -> list[str]:  # noqa: ANN401 - the driver's own type.
    result = await tx.run(text, **parameters)
    found: list[str] = (await result.single(strict=True))["contents"]
    return found


async def _rows(tx: Transaction, text: LiteralString, **parameters: Any) -> list[Row]:  # noqa: ANN401 - the driver's own type.
    result = await tx.run(text, **parameters)
    rows: list[list[Any]] = (await result.single(strict=True))["rows"]
    for row in rows:
        row[0] = sorted(row[0])
    return rows  # type: ignore[return-value]
