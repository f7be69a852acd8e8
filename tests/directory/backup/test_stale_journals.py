"""A journal that does not reach as far as a backup, or no longer back to it, brings nobody back unnoticed (E7)."""

import asyncio
from dataclasses import replace

import pytest

from directory.backup.archive import Archive
from directory.backup.errors import BackupCode, BackupError
from directory.backup.following import Follower
from directory.backup.making import Maker
from directory.backup.manifest import KEPT, Manifest, Plan, manifest_key
from directory.backup.replaying import MARGIN, replay, require_servable
from directory.errors import DirectoryError
from graph import exporting, ledger, ledger_entries, restoring
from graph.connection import Graph
from graph.inventory import SCHEMA
from graph.restoring import Restore, RestoreState
from tests.directory.backup.conftest import House
from tests.directory.backup.test_replaying import events_in, follower_of, journal_of
from tests.directory.small_folder import no_progress
from tests.graph.empty_ledger import tamper
from tests.graph.writers import Writer

pytestmark = pytest.mark.slow


async def refused(graph: Graph, house: House, *, accept_stale: bool = False) -> BackupCode:
    """Replay, and return why that is refused."""
    with pytest.raises(BackupError) as failure:
        await replay(graph, journal_of(house), accept_cut=False, accept_stale=accept_stale, progress=no_progress)
    with pytest.raises(BackupError):
        await require_servable(graph)
    return failure.value.code


async def test_a_journal_has_to_reach_the_backup(house: House, empty: Graph) -> None:
    """One that ends before it may lack erasures; whoever has no other says so, and is told what that risks."""
    restored = Restore("archive", house.now, house.now, RestoreState.RESTORED, 1, ledger_size=90)
    await empty.write(restoring.begin, restored)
    journal = journal_of(house)
    journal.append([])
    assert await refused(empty, house) is BackupCode.JOURNAL_STALE
    journal.note_reached(89)
    assert await refused(empty, house) is BackupCode.JOURNAL_STALE
    await replay(empty, journal, accept_cut=False, accept_stale=True, progress=no_progress)
    await require_servable(empty)
    await empty.write(restoring.set_state, RestoreState.RESTORED)
    journal.note_reached(90)
    await replay(empty, journal, accept_cut=False, progress=no_progress)
    await require_servable(empty)


async def test_a_journal_has_to_go_back_to_the_backup(house: House, empty: Graph) -> None:
    """What it dropped can't be replayed, whatever is accepted."""
    writer = Writer(house.graph, [person.id for person in house.city.people][540:550])
    await follower_of(house).note()
    journal = journal_of(house)
    journal.append([await writer.take_back()])
    journal.note_reached(10**9)
    (written, _) = journal.read().events[-1]
    journal.prune(written + 1)
    pruned = journal.read().pruned_before
    assert pruned == written + 1
    await empty.write(restoring.begin, Restore("archive", 1, pruned + MARGIN - 1, RestoreState.RESTORED, 1))
    assert await refused(empty, house, accept_stale=True) is BackupCode.JOURNAL_PRUNED
    await tamper(empty, "MATCH (r:Restore) SET r.replay_from = r.replay_from + 1")
    await replay(empty, journal, accept_cut=False, progress=no_progress)
    await require_servable(empty)


async def test_a_restore_is_an_entry_of_the_ledger(house: House, empty: Graph) -> None:
    """With its archive and how far it reached, placed at once; replaying again adds no other."""
    await house.make()
    await follower_of(house).note()
    await house.restore_into(empty)
    size = await empty.read(ledger.size)
    for _ in range(2):
        await replay(empty, journal_of(house), accept_cut=False, progress=no_progress)
        assert not await empty.read(ledger.waiting_at_all)
    # Before it, what waited in the archive gets its place.
    found = await empty.read(ledger_entries.entries, size, await empty.read(ledger.size))
    told = [entry.content for entry in found if entry.kind == "PermissionChange" and '"RESTORED"' in entry.content]
    assert len(told) == 1
    assert f'"entries":{(await house.graph.read(exporting.mark)).size}' in told[0]


async def test_a_backup_that_is_past_is_neither_gone_on_with_nor_restored(house: House, empty: Graph) -> None:
    """E7: thirty days after it began; a new one is made in another folder."""
    plan = Plan("archive-1", house.now, 0, "ArcadeDB", 1, 0, -1, "", house.lock.recipient, "")
    archive = Archive(house.archive, manifest_key(house.keyring))
    archive.begin(Manifest(plan, SCHEMA), None)
    late = Maker(house.graph, house.keyring, house.register, lambda: house.now + KEPT)
    with pytest.raises(BackupError) as failure:
        await late.make(house.archive, lambda: house.lock, no_progress)
    assert failure.value.code is BackupCode.ARCHIVE_EXPIRED
    assert house.register.rows() == []
    (house.archive / "progress.json").unlink()
    await house.make()
    with pytest.raises(BackupError) as failure:
        await replace(house, now=house.now + KEPT).restore_into(empty)
    assert failure.value.code is BackupCode.ARCHIVE_EXPIRED
    assert await empty.read(restoring.restore) is None


async def test_no_journal_begins_on_a_graph_that_was_not_replayed(house: House, empty: Graph) -> None:
    """It would pass for one that has what was erased since the backup."""
    await empty.write(restoring.begin, Restore("archive", 1, 1, RestoreState.RESTORED, 1))
    follower = Follower(empty, journal_of(house), house.register, lambda: house.now)
    with pytest.raises(BackupError) as failure:
        await follower.catch_up()
    assert failure.value.code is BackupCode.RESTORE_NOT_REPLAYED
    assert not journal_of(house).exists


async def test_an_entry_that_is_none_keeps_nothing_from_the_journal(
    house: House, monkeypatch: pytest.MonkeyPatch, log: object
) -> None:
    """What can be read is kept, and the rest told; the task goes on, also from what nobody foresaw."""
    follower = follower_of(house)
    await follower.note()
    writer = Writer(house.graph, [person.id for person in house.city.people][550:560])
    forged = {"id": "forged", "content": '{"kind":"WITHDRAWN","person":"x"}', "ledger_queue": "pending"}
    await tamper(house.graph, "CREATE (e:Entry:ConsentEvent) SET e = $row", row=forged)
    taken_back = await writer.take_back()
    try:
        with pytest.raises(DirectoryError, match="1 of its entries"):
            await follower.catch_up()
        assert taken_back in events_in(journal_of(house))
    finally:
        await tamper(house.graph, "MATCH (e:ConsentEvent {id: 'forged'}) DELETE e")

    calls, often = 0, asyncio.Event()

    async def fails() -> int:
        nonlocal calls
        calls += 1
        if calls == 3:
            often.set()
        raise KeyError

    monkeypatch.setattr(follower, "catch_up", fails)
    task = asyncio.create_task(follower.follow(0.01))
    await often.wait()
    task.cancel()
    assert str(log.getvalue()).count('"fault": "KeyError"') == 1  # type: ignore[attr-defined]
