"""The journal, kept apart from the graph: what people had erased or took back, so that no restore brings it back (E7).

One line an event, on the disk before `append` returns. Each line carries a mark over itself and the one before, under a
key from the keyring, so that a line that was changed or taken out is noticed. A line that a crash cut off is dropped by
the next append, and the event is caught up from the graph, which has it.
"""

import asyncio
import contextlib
import hmac
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from consent.events import ConsentEvent, read_event
from consent.vocabulary import EventKind
from directory import clock
from directory.backup.errors import BackupCode, BackupError
from directory.sealing.keyring_file import changing, write_private

JOURNALED: Final = frozenset({EventKind.ERASED, EventKind.WITHDRAWN, EventKind.REFUSED, EventKind.RESTRICTED})
"""What takes something away; a consent that is lost with the days since the backup is asked for again."""

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Line:
    """One line: when it was written, and the event; or up to which place of the ledger nothing is missing here.

    Or before which instant whatever was written is dropped, so that nobody takes the rest for everything.
    """

    written: int
    event: ConsentEvent | None = None
    reached: int | None = None
    pruned_before: int | None = None


@dataclass(frozen=True, slots=True)
class Content:
    """Everything in a journal, and whether its last line is whole."""

    lines: tuple[Line, ...]
    whole: bool

    @property
    def events(self) -> list[tuple[int, ConsentEvent]]:
        """The events, each with the instant at which it was written down."""
        return [(line.written, line.event) for line in self.lines if line.event is not None]

    @property
    def reached(self) -> int | None:
        """Up to which place of the ledger nothing is missing; None where that was never established."""
        return next((line.reached for line in reversed(self.lines) if line.reached is not None), None)

    @property
    def pruned_before(self) -> int | None:
        """Before which instant lines were dropped; None where none ever was."""
        return max((line.pruned_before for line in self.lines if line.pruned_before is not None), default=None)


