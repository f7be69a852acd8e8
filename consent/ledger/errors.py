"""What the ledger's arithmetic refuses, each with a code and its wording."""

from enum import StrEnum
from typing import Final

from consent.errors import ConsentError


class LedgerCode(StrEnum):
    """What is wrong; the code is all that an error tells, never the value that caused it (L5)."""

    LEDGER_SALT = "LEDGER_SALT"
    LEDGER_HASH = "LEDGER_HASH"
    LEDGER_PLACE = "LEDGER_PLACE"
    LEDGER_KEY = "LEDGER_KEY"
    LEDGER_NOTE = "LEDGER_NOTE"
    LEDGER_SIGNATURE = "LEDGER_SIGNATURE"
    LEDGER_CHECKPOINT = "LEDGER_CHECKPOINT"
    LEDGER_MAP = "LEDGER_MAP"


WORDING: Final = {
    LedgerCode.LEDGER_SALT: "The salt of a commitment is 32 bytes, in base64url without padding where it is a text.",
    LedgerCode.LEDGER_HASH: "A hash is 32 bytes, and a full tile has 256 of them.",
    LedgerCode.LEDGER_PLACE: "The tree has no such leaf, or no such size, or the hashes for it were not given.",
    LedgerCode.LEDGER_KEY: "This is no Ed25519 key of the form name+id+base64, or its name has a space or a plus.",
    LedgerCode.LEDGER_NOTE: "This is no signed note: a text, an empty line, and lines of signatures.",
    LedgerCode.LEDGER_SIGNATURE: "The note is not signed by this key.",
    LedgerCode.LEDGER_CHECKPOINT: "The note is no checkpoint of this ledger: origin, size, root and time, a line each.",
    LedgerCode.LEDGER_MAP: "The note is no map of this ledger: origin, subjects, root, size and time, a line each.",
}


class LedgerError(ConsentError):
    """A value of the ledger is not usable; `code` says which, and the text is the code's wording."""

    code: LedgerCode  # type: ignore[assignment] # a list of codes of its own.

    def __init__(self, code: LedgerCode) -> None:
        """Keep the code as the only argument, so that an error survives pickling."""
        super().__init__(code)  # type: ignore[arg-type] # the same.

    def __str__(self) -> str:
        """Return the code with its wording."""
        return f"{self.code}: {WORDING[self.code]}"
