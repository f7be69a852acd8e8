"""Writing a backup into an empty graph, batch by batch, and the mark that keeps a half or unreplayed one from serving.

A batch and how far the restore is are written in one transaction, so that a restore that was cut off goes on with the
first row that is not there, as a load does.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, LiteralString

from consent.canonical import canonical
from consent.ledger.commitments import leaf_hash, salt_text
from graph.inventory import LABELS, RELATIONSHIPS, Kind, Row
from graph.ledger import PENDING, EntrySeed
from graph.transaction import Transaction

_THE_RESTORE: Final = "restore"


class RestoreState(StrEnum):
    """How far a restore is; only after the last one may the directory be served (E7)."""

    RESTORING = "RESTORING"
    """Batches are still missing."""
    RESTORED = "RESTORED"
    """Everything is in, and what was erased and taken back since the backup was not replayed yet."""
    REPLAYED = "REPLAYED"
    """That was done as well."""


@dataclass(frozen=True, slots=True)
class Restore:
    """A restore: of which archive, as of which instant (epoch milliseconds), and how many rows are in.

    `replay_from` is the instant from which on withdrawals and erasures have to be replayed, by a journal that reaches
    at least as far as the archive's ledger, `ledger_size`.
    """

    archive: str
    instant: int
    replay_from: int
    state: RestoreState
    done: int
    ledger_size: int = 0


_READ: Final[LiteralString] = """
MATCH (r:Restore {name: $name}) RETURN r {.archive, .instant, .replay_from, .state, .done, .ledger_size} AS restore
"""
_BEGIN: Final[LiteralString] = "CREATE (r:Restore) SET r = $row"
_PROGRESS: Final[LiteralString] = """
MATCH (r:Restore {name: $name}) WHERE r.done = $begin SET r.done = $end RETURN r.done AS done
"""
_ADD_ENTRY: Final[LiteralString] = "CREATE (e:Entry:PermissionChange) SET e = $row"
_SET_STATE: Final[LiteralString] = "MATCH (r:Restore {name: $name}) SET r.state = $state"
_NODES: Final[Mapping[tuple[str, ...], LiteralString]] = {
    ("City", "Region"): "UNWIND $rows AS row CREATE (n:Region:City) SET n = row",
    ("District", "Region"): "UNWIND $rows AS row CREATE (n:Region:District) SET n = row",
    ("Dong", "Region"): "UNWIND $rows AS row CREATE (n:Region:Dong) SET n = row",
    ("Stage",): "UNWIND $rows AS row CREATE (n:Stage) SET n = row",
    ("Target",): "UNWIND $rows AS row CREATE (n:Target) SET n = row",
    ("Department",): "UNWIND $rows AS row CREATE (n:Department) SET n = row",
    ("Body", "Organization"): "UNWIND $rows AS row CREATE (n:Body:Organization) SET n = row",
    ("Body", "Committee"): "UNWIND $rows AS row CREATE (n:Body:Committee) SET n = row",
    ("Actor",): "UNWIND $rows AS row CREATE (n:Actor) SET n = row",
    ("AccessKey",): "UNWIND $rows AS row CREATE (n:AccessKey) SET n = row",
    ("Case",): "UNWIND $rows AS row CREATE (n:Case) SET n = row",
    ("LatestMap",): "UNWIND $rows AS row CREATE (n:LatestMap) SET n = row",
    ("LedgerHead",): "UNWIND $rows AS row CREATE (n:LedgerHead) SET n = row",
    ("Participant",): "UNWIND $rows AS row CREATE (n:Participant) SET n = row",
    ("ConsentEvent", "Entry"): "UNWIND $rows AS row CREATE (n:Entry:ConsentEvent) SET n = row",
    ("Entry", "PermissionChange"): "UNWIND $rows AS row CREATE (n:Entry:PermissionChange) SET n = row",
    ("Entry", "Tombstone"): "UNWIND $rows AS row CREATE (n:Entry:Tombstone) SET n = row",
    ("Tile",): "UNWIND $rows AS row CREATE (n:Tile) SET n = row",
    ("Checkpoint",): "UNWIND $rows AS row CREATE (n:Checkpoint) SET n = row",
    ("Load",): "UNWIND $rows AS row CREATE (n:Load) SET n = row",
}
_LOOK: Final = ("Entry", "Look")
_LOOKS: Final[LiteralString] = """
UNWIND $rows AS row CREATE (l:Entry:Look) SET l = row.look
WITH l, row UNWIND row.disclosures AS disclosure CREATE (l)-[:SHOWED]->(d:Disclosure) SET d = disclosure
"""
_RELATIONSHIPS: Final[Mapping[str, LiteralString]] = {
    "PART_OF": """
