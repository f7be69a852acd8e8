"""The key-encryption keys, behind the small interface that a key service can implement as well."""

import base64
import json
from collections.abc import Mapping
from enum import StrEnum
from typing import Final, Never, Protocol, Self, TypeAlias

from consent.errors import ErrorCode, KeyringError
from consent.sealing import KEY_BYTES, OpeningKey, envelope_key_version, wrap_data_key

_FORMAT: Final = 1
_HIGHEST_VERSION: Final = 2**32 - 1


class IndexName(StrEnum):
    """The blind indexes, each with keys of its own (B1)."""

    PHONE = "phone"
    EMAIL = "email"
    NAME = "name"


# What a keyring is made of: tenant, keys by version, index keys by index and version, cursor key.
_Parts: TypeAlias = tuple[str, dict[int, bytes], dict[IndexName, dict[int, bytes]], bytes]


class KeyService(Protocol):
    """Wraps and opens data keys without ever handing out a key-encryption key (E1).

    Each method raises SealingError SEAL_BROKEN when the wrapped key does not open for this person, and
    KeyringError KEYRING_NO_SUCH_KEY when the version that wrapped it is gone.
    """

    @property
    def current_version(self) -> int:
        """The version under which keys are wrapped now."""

    def wrap(self, person: str, data_key: bytes, nonce: bytes) -> str:
        """Wrap a data key of 32 bytes under the current version, with a random nonce of 12 bytes."""

    def unwrap(self, person: str, wrapped: str) -> bytes:
        """Open a wrapped data key, whichever version wrapped it."""

    def rewrap(self, person: str, wrapped: str, nonce: bytes) -> str:
        """Move a wrapped data key to the current version (E6); unchanged when it is there already."""


