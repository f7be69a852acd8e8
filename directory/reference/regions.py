"""The city's regions: Seoul, its 25 districts and its 423 dongs, as the census of 2013 has them."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from directory.reference.errors import ReferenceCode, ReferenceDataError
from directory.reference.tables import read_table
from graph.vocabulary import RegionLevel

CITY_CODE = "11"
DISTRICT_CODE_LENGTH = 5
DISTRICT_COUNT = 25
DONG_COUNT = 423

DISTRICTS = "seoul_districts_2013.csv"
DONGS = "seoul_dongs_2013.csv"


@dataclass(frozen=True, slots=True)
class Region:
    """A region: its census code (which starts with the code of what it is part of), names and point.

    `lat` and `lon` are WGS 84 degrees; `area_km2` is in square kilometres; `borders` holds the codes of the
    dongs that share a boundary with this one, across the river too, and is empty above the dong.
    """

    code: str
    name_ko: str
    name_en: str
    level: RegionLevel
    part_of: str | None
    lat: float
    lon: float
    area_km2: float | None
    borders: tuple[str, ...]


@cache
def all_regions() -> tuple[Region, ...]:
    """Give the city first, then the districts, then the dongs, each in the order of their codes."""
    dongs = check_borders(_read_dongs())
    districts = tuple(
        _around(
            [dong for dong in dongs if dong.part_of == row["code"]],
            (row["code"], row["name_ko"], row["name_en"]),
            RegionLevel.DISTRICT,
        )
        for row in read_table(DISTRICTS, ("code", "name_ko", "name_en"))
    )
    if len(districts) != DISTRICT_COUNT or len(dongs) != DONG_COUNT:
        raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{len(districts)} districts, {len(dongs)} dongs")
    strays = {dong.part_of for dong in dongs} - {district.code for district in districts}
    if strays:
        raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{DONGS}: no such district: {sorted(map(str, strays))}")
    city = _around(dongs, (CITY_CODE, "서울특별시", "Seoul"), RegionLevel.CITY)
    return (city, *districts, *dongs)


@cache
def districts() -> tuple[Region, ...]:
    """Give the 25 districts in the order of their codes."""
    return tuple(region for region in all_regions() if region.level is RegionLevel.DISTRICT)


@cache
def dongs() -> tuple[Region, ...]:
    """Give the 423 dongs in the order of their codes."""
    return tuple(region for region in all_regions() if region.level is RegionLevel.DONG)


@cache
def regions_by_code() -> dict[str, Region]:
    """Give every region under its code; look dongs up so, for one name occurs in two districts."""
    return {region.code: region for region in all_regions()}


def check_borders(regions: Sequence[Region]) -> tuple[Region, ...]:
    """Give the regions back when every border is told from both sides; raise ReferenceDataError otherwise."""
    borders = {region.code: set(region.borders) for region in regions}
    if len(borders) != len(regions):
        raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{DONGS}: a code occurs twice")
    for code, neighbours in borders.items():
        for neighbour in neighbours:
            if neighbour == code or code not in borders.get(neighbour, ()):
                raise ReferenceDataError(ReferenceCode.BORDER_BROKEN, f"{code} and {neighbour}")
    return tuple(regions)


def _read_dongs() -> tuple[Region, ...]:
    columns = ("code", "name_ko", "name_en", "district", "lat", "lon", "area_km2", "neighbours")
    return tuple(
        Region(
            code=row["code"],
            name_ko=row["name_ko"],
            name_en=row["name_en"],
            level=RegionLevel.DONG,
            part_of=row["district"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            area_km2=float(row["area_km2"]),
            borders=tuple(row["neighbours"].split()),
        )
        for row in sorted(read_table(DONGS, columns), key=lambda row: row["code"])
    )


def _around(dongs: Sequence[Region], called: tuple[str, str, str], level: RegionLevel) -> Region:
    """Make the region that these dongs add up to; its point is their area-weighted mean."""
    code, name_ko, name_en = called
    area = sum(dong.area_km2 or 0.0 for dong in dongs)
    if not area:
        raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{DONGS}: no area in {code}")
    return Region(
        code=code,
        name_ko=name_ko,
        name_en=name_en,
        level=level,
        part_of=None if level is RegionLevel.CITY else CITY_CODE,
        lat=round(sum(dong.lat * (dong.area_km2 or 0.0) for dong in dongs) / area, 5),
        lon=round(sum(dong.lon * (dong.area_km2 or 0.0) for dong in dongs) / area, 5),
        area_km2=round(area, 3),
        borders=(),
    )
