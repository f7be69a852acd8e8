"""What was written while the base was read: looked at again and again, until one look saw a single instant.

A look reads who was written to (by the marks that every writer leaves), the order of the ledger, and what is new; then
it reads the marks and the order once more. Where both are as they were, nothing that the look read had changed
meanwhile, so that base and look together show the instant between. Looks of callers, by far the most frequent writes,
are only appended: one that comes meanwhile is after the instant, and disturbs nothing.
"""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from consent.ledger.tiles import TILE
from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import Plan
from directory.backup.reading import LEAVES, WITHIN
from graph import exporting
from graph.connection import Graph
from graph.inventory import WHOLE, Kind, Row
from graph.transaction import Transaction

# A writer marks what it changes by the engine's clock, and commits it up to so much later.
LONGEST_WRITE: Final = 10 * 60 * 1000
_MOST_LOOKS: Final = 400
_PEOPLE_AT_ONCE: Final = 1_000
_TILES_AT_ONCE: Final = 200
_PAUSE: Final = 0.05


@dataclass(frozen=True, slots=True)
class Seen:
    """What one look found new, when by the engine's clock, and whether it was of one instant."""

    at: int
    quiet: bool
    population: int
    head: tuple[Row, ...]
    size: int
    people: Sequence[Row]
    entries: Sequence[Row]
    waiting: Sequence[Row]
    tiles: Sequence[Row]
    checkpoints: Sequence[Row]


@dataclass(slots=True)
class Delta:
    """What replaces the base, and what comes beside it; at the end, of one instant.

    `people` has everybody who was written to, `gone` who was erased, `entries` what has a place that the base lacks or
    that was emptied meanwhile, `waiting` what has no place yet.
    """

    size: int
    people: dict[str, Row] = field(default_factory=dict)
    gone: set[str] = field(default_factory=set)
    entries: dict[int, Row] = field(default_factory=dict)
    tiles: dict[int, Row] = field(default_factory=dict)
    checkpoints: dict[int, Row] = field(default_factory=dict)
    waiting: Sequence[Row] = ()
    whole: dict[Kind, list[Row]] = field(default_factory=dict)
    head: tuple[Row, ...] = ()
    at: int = 0
    population: int = 0

    def add(self, seen: Seen) -> None:
        """Take what a look found."""
        self.size, self.head, self.at, self.population = seen.size, seen.head, seen.at, seen.population
        self.waiting = seen.waiting
        self.people |= {row[1]["id"]: row for row in seen.people}
        self.entries |= {row[1]["leaf"]: row for row in seen.entries if "leaf" in row[1]}
        self.tiles |= {row[1]["number"]: row for row in seen.tiles}
        self.checkpoints |= {row[1]["size"]: row for row in seen.checkpoints}
        self.gone |= {row[1]["id"] for row in (*seen.entries, *seen.waiting) if "Tombstone" in row[0]}
        for person in self.gone & self.people.keys():
            del self.people[person]

    @property
    def unfinished_tile(self) -> int:
        """The first tile that may still have changed."""
        full = [number for number, row in self.tiles.items() if row[1].get("root") is not None]
        return max(full, default=-1) + 1


async def catch_up(graph: Graph, plan: Plan) -> Delta:
    """Read what was written since the backup began, as of one instant; raises BackupError BACKUP_DISTURBED."""
    delta = Delta(plan.ledger_size)
    since = plan.engine_clock - LONGEST_WRITE
    before = await _whole(graph)
    for _ in range(_MOST_LOOKS):
        seen = await graph.read(_look, delta, plan, since, within=WITHIN)
        delta.add(seen)
        # The few are read around the look: unchanged between two readings, they are as they were in the look.
        after = await _whole(graph) if seen.quiet else before
        if seen.quiet and _digest(before) == _digest(after):
            delta.whole = after
            return delta
        before = after
        await asyncio.sleep(_PAUSE)
    raise BackupError(BackupCode.BACKUP_DISTURBED)


async def _look(tx: Transaction, delta: Delta, plan: Plan, since: int) -> Seen:
    """Read what is new; this may run more than once, and changes nothing that it was given."""
    changed = await exporting.changed(tx, since)
    people: list[Row] = []
    for some in _slices(sorted(_unread(changed, delta)), _PEOPLE_AT_ONCE):
        people += await exporting.people_by_id(tx, some)
    first = await exporting.mark(tx)
    at = await exporting.clock(tx)
    population = await exporting.count_people(tx)
    entries: list[Row] = []
    for some in _slices(range(delta.size, first.size), LEAVES):
        entries += await exporting.entries(tx, some)
    # After the others: whoever emptied one of those meanwhile has left a tombstone that is seen here.
    waiting = await exporting.waiting(tx)
    emptied = emptied_leaves(row for row in (*entries, *waiting) if row[1].get("id") not in delta.gone)
    for some in _slices(sorted(emptied), LEAVES):
        entries += await exporting.entries(tx, some)
    tiles: list[Row] = []
    for some in _slices(
        range(max(plan.ledger_size // TILE, delta.unfinished_tile), -(-first.size // TILE)), _TILES_AT_ONCE
    ):
        tiles += await exporting.tiles(tx, some)
    newest = max(delta.checkpoints, default=plan.checkpoint)
    checkpoints = await exporting.checkpoints(tx, newest)
    last = await exporting.mark(tx)
    unchanged = await exporting.changed(tx, since) == changed and first.turn == last.turn
    # What an erasure emptied may have been read before it; the next look has it right.
    erased = any("Tombstone" in row[0] and row[1]["id"] not in delta.gone for row in (*entries, *waiting))
    quiet = unchanged and not erased and all(map(_is_whole, waiting))
    return Seen(at, quiet, population, first.head, first.size, people, entries, waiting, tiles, checkpoints)


def _unread(changed: dict[str, int], delta: Delta) -> Iterable[str]:
    known = {person: row[1].get("revision") for person, row in delta.people.items()}
    return (person for person, revision in changed.items() if known.get(person) != revision)


def emptied_leaves(rows: Iterable[Row]) -> set[int]:
    """Return the places that the tombstones among these rows say were emptied: of an event, or of a look with a row."""
    return {
        int(place.partition("/")[0])
        for labels, properties, _ in rows
        if "Tombstone" in labels and "content" in properties
        for place in orjson.loads(properties["content"])["erases"]
    }


def _is_whole(row: Row) -> bool:
    """Say whether a look that was read while it was being committed has all of its disclosures."""
    labels, properties, disclosures = row
    return "Look" not in labels or len(disclosures) == properties["people"]


async def _whole(graph: Graph) -> dict[Kind, list[Row]]:
    return {kind: await graph.read(exporting.whole, kind, within=WITHIN) for kind in WHOLE}


def _digest(whole: dict[Kind, list[Row]]) -> bytes:
    """Return the same for the same rows, in whichever order the engine gave them."""
    digest = hashlib.sha256()
    for kind in WHOLE:
        for line in sorted(_line(row) for row in whole[kind]):
            digest.update(line + b"\n")
    return digest.digest()


def _line(row: Row) -> bytes:
    labels, properties, edges = row
    ordered = sorted(orjson.dumps(edge, option=orjson.OPT_SORT_KEYS) for edge in edges)
    return orjson.dumps([labels, properties], option=orjson.OPT_SORT_KEYS) + b"".join(ordered)


def _slices(values: Sequence[Any], size: int) -> Iterable[Sequence[Any]]:
    return (values[start : start + size] for start in range(0, len(values), size))
