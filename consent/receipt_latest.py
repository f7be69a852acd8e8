"""The proof that an entry is a person's latest, from the daily map: the file of it, and its place among the steps.

A receipt by itself says nothing of a decision after it. The map's root is published and signed daily; this file has
the hashes by which a person's place in it is compared with that root.
"""

from collections.abc import Mapping
from typing import Any, Final

from consent.ledger.errors import LedgerError
from consent.ledger.latest_map import LatestMap, MapProof, map_key, verify_latest
from consent.ledger.map_file import MapFile
from consent.ledger.map_notes import PublishedMap, open_map
from consent.ledger.notes import Verifier
from consent.receipt_errors import ReceiptCode, ReceiptError
from consent.receipt_lines import instant
from consent.receipt_reading import read_json
from consent.receipt_steps import Open, Step, StepName, failed, left_open, passed

FORMAT: Final = "civic-latest/1"


def latest_proof(note: str, latest: LatestMap | MapFile, person: str) -> dict[str, Any]:
    """Return the proof of a person's latest entry, as a file; `note` is the map's, signed."""
    key = map_key(person)
    proof = latest.prove(key)
    return {
        "format": FORMAT,
        "map": note,
        "latest": latest.latest(key),
        "siblings": [sibling.hex() for sibling in proof.siblings],
        "other": None if proof.other is None else {"key": proof.other[0].hex(), "leaf": proof.other[1]},
    }


def check_latest(document: bytes, person: str, index: int, key: Verifier) -> Step:
    """Say whether the entry at this place is the person's latest by the map in the file, which this key signed."""
    try:
        found = read_json(document)
        published, latest, proof = _read(found, key)
        fits = verify_latest(published.root, map_key(person), latest, proof)
    except (AttributeError, KeyError, LedgerError, ReceiptError, TypeError, ValueError):
        return failed(StepName.LATEST, ReceiptCode.RECEIPT_MAP)
    if not fits:
        return failed(StepName.LATEST, ReceiptCode.RECEIPT_MAP)
    if published.size <= index:
        return left_open(StepName.LATEST, Open.OLD_MAP)
    if latest != index:
        return failed(StepName.LATEST, ReceiptCode.RECEIPT_SUPERSEDED)
    return passed(StepName.LATEST, instant=instant(published.at))


def _read(found: Mapping[str, Any], key: Verifier) -> tuple[PublishedMap, int | None, MapProof]:
    """Read a proof; raises one of the errors that `check_latest` waits for."""
    if found["format"] != FORMAT:
        raise ValueError
    latest, other = found["latest"], found["other"]
    siblings = tuple(bytes.fromhex(sibling) for sibling in found["siblings"])
    beside = None if other is None else (bytes.fromhex(other["key"]), _whole(other["leaf"]))
    return open_map(found["map"], key), None if latest is None else _whole(latest), MapProof(siblings, beside)


def _whole(number: object) -> int:
    if type(number) is not int:
        raise TypeError
    return number
