"""The sequencer: gives waiting entries their places about once a second, and signs checkpoints (C3).

Whoever writes an entry does not wait for its place: taking the ledger's head in every transaction would let one write
at a time through (docs/decisions.md). Whoever needs the place at once, as for a receipt, asks for a flush.
"""

import asyncio
import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consent.ledger.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from consent.ledger.errors import LedgerError
from consent.ledger.merkle import verify_consistency
from consent.ledger.notes import Signer, Verifier
from consent.ledger.tiles import TILE, TiledTree, consistency_tiles, root_tiles
from directory.ledger.checking import leaves_of, read_tree, require_recent
from directory.ledger.errors import LedgerDiverged
from graph import ledger
from graph.connection import Graph
from graph.errors import Conflict, TileBroken
from graph.ledger import KindsKnown, StoredCheckpoint

# Entries are placed in small transactions, or they collide on the embedded engine with what is being written beside
# them; as long as nothing collides, and more is waiting, they grow.
_FEWEST: Final = 64
_MOST: Final = 1_024
_QUICK: Final = 0.5


@dataclass(frozen=True, slots=True)
class SignedCheckpoint:
    """A checkpoint with the note that proves it."""

    checkpoint: Checkpoint
    note: str


async def place_everything(graph: Graph) -> None:
    """Give everything that waits its place, where no service does so; nothing is signed."""
    while await graph.read(ledger.waiting_at_all):
        before, after = await graph.write(ledger.sequence, _MOST)
        if before == after:
            return


class Sequencer:
    """Places entries and signs checkpoints; one serves a data folder, in one event loop."""

    def __init__(self, graph: Graph, signer: Signer, clock: Callable[[], int], every: int) -> None:
        """Take the graph, the ledger's key, a clock in epoch milliseconds, and milliseconds between checkpoints."""
        self._graph = graph
        self._signer = signer
        self._clock = clock
        self._every = every
        self._alone = asyncio.Lock()
        self._next: asyncio.Future[SignedCheckpoint] | None = None
        self._size = 0
        self._tree = TiledTree()
        self.newest: SignedCheckpoint | None = None
        self.signed = asyncio.Event()

    @property
    def verifier(self) -> Verifier:
        """The public key."""
        return self._signer.verifier

    def tree(self) -> tuple[int, TiledTree]:
        """Return the size and the tree as they are known now."""
        return self._size, self._tree

    async def open(self) -> tuple[int, TiledTree]:
        """Read the tree and hold the recent checkpoints against it; raises LedgerDiverged."""
        with contextlib.suppress(KindsKnown):
            await self._graph.write(ledger.make_kinds_known)
        await self._graph.write(ledger.ensure_head)
        self._size, self._tree = await read_tree(self._graph)
        await require_recent(self._graph, self.verifier, self._size, self._tree)
        stored = await self._graph.read(ledger.newest_checkpoint)
        self.newest = None if stored is None else self._read(stored)
        return self._size, self._tree

    async def flush(self) -> SignedCheckpoint:
        """Place what waits now, and return a checkpoint that covers everything that was committed before this call.

        Calls that come while a round runs share the one after it. Raises what the graph raises.
        """
        if self._next is None:
            self._next = asyncio.ensure_future(self._next_round())
        # A caller who leaves does not take the round from the others.
        return await asyncio.shield(self._next)

    async def tick(self) -> None:
        """Place what waits, and sign a checkpoint if the last one is old enough and there is more than it covers."""
        async with self._alone:
            await self._place()
            newest = self.newest
            if newest is None or (
                newest.checkpoint.size != self._size and self._clock() - newest.checkpoint.at >= self._every
            ):
                await self._sign()

    async def _next_round(self) -> SignedCheckpoint:
        async with self._alone:
            # What is committed from now on may be overlooked: who comes now waits for the next round.
            self._next = None
            await self._place()
            return await self._sign()

    async def _place(self) -> None:
        """Give places until nothing waits, and take up what was appended, by whomever."""
        many = _FEWEST
        await self._grown()
        while await self._graph.read(ledger.waiting_at_all):
            begun = time.monotonic()
            before, after = await self._give_places(many)
            if after - before < many:
                break
            many = min(many * 2, _MOST) if time.monotonic() - begun < _QUICK else _FEWEST
        self._size = await self._grown()
        while self._tree.full < self._size // TILE:
            roots = await self._graph.read(ledger.roots, self._tree.full, self._size // TILE)
            if not roots:
                raise LedgerDiverged(f"the leaf hashes from entry {self._tree.full * TILE:,} on are missing")
            for root in roots:
                self._tree.add(root)

    async def _grown(self) -> int:
        """Return how many entries there are now; raises LedgerDiverged where they are fewer than before."""
        size = await self._graph.read(ledger.size)
        if size < self._size:
            raise LedgerDiverged(f"it had {self._size:,} entries and has {size:,}")
        return size

    async def _give_places(self, many: int) -> tuple[int, int]:
        try:
            return await self._graph.write(ledger.sequence, many)
        except TileBroken:
            raise LedgerDiverged("its last leaf hashes are fewer than it has entries") from None

    async def _sign(self) -> SignedCheckpoint:
        newest, size = self.newest, self._size
        if newest is not None and newest.checkpoint.size == size:
            return newest
        tiles = await leaves_of(self._graph, root_tiles(size))
        # The last tile may have grown since; the tree takes of it what it needs.
        try:
            root = self._tree.root(size, tiles)
        except LedgerError:
            raise LedgerDiverged("its last leaf hashes are fewer than it has entries") from None
        if newest is not None:
            await self._require_continues(newest.checkpoint, size, root)
        at = max(self._clock(), 0 if newest is None else newest.checkpoint.at)
        stored = StoredCheckpoint(size, root, at, sign_checkpoint(size, root, at, self._signer))
        try:
            await self._graph.write(ledger.add_checkpoint, stored)
        except Conflict:
            # Of this size one was signed before, as when the answer to its commit was lost.
            (known,) = await self._graph.read(ledger.checkpoints, size - 1, 1)
            if known.root != root:
                raise LedgerDiverged(f"its first {size:,} entries are not those that were signed") from None
            stored = known
        self.newest = self._read(stored)
        self.signed.set()
        return self.newest

    async def _require_continues(self, newest: Checkpoint, size: int, root: bytes) -> None:
        """Raise LedgerDiverged where the tree does not begin with the one that was signed last: it is never signed."""
        tiles = await leaves_of(self._graph, consistency_tiles(newest.size, size))
        try:
            proof = self._tree.consistency(newest.size, size, tiles)
        except LedgerError:
            proof = None
        if proof is None or not verify_consistency(newest.size, size, newest.root, root, proof):
            raise LedgerDiverged(f"its first {newest.size:,} entries are not those that were signed")

    def _read(self, stored: StoredCheckpoint) -> SignedCheckpoint:
        return SignedCheckpoint(open_checkpoint(stored.note, self.verifier), stored.note)