class LocalKeyring:
    """A key service over keys held in memory; the keyring is never changed, rotating gives another one.

    Its representation shows versions and no key, and it refuses to be pickled or copied.
    """

    __slots__ = ("_cursor", "_index", "_keys", "_opening", "_tenant")

    def __init__(
        self,
        tenant: str,
        keys: Mapping[int, bytes],
        index: Mapping[IndexName, Mapping[int, bytes]],
        cursor: bytes,
    ) -> None:
        """Take keys of 32 bytes by version; the highest version is the current one.

        `index` holds the keys of every blind index, `cursor` the key for page cursors (L6). Raises
        KeyringError KEYRING_INVALID_KEY for a key of another size, a key that occurs twice, or a set
        without a version.
        """
        if not tenant or not tenant.isascii() or "|" in tenant:
            raise KeyringError(ErrorCode.KEYRING_UNREADABLE)
        families = [keys, *(index.get(name, {}) for name in IndexName)]
        every = [cursor, *(key for family in families for key in family.values())]
        sizes_fit = all(len(key) == KEY_BYTES for key in every) and len(set(every)) == len(every)
        versions_fit = all(family and all(0 < version <= _HIGHEST_VERSION for version in family) for family in families)
        if not sizes_fit or not versions_fit:
            raise KeyringError(ErrorCode.KEYRING_INVALID_KEY)
        self._tenant = tenant
        self._keys = dict(keys)
        self._opening = {version: OpeningKey(key) for version, key in keys.items()}
        self._index = {name: dict(index[name]) for name in IndexName}
        self._cursor = cursor

    @classmethod
    def parse(cls, document: bytes) -> Self:
        """Read the JSON document that `serialise` writes: base64 keys by version, the highest one current.

        Raises KeyringError KEYRING_UNREADABLE, or KEYRING_INVALID_KEY as the constructor does.
        """
        parts = _read(document)
        # Raised here and not where reading failed, because a JSON error carries the document it failed on.
        if parts is None:
            raise KeyringError(ErrorCode.KEYRING_UNREADABLE)
        return cls(*parts)

    def serialise(self) -> bytes:
        """Write the keyring, secrets included, as a JSON document for `parse`."""
        content = {
            "format": _FORMAT,
            "tenant": self._tenant,
            "current": self.current_version,
            "keys": _to_text(self._keys),
            "index": {name: _to_text(family) for name, family in self._index.items()},
            "cursor": base64.b64encode(self._cursor).decode(),
        }
        return json.dumps(content, indent=2).encode() + b"\n"

    @property
    def current_version(self) -> int:
        """The version under which keys are wrapped now."""
        return max(self._keys)

    @property
    def versions(self) -> tuple[int, ...]:
        """Every version that still opens, oldest first."""
        return tuple(sorted(self._keys))

    @property
    def tenant(self) -> str:
        """The directory that the keys belong to; every seal is bound to it (E3)."""
        return self._tenant

    @property
    def cursor_key(self) -> bytes:
        """The key that seals page cursors (L6)."""
        return self._cursor

    def index_key(self, name: IndexName) -> bytes:
        """Return the newest key of a blind index (B1)."""
        family = self._index[name]
        return family[max(family)]

    def wrap(self, person: str, data_key: bytes, nonce: bytes) -> str:
        """Wrap a data key of 32 bytes under the current version, with a random nonce of 12 bytes."""
        version = self.current_version
        key = self._keys[version]
        return wrap_data_key(data_key, key=key, key_version=version, nonce=nonce, tenant=self._tenant, person=person)

    def unwrap(self, person: str, wrapped: str) -> bytes:
        """Open a wrapped data key, whichever version wrapped it."""
        key = self._opening.get(envelope_key_version(wrapped))
        if key is None:
            raise KeyringError(ErrorCode.KEYRING_NO_SUCH_KEY)
        return key.data_key(wrapped, tenant=self._tenant, person=person)

    def rewrap(self, person: str, wrapped: str, nonce: bytes) -> str:
        """Move a wrapped data key to the current version (E6); unchanged when it is there already."""
        if envelope_key_version(wrapped) == self.current_version:
            return wrapped
        return self.wrap(person, self.unwrap(person, wrapped), nonce)

    def rotate(self, new_key: bytes) -> Self:
        """Return a keyring with `new_key`, 32 random bytes, as current; older versions still open (E6)."""
        return self._with_keys(self._keys | {self.current_version + 1: new_key})

    def retire(self, version: int) -> Self:
        """Return a keyring without this version, under which nothing opens any more (E7).

        Raises KeyringError KEYRING_KEY_IN_USE for the current version, KEYRING_NO_SUCH_KEY for an unknown
        one.
        """
        if version not in self._keys:
            raise KeyringError(ErrorCode.KEYRING_NO_SUCH_KEY)
        if version == self.current_version:
            raise KeyringError(ErrorCode.KEYRING_KEY_IN_USE)
        return self._with_keys({kept: key for kept, key in self._keys.items() if kept != version})

    def _with_keys(self, keys: Mapping[int, bytes]) -> Self:
        return type(self)(self._tenant, keys, self._index, self._cursor)

    def __repr__(self) -> str:
        """Show the tenant and the versions, and no key."""
        return f"LocalKeyring(tenant={self._tenant!r}, versions={self.versions})"

    def __reduce_ex__(self, _protocol: object) -> Never:
        """Refuse pickling and copying, by which keys would stray; raises TypeError."""
        raise TypeError("A keyring cannot be pickled or copied; serialise it into its file.")


def _read(document: bytes) -> _Parts | None:
    """Return the constructor's arguments, None when the document is not a keyring of this format."""
    try:
        content = json.loads(document)
        keys = _from_text(content["keys"])
        index = {name: _from_text(content["index"][name]) for name in IndexName}
        cursor = base64.b64decode(content["cursor"], validate=True)
        is_known = content["format"] == _FORMAT and content["current"] == max(keys)
        tenant = content["tenant"]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return (tenant, keys, index, cursor) if is_known and type(tenant) is str else None


def _to_text(family: Mapping[int, bytes]) -> dict[str, str]:
    return {str(version): base64.b64encode(key).decode() for version, key in family.items()}


def _from_text(family: Mapping[str, str]) -> dict[int, bytes]:
    return {int(version): base64.b64decode(key, validate=True) for version, key in family.items()}