UNWIND $rows AS row MATCH (a:Region {code: row[0]}) MATCH (b:Region {code: row[1]})
CREATE (a)-[r:PART_OF]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "BORDERS": """
UNWIND $rows AS row MATCH (a:Region {code: row[0]}) MATCH (b:Region {code: row[1]})
CREATE (a)-[r:BORDERS]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "OF": """
UNWIND $rows AS row MATCH (a:Target {group: row[0]}) MATCH (b:Stage {number: row[1]})
CREATE (a)-[r:OF]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "SERVES": """
UNWIND $rows AS row MATCH (a:Department {id: row[0]}) MATCH (b:Region {code: row[1]})
CREATE (a)-[r:SERVES]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "LEADS": """
UNWIND $rows AS row MATCH (a:Department {id: row[0]}) MATCH (b:Target {group: row[1]})
CREATE (a)-[r:LEADS]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "BASED_IN": """
UNWIND $rows AS row MATCH (a:Body {id: row[0]}) MATCH (b:Region {code: row[1]})
CREATE (a)-[r:BASED_IN]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "COUNTS_TOWARDS": """
UNWIND $rows AS row MATCH (a:Body {id: row[0]}) MATCH (b:Target {group: row[1]})
CREATE (a)-[r:COUNTS_TOWARDS]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "WORKS_FOR": """
UNWIND $rows AS row MATCH (a:Actor {id: row[0]}) MATCH (b:Department {id: row[1]})
CREATE (a)-[r:WORKS_FOR]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "OPENS_FOR": """
UNWIND $rows AS row MATCH (a:AccessKey {id: row[0]}) MATCH (b:Actor {id: row[1]})
CREATE (a)-[r:OPENS_FOR]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "LIVES_IN": """
UNWIND $rows AS row MATCH (a:Participant {id: row[0]}) MATCH (b:Region {code: row[1]})
CREATE (a)-[r:LIVES_IN]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "MEMBER_OF": """
UNWIND $rows AS row MATCH (a:Participant {id: row[0]}) MATCH (b:Body {id: row[1]})
CREATE (a)-[r:MEMBER_OF]->(b) SET r = row[2] RETURN count(r) AS made
""",
    "SERVES_ON": """
