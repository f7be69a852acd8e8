"""How many people live in which dong of the made-up city."""

from collections.abc import Sequence
from math import exp

from directory.reference.regions import Region, dongs
from directory.synthetic.chance import stream
from directory.synthetic.shares import allot

MOST = ("11150", "신정3동", 57_000.0)
FEWEST = ("11020", "소공동", 1_300.0)
"""The plan names the dongs with the most and the fewest residents: district, name, residents."""

MEAN = 20_400.0
SPREAD = 0.38
SMALLEST_OTHER = 2_200.0
LARGEST_OTHER = 45_000.0


def dong_residents(seed: int) -> list[float]:
    """Give the residents of every dong in the order of `dongs()`: on average 20,400."""
    rng = stream(seed, "residents")
    drawn = [exp(rng.gauss(0.0, SPREAD)) for _ in dongs()]
    known = {(dong.part_of, dong.name_ko): i for i, dong in enumerate(dongs())}
    fixed = {known[MOST[:2]]: MOST[2], known[FEWEST[:2]]: FEWEST[2]}
    others = MEAN * len(drawn) - sum(fixed.values())
    scale = others / sum(weight for i, weight in enumerate(drawn) if i not in fixed)
    return [fixed.get(i, min(LARGEST_OTHER, max(SMALLEST_OTHER, weight * scale))) for i, weight in enumerate(drawn)]


def participants_by_dong(people: int, residents: Sequence[float]) -> list[int]:
    """Share the city's participants out over the dongs in proportion to their residents."""
    return allot(people, residents)


def dongs_of(district: str) -> list[int]:
    """Give the places in `dongs()` of the dongs of a district."""
    return [i for i, dong in enumerate(dongs()) if dong.part_of == district]


def district_residents(residents: Sequence[float]) -> dict[str, float]:
    """Give the residents of each district by its code."""
    sums: dict[str, float] = {}
    for dong, count in zip(dongs(), residents, strict=True):
        district = parent(dong)
        sums[district] = sums.get(district, 0.0) + count
    return sums


def parent(dong: Region) -> str:
    """Give the code of the district that a dong is part of."""
    return dong.part_of or ""
