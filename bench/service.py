"""The service under measurement: `civic serve` in a process of its own, found once it is ready."""

import asyncio
import json
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

from bench.client import Connection
from bench.engines import City
from bench.figures import MEGABYTE, Start
from bench.processes import civic, ended_early, running
from bench.questions import FIRST_PAGE
from directory.settings import Settings
from graph.engines.attached import attach
from graph.engines.engine import Engine
from graph.engines.folder import DataFolder
from graph.engines.ports import free_port

_OK = 200
_PAUSE = 0.02
_PATIENCE = 180.0


@dataclass(frozen=True, slots=True)
class RunningService:
    """A service that answers: where, with which key, on which engine, and how long its start took."""

    port: int
    token: str
    keyring: Path
    engine: Engine
    start: Start
    process: int
    engine_process: int

    def megabytes(self) -> float:
        """Return the service's resident memory."""
        return psutil.Process(self.process).memory_info().rss / MEGABYTE

    def engine_megabytes(self) -> float:
        """Return the engine's resident memory."""
        return psutil.Process(self.engine_process).memory_info().rss / MEGABYTE


@asynccontextmanager
async def serving(city: City) -> AsyncIterator[RunningService]:
    """Serve a loaded city for as long as the context lasts; raises BenchStopped where the service does not start."""
    port = free_port()
    environment = {**city.environment, "PORT": str(port)}
    settings = Settings.from_environment(environment)
    begun = time.perf_counter()
    async with running(civic("serve"), environment, city.log) as process:
        async with Connection(port, "") as connection:
            await _ready(connection, process, city.log)
        ready = time.perf_counter() - begun
        tokens = json.loads(settings.demo_keys.read_bytes())
        async with Connection(port, tokens["staff"]) as connection:
            await connection.post(FIRST_PAGE.body)
        start = Start(ready, time.perf_counter() - begun)
        engine: Engine = settings.server or await attach(settings.data)
        yield RunningService(
            port=port,
            token=tokens["staff"],
            keyring=settings.keyring,
            engine=engine,
            start=start,
            process=process.pid,
            engine_process=city.engine_process or _embedded_process(settings.data),
        )


async def _ready(connection: Connection, process: asyncio.subprocess.Process, log: Path) -> None:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        if process.returncode is not None:
            raise ended_early("The service", log)
        try:
            status, _ = await connection.get("/health/ready")
        except OSError:
            status = 0
        if status == _OK:
            return
        await asyncio.sleep(_PAUSE)
    raise ended_early("The service was not ready in time, and", log)


def _embedded_process(data: Path) -> int:
    record = DataFolder(data).record()
    assert record is not None
    return record.pid
