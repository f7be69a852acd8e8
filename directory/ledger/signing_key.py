"""The key that signs the ledger's checkpoints: a file in the data folder, outside the database, made once (C3)."""

import base64
import json
import os
import secrets
import stat
from pathlib import Path

from consent.ledger.errors import LedgerError
from consent.ledger.notes import KEY_BYTES, Signer
from directory.ledger.errors import LedgerKeyMissing, LedgerKeyUnreadable, LedgerKeyUnsafe
from directory.sealing.keyring_file import TENANT, changing, write_private

_FORMAT = 1


def read_signing_key(path: Path) -> Signer:
    """Read the key; raises LedgerKeyMissing, LedgerKeyUnsafe, or LedgerKeyUnreadable."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise LedgerKeyMissing(path) from None
    if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise LedgerKeyUnsafe(path)
    signer = _parsed(content)
    # Raised here and not where reading failed, because that error carries what it failed on.
    if signer is None:
        raise LedgerKeyUnreadable(path)
    return signer


def ensure_signing_key(path: Path, *, signed: bool) -> Signer:
    """Read the key, or make one where nothing was `signed` yet; raises as `read_signing_key` does."""
    with changing(path):
        if not path.exists() and not signed:
            # The name is the ledger's, and no other ledger has it: a witness tells them apart by it.
            name = f"civic-directory/{TENANT}/{secrets.token_hex(4)}"
            key = base64.b64encode(secrets.token_bytes(KEY_BYTES)).decode()
            content = {"format": _FORMAT, "name": name, "key": key}
            write_private(path, json.dumps(content, indent=2).encode() + b"\n")
    return read_signing_key(path)


def _parsed(content: bytes) -> Signer | None:
    try:
        found = json.loads(content)
        if found["format"] != _FORMAT:
            return None
        return Signer(found["name"], base64.b64decode(found["key"], validate=True))
    except (AttributeError, KeyError, TypeError, ValueError, LedgerError):
        return None
