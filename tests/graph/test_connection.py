"""The graph's connection, on each engine: transactions, their limits, and what callers see of failures."""

import asyncio
import time
import traceback
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace

import pytest
import pytest_asyncio
from neo4j.exceptions import ServiceUnavailable, TransientError

from graph import connection
from graph.connection import Graph
from graph.engines.engine import Endpoint
from graph.engines.neo4j import RemoteEngine
from graph.engines.ports import free_port
from graph.errors import (
    Conflict,
    CredentialsRefused,
    DatabaseMissing,
    EngineBusy,
    EngineUnavailable,
    QueryFailed,
    QueryTooSlow,
)
from graph.transaction import Transaction

SECRET = "hong-gildong@example.org"


@dataclass
class Elsewhere:
    """An engine whose address, life and availability a test sets."""

    endpoint: Endpoint
    generation: int = 1
    available: bool = True


@pytest.fixture
def endpoint(graph: Graph) -> Endpoint:
    """Give the address of the engine under test."""
    return graph._engine.endpoint


@pytest_asyncio.fixture
async def tidy(graph: Graph) -> AsyncIterator[Graph]:
    """Give the graph, and remove what was written."""
    yield graph
    await graph.write(clear)


async def clear(tx: Transaction) -> None:
    """Remove every mark."""
    await (await tx.run("MATCH (m:Mark) DETACH DELETE m")).consume()


async def one(tx: Transaction, number: int) -> int:
    """Send a number there and back."""
    record = await (await tx.run("RETURN $number AS number", number=number)).single(strict=True)
    value: int = record["number"]
    return value


async def mark(tx: Transaction, value: str) -> None:
    """Write a mark."""
    await (await tx.run("CREATE (:Mark {value: $value})", value=value)).consume()


async def marks(tx: Transaction) -> list[str]:
    """Read every mark."""
    record = await (await tx.run("MATCH (m:Mark) RETURN collect(m.value) AS values")).single(strict=True)
    return sorted(record["values"])


async def slow(tx: Transaction) -> None:
    """Keep the engine busy for a while."""
    text = "UNWIND range(1, 3000) AS a UNWIND range(1, 3000) AS b RETURN sum(a * b)"
    await (await tx.run(text)).consume()


async def wrong(tx: Transaction, value: str) -> None:
    """Ask what is no Cypher."""
    await (await tx.run("RETURN this is no Cypher, $value", value=value)).consume()


async def test_a_query_function_gets_its_arguments_and_gives_its_answer(graph: Graph) -> None:
    """What the function returns is what the caller gets."""
    assert await graph.read(one, 7) == 7
    assert await graph.write(one, 8) == 8
    await graph.ping()


async def test_many_transactions_share_the_connections(graph: Graph) -> None:
    """More at once than there are connections: they wait for each other."""
    assert await asyncio.gather(*(graph.read(one, n) for n in range(50))) == list(range(50))


async def test_a_write_is_seen_by_the_next_read(tidy: Graph) -> None:
    """A write that returned is there."""
    await tidy.write(mark, "a")
    assert await tidy.read(marks) == ["a"]


async def test_a_function_that_raises_writes_nothing(tidy: Graph) -> None:
    """Its own errors come through as they are, and its transaction is undone."""

    async def half(tx: Transaction) -> None:
        await mark(tx, "half")
        raise LookupError("The other half.")

    with pytest.raises(LookupError, match="The other half"):
        await tidy.write(half)
    assert await tidy.read(marks) == []


async def test_a_broken_constraint_is_a_conflict_without_its_values(tidy: Graph) -> None:
    """Neither the sentence nor anything that a log would print beside it has the value."""

    async def constrain(tx: Transaction) -> None:
        text = "CREATE CONSTRAINT mark_value IF NOT EXISTS FOR (m:Mark) REQUIRE m.value IS UNIQUE"
        await (await tx.run(text)).consume()

    async def release(tx: Transaction) -> None:
        await (await tx.run("DROP CONSTRAINT mark_value IF EXISTS")).consume()

    await tidy.write(constrain)
    try:
        await tidy.write(mark, SECRET)
        with pytest.raises(Conflict) as caught:
            await tidy.write(mark, SECRET)
    finally:
        await tidy.write(clear)
        await tidy.write(release)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_a_wrong_query_is_told_by_its_code_alone(graph: Graph) -> None:
    """The engine's text has the query in it, and may have its values."""
    with pytest.raises(QueryFailed) as caught:
        await graph.read(wrong, SECRET)
    assert caught.value.engine_code == "Neo.ClientError.Statement.SyntaxError"
    assert SECRET not in "".join(traceback.format_exception(caught.value))


async def test_a_slow_query_is_broken_off_and_the_next_one_served(graph: Graph) -> None:
    """The caller waits no longer than it said, and the connection is not lost to others."""
    asked = time.monotonic()
    with pytest.raises(QueryTooSlow):
        await graph.read(slow, within=0.3)
    assert time.monotonic() - asked < 3
    assert await graph.read(one, 1) == 1


