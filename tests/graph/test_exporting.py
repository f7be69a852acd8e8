"""Reading the whole graph, and writing it again: nothing is lost, and what changed meanwhile is found."""

import base64
from collections.abc import AsyncIterator

import orjson
import pytest
import pytest_asyncio

from consent.events import ConsentEvent, read_event
from consent.sealing import envelope_key_version
from consent.vocabulary import EventKind
from graph import exporting, ledger, restoring
from graph.errors import EngineUnavailable
from graph.inventory import Kind, Row, unlisted
from graph.ledger import StoredCheckpoint, StoredMap
from graph.restoring import Restore, RestoreState
from graph.transaction import Transaction
from graph.windows import Axis
from tests.graph.carrying import PLANNED, put_back, read_all, write_all
from tests.graph.empty_ledger import tamper
from tests.graph.graph_dump import clear, dump
from tests.graph.writers import Writer
from tests.loaded_city import City

pytestmark = pytest.mark.slow


@pytest_asyncio.fixture(loop_scope="session")
async def lived(city: City) -> AsyncIterator[City]:
    """Give the city after a day's work, and put back afterwards what there was before."""
    before = await read_all(city.graph)
    writer = Writer(city.graph, [person.id for person in city.people][:40])
    await writer.one_of_each()
    await city.graph.write(ledger.add_checkpoint, StoredCheckpoint(1, b"\1" * 32, 7, "note"))
    await city.graph.write(ledger.add_map, StoredMap("2013-06-20", 7, "note"))
    yield city
    await put_back(city.graph, before)


async def test_what_is_read_and_written_again_is_the_same(lived: City) -> None:
    """Every node and relationship, with all properties, of a city in which everything happened (E7)."""
    before = await dump(lived.graph)
    rows = await read_all(lived.graph)
    assert all(of_kind for _, of_kind in rows)
    assert all(unlisted(kind, of_kind) is None for kind, of_kind in rows)
    found = await lived.graph.read(restoring.counts)
    assert found == {kind: len(of_kind) for kind, of_kind in rows}
    await clear(lived.graph)
    assert set((await lived.graph.read(restoring.counts)).values()) == {0}
    await write_all(lived.graph, rows)
    after = await dump(lived.graph)
    assert after[0] == before[0]
    assert after[1] == before[1]


async def test_a_batch_is_written_once(lived: City) -> None:
    """Sent a second time, or too early, it changes nothing; so that a cut-off restore simply goes on."""
    rows = await read_all(lived.graph)
    await clear(lived.graph)
    graph = lived.graph
    assert await graph.read(restoring.restore) is None
    await graph.write(restoring.begin, PLANNED)
    assert await graph.write(restoring.add, 0, 9, *rows[0]) == 0
    assert await graph.write(restoring.add, 0, 9, *rows[0]) is None
    assert await graph.write(restoring.add, 10, 19, *rows[1]) is None
    assert await graph.read(restoring.restore) == Restore("archive-1", 5, 4, RestoreState.RESTORING, 9)
    await tamper(graph, "MATCH (r:Restore) REMOVE r.ledger_size")
    assert await graph.read(restoring.restore) == Restore("archive-1", 5, 4, RestoreState.RESTORING, 9)
    await graph.write(restoring.set_state, RestoreState.RESTORED)
    restored = await graph.read(restoring.restore)
    assert restored is not None
    assert restored.state is RestoreState.RESTORED
    # Somebody whose region is not there: how many relationships lead nowhere is told.
    person = [["Participant"], {"id": "nobody"}, [["LIVES_IN", "9999999", {}], ["LIVES_IN", "1101053", {}]]]
    with pytest.raises(EngineUnavailable):
        await graph.write(add_and_give_up, person)


async def add_and_give_up(tx: Transaction, person: Row) -> None:
    """Write a batch with a relationship too few, and give the transaction up."""
    assert await restoring.add(tx, 9, 10, Kind.PEOPLE, [person]) == 1
    raise EngineUnavailable


async def test_who_was_written_to_is_found(lived: City) -> None:
    """By the engine's own clock, with the revision that they are at; nobody else is."""
    graph = lived.graph
    people = [person.id for person in lived.people][60:63]
    now = await graph.read(exporting.clock)
    assert set(await graph.read(exporting.changed, now + 1)) == set()
    writer = Writer(graph, people[:1])
    await writer.decide()
    await writer.correct()
    found = await graph.read(exporting.changed, now - 1)
    assert people[0] in found
    (row,) = await graph.read(exporting.people_by_id, [people[0], "nobody"])
    assert row[1]["revision"] == found[people[0]]
    assert row[1]["changed"] >= now
    assert not set(people[1:]) & found.keys()


async def test_the_order_of_the_ledger_moves_with_every_place(lived: City) -> None:
    """A look waits and changes no order; being given a place does."""
    graph = lived.graph
    writer = Writer(graph, [person.id for person in lived.people][60:70])
    await writer.place()
    before = await graph.read(exporting.mark)
    assert await graph.read(exporting.waiting) == []
    await writer.look()
    between = await graph.read(exporting.mark)
    assert (between.size, between.turn) == (before.size, before.turn)
    (waiting,) = await graph.read(exporting.waiting)
    assert len(waiting[2]) == 3
    await writer.place()
    after = await graph.read(exporting.mark)
    assert (after.size, after.turn) == (before.size + 1, before.turn + 1)
    (placed,) = await graph.read(exporting.entries, [before.size])
    assert placed[1]["id"] == waiting[1]["id"]


async def test_contents_are_those_of_events(lived: City) -> None:
    """Of entries with and without a place; a look has none of its own."""
    graph = lived.graph
    writer = Writer(graph, [person.id for person in lived.people][60:70])
    await writer.place()
    mark = await graph.read(exporting.mark)
    made = await writer.take_back()
    await writer.look()
    (text,) = await graph.read(exporting.waiting_contents)
    assert read(text) == made
    await writer.place()
    (text,) = await graph.read(exporting.contents, [mark.size, mark.size + 1])
    assert read(text).kind is EventKind.WITHDRAWN


def read(text: str) -> ConsentEvent:
    """Read an event's content."""
    return read_event(orjson.loads(text))


async def test_people_and_their_keys_are_counted(lived: City) -> None:
    """Everybody once; each key names its version."""
    graph = lived.graph
    people = await graph.read(exporting.count_people)
    window = Axis.by_id(people).window(None, 0, 16**8)
    keys = await graph.read(exporting.wrapped_keys, window)
    assert len(keys) == people
    assert {envelope_key_version(key) for key in keys} == {1}
    assert all(base64.urlsafe_b64decode(key + "==") for key in keys)


async def test_a_graph_without_a_ledger_has_no_leaf(lived: City) -> None:
    """As one into which nothing was restored yet."""
    await clear(lived.graph)
    mark = await lived.graph.read(exporting.mark)
    assert (mark.size, mark.turn, mark.head) == (0, 0, ())
