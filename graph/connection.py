"""The one connection to the graph: managed transactions with a time limit, failures in our own words."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Self, TypeVar, TypeVarTuple

from neo4j import (
    AsyncDriver,
    AsyncGraphDatabase,
    AsyncManagedTransaction,
    NotificationMinimumSeverity,
    unit_of_work,
)
from neo4j.api import AsyncBookmarkManager

from graph.engines.engine import Endpoint, Engine
from graph.engines.probe import EngineIdentity, probe
from graph.errors import EngineUnavailable, GraphError, QueryTooSlow
from graph.failures import DRIVER_FAILURES, translate

POOL_SIZE = 16
ACQUISITION_TIME = 5.0
# Longer than the embedded engine needs to be back, shorter than READ_TIME, so that a caller of a dead engine
# is told that it is dead, and not that the query was slow.
RETRY_TIME = 6.0
# Seconds that a transaction may take, with its retries, unless the caller says otherwise.
READ_TIME = 10.0
WRITE_TIME = 30.0

_CONNECTION_TIME = 5.0
# How long an engine that was too slow is looked at, in order to tell whether it is there; not for callers in a hurry.
_LOOK_TIME = 1.0
_WORTH_A_LOOK = 1.0
# The driver would wait a second before its first retry; a deadlock among writers is over in milliseconds.
_FIRST_RETRY = 0.1

_R = TypeVar("_R")
_Ts = TypeVarTuple("_Ts")


class _Pool:
    """A driver with its connections to one life of the engine, and how many transactions are on it."""

    def __init__(self, driver: AsyncDriver, generation: int) -> None:
        self.driver = driver
        self.generation = generation
        self.users = 0


class Graph:
    """The graph, for query functions `async def work(tx, *args)` that run in a transaction of their own.

    A function may run more than once, since a transaction that fails in a way that passes (a deadlock, a lost
    connection) is repeated: it must have no effect but that on the graph. One object serves a process, in one
    event loop; when the engine was started anew, the connections to its former life are given up.
    """

    def __init__(self, engine: Engine, *, allow_untested: bool = False, retry_time: float = RETRY_TIME) -> None:
        """Take the engine, whether an untested one is allowed, and the seconds that retries may take."""
        self._engine = engine
        self._allow_untested = allow_untested
        self._retry_time = retry_time
        self._pool: _Pool | None = None
        self._retired: list[_Pool] = []
        self._bookmarks: AsyncBookmarkManager | None = None
        self.identity: EngineIdentity | None = None

    async def open(self) -> EngineIdentity:
        """Connect and name the engine.

        Raises EngineRefused for an engine that was not tested, EngineUnavailable, CredentialsRefused and
        DatabaseMissing; nothing stays open then.
        """
        endpoint = self._engine.endpoint
        if endpoint.url.startswith("neo4j"):
            # In a cluster a read may reach a member that has not seen our last write yet; bookmarks make it
            # wait.
            self._bookmarks = AsyncGraphDatabase.bookmark_manager()
        try:
            self.identity = await self._guarded(self._identify(), READ_TIME)
        except BaseException:
            await self.close()
            raise
        return self.identity

    async def close(self) -> None:
        """Close every connection; harmless when repeated."""
        pools = self._retired if self._pool is None else [self._pool, *self._retired]
        self._pool, self._retired = None, []
        for pool in pools:
            await pool.driver.close()

    async def __aenter__(self) -> Self:
        """Open."""
        await self.open()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close."""
        await self.close()

    async def read(
        self,
        work: Callable[[AsyncManagedTransaction, *_Ts], Awaitable[_R]],
        *args: *_Ts,
        within: float = READ_TIME,
    ) -> _R:
        """Run a query function that only reads; `within` (seconds) counts its retries too.

        Raises EngineUnavailable or one of its kinds (QueryTooSlow, EngineBusy) when asking again later may
        help, and QueryFailed when the query itself is wrong.
        """
        return await self._guarded(self._run(work, args, within, writes=False), within)

    async def write(
        self,
        work: Callable[[AsyncManagedTransaction, *_Ts], Awaitable[_R]],
        *args: *_Ts,
        within: float = WRITE_TIME,
    ) -> _R:
        """Run a query function that writes; when this returns, the write is on the engine's disk.

        Raises what `read` raises, Conflict when a constraint refuses, and CommitUnknown when the connection
        broke during the commit, so that only looking can tell whether the write is there.
        """
        return await self._guarded(self._run(work, args, within, writes=True), within)

    async def ping(self, within: float = 2.0) -> None:
        """Raise EngineUnavailable unless the engine answers a query in time (seconds)."""
        await self.read(_one, within=within)

    async def _identify(self) -> EngineIdentity:
        # By a query first: the introduction alone would not tell that the database is missing.
        await self.ping(READ_TIME)
        return await probe(self._current().driver, allow_untested=self._allow_untested)

    async def _run(
        self,
        work: Callable[..., Awaitable[_R]],
        args: tuple[Any, ...],
        within: float,
        *,
        writes: bool,
    ) -> _R:
        pool = self._current()
        pool.users += 1
        try:
            async with pool.driver.session(
                database=self._engine.endpoint.database, bookmark_manager=self._bookmarks
            ) as session:
                execute = session.execute_write if writes else session.execute_read
                # Neo4j then ends the transaction itself. ArcadeDB does not know the limit and has one for
                # all.
                return await execute(unit_of_work(timeout=within)(work), *args)
        finally:
            pool.users -= 1
            if self._retired:
                await self._close_idle()

    async def _guarded(self, answer: Awaitable[_R], within: float) -> _R:
        try:
            # The engine may hang without closing the connection, and the driver would wait for ever.
            async with asyncio.timeout(within):
                return await answer
        except DRIVER_FAILURES as failure:
            error: GraphError = translate(failure)
        if isinstance(error, QueryTooSlow) and within > _WORTH_A_LOOK and not await self._answers():
            # The engine is gone or hangs, and nothing that was asked of it would have come in time.
            error = EngineUnavailable()
        raise error

    async def _answers(self) -> bool:
        """Say whether the engine answers at all."""
        try:
            async with asyncio.timeout(_LOOK_TIME):
                await self._run(_one, (), _LOOK_TIME, writes=False)
        except (*DRIVER_FAILURES, EngineUnavailable):
            return False
        return True

    def _current(self) -> _Pool:
        """Give the connections to the engine as it lives now."""
        engine = self._engine
        if not engine.available:
            raise EngineUnavailable
        pool = self._pool
        if pool is not None and pool.generation == engine.generation:
            return pool
        if pool is not None:
            self._retired.append(pool)
        self._pool = _Pool(_driver(engine.endpoint, self._retry_time), engine.generation)
        return self._pool

    async def _close_idle(self) -> None:
        idle = [pool for pool in self._retired if not pool.users]
        self._retired = [pool for pool in self._retired if pool.users]
        for pool in idle:
            await pool.driver.close()


def _driver(endpoint: Endpoint, retry_time: float) -> AsyncDriver:
    return AsyncGraphDatabase.driver(
        endpoint.url,
        auth=(endpoint.user, endpoint.password),
        max_connection_pool_size=POOL_SIZE,
        connection_acquisition_timeout=ACQUISITION_TIME,
        connection_timeout=_CONNECTION_TIME,
        max_transaction_retry_time=retry_time,
        initial_retry_delay=_FIRST_RETRY,
        # Notices about queries quote them, and cost time on every answer.
        notifications_min_severity=NotificationMinimumSeverity.OFF,
        telemetry_disabled=True,
        user_agent="civic-directory",
    )


async def _one(tx: AsyncManagedTransaction) -> None:
    result = await tx.run("RETURN 1")
    await result.consume()
