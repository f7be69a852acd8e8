"""Decisions recorded durably, alone and side by side, and people erased, with the ledger kept going beside it."""

import asyncio
import itertools
import secrets
import time
import uuid
from collections.abc import Awaitable, Callable
from typing import Final

import orjson

from bench.errors import BenchStopped
from bench.figures import Spread, Timed
from bench.opened import Opened
from bench.questions import WHOLE_CITY
from bench.rounds import Effort
from consent.events import Capture, ConsentEvent
from consent.ledger.commitments import SALT_BYTES
from consent.notice_parts import Language, Notice
from consent.notices import content_hash
from consent.vocabulary import CaptureMethod, EventKind, Purpose
from directory import clock
from directory.notices.book import load_book
from directory.rights.erasure import erase_person
from graph import consents, ledger_checks
from graph.consents import Outcome
from graph.erasing import ErasureOrder
from graph.ledger_checks import LedgerCheck

# None of the purposes whose pages are measured: the decisions stay in the city, where that is kept.
_DECIDED: Final = Purpose.CITY_MONITORING
_SIDE_BY_SIDE: Final = (1, 8, 32)
_CAPTURE: Final = Capture(CaptureMethod.KIOSK, "bench-kiosk")
_ERASED_SHARE: Final = 10


async def measure_recording(opened: Opened, effort: Effort) -> list[Timed]:
    """Record as many decisions as the effort says, so many at once, and erase a tenth as many people one by one.

    The baseline is a transaction of the same engine that writes one small node durably, through the plain driver.
    """
    people = await _people(opened, effort.requests)
    notice = load_book().current(_DECIDED, clock.now())
    assert notice is not None
    baseline = await _milliseconds([_write_little(opened) for _ in range(len(people) // 2)], 1)
    found = []
    for many in _SIDE_BY_SIDE:
        taken = await _milliseconds([_record(opened, person, notice) for person in people], many)
        found.append(Timed(f"decisions recorded, {many} at once", len(people), taken, baseline))
    gone = people[::_ERASED_SHARE]
    taken = await _milliseconds([_erase(opened, person) for person in gone], 1)
    found.append(Timed("people erased, one by one", len(gone), taken, baseline))
    return found


async def _people(opened: Opened, many: int) -> list[str]:
    """Return the ids of so many people, from pages of the whole city."""
    ids: list[str] = []
    after = None
    while len(ids) < many:
        page = orjson.loads(await opened.http.post(WHOLE_CITY.page(after).body))["data"]["participants"]
        ids += [node["id"] for node in page["nodes"]]
        after = page["endCursor"]
        if after is None:
            break
    return ids[:many]


async def _milliseconds(work: list[Callable[[], Awaitable[None]]], many: int) -> Spread:
    """Do everything, so many at once, and return the milliseconds that each takes of the whole time."""
    waiting, shares = iter(work), []
    for stretch in iter(lambda: list(itertools.islice(waiting, max(many, 20))), []):
        gate = asyncio.Semaphore(many)

        async def one(each: Callable[[], Awaitable[None]], gate: asyncio.Semaphore = gate) -> None:
            async with gate:
                await each()

        begun = time.perf_counter()
        await asyncio.gather(*map(one, stretch))
        shares.append((time.perf_counter() - begun) * 1000 / len(stretch))
    return Spread.of(shares)


def _write_little(opened: Opened) -> Callable[[], Awaitable[None]]:
    async def write() -> None:
        async with opened.driver.session(database=opened.database) as session:
            await session.execute_write(ledger_checks.keep, LedgerCheck(clock.now(), 0, 0, None))

    return write


def _record(opened: Opened, person: str, notice: Notice) -> Callable[[], Awaitable[None]]:
    async def record() -> None:
        now = clock.now()
        event = ConsentEvent(
            id=uuid.uuid4().hex,
            person=person,
            kind=EventKind.REFUSED,
            purpose=_DECIDED,
            at=now,
            recorded=now,
            capture=_CAPTURE,
            notice=notice.id,
            notice_hash=content_hash(notice),
            language=str(Language.KO),
        )
        recorded = await consents.append(opened.graph, event, secrets.token_bytes(SALT_BYTES))
        if recorded.outcome is not Outcome.RECORDED:
            raise BenchStopped(f"A decision was not recorded: {recorded.outcome}.")

    return record


def _erase(opened: Opened, person: str) -> Callable[[], Awaitable[None]]:
    async def erase() -> None:
        order = ErasureOrder(person, "bench", clock.now(), _CAPTURE, secrets.token_bytes(SALT_BYTES))
        if await erase_person(opened.graph, order, None) is None:
            raise BenchStopped("A person was not erased.")

    return erase
