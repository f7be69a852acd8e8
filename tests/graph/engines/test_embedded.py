"""The embedded engine itself: started, killed, stopped, started again."""

import asyncio
import os
import signal
import socket
import time
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
import pytest_asyncio

from graph.connection import Graph
from graph.engines import arcadedb
from graph.engines.child import EngineChild, Plan
from graph.engines.embedded import EmbeddedEngine
from graph.engines.events import EngineEvent, EngineEventKind
from graph.engines.neo4j import RemoteEngine
from graph.errors import EngineUnavailable, FolderInUse, QueryTooSlow
from graph.transaction import Transaction

pytestmark = pytest.mark.slow


class Started:
    """An engine that runs, its graph, and what was told of it."""

    def __init__(self, folder: Path) -> None:
        """Prepare the engine."""
        self.told: list[EngineEvent] = []
        self.engine = EmbeddedEngine(folder, heap="512m", on_event=self.told.append)
        self.graph = Graph(self.engine)

    async def again(self, generation: int) -> None:
        """Wait until the engine has come back."""
        async with asyncio.timeout(60):
            while self.engine.generation < generation or not self.engine.available:  # noqa: ASYNC110 - a process tells no event
                await asyncio.sleep(0.02)

    def kinds(self) -> list[EngineEventKind]:
        """Give the kinds of what was told."""
        return [event.kind for event in self.told]


@pytest_asyncio.fixture
async def started(tmp_path: Path) -> AsyncIterator[Started]:
    """Start an engine on a folder of its own."""
    started = Started(tmp_path / "data")
    await started.engine.start()
    try:
        async with started.graph:
            yield started
    finally:
        await started.engine.stop()


async def keep(tx: Transaction, number: int) -> None:
    """Write a number."""
    await (await tx.run("CREATE (:Number {value: $number})", number=number)).consume()


async def count(tx: Transaction) -> int:
    """Count the numbers."""
    record = await (await tx.run("MATCH (n:Number) RETURN count(n) AS count")).single(strict=True)
    value: int = record["count"]
    return value


async def test_an_engine_runs_for_this_machine_and_user_alone(started: Started) -> None:
    """It listens on loopback only, in a session of its own, and all its files are private."""
    pid = started.engine.pid
    assert pid is not None
    assert await started.engine.health()
    await started.graph.write(keep, 1)
    listening = [
        connection.laddr.ip
        for connection in psutil.Process(pid).net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    ]
    assert len(listening) == 2
    assert {address.removeprefix("::ffff:") for address in listening} == {"127.0.0.1"}
    assert os.getsid(pid) == pid
    open_to_others = [path for path in started.engine.folder.path.rglob("*") if path.lstat().st_mode & 0o077]
    assert open_to_others == []
    password = started.engine.folder.password()
    assert password is not None
    assert password not in " ".join(psutil.Process(pid).cmdline())
    assert started.engine.heap == "512m"


async def test_a_killed_engine_comes_back_on_its_port(started: Started) -> None:
    """Callers are told at once that it is away, then all goes on, with nothing lost."""
    for number in range(20):
        await started.graph.write(keep, number)
    pid, url = started.engine.pid, started.engine.url
    assert pid is not None
    os.kill(pid, signal.SIGKILL)
    while started.engine.available:  # noqa: ASYNC110 - a process tells no event
        await asyncio.sleep(0.001)
    asked = time.monotonic()
    with pytest.raises(EngineUnavailable) as caught:
        await started.graph.read(count)
    assert time.monotonic() - asked < 0.5
    assert caught.value.retry_after >= 1
    assert not await started.engine.health()
    await started.again(2)
    assert await started.graph.read(count) == 20
    assert started.engine.url == url
    assert started.engine.pid != pid
    assert started.engine.restarts == 1
    assert started.kinds() == [
        EngineEventKind.STARTING,
        EngineEventKind.READY,
        EngineEventKind.DIED,
        EngineEventKind.STARTING,
        EngineEventKind.READY,
    ]
    assert started.told[2].detail == "exit status -9"


async def test_a_server_that_others_watch_is_found_again(started: Started) -> None:
    """Nobody tells us that it died or came back: asking tells, with the same connection object."""
    pid = started.engine.pid
    assert pid is not None
    async with Graph(RemoteEngine(started.engine.endpoint), retry_time=0.1) as graph:
        await graph.write(keep, 1)
        os.kill(pid, signal.SIGKILL)
        with pytest.raises(EngineUnavailable):
            await graph.read(count)
        await started.again(2)
        assert await graph.read(count) == 1


