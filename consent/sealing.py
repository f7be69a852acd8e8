"""Sealed text: one field, or one person's data key, encrypted and bound to where it is stored."""

import base64
from collections.abc import Callable
from typing import Final, Protocol

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from consent.errors import ErrorCode, SealingError
from consent.vocabulary import Field

KEY_BYTES: Final = 32
NONCE_BYTES: Final = 12
TEXT_BYTES_LIMIT: Final = 1024

_FORMAT: Final = 1
_AES_256_GCM: Final = 1
_HEADER_BYTES: Final = 6
_HEADER_CHARACTERS: Final = 8
_BODY_START: Final = _HEADER_BYTES + NONCE_BYTES
_HIGHEST_VERSION: Final = 2**32 - 1
_LENGTH_BYTES: Final = 2
_SEPARATORS: Final = 5
# The node label and the field name of a wrapped data key; no disclosed field has that name.
_LABEL: Final = "Participant"
_DATA_KEY: Final = "DATA_KEY"

# Padded sizes grow in these steps, because the length of a name tells a good deal about it (E5). A field
# that is not here is not stored sealed.
_STEP_BYTES: Final = {Field.NAME: 32, Field.PHONE: 32, Field.EMAIL: 64}


class _Cipher(Protocol):
    """What a cipher must offer to seal: encryption with associated data, failing with InvalidTag."""

    def encrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...

    def decrypt(self, nonce: bytes, data: bytes, associated_data: bytes, /) -> bytes: ...


# The envelope names its algorithm, so that a KCMVP-validated one can join while older seals still open
# (E4).
_CIPHERS: Final[dict[int, Callable[[bytes], _Cipher]]] = {_AES_256_GCM: AESGCM}


