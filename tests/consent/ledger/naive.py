"""The tree as RFC 9162 defines it, word for word and without any thrift, to compare with."""

import hashlib
from collections.abc import Sequence


def leaf(data: bytes) -> bytes:
    """Return the hash of a leaf's data."""
    return hashlib.sha256(b"\x00" + data).digest()


def split(length: int) -> int:
    """Return the largest power of two below a length."""
    power = 1
    while power * 2 < length:
        power *= 2
    return power


def tree_hash(leaves: Sequence[bytes]) -> bytes:
    """MTH of section 2.1.1, over leaf hashes."""
    if not leaves:
        return hashlib.sha256(b"").digest()
    if len(leaves) == 1:
        return leaves[0]
    k = split(len(leaves))
    return hashlib.sha256(b"\x01" + tree_hash(leaves[:k]) + tree_hash(leaves[k:])).digest()


def path(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PATH of section 2.1.3.1."""
    if len(leaves) == 1:
        return []
    k = split(len(leaves))
    if m < k:
        return [*path(m, leaves[:k]), tree_hash(leaves[k:])]
    return [*path(m - k, leaves[k:]), tree_hash(leaves[:k])]


def proof(m: int, leaves: Sequence[bytes]) -> list[bytes]:
    """PROOF of section 2.1.4.1."""
    return subproof(m, leaves, whole=True)


def subproof(m: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    """SUBPROOF of section 2.1.4.1."""
    if m == len(leaves):
        return [] if whole else [tree_hash(leaves)]
    k = split(len(leaves))
    if m <= k:
        return [*subproof(m, leaves[:k], whole=whole), tree_hash(leaves[k:])]
    return [*subproof(m - k, leaves[k:], whole=False), tree_hash(leaves[:k])]


def numbered(count: int) -> list[bytes]:
    """Give leaf hashes of so many different leaves."""
    return [leaf(number.to_bytes(4, "big")) for number in range(count)]


def tiles_of(leaves: Sequence[bytes]) -> dict[int, bytes]:
    """Cut leaves into tiles of 256."""
    return {at // 256: b"".join(leaves[at : at + 256]) for at in range(0, len(leaves), 256)}
