"""The data folder on disk: who uses it now, and what an engine leaves in it for the next start."""

import contextlib
import fcntl
import json
import os
import secrets
import time
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from graph.errors import FolderInUse, FolderRefused

_LOCK_PATIENCE = 0.5
_LOCK_PAUSE = 0.05
_LARGEST_LOG = 8 * 1024 * 1024
# What the system itself leaves in an empty disk.
_HARMLESS = frozenset({"lost+found", ".DS_Store"})
_LOWEST_PORT = 1024
_HIGHEST_PORT = 65535


@dataclass(frozen=True, slots=True)
class EngineRecord:
    """What engine.json says of the engine that runs, or last ran, in the folder; `started` in epoch ms."""

    pid: int
    port: int
    url: str
    database: str
    started: int


class DataFolder:
    """A folder for one engine: made and kept 0700, locked by one process at a time, each file in it 0600."""

    def __init__(self, path: Path) -> None:
        """Name the folder; nothing is touched before `prepare`."""
        self.path = path.expanduser().absolute()
        self._lock: IO[str] | None = None

    @property
    def engine_home(self) -> Path:
        """Where the engine keeps its databases and settings."""
        return self.path / "engine"

    @property
    def log(self) -> Path:
        """What the engine prints."""
        return self.path / "engine.log"

    @property
    def _lock_file(self) -> Path:
        return self.path / "civic.lock"

    @property
    def _record_file(self) -> Path:
        return self.path / "engine.json"

    @property
    def password_file(self) -> Path:
        """The file that the engine reads its first password from."""
        return self.path / "engine-password"

    def prepare(self) -> None:
        """Make the folder, and close it to everybody else.

        Raises FolderRefused where that can't be done, and for a folder with somebody else's files in it: it
        would be closed to its other users, and its files would be lost among ours.
        """
        try:
            self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
            if not self._lock_file.exists() and any(entry.name not in _HARMLESS for entry in self.path.iterdir()):
                because = "it holds other files and was not made by this program"
                raise FolderRefused(folder=self.path, because=because)
            self.path.chmod(0o700)
            self._lock_file.touch(mode=0o600)
            self.engine_home.mkdir(mode=0o700, exist_ok=True)
        except OSError as error:
            raise FolderRefused(folder=self.path, because=_reason(error)) from None

    def lock(self) -> None:
        """Keep every other process from starting an engine here, until `unlock` or the end of this process.

        Raises FolderInUse while another one holds it. The system drops the lock when its holder dies, however
        it dies, and the engine does not inherit it.
        """
        try:
            handle = self._lock_file.open("r+", encoding="ascii")
        except OSError as error:
            raise FolderRefused(folder=self.path, because=_reason(error)) from None
        # Somebody who only looks whether the folder is in use holds the lock for an instant.
        patience = time.monotonic() + _LOCK_PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > patience:
                    holder = _holder(handle.read())
                    handle.close()
                    raise FolderInUse(folder=self.path, holder=holder) from None
                time.sleep(_LOCK_PAUSE)
            except OSError as error:
                handle.close()
                raise FolderRefused(folder=self.path, because=_reason(error)) from None
        handle.truncate(0)
        handle.write(f"{os.getpid()}\n")
        handle.flush()
        self._lock = handle

    def unlock(self) -> None:
        """Let the next process in; does nothing when the lock is not held."""
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def in_use(self) -> bool:
        """Whether some process holds the folder at this moment."""
        try:
            with self._lock_file.open("r", encoding="ascii") as handle:
                fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        except OSError:
            return False
        return False

    def password(self) -> str | None:
        """Read the engine's password, or give None before one was made or after it was lost."""
        try:
            return self.password_file.read_text(encoding="ascii").strip() or None
        except (OSError, ValueError):
            return None

    def new_password(self) -> str:
        """Make and keep a password, and have the engine take it as its own at its next start."""
        password = secrets.token_urlsafe(32)
        self._write(self.password_file, password)
        # The engine reads the file only when it has no user yet; its data does not hang on its users.
        with contextlib.suppress(FileNotFoundError):
            (self.engine_home / "config" / "server-users.jsonl").unlink()
        return password

    def record(self) -> EngineRecord | None:
        """Read engine.json, or give None where there is none or it can't be understood."""
        try:
            document = json.loads(self._record_file.read_text(encoding="utf-8"))
            record = EngineRecord(**{name: document[name] for name in EngineRecord.__slots__})
        except (OSError, ValueError, TypeError, KeyError, RecursionError):
            return None
        numbers = (record.pid, record.port, record.started)
        texts = (record.url, record.database)
        if not all(type(number) is int for number in numbers) or not all(isinstance(text, str) for text in texts):
            return None
        return record if _LOWEST_PORT <= record.port <= _HIGHEST_PORT else None

    def write_record(self, record: EngineRecord) -> None:
        """Replace engine.json as a whole, so that nobody reads half of it."""
        self._write(self._record_file, json.dumps(asdict(record)) + "\n")

    def write_text(self, name: str, text: str) -> Path:
        """Replace one of the engine's own files in the folder as a whole, and give its path."""
        path = self.engine_home / name
        self._write(path, text)
        return path

    def open_log(self) -> IO[bytes]:
        """Open the engine's log for appending, 0600; a long one is put aside first, and one such is kept."""
        with contextlib.suppress(FileNotFoundError):
            if self.log.stat().st_size > _LARGEST_LOG:
                self.log.replace(self.log.with_suffix(".log.1"))
        descriptor = os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, 0o600)
        return os.fdopen(descriptor, "ab")

    def _write(self, path: Path, text: str) -> None:
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)
        descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        part.replace(path)


def _holder(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None


def _reason(error: OSError) -> str:
    return (error.strerror or "the system refused").lower()
