"""Which civil-society organizations and public facilities the whole city would have, beside the programme."""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from directory.synthetic import second_names as words
from directory.synthetic.body_names import Named
from directory.synthetic.body_plans import (
    KindPlan,
    Sketch,
    crossed,
    district_weights,
    in_region,
    lognormal,
    of_city,
)
from directory.synthetic.shares import allot
from graph.vocabulary import BodyKind

SOCIETY_COUNT = 1_860
SOCIETIES_OF_CITY = 120
SENSITIVE_SHARE = 0.12
FACILITY_COUNT = 184

SOCIETY_SHARE = 0.13
FACILITY_SHARE = 0.025
"""How many of all people belong to an organization, and to a facility, beside their first body."""


def societies(residents: Sequence[float], rng: Random) -> list[Sketch]:
    """Sketch a quarter of the 7,440 civil-society organizations, some of them sensitive to belong to."""
    sketches = [
        replace(of_city(Named(f"서울 {sketch.name_ko}", f"Seoul {sketch.name_en}")), sensitive=sketch.sensitive)
        for sketch in _some(SOCIETIES_OF_CITY, rng)
    ]
    weights = list(district_weights(residents))
    counts = allot(SOCIETY_COUNT - SOCIETIES_OF_CITY, [weight for _, weight in weights])
    for (district, _), count in zip(weights, counts, strict=True):
        sketches += [
            replace(
                in_region(district, Named(sketch.name_ko, sketch.name_en), sketch.weight),
                sensitive=sketch.sensitive,
            )
            for sketch in _some(count, rng)
        ]
    return sketches


def facilities(residents: Sequence[float], rng: Random) -> list[Sketch]:
    """Sketch a quarter of the 736 public facilities: eight of the city, the others of the districts."""
    weights = list(district_weights(residents))
    counts = allot(FACILITY_COUNT - len(words.FACILITIES_CITY), [1.0] * len(weights))
    return [of_city(called) for called in words.FACILITIES_CITY] + [
        in_region(district, called, weight)
        for (district, weight), count in zip(weights, counts, strict=True)
        for called in rng.sample(words.FACILITIES_DISTRICT, count)
    ]


def _some(count: int, rng: Random) -> list[Sketch]:
    """Draw `count` organizations without a place, the sensitive ones among them."""
    sensitive = rng.sample(words.SENSITIVE, min(len(words.SENSITIVE), round(count * SENSITIVE_SHARE)))
    plain = rng.sample(crossed(words.CAUSES, words.FORMS), count - len(sensitive))
    return [
        Sketch(called.ko, called.en, "", lognormal(rng, 0.6), called in sensitive) for called in (*sensitive, *plain)
    ]


SOCIETIES = KindPlan(BodyKind.CIVIL_SOCIETY_ORGANIZATION, None, 8, 0.0, societies, first=1)
FACILITIES = KindPlan(BodyKind.PUBLIC_FACILITY, None, 10, 0.0, facilities, first=1)
