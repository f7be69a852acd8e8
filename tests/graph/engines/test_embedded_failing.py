"""The embedded engine's failures to start, with a small program in place of Java."""

import asyncio
import os
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from graph.engines import arcadedb, child, memory, ports, readiness
from graph.engines.arcadedb import Installation
from graph.engines.attached import attach
from graph.engines.embedded import EmbeddedEngine
from graph.engines.engine import Endpoint
from graph.engines.events import EngineEvent, EngineEventKind
from graph.engines.folder import DataFolder, EngineRecord
from graph.errors import (
    CredentialsRefused,
    EngineDidNotStart,
    EngineMissing,
    EngineUnavailable,
    FolderRefused,
    GraphError,
    PortTaken,
    SettingRefused,
    TooLittleDisk,
    TooLittleMemory,
)

JavaWritten = Callable[[str], None]


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> JavaWritten:
    """Let a shell script stand for Java."""
    path = tmp_path / "java"

    def write(script: str) -> None:
        path.write_text(f"#!/bin/sh\n{script}\n")
        path.chmod(0o700)

    monkeypatch.setattr(arcadedb, "find_installation", lambda: Installation(path, (path,)))
    return write


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Name a data folder."""
    return tmp_path / "data"


@pytest.fixture
def engine(data: Path) -> EmbeddedEngine:
    """Make an engine that was not started."""
    return EmbeddedEngine(data, heap="512m")


def free_again(data: Path) -> bool:
    """Whether nothing holds the folder any more."""
    return not DataFolder(data).in_use()


async def test_an_engine_that_ends_is_told_with_its_last_words(
    java: JavaWritten, engine: EmbeddedEngine, data: Path
) -> None:
    """The sentence has the status, the log's place and the log's end, and of this start alone."""
    java("echo an old story; exit 4")
    with pytest.raises(EngineDidNotStart, match="old story"):
        await engine.start()
    java("for n in 1 2 3 4 5 6 7 8 9 10 11 12; do echo line $n; done; echo no room >&2; exit 3")
    with pytest.raises(EngineDidNotStart, match=r"it ended with status 3\. Its log is .*engine\.log\.") as caught:
        await engine.start()
    text = str(caught.value)
    assert text.endswith("line 12\nno room")
    assert "line 2\n" in text
    assert "line 1\n" not in text
    assert "old story" not in text
    assert free_again(data)
    assert engine.pid is None


async def test_an_engine_that_stays_silent_is_given_up(
    java: JavaWritten, engine: EmbeddedEngine, data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is killed then, so that the next start finds the folder free."""
    java("echo $$; exec sleep 60")
    monkeypatch.setattr(child.EngineChild.ready, "__defaults__", (0.4,))
    with pytest.raises(EngineDidNotStart, match="it did not answer within 0 seconds"):
        await engine.start()
    pid = int(engine.folder.log.read_text())
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)
    assert free_again(data)


async def test_a_start_that_is_cancelled_leaves_nothing(java: JavaWritten, engine: EmbeddedEngine, data: Path) -> None:
    """Ctrl-C during the start."""
    java("echo $$; exec sleep 60")
    task = asyncio.create_task(engine.start())
    while not (engine.folder.log.exists() and engine.folder.log.read_text().endswith("\n")):  # noqa: ASYNC110 - a file tells no event
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    with pytest.raises(ProcessLookupError):
        os.kill(int(engine.folder.log.read_text()), 0)
    assert free_again(data)


async def test_a_port_lost_to_somebody_faster_is_changed(java: JavaWritten, engine: EmbeddedEngine) -> None:
    """Another port is tried, three times in all, and the engine that waits in vain is ended."""
    java(
        'for word in "$@"; do case $word in *bolt.port=*) echo $word;; esac; done\n'
        "echo Unable to listen for BOLT connections using the configured ports; exec sleep 60"
    )
    with pytest.raises(PortTaken, match="tried 3 times"):
        await engine.start()
    tried = [line for line in engine.folder.log.read_text().splitlines() if "bolt.port=" in line]
    assert len(set(tried)) == 3