UNWIND $rows AS row MATCH (a:Participant {id: row[0]}) MATCH (b:Body {id: row[1]})
CREATE (a)-[r:SERVES_ON]->(b) SET r = row[2] RETURN count(r) AS made
""",
}


async def restore(tx: Transaction) -> Restore | None:
    """Return the restore that this graph came from, None where it came from none."""
    result = await tx.run(_READ, name=_THE_RESTORE)
    record = await result.single()
    if record is None:
        return None
    row = record["restore"]
    return Restore(**{**row, "state": RestoreState(row["state"]), "ledger_size": row["ledger_size"] or 0})


async def begin(tx: Transaction, planned: Restore) -> None:
    """Write down what will be restored, before anything is."""
    row = {name: getattr(planned, name) for name in Restore.__slots__}
    row |= {"state": str(planned.state), "name": _THE_RESTORE}
    await (await tx.run(_BEGIN, row=row)).consume()


async def set_state(tx: Transaction, state: RestoreState) -> None:
    """Write down how far the restore is."""
    await (await tx.run(_SET_STATE, name=_THE_RESTORE, state=str(state))).consume()


async def set_replayed(tx: Transaction, entry: EntrySeed, at: int) -> None:
    """Write down that everything was replayed, the first time with an entry of the ledger that says what was restored.

    Whoever reads the ledger sees by it that what was signed after the archive's entries belongs to another history.
    """
    restored = await restore(tx)
    await set_state(tx, RestoreState.REPLAYED)
    if restored is None or restored.state is RestoreState.REPLAYED:
        return
    content = canonical(
        {
            "id": entry.id,
            "at": at,
            "change": "RESTORED",
            "archive": restored.archive,
            "instant": restored.instant,
            "entries": restored.ledger_size,
        }
    )
    row = {
        "id": entry.id,
        "at": at,
        "content": content.decode(),
        "salt": salt_text(entry.salt),
        "leaf_hash": leaf_hash(content, entry.salt).hex(),
        "ledger_queue": PENDING,
    }
    await (await tx.run(_ADD_ENTRY, row=row)).consume()


async def add(tx: Transaction, begin: int, end: int, kind: Kind, rows: Sequence[Row]) -> int | None:
    """Write the rows of an archive from place `begin` up to `end`; None where the restore does not stand at `begin`.

    Returns how many of the relationships in it found no other end. The caller has to give the transaction up then: an
    archive that was read whole has none.
    """
    result = await tx.run(_PROGRESS, name=_THE_RESTORE, begin=begin, end=end)
    if await result.single() is None:
        return None
    by_labels: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        by_labels.setdefault(tuple(row[0]), []).append(row)
    for labels, alike in by_labels.items():
        if labels == _LOOK:
            looks = [{"look": properties, "disclosures": shown} for _, properties, shown in alike]
            await (await tx.run(_LOOKS, rows=looks)).consume()
        else:
            await (await tx.run(_NODES[labels], rows=[row[1] for row in alike])).consume()
    return 0 if kind is Kind.ENTRIES else await _add_relationships(tx, rows)


async def _add_relationships(tx: Transaction, rows: Sequence[Row]) -> int:
    by_type: dict[str, list[tuple[Any, Any, Mapping[str, Any]]]] = {}
    for _, properties, edges in rows:
        for relationship, end, held in edges:
            start = properties[RELATIONSHIPS[relationship].start_key]
            by_type.setdefault(relationship, []).append((start, end, held))
    missing = 0
    for relationship, ends in by_type.items():
        result = await tx.run(_RELATIONSHIPS[relationship], rows=ends)
        missing += len(ends) - (await result.single(strict=True))["made"]
    return missing


_COUNTS: Final[Mapping[str, LiteralString]] = {
    "Region": "MATCH (n:Region) RETURN count(n) AS found",
    "Stage": "MATCH (n:Stage) RETURN count(n) AS found",
    "Target": "MATCH (n:Target) RETURN count(n) AS found",
    "Department": "MATCH (n:Department) RETURN count(n) AS found",
    "Body": "MATCH (n:Body) RETURN count(n) AS found",
    "Actor": "MATCH (n:Actor) RETURN count(n) AS found",
    "AccessKey": "MATCH (n:AccessKey) RETURN count(n) AS found",
    "Case": "MATCH (n:Case) RETURN count(n) AS found",
    "LatestMap": "MATCH (n:LatestMap) RETURN count(n) AS found",
    "LedgerHead": "MATCH (n:LedgerHead) RETURN count(n) AS found",
    "Participant": "MATCH (n:Participant) RETURN count(n) AS found",
    "Entry": "MATCH (n:Entry) RETURN count(n) AS found",
    "Tile": "MATCH (n:Tile) RETURN count(n) AS found",
    "Checkpoint": "MATCH (n:Checkpoint) RETURN count(n) AS found",
    "Load": "MATCH (n:Load) RETURN count(n) AS found",
}
_COUNTED: Final[Mapping[Kind, str]] = {
    kind: next(label for label in labels if label in _COUNTS) for labels, kind in LABELS.items()
}


async def counts(tx: Transaction) -> dict[Kind, int]:
    """Return how many nodes there are of every kind, to see that a graph is empty, and that a restore is whole."""
    found = {}
    for kind, label in _COUNTED.items():
        result = await tx.run(_COUNTS[label])
        found[kind] = int((await result.single(strict=True))["found"])
    return found
