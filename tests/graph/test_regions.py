"""The regions in the graph: those of the reference data, with what they are part of and what they border on."""

from directory.reference.regions import all_regions as reference
from graph import regions
from graph.vocabulary import RegionLevel
from tests.loaded_city import City


async def test_the_graph_has_the_regions_of_the_reference_data(city: City) -> None:
    """Every region with its names, level, point, whole and neighbours, in the order of codes."""
    found = await city.graph.read(regions.all_regions)
    expected = sorted(reference(), key=lambda region: region.code)
    assert [region.code for region in found] == [region.code for region in expected]
    for one, other in zip(found, expected, strict=True):
        assert (one.name_ko, one.name_en, one.level) == (other.name_ko, other.name_en, other.level)
        assert (one.lat, one.lon, one.part_of) == (other.lat, other.lon, other.part_of)
        assert one.borders == tuple(sorted(other.borders))


async def test_every_level_is_there_in_its_number(city: City) -> None:
    """One city that is part of nothing, 25 districts and 423 dongs."""
    found = await city.graph.read(regions.all_regions)
    levels = [region.level for region in found]
    assert [levels.count(level) for level in RegionLevel] == [1, 25, 423]
    assert [region.code for region in found if region.part_of is None] == ["11"]


async def test_borders_hold_both_ways(city: City) -> None:
    """Who borders on a dong has that dong for a neighbour, and no dong borders on itself."""
    found = {region.code: region for region in await city.graph.read(regions.all_regions)}
    for region in found.values():
        assert all(region.code in found[other].borders for other in region.borders)
        assert region.code not in region.borders
