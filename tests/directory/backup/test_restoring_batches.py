"""How a restore is cut into batches: each fits into one message of an engine, and none loses a row."""

from itertools import pairwise
from typing import Any

import orjson
from hypothesis import given
from hypothesis import strategies as st

from directory.backup import restoring
from directory.backup.restoring import batches
from graph.inventory import Row

ROWS = st.lists(st.tuples(st.integers(0, 6_000), st.sampled_from([0, 10, 3_000_000])), max_size=25)


def row(shown: int, text: int) -> Row:
    """Make a look with so many disclosures, and with a text of so many characters."""
    disclosures: list[Any] = [{}] * shown
    return [["Entry", "Look"], {"content": "x" * text}, disclosures]


@given(ROWS, st.integers(1, 10))
def test_a_batch_fits_into_a_message(shapes: list[tuple[int, int]], most: int) -> None:
    """A page shows hundreds of people, and a tombstone names every look that showed the person."""
    rows = [row(*shape) for shape in shapes]
    cut = list(batches(rows, most))
    assert [each for batch in cut for each in batch] == rows
    for batch in cut:
        assert 0 < len(batch) <= most
        if len(batch) > 1:
            assert sum(len(each[2]) for each in batch) <= restoring._PARTS_A_BATCH
            assert sum(len(orjson.dumps(each)) for each in batch) <= restoring._BYTES_A_BATCH


@given(ROWS, st.integers(1, 10))
def test_a_batch_is_as_large_as_it_may_be(shapes: list[tuple[int, int]], most: int) -> None:
    """The next row would have been too much."""
    cut = list(batches([row(*shape) for shape in shapes], most))
    for batch, after in pairwise(cut):
        together = [*batch, after[0]]
        assert (
            len(together) > most
            or sum(len(each[2]) for each in together) > restoring._PARTS_A_BATCH
            or sum(len(orjson.dumps(each)) for each in together) > restoring._BYTES_A_BATCH
        )
