"""Retention: what must go is found, listed, and destroyed by a sweep, each kind with its report (P11, P15).

A sweep goes through the whole directory window by window. Cut off, it is run again: what is done is no longer found.
"""

import secrets
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from consent.events import Capture, ConsentEvent
from consent.ledger.commitments import SALT_BYTES
from consent.vocabulary import CONSENTED_PURPOSES, CaptureMethod, EventKind, Purpose
from directory.rights.desk import Keep, keep_nothing
from directory.rights.erasure import erase_person
from graph import consents, ledger, retention
from graph.connection import Graph
from graph.consents import Outcome
from graph.erasing import ErasureOrder
from graph.people import population
from graph.transaction import Transaction
from graph.verifications import KEPT as VERIFICATIONS_KEPT
from graph.windows import Axis, Window

_DAY: Final = 24 * 60 * 60 * 1000

ASKED_AGAIN_FOR: Final = 30 * _DAY
"""How long somebody is kept after their last consent, or their enrolment, ended, so that they can be asked again."""

LOOKS_KEPT: Final = 2 * 366 * _DAY
"""Access logs are kept for two years (P15), and no longer."""

CASES_KEPT: Final = 3 * 366 * _DAY
"""Answered cases are kept as long as the record of who was permitted what."""

_PEOPLE_A_WINDOW: Final = 20_000
_ROWS_AT_ONCE: Final = 500
_WITHIN: Final = 60.0

Progress = Callable[[str, int, int], None]


class Sort(StrEnum):
    """What a sweep takes care of."""

    CONSENTS = "consents past their end"
    PEOPLE = "people without a basis"
    LOOKS = "looks past two years"
    VERIFICATIONS = "verifications past a day"
    CASES = "answered cases past three years"


@dataclass(frozen=True, slots=True)
class SweepReport:
    """What a sweep found of one sort, and how much of it it has done; ids alone, and for looks how many rows."""

    sort: Sort
    found: int
    done: int
    ids: tuple[str, ...]


