"""The network: the plan's table against who is enrolled, counted from the graph, and counted once for all who ask."""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from consent.vocabulary import Category
from directory.programme.network import Network, NetworkReader
from directory.reference.programme import PARTICIPANTS, programme
from graph import intake
from graph import programme as kept
from graph.errors import EngineUnavailable
from graph.programme import Target
from tests.loaded_city import City


class Stand:
    """Stands in for a graph: the programme's targets, and as many people enrolled as it is told."""

    def __init__(self, enrolled: Mapping[str, int], *, synthetic: bool | None = True) -> None:
        """Take who is enrolled, by group; `synthetic` is None where nothing was loaded."""
        self.enrolled = dict(enrolled)
        self.synthetic = synthetic
        self.counts = 0
        self.down = False

    async def read(self, work: Callable[..., Awaitable[Any]]) -> object:
        """Answer what the programme asks."""
        await asyncio.sleep(0)
        if self.down:
            raise EngineUnavailable
        if work is kept.targets:
            return TARGETS
        if work is kept.enrolled:
            self.counts += 1
            return dict(self.enrolled)
        assert work is intake.load
        return None if self.synthetic is None else SimpleNamespace(synthetic=self.synthetic)


TARGETS = tuple(
    Target(
        group=group.code,
        name_ko=group.name_ko,
        name_en=group.name_en,
        category=group.category,
        headcount=group.headcount,
        stage=group.stage,
        deadline=group.deadline.isoformat(),
        led_by=group.led_by,
        rank=rank,
    )
    for rank, group in enumerate(programme().groups)
)
FULL = {group.code: group.headcount for group in programme().groups if group.headcount}


class Clock:
    """A clock that is set by hand."""

    def __init__(self) -> None:
        """Begin somewhere."""
        self.now = 1_371_686_400_000

    def __call__(self) -> int:
        """Tell the time."""
        return self.now


def reader(stand: Stand, clock: Clock | None = None) -> NetworkReader:
    """Make a reader over a stand-in."""
    return NetworkReader(stand, clock or Clock())  # type: ignore[arg-type]


async def test_a_full_city_meets_the_plan() -> None:
    """With everybody enrolled each group, stage and category has as many people as the plan counts."""
    network = await reader(Stand(FULL)).read()
    # Added up by hand from the plan's table.
    assert [stage.participants for stage in network.stages] == [135_624, 341_081, 0]
    assert {category.category: category.participants for category in network.categories} == {
        Category.ADMINISTRATIVE_SUPPORT: 106_902,
        Category.ADMINISTRATIVE_COOPERATION: 345_610,
        Category.POLICY_ADVICE: 3_514,
        Category.CIVIC_PARTICIPATION: 20_679,
    }
    assert network.participants == network.headcount == PARTICIPANTS == 476_705
    parts: tuple[Any, ...] = (*network.groups, *network.stages, *network.categories)
    for part in parts:
        assert part.participants == (part.headcount or 0)
    assert {stage.number: stage.deadline for stage in network.stages} == {
        stage.number: stage.deadline for stage in programme().stages
    }
    assert {stage.number: stage.headcount for stage in network.stages} == {
        stage.number: stage.headcount for stage in programme().stages
    }


async def test_the_parts_make_the_whole() -> None:
    """Summed by group, by stage or by category it is the same city."""
    network = await reader(Stand({code: count // 3 for code, count in FULL.items()})).read()
    for parts in (network.groups, network.stages, network.categories):
        assert sum(part.participants for part in parts) == network.participants
        assert sum(part.headcount or 0 for part in parts) == network.headcount
    assert [category.category for category in network.categories] == list(Category)
    assert all(category.name_ko and category.name_en for category in network.categories)


async def test_nobody_enrolled_is_none_everywhere() -> None:
    """An empty city has the plan's head counts and nobody in it."""
    network = await reader(Stand({}, synthetic=None)).read()
    assert network.participants == 0
    assert network.headcount == PARTICIPANTS
    assert not network.synthetic
    parts: tuple[Any, ...] = (*network.groups, *network.stages, *network.categories)
    assert {part.participants for part in parts} == {0}


async def test_people_of_an_unknown_group_count_all_the_same() -> None:
    """They belong to no row of the plan, and to the city."""
    network = await reader(Stand({"fire-brigades": 2, "no-such-group": 3})).read()
    assert network.participants == 5
    assert sum(group.participants for group in network.groups) == 2


@pytest.mark.parametrize("synthetic", [True, False])
async def test_a_made_up_city_is_marked(*, synthetic: bool) -> None:
    """The mark is the load's own."""
    assert (await reader(Stand(FULL, synthetic=synthetic)).read()).synthetic is synthetic


async def test_what_was_read_a_moment_ago_is_fresh() -> None:
    """For two seconds nobody counts again; then who was enrolled meanwhile is in it."""
    stand, clock = Stand({"fire-brigades": 1}), Clock()
    network = reader(stand, clock)
    first = await network.read()
    stand.enrolled["fire-brigades"] = 2
    clock.now += 1_999
    assert await network.read() is first
    clock.now += 1
    assert (await network.read()).participants == 2
    assert stand.counts == 2


async def test_many_visitors_at_once_are_one_count() -> None:
    """Whoever asks while it is being counted waits for that count."""
    stand = Stand(FULL)
    network = reader(stand)
    found: list[Network] = await asyncio.gather(*(network.read() for _ in range(50)))
    assert stand.counts == 1
    assert all(each is found[0] for each in found)


async def test_an_engine_that_is_down_is_said_and_not_remembered() -> None:
    """The failure goes to who asked; the next one asks again."""
    stand = Stand(FULL)
    network = reader(stand)
    stand.down = True
    with pytest.raises(EngineUnavailable):
        await network.read()
    stand.down = False
    assert (await network.read()).participants == PARTICIPANTS


async def test_it_is_counted_from_the_graph(city: City) -> None:
    """On either engine, participants are the people who are there, and the head counts the plan's."""
    network = await NetworkReader(city.graph, Clock()).read()
    people = Counter(person.group for person in city.people)
    assert {group.code: group.participants for group in network.groups if group.participants} == people
    assert network.participants == len(city.people)
    assert network.headcount == PARTICIPANTS
    assert network.synthetic
    plan = programme().groups
    assert [(group.code, group.headcount, group.deadline, group.stage, group.category) for group in network.groups] == [
        (group.code, group.headcount, group.deadline, group.stage, group.category) for group in plan
    ]
    assert all(isinstance(stage.deadline, date) for stage in network.stages)
