"""The benchmark's report: spreads, bars, and the figures that a document keeps."""

from pathlib import Path

import pytest

from bench.figures import Bar, Spread
from bench.ladder import values_in
from bench.report import BEGIN, END, KEPT, keep


def test_a_spread_is_the_median_with_its_quartiles() -> None:
    """Half of the values lie between the quartiles."""
    assert Spread.of([5.0, 1.0, 4.0, 2.0, 3.0]) == Spread(median=3.0, lower=2.0, upper=4.0, count=5)


def test_one_value_is_its_own_spread() -> None:
    """A single measurement has no quartiles to differ."""
    assert Spread.of([7.0]) == Spread(7.0, 7.0, 7.0, 1)


@pytest.mark.parametrize(("value", "met"), [(2.9, True), (3.0, True), (3.01, False)])
def test_a_bar_is_met_up_to_its_limit(value: float, met: bool) -> None:  # noqa: FBT001 - the expectation.
    """A figure may be as high as its bar, and no higher."""
    assert Bar("a page", value, 3.0, "×").met is met


def test_every_value_of_an_answer_is_counted() -> None:
    """Objects, lists, scalars and nulls each count as one value."""
    assert values_in({"data": {"nodes": [{"id": "a", "name": None}]}}) == 6


def test_new_figures_replace_the_old_ones_and_nothing_else(tmp_path: Path) -> None:
    """What stands before and after the marks stays, however often figures are kept."""
    page = tmp_path / "page.md"
    page.write_text(f"before\n{BEGIN}\nold\n{END}\nafter\n", encoding="utf-8")
    keep(page, "new\n")
    keep(page, "newer\n")
    assert page.read_text(encoding="utf-8") == f"before\n{BEGIN}\n\nnewer\n\n{END}\nafter\n"


def test_the_document_has_a_place_for_the_figures() -> None:
    """The marks stand in the document, once each and in order."""
    text = KEPT.read_text(encoding="utf-8")
    assert text.count(BEGIN) == text.count(END) == 1
    assert text.index(BEGIN) < text.index(END)
