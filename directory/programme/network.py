"""The network: the plan's table against what is enrolled, by category, stage and group."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from consent.vocabulary import Category
from graph import intake, programme
from graph.connection import Graph
from graph.programme import Target


@dataclass(frozen=True, slots=True)
class NetworkGroup:
    """A row of the programme; `headcount` is None where the plan gives none, `participants` are enrolled."""

    code: str
    name_ko: str
    name_en: str
    stage: int
    deadline: date
    led_by: str
    category: Category | None
    headcount: int | None
    participants: int


@dataclass(frozen=True, slots=True)
class NetworkCategory:
    """A category's sums over its groups."""

    category: Category
    name_ko: str
    name_en: str
    headcount: int
    participants: int


@dataclass(frozen=True, slots=True)
class NetworkStage:
    """A stage's sums over its groups; `headcount` is None where the plan gives none."""

    number: int
    deadline: date
    headcount: int | None
    participants: int


@dataclass(frozen=True, slots=True)
class Network:
    """The whole: how many people the plan counts and how many are enrolled; `synthetic` says they are made up."""

    participants: int
    headcount: int
    synthetic: bool
    categories: tuple[NetworkCategory, ...]
    stages: tuple[NetworkStage, ...]
    groups: tuple[NetworkGroup, ...]


# Milliseconds for which what was read counts as now.
_FRESH = 2_000

_ENGLISH = {
    Category.ADMINISTRATIVE_SUPPORT: "Administrative support",
    Category.ADMINISTRATIVE_COOPERATION: "Administrative cooperation",
    Category.POLICY_ADVICE: "Policy advice",
    Category.CIVIC_PARTICIPATION: "Civic participation",
}


class NetworkReader:
    """Reads the network; what was read a moment ago serves everybody who asks meanwhile."""

    def __init__(self, graph: Graph, clock: Callable[[], int]) -> None:
        """Take the graph and a clock in epoch milliseconds."""
        self._graph = graph
        self._clock = clock
        self._known: tuple[int, Network] | None = None
        self._reading: asyncio.Task[Network] | None = None

    async def read(self) -> Network:
        """Return the network as the graph held it at most two seconds ago; raises what the graph raises.

        It counts everybody, which takes the engine most of a second: many visitors of the home page at once must
        not add up to many counts, nor wait one after the other for an engine that is down.
        """
        # A clock that was set back makes nothing fresh.
        if self._known is not None and 0 <= self._clock() - self._known[0] < _FRESH:
            return self._known[1]
        if self._reading is None or self._reading.done():
            self._reading = asyncio.create_task(_read(self._graph))
        read = await asyncio.shield(self._reading)
        self._known = (self._clock(), read)
        return read


async def _read(graph: Graph) -> Network:
    targets = await graph.read(programme.targets)
    enrolled = await graph.read(programme.enrolled)
    load = await graph.read(intake.load)
    groups = tuple(_group(target, enrolled.get(target.group, 0)) for target in targets)
    return Network(
        # Everybody counts, also those under a group that the programme does not have.
        participants=sum(enrolled.values()),
        headcount=sum(group.headcount or 0 for group in groups),
        synthetic=load is not None and load.synthetic,
        categories=tuple(_category(category, groups) for category in Category),
        stages=tuple(_stage(number, groups) for number in sorted({group.stage for group in groups})),
        groups=groups,
    )


def _group(target: Target, participants: int) -> NetworkGroup:
    return NetworkGroup(
        code=target.group,
        name_ko=target.name_ko,
        name_en=target.name_en,
        stage=target.stage,
        deadline=date.fromisoformat(target.deadline),
        led_by=target.led_by,
        category=target.category,
        headcount=target.headcount,
        participants=participants,
    )


def _category(category: Category, groups: tuple[NetworkGroup, ...]) -> NetworkCategory:
    inside = [group for group in groups if group.category is category]
    return NetworkCategory(
        category=category,
        name_ko=category.korean,
        name_en=_ENGLISH[category],
        headcount=sum(group.headcount or 0 for group in inside),
        participants=sum(group.participants for group in inside),
    )


def _stage(number: int, groups: tuple[NetworkGroup, ...]) -> NetworkStage:
    inside = [group for group in groups if group.stage == number]
    known = [group.headcount for group in inside if group.headcount is not None]
    return NetworkStage(
        number=number,
        deadline=inside[0].deadline,
        headcount=sum(known) if known else None,
        participants=sum(group.participants for group in inside),
    )
