"""What is left when the application, or its engine, is killed in the middle of its work."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

from graph.connection import Graph
from graph.engines.attached import attach
from graph.engines.embedded import EmbeddedEngine
from graph.engines.folder import DataFolder
from graph.errors import EngineUnavailable
from graph.transaction import Transaction

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[3]
SECONDS_TO_GO = 10.0


class Application:
    """The application in miniature, in a process and a session of its own, as a terminal would start it."""

    def __init__(self, folder: Path) -> None:
        """Start it on a folder."""
        self.process = subprocess.Popen(  # noqa: S603 - our own program
            [sys.executable, Path(__file__).with_name("small_application.py"), folder],
            env={**os.environ, "PYTHONPATH": str(ROOT)},
            cwd=ROOT,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            start_new_session=True,
        )

    def line(self) -> dict[str, Any]:
        """Read what it says next; empty at its end."""
        assert self.process.stdout is not None
        text = self.process.stdout.readline()
        said: dict[str, Any] = json.loads(text) if text.endswith("\n") else {}
        return said

    def keep(self, count: int) -> list[int]:
        """Read on until it has kept that many numbers more, and give them."""
        kept: list[int] = []
        while len(kept) < count:
            said = self.line()
            assert said, "The application ended."
            if "kept" in said:
                kept.append(said["kept"])
        return kept

    def close(self) -> None:
        """Leave nothing running."""
        if self.process.poll() is None:
            self.process.kill()
        self.process.communicate()


@pytest.fixture
def run(tmp_path: Path) -> Iterator[Callable[[], Application]]:
    """Start applications that end with the test, all on one folder."""
    started: list[Application] = []

    def start() -> Application:
        application = Application(tmp_path / "data")
        started.append(application)
        return application

    yield start
    for application in started:
        application.close()


def gone(pid: int) -> bool:
    """Wait for the end of a process that is not ours."""
    deadline = time.monotonic() + SECONDS_TO_GO
    while time.monotonic() < deadline:
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return True
        time.sleep(0.05)
    return False


async def numbers(tx: Transaction) -> set[int]:
    """Read every number that was kept."""
    record = await (await tx.run("MATCH (n:Number) RETURN collect(n.value) AS values")).single(strict=True)
    return set(record["values"])


async def test_no_acknowledged_write_is_lost_when_both_are_killed(
    run: Callable[[], Application], tmp_path: Path
) -> None:
    """The engine is killed and comes back, then the application is killed: what it was told, is there."""
    application = run()
    engine_pid = application.line()["engine"]
    kept = application.keep(50)
    os.kill(engine_pid, signal.SIGKILL)
    kept += application.keep(50)
    record = DataFolder(tmp_path / "data").record()
    assert record is not None
    assert record.pid != engine_pid
    application.process.kill()
    while said := application.line():
        kept += [said["kept"]] if "kept" in said else []
    assert gone(record.pid), "The engine outlived its application."

    engine = EmbeddedEngine(tmp_path / "data", heap="512m")
    await engine.start()
    try:
        assert engine.endpoint.url == record.url
        async with Graph(engine) as graph:
            assert set(kept) <= await graph.read(numbers)
    finally:
        await engine.stop()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_stopped_application_takes_its_engine_with_it(run: Callable[[], Application], number: int) -> None:
    """Ctrl-C reaches the whole group of the terminal, and still the application ends its engine in order."""
    application = run()
    engine_pid = application.line()["engine"]
    application.keep(1)
    os.killpg(application.process.pid, number)
    said = application.line()
    while "stopped" not in said:
        assert said
        assert "refused" not in said, "The signal reached the engine before the application."
        said = application.line()
    assert application.process.wait(30) == 0
    assert gone(engine_pid)


async def test_a_second_application_is_refused_and_may_attach(run: Callable[[], Application], tmp_path: Path) -> None:
    """One engine a folder: the second is told who has it, and a command can use that one's engine."""
    first = run()
    said = first.line()
    second = run()
    assert second.line() == {"stopped": True}
    refusal = second.line()
    assert refusal["error"] == "FOLDER_IN_USE"
    assert f"is in use by process {first.process.pid}: stop that" in refusal["sentence"]
    assert second.process.wait(30) == 1

    first.keep(3)
    engine = await attach(tmp_path / "data")
    assert engine.endpoint.url == said["url"]
    async with Graph(engine) as graph:
        assert {0, 1, 2} <= await graph.read(numbers)


async def test_nothing_can_be_attached_where_nothing_runs(tmp_path: Path, run: Callable[[], Application]) -> None:
    """Neither before the first start, nor when the files of a killed service are all that is left."""
    with pytest.raises(EngineUnavailable, match="No service is running on the data folder"):
        await attach(tmp_path / "data")
    application = run()
    engine_pid = application.line()["engine"]
    application.process.kill()
    assert gone(engine_pid)
    with pytest.raises(EngineUnavailable, match="No service is running"):
        await attach(tmp_path / "data")
