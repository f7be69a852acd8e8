"""A load that is killed, anywhere: it goes on where it stopped, and the city is whole, with nobody in it twice."""

import asyncio
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable
from datetime import date
from pathlib import Path

import httpx
import pytest

from directory.synthetic.city import SyntheticCity
from graph import intake
from graph.connection import Graph
from graph.engines.attached import attach
from graph.engines.ports import free_port
from graph.transaction import Transaction
from tests.journeys.command import Civic, Service, is_alive, kill_engine, nothing_left, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

FEW, MANY = 2_000, 12_000


async def people_of(tx: Transaction) -> list[tuple[str, str, int, int]]:
    """Read everybody: the id, the group, how many homes and how many affiliations they have."""
    result = await tx.run(
        "MATCH (p:Participant) RETURN p.id AS id, p.group AS code, "
        "size([(p)-[:LIVES_IN]->(r) | r.code]) AS homes, size([(p)-[:MEMBER_OF|SERVES_ON]->(b) | b.id]) AS bodies"
    )
    return [(row["id"], row["code"], row["homes"], row["bodies"]) async for row in result]


async def bodies_of(tx: Transaction) -> list[str]:
    """Read the ids of all bodies, each as often as it is there."""
    result = await tx.run("MATCH (b:Body) RETURN b.id AS id")
    return [row["id"] async for row in result]


async def whole(service: Service, people: int) -> None:
    """Verify that the city is exactly the one that was to be loaded: by the interface, and in the graph itself."""
    network = service.data_of("{ network { participants groups { id participants } } }")["network"]
    async with Graph(await attach(service.data)) as graph:
        load = await graph.read(intake.load)
        found = await graph.read(people_of, within=60.0)
        bodies = await graph.read(bodies_of)
    assert load is not None
    assert load.complete
    city = SyntheticCity(people, load.seed, as_of=date.fromisoformat(load.as_of))
    assert network["participants"] == people
    counts = {row["id"]: row["participants"] for row in network["groups"] if row["participants"]}
    assert counts == dict(city.headcounts)
    truths = [person for number in range(city.batch_count) for person in city.batch(number)]
    assert sorted(found) == sorted((one.id, one.group, 1, len(one.affiliations)) for one in truths)
    assert Counter(bodies) == Counter(body.id for body in city.bodies)


def kill(command: Civic, *, engine: bool) -> None:
    """Kill the command, and its engine first if asked for; nothing of it stays."""
    if engine:
        pid = kill_engine(command.data)
        wait_for(lambda: not is_alive(pid), "the engine's end")
    command.kill()
    nothing_left(command.data)


@pytest.mark.parametrize(
    ("moment", "engine"),
    [("engine_ready", True), ("Loading regions", True), ("Loading people", True), ("Loading people", False)],
)
async def test_a_load_that_is_killed_goes_on(
    data: Path,
    run: Callable[..., Civic],
    serve: Callable[..., Service],
    moment: str,
    engine: bool,  # noqa: FBT001 - a column of the table.
) -> None:
    """In the middle of a small city: while the frame, the bodies, the people are written."""
    command = run("load", "--people", str(FEW))
    command.says(moment)
    kill(command, engine=engine)
    # Before its first word was written there is nothing to go on with, and the size has to be said again.
    again = run("load", "--people", str(FEW))
    assert again.ends() == 0, again.err
    assert f"Loaded {FEW:,} made-up people" in again.out
    await whole(serve(), FEW)


async def test_a_load_that_is_killed_between_batches_goes_on_by_serving(
    data: Path, run: Callable[..., Civic], serve: Callable[..., Service]
) -> None:
    """Killed twice, then served: nothing is answered before the last person is in, and nobody is in twice."""
    command = run("load", "--people", str(MANY))
    for done in (1, 2):
        command.says("Loading people")
        async with Graph(await attach(data)) as graph:
            deadline = time.monotonic() + 60
            while (load := await graph.read(intake.load)) is None or load.done < done:
                assert time.monotonic() < deadline
                await asyncio.sleep(0.02)
        assert load.done < load.batches == 3
        kill(command, engine=done == 1)
        command = run("load") if done == 1 else command

    port = free_port()
    service = serve(PORT=str(port))
    answered = False
    async with httpx.AsyncClient(timeout=5) as client:
        while not answered and service.process.poll() is None:
            try:
                answered = bool(await client.get(f"http://127.0.0.1:{port}/health/live"))
            except httpx.ConnectError:
                continue
    assert answered
    # Whoever is answered at all, is answered from the whole city.
    await whole(service, MANY)
    assert "Loading people" in service.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
@pytest.mark.parametrize(
    "arguments", [("load", "--people", str(MANY)), ("serve", "--synthetic")], ids=["load", "serve"]
)
async def test_a_load_can_be_stopped(
    data: Path, run: Callable[..., Civic], arguments: tuple[str, ...], number: signal.Signals
) -> None:
    """It ends its engine in order, says that it can be gone on with, and what was done is kept."""
    command = run(*arguments, PORT="0")
    command.says("Loading people")
    command.interrupt(number)
    status = command.ends(40)
    nothing_left(data)
    assert "Traceback" not in command.err
    assert status == 130
    assert command.sentence == ["Stopped. What was done is kept; run the same command again to go on."]
    assert "engine_stopped" in command.err


def test_the_port_is_not_answered_while_it_loads(data: Path, serve: Callable[..., Service]) -> None:
    """A first start that loads the whole city keeps the port, and keeps it silent."""
    port = free_port()
    service = serve("--synthetic", PORT=str(port))
    service.says("Loading people")
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", port), 5)


async def test_a_finished_load_is_left_alone(
    city: Path, run: Callable[..., Civic], serve: Callable[..., Service]
) -> None:
    """Loading again changes nothing."""
    again = run("load")
    assert again.ends() == 0
    assert "Loading" not in again.err
    await whole(serve(), 2_400)
