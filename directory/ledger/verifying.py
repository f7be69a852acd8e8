"""Verifying an export of the ledger with nothing but the export: every leaf, every checkpoint, the witness, the map."""

from collections import Counter, deque
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Final

from consent.ledger.checkpoints import open_checkpoint
from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerError
from consent.ledger.latest_map import LatestMap, map_key
from consent.ledger.map_notes import open_map
from consent.ledger.notes import Verifier
from consent.ledger.tiles import TILE
from consent.vocabulary import EventKind
from directory.ledger.entry_checking import check_entry, committed, emptied_places, json_object, named_places
from directory.ledger.export_reading import Export, ExportedEntry
from directory.ledger.exported_files import CHECKPOINTS, MAP, TOMBSTONES, UNPLACED
from directory.ledger.findings import Finding, FindingKind
from directory.ledger.report import Report
from directory.ledger.walking import Walk
from directory.ledger.witness import FolderWitness
from graph.ledger import StoredCheckpoint

_CHECKPOINTS_AT_ONCE: Final = 500
_A_MOMENT: Final = 15 * 60 * 1000
"""So far from the export's instant a tombstone may have been written that has no place in it."""

Progress = Callable[[str, int, int], None]


def verify_export(export: Export, pinned: Verifier | None, witness: FolderWitness | None, progress: Progress) -> Report:
    """Verify an export; `pinned` is the public key that it must be signed with, None takes the one it names itself.

    Raises LedgerExportUnreadable where it is no whole export, and what the witness's folder raises.
    """
    verifier = pinned or export.key()
    report = Report(str(verifier), pinned is not None, export.manifest.at)
    witnessed = None if witness is None else {size: witness.read(size) for size in witness.sizes()}
    verification = _Verification(export, verifier, witnessed, report)
    verification.tree(progress)
    verification.emptied()
    verification.unplaced()
    verification.witness()
    verification.map()
    verification.counts()
    return report


