"""Figures on a page: separators, days, and shares that never claim too much."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.figures import Share, day, number, share
from directory.web.languages import Language


@pytest.mark.parametrize(
    ("value", "written"),
    [(0, "0"), (999, "999"), (476_705, "476,705"), (1_000_000, "1,000,000"), (None, "—")],
)
def test_a_count_has_thousands_separators(value: int | None, written: str) -> None:
    """A count that the plan does not give is a dash, which is not the same as none."""
    assert number(value) == written


def test_a_day_is_written_as_each_language_does() -> None:
    """The plan's first deadline, in both."""
    assert day(date(2013, 5, 31), Language.KOREAN) == "2013. 5. 31."
    assert day(date(2013, 5, 31), Language.ENGLISH) == "31 May 2013"


@pytest.mark.parametrize(
    ("part", "whole", "written"),
    [
        (0, 4529, Share("0%", 0)),
        (1, 97_660, Share("<0.1%", 1)),
        (4117, 4529, Share("90.9%", 909)),
        (97_659, 97_660, Share("99.9%", 999)),
        (97_660, 97_660, Share("100%", 1000)),
        (102, 100, Share("102%", 1000)),
        (0, None, Share("—", None)),
        (12, None, Share("—", None)),
        (0, 0, Share("—", None)),
    ],
)
def test_a_share_says_what_is_enrolled(part: int, whole: int | None, written: Share) -> None:
    """It is rounded down, keeps a trace visible, and has no bar where there is no whole."""
    assert share(part, whole) == written


@given(st.integers(0, 10**7), st.integers(1, 10**7))
def test_a_share_is_full_only_when_nobody_is_missing(part: int, whole: int) -> None:
    """No rounding makes a hundred percent of less."""
    enrolled = share(part, whole)
    assert (enrolled.tenths == 1000) == (part >= whole)
    assert enrolled.text != "100%" or part >= whole
    assert (enrolled.tenths == 0) == (part == 0)
