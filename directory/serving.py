"""Serving: the port, the graph, the load where it is not whole yet, the keys, and the server until it is stopped."""

import asyncio
import contextlib
import errno
import gc
import signal
import socket
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import dataclass
from typing import Self

import uvicorn

from directory import clock
from directory.access.demonstration import ensure_demonstration_keys
from directory.app import make_application
from directory.backup.following import Follower
from directory.backup.journal import Journal
from directory.backup.manifest import journal_key
from directory.backup.register import Register
from directory.backup.replaying import require_servable
from directory.errors import AddressTaken, DirectoryEmpty, DirectoryError, SettingInvalid
from directory.graph_access import graph_for_service
from directory.intake.load import Progress, load_city, prepare
from directory.ledger.running import running_ledger
from directory.logs import log_event
from directory.reference.programme import PARTICIPANTS
from directory.rights.courier import WebhookCourier
from directory.rights.desk import Keep
from directory.rights.reminding import remind
from directory.rights.sweeping import sweep_daily
from directory.sealing.keyring_file import ensure_keyring, read_keyring, require_keyring_of
from directory.settings import Settings
from graph.connection import Graph
from graph.engines.memory import MEBIBYTE, require_disk
from graph.intake import Load
from graph.people import population

_STOP_TIME = 10
# What the whole city takes on the disk with its write-ahead log, and what is always left for the day's writes.
_DISK_A_PERSON = 8 * 1024
_DISK_LEFT = 256 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Serving:
    """What is being served, to be told to whoever started it: the address, the city, and demonstration keys."""

    url: str
    load: Load
    engine: str
    keys: dict[str, str]


async def serve(settings: Settings, *, synthetic: bool, progress: Progress, ready: Callable[[Serving], None]) -> None:
    """Serve until SIGINT or SIGTERM; where the directory is empty and `synthetic`, load the whole made-up city first.

    A load that was begun is gone on with, whoever began it. `ready` is called when the first request can be answered.
    Raises AddressTaken, DirectoryEmpty, and what the engine, the keyring, the ledger and the load raise.
    """
    courier = None if settings.courier is None else WebhookCourier(settings.courier)
    with _listening(settings.host, settings.port) as listener, _Stop() as stop:
        async with contextlib.AsyncExitStack() as stack:
            graph = await stack.enter_async_context(graph_for_service(settings))
            loaded = await ensure_loaded(graph, settings, synthetic=synthetic, progress=progress)
            # A ledger that was rolled back or rewritten is not served.
            running = await stack.enter_async_context(running_ledger(graph, settings, clock.now))
            keep = await stack.enter_async_context(_following(graph, settings, sweeps=not loaded.synthetic))
            keys: dict[str, str] = {}
            if loaded.synthetic:
                keys = await ensure_demonstration_keys(graph, settings.demo_keys, clock.now())
            application = await make_application(
                graph,
                settings.keyring,
                clock.now,
                synthetic=loaded.synthetic,
                courier=courier,
                ledger=running.sequencer,
                keep=keep,
            )
            server = _Server(
                uvicorn.Config(
                    application.asgi,
                    http="httptools",
                    ws="none",
                    lifespan="off",
                    log_config=None,
                    access_log=False,
                    server_header=False,
                    # The address from which a look came is believed of the named proxy alone (P15).
                    proxy_headers=settings.trusted_proxy is not None,
                    forwarded_allow_ips=settings.trusted_proxy or "",
                    timeout_graceful_shutdown=_STOP_TIME,
                )
            )
            stop.asks(server)
            # What was made so far stays: the collector need not look through it again and again.
            gc.freeze()
            # The first count reads the whole city from the disk; nobody should have to wait for that.
            warming = asyncio.create_task(_warm(application.services.network.read))
            assert graph.identity is not None  # noqa: S101 - an open graph knows its engine.
            engine = f"{graph.identity.name} {graph.identity.version}"
            log_event("serving", port=listener.getsockname()[1], people=loaded.people, engine=engine)
            server.on_started = lambda: ready(Serving(_url(listener), loaded, engine, keys))
            # From now on, since it listens: connections that linger when it has ended shall not hinder the next start.
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                await server.serve(sockets=[listener])
            except OSError:
                # Somebody else began to listen while this one was loading: the address itself was there to be taken.
                raise AddressTaken(settings.host, settings.port) from None
            finally:
                warming.cancel()
            log_event("stopped")