async def test_an_engine_that_answers_others_was_not_down(graph: Graph, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there was time to look, a slow query is still told as slow."""
    monkeypatch.setattr(connection, "_WORTH_A_LOOK", 0.1)
    monkeypatch.setattr(connection, "_LOOK_TIME", 20.0)
    with pytest.raises(QueryTooSlow):
        await graph.read(slow, within=0.3)


async def test_what_fails_for_the_moment_is_tried_again(tidy: Graph) -> None:
    """A deadlock is over in milliseconds; what the first attempt wrote is not written twice."""
    attempts = 0

    async def deadlocked_once(tx: Transaction) -> None:
        nonlocal attempts
        attempts += 1
        await mark(tx, f"attempt {attempts}")
        if attempts == 1:
            raise TransientError

    await tidy.write(deadlocked_once)
    assert await tidy.read(marks) == ["attempt 2"]


async def test_what_goes_on_failing_is_given_up(endpoint: Endpoint) -> None:
    """After the time for retries the caller is told to come back."""

    async def always(_: Transaction) -> None:
        raise TransientError

    async with Graph(RemoteEngine(endpoint), retry_time=0.2) as impatient:
        with pytest.raises(EngineBusy) as caught:
            await impatient.write(always)
    assert caught.value.retry_after >= 1


async def test_an_engine_known_to_be_down_is_not_asked(endpoint: Endpoint) -> None:
    """The caller is told at once, and served again as soon as it is back."""
    engine = Elsewhere(endpoint)
    async with Graph(engine) as graph:
        engine.available = False
        asked = time.monotonic()
        with pytest.raises(EngineUnavailable):
            await graph.read(one, 1)
        assert time.monotonic() - asked < 0.1
        engine.available = True
        assert await graph.read(one, 2) == 2


async def test_a_dead_server_is_told_as_dead() -> None:
    """Not as a slow query, and within the time for retries."""
    graph = Graph(RemoteEngine(Endpoint(f"bolt://127.0.0.1:{free_port()}", "a", "b", "c")), retry_time=0.2)
    with pytest.raises(EngineUnavailable) as caught:
        await graph.open()
    assert type(caught.value) is EngineUnavailable
    assert graph._pool is None


async def test_wrong_credentials_and_databases_are_told(endpoint: Endpoint) -> None:
    """Each names the settings to look at, and none repeats them."""
    with pytest.raises(CredentialsRefused, match="GRAPH_PASSWORD") as caught:
        await Graph(RemoteEngine(replace(endpoint, password=SECRET))).open()
    assert SECRET not in "".join(traceback.format_exception(caught.value))
    with pytest.raises(DatabaseMissing, match="GRAPH_DATABASE"):
        await Graph(RemoteEngine(replace(endpoint, database="nonesuch"))).open()


async def test_a_new_life_of_the_engine_gets_new_connections(endpoint: Endpoint) -> None:
    """What is under way ends on the old ones, which are closed when nobody needs them."""
    engine = Elsewhere(endpoint)
    async with Graph(engine) as graph:
        begun, go_on = asyncio.Event(), asyncio.Event()

        async def long(tx: Transaction) -> int:
            begun.set()
            await go_on.wait()
            return await one(tx, 1)

        under_way = asyncio.create_task(graph.read(long))
        await begun.wait()
        old = graph._pool
        engine.generation = 2
        assert await graph.read(one, 2) == 2
        assert graph._pool is not old
        assert graph._retired == [old]
        go_on.set()
        assert await under_way == 1
        assert graph._retired == []


async def test_closing_closes_old_connections_too(endpoint: Endpoint) -> None:
    """Also those that nobody had a reason to look at; and it may be repeated."""
    engine = Elsewhere(endpoint)
    graph = Graph(engine)
    await graph.open()
    engine.generation = 2
    current = graph._current()
    assert len(graph._retired) == 1
    await graph.close()
    await graph.close()
    assert current is not None
    assert graph._retired == []


async def test_in_a_cluster_reads_wait_for_our_writes(endpoint: Endpoint) -> None:
    """A routed connection carries bookmarks from each write to the next read."""
    routed = replace(endpoint, url=endpoint.url.replace("bolt://", "neo4j://"))
    async with Graph(RemoteEngine(routed)) as graph:
        assert graph._bookmarks is not None
        await graph.write(mark, "routed")
        assert await graph.read(marks) == ["routed"]
        assert await graph._bookmarks.get_bookmarks()
        await graph.write(clear)


async def test_a_lost_connection_within_a_function_is_no_error_of_the_caller(endpoint: Endpoint) -> None:
    """What the driver raises inside a query function is translated like what it raises outside."""

    async def lost(_: Transaction) -> None:
        raise ServiceUnavailable(SECRET)

    async with Graph(RemoteEngine(endpoint), retry_time=0.1) as graph:
        with pytest.raises(EngineUnavailable) as caught:
            await graph.read(lost)
    assert SECRET not in str(caught.value)
