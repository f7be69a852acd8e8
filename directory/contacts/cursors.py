"""Page cursors: opaque, bound to the caller and the query, valid for a day, and showing nothing (L6)."""

import base64
import hashlib
import json
import secrets
from typing import Any, Final

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consent.sealing import NONCE_BYTES
from directory.errors import BadCursor

LIFETIME: Final = 24 * 60 * 60 * 1000
_LONGEST: Final = 1_000
# All cursors are padded alike, or their length would tell something of where they stand.
_PADDED_BYTES: Final = 256


class Cursors:
    """Seals and opens cursors with the directory's cursor key."""

    def __init__(self, key: bytes) -> None:
        """Take the key, 32 bytes."""
        self._cipher = AESGCM(key)

    def seal(self, position: list[Any], *, caller: str, query: dict[str, Any], now: int) -> str:
        """Return a cursor for a position, a list of JSON values of up to some 200 characters."""
        content = json.dumps([now + LIFETIME, *position]).encode().ljust(_PADDED_BYTES)
        nonce = secrets.token_bytes(NONCE_BYTES)
        sealed = nonce + self._cipher.encrypt(nonce, content, _binding(caller, query))
        return base64.urlsafe_b64encode(sealed).decode().rstrip("=")

    def open(self, cursor: str, *, caller: str, query: dict[str, Any], now: int) -> list[Any]:
        """Return the position; raises BadCursor for every cursor that is not this caller's for this query, now."""
        opened = self._decrypt(cursor, _binding(caller, query))
        if opened is None or now >= opened[0]:
            raise BadCursor
        return opened[1:]

    def _decrypt(self, cursor: str, binding: bytes) -> list[Any] | None:
        if len(cursor) > _LONGEST or not cursor.isascii():
            return None
        try:
            sealed = base64.b64decode(cursor + "=" * (-len(cursor) % 4), altchars=b"-_", validate=True)
            content = self._cipher.decrypt(sealed[:NONCE_BYTES], sealed[NONCE_BYTES:], binding)
        except (ValueError, InvalidTag):
            return None
        opened: list[Any] = json.loads(content)
        return opened


def _binding(caller: str, query: dict[str, Any]) -> bytes:
    return hashlib.sha256(json.dumps([caller, query], sort_keys=True, default=str).encode()).digest()
