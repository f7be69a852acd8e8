"""Restoring an archive into an empty graph of either engine: all is verified first, and a cut-off run goes on."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import orjson

from consent.keyring import LocalKeyring
from directory.backup.archive import Archive
from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import Manifest, manifest_key
from directory.backup.merging import Merged, Stretch, check_whole
from directory.backup.reading import Progress
from directory.backup.recipients import Opener
from directory.intake.load import prepare
from graph import restoring
from graph.connection import Graph
from graph.inventory import Kind, Row
from graph.restoring import Restore, RestoreState
from graph.transaction import Transaction

# The embedded engine takes longer for a row in a larger transaction: with 10,000 people, four times as long. And it
# takes no message of any size: a look has its disclosures with it, hundreds of them, and a tombstone its places.
_ROWS_A_BATCH: Final = {Kind.PEOPLE: 1_000, Kind.TILES: 250}
_OTHERS_A_BATCH: Final = 5_000
_PARTS_A_BATCH: Final = 10_000
_BYTES_A_BATCH: Final = 4_000_000
_WRITE_TIME: Final = 300.0


def verify(
    archive: Archive, keyring: LocalKeyring, opener: Callable[[Manifest], Opener], progress: Progress, now: int
) -> Manifest:
    """Read a whole archive without restoring it, and return its manifest; raises BackupError for whatever is wrong."""
    manifest, merged = _verified(archive, keyring, opener, now)
    found: dict[Kind, int] = dict.fromkeys(Kind, 0)
    total, read = sum(part.rows for part in manifest.parts), 0
    for stretch in merged.stretches():
        found[stretch.kind] += len(merged.rows(stretch))
        read += stretch.part.rows
        progress("Reading the archive", read, total)
    check_whole(manifest, found)
    return manifest


def _verified(
    archive: Archive, keyring: LocalKeyring, opener: Callable[[Manifest], Opener], now: int
) -> tuple[Manifest, Merged]:
    """Verify everything that can be before anything is written: that it is not past, every file, the keys."""
    manifest = archive.manifest()
    if now >= manifest.finished_at.expires:
        # The journal keeps nothing for it any more: whoever was erased since would be back for good (E7).
        raise BackupError(BackupCode.ARCHIVE_EXPIRED, archive.folder)
    archive.check(manifest)
    lacking = set(manifest.finished_at.key_versions) - set(keyring.versions)
    if lacking:
        raise BackupError(BackupCode.RESTORE_KEYS_MISSING, ", ".join(map(str, sorted(lacking))))
    return manifest, Merged.read(archive, manifest, opener(manifest))


@dataclass(frozen=True, slots=True)
class Restorer:
    """What a restore is made into: an empty graph, with the keyring of the archive's directory; and a clock."""

    graph: Graph
    keyring: LocalKeyring
    clock: Callable[[], int]

    async def restore(self, folder: Path, opener: Callable[[Manifest], Opener], progress: Progress) -> Manifest:
        """Restore an archive, or the rest of it; afterwards what came since the backup has still to be replayed.

        Nothing is written before the whole archive is verified. Raises BackupError, and what the graph raises.
        """
        archive = Archive(folder, manifest_key(self.keyring))
        progress("Verifying the archive", 0, 1)
        manifest, merged = _verified(archive, self.keyring, opener, self.clock())
        progress("Verifying the archive", 1, 1)
        begun = await self._begun(manifest)
        if begun.state is not RestoreState.RESTORING:
            return manifest
        await self._write(merged, begun.done, progress)
        check_whole(manifest, await self.graph.read(restoring.counts, within=_WRITE_TIME))
        await self.graph.write(restoring.set_state, RestoreState.RESTORED)
        return manifest

    async def _begun(self, manifest: Manifest) -> Restore:
        """Return the restore of this archive that was begun on the graph, or begin it; refuse any other graph."""
        begun = await self.graph.read(restoring.restore)
        if begun is not None:
            if begun.archive != manifest.plan.archive:
                raise BackupError(BackupCode.RESTORE_OTHER)
            return begun
        load = await prepare(self.graph)
        counts = await self.graph.read(restoring.counts)
        if load is not None or any(counts.values()):
            raise BackupError(BackupCode.RESTORE_NOT_EMPTY)
        instant = manifest.finished_at
        planned = Restore(
            archive=manifest.plan.archive,
            instant=instant.at,
            replay_from=manifest.plan.begun,
            state=RestoreState.RESTORING,
            done=0,
            ledger_size=instant.ledger_size,
        )
        await self.graph.write(restoring.begin, planned)
        return planned

    async def _write(self, merged: Merged, done: int, progress: Progress) -> None:
        first, reached = 0, done
        totals: dict[Kind, int] = {}
        stretches = merged.stretches()
        for stretch in stretches:
            totals[stretch.kind] = totals.get(stretch.kind, 0) + stretch.part.rows
        written = dict.fromkeys(totals, 0)
        for stretch in stretches:
            if reached < first + stretch.part.rows:
                reached = await self._write_stretch(merged, stretch, first, reached)
            first += stretch.part.rows
            written[stretch.kind] += stretch.part.rows
            progress(f"Restoring {stretch.kind}", written[stretch.kind], totals[stretch.kind])

    async def _write_stretch(self, merged: Merged, stretch: Stretch, first: int, reached: int) -> int:
        """Write what is missing of a part whose first row has the place `first`; return the place that is reached.

        Rows that were replaced are left out, and count with the last batch.
        """
        rows = merged.rows(stretch)
        begun = max(reached - first, 0)
        for batch in batches(rows[begun:], _ROWS_A_BATCH.get(stretch.kind, _OTHERS_A_BATCH)):
            begun += len(batch)
            end = first + (stretch.part.rows if begun == len(rows) else begun)
            await self.graph.write(_add, reached, end, stretch.kind, batch, within=_WRITE_TIME)
            reached = end
        return reached


def batches(rows: Sequence[Row], most: int) -> Iterator[Sequence[Row]]:
    """Cut rows into batches of at most `most`, which an engine takes in one message; a single row is never cut."""
    begun = parts = size = 0
    for place, row in enumerate(rows):
        own_parts, own_size = len(row[2]), len(orjson.dumps(row))
        full = place - begun == most or parts + own_parts > _PARTS_A_BATCH or size + own_size > _BYTES_A_BATCH
        if full and place > begun:
            yield rows[begun:place]
            begun, parts, size = place, 0, 0
        parts, size = parts + own_parts, size + own_size
    if begun < len(rows):
        yield rows[begun:]


async def _add(tx: Transaction, begin: int, end: int, kind: Kind, rows: Sequence[Row]) -> None:
    """Write a batch whole, or, where a relationship in it leads nowhere, not at all."""
    if await restoring.add(tx, begin, end, kind, rows):
        raise BackupError(BackupCode.ARCHIVE_GAP, kind)
