"""The map of latest leaves as bytes: every proof that is read out of them is the whole map's (C3)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.ledger.errors import LedgerError
from consent.ledger.latest_map import LatestMap, map_key, verify_latest
from consent.ledger.map_file import MapFile, map_bytes

# Keys that share long beginnings, keys at both ends, and keys as they are.
NEAR = st.integers(0, 40).map(lambda number: number.to_bytes(32, "big"))
FAR = st.integers(2**256 - 40, 2**256 - 1).map(lambda number: number.to_bytes(32, "big"))
KEYS = st.binary(min_size=32, max_size=32) | NEAR | FAR
MAPS = st.dictionaries(KEYS, st.integers(0, 2**53 - 1), max_size=40)


@given(MAPS, KEYS)
def test_a_proof_out_of_the_bytes_is_the_map_s(latest: dict[bytes, int], key: bytes) -> None:
    """Of a key that is there and of one that is not."""
    made = LatestMap(latest)
    read = MapFile(map_bytes(made))
    assert read.root == made.root
    for asked in (key, *latest):
        assert read.latest(asked) == latest.get(asked)
        assert read.prove(asked) == made.prove(asked)
        assert verify_latest(made.root, asked, latest.get(asked), read.prove(asked))


def test_a_map_of_thousands() -> None:
    """With several keys under each of the subtrees that are kept, and under some none."""
    latest = {map_key(f"person {number}"): number for number in range(5_000)}
    made = LatestMap(latest)
    read = MapFile(map_bytes(made))
    for key in (*list(latest)[:300], *(map_key(f"nobody {number}") for number in range(300))):
        assert read.prove(key) == made.prove(key)


@pytest.mark.parametrize(
    "change", [lambda whole: whole[:-1], lambda whole: whole + b"\0", lambda _: b"", lambda w: b"X" + w[1:]]
)
def test_other_bytes_are_no_map(change) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    """Cut, lengthened, empty, or of something else."""
    with pytest.raises(LedgerError):
        MapFile(change(map_bytes(LatestMap({map_key("a person"): 1}))))
