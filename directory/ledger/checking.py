"""Checking the ledger where it lies: the recent checkpoints and the witness at every start, all of it hourly (C4)."""

import asyncio
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from consent.ledger.checkpoints import Checkpoint, open_checkpoint
from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerError
from consent.ledger.merkle import verify_consistency
from consent.ledger.notes import Verifier
from consent.ledger.tiles import TILE, TILE_BYTES, TiledTree, consistency_tiles, root_tiles, tile_root
from directory.ledger.errors import LedgerDiverged, LedgerRolledBack, LedgerWitnessForeign
from directory.ledger.findings import Finding, FindingKind
from directory.ledger.walking import Walk
from graph import ledger
from graph.connection import Graph
from graph.ledger import StoredTile

RECENT: Final = 20
_TILES_AT_ONCE: Final = 64
_CHECKPOINTS_AT_ONCE: Final = 500
_READ_TIME: Final = 60.0


@dataclass(frozen=True, slots=True)
class Checked:
    """What an hourly check went over, and the first thing that did not fit; None where all did."""

    leaves: int
    checkpoints: int
    finding: Finding | None


async def read_tree(graph: Graph) -> tuple[int, TiledTree]:
    """Read how large the ledger is and the roots of its full tiles; raises LedgerDiverged where one is missing."""
    size = await graph.read(ledger.size)
    full = size // TILE
    tree = TiledTree()
    while tree.full < full:
        roots = await graph.read(ledger.roots, tree.full, min(full, tree.full + 2_000), within=_READ_TIME)
        if not roots or any(len(root) != HASH_BYTES for root in roots):
            raise LedgerDiverged(f"the leaf hashes from entry {tree.full * TILE:,} on are missing")
        for root in roots:
            tree.add(root)
    return size, tree


async def leaves_of(graph: Graph, numbers: Iterable[int]) -> dict[int, bytes]:
    """Read the leaf hashes of a few tiles."""
    wanted = set(numbers)
    found = await graph.read(ledger.tiles, wanted) if wanted else {}
    return {number: tile.hashes for number, tile in found.items()}


async def require_recent(graph: Graph, verifier: Verifier, size: int, tree: TiledTree) -> Checkpoint | None:
    """Hold the last checkpoints against the tree and each against the one before; return the newest, None without any.

    Raises LedgerDiverged.
    """
    newest = None
    for stored in await graph.read(ledger.recent_checkpoints, RECENT):
        checkpoint = opened(stored.note, verifier)
        if checkpoint is None:
            raise LedgerDiverged(f"the checkpoint of {stored.size:,} entries is not signed by the key of this ledger")
        await _require_root(graph, checkpoint, size, tree)
        if newest is not None:
            tiles = await leaves_of(graph, consistency_tiles(newest.size, checkpoint.size))
            proof = tree.consistency(newest.size, checkpoint.size, tiles)
            if not verify_consistency(newest.size, checkpoint.size, newest.root, checkpoint.root, proof):
                raise LedgerDiverged(
                    f"the checkpoint of {checkpoint.size:,} entries does not go on from the one before"
                )
        newest = checkpoint
    return newest


async def require_as_witnessed(graph: Graph, verifier: Verifier, note: str | None, size: int, tree: TiledTree) -> int:
    """Hold the witness's newest checkpoint against the tree; return how many entries it has seen.

    Raises LedgerRolledBack where it has seen more than there are, LedgerDiverged where it has seen others, and
    LedgerWitnessForeign where it watches another ledger.
    """
    if note is None:
        return -1
    witnessed = opened(note, verifier)
    if witnessed is None:
        raise LedgerWitnessForeign
    if witnessed.size > size:
        raise LedgerRolledBack(size, witnessed.size)
    await _require_root(graph, witnessed, size, tree)
    return witnessed.size


async def _require_root(graph: Graph, checkpoint: Checkpoint, size: int, tree: TiledTree) -> None:
    if checkpoint.size > size:
        raise LedgerDiverged(f"it was signed with {checkpoint.size:,} entries and has {size:,}")
    tiles = await leaves_of(graph, root_tiles(checkpoint.size))
    try:
        root = tree.root(checkpoint.size, tiles)
    except LedgerError:
        root = None
    if root != checkpoint.root:
        raise LedgerDiverged(f"its first {checkpoint.size:,} entries are not those that were signed")


def opened(note: str, verifier: Verifier) -> Checkpoint | None:
    """Read a checkpoint, None where it is not one that this key signed."""
    try:
        return open_checkpoint(note, verifier)
    except LedgerError:
        return None


async def check_everything(graph: Graph, verifier: Verifier) -> Checked:
    """Recompute the tree from its leaf hashes, and prove every checkpoint to go on from the one before.

    It works in stretches, in a thread, so that a service that answers meanwhile is hardly slower.
    """
    size = await graph.read(ledger.size)
    walk = Walk(verifier)
    await _offer(graph, walk, size, -1)
    for low in range(0, -(-size // TILE), _TILES_AT_ONCE):
        high = min(low + _TILES_AT_ONCE, -(-size // TILE))
        tiles = await graph.read(ledger.tiles, range(low, high), within=_READ_TIME)
        await _offer(graph, walk, size, high - 1)
        finding = await asyncio.to_thread(_stretch, walk, tiles, low, high, size)
        if finding is not None:
            return Checked(walk.size, walk.checkpoints, finding)
    finding = walk.finish()
    if finding is None:
        # In this order: what is signed of more entries than there are afterwards was not signed meanwhile.
        newest, size = await graph.read(ledger.newest_checkpoint), await graph.read(ledger.size)
        if newest is not None and newest.size > size:
            finding = Finding(FindingKind.CHECKPOINT_BEYOND, size, expected=f"{newest.size}", found=f"{size}")
    return Checked(walk.size, walk.checkpoints, finding)


async def _offer(graph: Graph, walk: Walk, size: int, number: int) -> None:
    """Offer the checkpoints for the tiles up to a number, leaving out those that were signed since the check began."""
    while walk.wants(number):
        found = await graph.read(ledger.checkpoints, walk.offered, _CHECKPOINTS_AT_ONCE, within=_READ_TIME)
        newer = [checkpoint for checkpoint in found if checkpoint.size <= size]
        walk.offer(newer)
        if len(newer) < _CHECKPOINTS_AT_ONCE:
            return


def _stretch(walk: Walk, tiles: dict[int, StoredTile], low: int, high: int, size: int) -> Finding | None:
    for number in range(low, high):
        tile = tiles.get(number)
        leaves = min(TILE, size - number * TILE)
        if tile is None or len(tile.hashes) < leaves * HASH_BYTES:
            return Finding(FindingKind.TILE_MISSING, number * TILE)
        hashes = tile.hashes[: leaves * HASH_BYTES]
        if len(hashes) == TILE_BYTES and tile_root(hashes) != tile.root:
            return Finding(
                FindingKind.TILE_CHANGED, number * TILE, expected=tile.root.hex(), found=tile_root(hashes).hex()
            )
        finding = walk.tile(number, hashes)
        if finding is not None:
            return finding
    return None
