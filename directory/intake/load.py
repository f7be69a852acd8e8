"""Loading the made-up city: planned once, written batch by batch, and gone on with where it was cut off."""

import asyncio
import os
import signal
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import date
from multiprocessing import get_context, parent_process
from pathlib import Path

from directory.errors import LoadMismatch
from directory.intake.synthetic_rows import Batch, BatchMaker, body_rows, frame
from directory.reference.programme import PARTICIPANTS
from directory.sealing.keyring_file import key_check, read_keyring, require_keyring_of
from directory.synthetic.city import SyntheticCity
from graph import constraints, intake
from graph.connection import Graph
from graph.intake import Load

DEFAULT_SEED = 2013
_BODIES_AT_ONCE = 2_000
# Batches made ahead of the one that is being written: enough that neither side waits, few enough to fit in memory.
_AHEAD = 3
_WRITE_TIME = 300.0

Progress = Callable[[str, int, int], None]


async def prepare(graph: Graph) -> Load | None:
    """Create constraints and indexes where they are missing, and return the load that the graph has."""
    for statement in constraints.STATEMENTS:
        await graph.write(constraints.create, statement, within=_WRITE_TIME)
    return await graph.read(intake.load)


async def load_city(  # noqa: PLR0913 - what a load is of.
    graph: Graph,
    keyring: Path,
    *,
    today: date,
    people: int | None = None,
    seed: int | None = None,
    progress: Progress,
) -> Load:
    """Load the made-up city, or the rest of it, and return the finished load.

    `people` and `seed` left out mean those of the load that was begun, or else the whole city. `progress` is told
    what is being done, how much of it is done, and how much there is. Raises LoadMismatch where the graph was
    begun with another city, KeyringMismatch where with another keyring.
    """
    begun = await prepare(graph)
    if begun is None:
        check = key_check(read_keyring(keyring))
        begun = _planned(
            PARTICIPANTS if people is None else people, DEFAULT_SEED if seed is None else seed, today, check
        )
        await graph.write(intake.begin, begun)
    elif people not in {None, begun.people} or seed not in {None, begun.seed}:
        raise LoadMismatch(begun.people, begun.seed)
    require_keyring_of(begun.key_check, keyring)
    if not begun.frame:
        await _load_frame(graph, begun, progress)
    if begun.done < begun.batches:
        await _load_people(graph, begun, keyring, progress)
    finished = await graph.read(intake.load)
    assert finished is not None  # noqa: S101 - it was begun above.
    return finished


def _planned(people: int, seed: int, today: date, check: str) -> Load:
    city = SyntheticCity(people, seed, as_of=today)
    return Load(
        source="synthetic city",
        synthetic=True,
        people=people,
        seed=seed,
        as_of=today.isoformat(),
        batches=city.batch_count,
        done=0,
        frame=False,
        key_check=check,
    )


async def _load_frame(graph: Graph, begun: Load, progress: Progress) -> None:
    city = SyntheticCity(begun.people, begun.seed, as_of=date.fromisoformat(begun.as_of))
    rows = await asyncio.to_thread(body_rows, city)
    await graph.write(intake.add_frame, frame(), within=_WRITE_TIME)
    for start in range(0, len(rows), _BODIES_AT_ONCE):
        progress("regions, programme and bodies", start, len(rows))
        await graph.write(intake.add_bodies, rows[start : start + _BODIES_AT_ONCE], within=_WRITE_TIME)
    await graph.write(intake.frame_done)
    progress("regions, programme and bodies", len(rows), len(rows))


async def _load_people(graph: Graph, begun: Load, keyring: Path, progress: Progress) -> None:
    step = SyntheticCity.batch_size
    what = "people, sealed, and what they decided"
    progress(what, begun.done * step, begun.people)
    async with _batches(begun, keyring) as batches:
        async for number, batch in batches:
            await graph.write(
                intake.add_people, number, batch.people, batch.seats, batch.events, batch.hashes, within=_WRITE_TIME
            )
            progress(what, min((number + 1) * step, begun.people), begun.people)


@asynccontextmanager
async def _batches(begun: Load, keyring: Path) -> AsyncIterator[AsyncIterator[tuple[int, Batch]]]:
    """Give the batches that are still to come, made in another process so that both cores work."""
    pool = ProcessPoolExecutor(
        1,
        mp_context=get_context("spawn"),
        initializer=_begin_maker,
        initargs=(begun.people, begun.seed, date.fromisoformat(begun.as_of), keyring),
    )

    async def made() -> AsyncIterator[tuple[int, Batch]]:
        waiting: list[tuple[int, Future[Batch]]] = []
        for number in range(begun.done, begun.batches):
            with _deaf_to_ctrl_c():
                waiting.append((number, pool.submit(_make, number)))
            if len(waiting) > _AHEAD:
                ready, future = waiting.pop(0)
                yield ready, await asyncio.wrap_future(future)
        for ready, future in waiting:
            yield ready, await asyncio.wrap_future(future)

    try:
        yield made()
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _deaf_to_ctrl_c() -> Iterator[None]:
    """Have processes that are started meanwhile not hear Ctrl-C, which reaches every process of a terminal.

    The load is stopped by the process that writes, which ends the other one when its batch is done.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_maker: BatchMaker | None = None


def _begin_maker(people: int, seed: int, as_of: date, keyring: Path) -> None:
    global _maker  # noqa: PLW0603 - the other process's one object, made once for all its batches.
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _maker = BatchMaker(people, seed, as_of, keyring)


def _end_with_parent() -> None:
    """End this process, which holds keys, when the one that writes was killed and can't do it."""
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _make(number: int) -> Batch:
    if _maker is None:
        message = "The process that makes batches was not begun."
        raise RuntimeError(message)
    return _maker.batch(number)