async def ensure_loaded(graph: Graph, settings: Settings, *, synthetic: bool, progress: Progress) -> Load:
    """Return the finished load, going on with it or beginning it where that is needed; raises DirectoryEmpty."""
    await require_servable(graph)
    begun = await prepare(graph)
    if begun is not None and begun.complete:
        ensure_keyring(settings.keyring, people=begun.people)
        require_keyring_of(begun.key_check, settings.keyring)
        return begun
    if begun is None and not synthetic:
        raise DirectoryEmpty
    return await load(graph, settings, progress=progress)


async def load(
    graph: Graph,
    settings: Settings,
    *,
    progress: Progress,
    people: int | None = None,
    seed: int | None = None,
) -> Load:
    """Load the made-up city, or the rest of it; raises LoadMismatch, TooLittleDisk and what the keyring raises."""
    await require_servable(graph)
    there = await graph.read(population)
    begun = await prepare(graph)
    if settings.server is None:
        wanted = begun.people if begun is not None else PARTICIPANTS if people is None else people
        require_disk(settings.data, _DISK_LEFT + max(wanted - there, 0) * _DISK_A_PERSON)
    ensure_keyring(settings.keyring, people=there)
    return await load_city(graph, settings.keyring, today=clock.today(), people=people, seed=seed, progress=progress)


@contextlib.asynccontextmanager
async def _following(graph: Graph, settings: Settings, *, sweeps: bool) -> AsyncIterator[Keep]:
    """Keep the journal of erasures whole from before the first request on, and remind of deadlines meanwhile.

    It `sweeps` what may be kept no longer, but for a made-up city: its people are nobody, and it stays as it is told.
    Gives what writes into the journal (E7).
    """
    journal = Journal(settings.journal, journal_key(read_keyring(settings.keyring)))
    follower = Follower(graph, journal, Register(settings.backups), clock.now)
    await follower.catch_up()
    tasks = [asyncio.create_task(follower.follow()), asyncio.create_task(remind(graph, clock.now))]
    if sweeps:
        tasks.append(asyncio.create_task(sweep_daily(graph, clock.now, journal.record)))
    try:
        yield journal.record
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _warm(read: Callable[[], object]) -> None:
    # Only to warm: who asks later is told of a failure themselves.
    with contextlib.suppress(Exception):
        await read()  # type: ignore[misc]


@contextlib.contextmanager
def _listening(host: str, port: int) -> Iterator[socket.socket]:
    """Take the port before anything else is started, without answering on it yet."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
    except OSError:
        raise SettingInvalid(setting="HOST", must="be a name or an address of this machine") from None
    listener = socket.socket(family, socket.SOCK_STREAM)
    try:
        _bind(listener, host, port)
        yield listener
    finally:
        listener.close()


def _bind(listener: socket.socket, host: str, port: int) -> None:
    """Take the address for this process alone, even while it is not listening yet."""
    with contextlib.suppress(OSError):
        # Two that allow reuse could both have it until the first one listens: ours, while it loads the city.
        listener.bind((host, port))
        return
    # Connections of a service that has just ended may linger on the address, which hinders nobody who allows reuse.
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as failure:
        raise _address_error(failure, host, port) from None


def _address_error(failure: OSError, host: str, port: int) -> DirectoryError:
    """Return the error in words for an address that can't be had."""
    if failure.errno == errno.EADDRINUSE:
        return AddressTaken(host, port)
    if failure.errno == errno.EACCES:
        return SettingInvalid(setting="PORT", must="be one that this user may listen on, such as 8000")
    return SettingInvalid(setting="HOST", must="be an address of this machine")


def _url(listener: socket.socket) -> str:
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class _Server(uvicorn.Server):
    """A server that leaves signals to us, since they have to stop the engine and a load as well."""

    on_started: Callable[[], None] = staticmethod(lambda: None)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell that it has."""
        await super().startup(sockets)
        self.on_started()

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Capture none."""
        yield


class _Stop:
    """Turns SIGINT and SIGTERM into an orderly end, whatever is being done when they come."""

    def __init__(self) -> None:
        self._server: uvicorn.Server | None = None
        self._task = asyncio.current_task()
        self._asked = False

    def asks(self, server: uvicorn.Server) -> None:
        """From now on, ask the server to end, which lets requests finish."""
        self._server = server

    def __enter__(self) -> Self:
        """Listen for signals."""
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, self._stop)
        return self

    def __exit__(self, *_: object) -> None:
        """Listen no more."""
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().remove_signal_handler(number)

    def _stop(self) -> None:
        if self._server is not None:
            self._server.should_exit = True
        elif self._task is not None and not self._asked:
            # Once: a second signal must not break off the stopping of the engine.
            self._asked = True
            self._task.cancel()
