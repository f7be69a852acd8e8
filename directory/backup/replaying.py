"""Doing again what came after a backup and no restore may undo: erasures, and what was taken back (E7)."""

import secrets
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from consent.events import ConsentEvent
from consent.ledger.commitments import SALT_BYTES
from consent.vocabulary import EventKind
from directory import clock
from directory.backup.errors import BackupCode, BackupError
from directory.backup.journal import Content, Journal
from directory.backup.reading import Progress
from directory.ledger.sequencer import place_everything
from directory.rights.erasure import erase_person
from graph import consents, exporting, restoring
from graph.connection import Graph
from graph.consents import Outcome
from graph.erasing import ErasureOrder
from graph.ledger import EntrySeed
from graph.restoring import Restore, RestoreState

MARGIN: Final = 24 * 60 * 60 * 1000
"""How much of the journal before a backup is replayed as well: clocks differ, and replaying in vain does no harm."""


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many people were erased again, how many decisions taken back again, and how many the backup had already."""

    erased: int
    taken_back: int
    already: int


async def require_servable(graph: Graph) -> None:
    """Raise BackupError RESTORE_INCOMPLETE or RESTORE_NOT_REPLAYED for a graph that may not be served yet."""
    restore = await graph.read(restoring.restore)
    if restore is None or restore.state is RestoreState.REPLAYED:
        return
    incomplete = restore.state is RestoreState.RESTORING
    raise BackupError(BackupCode.RESTORE_INCOMPLETE if incomplete else BackupCode.RESTORE_NOT_REPLAYED)


async def replay(
    graph: Graph, journal: Journal | None, *, accept_cut: bool, accept_stale: bool = False, progress: Progress
) -> Replayed:
    """Replay the journal on a restored graph, which may be served afterwards; harmless when repeated.

    That there was a restore becomes an entry of the ledger. Without a journal nothing is replayed: somebody said that
    it is lost. Raises BackupError RESTORE_NONE, RESTORE_INCOMPLETE, JOURNAL_MISSING, JOURNAL_BROKEN, JOURNAL_CUT,
    JOURNAL_PRUNED or JOURNAL_STALE before anything is done.
    """
    restore = await graph.read(restoring.restore)
    if restore is None:
        raise BackupError(BackupCode.RESTORE_NONE)
    if restore.state is RestoreState.RESTORING:
        raise BackupError(BackupCode.RESTORE_INCOMPLETE)
    events: Sequence[ConsentEvent] = ()
    if journal is not None:
        content = journal.read()
        if not content.whole and not accept_cut:
            raise BackupError(BackupCode.JOURNAL_CUT)
        _require_enough(content, restore, accept_stale=accept_stale)
        events = [event for written, event in content.events if written >= restore.replay_from - MARGIN]
    done = {"erased": 0, "taken_back": 0, "already": 0}
    for number, event in enumerate(events):
        done[await _again(graph, event)] += 1
        progress("Replaying", number + 1, len(events))
    entry = EntrySeed(str(uuid.uuid4()), secrets.token_bytes(SALT_BYTES))
    await graph.write(restoring.set_replayed, entry, clock.now())
    # Of erasures that wait for their places nobody could tell later whether they are of this day.
    await place_everything(graph)
    if journal is not None:
        # The ledger is shorter than it was: what is added from here on has not reached the journal.
        journal.note_reached((await graph.read(exporting.mark)).size)
    return Replayed(**done)


def _require_enough(content: Content, restore: Restore, *, accept_stale: bool) -> None:
    """Raise where the journal begins after the backup did, or ends before it was finished."""
    if content.pruned_before is not None and restore.replay_from - MARGIN < content.pruned_before:
        raise BackupError(BackupCode.JOURNAL_PRUNED)
    if not accept_stale and (content.reached is None or content.reached < restore.ledger_size):
        raise BackupError(BackupCode.JOURNAL_STALE)


async def _again(graph: Graph, event: ConsentEvent) -> str:
    """Do one thing again, and say what it counts as."""
    salt = secrets.token_bytes(SALT_BYTES)
    if event.kind is not EventKind.ERASED:
        recorded = await graph.write(consents.record, event, salt)
        return "taken_back" if recorded.outcome is Outcome.RECORDED else "already"
    order = ErasureOrder(event.person, event.basis, event.at, event.capture, salt)
    return "already" if await erase_person(graph, order, None) is None else "erased"
