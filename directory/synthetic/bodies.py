"""The bodies of a made-up city of any size, each with how many people it has."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import sqrt
from random import Random

from directory.reference.programme import programme
from directory.synthetic.body_plans import KINDS, KindPlan, Sketch
from directory.synthetic.chance import draw_uuid, stream
from directory.synthetic.records import SyntheticBody
from directory.synthetic.second_plans import FACILITIES, FACILITY_SHARE, SOCIETIES, SOCIETY_SHARE
from directory.synthetic.shares import allot
from graph.vocabulary import BodyKind

MOST_VACANT = 4


@dataclass(frozen=True, slots=True)
class Staffed:
    """A body with its head count by first affiliation; `local` is the share who live in its region."""

    body: SyntheticBody
    size: int
    local: float


@dataclass(frozen=True, slots=True)
class Bodies:
    """All bodies of a city: those that count towards targets, then the others."""

    staffed: tuple[Staffed, ...]
    societies: tuple[SyntheticBody, ...]
    facilities: tuple[SyntheticBody, ...]

    @property
    def all(self) -> tuple[SyntheticBody, ...]:
        """Give every body, in a fixed order."""
        return (*(staffed.body for staffed in self.staffed), *self.societies, *self.facilities)


def make_bodies(seed: int, headcounts: Mapping[str, int], residents: Sequence[float]) -> Bodies:
    """Make the bodies of a city with these head counts by group and these residents by dong."""

    def staff(plan: KindPlan, people: int, whole: int) -> tuple[Staffed, ...]:
        rng = stream(seed, "bodies", plan.kind)
        sketches = plan.sketch(residents, rng)
        chosen = choose(sketches, how_many(len(sketches), people, whole, plan.least), plan.first, rng)
        sizes = allot(people, [sketch.weight for sketch in chosen], plan.least)
        return tuple(
            Staffed(make_body(sketch, plan, size, rng), size, plan.local)
            for sketch, size in zip(chosen, sizes, strict=True)
        )

    def join(plan: KindPlan, share: float) -> tuple[SyntheticBody, ...]:
        people = max(1, int(sum(headcounts.values()) * share))
        joined = staff(plan, people, int(programme().participants * share))
        return tuple(staffed.body for staffed in joined)

    counted = {group.code: group.headcount or 1 for group in programme().groups}
    return Bodies(
        staffed=tuple(
            staffed for group, plan in KINDS.items() for staffed in staff(plan, headcounts[group], counted[group])
        ),
        societies=join(SOCIETIES, SOCIETY_SHARE),
        facilities=join(FACILITIES, FACILITY_SHARE),
    )


def how_many(bodies: int, people: int, whole: int, least: int) -> int:
    """Say how many of the whole city's bodies a smaller one has.

    Both their number and their size shrink, each with the root of the city's, so that a small city still has
    bodies in many places and each is still one; but none smaller than is believable while people are enough.
    """
    return max(1, min(round(bodies * sqrt(people / whole)), people // least))


def choose(sketches: Sequence[Sketch], count: int, first: int, rng: Random) -> list[Sketch]:
    """Choose `count` of the sketches: those that come first of all, then by lot; their order stays."""
    lots = sorted(range(len(sketches)), key=lambda i: (0.0 if i < first else 1.0 + rng.random(), i))
    return [sketches[i] for i in sorted(lots[:count])]


def make_body(sketch: Sketch, plan: KindPlan, size: int, rng: Random) -> SyntheticBody:
    """Make a body from its sketch; a committee has a few seats more than people."""
    seats = None
    if plan.seats is not None:
        fixed = plan.kind is BodyKind.RESIDENT_COMMITTEE
        seats = max(size, plan.seats if fixed else size + int(rng.random() * MOST_VACANT))
    return SyntheticBody(
        id=draw_uuid(rng),
        name_ko=sketch.name_ko,
        name_en=sketch.name_en,
        kind=plan.kind,
        committee=plan.seats is not None,
        group=plan.group,
        region=sketch.region,
        sensitive=sketch.sensitive,
        seats=seats,
    )
