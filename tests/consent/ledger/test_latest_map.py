"""The map of latest leaves: proofs of what is in it and of what is not, and none of anything else."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.ledger.errors import LedgerError
from consent.ledger.latest_map import EMPTY, LatestMap, MapProof, map_key, verify_latest

# Keys that share long beginnings are what chance hardly ever gives.
NEAR = st.integers(0, 40).map(lambda number: number.to_bytes(32, "big"))
KEYS = st.binary(min_size=32, max_size=32) | NEAR | st.integers(0, 9).map(lambda number: map_key(f"person {number}"))
MAPS = st.dictionaries(KEYS, st.integers(0, 2**40), max_size=40)


def naive_root(latest: dict[bytes, int], depth: int = 0) -> bytes:
    """Compute the root as it is defined: bit by bit, nothing kept."""
    if not latest:
        return bytes(32)
    if len(latest) == 1:
        ((key, leaf),) = latest.items()
        return hashlib.sha256(b"\x00" + key + leaf.to_bytes(8, "big")).digest()
    sides: tuple[dict[bytes, int], dict[bytes, int]] = ({}, {})
    for key, leaf in latest.items():
        sides[int.from_bytes(key, "big") >> (255 - depth) & 1][key] = leaf
    left, right = (naive_root(side, depth + 1) for side in sides)
    return hashlib.sha256(b"\x01" + left + right).digest()


@given(MAPS)
def test_the_root_is_the_definition(latest: dict[bytes, int]) -> None:
    """Whatever keys there are, and however alike."""
    made = LatestMap(latest)
    assert made.root == naive_root(latest)
    assert len(made) == len(latest)
    assert dict(made.items()) == latest
    assert [key for key, _ in made.items()] == sorted(latest)


@given(MAPS, KEYS, st.integers(0, 2**40))
def test_a_proof_shows_the_one_truth(latest: dict[bytes, int], key: bytes, wrong: int) -> None:
    """The latest leaf of a key that is there, the absence of one that is not; never another leaf, nor the opposite."""
    made = LatestMap(latest)
    proof, truth = made.prove(key), latest.get(key)
    assert made.latest(key) == truth
    assert verify_latest(made.root, key, truth, proof)
    for claimed in (None, wrong, 0):
        if claimed != truth:
            assert not verify_latest(made.root, key, claimed, proof)


@given(MAPS.filter(lambda latest: len(latest) > 2), st.data())
def test_a_withdrawal_can_not_be_kept_quiet(latest: dict[bytes, int], data: st.DataObject) -> None:
    """No proof of an older map, of another key, or changed in any part, shows an older leaf or an absence."""
    key, other = data.draw(st.permutations(sorted(latest)))[:2]
    before = LatestMap(latest)
    after = LatestMap({**latest, key: latest[key] + 1})
    assert before.root != after.root
    forged = [before.prove(key), after.prove(other), before.prove(other)]
    true = after.prove(key)
    stub = MapProof(true.siblings, (other, latest[other]))
    forged += [stub, MapProof(true.siblings[:-1], None), MapProof((*true.siblings, EMPTY), None)]
    forged += [MapProof((), (other, latest[other])), MapProof((), None)]
    for proof in forged:
        assert not verify_latest(after.root, key, latest[key], proof)
        assert not verify_latest(after.root, key, None, proof)


@pytest.mark.parametrize(
    ("key", "latest", "proof"),
    [
        (b"short", None, MapProof((), None)),
        (bytes(32), None, MapProof((EMPTY,) * 257, None)),
        (bytes(32), 1, MapProof((), (bytes(32), 1))),
        (bytes(32), -1, MapProof((), None)),
        (bytes(32), 2**53, MapProof((), None)),
        (bytes(32), None, MapProof((), (b"short", 1))),
        (bytes(32), None, MapProof((), (bytes(32), 1))),
        (bytes(32), None, MapProof((), (b"\xff" * 32, -1))),
        (bytes(32), None, MapProof((EMPTY,), (b"\xff" * 32, 1))),
        (bytes(32), None, MapProof((b"short",), None)),
    ],
)
def test_a_proof_that_is_none(key: bytes, latest: int | None, proof: MapProof) -> None:
    """Of a wrong form, it is refused and not choked on."""
    assert not verify_latest(EMPTY, key, latest, proof)


def test_a_leaf_in_another_place_shows_no_absence() -> None:
    """A tree that was built wrongly on purpose, with somebody's leaf where another key belongs, proves nothing."""
    elsewhere, beside = b"\xff" * 32, bytes(31) + b"\x01"
    leaf = LatestMap({elsewhere: 1}).root
    root = hashlib.sha256(b"\x01" + leaf + EMPTY).digest()
    assert not verify_latest(root, beside, None, MapProof((EMPTY,), (elsewhere, 1)))


def test_nobody_is_in_the_empty_map() -> None:
    """And that is proven by nothing but its root."""
    empty = LatestMap({})
    assert empty.root == EMPTY
    assert verify_latest(EMPTY, map_key("anybody"), None, empty.prove(map_key("anybody")))


@pytest.mark.parametrize("latest", [{b"short": 1}, {bytes(32): -1}, {bytes(32): 2**53}])
def test_what_is_no_map(latest: dict[bytes, int]) -> None:
    """A key of another length, or a leaf that no ledger has."""
    with pytest.raises(LedgerError, match="LEDGER_MAP"):
        LatestMap(latest)


def test_many_people_are_mapped_and_proven() -> None:
    """With some twenty hashes each."""
    made = LatestMap({map_key(f"person {number}"): number for number in range(40_000)})
    for number in range(0, 40_000, 4_001):
        proof = made.prove(map_key(f"person {number}"))
        assert len(proof.siblings) < 40
        assert verify_latest(made.root, map_key(f"person {number}"), number, proof)
