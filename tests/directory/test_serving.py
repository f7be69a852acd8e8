"""Serving, from the port to the last answer, in this process."""

import asyncio
import io
import os
import signal
import socket
from collections.abc import AsyncIterator
from urllib.parse import urlsplit

import httpx
import pytest
import pytest_asyncio

from directory.errors import AddressTaken, DirectoryEmpty, LoadMismatch, SettingInvalid
from directory.graph_access import graph_for_command, graph_for_service
from directory.serving import Serving, _listening, ensure_loaded, load, serve
from directory.settings import Settings
from graph.engines.ports import free_port
from graph.errors import FolderInUse
from graph.people import population
from tests.directory.small_folder import FEWEST, no_progress, settings_for

pytestmark = pytest.mark.slow


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def loaded(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Settings]:
    """Load the smallest city into a data folder."""
    settings = settings_for(tmp_path_factory.mktemp("serving") / "data")
    async with graph_for_service(settings) as graph:
        with pytest.raises(DirectoryEmpty):
            await ensure_loaded(graph, settings, synthetic=False, progress=no_progress)
        done = await load(graph, settings, progress=no_progress, people=FEWEST)
        assert done.complete
        for people in (0, FEWEST + 1):
            with pytest.raises(LoadMismatch, match="12 people from seed 2013"):
                await load(graph, settings, progress=no_progress, people=people)
    yield settings


async def served(settings: Settings, *, until: signal.Signals = signal.SIGTERM) -> tuple[Serving, list[httpx.Response]]:
    """Serve until a signal comes, and give what was told and what was answered."""
    told: asyncio.Future[Serving] = asyncio.get_running_loop().create_future()
    serving = asyncio.create_task(serve(settings, synthetic=False, progress=no_progress, ready=told.set_result))
    done, _ = await asyncio.wait({told, serving}, return_when=asyncio.FIRST_COMPLETED)
    if serving in done:
        await serving
    serving_told = await told
    async with httpx.AsyncClient(base_url=serving_told.url) as client:
        answers = [await client.get(path) for path in ("/health/ready", "/", "/graphql")]
        headers = {"Authorization": f"Bearer {serving_told.keys['staff']}"}
        query = {"query": "{ network { participants synthetic } }"}
        answers.append(await client.post("/graphql", json=query, headers=headers))
        async with graph_for_command(settings) as graph:
            assert await graph.read(population) == FEWEST
        with pytest.raises(FolderInUse):
            async with graph_for_service(settings):
                pass
    os.kill(os.getpid(), until)
    await serving
    return serving_told, answers


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
async def test_it_serves_until_it_is_told_to_stop(loaded: Settings, log: io.StringIO, number: signal.Signals) -> None:
    """What it tells at the start is true: the address, the city, the keys; and then it ends in order."""
    told, answers = await served(loaded, until=number)
    assert told.load.people == FEWEST
    assert told.engine.startswith("ArcadeDB 26.10.")
    assert set(told.keys) == {"staff", "district_staff", "service", "kiosk", "privacy_officer"}
    assert [answer.status_code for answer in answers] == [200] * 4
    assert answers[-1].json()["data"] == {"network": {"participants": FEWEST, "synthetic": True}}
    kinds = [line.partition('"event": "')[2].partition('"')[0] for line in log.getvalue().splitlines()]
    assert [kind for kind in kinds if kind != "request"] == [
        *("engine_starting", "engine_ready", "serving", "stopped", "engine_stopping", "engine_stopped")
    ]


async def test_demonstration_keys_are_kept_and_mended(loaded: Settings) -> None:
    """The same keys at every start; new ones, and the old ones closed, where the file was lost or damaged."""
    first, _ = await served(loaded)
    again, _ = await served(loaded)
    assert again.keys == first.keys
    loaded.demo_keys.write_text("{ not JSON")
    mended, answers = await served(loaded)
    assert not set(mended.keys.values()) & set(first.keys.values())
    assert answers[-1].status_code == 200
    assert loaded.demo_keys.stat().st_mode & 0o777 == 0o600


async def test_a_start_can_be_stopped(loaded: Settings) -> None:
    """A signal before it serves ends it too, and the folder is free again."""
    serving = asyncio.create_task(
        serve(loaded, synthetic=False, progress=no_progress, ready=lambda _: pytest.fail("It served."))
    )
    await asyncio.sleep(0.3)
    os.kill(os.getpid(), signal.SIGTERM)
    with pytest.raises(asyncio.CancelledError):
        await serving
    async with graph_for_service(loaded) as graph:
        assert await graph.read(population) == FEWEST


async def test_a_port_that_is_taken_is_noticed_first(loaded: Settings) -> None:
    """Before an engine is started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        settings = settings_for(loaded.data, port=port)
        with pytest.raises(AddressTaken, match=f"127.0.0.1:{port}"):
            await serve(settings, synthetic=False, progress=no_progress, ready=lambda _: None)


async def test_a_port_that_is_taken_meanwhile_is_noticed_then(loaded: Settings, log: io.StringIO) -> None:
    """A program that lets others have its port until it answers on it can be late; then we are told."""
    port = free_port()
    with socket.socket() as other:
        other.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        other.bind(("127.0.0.1", port))
        settings = settings_for(loaded.data, port=port)
        serving = asyncio.create_task(
            serve(settings, synthetic=False, progress=no_progress, ready=lambda _: pytest.fail("It served."))
        )
        while "engine_starting" not in log.getvalue():  # noqa: ASYNC110 - nobody tells when a log is written.
            await asyncio.sleep(0.01)
        other.listen()
        with pytest.raises(AddressTaken, match=str(port)):
            await serving


def test_a_port_is_taken_before_it_is_answered() -> None:
    """A second start is told at once, and not after it has loaded a city of its own."""
    port = free_port()
    with _listening("127.0.0.1", port), pytest.raises(AddressTaken), _listening("127.0.0.1", port):
        pass
    with _listening("127.0.0.1", port):
        pass


@pytest.mark.parametrize("host", ["no such host", "256.0.0.1"])
def test_a_host_that_is_none(host: str) -> None:
    """The setting is named, its value is not."""
    with pytest.raises(SettingInvalid, match="HOST") as failure, _listening(host, 0):
        pass
    assert host not in str(failure.value)


async def test_a_port_can_be_taken_again_at_once(loaded: Settings) -> None:
    """A restart does not have to wait for the last connections of the start before."""
    settings = settings_for(loaded.data, port=free_port())
    for _ in range(2):
        started: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        serving = asyncio.create_task(
            serve(
                settings, synthetic=False, progress=no_progress, ready=lambda told, at=started: at.set_result(told.url)
            )
        )
        url = urlsplit(await started)
        reader, writer = await asyncio.open_connection(url.hostname, url.port)
        # Asked for the end of the connection, the service closes it first, and its side lingers.
        writer.write(b"GET /health/live HTTP/1.1\r\nHost: civic\r\nConnection: close\r\n\r\n")
        assert b'{"live":true}' in await reader.read()
        writer.close()
        os.kill(os.getpid(), signal.SIGTERM)
        await serving
