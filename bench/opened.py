"""A running service as the benchmark holds it: its engine by the plain driver, its parts in process, itself by HTTP."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar, TypeVarTuple

import orjson
import strawberry
from neo4j import AsyncDriver, AsyncGraphDatabase, NotificationMinimumSeverity

from bench.client import Connection
from bench.errors import BenchStopped
from bench.service import RunningService
from directory import clock
from directory.access.caller import Caller
from directory.access.keys import authenticate
from directory.api.context import Context, Services
from directory.api.schema import make_schema
from directory.app import make_services
from graph.connection import Graph
from graph.engines.probe import EngineIdentity
from graph.transaction import Transaction

_R = TypeVar("_R")
_Ts = TypeVarTuple("_Ts")


@dataclass(frozen=True, slots=True)
class Opened:
    """Four ways in to the same people: `raw`, `services`, `ask` and `http`; all of them end at one engine."""

    graph: Graph
    driver: AsyncDriver
    database: str
    services: Services
    schema: strawberry.Schema
    caller: Caller
    http: Connection
    identity: EngineIdentity

    async def raw(self, work: Callable[[Transaction, *_Ts], Awaitable[_R]], *arguments: *_Ts) -> _R:
        """Run a query function in a read transaction of the plain driver: nothing of ours but its Cypher."""
        async with self.driver.session(database=self.database) as session:
            return await session.execute_read(work, *arguments)

    async def ask(self, query: str, variables: dict[str, Any]) -> bytes:
        """Answer a GraphQL request in this process, encoded as JSON; raises BenchStopped for one with errors."""
        result = await self.schema.execute(
            query, variable_values=variables, context_value=Context(self.caller, self.services)
        )
        if result.errors:
            raise BenchStopped(f"A query was answered with an error: {result.errors[0].message}")
        return encoded(result.data)


def encoded(data: Any) -> bytes:  # noqa: ANN401 - whatever an answer holds.
    """Encode an answer as the service does."""
    return orjson.dumps({"data": data})


@asynccontextmanager
async def opened(service: RunningService) -> AsyncIterator[Opened]:
    """Open the graph of a running service beside it, with services of our own that are made as its are."""
    engine = service.engine
    endpoint = engine.endpoint
    async with Graph(engine) as graph, Connection(service.port, service.token) as http:
        driver = AsyncGraphDatabase.driver(
            endpoint.url,
            auth=(endpoint.user, endpoint.password),
            notifications_min_severity=NotificationMinimumSeverity.OFF,
            telemetry_disabled=True,
        )
        async with driver:
            key = await authenticate(graph, f"Bearer {service.token}", clock.now())
            assert graph.identity is not None
            yield Opened(
                graph=graph,
                driver=driver,
                database=endpoint.database,
                services=await make_services(graph, service.keyring, clock.now),
                schema=make_schema(),
                caller=Caller(key, "127.0.0.1", "benchmark"),
                http=http,
                identity=graph.identity,
            )
