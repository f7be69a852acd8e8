"""The base of a backup: everything is walked once, in stretches that go into parts, while others write."""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from consent.ledger.tiles import TILE
from consent.sealing import envelope_key_version
from directory.backup.archive import Archive
from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import Manifest
from graph import exporting
from graph.connection import Graph
from graph.inventory import Kind, Row, unlisted
from graph.windows import Axis

Progress = Callable[[str, int, int], None]

WITHIN: Final = 100.0
"""Seconds that one reading may take; the embedded engine gives a statement up after 120."""
LEAVES: Final = 5_000
"""Entries that are read at once."""

_PEOPLE_A_WINDOW: Final = 2_000
_TILES_AT_ONCE: Final = 200
_CHECKPOINTS_A_STRETCH: Final = 20_000
# A part is as long as what was read of so many characters: some megabytes on the disk.
_ROWS_A_PART: Final = {Kind.PEOPLE: 10_000, Kind.ENTRIES: 30_000, Kind.TILES: 1_000, Kind.CHECKPOINTS: 20_000}


@dataclass(frozen=True, slots=True)
class _Walk:
    """One walk of the base: over what, to where, about how many rows, and how a stretch is read from a position on."""

    kind: Kind
    end: int
    total: int
    read: Callable[[int], Any]


class BaseReader:
    """Reads the base of one backup into its archive, or the rest of it."""

    def __init__(self, graph: Graph, archive: Archive, manifest: Manifest, progress: Progress) -> None:
        """Take the graph, the archive, how far its manifest is, and whom to tell."""
        self._graph = graph
        self._archive = archive
        self._manifest = manifest
        self._progress = progress
        self._axis = Axis.by_id(manifest.plan.people)
        self._writing: asyncio.Task[Manifest] | None = None

    async def read(self) -> Manifest:
        """Read everything that is not there yet, and return the manifest with all of the base."""
        plan = self._manifest.plan
        walks = (
            _Walk(Kind.PEOPLE, self._axis.length, plan.people, self._people),
            _Walk(Kind.ENTRIES, plan.ledger_size, plan.ledger_size, self._entries),
            _Walk(Kind.TILES, plan.ledger_size // TILE, plan.ledger_size // TILE, self._tiles),
            _Walk(Kind.CHECKPOINTS, plan.checkpoint + 1, plan.checkpoint + 1, self._checkpoints),
        )
        try:
            for walk in walks:
                await self._walk(walk)
        finally:
            await self._written()
        return self._manifest

    async def _walk(self, walk: _Walk) -> None:
        at = max((part.end for part in self._manifest.base if part.kind == walk.kind), default=0)
        rows: list[Row] = []
        while at < walk.end:
            self._progress(f"Backing up {walk.kind}", at * walk.total // walk.end, walk.total)
            more, at = await walk.read(at)
            rows += more
            if len(rows) >= _ROWS_A_PART[walk.kind] or at >= walk.end:
                await self._written()
                # The next stretch is read while this part is compressed and written.
                self._writing = asyncio.create_task(asyncio.to_thread(self._write, walk.kind, rows, at))
                rows = []
        self._progress(f"Backing up {walk.kind}", walk.total, walk.total)

    async def _written(self) -> None:
        if self._writing is not None:
            task, self._writing = self._writing, None
            self._manifest = await asyncio.shield(task)

    def _write(self, kind: Kind, rows: Sequence[Row], end: int) -> Manifest:
        check_listed(kind, rows)
        manifest = self._manifest
        name = f"base-{len(manifest.base):05}.age"
        versions = key_versions(rows) if kind is Kind.PEOPLE else ()
        part = self._archive.write(manifest, name, kind, rows, end=end, key_versions=versions)
        manifest = manifest.with_base(part)
        self._archive.keep(manifest)
        return manifest

    async def _people(self, at: int) -> tuple[list[Row], int]:
        window = self._axis.window(None, at, self._axis.width_for(_PEOPLE_A_WINDOW))
        return await self._graph.read(exporting.people, window, within=WITHIN), window.end

    async def _entries(self, at: int) -> tuple[list[Row], int]:
        end = min(at + LEAVES, self._manifest.plan.ledger_size)
        return await self._graph.read(exporting.entries, range(at, end), within=WITHIN), end

    async def _tiles(self, at: int) -> tuple[list[Row], int]:
        end = min(at + _TILES_AT_ONCE, self._manifest.plan.ledger_size // TILE)
        return await self._graph.read(exporting.tiles, range(at, end), within=WITHIN), end

    async def _checkpoints(self, at: int) -> tuple[list[Row], int]:
        end = min(at + _CHECKPOINTS_A_STRETCH, self._manifest.plan.checkpoint + 1)
        return await self._graph.read(exporting.checkpoints, at - 1, end, within=WITHIN), end


def check_listed(kind: Kind, rows: Sequence[Row]) -> None:
    """Raise BackupError BACKUP_UNLISTED for a label or a relationship that no restore would know."""
    strange = unlisted(kind, rows)
    if strange is not None:
        raise BackupError(BackupCode.BACKUP_UNLISTED, strange)


def key_versions(rows: Sequence[Row]) -> set[int]:
    """Return the versions of the key under which the people in rows are sealed."""
    return {envelope_key_version(properties["data_key"]) for _, properties, _ in rows if "data_key" in properties}
