"""Engines that outlived their application."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from graph.engines.orphans import end_orphans, find_orphans, home_argument

_SLEEPER = "import time; print(flush=True); time.sleep(60)"
_STUBBORN = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); " + _SLEEPER


@pytest.fixture
def engine_like(tmp_path: Path) -> Iterator[Callable[..., "subprocess.Popen[bytes]"]]:
    """Start processes with an engine's command line, and leave none behind."""
    started: list[subprocess.Popen[bytes]] = []

    def start(program: str, *arguments: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", program, *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE)  # noqa: S603 - our own program
        started.append(process)
        assert process.stdout is not None
        process.stdout.readline()
        return process

    yield start
    for process in started:
        process.kill()
        process.communicate()


def test_an_orphan_is_ended(tmp_path: Path, engine_like: Callable[..., Any]) -> None:
    """It is asked, and its process id is given."""
    process = engine_like(_SLEEPER, home_argument(tmp_path))
    assert end_orphans(tmp_path) == [process.pid]
    assert not psutil.pid_exists(process.pid)
    assert end_orphans(tmp_path) == []


def test_a_stubborn_orphan_is_killed(tmp_path: Path, engine_like: Callable[..., Any]) -> None:
    """One that does not listen would keep the folder for ever."""
    process = engine_like(_STUBBORN, home_argument(tmp_path))
    assert end_orphans(tmp_path, patience=0.2) == [process.pid]
    assert not psutil.pid_exists(process.pid)


def test_other_folders_engines_are_left_alone(tmp_path: Path, engine_like: Callable[..., Any]) -> None:
    """Neither the engine of a folder with a longer name, nor a program that only mentions ours."""
    engine_like(_SLEEPER, home_argument(tmp_path / "below"))
    engine_like(_SLEEPER, home_argument(tmp_path) + "2")
    engine_like(_SLEEPER, f"look at {home_argument(tmp_path)}")
    assert find_orphans(tmp_path) == []


class _Vanishing:
    """A process that ends, or turns out to be somebody else's, while we look at it."""

    pid = 1

    def __init__(self, *command: str) -> None:
        self.command = command

    def cmdline(self) -> list[str]:
        if not self.command:
            raise psutil.AccessDenied(self.pid)
        return list(self.command)

    def terminate(self) -> None:
        raise psutil.NoSuchProcess(self.pid)

    kill = terminate


def test_processes_may_vanish_at_any_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between the look and the signal a process may end; that is what was wanted."""
    processes = [_Vanishing(), _Vanishing(home_argument(tmp_path))]
    monkeypatch.setattr("psutil.process_iter", lambda: iter(processes))
    monkeypatch.setattr("psutil.wait_procs", lambda found, **_: ([], list(found)))
    assert end_orphans(tmp_path) == [1]
