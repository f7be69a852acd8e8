"""Checkpoints: how large the ledger was at an instant, and its root, signed so that it can't be taken back (C3).

The text is a C2SP tlog-checkpoint: the origin, the size, the root, and the instant as an extension line.
"""

import base64
import re
from dataclasses import dataclass
from typing import Final

from consent.ledger.commitments import HASH_BYTES
from consent.ledger.errors import LedgerCode, LedgerError
from consent.ledger.notes import Signer, Verifier

# Sizes and instants stay below 2^53, where every program still counts exactly.
_NUMBER: Final = r"(0|[1-9][0-9]{0,15})"
_LINES: Final = re.compile(rf"([^\n]+)\n{_NUMBER}\n([A-Za-z0-9+/]{{43}}=)\ntime {_NUMBER}\n")
_END: Final = 2**53


@dataclass(frozen=True, slots=True)
class Checkpoint:
    """The ledger's size and root at an instant (epoch milliseconds); `origin` names the ledger."""

    origin: str
    size: int
    root: bytes
    at: int

    def text(self) -> str:
        """Return the lines that are signed."""
        return f"{self.origin}\n{self.size}\n{base64.b64encode(self.root).decode()}\ntime {self.at}\n"


def sign_checkpoint(size: int, root: bytes, at: int, signer: Signer) -> str:
    """Return the signed note of a checkpoint; raises LedgerError LEDGER_CHECKPOINT for what can be none."""
    if not (0 <= size < _END and 0 <= at < _END and len(root) == HASH_BYTES):
        raise LedgerError(LedgerCode.LEDGER_CHECKPOINT)
    return signer.sign(Checkpoint(signer.verifier.name, size, root, at).text())


def open_checkpoint(note: str, verifier: Verifier) -> Checkpoint:
    """Read a checkpoint that this key signed, of the ledger that bears the key's name.

    Raises LedgerError LEDGER_NOTE, LEDGER_SIGNATURE, or LEDGER_CHECKPOINT where another text was signed.
    """
    text = verifier.text_of(note)
    match = _LINES.fullmatch(text)
    found = None
    if match is not None:
        root = base64.b64decode(match[3])
        found = Checkpoint(match[1], int(match[2]), root, int(match[4]))
    if found is None or found.text() != text or found.origin != verifier.name or max(found.size, found.at) >= _END:
        raise LedgerError(LedgerCode.LEDGER_CHECKPOINT)
    return found
