"""Receipts: the document that a person keeps of a decision, with everything by which it is verified without us (C5).

A receipt holds the event with its salt, its place in the ledger and the path from there to a signed checkpoint; the
notice that was shown; and what both say in words and in the forms that other programs know.
"""

from dataclasses import dataclass
from typing import Any, Final

import orjson

from consent.events import ConsentEvent
from consent.ledger.commitments import salt_text
from consent.ledger.notes import Verifier
from consent.notice_parts import Notice
from consent.notices import content, content_hash
from consent.receipt_errors import ReceiptCode, ReceiptError
from consent.receipt_fields import kantara, ts_27560
from consent.receipt_lines import readable
from consent.vocabulary import Purpose

FORMAT: Final = "civic-receipt/1"
ALGORITHMS: Final = {
    "canonical_form": "RFC 8785",
    "leaf_data": "HMAC-SHA256",
    "tree": "RFC 9162 SHA-256",
    "signature": "C2SP signed-note Ed25519",
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where an event lies in the ledger: its salt, its leaf, and the path to the checkpoint over so many leaves."""

    salt: bytes
    index: int
    size: int
    path: tuple[bytes, ...]
    checkpoint: str


def make_receipt(event: ConsentEvent, place: Place, key: Verifier, notice: Notice | None) -> dict[str, Any]:
    """Return the receipt of an event; `key` is the one that signed the checkpoint.

    `notice` is the one that the event was made under. An event made under none, such as a withdrawal, takes the one in
    force for its purpose, for who is responsible and how to reach them; an erasure that of ENROLMENT; or None. Raises
    ReceiptError RECEIPT_NOTICE for another notice.
    """
    if not _goes_with(event, notice):
        raise ReceiptError(ReceiptCode.RECEIPT_NOTICE)
    return {
        "format": FORMAT,
        **parts(event, notice, str(key)),
        "notice": None if notice is None else content(notice),
        "proof": {
            "algorithms": ALGORITHMS,
            "event": event.content(),
            "salt": salt_text(place.salt),
            "leaf_index": place.index,
            "tree_size": place.size,
            "inclusion_path": [node.hex() for node in place.path],
            "checkpoint": signed_by(place.checkpoint, key),
            "public_key": str(key),
        },
    }


def parts(event: ConsentEvent, notice: Notice | None, public_key: str) -> dict[str, Any]:
    """Return what a receipt says in words and in forms, which whoever has the event and the notice works out again."""
    return {
        "receipt": ts_27560(event, notice),
        "kantara": kantara(event, notice, public_key),
        "readable": readable(event, notice),
    }


def receipt_bytes(document: dict[str, Any]) -> bytes:
    """Return a receipt as the file that is handed out."""
    return orjson.dumps(document, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def signed_by(note: str, key: Verifier) -> str:
    """Return a note with the signature of this key alone: of others, a receipt has no key to prove them by."""
    text, _, lines = note.rpartition("\n\n")
    ours = [line for line in lines.split("\n") if line.startswith(f"— {key.name} ")]
    return "\n".join((text, "", *ours, ""))


def _goes_with(event: ConsentEvent, notice: Notice | None) -> bool:
    if event.notice:
        return notice is not None and (notice.id, content_hash(notice)) == (event.notice, event.notice_hash)
    return notice is None or notice.purpose is (event.purpose or Purpose.ENROLMENT)
