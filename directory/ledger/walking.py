"""Going over the tree from its first leaf, tile by tile, and holding every checkpoint against what was met (C4)."""

from collections import deque
from collections.abc import Iterable

from consent.ledger.checkpoints import Checkpoint, open_checkpoint
from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerError
from consent.ledger.merkle import verify_consistency
from consent.ledger.notes import Verifier
from consent.ledger.tiles import TILE, TILE_BYTES, TiledTree, tile_root
from directory.ledger.findings import Finding, FindingKind
from graph.ledger import StoredCheckpoint


class Walk:
    """Takes tiles in their order, and before each the checkpoints that lie in it; tells the first that does not fit.

    Nothing but the roots of full tiles and the leaves of two tiles is kept.
    """

    def __init__(self, verifier: Verifier) -> None:
        """Take the key that the checkpoints are to be signed with."""
        self.size = 0
        self.checkpoints = 0
        self.newest: Checkpoint | None = None
        self._verifier = verifier
        self._tree = TiledTree()
        self._tiles: dict[int, bytes] = {}
        self._waiting: deque[StoredCheckpoint] = deque()
        self.offered = -1

    def offer(self, checkpoints: Iterable[StoredCheckpoint]) -> None:
        """Take the next checkpoints, smallest first."""
        for checkpoint in checkpoints:
            self._waiting.append(checkpoint)
            self.offered = checkpoint.size

    def wants(self, number: int) -> bool:
        """Say whether checkpoints may be missing for the tile of this number, if there are more of them at all."""
        return self.offered < (number + 1) * TILE

    def tile(self, number: int, hashes: bytes) -> Finding | None:
        """Take the next tile, and return the first checkpoint in it that does not fit, None where all fit."""
        self._tiles[number] = hashes
        self.size = number * TILE + len(hashes) // HASH_BYTES
        whole = len(hashes) == TILE_BYTES
        # A checkpoint at the very end of a full tile is held when the tile is in the tree.
        finding = self._hold(self.size - 1 if whole else self.size)
        if whole:
            self._tree.add(tile_root(hashes))
        kept = {number, -1 if self.newest is None else self.newest.size // TILE}
        self._tiles = {key: tile for key, tile in self._tiles.items() if key in kept}
        return finding

    def finish(self) -> Finding | None:
        """Return the first checkpoint at the end or past it that does not fit, None where all fit."""
        finding = self._hold(self.size)
        if finding is None and self._waiting:
            beyond = self._waiting[0]
            return Finding(FindingKind.CHECKPOINT_BEYOND, self.size, expected=f"{beyond.size}", found=f"{self.size}")
        return finding

    def _hold(self, until: int) -> Finding | None:
        while self._waiting and self._waiting[0].size <= until:
            finding = self._one(self._waiting.popleft())
            if finding is not None:
                return finding
        return None

    def _one(self, stored: StoredCheckpoint) -> Finding | None:
        before = 0 if self.newest is None else self.newest.size
        try:
            checkpoint = open_checkpoint(stored.note, self._verifier)
        except LedgerError:
            return Finding(FindingKind.CHECKPOINT_UNSIGNED, before, found=f"{stored.size}")
        if (checkpoint.size, checkpoint.root, checkpoint.at) != (stored.size, stored.root, stored.at):
            return Finding(
                FindingKind.CHECKPOINT_CHANGED, before, expected=f"{checkpoint.size}", found=f"{stored.size}"
            )
        if self.newest is not None and checkpoint.size <= before:
            return Finding(
                FindingKind.CHECKPOINT_OUT_OF_ORDER, before, expected=f"more than {before}", found=f"{stored.size}"
            )
        root = self._tree.root(checkpoint.size, self._tiles)
        if root != checkpoint.root:
            return Finding(FindingKind.ROOT_DIFFERS, before, expected=checkpoint.root.hex(), found=root.hex())
        if self.newest is not None:
            proof = self._tree.consistency(before, checkpoint.size, self._tiles)
            if not verify_consistency(before, checkpoint.size, self.newest.root, checkpoint.root, proof):
                return Finding(FindingKind.INCONSISTENT, before, expected=self.newest.root.hex(), found=root.hex())
        self.newest = checkpoint
        self.checkpoints += 1
        return None
