"""Tables that came to harm: each is refused where it is read, with the place and nothing half-read."""

from collections.abc import Callable

import pytest

from directory.reference import programme as plan
from directory.reference import regions
from directory.reference.errors import ReferenceCode, ReferenceDataError
from directory.reference.tables import read_table

Rows = list[dict[str, str]]


def without_last(rows: Rows) -> Rows:
    """Drop a row."""
    return rows[:-1]


def moved_away(rows: Rows) -> Rows:
    """Put the first dong into a district that is not there."""
    return [{**row, "district": "11990"} if i == 0 and "district" in row else row for i, row in enumerate(rows)]


def without_area(rows: Rows) -> Rows:
    """Make every dong a point."""
    return [{**row, "area_km2": "0"} if "area_km2" in row else row for row in rows]


@pytest.mark.parametrize("harm", [moved_away, without_area])
def test_regions_that_cannot_be_are_refused(harm: Callable[[Rows], Rows], monkeypatch: pytest.MonkeyPatch) -> None:
    """A dong without its district, or a district without area, is not loaded."""
    monkeypatch.setattr(regions, "read_table", lambda name, columns: harm(read_table(name, columns)))
    with pytest.raises(ReferenceDataError) as refused:
        regions.all_regions.__wrapped__()
    assert refused.value.code is ReferenceCode.VALUE_BROKEN


def test_a_district_that_is_missing_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """24 districts are not the city."""

    def shortened(name: str, columns: tuple[str, ...]) -> Rows:
        rows = read_table(name, columns)
        return without_last(rows) if name == regions.DISTRICTS else rows

    monkeypatch.setattr(regions, "read_table", shortened)
    with pytest.raises(ReferenceDataError, match="24 districts"):
        regions.all_regions.__wrapped__()


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("group_ko", "모르는 단체"),
        ("headcount", "many"),
        ("deadline", "2013-02-30"),
        ("category", "OTHER"),
        ("led_by", "nobody"),
    ],
)
def test_a_row_of_the_plan_that_cannot_be_is_refused(column: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An unknown group, leader or category, or a number or day that is none, stops the reading."""

    def harmed(name: str, columns: tuple[str, ...]) -> Rows:
        first, *others = read_table(name, columns)
        return [{**first, column: value}, *others]

    monkeypatch.setattr(plan, "read_table", harmed)
    with pytest.raises(ReferenceDataError) as refused:
        plan.programme.__wrapped__()
    assert refused.value.code is ReferenceCode.VALUE_BROKEN


def test_a_stage_with_two_deadlines_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A stage ends once."""

    def harmed(name: str, columns: tuple[str, ...]) -> Rows:
        first, *others = read_table(name, columns)
        return [{**first, "deadline": "2013-06-30"}, *others]

    monkeypatch.setattr(plan, "read_table", harmed)
    with pytest.raises(ReferenceDataError, match="stage 1"):
        plan.programme.__wrapped__()
