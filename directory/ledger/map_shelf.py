"""The day's map of latest leaves as a file, out of which people are given the proof that a decision is their latest."""

import contextlib
import mmap
from pathlib import Path
from typing import Any, Final

from consent.ledger.errors import LedgerError
from consent.ledger.latest_map import LatestMap
from consent.ledger.map_file import MapFile, map_bytes
from consent.ledger.map_notes import open_map
from consent.ledger.notes import Verifier
from consent.receipt_latest import latest_proof
from directory.sealing.keyring_file import write_private

MAP_FILE: Final = "latest-map.bin"


class MapShelf:
    """Keeps the map that was published last; the one before goes, since its proofs say less."""

    def __init__(self, path: Path) -> None:
        """Take where the file lies."""
        self._path = path

    def keep(self, made: LatestMap) -> None:
        """Write the map that is about to be published; it counts from when its note is published."""
        write_private(self._path, map_bytes(made))

    def proof(self, note: str, verifier: Verifier, person: str) -> dict[str, Any] | None:
        """Return the proof of a person's latest entry as a file; None where the map of this note is not here.

        Nothing of the map is held between two calls: the system keeps in memory what is asked for.
        """
        with contextlib.suppress(OSError, ValueError, LedgerError), self._path.open("rb") as file:
            found = MapFile(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
            if found.root == open_map(note, verifier).root:
                return latest_proof(note, found, person)
        return None
