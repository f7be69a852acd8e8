"""Which bodies the whole city would have, per kind, before any of them is given people."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import exp
from random import Random

from directory.reference.regions import CITY_CODE, Region, districts, dongs, regions_by_code
from directory.synthetic import body_names as words
from directory.synthetic.body_names import Named
from directory.synthetic.population import district_residents, parent
from directory.synthetic.shares import allot
from graph.vocabulary import BodyKind

CITY_WEIGHT = 2.0
"""How much larger a body of the whole city is than one of a district, other things equal."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """A body that could be: its names and region, and its weight when people are shared out."""

    name_ko: str
    name_en: str
    region: str
    weight: float
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class KindPlan:
    """How a kind of body comes about.

    `least` is how few people still make a believable body, `local` the share of its people who live in its
    dong (or in its district when that is its region), `first` how many sketches a smaller city takes before
    any other, `seats` the usual number of seats of a committee.
    """

    kind: BodyKind
    group: str | None
    least: int
    local: float
    sketch: Callable[[Sequence[float], Random], list[Sketch]]
    first: int = 0
    seats: int | None = None


def in_region(region: Region, called: Named, weight: float) -> Sketch:
    """Sketch a body of a district or dong; its name says where it is, in full, so that it is the only one."""
    if region.part_of == CITY_CODE:
        return Sketch(f"{region.name_ko} {called.ko}", f"{region.name_en} {called.en}", region.code, weight)
    district = regions_by_code()[parent(region)]
    return Sketch(
        f"{district.name_ko} {region.name_ko} {called.ko}",
        f"{region.name_en} {called.en}, {district.name_en}",
        region.code,
        weight,
    )


def of_city(called: Named, weight: float = CITY_WEIGHT) -> Sketch:
    """Sketch a body of the whole city."""
    return Sketch(called.ko, called.en, CITY_CODE, weight)


def one_a_dong(called: Named, pull: float, sway: float = 0.0) -> Callable[[Sequence[float], Random], list[Sketch]]:
    """Sketch one such body a dong, with people in proportion to its residents to the power of `pull`.

    `sway` is how far, as a share, chance moves the size up or down.
    """

    def sketch(residents: Sequence[float], rng: Random) -> list[Sketch]:
        return [
            in_region(dong, called, count**pull * (1.0 - sway + 2.0 * sway * rng.random()))
            for dong, count in zip(dongs(), residents, strict=True)
        ]

    return sketch


def scattered(total: int, names: Sequence[Named], spread: float) -> Callable[[Sequence[float], Random], list[Sketch]]:
    """Sketch `total` bodies with drawn names over the dongs, as many in each as its residents call for."""

    def sketch(residents: Sequence[float], rng: Random) -> list[Sketch]:
        return [
            in_region(dong, called, lognormal(rng, spread))
            for dong, count in zip(dongs(), allot(total, residents), strict=True)
            for called in drawn(names, count, rng)
        ]

    return sketch


def in_districts(
    names: Sequence[Named], city: Sequence[Named] = (), spread: float = 0.2
) -> Callable[[Sequence[float], Random], list[Sketch]]:
    """Sketch the city's own bodies, then each of `names` once in every district."""

    def sketch(residents: Sequence[float], rng: Random) -> list[Sketch]:
        return [of_city(called, CITY_WEIGHT * lognormal(rng, spread)) for called in city] + [
            in_region(district, called, weight * lognormal(rng, spread))
            for district, weight in district_weights(residents)
            for called in names
        ]

    return sketch


def volunteer_groups(residents: Sequence[float], rng: Random) -> list[Sketch]:
    """Sketch 5,400 groups: 50 of the city, 54 a district, the others in the dongs."""
    names = crossed(words.VOLUNTEER_SPIRITS, words.VOLUNTEER_TASKS)
    city = [
        of_city(Named(f"서울시 {called.ko}", f"Seoul {called.en}"), 4 * CITY_WEIGHT * lognormal(rng, 0.5))
        for called in drawn(names, VOLUNTEERS_OF_CITY, rng)
    ]
    district = [
        in_region(district, called, CITY_WEIGHT * weight * lognormal(rng, 0.5))
        for district, weight in district_weights(residents)
        for called in drawn(names, VOLUNTEERS_A_DISTRICT, rng)
    ]
    left = VOLUNTEER_GROUPS - len(city) - len(district)
    return city + district + scattered(left, names, 0.5)(residents, rng)


def disaster_groups(residents: Sequence[float], rng: Random) -> list[Sketch]:
    """Sketch a neighbourhood team a dong, 25 kinds of group a district and two bodies of the city."""
    team = Named("지역자율방재단", "Community Disaster Response Team")
    return in_districts(words.DISASTER_GROUPS, words.DISASTER_CITY, 0.4)(residents, rng) + [
        replace(sketch, weight=sketch.weight / MEAN_RESIDENTS * 0.9) for sketch in one_a_dong(team, 1.0)(residents, rng)
    ]


