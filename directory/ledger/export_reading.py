"""Reading an export of the ledger, line by line and strictly: whatever is no export is refused with its place."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerError
from consent.ledger.notes import Verifier
from directory.ledger.errors import LedgerExportUnreadable
from directory.ledger.exported_files import (
    CHECKPOINTS,
    ENTRIES,
    ENTRY,
    FORMAT,
    MANIFEST,
    MAP,
    MAP_NOTE,
    PUBLIC_KEY,
    ROW,
    TOMBSTONES,
    UNPLACED,
)
from graph.ledger import StoredCheckpoint
from graph.ledger_entries import Unplaced

_MOST_SMALL: Final = 65_536
_MOST_LINE: Final = 16 * 1024 * 1024
_HEX: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an export says that it holds, and when it was made (epoch milliseconds)."""

    size: int
    checkpoints: int
    subjects: int
    at: int
    tombstones: int
    unplaced: int


@dataclass(frozen=True, slots=True)
class ExportedTombstone:
    """A tombstone that had no place among the entries yet, with the hash that it waited with, empty for none."""

    at: int | None
    hash: bytes
    salt: str | None
    content: str | None


@dataclass(frozen=True, slots=True)
class ExportedEntry:
    """One leaf with what there is of its entry: kind, id and content, or that it was erased or is missing."""

    index: int
    hash: bytes
    kind: str | None
    id: str | None
    at: int | None
    salt: str | None
    content: str | None
    subject: str | None
    rows: list[dict[str, Any]]
    erased: bool
    missing: bool


class Export:
    """An export in a folder; every method raises LedgerExportUnreadable where a file is not what it should be."""

    def __init__(self, folder: Path) -> None:
        """Take the folder, and read what it says that it holds."""
        self._folder = folder
        found = self._parsed(MANIFEST, 1, self._small(MANIFEST))
        numbers = [number for name in Manifest.__slots__ if type(number := found.get(name)) is int and number >= 0]
        whole = found.keys() == {*Manifest.__slots__, "format"} and len(numbers) == len(Manifest.__slots__)
        if not whole or type(found["format"]) is not int or found["format"] != FORMAT:
            raise LedgerExportUnreadable(MANIFEST)
        self.manifest = Manifest(*numbers)

    def key(self) -> Verifier:
        """Return the public key that the export names."""
        try:
            return Verifier.parse(self._small(PUBLIC_KEY).decode("utf-8", "replace").strip())
        except LedgerError:
            pass
        raise LedgerExportUnreadable(PUBLIC_KEY)

    def map_note(self) -> str:
        """Return the note of the map."""
        return self._small(MAP_NOTE).decode("utf-8", "replace")

    def entries(self) -> Iterator[ExportedEntry]:
        """Give the leaves in the order of the file."""
        for number, found in self._lines(ENTRIES):
            entry = _entry(found)
            if entry is None:
                raise LedgerExportUnreadable(f"{ENTRIES}, line {number}")
            yield entry

    def checkpoints(self) -> Iterator[StoredCheckpoint]:
        """Give the checkpoints in the order of the file."""
        for number, found in self._lines(CHECKPOINTS):
            root, note = _hash(found.get("root")), found.get("note")
            size, at = found.get("size"), found.get("at")
            whole = found.keys() == {"size", "root", "at", "note"} and root is not None
            if not whole or type(size) is not int or type(at) is not int or type(note) is not str:
                raise LedgerExportUnreadable(f"{CHECKPOINTS}, line {number}")
            yield StoredCheckpoint(size, root or b"", at, note)

    def later_tombstones(self) -> Iterator[ExportedTombstone]:
        """Give the tombstones that had no place among the entries yet."""
        for number, found in self._lines(TOMBSTONES):
            leaf = _hash(found.get("hash"))
            if found.keys() != {"at", "hash", "salt", "content"} or leaf is None or not _typed(found):
                raise LedgerExportUnreadable(f"{TOMBSTONES}, line {number}")
            yield ExportedTombstone(found["at"], leaf, found["salt"], found["content"])

    def unplaced(self) -> Iterator[Unplaced]:
        """Give what claims to be an entry, and has no place and does not wait for one."""
        for number, found in self._lines(UNPLACED):
            whole = found.keys() == set(Unplaced.__slots__) and type(found["kind"]) is str
            if not whole or not _typed(found):
                raise LedgerExportUnreadable(f"{UNPLACED}, line {number}")
            yield Unplaced(**found)

    def latest(self) -> dict[bytes, int]:
        """Return the map: the latest leaf of each key, each key once."""
        latest: dict[bytes, int] = {}
        for number, found in self._lines(MAP):
            key, leaf = _hash(found.get("key")), found.get("leaf")
            if found.keys() != {"key", "leaf"} or not key or key in latest or type(leaf) is not int or leaf < 0:
                raise LedgerExportUnreadable(f"{MAP}, line {number}")
            latest[key] = leaf
        return latest

    def _small(self, name: str) -> bytes:
        content = None
        try:
            with (self._folder / name).open("rb") as file:
                content = file.read(_MOST_SMALL + 1)
        except OSError:
            pass
        if content is None or len(content) > _MOST_SMALL:
            raise LedgerExportUnreadable(name)
        return content

    def _lines(self, name: str) -> Iterator[tuple[int, dict[str, Any]]]:
        try:
            file = (self._folder / name).open("rb")
        except OSError:
            file = None
        if file is None:
            raise LedgerExportUnreadable(name)
        with file:
            number = 0
            while line := file.readline(_MOST_LINE):
                number += 1
                yield number, self._parsed(name, number, line)

    @staticmethod
    def _parsed(name: str, number: int, line: bytes) -> dict[str, Any]:
        try:
            found = orjson.loads(line)
        except orjson.JSONDecodeError:
            found = None
        if not isinstance(found, dict):
            raise LedgerExportUnreadable(f"{name}, line {number}")
        return found


def _entry(found: dict[str, Any]) -> ExportedEntry | None:
    index, rows, leaf = found.get("index"), found.get("rows", []), _hash(found.get("hash"))
    if not found.keys() <= ENTRY or type(index) is not int or leaf is None or not _typed(found):
        return None
    if type(rows) is not list or not all(map(_is_row, rows)):
        return None
    if any(found.get(name, True) is not True for name in ("erased", "missing")):
        return None
    named = {name: found.get(name) for name in ("kind", "id", "at", "salt", "content", "subject")}
    return ExportedEntry(
        index=index, hash=leaf, rows=rows, erased="erased" in found, missing="missing" in found, **named
    )


def _is_row(row: object) -> bool:
    if type(row) is not dict or not row.keys() <= set(ROW):
        return False
    numbers = all(type(row[name]) is int for name in ("n", "at") if name in row)
    return numbers and all(type(row[name]) is str for name in ROW[2:] if name in row)


_TEXTS: Final = ("kind", "id", "salt", "content", "subject")


def _typed(found: dict[str, Any]) -> bool:
    """Say whether texts are texts and an instant is a number, where they are there at all."""
    at = found.get("at")
    texts = (found.get(name) for name in _TEXTS)
    return (at is None or type(at) is int) and all(text is None or type(text) is str for text in texts)


def _hash(text: object) -> bytes | None:
    """Read a hash in hexadecimal; empty where the database had none, None for what is no hash."""
    if type(text) is not str or len(text) not in {0, HASH_BYTES * 2} or not _HEX.issuperset(text):
        return None
    return bytes.fromhex(text)
