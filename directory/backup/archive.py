"""An archive in its folder: parts that are written whole or not at all, and found as they were or refused by a code."""

import hashlib
import os
import zlib
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

import orjson

from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import Manifest, Part, file_sha256
from directory.backup.recipients import Opener, seal_for
from directory.sealing.keyring_file import write_private
from graph.inventory import SCHEMA, Row

MANIFEST: Final = "manifest.json"
PROGRESS: Final = "progress.json"
IDENTITY: Final = "identity.age"
# What a part is encrypted from: as fast as it is read, and a third of the size.
_LEVEL: Final = 1


class Archive:
    """A folder with the parts of one archive, and the manifest that lists them."""

    def __init__(self, folder: Path, key: bytes) -> None:
        """Take the folder and the key that marks manifests; nothing is read yet."""
        self.folder = folder.expanduser().absolute()
        self._key = key

    # Making.

    def begun(self) -> Manifest | None:
        """Return the manifest of a backup that was begun here, None for an empty or new folder.

        Raises BackupError ARCHIVE_FINISHED or ARCHIVE_FOLDER_TAKEN for any other folder, and what reading raises.
        """
        if (self.folder / MANIFEST).exists():
            raise BackupError(BackupCode.ARCHIVE_FINISHED, self.folder)
        progress = self.folder / PROGRESS
        if progress.exists():
            return Manifest.read(progress.read_bytes(), self._key)
        if self.folder.exists() and any(self.folder.iterdir()):
            raise BackupError(BackupCode.ARCHIVE_FOLDER_TAKEN, self.folder)
        return None

    def begin(self, manifest: Manifest, sealed_identity: bytes | None) -> None:
        """Make the folder, and write down what the backup begins with."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if sealed_identity is not None:
            write_private(self.folder / IDENTITY, sealed_identity)
        self.keep(manifest)

    def keep(self, manifest: Manifest) -> None:
        """Write down how far the backup is."""
        write_private(self.folder / PROGRESS, manifest.to_bytes(self._key))

    def write(  # noqa: PLR0913 - what a part is.
        self,
        manifest: Manifest,
        name: str,
        kind: str,
        rows: Sequence[Any],
        *,
        end: int = 0,
        key_versions: Iterable[int] = (),
    ) -> Part:
        """Write a part: its rows as lines of JSON, compressed, encrypted; on the disk when this returns."""
        head = {"archive": manifest.plan.archive, "part": name, "kind": kind}
        try:
            lines = b"\n".join([orjson.dumps(head), *map(orjson.dumps, rows)])
        except TypeError:
            # A value of a kind that JSON has not: said without the value.
            lines = None
        if lines is None:
            raise BackupError(BackupCode.BACKUP_UNLISTED, kind)
        sealed = seal_for(manifest.plan.recipient, zlib.compress(lines, _LEVEL))
        write_private(self.folder / name, sealed)
        digest = hashlib.sha256(sealed).hexdigest()
        return Part(name, str(kind), len(rows), len(sealed), digest, end, tuple(sorted(set(key_versions))))

    def finish(self, manifest: Manifest) -> None:
        """Write the manifest, by which the archive is finished, and drop what was left by runs that were cut off."""
        listed = {part.name for part in manifest.parts} | {IDENTITY, PROGRESS}
        for path in self.folder.iterdir():
            if path.name not in listed:
                path.unlink()
        write_private(self.folder / MANIFEST, manifest.to_bytes(self._key))
        (self.folder / PROGRESS).unlink()

    # Reading.

    def manifest(self) -> Manifest:
        """Return the manifest of a finished archive.

        Raises BackupError ARCHIVE_MISSING, ARCHIVE_UNFINISHED, ARCHIVE_UNREADABLE, ARCHIVE_UNTRUSTED, ARCHIVE_SCHEMA.
        """
        try:
            document = (self.folder / MANIFEST).read_bytes()
        except (FileNotFoundError, NotADirectoryError):
            unfinished = (self.folder / PROGRESS).exists()
            code = BackupCode.ARCHIVE_UNFINISHED if unfinished else BackupCode.ARCHIVE_MISSING
            raise BackupError(code, self.folder) from None
        manifest = Manifest.read(document, self._key)
        if manifest.schema != SCHEMA:
            raise BackupError(BackupCode.ARCHIVE_SCHEMA)
        return manifest

    def check(self, manifest: Manifest) -> None:
        """Hold every file against the manifest; raises BackupError with the part that is not as it was."""
        hashes = {part.sha256: part.name for part in manifest.parts}
        for part in manifest.parts:
            self._check_part(part, hashes)
        identity = manifest.plan.identity_sha256
        if identity and (not self._identity.exists() or file_sha256(self._identity) != identity):
            raise BackupError(BackupCode.ARCHIVE_PART_CHANGED, IDENTITY)
        listed = {part.name for part in manifest.parts} | {MANIFEST} | ({IDENTITY} if identity else set())
        for path in sorted(self.folder.iterdir()):
            if path.name not in listed:
                twice = path.is_file() and file_sha256(path) in hashes
                code = BackupCode.ARCHIVE_PART_DOUBLED if twice else BackupCode.ARCHIVE_PART_UNKNOWN
                raise BackupError(code, path.name)

    def _check_part(self, part: Part, hashes: dict[str, str]) -> None:
        path = self.folder / part.name
        if not path.is_file():
            raise BackupError(BackupCode.ARCHIVE_PART_MISSING, part.name)
        digest = file_sha256(path)
        if digest == part.sha256:
            return
        if digest in hashes:
            raise BackupError(BackupCode.ARCHIVE_PART_SWAPPED, part.name)
        cut = path.stat().st_size < part.size
        raise BackupError(BackupCode.ARCHIVE_PART_CUT if cut else BackupCode.ARCHIVE_PART_CHANGED, part.name)

    @property
    def _identity(self) -> Path:
        return self.folder / IDENTITY

    def opener(self, passphrase: str) -> Opener:
        """Return what opens an archive that was made with a passphrase; raises BackupError ARCHIVE_LOCKED."""
        if not self._identity.exists():
            raise BackupError(BackupCode.ARCHIVE_LOCKED)
        return Opener.by_passphrase(passphrase, self._identity.read_bytes())

    def open(self, manifest: Manifest, part: Part, opener: Opener) -> list[Row]:
        """Read the rows of a part, which is held against the manifest once more, as it is read; raises as `check`."""
        sealed = (self.folder / part.name).read_bytes()
        if hashlib.sha256(sealed).hexdigest() != part.sha256:
            raise BackupError(BackupCode.ARCHIVE_PART_CHANGED, part.name)
        head, *lines = zlib.decompress(opener.open(sealed)).split(b"\n")
        told = {"archive": manifest.plan.archive, "part": part.name, "kind": part.kind}
        if orjson.loads(head) != told or len(lines) != part.rows:
            raise BackupError(BackupCode.ARCHIVE_PART_CHANGED, part.name)
        return [orjson.loads(line) for line in lines]


def bytes_of(folder: Path) -> int:
    """Return how much the files of a folder take."""
    return sum(entry.stat().st_size for entry in os.scandir(folder) if entry.is_file())
