"""The embedded engine: started as a child process, watched, started again when it dies, stopped."""

import asyncio
import contextlib
import time
from pathlib import Path

from graph.engines import arcadedb, memory, orphans, ports, readiness
from graph.engines.child import EngineChild, Plan
from graph.engines.engine import Endpoint
from graph.engines.events import EngineEvent, EngineEventKind, Listener, nobody
from graph.engines.folder import DataFolder, EngineRecord
from graph.errors import CredentialsRefused, GraphError, PortTaken

STOP_TIME = 20.0
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 5.0
# An engine that lived this long before it died did not die of its start, so the next start need not wait.
STEADY = 30.0
# Room for the log, the write-ahead log and a day's writes. A load asks for more.
DISK_NEEDED = 256 * memory.MEBIBYTE
_PORT_TRIES = 3


class EmbeddedEngine:
    """One engine in one data folder, alive from `start` to `stop`, whatever becomes of its process meanwhile.

    Start it in a thread that lives as long as the engine shall, such as the main one: on Linux the engine is
    told to end when the thread that started it does, which is how it goes when the application is killed.
    """

    def __init__(
        self,
        folder: Path,
        heap: str | None = None,
        on_event: Listener = nobody,
        *,
        log_statements: bool = False,
    ) -> None:
        """Name the data folder, the operator's heap setting if there is one, and who is told of events.

        `log_statements` has the engine log the text and the values of statements that fail: for development
        only.
        """
        self.folder = DataFolder(folder)
        self._heap_setting = heap
        self._on_event = on_event
        self._logging = arcadedb.LOGGING if log_statements else arcadedb.LOGGING_WITHOUT_STATEMENTS
        self._plan: Plan | None = None
        self._port: int | None = None
        self._child: EngineChild | None = None
        self._supervisor: asyncio.Task[None] | None = None
        self._endpoint: Endpoint | None = None
        self._available = False
        self._generation = 0
        self._ready_at = 0.0

    @property
    def endpoint(self) -> Endpoint:
        """Where the engine answers, or last answered; an error of the program before `start`."""
        if self._endpoint is None:
            message = "The embedded engine was not started."
            raise RuntimeError(message)
        return self._endpoint

    @property
    def url(self) -> str:
        """Where the engine answers Bolt."""
        return self.endpoint.url

    @property
    def pid(self) -> int | None:
        """The process id of the engine, None while there is none."""
        child = self._child
        return child.pid if child is not None and child.running else None

    @property
    def generation(self) -> int:
        """How many times the engine became ready."""
        return self._generation

    @property
    def restarts(self) -> int:
        """How many times the engine was started again after it had died."""
        return max(self._generation - 1, 0)

    @property
    def available(self) -> bool:
        """Whether the engine answered and is not known to have died since."""
        return self._available

    @property
    def heap(self) -> str | None:
        """The heap that the engine was given, in Java's notation; None before `start`."""
        return self._plan.heap if self._plan is not None else None

    async def start(self) -> str:
        """Start the engine and give its URL once it answers; from then on it is watched.

        Raises FolderRefused, FolderInUse, TooLittleDisk, TooLittleMemory, SettingRefused, EngineMissing,
        PortTaken or EngineDidNotStart, and leaves nothing running then.
        """
        self.folder.prepare()
        self.folder.lock()
        try:
            memory.require_disk(self.folder.path, DISK_NEEDED)
            for pid in await asyncio.to_thread(orphans.end_orphans, self.folder.engine_home):
                self._tell(EngineEventKind.ORPHAN_ENDED, pid)
            found = memory.machine_memory()
            heap = memory.heap_for(found.total, found.available, self._heap_setting)
            password = self.folder.password() or self.folder.new_password()
            self._plan = Plan(heap, password, self._logging)
            record = self.folder.record()
            self._port = record.port if record is not None else None
            await self._launch(self._plan)
        except BaseException:
            self.folder.unlock()
            raise
        self._supervisor = asyncio.create_task(self._supervise(self._plan), name="graph engine supervisor")
        return self.url

    async def stop(self) -> None:
        """End the engine, asked first and killed after 20 seconds, and free the folder; may be repeated."""
        supervisor, self._supervisor = self._supervisor, None
        if supervisor is not None:
            supervisor.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await supervisor
        self._available = False
        child, self._child = self._child, None
        if child is not None and child.running:
            self._tell(EngineEventKind.STOPPING, child.pid)
            await child.end(STOP_TIME)
            self._tell(EngineEventKind.STOPPED, child.pid)
        self.folder.unlock()

    async def health(self, patience: float = 2.0) -> bool:
        """Tell whether the engine answers a query within `patience` (seconds)."""
        if not self._available:
            return False
        try:
            return await readiness.answers(self.endpoint, patience)
        except CredentialsRefused:
            return False

    async def _supervise(self, plan: Plan) -> None:
        pause = FIRST_PAUSE
        while True:
            child = self._child
            # There is none after a restart that failed.
            if child is not None:
                status = await child.wait()
                self._available = False
                self._child = None
                self._tell(EngineEventKind.DIED, child.pid, f"exit status {status}")
                if time.monotonic() - self._ready_at > STEADY:
                    pause = FIRST_PAUSE
            await asyncio.sleep(pause)
            pause = min(pause * 2, LONGEST_PAUSE)
            try:
                await self._launch(plan)
            except (GraphError, OSError) as error:
                self._tell(EngineEventKind.RESTART_FAILED, None, str(error))

    async def _launch(self, plan: Plan) -> None:
        """Start a process and return once it answers, on the port of the last one wherever that is free."""
        for _ in range(_PORT_TRIES):
            self._port = ports.free_port(self._port)
            try:
                await self._launch_on(self._port, plan)
            except PortTaken:
                # Somebody was faster, between our look at the port and the engine's own.
                self._port = None
            else:
                return
        raise PortTaken(ports=f"that the engine tried {_PORT_TRIES} times")

    async def _launch_on(self, port: int, plan: Plan) -> None:
        self._child = None
        child = await EngineChild.spawn(self.folder, port, plan)
        self._tell(EngineEventKind.STARTING, child.pid)
        try:
            await child.ready()
            started = int(time.time() * 1000)
            record = EngineRecord(child.pid, port, child.endpoint.url, child.endpoint.database, started)
            self.folder.write_record(record)
        except BaseException:
            await child.end(0)
            raise
        self._child = child
        self._endpoint = child.endpoint
        self._generation += 1
        self._ready_at = time.monotonic()
        self._available = True
        self._tell(EngineEventKind.READY, child.pid, child.endpoint.url)

    def _tell(self, kind: EngineEventKind, pid: int | None = None, detail: str = "") -> None:
        self._on_event(EngineEvent(kind, pid, detail))
