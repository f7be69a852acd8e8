"""`python -m bench`: measures the directory on both engines, prints the table, and leaves nothing running."""

import argparse
import asyncio
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import AsyncExitStack, contextmanager
from pathlib import Path

import uvloop

from bench import report, screening
from bench.counts import measure_counts
from bench.engines import EngineKind, city_on, ensure_loaded, loaded, neo4j_missing, require_room
from bench.errors import BenchStopped
from bench.figures import EngineFigures, Ladder, Run
from bench.growth import measure_growth
from bench.lookups import measure_lookup
from bench.machine import machine_facts
from bench.memory import measure_memory
from bench.opened import Opened, opened
from bench.others import measure_others
from bench.pages import measure_page
from bench.questions import PAGES
from bench.recording import measure_recording
from bench.rounds import QUICK, THOROUGH, Effort
from bench.rows import rows_in
from bench.service import serving
from bench.tables import markdown
from directory.reference.programme import PARTICIPANTS

_FAILED = 1
_INTERRUPTED = 130
_FEWEST_PEOPLE = 1_000
_FOLDER = "BENCH_DATA"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, report, and return an exit status: 0 also where bars are missed, which the report says."""
    options = _options(arguments)
    if options.screening:
        return screening.main(["--json"] if options.json else [])
    runner = asyncio.Runner(loop_factory=uvloop.new_event_loop)
    try:
        with runner, _folder() as folder:
            run = runner.run(_run(options, folder))
    except BenchStopped as stopped:
        _say(str(stopped))
        return _FAILED
    except (KeyboardInterrupt, asyncio.CancelledError):
        _say("Stopped; nothing was reported.")
        return _INTERRUPTED
    written = report.write(run)
    print(report.as_json(run).decode() if options.json else markdown(run))
    _say(f"Written: {', '.join(map(str, written))}.")
    return 0


def _options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        prog="python -m bench",
        description="Measure the directory on both engines. BENCH_DATA names a folder in which the loaded cities are "
        "kept and found again; without it they are loaded into a temporary one.",
    )
    parser.add_argument("--people", type=int, default=PARTICIPANTS, help="a smaller city; growth takes a tenth of it")
    parser.add_argument("--engine", choices=[*EngineKind, "both"], default="both")
    parser.add_argument("--quick", action="store_true", help="few rounds, for a first look")
    parser.add_argument("--screening", action="store_true", help="measure the screen for identifiers alone")
    parser.add_argument("--served-only", action="store_true", help="leave out the gate, screen, ledger and backup")
    parser.add_argument("--json", action="store_true", help="print JSON instead of tables")
    options = parser.parse_args(arguments)
    if not _FEWEST_PEOPLE <= options.people <= PARTICIPANTS:
        parser.error(f"--people must be from {_FEWEST_PEOPLE} to {PARTICIPANTS}")
    return options


@contextmanager
def _folder() -> Iterator[Path]:
    if kept := os.environ.get(_FOLDER):
        folder = Path(kept).absolute()
        folder.mkdir(parents=True, exist_ok=True)
        yield folder
        return
    with tempfile.TemporaryDirectory(prefix="civic-bench-") as temporary:
        yield Path(temporary)


async def _run(options: argparse.Namespace, folder: Path) -> Run:
    task = asyncio.current_task()
    assert task is not None
    # SIGINT cancels by itself, and the services and engines end in either case.
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, task.cancel)
    begun, machine = time.perf_counter(), machine_facts()
    kinds = _kinds(options.engine)
    require_room(folder, options.people, len(kinds))
    effort = QUICK if options.quick else THOROUGH
    engines = [await _measure(kind, options.people, folder, effort) for kind in kinds]
    sections = []
    if not options.served_only:
        _say("the gate, the screen, the ledger, backup and restore")
        sections = await measure_others(options.people, folder, quick=options.quick)
    return Run(
        machine=machine,
        people=options.people,
        whole_city=options.people == PARTICIPANTS,
        quick=options.quick,
        seconds=time.perf_counter() - begun,
        engines=engines,
        sections=sections,
    )


def _kinds(chosen: str) -> list[EngineKind]:
    kinds = list(EngineKind) if chosen == "both" else [EngineKind(chosen)]
    missing = neo4j_missing() if EngineKind.NEO4J in kinds else None
    if missing is None:
        return kinds
    if chosen != "both":
        raise BenchStopped(f"Neo4j can't be measured: {missing}.")
    _say(f"NEO4J IS LEFT OUT: {missing}.")
    return [EngineKind.EMBEDDED]


async def _measure(kind: EngineKind, people: int, folder: Path, effort: Effort) -> EngineFigures:
    """Measure one engine, with both cities of it up at the same time for the comparison of their sizes."""
    async with AsyncExitStack() as stack:
        city = await stack.enter_async_context(city_on(kind, people, folder))
        _say(f"{kind}: loading {people:,} people, where they are not there yet")
        load_time = await ensure_loaded(city)
        _say(f"{kind}: starting")
        service = await stack.enter_async_context(serving(city))
        whole = await stack.enter_async_context(opened(service))
        rows = await whole.raw(rows_in)
        pages, left_out = await _pages(whole, effort)
        _say(f"{kind}: look-ups")
        lookup = await measure_lookup(whole, effort)
        _say(f"{kind}: counts")
        counts = await measure_counts(whole, effort)
        _say(f"{kind}: memory, {effort.requests:,} requests")
        memory = await measure_memory(service, effort)
        small = await stack.enter_async_context(city_on(kind, people // 10, folder))
        _say(f"{kind}: loading a tenth, where it is not there yet")
        small_time = await ensure_loaded(small)
        small_service = await stack.enter_async_context(serving(small))
        tenth = await stack.enter_async_context(opened(small_service))
        # Java is slow until it has run a query often: the tenth is asked first all that the whole was asked.
        await _pages(tenth, effort)
        await measure_lookup(tenth, effort)
        await measure_memory(small_service, effort)
        _say(f"{kind}: growth")
        growth, too_few = await measure_growth(whole, tenth, effort)
        _say(f"{kind}: decisions and erasures")
        recording = await measure_recording(whole, effort)
        return EngineFigures(
            name=whole.identity.name,
            version=whole.identity.version,
            load=loaded(city, rows, load_time),
            tenth_load=loaded(small, await tenth.raw(rows_in), small_time),
            start=service.start,
            pages=pages,
            lookup=lookup,
            counts=counts,
            growth=growth,
            memory=memory,
            recording=recording,
            left_out=[*left_out, *too_few],
        )


async def _pages(whole: Opened, effort: Effort) -> tuple[list[Ladder], list[str]]:
    pages, left_out = [], []
    for audience in PAGES:
        _say(f"{whole.identity.name}: pages, {audience.what}")
        measured = await measure_page(whole, audience, effort)
        if measured is None:
            left_out.append(f"Pages of {audience.what}: there is nobody in it.")
        else:
            pages.append(measured)
    return pages, left_out


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
