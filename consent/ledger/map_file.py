"""The map of latest leaves as one run of bytes, out of which a proof is read without taking up the whole map.

Kept whole in memory, the map of half a million people takes more than the service that answers from it. In the bytes
lie the keys in their order, and the hashes of the subtrees down to a depth at which each has a few hundred keys: a
proof reads the hashes above, and works out the one small subtree below.
"""

from bisect import bisect_left
from mmap import mmap
from typing import Final

from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerCode, LedgerError
from consent.ledger.latest_map import LatestMap, MapProof

_MAGIC: Final = b"CIVICMAP1"
_COUNT_BYTES: Final = 8
_LEAF_BYTES: Final = 8
_HEAD: Final = len(_MAGIC) + _COUNT_BYTES
_ROW: Final = HASH_BYTES + _LEAF_BYTES
_DEPTH: Final = 10
_SUBTREES: Final = 2 ** (_DEPTH + 1)
_BITS: Final = 8 * HASH_BYTES


def map_bytes(made: LatestMap) -> bytes:
    """Return a map as bytes: what it is, how many keys, keys with leaves, and the hashes of the subtrees above."""
    rows = b"".join(key + leaf.to_bytes(_LEAF_BYTES, "big") for key, leaf in made.items())
    # As a heap: the root is the first, under the number n lie 2n and 2n + 1; the place 0 stays empty.
    hashes = bytes(HASH_BYTES) + b"".join(
        made.subtree(number, depth) for depth in range(_DEPTH + 1) for number in range(2**depth)
    )
    return _MAGIC + len(made).to_bytes(_COUNT_BYTES, "big") + rows + hashes


class MapFile:
    """A map that is read out of bytes, such as a file's; nothing is copied but what a proof needs."""

    def __init__(self, content: bytes | mmap) -> None:
        """Take the bytes, or a file that is mapped; raises LedgerError LEDGER_MAP where they are none of a map."""
        self._content = memoryview(content)
        if len(self._content) < _HEAD or bytes(self._content[: len(_MAGIC)]) != _MAGIC:
            raise LedgerError(LedgerCode.LEDGER_MAP)
        self._people = int.from_bytes(self._content[len(_MAGIC) : _HEAD], "big")
        self._hashes = _HEAD + self._people * _ROW
        if len(self._content) != self._hashes + _SUBTREES * HASH_BYTES:
            raise LedgerError(LedgerCode.LEDGER_MAP)

    @property
    def root(self) -> bytes:
        """The root, to be held against the one that was signed."""
        return self._subtree(1)

    def latest(self, key: bytes) -> int | None:
        """Return the latest leaf under a key, None where there is none."""
        at = self._position(key)
        return self._leaf(at) if at < self._people and self._key(at) == key else None

    def prove(self, key: bytes) -> MapProof:
        """Return the proof of a key's latest leaf, or of its absence; the same as the whole map's."""
        siblings: list[bytes] = []
        low, high, prefix, number = 0, self._people, 0, 1
        for depth in range(_DEPTH):
            if high - low <= 1:
                break
            above = prefix | 1 << (_BITS - 1 - depth)
            middle = self._position(above.to_bytes(HASH_BYTES, "big"))
            number *= 2
            if key >= above.to_bytes(HASH_BYTES, "big"):
                siblings.append(self._subtree(number))
                low, prefix, number = middle, above, number + 1
            else:
                siblings.append(self._subtree(number + 1))
                high = middle
        # Those below share the bits above: of their own map, the first hashes are of nothing.
        below = LatestMap({self._key(at): self._leaf(at) for at in range(low, high)}).prove(key)
        return MapProof((*siblings, *below.siblings[len(siblings) :]), below.other)

    def _position(self, key: bytes) -> int:
        """Return where a key stands, or would."""
        return bisect_left(range(self._people), key, key=self._key)

    def _key(self, at: int) -> bytes:
        begin = _HEAD + at * _ROW
        return bytes(self._content[begin : begin + HASH_BYTES])

    def _leaf(self, at: int) -> int:
        begin = _HEAD + at * _ROW + HASH_BYTES
        return int.from_bytes(self._content[begin : begin + _LEAF_BYTES], "big")

    def _subtree(self, number: int) -> bytes:
        begin = self._hashes + number * HASH_BYTES
        return bytes(self._content[begin : begin + HASH_BYTES])
