"""The texts of a printed receipt's two codes: what was recorded with its checkpoint, and the path between them (C5).

Each is a mark and base32, which a QR code holds in its alphanumeric mode, and which survives a scanner that trims
spaces. The first holds, deflated, the canonical JSON list of event, salt, leaf index, checkpoint and public key; the
second the hashes of the path, one after the other.
"""

import base64
import binascii
import zlib
from collections.abc import Mapping
from typing import Any, Final

import orjson

from consent.canonical import canonical
from consent.ledger.commitments import HASH_BYTES
from consent.receipt_errors import ReceiptCode, ReceiptError

RECORD: Final = "CIVIC1:"
PATH: Final = "CIVIC2:"

_NAMES: Final = ("event", "salt", "leaf_index", "checkpoint", "public_key")
_LARGEST: Final = 65_536


def code_texts(document: Mapping[str, Any]) -> tuple[str, str]:
    """Return the texts of a receipt's codes: the record with its checkpoint, and the path."""
    proof = document["proof"]
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(canonical([proof[name] for name in _NAMES])) + packer.flush()
    return RECORD + _text(packed), PATH + _text(bytes.fromhex("".join(proof["inclusion_path"])))


def is_code(document: bytes) -> bool:
    """Say whether this is the text of codes and not a file."""
    return document.lstrip().startswith((RECORD.encode(), PATH.encode()))


def read_codes(document: bytes) -> dict[str, Any]:
    """Return what scanned codes, in any order with space between them, hold of a receipt's proof.

    Without the second code there is no "inclusion_path". Raises ReceiptError RECEIPT_UNREADABLE.
    """
    found = _read(document)
    if found is None:
        raise ReceiptError(ReceiptCode.RECEIPT_UNREADABLE)
    return found


def _read(document: bytes) -> dict[str, Any] | None:
    found: dict[str, Any] = {}
    try:
        for text in document.decode("ascii").split():
            if text.startswith(RECORD):
                values = orjson.loads(_inflated(_bytes(text.removeprefix(RECORD))))
                found |= zip(_NAMES, values, strict=True)
            elif text.startswith(PATH):
                hashes = _bytes(text.removeprefix(PATH)).hex()
                found["inclusion_path"] = [
                    hashes[at : at + 2 * HASH_BYTES] for at in range(0, len(hashes), 2 * HASH_BYTES)
                ]
            else:
                return None
    except (TypeError, ValueError, zlib.error):
        return None
    return found if found.keys() >= set(_NAMES) else None


def _inflated(packed: bytes) -> bytes:
    unpacker = zlib.decompressobj(-zlib.MAX_WBITS)
    content = unpacker.decompress(packed, _LARGEST)
    if not unpacker.eof or unpacker.unused_data:
        raise ValueError
    return content


def _text(content: bytes) -> str:
    return base64.b32encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    """Read base32 in its one right spelling; raises ValueError."""
    content = base64.b32decode(text + "=" * (-len(text) % 8))
    if _text(content) != text:
        raise binascii.Error
    return content
