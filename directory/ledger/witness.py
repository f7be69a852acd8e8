"""The witness: a second place that keeps every checkpoint, so that whoever rewrites the ledger is found out (C3).

It should be somebody else's: a folder on a machine, or an address, where whoever keeps the database can add and not
take away. A checkpoint that it holds is never replaced.
"""

import contextlib
import os
import re
import urllib.error
import urllib.request
from collections.abc import Iterator
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import Any, Final, Protocol
from urllib.parse import urlsplit

from directory.errors import SettingInvalid
from directory.ledger.errors import LedgerDiverged, LedgerWitnessFailed

_PATIENCE: Final = 10.0
_MOST_BYTES: Final = 65_536
_NOT_FOUND: Final = 404
_CHECKPOINT: Final = re.compile(r"checkpoint-([0-9]{16})\.txt")
_LOOPBACK: Final = frozenset({"127.0.0.1", "::1", "localhost"})


class Witness(Protocol):
    """Where checkpoints are copied to; each method may take seconds, and raises LedgerWitnessFailed."""

    @property
    def where(self) -> str:
        """The folder or the address, to be told to an operator."""

    def newest(self) -> str | None:
        """Return the note of the largest checkpoint that it holds, None where it holds none."""

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep a checkpoint; raises LedgerDiverged where it holds another one of this size."""

    def keep_map(self, day: str, note: str) -> None:
        """Keep the note of a day's map of latest leaves."""


class FolderWitness:
    """A folder: each checkpoint is a file of its own, named by its size."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, which is made where it is not there."""
        self._folder = folder

    @property
    def where(self) -> str:
        """The folder."""
        return str(self._folder)

    def sizes(self) -> list[int]:
        """List the sizes of the checkpoints that it holds, smallest first."""
        with _told():
            names = [path.name for path in self._folder.iterdir()] if self._folder.is_dir() else []
        return sorted(int(match[1]) for name in names if (match := _CHECKPOINT.fullmatch(name)))

    def read(self, size: int) -> str:
        """Return the note of the checkpoint of a size."""
        with _told():
            return self._path(size).read_bytes()[: _MOST_BYTES + 1].decode("utf-8", "replace")

    def newest(self) -> str | None:
        """Return the note of the largest checkpoint that it holds, None where it holds none."""
        sizes = self.sizes()
        return self.read(sizes[-1]) if sizes else None

    def keep_checkpoint(self, size: int, note: str) -> None:
        """Keep a checkpoint; raises LedgerDiverged where it holds another one of this size."""
        path = self._path(size)
        if self._write(path, note):
            return
        if self.read(size) != note:
            raise LedgerDiverged(f"the witness holds another checkpoint of {size:,} entries")

    def keep_map(self, day: str, note: str) -> None:
        """Keep the note of a day's map; the first one of a day stays."""
        self._write(self._folder / f"latest-map-{day}.txt", note)

    def _path(self, size: int) -> Path:
        return self._folder / f"checkpoint-{size:016}.txt"

    def _write(self, path: Path, note: str) -> bool:
        """Write a file whole or not at all; False where there is one of this name, which is left as it is."""
        with _told():
            self._folder.mkdir(parents=True, exist_ok=True)
            if path.exists():
                return False
            part = path.with_name(f".{path.name}.{os.getpid()}")
            try:
                with part.open("wb") as file:
                    file.write(note.encode())
                    file.flush()
                    os.fsync(file.fileno())
                part.rename(path)
            except BaseException:
                part.unlink(missing_ok=True)
                raise
        return True


class HttpsWitness:
    """An address that takes each note by POST, and answers GET with the newest checkpoint, or with 404."""

    def __init__(self, url: str) -> None:
        """Take the address."""
        self._url = url
        self._opener = urllib.request.build_opener(_NoRedirects)

    @property
    def where(self) -> str:
        """The address, without what may be a secret in it."""
        parts = urlsplit(self._url)
        return f"{parts.scheme}://{parts.hostname}{'' if parts.port is None else f':{parts.port}'}"

    def newest(self) -> str | None:
        """Return the note of the largest checkpoint that it holds, None where it holds none."""
        return self._ask(None)

    def keep_checkpoint(self, size: int, note: str) -> None:  # noqa: ARG002 - the note says the size.
        """Send a checkpoint."""
        self._ask(note)

    def keep_map(self, day: str, note: str) -> None:  # noqa: ARG002 - the note says the day.
        """Send the note of a day's map."""
        self._ask(note)

    def _ask(self, note: str | None) -> str | None:
        request = urllib.request.Request(  # noqa: S310 - the scheme was checked where the setting was read.
            self._url,
            data=None if note is None else note.encode(),
            headers={"Content-Type": "text/plain; charset=utf-8", "User-Agent": "civic-directory"},
        )
        status = None
        with _told():
            try:
                response: HTTPResponse
                with self._opener.open(request, timeout=_PATIENCE) as response:
                    return response.read(_MOST_BYTES + 1).decode("utf-8", "replace")
            except urllib.error.HTTPError as refusal:
                status = refusal.code
                refusal.close()
        if note is None and status == _NOT_FOUND:
            return None
        raise LedgerWitnessFailed(f"it answered with the status {status}")


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    """Follows no redirect, which could lead to where nothing is sealed on the way."""

    def redirect_request(self, *_: Any) -> None:  # noqa: ANN401 - the library's own types.
        """Refuse."""
        return


@contextlib.contextmanager
def _told() -> Iterator[None]:
    """Tell in our own words what the system says, whose texts may quote an address."""
    because = None
    try:
        yield
    except urllib.error.URLError as failure:
        because = _reason(failure.reason)
    except (OSError, HTTPException) as failure:
        because = _reason(failure)
    if because is not None:
        raise LedgerWitnessFailed(because)


def _reason(failure: object) -> str:
    return getattr(failure, "strerror", None) or type(failure).__name__


def witness_setting(text: str | None) -> str | None:
    """Check the setting LEDGER_WITNESS: a folder, or an address; raises SettingInvalid."""
    if not text:
        return None
    if "://" not in text:
        return str(Path(text).absolute())
    if _is_address(text):
        return text
    raise SettingInvalid(setting="LEDGER_WITNESS", must="be a folder, or an address that begins with https://")


def _is_address(text: str) -> bool:
    """Say whether it is the address of a witness: by TLS, or on this machine."""
    try:
        parts = urlsplit(text)
        host = parts.hostname if parts.port != 0 else None
    except ValueError:
        return False
    return bool(host) and (parts.scheme == "https" or (parts.scheme == "http" and host in _LOOPBACK))


def make_witness(setting: str | None) -> Witness | None:
    """Make the witness of a setting that was checked, None where there is none."""
    if setting is None:
        return None
    return HttpsWitness(setting) if "://" in setting else FolderWitness(Path(setting))
