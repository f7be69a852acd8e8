"""The tree in tiles proves what the whole tree proves, from the roots of tiles and the leaves that it asks for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.ledger.errors import LedgerCode, LedgerError
from consent.ledger.merkle import Frontier, verify_consistency, verify_inclusion
from consent.ledger.tiles import (
    TILE,
    TiledTree,
    consistency_tiles,
    inclusion_tiles,
    leaves_of,
    root_tiles,
    tile_root,
)
from tests.consent.ledger import naive

MOST = 1_400
LEAVES = naive.numbered(MOST)
TILES = naive.tiles_of(LEAVES)
# Around the ends of tiles, and of pairs and fours of them, is where a tree is easily cut wrongly.
SIZES = st.integers(1, MOST) | st.sampled_from(
    [255, 256, 257, 511, 512, 513, 767, 768, 769, 1_023, 1_024, 1_025, 1_280]
)


def tree() -> TiledTree:
    """Make the tree of all full tiles."""
    return TiledTree(tile_root(TILES[number]) for number in range(MOST // TILE))


TREE = tree()


@given(SIZES)
def test_the_root_of_every_size(size: int) -> None:
    """Of the tree as it was at any time before, from its full tiles and the leaves of one."""
    frontier = Frontier()
    frontier.extend(LEAVES[:size])
    assert TREE.root(size, {number: TILES[number] for number in root_tiles(size)}) == frontier.root()


@given(st.data(), SIZES)
def test_every_leaf_is_proven(data: st.DataObject, size: int) -> None:
    """With the path of the RFC's definition, from the leaves of two tiles at most."""
    index = data.draw(st.integers(0, size - 1))
    needed = inclusion_tiles(index, size)
    assert len(needed) <= 2
    path = TREE.inclusion(index, size, {number: TILES[number] for number in needed})
    assert path == naive.path(index, LEAVES[:size])
    assert verify_inclusion(LEAVES[index], index, size, path, naive.tree_hash(LEAVES[:size]))


@given(SIZES, SIZES)
def test_growth_is_proven(one: int, other: int) -> None:
    """With the proof of the RFC's definition, from the leaves of two tiles at most (C4)."""
    old, new = sorted((one, other))
    needed = consistency_tiles(old, new)
    assert len(needed) <= 2
    proof = TREE.consistency(old, new, {number: TILES[number] for number in needed})
    assert proof == naive.proof(old, LEAVES[:new])
    roots = naive.tree_hash(LEAVES[:old]), naive.tree_hash(LEAVES[:new])
    assert verify_consistency(old, new, *roots, proof)


def test_the_empty_tree() -> None:
    """It needs nothing, and every tree goes on from it."""
    assert TiledTree().root(0, {}) == Frontier().root()
    assert TREE.consistency(0, MOST, {}) == []
    assert TREE.full == MOST // TILE


@pytest.mark.parametrize(
    "ask",
    [
        lambda: TREE.root(-1, {}),
        lambda: TREE.root(MOST, {}),
        lambda: TREE.root(MOST, {5: TILES[5][:-32]}),
        lambda: TREE.root(MOST + 1, TILES),
        lambda: TREE.root(8 * TILE, TILES),
        lambda: TREE.root(6 * TILE, {}),
        lambda: TREE.root(64 * TILE, {}),
        lambda: TREE.inclusion(5, 5, TILES),
        lambda: TREE.inclusion(-1, 5, TILES),
        lambda: TREE.inclusion(300, 600, {2: TILES[2]}),
        lambda: TREE.consistency(6, 5, TILES),
        lambda: TREE.consistency(-1, 5, TILES),
        lambda: TREE.consistency(5, 600, {2: TILES[2]}),
    ],
)
def test_what_the_tree_does_not_hold(ask: object) -> None:
    """A leaf, a size or a tile that is not there is refused, not made up."""
    with pytest.raises(LedgerError) as refused:
        ask()  # type: ignore[operator] # each is a call.
    assert refused.value.code is LedgerCode.LEDGER_PLACE


@pytest.mark.parametrize("hashes", [b"x", bytes(31), bytes(33), bytes(257 * 32)])
def test_what_is_no_tile(hashes: bytes) -> None:
    """Half a hash, or more than 256 of them."""
    with pytest.raises(LedgerError, match="LEDGER_HASH"):
        leaves_of(hashes)


def test_what_is_no_root_of_a_tile() -> None:
    """A hash of another length is not taken in."""
    with pytest.raises(LedgerError, match="LEDGER_HASH"):
        TiledTree([b"short"])
