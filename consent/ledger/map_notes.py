"""The note under which the root of a day's map of latest leaves is published."""

import base64
import re
from dataclasses import dataclass
from typing import Final

from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerCode, LedgerError
from consent.ledger.notes import Signer, Verifier

# Its first line is no origin of a ledger, so that it never passes for a checkpoint.
_SUFFIX: Final = "/latest-map"
_NUMBER: Final = r"(0|[1-9][0-9]{0,15})"
_LINES: Final = re.compile(rf"([^\n]+)\n{_NUMBER}\n([A-Za-z0-9+/]{{43}}=)\nsize {_NUMBER}\ntime {_NUMBER}\n")
_END: Final = 2**53


@dataclass(frozen=True, slots=True)
class PublishedMap:
    """How many people the map has, its root, and the ledger's size and the instant of which it tells."""

    origin: str
    subjects: int
    root: bytes
    size: int
    at: int

    def text(self) -> str:
        """Return the lines that are signed."""
        root = base64.b64encode(self.root).decode()
        return f"{self.origin}{_SUFFIX}\n{self.subjects}\n{root}\nsize {self.size}\ntime {self.at}\n"


def sign_map(subjects: int, root: bytes, size: int, at: int, signer: Signer) -> str:
    """Return the signed note of a map; raises LedgerError LEDGER_MAP for what can be none."""
    if not (all(0 <= number < _END for number in (subjects, size, at)) and len(root) == HASH_BYTES):
        raise LedgerError(LedgerCode.LEDGER_MAP)
    return signer.sign(PublishedMap(signer.verifier.name, subjects, root, size, at).text())


def open_map(note: str, verifier: Verifier) -> PublishedMap:
    """Read the note of a map that this key signed; raises LedgerError LEDGER_NOTE, LEDGER_SIGNATURE or LEDGER_MAP."""
    text = verifier.text_of(note)
    match = _LINES.fullmatch(text)
    found = None
    if match is not None and match[1].endswith(_SUFFIX):
        origin = match[1].removesuffix(_SUFFIX)
        found = PublishedMap(origin, int(match[2]), base64.b64decode(match[3]), int(match[4]), int(match[5]))
    if found is None or found.text() != text or found.origin != verifier.name:
        raise LedgerError(LedgerCode.LEDGER_MAP)
    return found