def advisory_committees(_: Sequence[float], rng: Random) -> list[Sketch]:
    """Sketch the four that the plan names, 66 others of the city, and five a district."""
    fields = crossed(words.ADVISORY_FIELDS, words.ADVISORY_FORMS, between="")
    city = [
        of_city(Named(f"서울시 {called.ko}", f"Seoul {called.en}"), weight)
        for called, weight in (
            # The plan's own stay at the mean: one of them has at most 20 members.
            *((called, 0.9) for called in words.ADVISORY_NAMED),
            *((called, ADVISERS * lognormal(rng, 0.15)) for called in fields),
        )
    ]
    return city + [
        in_region(district, called, lognormal(rng, 0.15))
        for district in districts()
        for called in words.ADVISORY_DISTRICT
    ]


VOLUNTEER_GROUPS = 5_400
VOLUNTEERS_OF_CITY = 50
VOLUNTEERS_A_DISTRICT = 54
APARTMENT_COMPLEXES = 2_600
MEAN_RESIDENTS = 20_400.0
ADVISERS = 1.2
"""How much larger a committee of the city is than one of a district."""


def crossed(heads: Sequence[Named], tails: Sequence[Named], between: str = " ") -> tuple[Named, ...]:
    """Put every head before every tail; `between` stands between the Korean ones."""
    return tuple(Named(f"{head.ko}{between}{tail.ko}", f"{head.en} {tail.en}") for head in heads for tail in tails)


def numbered() -> tuple[Named, ...]:
    """Name the apartment complexes that a dong could have."""
    return tuple(
        Named(f"{called.ko} {number}단지 입주자대표회의", f"{called.en} Complex {number} Residents' Council")
        for number in range(1, words.COMPLEXES_OF_A_NAME + 1)
        for called in words.APARTMENTS
    )


def district_weights(residents: Sequence[float]) -> Iterator[tuple[Region, float]]:
    """Give each district with its residents, the mean district being 1."""
    by_code = district_residents(residents)
    mean = sum(by_code.values()) / len(by_code)
    for district in districts():
        yield district, by_code[district.code] / mean


def lognormal(rng: Random, spread: float) -> float:
    """Draw a size round 1."""
    return exp(rng.gauss(0.0, spread))


def drawn(names: Sequence[Named], count: int, rng: Random) -> list[Named]:
    """Draw `count` different names."""
    return rng.sample(names, count)


KINDS: dict[str, KindPlan] = {
    "advisory-committees": KindPlan(
        BodyKind.ADVISORY_COMMITTEE, "advisory-committees", 8, 0.6, advisory_committees, first=4, seats=20
    ),
    "publicity-corps": KindPlan(
        BodyKind.PUBLICITY_CORPS,
        "publicity-corps",
        10,
        0.7,
        in_districts(words.PUBLICITY_DISTRICT, words.PUBLICITY_CITY),
    ),
    "watch-and-evaluation": KindPlan(
        BodyKind.MONITOR_GROUP,
        "watch-and-evaluation",
        12,
        0.8,
        in_districts(words.MONITORS_DISTRICT, words.MONITORS_CITY),
    ),
    "fire-brigades": KindPlan(BodyKind.FIRE_BRIGADE, "fire-brigades", 15, 0.9, in_districts(words.FIRE_BRIGADES)),
    "neighbourhood-heads": KindPlan(
        BodyKind.NEIGHBOURHOOD_HEADS,
        "neighbourhood-heads",
        8,
        1.0,
        one_a_dong(Named("통·반장협의회", "Neighbourhood and Block Heads"), 1.0),
    ),
    "resident-committees": KindPlan(
        BodyKind.RESIDENT_COMMITTEE,
        "resident-committees",
        12,
        0.95,
        one_a_dong(Named("주민자치위원회", "Resident Autonomy Committee"), 0.05, 0.1),
        seats=25,
    ),
    "crime-prevention-patrols": KindPlan(
        BodyKind.CRIME_PREVENTION_PATROL,
        "crime-prevention-patrols",
        8,
        0.9,
        one_a_dong(Named("자율방범대", "Crime Prevention Patrol"), 0.4, 0.2),
    ),
    "apartment-representatives": KindPlan(
        BodyKind.APARTMENT_COMPLEX,
        "apartment-representatives",
        3,
        0.9,
        scattered(APARTMENT_COMPLEXES, numbered(), 0.3),
    ),
    "volunteers": KindPlan(BodyKind.VOLUNTEER_GROUP, "volunteers", 8, 0.75, volunteer_groups),
    "disaster-safety-network": KindPlan(
        BodyKind.DISASTER_SAFETY_NETWORK, "disaster-safety-network", 10, 0.85, disaster_groups
    ),
}
"""The kind of body in which the people of each group with a head count are, in the plan's order."""
