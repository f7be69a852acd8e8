"""The ledger in the graph: its head, its tiles of leaf hashes, the queue of entries without a place, checkpoints.

Whoever appends takes the head first and moves it in the transaction that writes the hashes, so that there is one
order, whoever writes. An entry is written with its hash and a mark that it waits; giving it its place is the one change
that an entry ever sees, but for its erasure (C1, C7).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from neo4j.exceptions import TransientError

from consent.ledger.commitments import HASH_BYTES
from consent.ledger.tiles import TILE, TILE_BYTES, tile_root
from graph.errors import TileBroken
from graph.transaction import Transaction

PENDING: Final = "pending"


@dataclass(frozen=True, slots=True)
class EntrySeed:
    """What an entry needs that can't be worked out: an id and a salt of 32 bytes, both random, and who caused it."""

    id: str
    salt: bytes
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Pending:
    """An entry that waits for its place, with the hash of its leaf."""

    id: str
    at: int
    leaf_hash: bytes


@dataclass(frozen=True, slots=True)
class StoredTile:
    """A tile as it is kept: its leaf hashes one after the other, and its root, empty as long as it is not full."""

    number: int
    hashes: bytes
    root: bytes


@dataclass(frozen=True, slots=True)
class StoredCheckpoint:
    """A checkpoint as it is kept: the signed note, and beside it what is in it, for finding it."""

    size: int
    root: bytes
    at: int
    note: str


@dataclass(frozen=True, slots=True)
class StoredMap:
    """The note of a day's map of latest leaves; `day` is an ISO date."""

    day: str
    at: int
    note: str


# Every kind of node and edge that an entry is written with.
_KINDS: Final[tuple[LiteralString, ...]] = (
    "CREATE (:Entry:Look)-[:SHOWED]->(:Disclosure)",
    "CREATE (:Entry:ConsentEvent)",
    "CREATE (:Entry:PermissionChange)",
    "CREATE (:Entry:Tombstone)",
)
_SIZE: Final[LiteralString] = "MATCH (h:LedgerHead {name: 'ledger'}) RETURN h.size AS size"
# Written before it is read: on Neo4j whoever comes second waits here, on ArcadeDB they begin again at the commit.
_TAKE_HEAD: Final[LiteralString] = """
MERGE (h:LedgerHead {name: 'ledger'}) SET h.turn = coalesce(h.turn, 0) + 1 RETURN coalesce(h.size, 0) AS size
"""
_MOVE_HEAD: Final[LiteralString] = "MATCH (h:LedgerHead {name: 'ledger'}) SET h.size = $size"
_TILES: Final[LiteralString] = """
UNWIND $numbers AS number MATCH (t:Tile {number: number}) RETURN t.number AS number, t.hashes AS hashes, t.root AS root
"""
_ROOTS: Final[LiteralString] = """
UNWIND range($low, $high - 1) AS number MATCH (t:Tile {number: number}) RETURN t.number AS number, t.root AS root
"""
_WRITE_TILES: Final[LiteralString] = """
UNWIND $rows AS row MERGE (t:Tile {number: row.number}) SET t.hashes = row.hashes, t.root = row.root
"""
_PENDING: Final[LiteralString] = """
MATCH (e:Entry {ledger_queue: 'pending'})
RETURN e.id AS id, e.at AS at, e.leaf_hash AS leaf_hash ORDER BY at, id LIMIT $limit
"""
_OLDEST_PENDING: Final[LiteralString] = """
MATCH (e:Entry {ledger_queue: 'pending'}) RETURN count(e) AS waiting, min(coalesce(e.at, 0)) AS oldest
"""
_ANY_PENDING: Final[LiteralString] = "MATCH (e:Entry {ledger_queue: 'pending'}) RETURN e.id AS id LIMIT 1"
_GIVE_PLACES: Final[LiteralString] = """
MATCH (e:Entry {ledger_queue: 'pending'}) WITH e, $places[e.id] AS leaf WHERE leaf IS NOT NULL
SET e.leaf = leaf REMOVE e.leaf_hash, e.ledger_queue
RETURN count(e) AS placed
"""
_ADD_CHECKPOINT: Final[LiteralString] = "CREATE (c:Checkpoint) SET c = $row"
_CHECKPOINT: Final[LiteralString] = " RETURN c.size AS size, c.root AS root, c.at AS at, c.note AS note "
_NEWEST_SIZE: Final[LiteralString] = "MATCH (c:Checkpoint) RETURN max(c.size) AS size"
_CHECKPOINT_OF_SIZE: Final[LiteralString] = "MATCH (c:Checkpoint {size: $size})" + _CHECKPOINT
_CHECKPOINTS: Final[LiteralString] = (
    "MATCH (c:Checkpoint) WHERE c.size > $above" + _CHECKPOINT + "ORDER BY size LIMIT $limit"
)
_LATEST_CHECKPOINTS: Final[LiteralString] = "MATCH (c:Checkpoint)" + _CHECKPOINT + "ORDER BY size DESC LIMIT $limit"
_ADD_MAP: Final[LiteralString] = "CREATE (m:LatestMap) SET m = $row"
_NEWEST_MAP: Final[LiteralString] = """
MATCH (m:LatestMap) RETURN m.day AS day, m.at AS at, m.note AS note ORDER BY at DESC LIMIT 1
"""


