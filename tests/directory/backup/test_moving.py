"""A backup of the city restored into another engine: the same, as of one instant, whatever was written meanwhile."""

import asyncio
import random
from typing import Any

import orjson
import pytest

from directory.backup import catching_up, reading, restoring
from directory.backup.errors import BackupCode, BackupError
from directory.backup.replaying import require_servable
from graph import exporting
from graph import restoring as graph_restoring
from graph.connection import Graph
from graph.inventory import Kind
from graph.restoring import RestoreState
from tests.directory.backup.conftest import House
from tests.directory.small_folder import no_progress
from tests.graph.graph_dump import dump
from tests.graph.writers import Writer

pytestmark = pytest.mark.slow


async def test_a_city_moves_house(house: House, empty: Graph) -> None:
    """Every node and relationship is there with every property, on another engine; it is served only once replayed."""
    writer = Writer(house.graph, [person.id for person in house.city.people][:50])
    await writer.one_of_each()
    made = await house.make()
    assert made.finished_at.counts["people"] == await house.graph.read(exporting.count_people)
    (listed,) = house.register.rows()
    assert listed.finished == made.finished_at.at
    assert listed.key_versions == (1,)
    await house.restore_into(empty)
    assert await dump(empty) == await dump(house.graph)
    for _ in range(2):
        with pytest.raises(BackupError) as refused:
            await require_servable(empty)
        assert refused.value.code is BackupCode.RESTORE_NOT_REPLAYED
        # Restored once more, it is left as it is.
        await house.restore_into(empty)
    await require_servable(house.graph)


