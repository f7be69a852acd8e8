"""Intake: batches written once and in order, the frame written as often as it takes, and a load that knows itself."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from directory.intake.synthetic_rows import frame
from graph import intake
from graph.connection import Graph
from graph.errors import Conflict
from graph.intake import Frame, Load
from graph.transaction import Transaction
from tests.loaded_city import City

PLANNED = Load("test", True, 4, 1, "2013-06-20", 3, 0, False)  # noqa: FBT003 - a row
DONG = "1111064"


@pytest_asyncio.fixture
async def begun(city: City, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Graph]:
    """Begin another load beside the city's, and remove all that it wrote."""
    monkeypatch.setattr(intake, "_THE_LOAD", "a load of a test")
    await city.graph.write(intake.begin, PLANNED)
    yield city.graph
    await city.graph.write(_forget)


async def _forget(tx: Transaction) -> None:
    for text in (
        "MATCH (l:Load {name: 'a load of a test'}) DETACH DELETE l",
        "MATCH (p:Participant) WHERE p.id STARTS WITH 'test-' DETACH DELETE p",
        "MATCH (b:Body) WHERE b.id STARTS WITH 'test-' DETACH DELETE b",
    ):
        await (await tx.run(text)).consume()


async def census(tx: Transaction) -> dict[str, int]:
    """Count every kind of node and edge that a load writes."""
    text = (
        "MATCH (n) WITH labels(n) AS kinds UNWIND kinds AS kind RETURN kind, count(*) AS n "
        "UNION ALL MATCH ()-[r]->() RETURN type(r) AS kind, count(*) AS n"
    )
    return {row["kind"]: row["n"] async for row in await tx.run(text)}


async def progress(tx: Transaction) -> int:
    """Read how many batches are in."""
    load = await intake.load(tx)
    assert load is not None
    return load.done


def person(name: str, *bodies: str) -> dict[str, Any]:
    """Make a row of somebody who belongs to these bodies."""
    identity = f"test-{name}"
    return {
        "person": {"id": identity, "place": f"{DONG}:{identity}", "dong": DONG, "group": "volunteers"},
        "affiliations": [{"body": body, "role": None, "since": "2012-01-01", "until": None} for body in bodies],
    }


def body(name: str, *, committee: bool, group: str | None) -> dict[str, Any]:
    """Make a row of a body."""
    return {
        "id": f"test-{name}",
        "name_ko": name,
        "name_en": name,
        "kind": "VOLUNTEER_GROUP",
        "committee": committee,
        "group": group,
        "region": "11010",
        "sensitive": False,
        "seats": None,
        "sort_key": f"11010 {name}",
    }


ORGANIZATION = body("organization", committee=False, group="volunteers")
COMMITTEE = body("committee", committee=True, group=None)
SEAT = {
    "participant": "test-one",
    "body": "test-committee",
    "role": None,
    "seat": "위원장",
    "since": "2012-01-01",
    "until": "2014-01-01",
}


async def test_a_load_tells_what_it_is_of(begun: Graph) -> None:
    """What was written down at the beginning is read back, and it is not complete."""
    assert await begun.read(intake.load) == PLANNED
    assert not PLANNED.complete


