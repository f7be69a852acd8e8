"""Running a command: its event loop, and how failures become a sentence and an exit status."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import Any, Final, TypeVar

import click
import uvloop
from tqdm import tqdm

from consent.errors import ConsentError
from directory.backup.errors import BackupError
from directory.consents.errors import NoSuchParticipant
from directory.errors import BadInput, DirectoryError, NoSuchDepartment, NoSuchKey, SettingInvalid
from directory.intake.load import Progress
from directory.logs import configure_logs
from directory.rights.errors import CaseClosed, NoSuchCase
from directory.settings import Settings
from directory.synthetic.errors import SyntheticError
from graph.errors import EngineUnavailable, GraphError, SettingRefused

FAILED: Final = 1
USAGE: Final = 2
TRY_AGAIN: Final = 75
INTERRUPTED: Final = 130

_USAGE: Final = (
    *(BadInput, CaseClosed, NoSuchCase, NoSuchDepartment, NoSuchKey, NoSuchParticipant),
    *(SettingInvalid, SettingRefused, SyntheticError),
)
_R = TypeVar("_R")


def run(command: Callable[[Settings], Coroutine[Any, Any, _R]], again: str = "run the same command again") -> _R:
    """Run a command with the settings, or end the program with a sentence and a status.

    `again` says how to go on with a command that was stopped. 1: it failed; 2: what was asked for is wrong; 75: the
    engine is down now, try again; 130: stopped by Ctrl-C.
    """
    configure_logs()
    try:
        settings = Settings.from_environment(os.environ)
        with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
            return runner.run(_stoppable(command(settings)))
    except (KeyboardInterrupt, asyncio.CancelledError):
        click.echo(f"Stopped. What was done is kept; {again} to go on.", err=True)
        sys.exit(INTERRUPTED)
    except OSError as failure:
        # Of a file, as where a disk is full or a folder may not be written: its own words and the path.
        click.echo(f"civic: {failure.strerror or type(failure).__name__}: {failure.filename or 'a file'}", err=True)
        sys.exit(FAILED)
    except BrokenProcessPool:
        click.echo("civic: The process that makes batches ended, as for want of memory; run the same again.", err=True)
        sys.exit(FAILED)
    except (DirectoryError, GraphError, ConsentError, SyntheticError, BackupError) as error:
        click.echo(f"civic: {error}", err=True)
        sys.exit(_status(error))


async def _stoppable(command: Coroutine[Any, Any, _R]) -> _R:
    """Let SIGTERM end a command as Ctrl-C does; once, so that a second signal does not break off the engine's end."""
    task, loop = asyncio.current_task(), asyncio.get_running_loop()

    def stop() -> None:
        nonlocal task
        if task is not None:
            task.cancel()
        task = None

    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop)
    return await command


def _status(error: Exception) -> int:
    if isinstance(error, EngineUnavailable):
        return TRY_AGAIN
    return USAGE if isinstance(error, _USAGE) else FAILED


class Bars:
    """Progress bars, one after the other, each named for what is being done."""

    def __init__(self, verb: str = "Loading ") -> None:
        """Begin without a bar; `verb` stands before what is being done."""
        self._verb = verb
        self._bar: Any = None
        self._what = ""
        # Where nobody watches, a line now and then is enough.
        self._bar_of = partial(
            tqdm, mininterval=0.2 if sys.stderr.isatty() else 5.0, dynamic_ncols=True, unit_scale=True
        )

    def __call__(self, what: str, done: int, total: int) -> None:
        """Show how far it is."""
        if what != self._what:
            self.close()
            self._what = what
            self._bar = self._bar_of(desc=f"{self._verb}{what}", total=total, initial=done, unit=" rows")
        self._bar.update(done - self._bar.n)
        if done >= total:
            self.close()

    def close(self) -> None:
        """Leave the last bar as it stands."""
        if self._bar is not None:
            self._bar.close()
        self._bar = None


def bars() -> Progress:
    """Return progress bars on standard error."""
    return Bars()
