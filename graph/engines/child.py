"""One process of the embedded engine, from its command line until its end."""

import asyncio
import contextlib
import time
from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from graph.engines import arcadedb, ports, readiness
from graph.engines.engine import Endpoint
from graph.engines.folder import DataFolder
from graph.errors import CredentialsRefused, EngineDidNotStart, PortTaken

START_TIME = 60.0
_PROBE_PAUSE = 0.05
_TAIL_LINES = 12
# What the engine prints when somebody took its port first. It does not end then, and would be waited for in
# vain.
_PORT_LOST = b"Unable to listen for BOLT connections"


@dataclass(frozen=True, slots=True)
class Plan:
    """What a process of the engine is started with: its heap, its password and what it logs."""

    heap: str
    password: str
    logging: str


class EngineChild:
    """A running process of the engine, which may not answer yet."""

    def __init__(
        self, process: asyncio.subprocess.Process, folder: DataFolder, endpoint: Endpoint, log_start: int
    ) -> None:
        """Take the process, where it is to answer, and where in the log its own part begins; see `spawn`."""
        self.endpoint = endpoint
        self._process = process
        self._folder = folder
        self._log_start = log_start

    @classmethod
    async def spawn(cls, folder: DataFolder, port: int, plan: Plan) -> Self:
        """Start a process in the folder; raises EngineMissing, or OSError where files can't be written."""
        installation = arcadedb.find_installation()
        command = arcadedb.command(
            installation,
            home=folder.engine_home,
            logging=folder.write_text("logging.properties", plan.logging),
            password=folder.password_file,
            port=port,
            heap=plan.heap,
        )
        with folder.open_log() as log:
            log_start = log.seek(0, 2)
            process = await asyncio.create_subprocess_exec(
                *command,
                stdin=asyncio.subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd=folder.engine_home,
                env=arcadedb.environment(installation),
                # A Ctrl-C in the terminal reaches the application alone, which ends the engine when it is
                # done.
                start_new_session=True,
            )
        endpoint = Endpoint(f"bolt://{ports.LOOPBACK}:{port}", arcadedb.USER, plan.password, arcadedb.DATABASE)
        return cls(process, folder, endpoint, log_start)

    @property
    def pid(self) -> int:
        """The process id, also after the end."""
        return self._process.pid

    @property
    def port(self) -> int:
        """The port that it is to answer on."""
        return urlsplit(self.endpoint.url).port or 0

    @property
    def running(self) -> bool:
        """Whether the process has not ended."""
        return self._process.returncode is None

    async def wait(self) -> int:
        """Wait for the end and give the exit status, negative for the number of the signal that ended it."""
        return await self._process.wait()

    async def ready(self, patience: float = START_TIME) -> None:
        """Return once the engine answers a query.

        Raises PortTaken when somebody else has its port, and EngineDidNotStart when it ends, refuses the
        password or stays silent for `patience` (seconds). The process is not ended then.
        """
        deadline = time.monotonic() + patience
        while time.monotonic() < deadline:
            if _PORT_LOST in self._printed():
                raise PortTaken(ports=str(self.port))
            if not self.running:
                raise self._did_not_start(f"it ended with status {self._process.returncode}")
            if await self._answers():
                return
            await asyncio.sleep(_PROBE_PAUSE)
        raise self._did_not_start(f"it did not answer within {patience:.0f} seconds")

    async def end(self, patience: float) -> None:
        """Ask the process to end, and kill it after `patience` (seconds); at once when that is zero."""
        if not self.running:
            return
        with contextlib.suppress(ProcessLookupError):
            if patience:
                self._process.terminate()
                with contextlib.suppress(TimeoutError):
                    await asyncio.wait_for(self._process.wait(), patience)
                    return
            self._process.kill()
        await self._process.wait()

    async def _answers(self) -> bool:
        try:
            return await readiness.listens(ports.LOOPBACK, self.port) and await readiness.answers(self.endpoint)
        except CredentialsRefused:
            file = self._folder.password_file
            because = f"it refused the password in {file}; remove that file, and a new one is made"
        raise self._did_not_start(because)

    def _printed(self) -> bytes:
        with self._folder.log.open("rb") as log:
            log.seek(self._log_start)
            return log.read()

    def _did_not_start(self, because: str) -> EngineDidNotStart:
        lines = self._printed().decode(errors="replace").splitlines()
        return EngineDidNotStart(because=because, log=self._folder.log, tail="\n".join(lines[-_TAIL_LINES:]))
