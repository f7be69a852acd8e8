"""The tree in tiles of 256 leaves: proofs from the roots of the full tiles and the leaves of one or two of them."""

from collections.abc import Iterable, Mapping
from typing import Final, TypeAlias

from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerCode, LedgerError
from consent.ledger.merkle import EMPTY_ROOT, node_hash, root_of

TILE: Final = 256
TILE_BYTES: Final = TILE * HASH_BYTES

Tiles: TypeAlias = Mapping[int, bytes]
"""The leaf hashes of tiles by their number, one after the other without a separator."""


def tile_root(hashes: bytes) -> bytes:
    """Return the root over the leaves of one tile, full or not."""
    return root_of(leaves_of(hashes))


def leaves_of(hashes: bytes) -> list[bytes]:
    """Return the leaf hashes of a tile one by one; raises LedgerError LEDGER_HASH for what is no tile."""
    if len(hashes) % HASH_BYTES or len(hashes) > TILE_BYTES:
        raise LedgerError(LedgerCode.LEDGER_HASH)
    return [hashes[at : at + HASH_BYTES] for at in range(0, len(hashes), HASH_BYTES)]


def inclusion_tiles(index: int, size: int) -> set[int]:
    """Name the tiles whose leaves `TiledTree.inclusion` needs."""
    return {index // TILE} | _unfinished(size)


def consistency_tiles(old: int, new: int) -> set[int]:
    """Name the tiles whose leaves `TiledTree.consistency` needs."""
    return _unfinished(old) | _unfinished(new)


def root_tiles(size: int) -> set[int]:
    """Name the tiles whose leaves `TiledTree.root` needs: the last one, where it is not full."""
    return _unfinished(size)


def _unfinished(size: int) -> set[int]:
    return {size // TILE} if size % TILE else set()


class TiledTree:
    """A tree known by the roots of its full tiles, with every full subtree above them.

    A million leaves are some four thousand tiles, and a proof reads as many nodes as it has hashes. The leaves of
    tiles are given where they are needed (`inclusion_tiles`, `consistency_tiles`, `root_tiles`). Each method raises
    LedgerError LEDGER_PLACE where the tree has no such leaf or size, or where a tile that it needs was not given.
    """

    def __init__(self, roots: Iterable[bytes] = ()) -> None:
        """Take the roots of the full tiles, from the first one on."""
        self._levels: list[list[bytes]] = [[]]
        for root in roots:
            self.add(root)

    @property
    def full(self) -> int:
        """How many full tiles are known."""
        return len(self._levels[0])

    def add(self, root: bytes) -> None:
        """Add the root of the next full tile; raises LedgerError LEDGER_HASH."""
        if len(root) != HASH_BYTES:
            raise LedgerError(LedgerCode.LEDGER_HASH)
        node, height = root, 0
        while True:
            level = self._levels[height]
            level.append(node)
            if len(level) % 2:
                return
            node, height = node_hash(level[-2], level[-1]), height + 1
            if height == len(self._levels):
                self._levels.append([])

    def root(self, size: int, tiles: Tiles) -> bytes:
        """Return the root of the tree as it was at a size."""
        self._require(size >= 0)
        return self._range(0, size, tiles) if size else EMPTY_ROOT

    def inclusion(self, index: int, size: int, tiles: Tiles) -> list[bytes]:
        """Return the path that proves a leaf to be in the tree of a size (RFC 9162 2.1.3.1)."""
        self._require(0 <= index < size)
        low, high, path = 0, size, []
        while high - low > 1:
            middle = low + _split(high - low)
            if index < middle:
                path.append(self._range(middle, high, tiles))
                high = middle
            else:
                path.append(self._range(low, middle, tiles))
                low = middle
        return path[::-1]

    def consistency(self, old: int, new: int, tiles: Tiles) -> list[bytes]:
        """Return the path that proves the tree of size `new` to begin with that of size `old` (RFC 9162 2.1.4.1)."""
        self._require(0 <= old <= new)
        if old in {0, new}:
            return []
        low, high, path, whole = 0, new, [], True
        while old != high:
            middle = low + _split(high - low)
            if old <= middle:
                path.append(self._range(middle, high, tiles))
                high = middle
            else:
                path.append(self._range(low, middle, tiles))
                low, whole = middle, False
        if not whole:
            path.append(self._range(low, high, tiles))
        return path[::-1]

    def _range(self, low: int, high: int, tiles: Tiles) -> bytes:
        """Return the hash over leaves `low` to `high`, which are a node of some tree: `low` fits their number."""
        length = high - low
        if length % TILE == 0 and not length & (length - 1):
            number, height = low // length, (length // TILE).bit_length() - 1
            self._require(height < len(self._levels) and number < len(self._levels[height]))
            return self._levels[height][number]
        if length > TILE:
            middle = low + _split(length)
            return node_hash(self._range(low, middle, tiles), self._range(middle, high, tiles))
        number = low // TILE
        hashes = tiles.get(number, b"")[low % TILE * HASH_BYTES : (high - number * TILE) * HASH_BYTES]
        self._require(len(hashes) == length * HASH_BYTES)
        return tile_root(hashes)

    @staticmethod
    def _require(holds: bool) -> None:  # noqa: FBT001 - what is required.
        if not holds:
            raise LedgerError(LedgerCode.LEDGER_PLACE)


def _split(length: int) -> int:
    """Return the largest power of two below a length of two or more."""
    return 1 << ((length - 1).bit_length() - 1)