async def test_a_transaction_in_flight_outlives_the_engines_death(started: Started) -> None:
    """What was under way and not committed is done again on the engine that comes back."""
    pid = started.engine.pid
    assert pid is not None
    attempts = 0

    async def killing(tx: Transaction) -> int:
        nonlocal attempts
        attempts += 1
        await keep(tx, attempts)
        if attempts == 1:
            os.kill(pid, signal.SIGKILL)
        return await count(tx)

    assert await started.graph.write(killing) == 1
    assert attempts > 1
    await started.again(2)
    assert await started.graph.read(count) == 1


async def test_a_port_that_was_taken_meanwhile_is_left(started: Started) -> None:
    """Somebody listens there when the engine wants it back: it comes back elsewhere, and callers follow."""
    pid, url = started.engine.pid, started.engine.url
    assert pid is not None
    await started.graph.write(keep, 1)
    os.kill(pid, signal.SIGKILL)
    with socket.socket() as squatter:
        squatter.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        port = int(url.rpartition(":")[2])
        while True:
            try:
                squatter.bind(("127.0.0.1", port))
                break
            except OSError:
                await asyncio.sleep(0.005)
        squatter.listen()
        await started.again(2)
        assert started.engine.url != url
        assert await started.graph.read(count) == 1


async def test_an_engine_that_hangs_is_not_waited_for(started: Started) -> None:
    """It keeps the connection open and says nothing; when it wakes up, all goes on."""
    pid = started.engine.pid
    assert pid is not None
    os.kill(pid, signal.SIGSTOP)
    try:
        with pytest.raises(QueryTooSlow):
            await started.graph.read(count, within=0.5)
        with pytest.raises(EngineUnavailable) as told:
            await started.graph.read(count, within=1.1)
        # With time to look, it is told that the engine does not answer, and not that the question was too much.
        assert type(told.value) is EngineUnavailable
        assert not await started.engine.health(0.3)
    finally:
        os.kill(pid, signal.SIGCONT)
    assert await started.graph.read(count) == 0


async def test_the_next_start_finds_port_password_and_data(started: Started) -> None:
    """Also when engine.json was damaged in between; then only the port may change."""
    engine = started.engine
    await started.graph.write(keep, 1)
    url, password = engine.url, engine.folder.password()
    await engine.stop()
    await engine.stop()
    assert engine.pid is None
    assert await engine.start() == url
    assert await started.graph.read(count) == 1
    await engine.stop()
    (engine.folder.path / "engine.json").write_text("\x00{{{ garbage")
    await engine.start()
    assert await started.graph.read(count) == 1
    assert engine.folder.password() == password


async def test_a_lost_password_costs_no_data(started: Started) -> None:
    """A new one is made, and the engine takes it."""
    engine = started.engine
    await started.graph.write(keep, 1)
    await engine.stop()
    engine.folder.password_file.unlink()
    await engine.start()
    assert await started.graph.read(count) == 1


async def test_an_orphan_is_ended_and_followed(started: Started) -> None:
    """One that outlived its application would keep the database locked, whatever engine.json says of it."""
    engine = started.engine
    await started.graph.write(keep, 1)
    await engine.stop()
    plan = Plan("512m", engine.folder.password() or "", arcadedb.LOGGING)
    port = engine.folder.record()
    assert port is not None
    orphan = await EngineChild.spawn(engine.folder, port.port, plan)
    await orphan.ready()
    (engine.folder.path / "engine.json").unlink()
    await engine.start()
    assert EngineEvent(EngineEventKind.ORPHAN_ENDED, orphan.pid) in started.told
    await orphan.wait()
    assert await started.graph.read(count) == 1


async def test_a_refused_password_is_no_health(started: Started) -> None:
    """Whatever listens there is not our engine any more."""
    right = started.engine.endpoint
    started.engine._endpoint = replace(right, password="another")
    assert not await started.engine.health()
    started.engine._endpoint = right
    assert await started.engine.health()


async def test_a_second_engine_in_this_process_is_refused_too(started: Started) -> None:
    """And the first one is not disturbed."""
    with pytest.raises(FolderInUse):
        await EmbeddedEngine(started.engine.folder.path, heap="512m").start()
    assert await started.engine.health()


async def test_an_engine_that_ignores_the_request_is_killed(started: Started) -> None:
    """A stopped process does not even notice."""
    pid = started.engine.pid
    assert pid is not None
    child = started.engine._child
    assert child is not None
    os.kill(pid, signal.SIGSTOP)
    await child.end(0.2)
    assert await child.wait() == -signal.SIGKILL
    await child.end(0.2)