class Journal:
    """The journal in its file, which several processes may append to."""

    def __init__(self, path: Path, key: bytes) -> None:
        """Take the file's path, and the key that marks its lines; nothing is read yet."""
        self._path = path
        self._key = key
        self._known: set[str] = set()
        self._last = b""
        # Of which file, and of how much of it, the two above are.
        self._file = 0
        self._length = 0

    @property
    def exists(self) -> bool:
        """Whether the file is there."""
        return self._path.exists()

    async def record(self, event: ConsentEvent) -> None:
        """Append an event after its commit, in a thread; a kind that is not journaled is passed over."""
        if event.kind in JOURNALED:
            await asyncio.to_thread(self.append, [event])

    def append(self, events: Iterable[ConsentEvent]) -> int:
        """Append those events that are not there yet, and return how many; on the disk when this returns."""
        with self._changing():
            fresh: dict[str, ConsentEvent] = {}
            for event in events:
                if event.kind in JOURNALED and event.id not in self._known:
                    fresh[event.id] = event
            self._append([{"event": event.content()} for event in fresh.values()])
            self._known |= fresh.keys()
            erased = {event.person for event in fresh.values() if event.kind is EventKind.ERASED}
            if erased:
                # Their decisions are destroyed here as in the graph; the erasure says all that a restore needs.
                self._rewrite(lambda line: _is_kept_beside(line, erased))
        return len(fresh)

    def note_reached(self, size: int) -> None:
        """Write down that up to this size of the ledger nothing is missing; makes the journal where there is none."""
        with self._changing():
            self._append([{"reached": size}])

    def prune(self, before: int) -> None:
        """Drop what was written before an instant: what no backup that is still kept could bring back."""
        with self._changing():
            content = self.read()
            dropped = any(line.event is not None and line.written < before for line in content.lines)
            self._rewrite(lambda line: line.written >= before and not (dropped and line.pruned_before is not None))
            said: list[dict[str, Any]] = []
            pruned = max(before, content.pruned_before or before) if dropped else content.pruned_before
            if pruned is not None and self.read().pruned_before is None:
                said.append({"pruned_before": pruned})
            if content.reached is not None and self.read().reached is None:
                said.append({"reached": content.reached})
            self._append(said)

    def read(self) -> Content:
        """Return everything in the journal; raises BackupError JOURNAL_MISSING or JOURNAL_BROKEN."""
        try:
            document = self._path.read_bytes()
        except FileNotFoundError:
            raise BackupError(BackupCode.JOURNAL_MISSING, self._path) from None
        lines, _ = self._parse(document, b"")
        return Content(tuple(lines), document.endswith(b"\n") or not document)

    @contextlib.contextmanager
    def _changing(self) -> Iterator[None]:
        """Hold the journal for this process, and begin with what the others wrote."""
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with changing(self._path):
            self._catch_up_with_file()
            yield

    def _catch_up_with_file(self) -> None:
        """Take in what other processes appended; a last line that is cut off is dropped."""
        if not self.exists:
            write_private(self._path, b"")
        status = self._path.stat()
        if status.st_ino != self._file or status.st_size < self._length:
            self._known, self._last, self._file, self._length = set(), b"", status.st_ino, 0
        with self._path.open("r+b") as file:
            file.seek(self._length)
            document = file.read()
            whole = document[: document.rfind(b"\n") + 1]
            if len(whole) < len(document):
                file.truncate(self._length + len(whole))
        lines, self._last = self._parse(whole, self._last)
        self._known |= {line.event.id for line in lines if line.event is not None}
        self._length += len(whole)

    def _append(self, bodies: Sequence[dict[str, Any]]) -> None:
        if not bodies:
            return
        added, self._last = self._written(
            ({"v": _FORMAT, "written": clock.now(), **body} for body in bodies), self._last
        )
        with self._path.open("ab") as file:
            file.write(added)
            file.flush()
            os.fsync(file.fileno())
        self._length += len(added)

    def _written(self, bodies: Iterable[dict[str, Any]], last: bytes) -> tuple[bytes, bytes]:
        """Return the lines of some bodies, and the mark of the last of them."""
        lines = []
        for body in bodies:
            content = orjson.dumps(body, option=orjson.OPT_SORT_KEYS)
            last = hmac.digest(self._key, last + content, "sha256")
            lines.append(orjson.dumps({"line": body, "mark": last.hex()}, option=orjson.OPT_SORT_KEYS) + b"\n")
        return b"".join(lines), last

    def _rewrite(self, keeps: Callable[[Line], bool]) -> None:
        lines = self.read().lines
        kept = [line for line in lines if keeps(line)]
        if len(kept) < len(lines):
            document, self._last = self._written(map(_body, kept), b"")
            write_private(self._path, document)
            self._file, self._length = self._path.stat().st_ino, len(document)
            self._known = {line.event.id for line in kept if line.event is not None}

    def _parse(self, document: bytes, last: bytes) -> tuple[list[Line], bytes]:
        """Read whole lines, each by its mark; raises BackupError JOURNAL_BROKEN."""
        lines = []
        for number, text in enumerate(document[: document.rfind(b"\n") + 1].splitlines(), 1):
            line = None
            try:
                found = orjson.loads(text)
                body = found["line"]
                mark = hmac.digest(self._key, last + orjson.dumps(body, option=orjson.OPT_SORT_KEYS), "sha256")
                if hmac.compare_digest(mark.hex(), found["mark"]):
                    line, last = _line(body), mark
            except (KeyError, TypeError, ValueError):
                pass
            if line is None:
                raise BackupError(BackupCode.JOURNAL_BROKEN, f"{self._path}, line {number}")
            lines.append(line)
        return lines, last


def _is_kept_beside(line: Line, erased: set[str]) -> bool:
    event = line.event
    return event is None or event.kind is EventKind.ERASED or event.person not in erased


def _line(body: dict[str, Any]) -> Line:
    event = body.get("event")
    return Line(
        body["written"], None if event is None else read_event(event), body.get("reached"), body.get("pruned_before")
    )


def _body(line: Line) -> dict[str, Any]:
    body: dict[str, Any] = {"v": _FORMAT, "written": line.written}
    if line.event is not None:
        body["event"] = line.event.content()
    if line.reached is not None:
        body["reached"] = line.reached
    if line.pruned_before is not None:
        body["pruned_before"] = line.pruned_before
    return body
