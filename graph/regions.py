"""The regions of the city: what is part of what, and which borders on which."""

from dataclasses import dataclass
from typing import Final, LiteralString

from graph.transaction import Transaction
from graph.vocabulary import RegionLevel


@dataclass(frozen=True, slots=True)
class Region:
    """A region as the graph holds it; `lat` and `lon` are a point inside it (WGS 84), codes are hierarchical."""

    code: str
    name_ko: str
    name_en: str
    level: RegionLevel
    lat: float
    lon: float
    part_of: str | None
    borders: tuple[str, ...]


_ALL: Final[LiteralString] = """
MATCH (r:Region)
RETURN r {.code, .name_ko, .name_en, .level, .lat, .lon} AS region,
       [(r)-[:PART_OF]->(whole:Region) | whole.code] AS part_of, [(r)-[:BORDERS]-(other:Region) | other.code] AS borders
"""


async def all_regions(tx: Transaction) -> tuple[Region, ...]:
    """Return every region, by code: the city, the districts and the dongs."""
    result = await tx.run(_ALL)
    regions = [
        Region(
            **{**row["region"], "level": RegionLevel(row["region"]["level"])},
            part_of=row["part_of"][0] if row["part_of"] else None,
            borders=tuple(sorted(set(row["borders"]))),
        )
        async for row in result
    ]
    return tuple(sorted(regions, key=lambda region: region.code))
