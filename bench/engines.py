"""The engines and the cities on them: a folder and settings each, a Neo4j of one's own, and the loads, timed."""

import asyncio
import json
import os
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import psutil
from neo4j import AsyncGraphDatabase
from neo4j.exceptions import AuthError

from bench.errors import BenchStopped
from bench.figures import MEGABYTE, Loaded
from bench.processes import ROOT, civic, ended_early, running
from graph.engines.memory import GIBIBYTE, heap_for, machine_memory
from graph.engines.ports import LOOPBACK, free_port
from tests.engines import neo4j_for_tests

_USER = "neo4j"
_FIRST_PASSWORD = "neo4j"  # noqa: S105 - what every new Neo4j has, until it is changed.
_PASSWORD = "for-the-benchmark-only"  # noqa: S105 - of a server on loopback that holds made-up people.
_START_TIME = 180.0
_PAUSE = 0.2
_MARK = "bench-load.json"


class EngineKind(StrEnum):
    """The engines that can be measured."""

    EMBEDDED = "embedded"
    NEO4J = "neo4j"


@dataclass(frozen=True, slots=True)
class City:
    """A city of some size on an engine: the settings under which `civic` reaches it, and where it logs.

    `engine_process` is None for the embedded engine, which the service starts itself.
    """

    people: int
    home: Path
    environment: dict[str, str]
    engine_process: int | None = None

    @property
    def log(self) -> Path:
        """What the commands print."""
        return self.home / "civic.log"

    @property
    def data(self) -> Path:
        """The data folder of the commands."""
        return Path(self.environment["DATA"])


@asynccontextmanager
async def city_on(kind: EngineKind, people: int, folder: Path) -> AsyncIterator[City]:
    """Give a city of so many people in a folder that is kept by its name, with its engine where `civic` starts none.

    Raises BenchStopped where there is no Neo4j to start.
    """
    home = folder / f"{kind}-{people}"
    home.mkdir(mode=0o700, parents=True, exist_ok=True)
    environment = {"DATA": str(home / "data")}
    if kind is EngineKind.EMBEDDED:
        yield City(people, home, environment)
        return
    async with _neo4j(home) as (url, process):
        environment |= {"GRAPH_URL": url, "GRAPH_USER": _USER, "GRAPH_PASSWORD": _PASSWORD}
        yield City(people, home, environment, process)


def neo4j_missing() -> str | None:
    """Return why there is no Neo4j to measure on, None where there is."""
    try:
        _neo4j_jars()
    except neo4j_for_tests.Neo4jMissing as missing:
        # The tests could do with a server elsewhere, and say so; two cities of one's own can't.
        return str(missing).partition(", and GRAPH_TEST_URL")[0]
    return None


def _neo4j_jars() -> Path:
    # GRAPH_TEST_URL names a server for tests, which is of no use here: two cities of one's own are needed.
    environment = {name: value for name, value in os.environ.items() if name != "GRAPH_TEST_URL"}
    return neo4j_for_tests._require_java_and_jars(environment)  # noqa: SLF001 - found as the tests find them.


@asynccontextmanager
async def _neo4j(home: Path) -> AsyncIterator[tuple[str, int]]:
    found = machine_memory()
    # The share of the machine that the embedded engine would take for itself.
    settings = {"NEO4J_JARS": str(_neo4j_jars()), "NEO4J_HEAP": heap_for(found.total, found.available, None)}
    port, log = free_port(), home / "neo4j.log"
    command = (str(ROOT / "tests" / "engines" / "neo4j" / "start"), str(home / "server"), str(port))
    log.unlink(missing_ok=True)
    async with running(command, settings, log) as process:
        deadline = time.monotonic() + _START_TIME
        while b"ready" not in log.read_bytes():
            if process.returncode is not None or time.monotonic() > deadline:
                raise ended_early("Neo4j", log)
            await asyncio.sleep(_PAUSE)
        url = f"bolt://{LOOPBACK}:{port}"
        await _ensure_password(url)
        yield url, process.pid


async def _ensure_password(url: str) -> None:
    try:
        async with AsyncGraphDatabase.driver(url, auth=(_USER, _PASSWORD)) as driver:
            await driver.verify_connectivity()
    except AuthError:
        async with (
            AsyncGraphDatabase.driver(url, auth=(_USER, _FIRST_PASSWORD)) as driver,
            driver.session(database="system") as session,
        ):
            change = "ALTER CURRENT USER SET PASSWORD FROM $old TO $new"
            await (await session.run(change, old=_FIRST_PASSWORD, new=_PASSWORD)).consume()


@dataclass(frozen=True, slots=True)
class LoadTime:
    """Seconds from the command to its end and the most memory it took; None where it was not measured."""

    seconds: float | None
    megabytes: float | None


async def ensure_loaded(city: City) -> LoadTime:
    """Load the city, or go on with its load, or find it whole; the time of a load in one go is kept beside it."""
    mark = city.home / _MARK
    if mark.exists():
        return LoadTime(**json.loads(mark.read_bytes()))
    fresh = not city.data.exists()
    begun, most = time.perf_counter(), 0.0
    async with running(civic("load", "--people", str(city.people)), city.environment, city.log) as process:
        while process.returncode is None:
            most = max(most, _family_megabytes(process.pid))
            await asyncio.sleep(_PAUSE)
        if process.returncode != 0:
            raise ended_early("The load", city.log)
    taken = LoadTime(time.perf_counter() - begun, most) if fresh else LoadTime(None, None)
    mark.write_text(json.dumps({"seconds": taken.seconds, "megabytes": taken.megabytes}), encoding="utf-8")
    return taken


def loaded(city: City, rows: int, taken: LoadTime) -> Loaded:
    """Return the load's figures."""
    return Loaded(city.people, rows, taken.seconds, taken.megabytes)


def require_room(folder: Path, people: int, kinds: int) -> None:
    """Raise BenchStopped unless the folder's disk has room for the cities."""
    needed = (2 + 4 * kinds * people / 476_705 * 1.1) * GIBIBYTE
    if psutil.disk_usage(str(folder)).free < needed:
        raise BenchStopped(f"There is too little room on the disk: {needed / GIBIBYTE:.0f} GiB are needed.")


def _family_megabytes(pid: int) -> float:
    """Return the resident memory of a command and of the process that makes its rows, without the engine's."""
    try:
        command = psutil.Process(pid)
        family = [command, *(child for child in command.children() if "python" in child.name())]
        return sum(process.memory_info().rss for process in family) / MEGABYTE
    except psutil.NoSuchProcess:
        return 0.0
