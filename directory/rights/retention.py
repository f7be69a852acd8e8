"""Retention: what must go is found, listed, and destroyed by a sweep, each kind with its report (P11, P15).

A sweep goes through the whole directory window by window. Cut off, it is run again: what is done is no longer found.
"""

import secrets
import uuid
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from typing import Final

from consent.cases import CaseState, CaseStep, step
from consent.events import Capture, ConsentEvent
from consent.ledger.commitments import SALT_BYTES
from consent.notice_book import NoticeBook
from consent.vocabulary import CONSENTED_PURPOSES, CaptureMethod, EventKind, Purpose
from directory.rights.desk import Keep, keep_nothing
from directory.rights.erasure import erase_person
from directory.rights.wording import UNCONFIRMED
from graph import cases, consents, ledger, retention
from graph.connection import Graph
from graph.consents import Outcome
from graph.erasing import ErasureOrder
from graph.people import population
from graph.transaction import Transaction
from graph.verifications import KEPT as VERIFICATIONS_KEPT
from graph.windows import Axis, Window

_DAY: Final = 24 * 60 * 60 * 1000

GONE_AFTER: Final = 3 * _DAY
"""How long somebody is kept after their last consent, or their enrolment, ended.

They are destroyed without delay, which is five days at most (P10, P11). A sweep runs daily: so one that fails can be
made up for.
"""

ASKED_BEFORE: Final = 30 * _DAY
"""How long before the end of a consent somebody is on the list of those to be asked again: after it they are gone."""

WAITING_KEPT: Final = 90 * _DAY
"""How long a refused correction keeps the contact that was wanted, so that an appeal can still be granted."""

LOOKS_KEPT: Final = 2 * 366 * _DAY
"""Whom a look showed, and what, is kept for two years (P15), and no longer; that there was one, and whose, stays.

Its leaf commits to actor, origin and instant as a whole: see docs/privacy.md, P15.
"""

CASES_KEPT: Final = 3 * 366 * _DAY
"""Answered cases are kept as long as the record of who was permitted what."""

_PEOPLE_A_WINDOW: Final = 20_000
_EVENTS_A_WINDOW: Final = 2_000
_ROWS_AT_ONCE: Final = 500
# A list that changes nothing is found at once: nobody can go on from where it would have been cut.
_EVERY_ROW: Final = 2**31 - 1
_WITHIN: Final = 60.0

Progress = Callable[[str, int, int], None]


class Sort(StrEnum):
    """What a sweep takes care of."""

    CONSENTS = "consents past their end"
    UNCONFIRMED = "corrections that nobody confirmed in time"
    PEOPLE = "people without a basis"
    LOOKS = "looks past two years"
    VERIFICATIONS = "verifications past a day"
    WAITING = "contacts of corrections refused ninety days ago"
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

        `record` writes down that consents have ended, and refuses corrections that nobody confirmed in time; `destroy`
        destroys people without a basis, and what is past its time. Without either nothing is changed.
        """
        return [
            await self.consents(progress, record=record),
            # Before the people, since nobody who waits for an answer is destroyed.
            await self.unconfirmed(record=record),
            await self.people(progress, destroy=destroy),
            await self.looks(progress, destroy=destroy),
            *[await self.aged(sort, destroy=destroy) for sort in AGED],
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

    async def re_ask_list(self, purpose: Purpose, book: NoticeBook) -> list[str]:
        """Return the ids of those who are to be asked again for a purpose.

        They are those whose consent has ended, or will within thirty days, and those who agreed under a notice whose
        substance has changed since (P1). What was agreed stands meanwhile.
        """
        found: list[str] = []
        now = self._clock()
        outdated = book.outdated(purpose, now)

        async def look(window: Window) -> None:
            again = set(await self._graph.read(retention.to_be_asked_again, window, purpose, now + ASKED_BEFORE))
            if outdated:
                again.update(await self._graph.read(retention.agreed_under, window, purpose, outdated, within=_WITHIN))
            found.extend(sorted(again))

        await self._through(Sort.CONSENTS, _silent, look, _EVENTS_A_WINDOW if outdated else _PEOPLE_A_WINDOW)
        return found

    async def unconfirmed(self, *, record: bool) -> SweepReport:
        """Find corrections that nobody confirmed in time, and refuse them, so that they hold nothing up for ever."""
        closing = partial(_close, now=self._clock(), by=self._operator)
        pairs = ((retention.unconfirmed, closing),)
        return await self._those_before(Sort.UNCONFIRMED, self._clock(), pairs, act=record)

    async def people(self, progress: Progress, *, destroy: bool) -> SweepReport:
        """Find people whose every purpose and enrolment ended some time ago, and erase them one by one."""
        found: list[str] = []
        done = 0

        async def look(window: Window) -> None:
            nonlocal done
            ended = self._clock() - GONE_AFTER

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

    async def aged(self, sort: Sort, *, destroy: bool) -> SweepReport:
        """Find what is past its time, and drop it."""
        kept, pairs = AGED[sort]
        return await self._those_before(sort, self._clock() - kept, pairs, act=destroy)

    async def _those_before(self, sort: Sort, before: int, pairs: "_Pairs", *, act: bool) -> SweepReport:
        found, done = list[str](), 0
        for find, drop in pairs:
            while True:
                ids = await self._graph.read(find, before, _ROWS_AT_ONCE if act else _EVERY_ROW, within=_WITHIN)
                found += ids
                if not act or not ids:
                    break
                await self._graph.write(drop, ids)
                done += len(ids)
        return SweepReport(sort, len(found), done, tuple(found))

    async def _through(
        self,
        sort: Sort,
        progress: Progress,
        look: Callable[[Window], Awaitable[None]],
        people_a_window: int = _PEOPLE_A_WINDOW,
    ) -> None:
        people = await self._graph.read(population)
        axis = Axis.by_id(people)
        at, width = 0, axis.width_for(people_a_window)
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


async def _close(tx: Transaction, ids: Sequence[str], *, now: int, by: str) -> None:
    """Refuse corrections, unless somebody was quicker; what they waited to write stays for an appeal."""
    for each in ids:
        stored = await cases.one(tx, each)
        if stored is not None and stored.case.state is CaseState.OPEN:
            await cases.move(tx, stored.case, step(stored.case, CaseStep.REFUSE, at=now, by=by, reason=UNCONFIRMED))


_Find = Callable[[Transaction, int, int], Awaitable[list[str]]]
_Drop = Callable[[Transaction, Sequence[str]], Awaitable[None]]
_Pairs = tuple[tuple[_Find, _Drop], ...]
AGED: Final[dict[Sort, tuple[int, _Pairs]]] = {
    Sort.VERIFICATIONS: (
        VERIFICATIONS_KEPT,
        (
            (retention.old_verifications, retention.drop_verifications),
            (retention.old_attempts, retention.drop_attempts),
        ),
    ),
    Sort.WAITING: (WAITING_KEPT, ((retention.old_waiting, retention.drop_waiting),)),
    Sort.CASES: (CASES_KEPT, ((retention.old_cases, retention.drop_cases),)),
}
"""What is dropped when it is past its time: how long it is kept, in milliseconds, how it is found, how it goes."""
