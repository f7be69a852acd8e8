"""Reading the ledger's entries by their place, each with the content that its leaf commits to, where there is any."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from graph.look_entries import commitment_of, look_content
from graph.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry as it stands in the graph.

    `kind` is its label, `content` its canonical JSON, None where there is none any more; `subject` is the person that a
    consent event is about. `rows` are the disclosures of a look. `erased` says that the content was erased (C7).
    """

    index: int
    kind: str
    id: str
    at: int | None
    salt: str | None
    content: str | None
    subject: str | None
    erased: bool
    rows: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, slots=True)
class LaterTombstone:
    """A tombstone that waits for its place, or got it after the leaves that were read; `leaf_hash` while it waits."""

    leaf: int | None
    at: int | None
    salt: str | None
    content: str | None
    leaf_hash: str | None


@dataclass(frozen=True, slots=True)
class Unplaced:
    """Something that has the label of an entry, and neither a place in the ledger nor one in its queue.

    Nothing in the program leaves such a thing: whoever writes to the database put it there, or took it out.
    """

    kind: str
    id: str | None
    at: int | None
    subject: str | None


_ENTRY: Final[LiteralString] = """
MATCH (e:Entry {leaf: leaf})
RETURN e.leaf AS leaf, [label IN labels(e) WHERE label <> 'Entry'] AS kinds, properties(e) AS entry,
    [(e)-[:SHOWED]->(d:Disclosure) | properties(d)] AS rows
"""
# One look-up a leaf: a range over the label that all kinds share would make the embedded engine read every entry.
_ENTRIES: Final[LiteralString] = "UNWIND range($low, $high - 1) AS leaf" + _ENTRY
_LATEST: Final[LiteralString] = """
UNWIND range($low, $high - 1) AS leaf MATCH (e:Entry {leaf: leaf}) WITH e WHERE e.participant IS NOT NULL
RETURN collect([e.participant, e.leaf]) AS latest
"""
# An erasure may have its tombstone a moment after what it emptied was read.
_LATER_TOMBSTONES: Final[LiteralString] = """
MATCH (t:Entry:Tombstone) WHERE t.ledger_queue = 'pending' OR t.leaf >= $size
RETURN t.leaf AS leaf, t.at AS at, t.salt AS salt, t.content AS content, t.leaf_hash AS leaf_hash
"""
# What is compared with what it is not of, as text with a number, is neither: hence coalesce.
_STRAY: Final[LiteralString] = """
WITH e WHERE NOT coalesce('Entry' IN labels(e) AND e.ledger_queue = 'pending', false)
  AND NOT coalesce('Entry' IN labels(e) AND e.leaf >= 0 AND e.leaf < $size, false)
RETURN labels(e) AS labels, e.id AS id, e.at AS at, e.participant AS subject, e.leaf AS leaf
"""
_STRAYS: Final[tuple[LiteralString, ...]] = (
    "MATCH (e:ConsentEvent)" + _STRAY,
    "MATCH (e:Look)" + _STRAY,
    "MATCH (e:PermissionChange)" + _STRAY,
    "MATCH (e:Tombstone)" + _STRAY,
)
_SIZE: Final[LiteralString] = "MATCH (h:LedgerHead {name: 'ledger'}) RETURN h.size AS size"
_COUNTS: Final[LiteralString] = "MATCH (e:Entry {ledger_queue: 'pending'}) RETURN count(e) AS waiting"


async def entries(tx: Transaction, low: int, high: int) -> list[LedgerEntry]:
    """Return the entries with leaves from `low` to before `high`, in their order; gaps are left out."""
    result = await tx.run(_ENTRIES, low=low, high=high)
    found = [_entry(row["kinds"], row["entry"], row["rows"]) async for row in result]
    return sorted(found, key=lambda entry: entry.index)


async def latest_leaves(tx: Transaction, low: int, high: int) -> list[tuple[str, int]]:
    """Return the subject and the leaf of each entry about a person, with leaves from `low` to before `high`."""
    result = await tx.run(_LATEST, low=low, high=high)
    return [(subject, leaf) for subject, leaf in (await result.single(strict=True))["latest"]]


async def later_tombstones(tx: Transaction, size: int) -> list[LaterTombstone]:
    """Return the tombstones that wait for their place, or have one after the first `size` leaves, in their order."""
    result = await tx.run(_LATER_TOMBSTONES, size=size)
    found = [LaterTombstone(**row) async for row in result]
    return sorted(found, key=lambda one: (one.leaf is None, one.leaf or 0, one.content or ""))


async def unplaced(tx: Transaction) -> list[Unplaced]:
    """Return everything that has the label of a kind of entry, and is no entry with a place, nor one that waits."""
    size = await _size(tx)
    rows: list[Mapping[str, Any]] = []
    for text in _STRAYS:
        rows += [dict(row) async for row in await tx.run(text, size=size)]
    # What got its place while this was reading has one now.
    size = await _size(tx)
    return [_stray(row) for row in rows if not _is_placed(row["labels"], row["leaf"], size)]


async def _size(tx: Transaction) -> int:
    record = await (await tx.run(_SIZE)).single()
    return 0 if record is None else int(record["size"] or 0)


def _is_placed(labels: Sequence[str], leaf: object, size: int) -> bool:
    return "Entry" in labels and type(leaf) is int and 0 <= leaf < size


def _stray(row: Mapping[str, Any]) -> Unplaced:
    kind = " ".join(sorted(label for label in row["labels"] if label != "Entry"))
    texts = {name: row[name] if type(row[name]) is str else None for name in ("id", "subject")}
    return Unplaced(kind, texts["id"], row["at"] if type(row["at"]) is int else None, texts["subject"])


async def waiting(tx: Transaction) -> int:
    """Return how many entries wait for their place."""
    result = await tx.run(_COUNTS)
    found: int = (await result.single(strict=True))["waiting"]
    return found


def _entry(kinds: list[str], entry: Mapping[str, Any], rows: list[Mapping[str, Any]]) -> LedgerEntry:
    kind = " ".join(sorted(kinds))
    rows = sorted(rows, key=lambda row: (row.get("n") is None, row.get("n") or 0))
    content: str | None = entry.get("content")
    if kind == "Look":
        commitments = [commitment_of(row) for row in rows]
        content = look_content(entry, ["" if each is None else each for each in commitments]).decode()
    return LedgerEntry(
        index=entry["leaf"],
        kind=kind,
        id=entry.get("id", ""),
        at=entry.get("at"),
        salt=entry.get("salt"),
        content=content,
        subject=entry.get("participant"),
        erased=entry.get("erased") is True,
        rows=tuple(rows),
    )
