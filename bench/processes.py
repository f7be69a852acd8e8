"""Processes of the benchmark: each goes when the benchmark does, asked twice and killed after a while."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from bench.errors import BenchStopped

ROOT = Path(__file__).parents[1]
_TIED = (sys.executable, "-I", "-S", str(ROOT / "graph" / "engines" / "launch.py"), str(os.getpid()), "--")
_CIVIC = (sys.executable, "-c", "from directory.cli.main import civic; civic()")
_TAIL = 12
# Seconds for which each way of asking is given. Ctrl-C's comes first: a load ends its engine on no other.
_ASKED = ((signal.SIGINT, 40.0), (signal.SIGTERM, 20.0))

# What a setting of the caller's own must not change.
_OURS = ("GRAPH_", "DATA", "PORT", "HOST")


def civic(*arguments: str) -> tuple[str, ...]:
    """Return the command line of `civic` with these arguments."""
    return (*_CIVIC, *arguments)


@asynccontextmanager
async def running(
    command: Sequence[str], settings: Mapping[str, str], log: Path
) -> AsyncIterator[asyncio.subprocess.Process]:
    """Run a command with settings of the product's own, its output in a file, for as long as the context lasts.

    On Linux it is told to end even where the benchmark is killed.
    """
    inherited = {name: value for name, value in os.environ.items() if not name.startswith(_OURS)}
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as output:
        process = await asyncio.create_subprocess_exec(
            *_TIED,
            *command,
            env={**inherited, **settings},
            cwd=ROOT,
            stdin=asyncio.subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            # A Ctrl-C in the terminal is for the benchmark, which then ends everything in order.
            start_new_session=True,
        )
    try:
        yield process
    finally:
        await asyncio.shield(_end(process))


async def _end(process: asyncio.subprocess.Process) -> None:
    for number, patience in _ASKED:
        if process.returncode is not None:
            return
        with suppress(ProcessLookupError, TimeoutError):
            process.send_signal(number)
            async with asyncio.timeout(patience):
                await process.wait()
    with suppress(ProcessLookupError):
        process.kill()
    await process.wait()


def ended_early(what: str, log: Path) -> BenchStopped:
    """Return the error for a process that ended too soon, with the last lines that it printed."""
    tail = log.read_text(encoding="utf-8", errors="replace").splitlines()[-_TAIL:]
    return BenchStopped("\n".join([f"{what} ended before it should have. Its last lines:", *tail]))