def seal_field(  # noqa: PLR0913 - the text, what seals it, and the record that it is bound to.
    plaintext: str,
    *,
    data_key: bytes,
    nonce: bytes,
    tenant: str,
    person: str,
    field: Field,
    key_version: int,
) -> str:
    """Seal a name, phone or e-mail under the person's data key (E2, E3, E5) and return the envelope.

    `data_key` is 32 bytes; `nonce` is 12 random bytes, never used twice with this key; `key_version` is the
    version of the data key itself, which a rewrap under another key leaves alone. Raises SealingError
    SEAL_REFUSED for another field, a text over 1,024 bytes, and parts of a wrong size or shape.
    """
    step = _STEP_BYTES.get(field)
    content = _encode(plaintext)
    if step is None or content is None:
        raise SealingError(ErrorCode.SEAL_REFUSED)
    padded = content.ljust(-(-len(content) // step) * step, b"\0")
    return _seal(padded, data_key, key_version, nonce, tenant, person, field)


def open_field(envelope: str, *, data_key: bytes, tenant: str, person: str, field: Field) -> str:
    """Open what `seal_field` sealed for this person and field, or raise SealingError SEAL_BROKEN.

    The error is the same for a changed, cut or moved envelope and for a wrong key, person, field or tenant,
    so that nothing can be learnt from failing.
    """
    content = _open(envelope, data_key, tenant, person, field) if field in _STEP_BYTES else None
    plaintext = None if content is None else _decode(content)
    if plaintext is None:
        raise SealingError(ErrorCode.SEAL_BROKEN)
    return plaintext


def wrap_data_key(  # noqa: PLR0913 - as for `seal_field`.
    data_key: bytes, *, key: bytes, key_version: int, nonce: bytes, tenant: str, person: str
) -> str:
    """Wrap a person's data key under a key-encryption key and its version (E1) and return the envelope.

    Raises SealingError SEAL_REFUSED for parts of a wrong size or shape.
    """
    if len(data_key) != KEY_BYTES:
        raise SealingError(ErrorCode.SEAL_REFUSED)
    return _seal(data_key, key, key_version, nonce, tenant, person, _DATA_KEY)


def unwrap_data_key(envelope: str, *, key: bytes, tenant: str, person: str) -> bytes:
    """Return the data key that `wrap_data_key` wrapped for this person, or raise SealingError SEAL_BROKEN."""
    data_key = _open(envelope, key, tenant, person, _DATA_KEY)
    if data_key is None or len(data_key) != KEY_BYTES:
        raise SealingError(ErrorCode.SEAL_BROKEN)
    return data_key


def envelope_key_version(envelope: str) -> int:
    """Read from the envelope's head which key version it names, or raise SealingError SEAL_BROKEN.

    The answer chooses a key and proves nothing: only opening authenticates the envelope.
    """
    header = _from_text(envelope[:_HEADER_CHARACTERS])
    if len(header) != _HEADER_BYTES or not _is_known(header):
        raise SealingError(ErrorCode.SEAL_BROKEN)
    return int.from_bytes(header[2:_HEADER_BYTES])


def _seal(  # noqa: PLR0913, PLR0917 - as for `seal_field`.
    content: bytes, key: bytes, key_version: int, nonce: bytes, tenant: str, person: str, name: str
) -> str:
    associated_data = _associated_data(tenant, person, name, key_version)
    sizes_fit = len(key) == KEY_BYTES and len(nonce) == NONCE_BYTES and 0 < key_version <= _HIGHEST_VERSION
    if associated_data is None or not sizes_fit:
        raise SealingError(ErrorCode.SEAL_REFUSED)
    header = bytes((_FORMAT, _AES_256_GCM)) + key_version.to_bytes(_HEADER_BYTES - 2)
    return _to_text(header + nonce + _CIPHERS[_AES_256_GCM](key).encrypt(nonce, content, associated_data))


def _open(envelope: str, key: bytes, tenant: str, person: str, name: str) -> bytes | None:
    """Return what the envelope holds, None when it does not open, so that no cause travels with the error."""
    sealed = _from_text(envelope)
    if not _is_known(sealed) or len(key) != KEY_BYTES:
        return None
    key_version = int.from_bytes(sealed[2:_HEADER_BYTES])
    associated_data = _associated_data(tenant, person, name, key_version)
    nonce, ciphertext = sealed[_HEADER_BYTES:_BODY_START], sealed[_BODY_START:]
    if associated_data is None or len(nonce) != NONCE_BYTES:
        return None
    try:
        return _CIPHERS[sealed[1]](key).decrypt(nonce, ciphertext, associated_data)
    except InvalidTag:
        return None


def _associated_data(tenant: str, person: str, name: str, key_version: int) -> bytes | None:
    """Join what a seal is bound to (E3); None where a part would make two bindings read alike."""
    binding = f"{_FORMAT}|{tenant}|{_LABEL}|{person}|{name}|{key_version}"
    is_plain = tenant and person and binding.isascii() and binding.count("|") == _SEPARATORS
    return binding.encode() if is_plain else None


def _encode(plaintext: str) -> bytes | None:
    """Return the text with its length before it, None when it is too long or is not valid Unicode."""
    try:
        text = plaintext.encode()
    except UnicodeEncodeError:
        return None
    return len(text).to_bytes(_LENGTH_BYTES) + text if len(text) <= TEXT_BYTES_LIMIT else None


def _decode(content: bytes) -> str | None:
    """Return the text that `_encode` made and padding followed, None when it is anything else."""
    end = _LENGTH_BYTES + int.from_bytes(content[:_LENGTH_BYTES])
    if end > len(content) or content[end:].strip(b"\0"):
        return None
    try:
        return content[_LENGTH_BYTES:end].decode()
    except UnicodeDecodeError:
        return None


def _is_known(sealed: bytes) -> bool:
    return len(sealed) >= _HEADER_BYTES and sealed[0] == _FORMAT and sealed[1] in _CIPHERS


def _to_text(sealed: bytes) -> str:
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def _from_text(envelope: str) -> bytes:
    """Return the bytes of an envelope, none at all when its text is not the one way to write them.

    Base64 readers skip foreign characters and spare bits, so that one envelope would have many spellings.
    """
    try:
        sealed = base64.urlsafe_b64decode(envelope + "=" * (-len(envelope) % 4))
    except ValueError:
        return b""
    return sealed if _to_text(sealed) == envelope else b""
