"""Commitments: what the ledger keeps of an entry's content, which tells nothing of it without the salt (C2)."""

import base64
import binascii
import hashlib
import hmac
from typing import Final

from consent.canonical import canonical
from consent.ledger.errors import LedgerCode, LedgerError

SALT_BYTES: Final = 32
ROW_SALT_BYTES: Final = 16
"""The salt of one row within an entry.

It only has to keep the row from being guessed once it is gone, which 128 random bits do; that no other row fits the
commitment follows from SHA-256, whatever the salt.
"""
HASH_BYTES: Final = 32

_LEAF: Final = b"\x00"


def leaf_data(content: bytes, salt: bytes) -> bytes:
    """Return what stands in the tree for a canonical content: its HMAC under a salt of 32 random bytes (C2)."""
    if len(salt) != SALT_BYTES:
        raise LedgerError(LedgerCode.LEDGER_SALT)
    return hmac.digest(salt, content, "sha256")


def leaf_hash(content: bytes, salt: bytes) -> bytes:
    """Return the hash of a content's leaf (RFC 9162 2.1); raises LedgerError LEDGER_SALT."""
    return hashlib.sha256(_LEAF + leaf_data(content, salt)).digest()


def row_commitment(participant: str, fields: str, number: int, salt: bytes) -> str:
    """Return the commitment, in hexadecimal, of one disclosure: row `number` of its look.

    The entry's content lists the commitments of its rows, so that one row can be erased with its salt, and the entry
    still fits its leaf (C7). Raises LedgerError LEDGER_SALT.
    """
    if len(salt) != ROW_SALT_BYTES:
        raise LedgerError(LedgerCode.LEDGER_SALT)
    content = canonical({"participant": participant, "fields": fields, "n": number})
    return hmac.digest(salt, content, "sha256").hex()


def salts_from(seed: bytes, rows: int) -> tuple[bytes, list[bytes]]:
    """Stretch a seed of 32 random bytes, which is kept nowhere, into an entry's salt and the salts of its rows.

    SHAKE-256 is one way: whoever reads some of the salts learns neither the seed nor another salt. Raises LedgerError
    LEDGER_SALT.
    """
    if len(seed) != SALT_BYTES:
        raise LedgerError(LedgerCode.LEDGER_SALT)
    stream = hashlib.shake_256(seed).digest(SALT_BYTES + ROW_SALT_BYTES * rows)
    return stream[:SALT_BYTES], [
        stream[at : at + ROW_SALT_BYTES] for at in range(SALT_BYTES, len(stream), ROW_SALT_BYTES)
    ]


def salt_text(salt: bytes) -> str:
    """Return a salt as it is stored: base64url without padding."""
    return base64.urlsafe_b64encode(salt).rstrip(b"=").decode()


def salt_bytes(text: str) -> bytes:
    """Read a salt as it is stored; raises LedgerError LEDGER_SALT for what is none, in another spelling too."""
    try:
        salt = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        salt = b""
    if not salt or salt_text(salt) != text:
        raise LedgerError(LedgerCode.LEDGER_SALT)
    return salt
