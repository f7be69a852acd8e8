"""The command `civic` as a person runs it: in a process of its own, on a data folder, until it ends or is killed."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, Final

import httpx
import psutil

from graph.engines.folder import DataFolder

ROOT: Final = Path(__file__).parents[2]
PATIENCE: Final = 90.0
_CIVIC: Final = [sys.executable, "-c", "from directory.cli.main import civic; civic(prog_name='civic')"]


def wait_for(condition: Callable[[], Any], what: str, patience: float = PATIENCE) -> Any:  # noqa: ANN401 - what it gives.
    """Return what a condition gives once that is true; fails the test when it never is."""
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if found := condition():
            return found
        time.sleep(0.02)
    message = f"In vain waited for: {what}."
    raise AssertionError(message)


class Civic:
    """One run of the command, in a session of its own as in a terminal; what it says is read as it comes."""

    def __init__(self, data: Path, *arguments: str, environment: Mapping[str, str]) -> None:
        """Start it."""
        self.data = data
        self.process = subprocess.Popen(  # noqa: S603 - our own program.
            [*_CIVIC, *arguments],
            env={**os.environ, "PYTHONPATH": str(ROOT), "DATA": str(data), "GRAPH_HEAP": "512m", **environment},
            cwd=data.parent,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        self._said = {1: bytearray(), 2: bytearray()}
        assert self.process.stdout is not None
        assert self.process.stderr is not None
        self._readers = [
            threading.Thread(target=self._read, args=(number, pipe.fileno()), daemon=True)
            for number, pipe in ((1, self.process.stdout), (2, self.process.stderr))
        ]
        for reader in self._readers:
            reader.start()

    def _read(self, number: int, descriptor: int) -> None:
        while content := os.read(descriptor, 65536):
            self._said[number] += content

    @property
    def out(self) -> str:
        """What it wrote to standard output so far."""
        return self._said[1].decode()

    @property
    def err(self) -> str:
        """What it wrote to standard error so far: logs, progress, and the sentence it ended with."""
        return self._said[2].decode()

    @property
    def sentence(self) -> list[str]:
        """The lines of standard error that are neither logs nor progress."""
        return [
            line for line in self.err.splitlines() if line and not line.startswith(("{", "Loading ", "Rewrapping "))
        ]

    def says(self, text: str) -> None:
        """Wait until it has said something."""
        wait_for(lambda: text in self.err + self.out or self.process.poll() is not None, text)
        assert text in self.err + self.out, self.err

    def ends(self, patience: float = PATIENCE) -> int:
        """Wait for its end and return its status."""
        status = self.process.wait(patience)
        for reader in self._readers:
            reader.join(10)
        return status

    def interrupt(self, number: int) -> None:
        """Send a signal to it and to all that it has started in its session's group, as a terminal does."""
        os.killpg(self.process.pid, number)

    def kill(self) -> None:
        """End it without a word."""
        self.process.kill()
        self.ends()

    def close(self) -> None:
        """Leave nothing running, whatever became of it."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(40)
            except subprocess.TimeoutExpired:
                self.process.kill()
        self.ends()
        for pipe in (self.process.stdout, self.process.stderr):
            if pipe is not None:
                pipe.close()


class Service(Civic):
    """A run of `civic serve`."""

    @property
    def url(self) -> str:
        """Where it serves; waits until it says so."""
        self.says("Home page ")
        return self.out.partition("Home page ")[2].split()[0].rstrip("/")

    def token(self, kind: str) -> str:
        """Read the demonstration key of a kind of caller."""
        keys: dict[str, str] = json.loads((self.data / "demo-keys.json").read_bytes())
        return keys[kind]

    def ask(
        self, query: str, variables: dict[str, Any] | None = None, *, by: str = "staff", token: str | None = None
    ) -> httpx.Response:
        """Ask a query over the network."""
        return httpx.post(
            f"{self.url}/graphql",
            json={"query": query, "variables": variables},
            headers={"Authorization": f"Bearer {token or self.token(by)}"},
            timeout=30,
        )

    def data_of(self, query: str, variables: dict[str, Any] | None = None, *, by: str = "staff") -> dict[str, Any]:
        """Ask a query that succeeds, and return its data."""
        answer = self.ask(query, variables, by=by)
        assert answer.status_code == 200, answer.text
        assert "errors" not in answer.json(), answer.text
        found: dict[str, Any] = answer.json()["data"]
        return found


def engine_pid(data: Path) -> int:
    """Return the process id of the engine that runs in a data folder."""
    record = DataFolder(data).record()
    assert record is not None
    return record.pid


def is_alive(pid: int) -> bool:
    """Say whether a process runs."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def processes_of(data: Path) -> list[int]:
    """Find every process that was started for a data folder: by its command line, or by DATA in its environment."""
    found = []
    for process in psutil.process_iter():
        try:
            named = any(str(data) in part for part in process.cmdline())
            if process.pid != os.getpid() and (named or process.environ().get("DATA") == str(data)):
                found.append(process.pid)
        except psutil.Error:
            continue
    return [pid for pid in found if is_alive(pid)]


def nothing_left(data: Path, patience: float = 20.0) -> None:
    """Wait until nothing runs any more for a data folder."""
    wait_for(lambda: not processes_of(data), f"the end of everything on {data.name}", patience)


def kill_engine(data: Path) -> int:
    """End the engine without a word, and return its former process id."""
    pid = engine_pid(data)
    os.kill(pid, signal.SIGKILL)
    return pid
