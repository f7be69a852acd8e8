"""The tree of RFC 9162: known roots and proofs, the definition word for word, and each proof once it was changed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consent.ledger.merkle import (
    EMPTY_ROOT,
    Frontier,
    node_hash,
    root_of,
    verify_consistency,
    verify_inclusion,
)
from tests.consent.ledger import naive

# The eight inputs and roots of the reference implementation of Certificate Transparency.
INPUTS = [
    *("", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"),
]
ROOTS = [
    "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
]
LEAVES = [naive.leaf(bytes.fromhex(text)) for text in INPUTS]
SIZES = st.integers(1, 70)


@pytest.mark.parametrize("size", range(9))
def test_the_known_roots(size: int) -> None:
    """Of nothing, and of one to eight leaves (RFC 9162 2.1.1)."""
    frontier = Frontier()
    frontier.extend(LEAVES[:size])
    assert root_of(LEAVES[:size]).hex() == frontier.root().hex() == ROOTS[size]
    assert frontier.size == size
    assert EMPTY_ROOT.hex() == ROOTS[0]


def test_known_paths() -> None:
    """Leaf 0 of 8 and leaf 5 of 8, and from 6 to 8 leaves, as the reference implementation proves them."""
    root = bytes.fromhex(ROOTS[8])
    first = [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ]
    assert verify_inclusion(LEAVES[0], 0, 8, [bytes.fromhex(text) for text in first], root)
    longer = [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ]
    proof = [bytes.fromhex(text) for text in longer]
    assert proof == naive.proof(6, LEAVES)
    assert verify_consistency(6, 8, bytes.fromhex(ROOTS[6]), root, proof)


@given(SIZES)
def test_root_and_frontier_are_the_definition(size: int) -> None:
    """Level by level, or leaf by leaf: the same root as the recursion of the RFC gives."""
    leaves = naive.numbered(size)
    frontier = Frontier()
    for at, leaf in enumerate(leaves):
        frontier.append(leaf)
        assert frontier.root() == naive.tree_hash(leaves[: at + 1])
    assert root_of(leaves) == frontier.root()


@given(st.data(), SIZES)
def test_every_leaf_is_proven_and_no_other(data: st.DataObject, size: int) -> None:
    """The path of the RFC's definition is accepted for its leaf, at its place, in its tree, and for nothing else."""
    leaves = naive.numbered(size)
    index, root = data.draw(st.integers(0, size - 1)), naive.tree_hash(leaves)
    path = naive.path(index, leaves)
    assert verify_inclusion(leaves[index], index, size, path, root)
    assert not verify_inclusion(naive.leaf(b"another"), index, size, path, root)
    assert not verify_inclusion(leaves[index], index, size, path, naive.leaf(b"another"))
    for other in range(size):
        if other != index:
            assert not verify_inclusion(leaves[index], other, size, path, root)
    for changed in _tampered(path):
        assert not verify_inclusion(leaves[index], index, size, changed, root)


@given(st.data(), SIZES)
def test_growth_is_proven_and_nothing_else(data: st.DataObject, size: int) -> None:
    """The proof of the RFC's definition is accepted for its two trees, and not once anything of it is changed (C4)."""
    leaves = naive.numbered(size)
    old = data.draw(st.integers(1, size))
    old_root, root = naive.tree_hash(leaves[:old]), naive.tree_hash(leaves)
    proof = naive.proof(old, leaves)
    assert verify_consistency(old, size, old_root, root, proof)
    rewritten = naive.tree_hash([naive.leaf(b"rewritten"), *leaves[1:old]])
    assert not verify_consistency(old, size, rewritten, root, proof)
    assert not verify_consistency(old, size, old_root, naive.leaf(b"another"), proof)
    for changed in _tampered(proof):
        assert not verify_consistency(old, size, old_root, root, changed)


def _tampered(path: list[bytes]) -> list[list[bytes]]:
    """Change, drop, repeat and reorder the hashes of a path."""
    found = [[*path, naive.leaf(b"more")], [naive.leaf(b"more"), *path]]
    for at, hashed in enumerate(path):
        found += [
            [*path[:at], bytes([hashed[0] ^ 1]) + hashed[1:], *path[at + 1 :]],
            [*path[:at], *path[at + 1 :]],
            [*path[: at + 1], hashed, *path[at + 1 :]],
        ]
    found += [path[::-1]] if len(path) > 1 else []
    return [changed for changed in found if changed != path]


@pytest.mark.parametrize(("index", "size"), [(-1, 1), (0, 0), (1, 1), (8, 8), (5, 0)])
def test_a_place_that_there_is_not(index: int, size: int) -> None:
    """Nothing is proven of a leaf outside the tree."""
    assert not verify_inclusion(LEAVES[0], index, size, [], LEAVES[0])


def test_the_empty_tree_begins_every_other() -> None:
    """Without a path, and with the empty tree's own root alone; a tree never shrinks."""
    root = bytes.fromhex(ROOTS[8])
    assert verify_consistency(0, 0, EMPTY_ROOT, EMPTY_ROOT, [])
    assert verify_consistency(0, 8, EMPTY_ROOT, root, [])
    assert not verify_consistency(0, 0, EMPTY_ROOT, root, [])
    assert not verify_consistency(0, 8, root, root, [])
    assert not verify_consistency(0, 8, EMPTY_ROOT, root, [root])
    assert not verify_consistency(8, 8, root, root, [root])
    assert not verify_consistency(8, 7, root, bytes.fromhex(ROOTS[7]), [])
    assert not verify_consistency(-1, 8, root, root, [])
    assert not verify_consistency(3, 8, bytes.fromhex(ROOTS[3]), root, [])


def test_leaf_and_node_are_told_apart() -> None:
    """Two leaves are no leaf: a node's hash begins with another byte (RFC 9162 2.1)."""
    pair = LEAVES[0] + LEAVES[1]
    assert node_hash(LEAVES[0], LEAVES[1]) != naive.leaf(pair)


@settings(max_examples=5)
@given(st.integers(2**40, 2**53 - 2))
def test_a_path_too_short_for_a_vast_tree(size: int) -> None:
    """A tree of any size is refused at once, not counted through."""
    assert not verify_inclusion(LEAVES[0], size // 3, size, LEAVES, LEAVES[1])
    assert not verify_consistency(size // 3, size, LEAVES[0], LEAVES[1], LEAVES)
