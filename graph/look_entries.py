"""How a look is an entry of the ledger: its content, with a commitment to each disclosure in it (C2, C7)."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from consent.canonical import canonical
from consent.ledger.commitments import row_commitment, salt_bytes

FACTS: Final = (*("id", "at", "actor", "department", "purpose", "operation", "origin", "trace", "filtered", "people"),)
"""The properties of a look that its leaf commits to."""


def look_content(look: Mapping[str, Any], commitments: Sequence[str]) -> bytes:
    """Return the canonical content of a look: its facts, and what it commits to of whom it showed, row by row."""
    return canonical({name: look.get(name) for name in FACTS} | {"disclosures": commitments})


def commitment_of(row: Mapping[str, Any]) -> str | None:
    """Return the commitment of a disclosure's row: worked out from what it shows, or as kept where that is erased.

    What is there goes before what is kept, or whoever writes to the database could keep the commitment of what was
    shown beside something else. None for a row that holds neither, or a part of what it showed.
    """
    participant, fields, number, salt = (row.get(name) for name in ("participant", "fields", "n", "salt"))
    if participant is None and fields is None and salt is None:
        kept: str | None = row.get("commitment")
        return kept
    if participant is None or fields is None or number is None or salt is None:
        return None
    return row_commitment(participant, fields, number, salt_bytes(salt))