class KindsKnown(Exception):
    """Raised at the end of `make_kinds_known`, so that nothing of it stays."""


async def make_kinds_known(tx: Transaction) -> None:
    """Let the engine make room for every kind of entry, and raise KindsKnown to take the entries back.

    ArcadeDB makes room for a kind when the first of it is written, and refuses the second of two that are written at
    once; what it has made stays, also where the transaction does not.
    """
    for text in _KINDS:
        await (await tx.run(text)).consume()
    raise KindsKnown


async def ensure_head(tx: Transaction) -> None:
    """Make the ledger's head where there is none: of two who make it at once, one would be refused."""
    await _take_head(tx)


async def size(tx: Transaction) -> int:
    """Return how many leaves the ledger has."""
    result = await tx.run(_SIZE)
    record = await result.single()
    return 0 if record is None else int(record["size"] or 0)


async def tiles(tx: Transaction, numbers: Iterable[int]) -> dict[int, StoredTile]:
    """Return tiles by their number; one that is not there is left out."""
    result = await tx.run(_TILES, numbers=sorted(numbers))
    return {row["number"]: StoredTile(row["number"], _hex(row["hashes"]), _hex(row["root"])) async for row in result}


async def roots(tx: Transaction, low: int, high: int) -> list[bytes]:
    """Return the roots of the full tiles from number `low` to before `high`, as far as they are there without a gap."""
    result = await tx.run(_ROOTS, low=low, high=high)
    found = {row["number"]: _hex(row["root"]) async for row in result}
    there: list[bytes] = []
    while found.get(low + len(there)):
        there.append(found[low + len(there)])
    return there


async def pending(tx: Transaction, limit: int) -> list[Pending]:
    """Return entries that wait for their place, in the order in which they get it: by instant, then by id."""
    result = await tx.run(_PENDING, limit=limit)
    return [Pending(row["id"], row["at"], bytes.fromhex(row["leaf_hash"])) async for row in result]


async def waiting_at_all(tx: Transaction) -> bool:
    """Say whether any entry waits for its place."""
    result = await tx.run(_ANY_PENDING)
    return await result.single() is not None


async def waiting_since(tx: Transaction) -> int | None:
    """Return when the oldest entry that waits for its place was written (epoch milliseconds), None where none waits."""
    record = await (await tx.run(_OLDEST_PENDING)).single(strict=True)
    return int(record["oldest"]) if record["waiting"] else None


async def sequence(tx: Transaction, limit: int) -> tuple[int, int]:
    """Give places to at most `limit` waiting entries; return the size of the ledger before and after."""
    before = await _take_head(tx)
    waiting = await pending(tx, limit)
    if not waiting:
        return before, before
    await _append(tx, before, [entry.leaf_hash for entry in waiting])
    places = {entry.id: before + number for number, entry in enumerate(waiting)}
    result = await tx.run(_GIVE_PLACES, places=places)
    placed: int = (await result.single(strict=True))["placed"]
    if placed != len(waiting):
        # Another transaction came in between: the driver begins this one again.
        raise TransientError
    return before, before + placed


