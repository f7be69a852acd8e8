"""The steps between a new process and Java."""

import ctypes
import os
import runpy
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from graph.engines import launch

SCRIPT = Path(launch.__file__)


@pytest.fixture
def requests(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, ...]]:
    """Record what is asked of the system, in place of tying the tests to their parent."""
    asked: list[tuple[int, ...]] = []
    library = SimpleNamespace(prctl=lambda *request: asked.append(request))
    monkeypatch.setattr(ctypes, "CDLL", lambda *_, **__: library)
    return asked


def test_on_linux_the_end_of_the_parent_is_asked_for(
    requests: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """The engine is to be told to end, so that it closes its files."""
    monkeypatch.setattr(sys, "platform", "linux")
    assert launch.tie_to(os.getppid())
    assert requests == [(1, 15)]


def test_elsewhere_nothing_is_asked(requests: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    """There the next start ends what is left."""
    monkeypatch.setattr(sys, "platform", "darwin")
    assert launch.tie_to(os.getppid())
    assert requests == []


def test_a_parent_that_died_meanwhile_is_noticed(requests: list[tuple[int, ...]]) -> None:
    """Nobody would send the signal any more."""
    assert not launch.tie_to(os.getppid() + 1)
    assert launch.main([str(os.getppid() + 1), "--", "/bin/true"]) == 1


def test_the_command_is_become(requests: list[tuple[int, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    """With every argument, and with files for this user alone."""
    become: list[object] = []
    monkeypatch.setattr(os, "execv", lambda path, command: become.append((path, command)))
    monkeypatch.setattr(os, "umask", become.append)
    launch.main([str(os.getppid()), "--", "/bin/java", "-x", "--", "y"])
    assert become == [0o077, ("/bin/java", ["/bin/java", "-x", "--", "y"])]


@pytest.mark.parametrize("arguments", [[], ["1"], ["1", "--"], ["1", "java", "x"]])
def test_a_wrong_call_is_explained(
    arguments: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The usage is printed, and the status is two."""
    monkeypatch.setattr(sys, "argv", ["launch.py", *arguments])
    with pytest.raises(SystemExit) as caught:
        runpy.run_path(str(SCRIPT), run_name="__main__")
    assert caught.value.code == 2
    assert capsys.readouterr().err.startswith("usage: launch.py PARENT -- COMMAND")


def test_the_process_stays_the_same() -> None:
    """Whoever waits for the process waits for the command itself."""
    program = "import os; print(os.getpid(), oct(os.umask(0)))"
    process = subprocess.Popen(  # noqa: S603 - our own program
        [sys.executable, "-I", "-S", SCRIPT, str(os.getpid()), "--", sys.executable, "-c", program],
        stdout=subprocess.PIPE,
        text=True,
    )
    output, _ = process.communicate(timeout=30)
    assert output == f"{process.pid} 0o77\n"
    assert process.returncode == 0
