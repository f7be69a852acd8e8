"""Sealed text: one field, or one person's data key, encrypted and bound to where it is stored."""

import base64
import binascii
from collections.abc import Callable, Mapping
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
_SEPARATORS: Final = 4
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


# The base64url alphabet in the standard one; what is in the standard one alone becomes what no reader takes.
_LETTERS: Final = bytes.maketrans(b"-_+/=", b"+/???")
_QUANTUM: Final = 4
# By how many letters are over after the last four: what fills them up, and which letters leave no spare bit set.
_FILLED: Final = {0: b"", 2: b"==", 3: b"="}
_LAST: Final = {1: "", 2: "AQgw", 3: "AEIMQUYcgkosw048"}

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
    return OpeningKey(data_key).fields({field: envelope}, tenant=tenant, person=person)[field]


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
    return OpeningKey(key).data_key(envelope, tenant=tenant, person=person)


class OpeningKey:
    """A key that opens more than one envelope; to make its cipher costs as much as to open one.

    A key of a wrong size opens nothing, which fails as everything else does.
    """

    __slots__ = ("_ciphers",)

    def __init__(self, key: bytes) -> None:
        """Take the key, 32 bytes: a person's data key, or one that wraps data keys."""
        fits = len(key) == KEY_BYTES
        self._ciphers = {algorithm: make(key) for algorithm, make in _CIPHERS.items()} if fits else {}

    def fields(self, envelopes: Mapping[Field, str], *, tenant: str, person: str) -> dict[Field, str]:
        """Open fields of one person, whose data key this is, or raise SealingError SEAL_BROKEN as `open_field` does."""
        binding = _binding(tenant, person)
        plaintexts = {}
        for field, envelope in envelopes.items():
            content = self._opened(envelope, binding, field) if field in _STEP_BYTES else None
            plaintext = None if content is None else _decode(content)
            if plaintext is None:
                raise SealingError(ErrorCode.SEAL_BROKEN)
            plaintexts[field] = plaintext
        return plaintexts

    def data_key(self, envelope: str, *, tenant: str, person: str) -> bytes:
        """Return the data key that this key wrapped for the person, or raise SealingError SEAL_BROKEN."""
        data_key = self._opened(envelope, _binding(tenant, person), _DATA_KEY)
        if data_key is None or len(data_key) != KEY_BYTES:
            raise SealingError(ErrorCode.SEAL_BROKEN)
        return data_key

    def _opened(self, envelope: str, binding: str | None, name: str) -> bytes | None:
        """Return what the envelope holds, None when it does not open, so that no cause travels with the error."""
        sealed = _from_text(envelope)
        # What is shorter than head and nonce is no envelope.
        cipher = self._ciphers.get(sealed[1]) if len(sealed) >= _BODY_START and sealed[0] == _FORMAT else None
        if cipher is None or binding is None:
            return None
        associated_data = _associated_data(binding, name, int.from_bytes(sealed[2:_HEADER_BYTES]))
        try:
            return cipher.decrypt(sealed[_HEADER_BYTES:_BODY_START], sealed[_BODY_START:], associated_data)
        except InvalidTag:
            return None


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
    binding = _binding(tenant, person)
    sizes_fit = len(key) == KEY_BYTES and len(nonce) == NONCE_BYTES and 0 < key_version <= _HIGHEST_VERSION
    if binding is None or not sizes_fit:
        raise SealingError(ErrorCode.SEAL_REFUSED)
    associated_data = _associated_data(binding, name, key_version)
    header = bytes((_FORMAT, _AES_256_GCM)) + key_version.to_bytes(_HEADER_BYTES - 2)
    return _to_text(header + nonce + _CIPHERS[_AES_256_GCM](key).encrypt(nonce, content, associated_data))


def _binding(tenant: str, person: str) -> str | None:
    """Join what all seals of a person are bound to (E3); None where a part would make two bindings read alike."""
    binding = f"{_FORMAT}|{tenant}|{_LABEL}|{person}|"
    is_plain = tenant and person and binding.isascii() and binding.count("|") == _SEPARATORS
    return binding if is_plain else None


def _associated_data(binding: str, name: str, key_version: int) -> bytes:
    """Return what one seal is bound to: the record, the field, which is one of ours, and the version of the key."""
    return f"{binding}{name}|{key_version}".encode()


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

    Base64 readers skip foreign characters and spare bits, so that one envelope would have many spellings: a strict
    reader takes no foreign character, and the last letter says whether a bit is spare.
    """
    over = len(envelope) % _QUANTUM
    if over and envelope[-1] not in _LAST[over]:
        return b""
    try:
        return binascii.a2b_base64(envelope.encode("ascii").translate(_LETTERS) + _FILLED[over], strict_mode=True)
    except ValueError:
        return b""
