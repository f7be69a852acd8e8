"""After a restore, what people had erased or took back since is done again before anything is served (E7)."""

import asyncio
import io
from pathlib import Path

import pytest

from consent.events import ConsentEvent
from consent.folding import fold
from consent.vocabulary import EventKind, State
from directory.backup.errors import BackupCode, BackupError
from directory.backup.following import Follower
from directory.backup.journal import Journal
from directory.backup.manifest import journal_key
from directory.backup.replaying import Replayed, replay, require_servable
from graph import consents, exporting, restoring
from graph.connection import Graph
from graph.errors import EngineUnavailable
from graph.restoring import Restore, RestoreState
from tests.directory.backup.conftest import House
from tests.directory.small_folder import no_progress
from tests.graph.writers import Writer

pytestmark = pytest.mark.slow

NONE = Replayed(0, 0, 0)


def journal_of(house: House) -> Journal:
    """Open the journal of a house."""
    return Journal(house.folder / "journal" / "erasures.jsonl", journal_key(house.keyring))


def follower_of(house: House) -> Follower:
    """Follow the ledger of a house."""
    return Follower(house.graph, journal_of(house), house.register, lambda: house.now)


def events_in(journal: Journal) -> list[ConsentEvent]:
    """Read the events of a journal."""
    return [event for _, event in journal.read().events]


async def test_what_was_erased_and_taken_back_stays_so(house: House, empty: Graph) -> None:
    """Whoever was erased is not there, and nothing of them opens; whoever took consent back is asked no more."""
    people = [person.id for person in house.city.people][500:510]
    writer = Writer(house.graph, people)
    await follower_of(house).catch_up()
    for person in people:
        await writer.decide(person)
    await house.make()
    taken_back = await writer.take_back()
    gone = [await writer.erase() for _ in range(3)]
    after = await writer.decide()
    await follower_of(house).note()
    await house.restore_into(empty)
    assert len(await empty.read(exporting.people_by_id, gone)) == 3

    done = await replay(empty, journal_of(house), accept_cut=False, progress=no_progress)
    assert done.erased == 3
    assert done.taken_back == (taken_back.person not in gone)
    await require_servable(empty)
    assert await empty.read(exporting.people_by_id, gone) == []
    for person in gone:
        assert await empty.read(consents.events_of, person) == []
    if taken_back.person not in gone:
        purpose = taken_back.purpose
        assert purpose is not None
        standing = fold(await empty.read(consents.events_of, taken_back.person))[purpose]
        assert standing.state is State.WITHDRAWN
    # What was given since the backup is lost, and is asked for again.
    assert after not in await empty.read(consents.events_of, after.person)
    again = await replay(empty, journal_of(house), accept_cut=False, progress=no_progress)
    assert (again.erased, again.taken_back) == (0, 0)


async def test_no_journal_and_a_cut_one_are_refused(house: House, empty: Graph) -> None:
    """By their codes, and nothing is served; only somebody who says that it is lost goes on without it."""
    await house.make()
    await house.restore_into(empty)
    journal = journal_of(house)

    async def refused() -> BackupCode:
        with pytest.raises(BackupError) as failure:
            await replay(empty, journal, accept_cut=False, progress=no_progress)
        with pytest.raises(BackupError) as still:
            await require_servable(empty)
        assert still.value.code is BackupCode.RESTORE_NOT_REPLAYED
        return failure.value.code

    assert await refused() is BackupCode.JOURNAL_MISSING
    journal.note_reached(0)
    await follower_of(house).note()
    # The line that is cut off below; without the one before it the journal would be a stale one.
    journal.note_reached((await house.graph.read(exporting.mark)).size)
    path: Path = journal._path
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert await refused() is BackupCode.JOURNAL_CUT
    path.write_bytes(b"{}\n" + whole)
    assert await refused() is BackupCode.JOURNAL_BROKEN
    path.write_bytes(whole[:-3])
    await replay(empty, journal, accept_cut=True, progress=no_progress)
    await require_servable(empty)
    await empty.write(restoring.set_state, RestoreState.RESTORED)
    assert await replay(empty, None, accept_cut=False, progress=no_progress) == NONE
    await require_servable(empty)


async def test_only_a_whole_restore_is_replayed(house: House, empty: Graph) -> None:
    """Not a graph that came from no backup, and not half of one."""
    with pytest.raises(BackupError) as refused:
        await replay(empty, journal_of(house), accept_cut=False, progress=no_progress)
    assert refused.value.code is BackupCode.RESTORE_NONE
    await empty.write(restoring.begin, Restore("archive", 1, 1, RestoreState.RESTORING, 3))
    with pytest.raises(BackupError) as refused:
        await replay(empty, journal_of(house), accept_cut=False, progress=no_progress)
    assert refused.value.code is BackupCode.RESTORE_INCOMPLETE


async def test_what_a_crash_left_out_is_caught_up(house: House) -> None:
    """Between the commit and the line in the journal: the next start appends it, once, placed or waiting."""
    follower = follower_of(house)
    # What waited for its place when the journal began may be in it.
    began = await follower.catch_up()
    writer = Writer(house.graph, [person.id for person in house.city.people][520:530])
    placed = await writer.take_back()
    await writer.place()
    waiting = await writer.take_back()
    await writer.decide()
    await writer.look()
    await writer.issue()
    assert await follower_of(house).catch_up() == 2
    assert [event.id for event in events_in(journal_of(house))][began:] == [placed.id, waiting.id]
    await writer.place()
    assert await follower.catch_up() == 0
    assert await follower_of(house).catch_up() == 0
    erased = await writer.erase()
    assert await follower.catch_up() == 1
    assert [event.kind for event in events_in(journal_of(house)) if event.person == erased] == [EventKind.ERASED]


async def test_a_journal_that_was_lost_begins_with_the_oldest_backup(house: House) -> None:
    """What was taken back before a backup is in it; what came after any that is kept is needed."""
    writer = Writer(house.graph, [person.id for person in house.city.people][530:540])
    before = await writer.take_back()
    await writer.place()
    made = await house.make()
    assert made.finished_at.waiting == 0
    since = await writer.take_back()
    await writer.place()
    assert await follower_of(house).catch_up() == 1
    events = {event.id for event in events_in(journal_of(house))}
    assert since.id in events
    assert before.id not in events


async def test_it_follows_until_it_is_stopped(house: House, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """What anybody writes is in the journal soon; an engine that is away is told once, and tried again."""
    follower = follower_of(house)
    await follower.catch_up()
    real, failing = exporting.mark, True

    async def away(tx: object) -> exporting.Mark:
        if failing:
            raise EngineUnavailable
        return await real(tx)  # type: ignore[arg-type]

    monkeypatch.setattr(exporting, "mark", away)
    task = asyncio.create_task(follower.follow(0.02))
    await asyncio.sleep(0.5)
    failing = False
    writer = Writer(house.graph, [person.id for person in house.city.people][540:550])
    made = await writer.take_back()
    async with asyncio.timeout(20):
        while made.id not in {event.id for event in events_in(journal_of(house))}:  # noqa: ASYNC110 - nobody tells
            await asyncio.sleep(0.05)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert log.getvalue().count("journal_failed") == 1
    assert "ENGINE_UNAVAILABLE" in log.getvalue()
