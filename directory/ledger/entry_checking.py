"""Holding one exported entry against its leaf, and what is written beside its content against the content."""

from typing import Any, Final

import orjson

from consent.ledger.commitments import leaf_hash, salt_bytes
from consent.ledger.errors import LedgerError
from directory.ledger.export_reading import ExportedEntry
from directory.ledger.findings import Finding, FindingKind
from graph.look_entries import commitment_of

# By kind: the members of the content that are the entry's id, its instant, and the person it is about.
_BESIDE: Final[dict[str, tuple[str, str, str | None]]] = {
    "Look": ("id", "at", None),
    "PermissionChange": ("id", "at", None),
    "ConsentEvent": ("id", "recorded", "person"),
    # A tombstone is the fact of an erasure, and bears the erased person's random id.
    "Tombstone": ("id", "recorded", None),
}


def check_entry(entry: ExportedEntry) -> Finding | None:
    """Return what does not fit of an entry, None where all fits; an erased one is a leaf and nothing else (C7)."""
    if entry.missing:
        return Finding(FindingKind.ENTRY_MISSING, entry.index, expected=entry.hash.hex() or None)
    if entry.erased:
        return None
    if entry.content is None or entry.salt is None:
        return _finding(FindingKind.ENTRY_CHANGED, entry, entry.hash.hex(), None)
    try:
        found = leaf_hash(entry.content.encode(), salt_bytes(entry.salt)).hex()
    except (LedgerError, UnicodeEncodeError):
        found = ""
    if found != entry.hash.hex():
        return _finding(FindingKind.ENTRY_CHANGED, entry, entry.hash.hex(), found or None)
    content = _object(entry.content)
    if content is None:
        return _finding(FindingKind.ENTRY_MISLABELLED, entry, "a JSON object", None)
    return _check_beside(entry, content)


def _object(content: str) -> dict[str, Any] | None:
    try:
        found = orjson.loads(content)
    except orjson.JSONDecodeError:
        return None
    return found if isinstance(found, dict) else None


def emptied_places(entry: ExportedEntry) -> list[str]:
    """Name the places that an entry was emptied of: itself, or rows of it, as a tombstone names them."""
    if entry.erased:
        return [f"{entry.index}"]
    return [f"{entry.index}/{row['n']}" for row in entry.rows if row.get("participant") is None and "n" in row]


def named_places(content: str) -> list[str]:
    """Return the places that a tombstone's content names; none where it is no tombstone's."""
    try:
        found = orjson.loads(content).get("erases", [])
    except (AttributeError, orjson.JSONDecodeError):
        return []
    return [place for place in found if type(place) is str] if type(found) is list else []


def _check_beside(entry: ExportedEntry, content: dict[str, Any]) -> Finding | None:
    names = _BESIDE.get(entry.kind or "")
    if names is None:
        return _finding(FindingKind.ENTRY_MISLABELLED, entry, " or ".join(_BESIDE), entry.kind)
    identity, at, subject = names
    expected = [content.get(identity), content.get(at), None if subject is None else content.get(subject)]
    found = [entry.id, entry.at, entry.subject]
    if expected != found:
        return _finding(FindingKind.ENTRY_MISLABELLED, entry, _told(expected), _told(found))
    if entry.kind == "Look":
        for number, committed in enumerate(content["disclosures"]):
            row = entry.rows[number] if number < len(entry.rows) else {}
            if row.get("n") != number or row.get("at") != entry.at or _commitment(row) != committed:
                return _finding(FindingKind.ENTRY_MISLABELLED, entry, f"disclosure {number}: {committed}", None)
    return None


def _commitment(row: dict[str, Any]) -> str | None:
    try:
        return commitment_of(row)
    except (AttributeError, LedgerError, TypeError, ValueError):
        return None


def _finding(what: FindingKind, entry: ExportedEntry, expected: str | None, found: str | None) -> Finding:
    return Finding(what, entry.index, entry.kind, entry.id, expected, found)


def _told(values: list[Any]) -> str:
    return ", ".join(str(value) for value in values if value is not None)
