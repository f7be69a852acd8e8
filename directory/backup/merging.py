"""An archive as the one instant that it shows: the base without what the delta replaces, and the delta."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Self

from directory.backup.archive import Archive
from directory.backup.errors import BackupCode, BackupError
from directory.backup.making import GONE
from directory.backup.manifest import Manifest, Part
from directory.backup.recipients import Opener
from graph.inventory import Kind, Row

_KEYS: Final = {Kind.PEOPLE: "id", Kind.ENTRIES: "leaf", Kind.TILES: "number", Kind.CHECKPOINTS: "size"}


@dataclass(frozen=True, slots=True)
class Stretch:
    """What is restored of one part: its kind, how many rows it has, and what it replaces is left out."""

    kind: Kind
    part: Part


class Merged:
    """The rows of an archive, in the order in which they are restored."""

    def __init__(self, archive: Archive, manifest: Manifest, opener: Opener, delta: dict[str, list[Row]]) -> None:
        """Take the archive, and the rows of its delta by kind."""
        self._archive = archive
        self._manifest = manifest
        self._opener = opener
        self._delta = delta
        self._replaced = {
            kind: {row[1][key] for row in delta.get(kind, ()) if key in row[1]} for kind, key in _KEYS.items()
        }
        self._replaced[Kind.PEOPLE] |= {row[0] for row in delta.get(GONE, ())}

    @classmethod
    def read(cls, archive: Archive, manifest: Manifest, opener: Opener) -> Self:
        """Read the delta, which fits into memory; raises BackupError for what does not open or is not as it was."""
        delta: dict[str, list[Row]] = {}
        for part in manifest.delta:
            delta.setdefault(part.kind, []).extend(archive.open(manifest, part, opener))
        return cls(archive, manifest, opener, delta)

    def stretches(self) -> list[Stretch]:
        """Return the parts in the order in which they are restored."""
        order = {str(kind): place for place, kind in enumerate(Kind)}
        parts = [part for part in self._manifest.parts if part.kind != GONE]
        # Sorting keeps the base of a kind before its delta, and each in its own order.
        return [Stretch(Kind(part.kind), part) for part in sorted(parts, key=lambda part: order[part.kind])]

    def rows(self, stretch: Stretch) -> Sequence[Row]:
        """Return the rows of a part, as they are in the instant that the archive shows."""
        part, kind = stretch.part, stretch.kind
        if part in self._manifest.delta:
            return self._delta[part.kind]
        rows = self._archive.open(self._manifest, part, self._opener)
        key, replaced = _KEYS[kind], self._replaced[kind]
        return [row for row in rows if row[1].get(key) not in replaced] if replaced else rows

    def batches(self, size: int) -> Iterator[tuple[Kind, Sequence[Row]]]:
        """Give everything in batches of at most so many rows."""
        for stretch in self.stretches():
            rows = self.rows(stretch)
            for start in range(0, len(rows), size):
                yield stretch.kind, rows[start : start + size]


def check_whole(manifest: Manifest, found: dict[Kind, int]) -> None:
    """Hold how many rows there are by kind against what was counted; raises BackupError ARCHIVE_GAP with the kind."""
    instant = manifest.finished_at
    expected = {Kind(kind): count for kind, count in instant.counts.items()}
    for kind, count in expected.items():
        if found.get(kind, 0) != count:
            raise BackupError(BackupCode.ARCHIVE_GAP, kind)
