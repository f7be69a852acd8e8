"""The files of an export and the members of their lines, which are read as strictly as they are written."""

from typing import Final

FORMAT: Final = 2
ENTRIES: Final = "entries.jsonl"
CHECKPOINTS: Final = "checkpoints.jsonl"
TOMBSTONES: Final = "later-tombstones.jsonl"
UNPLACED: Final = "unplaced.jsonl"
MAP: Final = "latest-map.jsonl"
MAP_NOTE: Final = "latest-map.txt"
PUBLIC_KEY: Final = "public-key.txt"
MANIFEST: Final = "export.json"

ENTRY: Final = frozenset(
    {"index", "hash", "kind", "id", "at", "salt", "content", "subject", "rows", "erased", "missing"}
)
ROW: Final = ("n", "at", "participant", "fields", "salt", "commitment")