class _Verification:
    """One verification under way."""

    def __init__(self, export: Export, verifier: Verifier, witnessed: dict[int, str] | None, report: Report) -> None:
        self._export = export
        self._verifier = verifier
        # What is left in it after the tree are the witness's checkpoints that the export does not have.
        self._witnessed = witnessed
        self._report = report
        self._latest: dict[bytes, int] = {}
        self._emptied: dict[str, ExportedEntry] = {}
        self._named: set[str] = set()
        self._lines: Counter[str] = Counter()

    def tree(self, progress: Progress) -> None:
        """Verify every entry and every checkpoint."""
        size, report = self._export.manifest.size, self._report
        entries, checkpoints, walk = self._export.entries(), self._checkpoints(), Walk(self._verifier)
        whole = True
        for low in range(0, size, TILE):
            high = min(low + TILE, size)
            leaves = [self._entry(entry) for entry in self._in_place(entries, low, high)]
            hashes = b"".join(leaves)
            if len(leaves) < high - low:
                # The lines are out of step with their places from here on.
                whole = False
                break
            if whole and len(hashes) < len(leaves) * HASH_BYTES:
                report.note(Finding(FindingKind.TILE_MISSING, low))
                whole = False
            if whole:
                _offer(walk, checkpoints, low // TILE)
                finding = walk.tile(low // TILE, hashes)
                report.note(finding)
                # After the first that differs, all do.
                whole = finding is None
            progress("entries", high, size)
        if whole:
            _offer(walk, checkpoints, size // TILE)
            report.note(walk.finish())
        # The witness is compared with all of them, also where the tree differs.
        deque(checkpoints, maxlen=0)
        for entry in entries:
            report.note(Finding(FindingKind.ENTRY_SURPLUS, entry.index, entry.kind, entry.id))
        report.checkpoints = walk.checkpoints
        report.covered = 0 if walk.newest is None else walk.newest.size

    def _in_place(self, entries: Iterator[ExportedEntry], low: int, high: int) -> Iterator[ExportedEntry]:
        """Give the entries of one tile, each place once; stop where a place has no line, which is a finding."""
        for index in range(low, high):
            entry = next(entries, None)
            while entry is not None and entry.index == index - 1:
                self._report.note(Finding(FindingKind.ENTRY_SURPLUS, entry.index, entry.kind, entry.id))
                entry = next(entries, None)
            if entry is None or entry.index != index:
                found = None if entry is None else f"{entry.index}"
                self._report.note(Finding(FindingKind.ENTRY_MISSING, index, expected=f"{index}", found=found))
                return
            self._report.entries += 1
            yield entry

    def _entry(self, entry: ExportedEntry) -> bytes:
        finding = check_entry(entry)
        self._report.note(finding)
        if finding is None:
            self._emptied |= dict.fromkeys(emptied_places(entry), entry)
            if entry.kind == "Tombstone" and entry.content is not None:
                self._named.update(named_places(entry.content))
        if entry.subject is not None:
            key = map_key(entry.subject)
            self._latest[key] = max(entry.index, self._latest.get(key, -1))
        return entry.hash

    def _checkpoints(self) -> Iterator[StoredCheckpoint]:
        """Give the export's checkpoints, each compared with the witness's of its size on the way."""
        witnessed = self._witnessed or {}
        for checkpoint in self._export.checkpoints():
            self._lines[CHECKPOINTS] += 1
            note = witnessed.pop(checkpoint.size, None)
            if note is not None:
                self._report.witnessed = (self._report.witnessed or 0) + 1
                if note != checkpoint.note:
                    self._report.note(Finding(FindingKind.WITNESS_DIFFERS, checkpoint.size))
            yield checkpoint

    def emptied(self) -> None:
        """Hold every place that is empty against the tombstones, which alone may empty one (C7)."""
        later = set(self._later())
        for place, entry in self._emptied.items():
            if place in self._named:
                self._report.emptied += 1
            elif place in later:
                self._report.unplaced += 1
            else:
                self._report.note(
                    Finding(FindingKind.ENTRY_EMPTIED, entry.index, entry.kind, entry.id, "a tombstone", place)
                )

    def _later(self) -> Iterator[str]:
        """Give the places that tombstones name which wait for their own, each held against the hash it waits with."""
        manifest = self._export.manifest
        for each in self._export.later_tombstones():
            self._lines[TOMBSTONES] += 1
            content = json_object(each.content or "") or {}
            if (
                each.hash
                and committed(each.content or "", each.salt or "") == each.hash
                and content.get("kind") == EventKind.ERASED
                and content.get("recorded") == each.at
                and abs((each.at or 0) - manifest.at) <= _A_MOMENT
            ):
                yield from named_places(each.content or "")
            else:
                identity = content.get("id")
                found = identity if type(identity) is str else None
                self._report.note(Finding(FindingKind.TOMBSTONE_DOUBTFUL, manifest.size, "Tombstone", found))

    def unplaced(self) -> None:
        """Name what claims to be an entry beside the ledger: it counts with the events, and was never committed to."""
        for each in self._export.unplaced():
            self._lines[UNPLACED] += 1
            self._report.note(Finding(FindingKind.ENTRY_UNPLACED, self._export.manifest.size, each.kind, each.id))

    def counts(self) -> None:
        """Hold how many lines there are against what the export says of itself."""
        manifest = self._export.manifest
        for name, said in (
            (CHECKPOINTS, manifest.checkpoints),
            (TOMBSTONES, manifest.tombstones),
            (UNPLACED, manifest.unplaced),
            (MAP, manifest.subjects),
        ):
            found = self._lines[name]
            if found != said:
                told = (f"{said} lines in {name}", f"{found}")
                self._report.note(Finding(FindingKind.EXPORT_DIFFERS, manifest.size, None, None, *told))

    def witness(self) -> None:
        """Say what the witness holds and the export lacks: what was signed after the export is no wonder."""
        if self._witnessed is None:
            return
        report, manifest = self._report, self._export.manifest
        report.witnessed = (report.witnessed or 0) + len(self._witnessed)
        for size, note in sorted(self._witnessed.items()):
            try:
                checkpoint = open_checkpoint(note, self._verifier)
            except LedgerError:
                report.note(Finding(FindingKind.WITNESS_FOREIGN, size, found=f"{size}"))
                continue
            if checkpoint.size <= manifest.size:
                report.note(Finding(FindingKind.CHECKPOINT_MISSING, size, expected=f"{size}"))
            elif checkpoint.at <= manifest.at:
                found = f"{manifest.size}"
                report.note(Finding(FindingKind.WITNESS_BEYOND, manifest.size, expected=f"{size}", found=found))
            else:
                report.later += 1

    def map(self) -> None:
        """Work the map of latest leaves out anew, and hold it against the one that was exported and its note."""
        written, latest, report = self._export.latest(), self._latest, self._report
        size = self._export.manifest.size
        report.subjects = self._lines[MAP] = len(written)
        differing = {key for key, _ in latest.items() ^ written.items()}
        if differing:
            index, key = min((max(latest.get(key, -1), written.get(key, -1)), key) for key in differing)
            expected, found = f"{latest.get(key)}", f"{written.get(key)}"
            report.note(Finding(FindingKind.MAP_DIFFERS, index, id=key.hex(), expected=expected, found=found))
        try:
            published = open_map(self._export.map_note(), self._verifier)
        except LedgerError:
            report.note(Finding(FindingKind.MAP_UNSIGNED, size))
            return
        root = LatestMap(written).root
        if (published.root, published.subjects, published.size) != (root, len(written), size):
            report.note(Finding(FindingKind.MAP_DIFFERS, size, expected=published.root.hex(), found=root.hex()))
        if published.at != report.at:
            # Only the note's instant is signed, and it decides which of the witness's checkpoints came later.
            told = (f"made at {published.at}", f"{report.at}")
            report.note(Finding(FindingKind.MAP_DIFFERS, size, None, None, *told))


def _offer(walk: Walk, checkpoints: Iterator[StoredCheckpoint], number: int) -> None:
    """Offer the checkpoints for the tiles up to a number."""
    while walk.wants(number):
        found = list(islice(checkpoints, _CHECKPOINTS_AT_ONCE))
        walk.offer(found)
        if len(found) < _CHECKPOINTS_AT_ONCE:
            return
