"""Making a backup: the base, what was written meanwhile as of one instant, then the manifest; or the rest of it."""

import hashlib
import uuid
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from consent.keyring import LocalKeyring
from consent.sealing import envelope_key_version
from directory.backup.archive import Archive
from directory.backup.catching_up import Delta, catch_up
from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import KEPT, Instant, Manifest, Part, Plan, manifest_key
from directory.backup.reading import BaseReader, Progress, check_listed, key_versions
from directory.backup.recipients import Lock
from directory.backup.register import Listed, Register
from graph import exporting, intake, ledger
from graph.connection import Graph
from graph.engines.memory import MEBIBYTE, require_disk
from graph.errors import LoadIncomplete
from graph.inventory import SCHEMA, Kind, Row

GONE: Final = "gone"
"""What a part is of that names who was erased while the base was read."""

# What a person takes in an archive with their events and memberships, measured, and some room for the looks.
_DISK_A_PERSON: Final = 4 * 1024
_DISK_LEFT: Final = 64 * MEBIBYTE


@dataclass(frozen=True, slots=True)
class Maker:
    """What backups of one directory are made of: its graph, keyring, list of backups, and a clock."""

    graph: Graph
    keyring: LocalKeyring
    register: Register
    clock: Callable[[], int]

    async def make(self, folder: Path, lock: Callable[[], Lock], progress: Progress) -> Manifest:
        """Back the directory up into a folder, or go on with the backup that was begun there; return its manifest.

        `lock` says for whom a new archive is encrypted. Raises BackupError, LoadIncomplete, TooLittleDisk, and what the
        graph raises; what was read so far stays, and the next call goes on with it.
        """
        load = await self.graph.read(intake.load)
        if load is None or not load.complete:
            raise LoadIncomplete
        archive = Archive(folder, manifest_key(self.keyring))
        manifest = archive.begun()
        if manifest is None:
            manifest = await self._begin(archive, lock())
        elif self.clock() >= manifest.plan.begun + KEPT:
            raise BackupError(BackupCode.ARCHIVE_EXPIRED, archive.folder)
        elif manifest.plan.engine != self._engine or await self.graph.read(ledger.size) < manifest.plan.ledger_size:
            raise BackupError(BackupCode.ARCHIVE_FOLDER_TAKEN, archive.folder)
        listed = Listed.begun_by(manifest, archive.folder, self.keyring.versions)
        # Before anything is read: from here on no version may go under which somebody was read.
        self.register.put(listed)
        manifest = await BaseReader(self.graph, archive, manifest, progress).read()
        progress("Backing up what was written meanwhile", 0, 1)
        delta = await catch_up(self.graph, manifest.plan)
        manifest = replace(manifest, delta=tuple(_parts(archive, manifest, delta)))
        manifest = replace(manifest, instant=_instant(manifest, delta))
        archive.finish(manifest)
        self.register.put(listed.finished_by(manifest))
        progress("Backing up what was written meanwhile", 1, 1)
        return manifest

    @property
    def _engine(self) -> str:
        assert self.graph.identity is not None  # noqa: S101 - an open graph knows its engine.
        return str(self.graph.identity.name)

    async def _begin(self, archive: Archive, lock: Lock) -> Manifest:
        """Write down where the ledger and the clock are, so that whatever comes later is read again."""
        clock = await self.graph.read(exporting.clock)
        mark = await self.graph.read(exporting.mark)
        newest = await self.graph.read(ledger.newest_checkpoint)
        people = await self.graph.read(exporting.count_people)
        existing = next(parent for parent in (archive.folder, *archive.folder.parents) if parent.exists())
        require_disk(existing, _DISK_LEFT + people * _DISK_A_PERSON)
        sealed = lock.sealed_identity
        plan = Plan(
            archive=str(uuid.uuid4()),
            begun=self.clock(),
            engine_clock=clock,
            engine=self._engine,
            people=people,
            ledger_size=mark.size,
            checkpoint=-1 if newest is None else newest.size,
            checkpoint_root="" if newest is None else newest.root.hex(),
            recipient=lock.recipient,
            identity_sha256="" if sealed is None else hashlib.sha256(sealed).hexdigest(),
        )
        manifest = Manifest(plan, SCHEMA)
        archive.begin(manifest, sealed)
        return manifest


def _parts(archive: Archive, manifest: Manifest, delta: Delta) -> list[Part]:
    rows: dict[str, list[Row]] = {
        **{str(kind): found for kind, found in delta.whole.items()},
        Kind.HEAD: list(delta.head),
        Kind.PEOPLE: list(delta.people.values()),
        Kind.ENTRIES: [*delta.entries.values(), *delta.waiting],
        Kind.TILES: list(delta.tiles.values()),
        Kind.CHECKPOINTS: list(delta.checkpoints.values()),
    }
    for kind, of_kind in rows.items():
        check_listed(Kind(kind), of_kind)
    rows[GONE] = [[person] for person in sorted(delta.gone)]
    return [
        archive.write(
            manifest,
            f"delta-{number:05}.age",
            kind,
            of_kind,
            key_versions=key_versions(of_kind) if kind == Kind.PEOPLE else (),
        )
        for number, (kind, of_kind) in enumerate(rows.items())
        if of_kind
    ]


def _instant(manifest: Manifest, delta: Delta) -> Instant:
    newest = max((*delta.checkpoints, manifest.plan.checkpoint))
    checks = [row[1].get("key_check") for row in delta.whole[Kind.LOADS]]
    versions = {version for part in manifest.parts for version in part.key_versions}
    versions |= {envelope_key_version(check) for check in checks if check}
    counts: dict[str, int] = {str(kind): len(rows) for kind, rows in delta.whole.items()}
    counts |= {str(Kind.HEAD): len(delta.head), str(Kind.PEOPLE): delta.population}
    return Instant(
        at=delta.at,
        expires=manifest.plan.begun + KEPT,
        counts=counts,
        ledger_size=delta.size,
        waiting=len(delta.waiting),
        checkpoint_size=newest,
        checkpoint_root=delta.checkpoints[newest][1]["root"]
        if newest in delta.checkpoints
        else manifest.plan.checkpoint_root,
        key_versions=tuple(sorted(versions)),
    )
