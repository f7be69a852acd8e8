"""The key service of a running application: the keyring's file, read again when it turns out to have newer keys."""

from pathlib import Path

from consent.errors import ErrorCode, KeyringError
from consent.keyring import LocalKeyring
from directory.sealing.keyring_file import read_keyring


class FileKeyService:
    """A `KeyService` over the keyring's file, which another process may rotate at any time.

    A key service elsewhere takes this one's place by having the same four members.
    """

    def __init__(self, path: Path) -> None:
        """Read the file; raises as `read_keyring` does."""
        self._path = path
        self._keyring = read_keyring(path)

    @property
    def keyring(self) -> LocalKeyring:
        """The keyring as last read, for indexes and cursors, whose keys a rotation leaves alone."""
        return self._keyring

    @property
    def current_version(self) -> int:
        """The version under which keys are wrapped now."""
        return self._keyring.current_version

    def wrap(self, person: str, data_key: bytes, nonce: bytes) -> str:
        """Wrap a data key under the current version."""
        return self._keyring.wrap(person, data_key, nonce)

    def unwrap(self, person: str, wrapped: str) -> bytes:
        """Open a wrapped data key; a version that is not known yet is looked for in the file once more."""
        try:
            return self._keyring.unwrap(person, wrapped)
        except KeyringError as error:
            if error.code is not ErrorCode.KEYRING_NO_SUCH_KEY:
                raise
        self._keyring = read_keyring(self._path)
        return self._keyring.unwrap(person, wrapped)

    def rewrap(self, person: str, wrapped: str, nonce: bytes) -> str:
        """Move a wrapped data key to the current version, which is looked for again where it is newer than ours."""
        try:
            return self._keyring.rewrap(person, wrapped, nonce)
        except KeyringError as error:
            if error.code is not ErrorCode.KEYRING_NO_SUCH_KEY:
                raise
        self._keyring = read_keyring(self._path)
        return self._keyring.rewrap(person, wrapped, nonce)