async def append_hashes(tx: Transaction, expected_size: int, hashes: Sequence[bytes]) -> int:
    """Append the hashes of entries that are written with their `leaf` in this transaction; return the new size.

    For bulk loads. `expected_size` is what `size` said in this transaction, the first hash gets that index. Where the
    ledger has grown meanwhile, TransientError makes the driver begin the transaction again.
    """
    if await _take_head(tx) != expected_size:
        raise TransientError
    await _append(tx, expected_size, hashes)
    return expected_size + len(hashes)


async def _take_head(tx: Transaction) -> int:
    result = await tx.run(_TAKE_HEAD)
    found: int = (await result.single(strict=True))["size"]
    return found


async def _append(tx: Transaction, start: int, hashes: Sequence[bytes]) -> None:
    """Write hashes into the tiles from leaf `start` on, and move the head, which the caller has taken.

    Raises TileBroken where the tile that they go on with is not there, or not as long as the head says.
    """
    first, content = start // TILE, b"".join(hashes)
    if start % TILE:
        begun = (await tiles(tx, [first])).get(first)
        there = 0 if begun is None else len(begun.hashes) // HASH_BYTES
        if begun is None or there < start % TILE:
            raise TileBroken
        if there > start % TILE:
            # Another transaction came in since the head was read: the driver begins this one again.
            raise TransientError
        content = begun.hashes + content
    rows = []
    for number, at in enumerate(range(0, len(content), TILE_BYTES), first):
        tile = content[at : at + TILE_BYTES]
        root = tile_root(tile).hex() if len(tile) == TILE_BYTES else None
        rows.append({"number": number, "hashes": tile.hex(), "root": root})
    await (await tx.run(_WRITE_TILES, rows=rows)).consume()
    await (await tx.run(_MOVE_HEAD, size=start + len(hashes))).consume()


async def add_checkpoint(tx: Transaction, checkpoint: StoredCheckpoint) -> None:
    """Keep a signed checkpoint; Conflict where there is one of this size."""
    row: dict[str, Any] = {
        "size": checkpoint.size,
        "root": checkpoint.root.hex(),
        "at": checkpoint.at,
        "note": checkpoint.note,
    }
    await (await tx.run(_ADD_CHECKPOINT, row=row)).consume()


async def newest_checkpoint(tx: Transaction) -> StoredCheckpoint | None:
    """Return the checkpoint of the largest size, None where there is none."""
    result = await tx.run(_NEWEST_SIZE)
    largest = (await result.single(strict=True))["size"]
    if largest is None:
        return None
    result = await tx.run(_CHECKPOINT_OF_SIZE, size=largest)
    return _checkpoint(dict(await result.single(strict=True)))


async def checkpoints(tx: Transaction, above: int, limit: int) -> list[StoredCheckpoint]:
    """Return checkpoints larger than a size, smallest first, at most `limit`."""
    result = await tx.run(_CHECKPOINTS, above=above, limit=limit)
    return [_checkpoint(dict(row)) async for row in result]


async def recent_checkpoints(tx: Transaction, limit: int) -> list[StoredCheckpoint]:
    """Return the largest checkpoints, at most `limit`, smallest first."""
    result = await tx.run(_LATEST_CHECKPOINTS, limit=limit)
    return [_checkpoint(dict(row)) async for row in result][::-1]


async def add_map(tx: Transaction, published: StoredMap) -> None:
    """Keep the note of a day's map."""
    row = {"day": published.day, "at": published.at, "note": published.note}
    await (await tx.run(_ADD_MAP, row=row)).consume()


async def newest_map(tx: Transaction) -> StoredMap | None:
    """Return the note of the map that was published last, None where there is none."""
    result = await tx.run(_NEWEST_MAP)
    record = await result.single()
    return None if record is None else StoredMap(**record)


def _checkpoint(row: dict[str, Any]) -> StoredCheckpoint:
    return StoredCheckpoint(row["size"], _hex(row["root"]), row["at"], row["note"])


def _hex(text: str | None) -> bytes:
    """Read what should be hexadecimal; nothing where it is not, so that damage is told of and not choked on."""
    try:
        return bytes.fromhex(text or "")
    except ValueError:
        return b""
