"""The map of latest leaves: which entry is the last one about each person, so that a later one can't be kept quiet.

A proof that an event is in the ledger says nothing of a withdrawal after it. The map's root is published daily; a proof
against it shows which leaf is a person's last, or that there is none.

It is a sparse Merkle tree over keys of 256 bits. A subtree without a key is 32 zero bytes, one with a single key is
that key's leaf, wherever it stands: with random keys a path has some twenty nodes and not 256. A leaf's hash holds the
whole key, so that the path to a key ends in one way only: in its leaf, in another's, or in nothing.
"""

import hashlib
from bisect import bisect_left
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerCode, LedgerError

EMPTY: Final = bytes(HASH_BYTES)

_BITS: Final = 256
_LEAF: Final = b"\x00"
_NODE: Final = b"\x01"
_INDEX_BYTES: Final = 8
# The roots of the subtrees down to this depth are kept, so that a proof need not hash everybody.
_KEPT_DEPTH: Final = 14
_sha256 = hashlib.sha256


def map_key(subject: str) -> bytes:
    """Return the key of a person's random reference."""
    return _sha256(subject.encode()).digest()


@dataclass(frozen=True, slots=True)
class MapProof:
    """The hashes beside the path to a key, from the root down, and the other key that stands at its end.

    `other` is that key and its latest leaf; None where the path ends in the key's own leaf, or in nothing.
    """

    siblings: tuple[bytes, ...]
    other: tuple[bytes, int] | None


class LatestMap:
    """The map of one day: built once from everybody's latest leaf, asked for proofs afterwards."""

    def __init__(self, latest: Mapping[bytes, int]) -> None:
        """Take the latest leaf of each key; raises LedgerError LEDGER_MAP for what is no key or no leaf."""
        self._keys = sorted(latest)
        if any(len(key) != HASH_BYTES for key in self._keys):
            raise LedgerError(LedgerCode.LEDGER_MAP)
        self._latest = latest
        self._leaves = [_leaf(key, latest[key]) for key in self._keys]
        self._kept: dict[tuple[int, int], bytes] = {}
        self.root = self._node(0, len(self._keys), 0, 0)

    def __len__(self) -> int:
        """Return how many people are in it."""
        return len(self._keys)

    def latest(self, key: bytes) -> int | None:
        """Return the latest leaf under a key, None where there is none."""
        return self._latest.get(key)

    def items(self) -> Iterator[tuple[bytes, int]]:
        """Give every key with its latest leaf, in the order of the keys."""
        return ((key, self._latest[key]) for key in self._keys)

    def prove(self, key: bytes) -> MapProof:
        """Return the proof of a key's latest leaf, or of its absence."""
        low, high, prefix, depth = 0, len(self._keys), 0, 0
        siblings = []
        while high - low > 1:
            middle, above = self._middle(low, high, prefix, depth)
            depth += 1
            if key[(depth - 1) // 8] >> (7 - (depth - 1) % 8) & 1:
                siblings.append(self._node(low, middle, prefix, depth))
                low, prefix = middle, above
            else:
                siblings.append(self._node(middle, high, above, depth))
                high = middle
        found = self._keys[low] if low < high else None
        other = None if found is None or found == key else (found, self._latest[found])
        return MapProof(tuple(siblings), other)

    def subtree(self, number: int, depth: int) -> bytes:
        """Return the hash of the subtree of all keys whose first `depth` bits are `number`."""
        prefix = number << (_BITS - depth)
        low = bisect_left(self._keys, prefix.to_bytes(HASH_BYTES, "big"))
        end = prefix + (1 << (_BITS - depth))
        high = bisect_left(self._keys, end.to_bytes(HASH_BYTES + 1, "big")[1:], low) if end >> _BITS == 0 else len(self)
        return self._node(low, high, prefix, depth)

    def _middle(self, low: int, high: int, prefix: int, depth: int) -> tuple[int, int]:
        """Return where the keys with the next bit set begin, and their prefix."""
        above = prefix | 1 << (_BITS - 1 - depth)
        return bisect_left(self._keys, above.to_bytes(HASH_BYTES, "big"), low, high), above

    def _node(self, low: int, high: int, prefix: int, depth: int) -> bytes:
        """Return the hash of the subtree with the keys from `low` to `high`, which share the first `depth` bits."""
        if high - low == 1:
            return self._leaves[low]
        if low == high:
            return EMPTY
        if (kept := self._kept.get((depth, low))) is not None:
            return kept
        middle, above = self._middle(low, high, prefix, depth)
        left = self._node(low, middle, prefix, depth + 1)
        node = _sha256(_NODE + left + self._node(middle, high, above, depth + 1)).digest()
        if depth <= _KEPT_DEPTH:
            self._kept[depth, low] = node
        return node


def verify_latest(root: bytes, key: bytes, latest: int | None, proof: MapProof) -> bool:
    """Say whether the proof shows that `latest` is the key's leaf in the map of this root; None for not in it."""
    depth = len(proof.siblings)
    if len(key) != HASH_BYTES or depth > _BITS:
        return False
    node = EMPTY
    if latest is not None:
        if proof.other is not None or not _is_index(latest):
            return False
        node = _leaf(key, latest)
    elif proof.other is not None:
        other, index = proof.other
        if len(other) != HASH_BYTES or other == key or not _is_index(index):
            return False
        number, beside = int.from_bytes(key, "big"), int.from_bytes(other, "big")
        # It has to stand where the key would: a leaf from elsewhere says nothing of this place.
        if (number ^ beside) >> (_BITS - depth):
            return False
        node = _leaf(other, index)
    bits = int.from_bytes(key, "big") >> (_BITS - depth)
    for sibling in reversed(proof.siblings):
        if len(sibling) != HASH_BYTES:
            return False
        node = _sha256(_NODE + (sibling + node if bits & 1 else node + sibling)).digest()
        bits >>= 1
    return node == root


def _is_index(index: int) -> bool:
    return 0 <= index < 2**53


def _leaf(key: bytes, index: int) -> bytes:
    if not _is_index(index):
        raise LedgerError(LedgerCode.LEDGER_MAP)
    return _sha256(_LEAF + key + index.to_bytes(_INDEX_BYTES, "big")).digest()
