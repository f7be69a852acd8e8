"""Sharing out: nobody lost, nobody short-changed."""

from hypothesis import given
from hypothesis import strategies as st

from directory.synthetic.shares import allot, allot_to_all

WEIGHTS = st.lists(st.floats(min_value=0.01, max_value=1e6), min_size=1, max_size=40)


@given(total=st.integers(min_value=0, max_value=500_000), weights=WEIGHTS, least=st.integers(0, 10))
def test_shares_add_up_and_are_fair(total: int, weights: list[float], least: int) -> None:
    """Shares are the whole together, none below the least there is for all, no heavier one smaller."""
    shares = allot(total, weights, least)
    assert sum(shares) == total
    assert min(shares) >= min(least, total // len(weights))
    by_weight = [share for _, share in sorted(zip(weights, shares, strict=True))]
    assert by_weight == sorted(by_weight)


@given(weights=WEIGHTS, more=st.integers(min_value=0, max_value=1_000))
def test_everybody_gets_one_when_there_is_enough(weights: list[float], more: int) -> None:
    """With at least one for each, each has at least one."""
    shares = allot_to_all(len(weights) + more, weights)
    assert sum(shares) == len(weights) + more
    assert min(shares) >= 1
