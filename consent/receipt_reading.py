"""Reading a receipt strictly: a file or scanned codes either have every part in its one form, or are refused."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, Never

import orjson

from consent.canonical import canonical
from consent.receipt_codes import is_code, read_codes
from consent.receipt_errors import ReceiptCode, ReceiptError
from consent.receipts import ALGORITHMS, FORMAT

LARGEST: Final = 1_000_000
"""In bytes; a receipt has some twenty thousand."""

_LONGEST_PATH: Final = 64
_END: Final = 2**53
_HASH: Final = re.compile(r"[0-9a-f]{64}")
_PARTS: Final[dict[str, type | tuple[type, ...]]] = {
    "format": str,
    "receipt": dict,
    "kantara": (dict, type(None)),
    "readable": dict,
    "notice": (dict, type(None)),
    "proof": dict,
}
_PROOF: Final[dict[str, type | tuple[type, ...]]] = {
    "algorithms": dict,
    "event": dict,
    "salt": str,
    "leaf_index": int,
    "tree_size": int,
    "inclusion_path": list,
    "checkpoint": str,
    "public_key": str,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A receipt as it was read. From codes, it has no `parts`, no `size` of its own, and perhaps no `path`."""

    event: dict[str, Any]
    salt: str
    index: int
    size: int | None
    path: tuple[bytes, ...] | None
    checkpoint: str
    public_key: str
    notice: dict[str, Any] | None
    parts: Mapping[str, Any] | None


def read_receipt(document: bytes) -> Document:
    """Return the receipt in a file or in scanned codes; raises ReceiptError RECEIPT_UNREADABLE or RECEIPT_FORMAT."""
    if is_code(document):
        proof = read_codes(document)
        path = proof.get("inclusion_path")
        shaped = {name: kind for name, kind in _PROOF.items() if name in proof}
        if not _shaped(proof, shaped) or not _fits(proof["leaf_index"]) or not _is_path(path or []):
            raise ReceiptError(ReceiptCode.RECEIPT_FORMAT)
        return _document(proof, None, None if path is None else _hashes(path))
    whole = read_json(document)
    if not isinstance(whole, dict) or whole.get("format") != FORMAT or not _shaped(whole, _PARTS):
        raise ReceiptError(ReceiptCode.RECEIPT_FORMAT)
    proof = whole["proof"]
    if not _shaped(proof, _PROOF) or proof["algorithms"] != ALGORITHMS:
        raise ReceiptError(ReceiptCode.RECEIPT_FORMAT)
    if not (_fits(proof["leaf_index"]) and _fits(proof["tree_size"]) and _is_path(proof["inclusion_path"])):
        raise ReceiptError(ReceiptCode.RECEIPT_FORMAT)
    return _document(proof, whole, _hashes(proof["inclusion_path"]))


def read_json(document: bytes) -> Any:  # noqa: ANN401 - whatever the document holds.
    """Return what a JSON document holds, of which every program reads the same.

    Raises ReceiptError RECEIPT_UNREADABLE for what is no JSON, for a name that stands twice in an object, and for a
    number that is no whole one below 2^53.
    """
    found: Any = None
    try:
        if len(document) <= LARGEST:
            # The first reading is strict about characters and depth, the second about names and numbers.
            orjson.loads(document)
            found = json.loads(
                document, object_pairs_hook=_members, parse_float=_no, parse_constant=_no, parse_int=_whole
            )
            canonical(found)
    except (RecursionError, TypeError, ValueError):
        found = None
    if found is None:
        raise ReceiptError(ReceiptCode.RECEIPT_UNREADABLE)
    return found


def _document(proof: Mapping[str, Any], whole: Mapping[str, Any] | None, path: tuple[bytes, ...] | None) -> Document:
    return Document(
        event=proof["event"],
        salt=proof["salt"],
        index=proof["leaf_index"],
        size=proof.get("tree_size"),
        path=path,
        checkpoint=proof["checkpoint"],
        public_key=proof["public_key"],
        notice=None if whole is None else whole["notice"],
        parts=None if whole is None else {name: whole[name] for name in ("receipt", "kantara", "readable")},
    )


def _shaped(given: Mapping[str, Any], shape: Mapping[str, type | tuple[type, ...]]) -> bool:
    return given.keys() == shape.keys() and all(
        isinstance(given[name], kind) and not isinstance(given[name], bool) for name, kind in shape.items()
    )


def _fits(number: int) -> bool:
    return 0 <= number < _END


def _is_path(path: list[Any]) -> bool:
    return len(path) <= _LONGEST_PATH and all(isinstance(node, str) and _HASH.fullmatch(node) for node in path)


def _hashes(path: list[str]) -> tuple[bytes, ...]:
    return tuple(bytes.fromhex(node) for node in path)


def _members(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError
    return found


def _whole(digits: str) -> int:
    if len(digits) > len(str(_END)) or abs(int(digits)) >= _END:
        raise ValueError
    return int(digits)


def _no(_: str) -> Never:
    raise ValueError
