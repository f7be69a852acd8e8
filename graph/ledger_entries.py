"""Reading the ledger's entries by their place, each with the content that its leaf commits to, where there is any."""

from collections.abc import Mapping
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
MATCH (t:Tombstone) WHERE t.leaf IS NULL OR t.leaf >= $size RETURN collect(t.content) AS contents
"""
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


async def later_tombstones(tx: Transaction, size: int) -> list[str]:
    """Return the contents of tombstones that have no place among the first `size` leaves."""
    result = await tx.run(_LATER_TOMBSTONES, size=size)
    return sorted(content for content in (await result.single(strict=True))["contents"] if content is not None)


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
