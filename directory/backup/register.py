"""The list of backups: which were made, under which versions of the key, until when each is kept (E7)."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Final, Self

import orjson

from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import KEPT, Manifest
from directory.sealing.keyring_file import changing, write_private

_FORMAT: Final = 1


@dataclass(frozen=True, slots=True)
class Listed:
    """One backup; as long as it is not finished, every version that was there when it began counts as needed."""

    archive: str
    folder: str
    begun: int
    expires: int
    key_versions: tuple[int, ...]
    ledger_size: int
    finished: int | None = None

    @classmethod
    def begun_by(cls, manifest: Manifest, folder: Path, key_versions: Iterable[int]) -> Self:
        """Return the row of a backup that begins."""
        plan = manifest.plan
        return cls(
            archive=plan.archive,
            folder=str(folder),
            begun=plan.begun,
            expires=plan.begun + KEPT,
            key_versions=tuple(sorted(key_versions)),
            ledger_size=plan.ledger_size,
        )

    def finished_by(self, manifest: Manifest) -> Self:
        """Return the row of the finished backup."""
        instant = manifest.finished_at
        return replace(self, finished=instant.at, expires=instant.expires, key_versions=instant.key_versions)

    def is_past(self, now: int) -> bool:
        """Say whether the backup need not open any more."""
        return now >= self.expires


class Register:
    """The file with the list, which processes change one at a time."""

    def __init__(self, path: Path) -> None:
        """Take the file's path."""
        self._path = path

    def rows(self) -> list[Listed]:
        """Return every backup, oldest first; raises BackupError BACKUP_LIST_BROKEN."""
        try:
            content = orjson.loads(self._path.read_bytes())
            rows = [Listed(**row | {"key_versions": tuple(row["key_versions"])}) for row in content["backups"]]
            known = content["format"] == _FORMAT
        except FileNotFoundError:
            return []
        except (KeyError, TypeError, ValueError):
            known = False
        if not known:
            raise BackupError(BackupCode.BACKUP_LIST_BROKEN, self._path)
        return rows

    def put(self, row: Listed) -> None:
        """Add a backup, or put it in the place of the row with its id."""
        with changing(self._path):
            rows = [kept for kept in self.rows() if kept.archive != row.archive]
            content = {"format": _FORMAT, "backups": [asdict(each) for each in [*rows, row]]}
            write_private(self._path, orjson.dumps(content, option=orjson.OPT_INDENT_2) + b"\n")

    def kept(self, now: int) -> list[Listed]:
        """Return the backups that are not past."""
        return [row for row in self.rows() if not row.is_past(now)]
