"""Regions in the schema: made once from the map of regions, since they are the same for every request."""

import strawberry

from directory.contacts.regions import RegionMap
from directory.vocabulary import RegionLevel


@strawberry.type(description="A region of the city: the city itself, a district (자치구) or a dong (동).")
class Region:
    """A region as the interface shows it."""

    id: strawberry.ID = strawberry.field(
        description="The census code: 11 is the city, a district has five digits, a dong seven."
    )
    name_ko: str = strawberry.field(description="The Korean name.")
    name_en: str = strawberry.field(description="The name in Latin letters.")
    level: RegionLevel = strawberry.field(description="City, district or dong.")
    lat: float = strawberry.field(description="The latitude of a point inside the region (WGS 84), in degrees.")
    lon: float = strawberry.field(description="The longitude of that point, in degrees.")
    part_of: "Region | None" = strawberry.field(
        description="The region that this one is part of; null for the city.", default=None
    )
    borders: list["Region"] = strawberry.field(
        description="The dongs that share a boundary with this dong, across the river too; none for larger regions.",
        default_factory=list,
    )


class RegionBook:
    """Every region of the schema by its code."""

    def __init__(self, regions: RegionMap) -> None:
        """Make them all and tie them together."""
        self._map = regions
        self._by_code = {
            code: Region(
                id=strawberry.ID(code),
                name_ko=region.name_ko,
                name_en=region.name_en,
                level=region.level,
                lat=region.lat,
                lon=region.lon,
            )
            for code, region in regions.by_code.items()
        }
        for code, region in regions.by_code.items():
            shown = self._by_code[code]
            shown.part_of = None if region.part_of is None else self._by_code[region.part_of]
            shown.borders = [self._by_code[other] for other in region.borders]

    def get(self, code: str) -> Region:
        """Return one region; raises KeyError for a code that the graph gave and the map does not have."""
        return self._by_code[code]

    def select(self, level: RegionLevel | None, within: str | None) -> list[Region]:
        """Return regions by level and place; raises BadInput for an unknown region."""
        return [self._by_code[region.code] for region in self._map.select(level, within)]