class Retention:
    """Sweeps."""

    def __init__(self, graph: Graph, clock: Callable[[], int], operator: str, keep: Keep = keep_nothing) -> None:
        """Take the graph, a clock in epoch milliseconds, who runs it, an actor's id, and the journal."""
        self._graph = graph
        self._keep = keep
        self._clock = clock
        self._operator = operator

    async def sweep(self, progress: Progress, *, record: bool, destroy: bool) -> list[SweepReport]:
        """Find everything that must go, and take care of it as far as it is told to; a report for each sort.

        `record` writes down that consents have ended, which puts people on the list of those to be asked again;
        `destroy` destroys people without a basis, and what is past its time. Without either nothing is changed.
        """
        return [
            await self.consents(progress, record=record),
            await self.people(progress, destroy=destroy),
            await self.looks(progress, destroy=destroy),
            await self._aged(Sort.VERIFICATIONS, VERIFICATIONS_KEPT, destroy=destroy),
            await self._aged(Sort.CASES, CASES_KEPT, destroy=destroy),
        ]

    async def consents(self, progress: Progress, *, record: bool) -> SweepReport:
        """Find consents past their end, and record an EXPIRED event for each."""
        found: list[str] = []
        done = 0

        async def look(window: Window) -> None:
            nonlocal done
            now = self._clock()
            for purpose in CONSENTED_PURPOSES:
                people = await self._graph.read(retention.lapsed, window, purpose, now)
                found.extend(f"{person} {purpose}" for person in people)
                for person in people if record else ():
                    event = self._expired(person, purpose, now)
                    recorded = await self._graph.write(consents.record, event, secrets.token_bytes(SALT_BYTES))
                    done += recorded.outcome is Outcome.RECORDED

        await self._through(Sort.CONSENTS, progress, look)
        return SweepReport(Sort.CONSENTS, len(found), done, tuple(found))

    def _expired(self, person: str, purpose: Purpose, now: int) -> ConsentEvent:
        capture = Capture(CaptureMethod.SYSTEM, self._operator)
        return ConsentEvent(uuid.uuid4().hex, person, EventKind.EXPIRED, purpose, now, now, capture)

    async def re_ask_list(self, purpose: Purpose) -> list[str]:
        """Return the ids of those whose consent for a purpose ended, and who may be asked again."""
        found: list[str] = []

        async def look(window: Window) -> None:
            found.extend(await self._graph.read(retention.to_be_asked_again, window, purpose))

        await self._through(Sort.CONSENTS, _silent, look)
        return found

    async def people(self, progress: Progress, *, destroy: bool) -> SweepReport:
        """Find people whose every purpose and enrolment ended some time ago, and erase them one by one."""
        found: list[str] = []
        done = 0

        async def look(window: Window) -> None:
            nonlocal done
            ended = self._clock() - ASKED_AGAIN_FOR

            async def still(tx: Transaction, person: str) -> bool:
                alone = Window(person[:-1], f"{person}~", 0)
                return person in await retention.without_basis(tx, alone, ended)

            people = await self._graph.read(retention.without_basis, window, ended)
            found.extend(people)
            for person in people if destroy else ():
                erased = await erase_person(self._graph, self._order(person), None, still)
                if erased is not None:
                    await self._keep(erased)
                    done += 1

        await self._through(Sort.PEOPLE, progress, look)
        return SweepReport(Sort.PEOPLE, len(found), done, tuple(found))

    async def looks(self, progress: Progress, *, destroy: bool) -> SweepReport:
        """Find disclosures that are older than they are kept, and empty them: a tombstone names their places (C7)."""
        found = done = 0
        tombstones: list[str] = []

        async def look(window: Window) -> None:
            nonlocal found, done
            before = self._clock() - LOOKS_KEPT
            if not destroy:
                found += await self._graph.read(retention.count_old_rows, window, before)
                return
            while True:
                order = self._order(str(uuid.uuid4()))
                emptied = await self._graph.write(_empty, window, before, order, within=_WITHIN)
                if emptied is None:
                    await self._graph.write(ledger.sequence, _ROWS_AT_ONCE)
                    continue
                rows, event = emptied
                if event is None:
                    return
                await self._keep(event)
                found, done = found + rows, done + rows
                tombstones.append(event.id)

        await self._through(Sort.LOOKS, progress, look)
        return SweepReport(Sort.LOOKS, found, done, tuple(tombstones))

    def _order(self, identity: str) -> ErasureOrder:
        capture = Capture(CaptureMethod.SYSTEM, self._operator)
        return ErasureOrder(identity, "retention", self._clock(), capture, secrets.token_bytes(SALT_BYTES))

    async def _aged(self, sort: Sort, kept: int, *, destroy: bool) -> SweepReport:
        before, found, done = self._clock() - kept, list[str](), 0
        kinds = _AGED[sort]
        for find, drop in kinds:
            while True:
                ids = await self._graph.read(find, before, _ROWS_AT_ONCE)
                found += ids
                if not destroy or not ids:
                    break
                await self._graph.write(drop, ids)
                done += len(ids)
        return SweepReport(sort, len(found), done, tuple(found))

    async def _through(self, sort: Sort, progress: Progress, look: Callable[[Window], Awaitable[None]]) -> None:
        people = await self._graph.read(population)
        axis = Axis.by_id(people)
        at, width = 0, axis.width_for(_PEOPLE_A_WINDOW)
        while at < axis.length:
            window = axis.window(None, at, width)
            await look(window)
            at = window.end
            progress(sort, round(people * at / axis.length), people)


async def _empty(
    tx: Transaction, window: Window, before: int, order: ErasureOrder
) -> tuple[int, ConsentEvent | None] | None:
    """Empty some old rows, and return how many and the fact of it; None where looks wait for their places first."""
    rows = await retention.old_rows(tx, window, before, _ROWS_AT_ONCE)
    if rows is None:
        return None
    return len(rows), await retention.empty_rows(tx, window, rows, order) if rows else None


def _silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


_Find = Callable[[Transaction, int, int], Awaitable[list[str]]]
_Drop = Callable[[Transaction, Sequence[str]], Awaitable[None]]
_AGED: Final[dict[Sort, tuple[tuple[_Find, _Drop], ...]]] = {
    Sort.VERIFICATIONS: (
        (retention.old_verifications, retention.drop_verifications),
        (retention.old_attempts, retention.drop_attempts),
    ),
    Sort.CASES: ((retention.old_cases, retention.drop_cases),),
}
