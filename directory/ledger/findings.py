"""What a check of the ledger finds, with the place where it shows, in words and as data."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final


class FindingKind(StrEnum):
    """What does not fit."""

    ENTRY_CHANGED = "ENTRY_CHANGED"
    ENTRY_MISSING = "ENTRY_MISSING"
    ENTRY_SURPLUS = "ENTRY_SURPLUS"
    ENTRY_MISLABELLED = "ENTRY_MISLABELLED"
    ENTRY_EMPTIED = "ENTRY_EMPTIED"
    ENTRY_UNPLACED = "ENTRY_UNPLACED"
    TOMBSTONE_DOUBTFUL = "TOMBSTONE_DOUBTFUL"
    TILE_MISSING = "TILE_MISSING"
    TILE_CHANGED = "TILE_CHANGED"
    ROOT_DIFFERS = "ROOT_DIFFERS"
    INCONSISTENT = "INCONSISTENT"
    CHECKPOINT_UNSIGNED = "CHECKPOINT_UNSIGNED"
    CHECKPOINT_CHANGED = "CHECKPOINT_CHANGED"
    CHECKPOINT_OUT_OF_ORDER = "CHECKPOINT_OUT_OF_ORDER"
    CHECKPOINT_MISSING = "CHECKPOINT_MISSING"
    CHECKPOINT_BEYOND = "CHECKPOINT_BEYOND"
    WITNESS_FOREIGN = "WITNESS_FOREIGN"
    WITNESS_DIFFERS = "WITNESS_DIFFERS"
    WITNESS_BEYOND = "WITNESS_BEYOND"
    MAP_UNSIGNED = "MAP_UNSIGNED"
    MAP_DIFFERS = "MAP_DIFFERS"
    EXPORT_DIFFERS = "EXPORT_DIFFERS"


_SENTENCES: Final = {
    FindingKind.ENTRY_CHANGED: "The entry is not what its leaf commits to: it was changed, or put in another's place.",
    FindingKind.ENTRY_MISSING: "There is a leaf, and no entry any more: it was dropped, or moved to another place.",
    FindingKind.ENTRY_SURPLUS: "Another entry claims this place, which has one already or is none.",
    FindingKind.ENTRY_MISLABELLED: "The entry's content fits its leaf, and what is written beside it does not fit it.",
    FindingKind.ENTRY_EMPTIED: "The content, or a row of it, is gone as if erased, and no tombstone names this place.",
    FindingKind.ENTRY_UNPLACED: "This claims to be an entry, and has neither a place in the ledger nor waits for one.",
    FindingKind.TOMBSTONE_DOUBTFUL: "A tombstone waits for its place that does not fit its hash, or waits too long.",
    FindingKind.TILE_MISSING: "Leaf hashes are missing from here on.",
    FindingKind.TILE_CHANGED: "The leaf hashes of the tile that begins here do not add up to the tile's root.",
    FindingKind.ROOT_DIFFERS: "From the checkpoint before to this one, the leaves are not those that were signed.",
    FindingKind.INCONSISTENT: "The tree of this checkpoint does not begin with the tree of the one before.",
    FindingKind.CHECKPOINT_UNSIGNED: "The checkpoint of this size is not signed by the ledger's key.",
    FindingKind.CHECKPOINT_CHANGED: "What is kept beside the checkpoint's note is not what the note says.",
    FindingKind.CHECKPOINT_OUT_OF_ORDER: "A checkpoint follows on a larger one.",
    FindingKind.CHECKPOINT_MISSING: "The witness holds a checkpoint of this size, and the ledger holds none.",
    FindingKind.CHECKPOINT_BEYOND: "A checkpoint was signed of more entries than there are: the ledger was cut off.",
    FindingKind.WITNESS_FOREIGN: "The witness holds a checkpoint of this size that the ledger's key did not sign.",
    FindingKind.WITNESS_DIFFERS: "The witness holds another checkpoint of this size than the ledger.",
    FindingKind.WITNESS_BEYOND: "The witness saw more entries before than there are now: an older copy was put back.",
    FindingKind.MAP_UNSIGNED: "The note of the map of latest leaves is not signed by the ledger's key.",
    FindingKind.MAP_DIFFERS: "The map of latest leaves, or its note, is not what the entries and the export say.",
    FindingKind.EXPORT_DIFFERS: "The export does not hold as many lines as it says: some were taken out, or put in.",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """Something that does not fit, at leaf `index`, which is of an entry of this kind and id where that is known.

    `expected` is what was committed to or signed, `found` what is there: hashes in hexadecimal, sizes, or ids.
    """

    what: FindingKind
    index: int
    kind: str | None = None
    id: str | None = None
    expected: str | None = None
    found: str | None = None

    @property
    def sentence(self) -> str:
        """What it means."""
        return _SENTENCES[self.what]

    def as_data(self) -> dict[str, Any]:
        """Return it for a program."""
        named = {"kind": self.kind, "id": self.id, "expected": self.expected, "found": self.found}
        return {"code": str(self.what), "index": self.index, **named, "sentence": self.sentence}

    def in_words(self) -> str:
        """Return it for a person, on a few lines."""
        entry = "" if self.kind is None else f", {self.kind}{'' if not self.id else f' {self.id}'}"
        lines = [f"At entry {self.index:,}{entry}: {self.sentence} ({self.what})"]
        lines += [f"  expected {self.expected}"] if self.expected is not None else []
        lines += [f"  found    {self.found}"] if self.found is not None else []
        return "\n".join(lines)