async def test_a_refused_password_is_explained(
    java: JavaWritten, engine: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The password's file was changed by hand; the sentence says how to get a new one."""

    async def listens(*_: object) -> bool:
        return True

    async def answers(*_: object) -> bool:
        raise CredentialsRefused

    java("exec sleep 60")
    monkeypatch.setattr(readiness, "listens", listens)
    monkeypatch.setattr(readiness, "answers", answers)
    with pytest.raises(EngineDidNotStart, match=r"refused the password in .*engine-password; remove that file"):
        await engine.start()


async def test_a_setting_that_is_wrong_is_refused_before_anything_starts(data: Path) -> None:
    """Nothing is left locked or running."""
    with pytest.raises(SettingRefused, match="GRAPH_HEAP"):
        await EmbeddedEngine(data, heap="abc").start()
    with pytest.raises(SettingRefused, match="at least 256m"):
        await EmbeddedEngine(data, heap="10m").start()
    assert free_again(data)
    assert not (data / "engine.log").exists()


async def test_too_little_of_the_machine_is_refused(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Disk first, then memory."""
    with monkeypatch.context() as patch:
        patch.setattr(memory, "free_bytes", lambda _: 1)
        with pytest.raises(TooLittleDisk):
            await EmbeddedEngine(data).start()
    monkeypatch.setattr(memory, "machine_memory", lambda: memory.MachineMemory(2**30, 2**29))
    with pytest.raises(TooLittleMemory):
        await EmbeddedEngine(data).start()
    assert free_again(data)


async def test_a_missing_engine_or_folder_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each in a sentence of its own."""
    (tmp_path / "file").touch()
    with pytest.raises(FolderRefused):
        await EmbeddedEngine(tmp_path / "file").start()

    def missing() -> Installation:
        raise EngineMissing

    monkeypatch.setattr(arcadedb, "find_installation", missing)
    with pytest.raises(EngineMissing):
        await EmbeddedEngine(tmp_path / "data", heap="512m").start()


async def test_before_the_start_there_is_nothing(engine: EmbeddedEngine) -> None:
    """No address, no health, nothing to stop."""
    with pytest.raises(RuntimeError, match="was not started"):
        _ = engine.url
    assert (engine.pid, engine.heap, engine.available, engine.restarts) == (None, None, False, 0)
    assert not await engine.health()
    await engine.stop()


async def test_a_service_whose_engine_does_not_answer_can_not_be_attached_to(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It may be starting it again at this moment; so may something else listen there."""
    folder = DataFolder(data)
    folder.prepare()
    folder.lock()
    with pytest.raises(EngineUnavailable, match="No service"):
        await attach(data)
    folder.new_password()
    port = ports.free_port()
    folder.write_record(EngineRecord(os.getpid(), port, f"bolt://127.0.0.1:{port}", "civic", 1))
    with pytest.raises(EngineUnavailable, match="does not answer now"):
        await attach(data)

    async def refuses(*_: object) -> bool:
        raise CredentialsRefused

    monkeypatch.setattr(readiness, "answers", refuses)
    with pytest.raises(EngineUnavailable, match="does not answer now"):
        await attach(data)
    folder.unlock()


async def test_somebody_else_on_the_port_is_not_taken_for_an_engine() -> None:
    """An open port says only that somebody listens: one that is silent is waited for, and not for ever."""

    async def silent(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.5)
        writer.close()

    server = await asyncio.start_server(silent, "127.0.0.1", 0)
    async with server:
        port = server.sockets[0].getsockname()[1]
        assert await readiness.listens("127.0.0.1", port)
        assert not await readiness.answers(Endpoint(f"bolt://127.0.0.1:{port}", "a", "b", "c"), 0.2)
        await asyncio.sleep(0.5)
    assert not await readiness.listens("127.0.0.1", port)


def _flaky(answers: list[GraphError | OSError | None]) -> Callable[..., object]:
    """Let the launches fail in turn, as told, and then succeed as stand-ins that live for ever."""

    async def launch(engine: EmbeddedEngine, _: object) -> None:
        failure = answers.pop(0)
        if failure is not None:
            raise failure
        engine._child = await _sleeping(engine)
        engine._ready_at = 0.0 if len(answers) == 1 else 1e12

    return launch


async def _sleeping(engine: EmbeddedEngine) -> child.EngineChild:
    process = await asyncio.create_subprocess_exec(sys.executable, "-c", "import time; time.sleep(60)")
    return child.EngineChild(process, engine.folder, Endpoint("bolt://127.0.0.1:1", "", "", ""), 0)


async def test_a_restart_that_fails_is_tried_again_ever_more_slowly(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The pauses double up to a bound, and start anew after an engine that had run steadily."""
    told: list[EngineEvent] = []
    pauses: list[float] = []
    sleep = asyncio.sleep

    async def noted(seconds: float) -> None:
        pauses.append(seconds)
        await sleep(0)

    monkeypatch.setattr(
        EmbeddedEngine,
        "_launch",
        _flaky([None, EngineMissing(), OSError(28, "No space"), *[EngineMissing()] * 4, None, None, None]),
    )
    engine = EmbeddedEngine(data, heap="512m", on_event=told.append)
    monkeypatch.setattr(EmbeddedEngine, "url", "bolt://127.0.0.1:1")
    await engine.start()
    monkeypatch.setattr("asyncio.sleep", noted)
    for _ in range(3):
        pid = engine.pid
        assert pid is not None
        os.kill(pid, 9)
        while engine.pid in (pid, None):
            await sleep(0.01)
    await engine.stop()
    assert pauses == [0.2, 0.4, 0.8, 1.6, 3.2, 5.0, 5.0, 5.0, 0.2]
    failed = [event for event in told if event.kind is EngineEventKind.RESTART_FAILED]
    assert len(failed) == 6
    assert failed[1].detail == "[Errno 28] No space"
    assert [event.kind for event in told][-2:] == [EngineEventKind.STOPPING, EngineEventKind.STOPPED]
