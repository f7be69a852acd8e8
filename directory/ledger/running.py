"""The ledger of a running service, from its start to its stop: the tasks that place, sign, copy, check and publish."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Final

from consent.korean_time import in_seoul
from consent.ledger.map_notes import open_map
from consent.ledger.notes import Signer
from directory.errors import DirectoryError
from directory.ledger.checking import check_everything
from directory.ledger.copying import Copier
from directory.ledger.map_shelf import MapShelf
from directory.ledger.publishing import publish_map
from directory.ledger.sequencer import Sequencer
from directory.ledger.signing_key import ensure_signing_key
from directory.ledger.witness import Witness, make_witness
from directory.logs import log_event, log_fault
from directory.settings import Settings
from graph import ledger, ledger_checks
from graph.connection import Graph
from graph.errors import GraphError
from graph.ledger_checks import LedgerCheck

_SECOND: Final = 1.0
_CHECK_EVERY: Final = 3_600_000
_LOOK_EVERY: Final = 60.0
_PUBLISH_EVERY: Final = 60.0
_STOP_TIME: Final = 10.0


@dataclass(frozen=True, slots=True)
class RunningLedger:
    """What the ledger of a running service is made of; `copier` is None where there is no witness."""

    sequencer: Sequencer
    signer: Signer
    copier: Copier | None


@asynccontextmanager
async def running_ledger(graph: Graph, settings: Settings, clock: Callable[[], int]) -> AsyncIterator[RunningLedger]:
    """Open the ledger, keep it going, and sign and copy a last checkpoint at the end.

    Raises LedgerRolledBack, LedgerDiverged, LedgerWitnessForeign, and what the key's file raises: such a ledger is not
    served.
    """
    signed = await graph.read(ledger.newest_checkpoint) is not None
    signer = ensure_signing_key(settings.ledger_key, signed=signed)
    sequencer = Sequencer(graph, signer, clock, settings.ledger_seconds * 1000)
    size, tree = await sequencer.open()
    witness: Witness | None = make_witness(settings.ledger_witness)
    copier = None if witness is None else Copier(graph, witness, signer.verifier)
    if copier is not None:
        await copier.compare(size, tree)
    running, shelf = RunningLedger(sequencer, signer, copier), MapShelf(settings.latest_map)
    tasks = [
        asyncio.create_task(_again(lambda: _tick(running), _SECOND)),
        asyncio.create_task(_again(lambda: _check(running, graph, clock), _LOOK_EVERY)),
        asyncio.create_task(_again(lambda: _publish(running, graph, clock, shelf), _PUBLISH_EVERY)),
    ]
    try:
        yield running
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await _last(running)


async def _last(running: RunningLedger) -> None:
    """Sign a last checkpoint and copy it; a graph that is gone keeps nobody from stopping."""
    try:
        async with asyncio.timeout(_STOP_TIME):
            await running.sequencer.flush()
            if running.copier is not None:
                await running.copier.copy(running.sequencer.tree)
    except (GraphError, DirectoryError) as failure:
        log_event("ledger_failed", logging.ERROR, code=str(failure.code))
    except TimeoutError:
        log_event("ledger_failed", logging.ERROR, code="QUERY_TOO_SLOW")
    except Exception as fault:  # noqa: BLE001 - what nobody foresaw keeps nobody from stopping either.
        log_fault("ledger", fault)


async def _again(work: Callable[[], Awaitable[None]], every: float) -> None:
    """Do something again and again; what fails is told once and tried again, also where nobody foresaw it."""
    failing: str | None = None
    while True:
        await asyncio.sleep(every)
        try:
            await work()
        except (GraphError, DirectoryError) as failure:
            if failing != failure.code:
                log_event("ledger_failed", logging.ERROR, code=str(failure.code))
            failing = str(failure.code)
        except Exception as fault:  # noqa: BLE001 - a task that ended would leave every entry without a place.
            if failing != type(fault).__name__:
                log_fault("ledger", fault)
            failing = type(fault).__name__
        else:
            failing = None


async def _tick(running: RunningLedger) -> None:
    await running.sequencer.tick()
    if running.copier is not None:
        await running.copier.copy(running.sequencer.tree)


async def _check(running: RunningLedger, graph: Graph, clock: Callable[[], int]) -> None:
    """Check everything, where that is an hour ago: by whichever service, so that one that restarts often is checked."""
    before = await graph.read(ledger_checks.last)
    if before is not None and clock() - before.at < _CHECK_EVERY:
        return
    checked = await check_everything(graph, running.sequencer.verifier)
    found = None if checked.finding is None else str(checked.finding.what)
    await graph.write(ledger_checks.keep, LedgerCheck(clock(), checked.leaves, checked.checkpoints, found))
    if checked.finding is not None:
        log_event("ledger_diverged", logging.ERROR, code=str(checked.finding.what))


async def _publish(running: RunningLedger, graph: Graph, clock: Callable[[], int], shelf: MapShelf) -> None:
    """Publish the map of the day, unless that was done."""
    now = clock()
    day = in_seoul(now).date().isoformat()
    published = await graph.read(ledger.newest_map)
    newest = running.sequencer.newest
    if newest is None or newest.checkpoint.size == 0 or (published is not None and published.day >= day):
        return
    made = await publish_map(graph, running.signer, shelf, newest.checkpoint.size, day, now)
    log_event("ledger_map_published", people=open_map(made.note, running.sequencer.verifier).subjects)
    if running.copier is not None:
        await running.copier.publish(day, made.note)
