"""Keeping the journal whole: what the graph has and the journal lacks is appended, whoever wrote it.

Rooms append what they have just committed by themselves, so that no second passes in between. A crash in that moment,
a command beside the service, or another service on the same graph is made up for here.
"""

import asyncio
import logging
from collections.abc import Callable, Iterable
from typing import Final

import orjson

from consent.errors import EventRefused
from consent.events import ConsentEvent, read_event
from directory.backup.errors import BackupError
from directory.backup.journal import JOURNALED, Journal
from directory.backup.reading import LEAVES, WITHIN
from directory.backup.register import Register
from directory.backup.replaying import require_servable
from directory.errors import DirectoryError
from directory.ledger.errors import LedgerDiverged
from directory.logs import log_event, log_fault
from graph import exporting
from graph.connection import Graph
from graph.errors import GraphError

_EVERY: Final = 5.0
# How far the journal reached is noted so seldom that it stays short; what lies between is only read again.
_NOTED_EVERY: Final = 2_000


class Follower:
    """Follows the ledger, and appends to the journal what belongs there."""

    def __init__(self, graph: Graph, journal: Journal, register: Register, clock: Callable[[], int]) -> None:
        """Take the graph, the journal, the list of backups, and a clock."""
        self._graph = graph
        self._journal = journal
        self._register = register
        self._clock = clock
        self._reached: int | None = None
        self._noted: int | None = None

    async def catch_up(self) -> int:
        """Append what is missing, and return how much that was.

        Raises BackupError, what the graph raises, and LedgerDiverged for an entry that is none, after everything else
        that is missing was appended. A graph that was restored and not replayed begins no journal. A journal that is
        not there begins with what came after the oldest backup that is still kept; without one, with now, since there
        is nothing that could bring anything back.
        """
        size = (await self._graph.read(exporting.mark)).size
        if self._reached is None:
            await require_servable(self._graph)
            self._reached = self._noted = self._journal.read().reached if self._journal.exists else None
        if self._reached is None:
            kept = self._register.kept(self._clock())
            self._reached = min((row.ledger_size for row in kept), default=size)
        found: list[str] = []
        for start in range(min(self._reached, size), size, LEAVES):
            leaves = range(start, min(start + LEAVES, size))
            found += await self._graph.read(exporting.contents, leaves, within=WITHIN)
        found += await self._graph.read(exporting.waiting_contents, within=WITHIN)
        events, unreadable = _taking_away(found)
        added = await asyncio.to_thread(self._journal.append, events) if events else 0
        if unreadable:
            raise LedgerDiverged(f"{unreadable:,} of its entries are none that could be recorded")
        self._reached = size
        if self._noted is None or not self._noted <= size < self._noted + _NOTED_EVERY:
            await asyncio.to_thread(self._journal.note_reached, size)
            self._noted = size
        return added

    async def note(self) -> None:
        """Catch up, and write down how far the journal reaches: as with a backup, for which it is needed from there."""
        await self.catch_up()
        if self._noted != self._reached:
            await asyncio.to_thread(self._journal.note_reached, self._reached or 0)
            self._noted = self._reached

    async def follow(self, every: float = _EVERY) -> None:
        """Catch up again and again, until cancelled; what fails is told once and tried again."""
        failing = None
        while True:
            await asyncio.sleep(every)
            try:
                await self.catch_up()
            except (GraphError, BackupError, DirectoryError, OSError) as failure:
                code = str(getattr(failure, "code", type(failure).__name__))
                if code != failing:
                    log_event("journal_failed", logging.ERROR, code=code)
                failing = code
            except Exception as fault:  # noqa: BLE001 - a task that ended would leave the journal behind unnoticed.
                if failing != type(fault).__name__:
                    log_fault("journal", fault)
                failing = type(fault).__name__
            else:
                failing = None


def _taking_away(contents: Iterable[str]) -> tuple[list[ConsentEvent], int]:
    """Return the events that the journal keeps, and of how many contents it can't be told: a key's change is none."""
    events, unreadable = [], 0
    for content in contents:
        try:
            found = orjson.loads(content)
            if found.get("kind") in JOURNALED and "person" in found:
                events.append(read_event(found))
        except (AttributeError, TypeError, EventRefused, orjson.JSONDecodeError):
            unreadable += 1
    return events, unreadable
