"""The regions: all there, in order, with names, points and borders that agree with each other."""

from dataclasses import replace

import pytest

from directory.reference.errors import WORDING, ReferenceCode, ReferenceDataError
from directory.reference.regions import all_regions, check_borders, districts, dongs, regions_by_code
from directory.reference.tables import parse_table, read_table
from graph.vocabulary import RegionLevel


def test_the_city_comes_first_then_districts_then_dongs() -> None:
    """There are one city, 25 districts and 423 dongs, each level before the one below it."""
    levels = [region.level for region in all_regions()]
    assert levels == [RegionLevel.CITY] + [RegionLevel.DISTRICT] * 25 + [RegionLevel.DONG] * 423
    assert (all_regions()[0].code, all_regions()[0].name_ko, all_regions()[0].name_en) == (
        "11",
        "서울특별시",
        "Seoul",
    )


def test_a_code_starts_with_the_code_of_what_it_is_part_of() -> None:
    """Codes are hierarchical, unique, and lead up to the city."""
    codes = regions_by_code()
    assert len(codes) == len(all_regions())
    for region in all_regions()[1:]:
        assert region.part_of in codes
        assert region.code.startswith(region.part_of)


def test_a_dong_name_may_occur_in_two_districts() -> None:
    """신사동 is in two districts, so a name is no key."""
    assert len({dong.part_of for dong in dongs() if dong.name_ko == "신사동"}) == 2


def test_borders_are_told_from_both_sides() -> None:
    """Every dong that borders on another is bordered on by it, and every dong has a neighbour."""
    codes = regions_by_code()
    for dong in dongs():
        assert dong.borders
        for neighbour in dong.borders:
            assert dong.code in codes[neighbour].borders
    assert not any(region.borders for region in (all_regions()[0], *districts()))


def test_points_of_districts_lie_among_their_dongs() -> None:
    """A district's point is within its dongs' bounds, and its area is theirs together."""
    for district in districts():
        within = [dong for dong in dongs() if dong.part_of == district.code]
        assert min(dong.lat for dong in within) < district.lat < max(dong.lat for dong in within)
        assert min(dong.lon for dong in within) < district.lon < max(dong.lon for dong in within)
        assert district.area_km2 == pytest.approx(sum(dong.area_km2 or 0 for dong in within), abs=0.001)
    assert 600 < (all_regions()[0].area_km2 or 0) < 612


def test_a_border_told_from_one_side_is_refused() -> None:
    """Half a border is a broken table."""
    first, *others = dongs()
    with pytest.raises(ReferenceDataError) as refused:
        check_borders([replace(first, borders=()), *others])
    assert refused.value.code is ReferenceCode.BORDER_BROKEN


def test_a_code_that_occurs_twice_is_refused() -> None:
    """Two rows with one code are a broken table."""
    with pytest.raises(ReferenceDataError) as refused:
        check_borders([*dongs(), dongs()[0]])
    assert refused.value.code is ReferenceCode.VALUE_BROKEN


def test_a_missing_table_is_named() -> None:
    """A table that was not installed is said by name."""
    with pytest.raises(ReferenceDataError, match=r"none\.csv") as refused:
        read_table("none.csv", ())
    assert refused.value.code is ReferenceCode.TABLE_MISSING


def test_a_missing_column_is_named() -> None:
    """A table without a column says which."""
    with pytest.raises(ReferenceDataError, match="lat") as refused:
        parse_table("code,name\n1,a", "t.csv", ("code", "lat"))
    assert refused.value.code is ReferenceCode.COLUMN_MISSING


def test_a_ragged_row_is_named_by_its_line() -> None:
    """A row with a cell too few is refused with its line."""
    with pytest.raises(ReferenceDataError, match="line 3") as refused:
        parse_table("code,name\n1,a\n2", "t.csv", ("code",))
    assert refused.value.code is ReferenceCode.VALUE_BROKEN


def test_every_code_has_its_wording() -> None:
    """No reference error is without a sentence."""
    assert set(WORDING) == set(ReferenceCode)
