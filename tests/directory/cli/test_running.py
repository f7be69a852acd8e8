"""How a command ends: a sentence and a status for each failure, in order when it is stopped; and its progress."""

import asyncio
import os
import signal
from pathlib import Path

import pytest

from consent.errors import ErrorCode, KeyringError
from directory.cli import running
from directory.errors import AddressTaken, BadInput, DirectoryEmpty
from directory.settings import Settings
from directory.synthetic.errors import SyntheticCode, SyntheticError
from graph.errors import EngineUnavailable, FolderInUse, SettingRefused


@pytest.fixture(autouse=True)
def quiet(log: object) -> None:
    """Keep the log apart from what the command says."""


@pytest.mark.parametrize(
    ("failure", "status"),
    [
        (DirectoryEmpty(), 1),
        (AddressTaken("127.0.0.1", 8000), 1),
        (FolderInUse(folder=Path("/data"), holder=1), 1),
        (KeyringError(ErrorCode.KEYRING_UNREADABLE), 1),
        (BadInput("--region", "is wrong"), 2),
        (SettingRefused(setting="GRAPH_HEAP", must="must be a size"), 2),
        (SyntheticError(SyntheticCode.CITY_TOO_SMALL, least=12), 2),
        (EngineUnavailable(), 75),
    ],
)
def test_failures_become_a_sentence_and_a_status(
    capsys: pytest.CaptureFixture[str], failure: Exception, status: int
) -> None:
    """Nothing else is said, and no stack trace is shown."""

    async def fails(_: Settings) -> None:
        raise failure

    with pytest.raises(SystemExit) as end:
        running.run(fails)
    assert end.value.code == status
    assert capsys.readouterr().err == f"civic: {failure}\n"


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_command_that_is_stopped_says_so(number: signal.Signals) -> None:
    """By Ctrl-C and by SIGTERM alike, and what it began is ended in order, however often it is asked."""
    ended = []

    async def stopped(_: Settings) -> None:
        try:
            os.kill(os.getpid(), number)
            os.kill(os.getpid(), number)
            await asyncio.sleep(30)
        finally:
            await asyncio.sleep(0.05)
            ended.append(number)

    with pytest.raises(SystemExit) as end:
        running.run(stopped)
    assert end.value.code == running.INTERRUPTED == 130
    assert ended == [number]


def test_progress_is_shown_one_bar_after_the_other(capsys: pytest.CaptureFixture[str]) -> None:
    """Each is named for what is being done, and ends when that is done."""
    bars = running.Bars()
    for what in ("bodies", "people"):
        for done in (0, 5, 10):
            bars(what, done, 10)
    bars("the rest", 0, 10)
    bars.close()
    bars.close()
    shown = capsys.readouterr().err
    assert shown.index("Loading bodies: 100%") < shown.index("Loading people: ") < shown.index("Loading people: 100%")
    assert "10.0/10.0 " in shown
