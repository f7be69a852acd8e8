"""Holding one exported entry against its leaf, and what is written beside its content against the content."""

from typing import Any, Final

import orjson

from consent.ledger.commitments import leaf_hash, salt_bytes
from consent.ledger.errors import LedgerError
from consent.vocabulary import EventKind
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
_EMPTIED: Final = ("ConsentEvent",)
"""The kinds of which an erasure leaves the leaf alone."""


def check_entry(entry: ExportedEntry) -> Finding | None:
    """Return what does not fit of an entry, None where all fits; an erased one is a leaf and nothing else (C7)."""
    if entry.missing:
        return Finding(FindingKind.ENTRY_MISSING, entry.index, expected=entry.hash.hex() or None)
    if entry.erased:
        return _check_erased(entry)
    if entry.content is None or entry.salt is None or any(map(_is_both, entry.rows)):
        return _finding(FindingKind.ENTRY_CHANGED, entry, entry.hash.hex(), None)
    found = committed(entry.content, entry.salt)
    if found != entry.hash:
        return _finding(FindingKind.ENTRY_CHANGED, entry, entry.hash.hex(), found.hex() or None)
    content = json_object(entry.content)
    if content is None:
        return _finding(FindingKind.ENTRY_MISLABELLED, entry, "a JSON object", None)
    return _check_beside(entry, content)


def _check_erased(entry: ExportedEntry) -> Finding | None:
    left = (entry.id or None, entry.at, entry.salt, entry.content, entry.subject, entry.rows or None)
    if any(value is not None for value in left):
        return _finding(FindingKind.ENTRY_CHANGED, entry, "nothing but the leaf", None)
    if entry.kind not in _EMPTIED:
        return _finding(FindingKind.ENTRY_MISLABELLED, entry, " or ".join(_EMPTIED), entry.kind)
    return None


def _is_both(row: dict[str, Any]) -> bool:
    """Say whether a row has what it showed and the commitment that stays when that is erased: never both."""
    return "commitment" in row and not row.keys().isdisjoint({"participant", "fields", "salt"})


def committed(content: str, salt: str) -> bytes:
    """Return the hash of a content's leaf, empty where there can be none."""
    try:
        return leaf_hash(content.encode(), salt_bytes(salt))
    except (LedgerError, UnicodeEncodeError):
        return b""


def json_object(content: str) -> dict[str, Any] | None:
    """Read a content, None where it is none."""
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
    found = (json_object(content) or {}).get("erases")
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
    if entry.kind != _kind_of(content):
        return _finding(FindingKind.ENTRY_MISLABELLED, entry, _kind_of(content), entry.kind)
    return _check_rows(entry, content.get("disclosures", []))


def _kind_of(content: dict[str, Any]) -> str:
    """Return the kind of entry that a content is of, which its label has to be."""
    if type(content.get("disclosures")) is list:
        return "Look"
    if "change" in content:
        return "PermissionChange"
    return "Tombstone" if content.get("kind") == EventKind.ERASED else "ConsentEvent"


def _check_rows(entry: ExportedEntry, disclosures: list[Any]) -> Finding | None:
    """Hold the rows of a look against its disclosures, of which nothing else has any: so many, each in its place."""
    for number in range(max(len(entry.rows), len(disclosures))):
        told = disclosures[number] if number < len(disclosures) else None
        row = entry.rows[number] if number < len(entry.rows) else {}
        if told is None or row.get("n") != number or row.get("at") != entry.at or _commitment(row) != told:
            return _finding(FindingKind.ENTRY_MISLABELLED, entry, f"disclosure {number}: {told}", None)
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