async def test_where_nothing_was_begun_there_is_no_load(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty graph has no load, rather than one of nothing."""
    monkeypatch.setattr(intake, "_THE_LOAD", "a load of nobody")
    assert await city.graph.read(intake.load) is None


async def test_a_load_is_begun_once(begun: Graph) -> None:
    """Of two processes that begin at the same time, the second is refused."""
    with pytest.raises(Conflict):
        await begun.write(intake.begin, replace(PLANNED, people=9))
    assert await begun.read(intake.load) == PLANNED


@pytest.mark.parametrize(
    ("done", "frame_in", "complete"), [(3, True, True), (2, True, False), (3, False, False), (0, False, False)]
)
def test_a_load_is_complete_with_its_frame_and_every_batch(
    done: int,
    frame_in: bool,  # noqa: FBT001 - from the table
    complete: bool,  # noqa: FBT001 - from the table
) -> None:
    """Half a city is never the whole one."""
    assert replace(PLANNED, done=done, frame=frame_in).complete is complete


async def test_the_frame_is_noted_when_it_is_in(begun: Graph) -> None:
    """A load that was cut off after its frame goes on with people."""
    await begun.write(intake.frame_done)
    load = await begun.read(intake.load)
    assert load == replace(PLANNED, frame=True)


async def test_the_check_of_the_keyring_is_renewed(begun: Graph) -> None:
    """After a rotation the load knows the keyring by its new check, and nothing else of it changes."""
    await begun.write(intake.renew_key_check, "another check")
    assert await begun.read(intake.load) == replace(PLANNED, key_check="another check")


async def test_a_frame_that_is_written_again_changes_nothing(city: City) -> None:
    """Regions, borders, programme and departments are there once, however often they are written."""
    before = await city.graph.read(census)
    await city.graph.write(intake.add_frame, frame())
    assert await city.graph.read(census) == before


async def test_a_frame_of_nothing_is_no_fault(city: City) -> None:
    """Empty lists ask nothing of the engine."""
    before = await city.graph.read(census)
    await city.graph.write(intake.add_frame, Frame([], [], [], [], [], [], []))
    await city.graph.write(intake.add_bodies, [])
    assert await city.graph.read(census) == before


async def test_the_frame_has_its_edges(city: City) -> None:
    """Each kind of edge of the frame is there as often as the reference data says."""
    rows, found = frame(), await city.graph.read(census)
    assert found["PART_OF"] == len(rows.part_of)
    assert found["BORDERS"] == len(rows.borders)
    assert found["OF"] == len(rows.targets)
    assert found["LEADS"] == len(rows.leads)
    assert found["SERVES"] == len(rows.departments)
    assert found["BASED_IN"] == len(city.bodies)
    assert found["COUNTS_TOWARDS"] == sum(one.group is not None for one in city.bodies.values())


async def test_everybody_lives_in_the_dong_that_their_record_names(city: City) -> None:
    """The edge to the dong, by which people are counted, and the property, by which they are found, agree."""

    async def homes(tx: Transaction) -> dict[str, tuple[str, str]]:
        text = "MATCH (p:Participant)-[:LIVES_IN]->(r:Dong) RETURN p.id AS id, p.dong AS dong, r.code AS code"
        return {row["id"]: (row["dong"], row["code"]) async for row in await tx.run(text)}

    assert await city.graph.read(homes) == {one.id: (one.dong, one.dong) for one in city.people}


async def test_bodies_that_are_there_are_left_alone(begun: Graph) -> None:
    """Bodies that come again, with new ones among them, are written once, with the edges of each."""
    before = await begun.read(census)
    await begun.write(intake.add_bodies, [ORGANIZATION])
    await begun.write(intake.add_bodies, [ORGANIZATION, COMMITTEE])
    await begun.write(intake.add_bodies, [ORGANIZATION, COMMITTEE])
    after = await begun.read(census)
    grown = {kind: number - before[kind] for kind, number in after.items() if number != before[kind]}
    assert grown == {"Body": 2, "Organization": 1, "Committee": 1, "BASED_IN": 2, "COUNTS_TOWARDS": 1}


async def test_a_batch_is_written_once(begun: Graph) -> None:
    """A batch that comes again, as after a commit whose answer was lost, writes nothing."""
    await begun.write(intake.add_bodies, [ORGANIZATION, COMMITTEE])
    before = await begun.read(census)
    people = [person("one", "test-organization"), person("two")]
    for _ in range(3):
        await begun.write(intake.add_people, 0, people, [SEAT], [], [])
    after = await begun.read(census)
    grown = {kind: number - before.get(kind, 0) for kind, number in after.items() if number != before.get(kind, 0)}
    assert grown == {"Participant": 2, "LIVES_IN": 2, "MEMBER_OF": 1, "SERVES_ON": 1}
    assert await begun.read(progress) == 1


@pytest.mark.parametrize("number", [1, 2, -1])
async def test_a_batch_out_of_order_is_not_written(begun: Graph, number: int) -> None:
    """Only the next batch is, so that what is in is always all of the first batches."""
    before = await begun.read(census)
    await begun.write(intake.add_people, number, [person("early")], [], [], [])
    assert await begun.read(census) == before
    assert await begun.read(progress) == 0


async def test_batches_follow_each_other(begun: Graph) -> None:
    """The progress counts the batches that are in, one that has nobody included."""
    for number, people in enumerate(([person("one")], [], [person("two")])):
        await begun.write(intake.add_people, number, people, [], [], [])
    assert await begun.read(progress) == 3


async def test_without_a_load_nobody_is_written(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where no load was begun, a batch has nowhere to be counted and is not written."""
    monkeypatch.setattr(intake, "_THE_LOAD", "a load of nobody")
    before = await city.graph.read(census)
    await city.graph.write(intake.add_people, 0, [person("stray")], [], [], [])
    assert await city.graph.read(census) == before


async def test_a_batch_that_fails_leaves_the_progress_as_it_was(begun: Graph, city: City) -> None:
    """People and progress are one transaction: somebody who is there already undoes the whole batch."""
    before = await begun.read(census)
    twin = person("twin")
    twin["person"]["id"] = city.people[0].id
    with pytest.raises(Conflict):
        await begun.write(intake.add_people, 0, [person("one"), twin], [], [], [])
    assert await begun.read(census) == before
    assert await begun.read(progress) == 0


async def test_a_seat_keeps_its_term(begun: Graph) -> None:
    """The seat and both ends of its term are on the edge to the committee."""

    async def seat(tx: Transaction) -> dict[str, Any]:
        text = "MATCH (:Participant {id: 'test-one'})-[s:SERVES_ON]->(:Committee) RETURN properties(s) AS seat"
        found: dict[str, Any] = (await (await tx.run(text)).single(strict=True))["seat"]
        return {key: value for key, value in found.items() if value is not None}

    await begun.write(intake.add_bodies, [COMMITTEE])
    await begun.write(intake.add_people, 0, [person("one")], [SEAT], [], [])
    assert await begun.read(seat) == {"seat": "위원장", "since": "2012-01-01", "until": "2014-01-01"}
