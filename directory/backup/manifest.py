"""The manifest: what an archive consists of, and a mark by which the directory's keyring knows it as its own."""

import hashlib
import hmac
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Final, Self

import orjson

from consent.keyring import LocalKeyring
from directory.backup.errors import BackupCode, BackupError

FORMAT: Final = 1
KEPT: Final = 30 * 24 * 60 * 60 * 1000
"""How long a backup is kept, in milliseconds (E7)."""

_MANIFEST_LABEL: Final = b"civic backup: manifest"
_JOURNAL_LABEL: Final = b"civic backup: journal"


def manifest_key(keyring: LocalKeyring) -> bytes:
    """Derive the key that marks manifests from the keyring's one key that no rotation changes."""
    return hmac.digest(keyring.cursor_key, _MANIFEST_LABEL, "sha256")


def journal_key(keyring: LocalKeyring) -> bytes:
    """Derive the key that marks the lines of the journal."""
    return hmac.digest(keyring.cursor_key, _JOURNAL_LABEL, "sha256")


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an archive: what it holds, and the hash of it as it lies there, encrypted.

    `end` is where the walk that it is from goes on, and `key_versions` those under which people in it are sealed.
    """

    name: str
    kind: str
    rows: int
    size: int
    sha256: str
    end: int = 0
    key_versions: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What a backup began with: when (by our clock and the engine's), on which engine, how far the ledger was."""

    archive: str
    begun: int
    engine_clock: int
    engine: str
    people: int
    ledger_size: int
    checkpoint: int
    checkpoint_root: str
    recipient: str
    identity_sha256: str


@dataclass(frozen=True, slots=True)
class Instant:
    """The instant that a finished archive shows: when, and what there was then, by kind."""

    at: int
    expires: int
    counts: dict[str, int]
    ledger_size: int
    waiting: int
    checkpoint_size: int
    checkpoint_root: str
    key_versions: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an archive consists of; without its instant it is not finished.

    `base` parts were read while others wrote, `delta` parts hold what was written meanwhile, and go before them.
    """

    plan: Plan
    schema: int
    base: tuple[Part, ...] = ()
    delta: tuple[Part, ...] = ()
    instant: Instant | None = None
    format: int = field(default=FORMAT)

    @property
    def parts(self) -> tuple[Part, ...]:
        """Every part."""
        return self.base + self.delta

    @property
    def finished_at(self) -> Instant:
        """The instant of a finished archive; raises BackupError ARCHIVE_UNFINISHED."""
        if self.instant is None:
            raise BackupError(BackupCode.ARCHIVE_UNFINISHED)
        return self.instant

    def with_base(self, part: Part) -> Self:
        """Return the manifest with one more part."""
        return replace(self, base=(*self.base, part))

    def to_bytes(self, key: bytes) -> bytes:
        """Write the manifest as JSON, with its mark."""
        content = asdict(self)
        marked = {"manifest": content, "mark": _mark(content, key)}
        return orjson.dumps(marked, option=orjson.OPT_INDENT_2 | orjson.OPT_SORT_KEYS) + b"\n"

    @classmethod
    def read(cls, document: bytes, key: bytes) -> Self:
        """Read a manifest; raises BackupError ARCHIVE_UNREADABLE or ARCHIVE_UNTRUSTED."""
        try:
            found = orjson.loads(document)
            content, mark = found["manifest"], found["mark"]
            trusted = hmac.compare_digest(_mark(content, key), mark)
            known = content["format"] == FORMAT
        except (KeyError, TypeError, ValueError):
            raise BackupError(BackupCode.ARCHIVE_UNREADABLE) from None
        if not trusted:
            raise BackupError(BackupCode.ARCHIVE_UNTRUSTED)
        if not known:
            raise BackupError(BackupCode.ARCHIVE_UNREADABLE)
        return cls._of(content)

    @classmethod
    def _of(cls, content: dict[str, Any]) -> Self:
        """Make the manifest of content that has its mark, so that we wrote it."""
        instant = content["instant"]
        return cls(
            plan=Plan(**content["plan"]),
            schema=content["schema"],
            base=tuple(_part(row) for row in content["base"]),
            delta=tuple(_part(row) for row in content["delta"]),
            instant=None if instant is None else Instant(**instant | {"key_versions": tuple(instant["key_versions"])}),
        )


def _part(row: dict[str, Any]) -> Part:
    return Part(**row | {"key_versions": tuple(row["key_versions"])})


def _mark(content: dict[str, Any], key: bytes) -> str:
    return hmac.new(key, orjson.dumps(content, option=orjson.OPT_SORT_KEYS), "sha256").hexdigest()


def file_sha256(path: Path) -> str:
    """Return the hash of a file, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
