"""Exporting the ledger into a folder in which anybody can verify it, without the database and without a network."""

import asyncio
import os
from collections.abc import AsyncIterator, Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from consent.ledger.commitments import HASH_BYTES
from consent.ledger.latest_map import LatestMap, map_key
from consent.ledger.notes import Signer
from consent.ledger.tiles import TILE
from directory.errors import BadInput
from directory.ledger.checking import leaves_of
from directory.ledger.exported_files import (
    CHECKPOINTS,
    ENTRIES,
    FORMAT,
    MANIFEST,
    MAP,
    MAP_NOTE,
    PUBLIC_KEY,
    ROW,
    TOMBSTONES,
    UNPLACED,
)
from directory.ledger.publishing import map_note
from graph import ledger, ledger_entries
from graph.connection import Graph
from graph.ledger_entries import LedgerEntry

_TILES_AT_ONCE: Final = 4
_CHECKPOINTS_AT_ONCE: Final = 1_000
_READ_TIME: Final = 60.0
# Whatever has the label of an entry is looked at, placed or not.
_SCAN_TIME: Final = 110.0

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: how many entries, checkpoints, and people in the map."""

    entries: int
    checkpoints: int
    subjects: int


async def export_ledger(graph: Graph, signer: Signer, folder: Path, at: int, progress: Progress) -> Exported:
    """Write the ledger as it is now into a new or an empty folder; raises BadInput where there is something in it.

    Entries that wait for their place are left out; what claims to be one and does not wait is listed. The manifest is
    written last: a folder without it is no whole export.
    """
    _prepare(folder)
    # In this order: one that was signed of more entries than there are after it shows that the ledger was cut off.
    newest = await graph.read(ledger.newest_checkpoint)
    size = await graph.read(ledger.size)
    last = size if newest is None else max(size, newest.size)
    latest: dict[bytes, int] = {}
    with _open(folder / ENTRIES) as file:
        async for low, lines in _entries(graph, size, latest):
            file.writelines(lines)
            progress("entries of the ledger", min(low + _TILES_AT_ONCE * TILE, size), size)
    # After the entries: of what was erased meanwhile, the tombstone comes later than the export ends.
    tombstones = [_line(each) async for each in _tombstones(graph, size)]
    unplaced = [_line(asdict(each)) for each in await graph.read(ledger_entries.unplaced, within=_SCAN_TIME)]
    for name, found in ((TOMBSTONES, tombstones), (UNPLACED, unplaced)):
        with _open(folder / name) as file:
            file.writelines(found)
    checkpoints = 0
    with _open(folder / CHECKPOINTS) as file:
        async for line in _checkpoints(graph, last):
            file.write(line)
            checkpoints += 1
    made = await asyncio.to_thread(LatestMap, latest)
    with _open(folder / MAP) as file:
        file.writelines(_map_lines(made))
    for name, text in ((MAP_NOTE, map_note(made, size, at, signer)), (PUBLIC_KEY, f"{signer.verifier}\n")):
        with _open(folder / name) as file:
            file.write(text.encode())
    manifest = {"format": FORMAT, "size": size, "checkpoints": checkpoints, "subjects": len(made), "at": at}
    manifest |= {"tombstones": len(tombstones), "unplaced": len(unplaced)}
    with _open(folder / MANIFEST) as file:
        file.write(orjson.dumps(manifest, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))
    return Exported(size, checkpoints, len(made))


def _prepare(folder: Path) -> None:
    # What is exported names people by their ids, and is for the eyes of whoever exports it.
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if any(folder.iterdir()):
        raise BadInput("FOLDER", "must be a new or an empty folder")


def _open(path: Path) -> Any:  # noqa: ANN401 - a binary file, whichever class it has.
    return os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb")


async def _entries(graph: Graph, size: int, latest: dict[bytes, int]) -> AsyncIterator[tuple[int, list[bytes]]]:
    """Give the lines of all leaves, stretch by stretch, and take down which is the latest of each subject."""
    for low in range(0, size, _TILES_AT_ONCE * TILE):
        high = min(low + _TILES_AT_ONCE * TILE, size)
        hashes = await leaves_of(graph, range(low // TILE, -(-high // TILE)))
        found: dict[int, list[LedgerEntry]] = {}
        for entry in await graph.read(ledger_entries.entries, low, high, within=_READ_TIME):
            found.setdefault(entry.index, []).append(entry)
            if entry.subject is not None:
                latest[map_key(entry.subject)] = entry.index
        yield low, [line for index in range(low, high) for line in _lines(index, _leaf(hashes, index), found)]


def _leaf(hashes: dict[int, bytes], index: int) -> str:
    at = index % TILE * HASH_BYTES
    return hashes.get(index // TILE, b"")[at : at + HASH_BYTES].hex()


def _lines(index: int, leaf: str, found: dict[int, list[LedgerEntry]]) -> Iterable[bytes]:
    """Give the line of one leaf: the entry, or that there is none."""
    entries = found.get(index)
    if not entries:
        yield _line({"index": index, "hash": leaf, "missing": True})
        return
    for entry in entries:
        facts = {"index": index, "hash": leaf, "kind": entry.kind, "id": entry.id, "at": entry.at}
        if entry.erased and entry.content is None and not entry.rows:
            yield _line({**facts, "erased": True})
            continue
        content: dict[str, Any] = {"salt": entry.salt, "content": entry.content, "subject": entry.subject}
        rows = [{name: row[name] for name in ROW if name in row} for row in entry.rows]
        yield _line({**facts, **content, **({"rows": rows} if entry.kind == "Look" else {})})


async def _tombstones(graph: Graph, size: int) -> AsyncIterator[dict[str, Any]]:
    """Give the tombstones after the first `size` leaves, each with the hash that it waits with, or of its place."""
    for each in await graph.read(ledger_entries.later_tombstones, size, within=_READ_TIME):
        leaf = each.leaf_hash or ""
        if each.leaf is not None:
            leaf = _leaf(await leaves_of(graph, {each.leaf // TILE}), each.leaf)
        yield {"at": each.at, "hash": leaf, "salt": each.salt, "content": each.content}


async def _checkpoints(graph: Graph, last: int) -> AsyncIterator[bytes]:
    above = -1
    while True:
        found = await graph.read(ledger.checkpoints, above, _CHECKPOINTS_AT_ONCE, within=_READ_TIME)
        for checkpoint in found:
            # One that was signed since the export began is of entries that are not in it.
            if checkpoint.size <= last:
                yield _line(
                    {
                        "size": checkpoint.size,
                        "root": checkpoint.root.hex(),
                        "at": checkpoint.at,
                        "note": checkpoint.note,
                    }
                )
        if len(found) < _CHECKPOINTS_AT_ONCE:
            return
        above = found[-1].size


def _map_lines(made: LatestMap) -> Iterable[bytes]:
    return (_line({"key": key.hex(), "leaf": leaf}) for key, leaf in made.items())


def _line(content: dict[str, Any]) -> bytes:
    return orjson.dumps(content, option=orjson.OPT_APPEND_NEWLINE)
