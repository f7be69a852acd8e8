"""The key service of a running application: it notices keys that another process added, and those that were retired."""

import secrets
from pathlib import Path

import pytest

from consent.errors import ErrorCode, KeyringError, SealingError
from consent.keyring import IndexName, KeyService, LocalKeyring
from consent.sealing import envelope_key_version
from directory.errors import KeyringMissing
from directory.sealing.key_service import FileKeyService
from directory.sealing.keyring_file import ensure_keyring, read_keyring, write_private
from directory.sealing.rotation import add_version

PERSON = "5f0c1a52-6c0e-4a67-9f0e-0d8f4e5d2c11"
OTHER = "5f0c1a52-6c0e-4a67-9f0e-0d8f4e5d2c12"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Give the file of a new keyring."""
    path = tmp_path / "keyring.json"
    ensure_keyring(path, people=0)
    return path


def wrapped(keys: KeyService, data_key: bytes) -> str:
    """Wrap a person's data key."""
    return keys.wrap(PERSON, data_key, secrets.token_bytes(12))


def test_it_wraps_and_opens(path: Path) -> None:
    """It does what the keyring in the file does."""
    keys: KeyService = FileKeyService(path)
    data_key = secrets.token_bytes(32)
    assert keys.current_version == 1
    assert keys.unwrap(PERSON, wrapped(keys, data_key)) == data_key
    assert read_keyring(path).unwrap(PERSON, wrapped(keys, data_key)) == data_key


def test_a_version_that_came_later_is_read_from_the_file(path: Path) -> None:
    """A service that was started before a rotation opens what was wrapped after it, and what was wrapped before."""
    keys, data_key = FileKeyService(path), secrets.token_bytes(32)
    before = wrapped(keys, data_key)
    assert add_version(path) == 2
    after = wrapped(FileKeyService(path), data_key)
    assert keys.current_version == 1
    assert keys.unwrap(PERSON, after) == data_key
    assert keys.current_version == 2
    assert keys.unwrap(PERSON, before) == data_key


def test_indexes_and_cursors_outlive_a_rotation(path: Path) -> None:
    """Only the key-encryption key is a new one: nothing has to be indexed again, and every cursor goes on."""
    before = FileKeyService(path).keyring
    add_version(path)
    after = FileKeyService(path).keyring
    assert after.cursor_key == before.cursor_key
    assert all(after.index_key(name) == before.index_key(name) for name in IndexName)


def test_rewrapping_moves_to_the_current_version(path: Path) -> None:
    """The data key stays what it was; who is there already is left alone."""
    keys, data_key = FileKeyService(path), secrets.token_bytes(32)
    old = wrapped(keys, data_key)
    add_version(path)
    later = FileKeyService(path)
    new = later.rewrap(PERSON, old, secrets.token_bytes(12))
    assert (envelope_key_version(old), envelope_key_version(new)) == (1, 2)
    assert later.unwrap(PERSON, new) == data_key
    assert later.rewrap(PERSON, new, secrets.token_bytes(12)) == new


def test_rewrapping_meets_a_version_that_came_later(path: Path) -> None:
    """A rotation beside another one goes on with the newest key, and moves nobody back."""
    keys, data_key = FileKeyService(path), secrets.token_bytes(32)
    old = wrapped(keys, data_key)
    add_version(path)
    newest = wrapped(FileKeyService(path), data_key)
    assert keys.rewrap(PERSON, newest, secrets.token_bytes(12)) == newest
    assert envelope_key_version(keys.rewrap(PERSON, old, secrets.token_bytes(12))) == 2


def test_a_retired_version_opens_nobody(path: Path) -> None:
    """The file is asked once more, and then it is refused (E7)."""
    old = wrapped(FileKeyService(path), secrets.token_bytes(32))
    add_version(path)
    write_private(path, read_keyring(path).retire(1).serialise())
    keys = FileKeyService(path)
    for use in (lambda: keys.unwrap(PERSON, old), lambda: keys.rewrap(PERSON, old, secrets.token_bytes(12))):
        with pytest.raises(KeyringError) as refused:
            use()
        assert refused.value.code is ErrorCode.KEYRING_NO_SUCH_KEY


def test_a_broken_key_does_not_send_it_to_the_file(path: Path) -> None:
    """Another person's key, or half of one, is refused for what it is, whatever is in the file by then."""
    keys = FileKeyService(path)
    good = wrapped(keys, secrets.token_bytes(32))
    path.unlink()
    for person, envelope in ((OTHER, good), (PERSON, good[:-4]), (PERSON, "")):
        with pytest.raises(SealingError) as refused:
            keys.unwrap(person, envelope)
        assert refused.value.code is ErrorCode.SEAL_BROKEN


def test_an_unknown_version_without_a_file_is_said(path: Path) -> None:
    """Somebody took the file away: what is known goes on opening, and the rest names the file."""
    keys = FileKeyService(path)
    mine = wrapped(keys, bytes(32))
    stranger = LocalKeyring.parse(path.read_bytes()).rotate(secrets.token_bytes(32))
    path.unlink()
    with pytest.raises(KeyringMissing):
        keys.unwrap(PERSON, wrapped(stranger, bytes(32)))
    assert keys.unwrap(PERSON, mine) == bytes(32)