async def state(graph: Graph, people: list[str], places: set[int], start: int) -> bytes:
    """Read all that a writer can have changed, in a form that can be compared."""
    mark = await graph.read(exporting.mark)
    rows = [
        *await graph.read(exporting.people_by_id, people),
        *await graph.read(exporting.entries, sorted(places | set(range(start, mark.size)))),
        *await graph.read(exporting.waiting),
        *await graph.read(exporting.tiles, range(start // 256, mark.size // 256 + 1)),
        *mark.head,
    ]
    for kind in (Kind.ACTORS, Kind.ACCESS_KEYS, Kind.CASES):
        rows += await graph.read(exporting.whole, kind)
    found: list[Any] = [[row[0], row[1], sorted(map(_line, row[2]))] for row in rows]
    return b"\n".join(sorted(map(_line, found)))


def _line(value: Any) -> bytes:  # noqa: ANN401 - part of a row.
    return orjson.dumps(value, option=orjson.OPT_SORT_KEYS, default=bytes.decode)


@pytest.mark.parametrize("seed", [1, 2, 3])
async def test_what_is_written_meanwhile(
    house: House, empty: Graph, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The restored graph is as the source was at one instant between the beginning and the end of the backup (E7)."""
    # As if the city were large: many readings, between which something is written.
    monkeypatch.setattr(reading, "_PEOPLE_A_WINDOW", 12)
    monkeypatch.setattr(reading, "LEAVES", 60)
    people = [person.id for person in house.city.people][100 + 40 * seed : 140 + 40 * seed]
    writer = Writer(house.graph, people, seed)
    start = (await house.graph.read(exporting.mark)).size
    every = await house.graph.read(exporting.entries, range(start))
    places = {row[1]["leaf"] for row in every if row[1].get("participant") in people}
    await writer.decide()
    states = [await state(house.graph, people, places, start)]

    async def note() -> None:
        states.append(await state(house.graph, people, places, start))

    monkeypatch.setattr(writer, "between", note)
    making = asyncio.create_task(house.make())
    pauses = random.Random(seed)  # noqa: S311 - no secret
    while not making.done():
        await writer.anything()
        await note()
        await asyncio.sleep(pauses.random() / 20)
    await making
    assert len(states) > 3
    await house.restore_into(empty)
    restored = await state(empty, people, places, start)
    assert restored in states[1:], "the restored graph is a mixture of instants"


_STEPS = ("changed", "people_by_id", "mark", "clock", "entries", "waiting", "tiles", "checkpoints")


@pytest.mark.parametrize("seed", [4, 5, 6])
async def test_what_is_written_within_a_look(
    house: House, empty: Graph, seed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between any two readings of a look: it is seen, and looked again until a look was of one instant."""
    people = [person.id for person in house.city.people][600 + 30 * seed : 630 + 30 * seed]
    writer, chance = Writer(house.graph, people, seed), random.Random(seed)  # noqa: S311 - no secret
    start = (await house.graph.read(exporting.mark)).size
    every = await house.graph.read(exporting.entries, range(start))
    places = {row[1]["leaf"] for row in every if row[1].get("participant") in people}
    states: list[bytes] = []
    left, writing = 25, False

    def disturbed(real: Any) -> Any:  # noqa: ANN401 - a reading.
        async def reading_and_writing(*arguments: Any) -> Any:  # noqa: ANN401 - as it is called.
            nonlocal left, writing
            found = await real(*arguments)
            if left and not writing and chance.random() < 0.5:
                left, writing = left - 1, True
                await writer.anything()
                states.append(await state(house.graph, people, places, start))
                writing = False
            return found

        return reading_and_writing

    with monkeypatch.context() as patched:
        for step in _STEPS:
            patched.setattr(exporting, step, disturbed(getattr(exporting, step)))
        await house.make()
    assert left == 0
    await house.restore_into(empty)
    assert await state(empty, people, places, start) in states


@pytest.mark.parametrize("what", ["erase", "place"])
async def test_what_no_mark_tells_of(house: House, empty: Graph, what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Somebody erased, and entries placed, in the middle of a look: nobody is counted who is gone, no entry is lost."""
    writer = Writer(house.graph, [person.id for person in house.city.people][900:920])
    await writer.place()
    if what == "place":
        await writer.look()
        await writer.take_back()
    real, disturbed = exporting.count_people, 0

    async def counting_and_writing(tx: Any) -> int:  # noqa: ANN401 - a transaction.
        nonlocal disturbed
        found = await real(tx)
        disturbed += 1
        # The first count is that of the beginning.
        if disturbed == 2:
            await getattr(writer, what)()
        return found

    with monkeypatch.context() as patched:
        patched.setattr(exporting, "count_people", counting_and_writing)
        await house.make()
    assert disturbed > 2
    await house.restore_into(empty)
    assert await dump(empty) == await dump(house.graph)


async def test_a_backup_that_is_cut_off_goes_on(house: House, empty: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """It reads what is missing, and what was written in between; the same command is all that is needed."""
    monkeypatch.setattr(reading, "_ROWS_A_PART", dict.fromkeys(reading._ROWS_A_PART, 300))
    monkeypatch.setattr(reading, "_PEOPLE_A_WINDOW", 100)

    def stop_in_the_entries(what: str, done: int, total: int) -> None:
        if "entries" in what and done > total / 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await house.maker.make(house.archive, lambda: house.lock, stop_in_the_entries)
    (listed,) = house.register.rows()
    assert listed.finished is None
    before = sorted(path.name for path in house.archive.glob("base-*"))
    assert len(before) > 4
    kept = {name: (house.archive / name).stat().st_mtime_ns for name in before}
    writer = Writer(house.graph, [person.id for person in house.city.people][300:340])
    await writer.one_of_each()
    await house.maker.make(house.archive, lambda: pytest.fail("It is begun already."), no_progress)
    assert {name: (house.archive / name).stat().st_mtime_ns for name in before} == kept
    assert len(house.register.rows()) == 1
    await house.restore_into(empty)
    assert await dump(empty) == await dump(house.graph)


async def test_a_restore_that_is_cut_off_goes_on(house: House, empty: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wherever that is: nothing is missing, nothing is there twice, and nothing is served meanwhile."""
    monkeypatch.setattr(restoring, "_ROWS_A_BATCH", dict.fromkeys(Kind, 700))
    await house.make()
    written, most = 0, 0

    class Cut(Exception):
        """Ends a restore."""

    real = restoring._add

    async def cut_off(tx: Any, begin: int, end: int, kind: Kind, rows: Any) -> None:  # noqa: ANN401 - as it is called
        nonlocal written
        await real(tx, begin, end, kind, rows)
        written += 1
        if written > most:
            raise Cut

    monkeypatch.setattr(restoring, "_add", cut_off)
    for most in (0, 2, 5, 9):  # noqa: B007 - the function above reads it.
        written = 0
        with pytest.raises(Cut):
            await house.restore_into(empty)
        with pytest.raises(BackupError) as refused:
            await require_servable(empty)
        assert refused.value.code is BackupCode.RESTORE_INCOMPLETE
    monkeypatch.setattr(restoring, "_add", real)
    await house.restore_into(empty)
    assert await dump(empty) == await dump(house.graph)


async def test_a_graph_that_is_not_empty_is_left_alone(house: House, empty: Graph) -> None:
    """Neither the city itself nor a graph with another restore is written to."""
    await house.make()
    before = await dump(house.graph)
    for graph, code in ((house.graph, BackupCode.RESTORE_NOT_EMPTY), (empty, BackupCode.RESTORE_OTHER)):
        if graph is empty:
            other = graph_restoring.Restore("another", 1, 1, RestoreState.RESTORED, 1)
            await graph.write(graph_restoring.begin, other)
        with pytest.raises(BackupError) as refused:
            await house.restore_into(graph)
        assert refused.value.code is code
    assert await dump(house.graph) == before
    assert await dump(empty) == ([], [])


async def test_an_archive_with_a_gap_is_not_taken_for_whole(
    house: House, empty: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody whose body is not there, or somebody too few: the restore ends by its code, and nothing is served."""
    real = exporting.count_people

    async def one_more(tx: Any) -> int:  # noqa: ANN401 - a transaction
        return await real(tx) + 1

    monkeypatch.setattr(exporting, "count_people", one_more)
    await house.make()
    with pytest.raises(BackupError) as refused:
        await house.restore_into(empty)
    assert refused.value.code is BackupCode.ARCHIVE_GAP
    assert refused.value.where == "people"
    with pytest.raises(BackupError) as refused:
        await require_servable(empty)
    assert refused.value.code is BackupCode.RESTORE_INCOMPLETE


async def test_what_never_comes_to_rest(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is given up with a code after so many looks, and what was read stays for the next run."""
    monkeypatch.setattr(catching_up, "_MOST_LOOKS", 3)
    monkeypatch.setattr(catching_up, "_PAUSE", 0)
    writer = Writer(house.graph, [house.city.people[400].id])
    real = exporting.clock

    async def with_somebody_writing(tx: Any) -> int:  # noqa: ANN401 - a transaction
        await writer.decide()
        return await real(tx)

    monkeypatch.setattr(catching_up.exporting, "clock", with_somebody_writing)
    with pytest.raises(BackupError) as refused:
        await house.make()
    assert refused.value.code is BackupCode.BACKUP_DISTURBED
    monkeypatch.setattr(catching_up.exporting, "clock", real)
    await house.make()
