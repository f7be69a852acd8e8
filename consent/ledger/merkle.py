"""The Merkle tree of RFC 9162, section 2.1: its root, and the proofs that a leaf is in it and that it only grew."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

EMPTY_ROOT: Final = hashlib.sha256(b"").digest()

_NODE: Final = b"\x01"
_sha256 = hashlib.sha256


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of a node above two others."""
    return _sha256(_NODE + left + right).digest()


def root_of(hashes: Sequence[bytes]) -> bytes:
    """Return the root over leaf hashes, level by level; an odd last one moves up as it is."""
    if not hashes:
        return EMPTY_ROOT
    level = hashes
    while len(level) > 1:
        above = [_sha256(_NODE + left + right).digest() for left, right in zip(level[::2], level[1::2], strict=False)]
        if len(level) % 2:
            above.append(level[-1])
        level = above
    return level[0]


class Frontier:
    """A tree that grows at its right end, of which only the roots of its full subtrees are kept, largest first.

    There are at most as many as the size has binary digits, so that a root over millions of leaves takes no room.
    """

    def __init__(self) -> None:
        """Begin with the empty tree."""
        self.size = 0
        self._subtrees: list[bytes] = []

    def append(self, leaf: bytes) -> None:
        """Add the hash of the next leaf."""
        size, node, subtrees = self.size, leaf, self._subtrees
        while size & 1:
            node = _sha256(_NODE + subtrees.pop() + node).digest()
            size >>= 1
        subtrees.append(node)
        self.size += 1

    def extend(self, leaves: Iterable[bytes]) -> None:
        """Add the hashes of the next leaves."""
        for leaf in leaves:
            self.append(leaf)

    def root(self) -> bytes:
        """Return the root of the tree as it is now."""
        if not self._subtrees:
            return EMPTY_ROOT
        *larger, node = self._subtrees
        for subtree in reversed(larger):
            node = node_hash(subtree, node)
        return node


def verify_inclusion(leaf: bytes, index: int, size: int, path: Sequence[bytes], root: bytes) -> bool:
    """Say whether the path proves that the tree of this size and root has this leaf at this index (2.1.3.2)."""
    if not 0 <= index < size:
        return False
    number, last, node = index, size - 1, leaf
    for other in path:
        if last == 0:
            return False
        if number & 1 or number == last:
            node = node_hash(other, node)
            while not number & 1 and number != 0:
                number, last = number >> 1, last >> 1
        else:
            node = node_hash(node, other)
        number, last = number >> 1, last >> 1
    return last == 0 and node == root


def verify_consistency(old: int, new: int, old_root: bytes, new_root: bytes, path: Sequence[bytes]) -> bool:
    """Say whether the path proves that the tree of size `new` begins with the tree of size `old` (2.1.4.2).

    Two trees of one size agree by their roots, and the empty tree begins every other; neither needs a path.
    """
    if not 0 <= old <= new:
        return False
    if old in {0, new}:
        return not path and old_root == (EMPTY_ROOT if old == 0 else new_root) and (new > 0 or new_root == EMPTY_ROOT)
    nodes = list(path) if old & (old - 1) else [old_root, *path]
    if not nodes:
        return False
    number, last = old - 1, new - 1
    while number & 1:
        number, last = number >> 1, last >> 1
    first = second = nodes[0]
    for other in nodes[1:]:
        if last == 0:
            return False
        if number & 1 or number == last:
            first, second = node_hash(other, first), node_hash(other, second)
            while not number & 1 and number != 0:
                number, last = number >> 1, last >> 1
        else:
            second = node_hash(second, other)
        number, last = number >> 1, last >> 1
    return last == 0 and first == old_root and second == new_root
