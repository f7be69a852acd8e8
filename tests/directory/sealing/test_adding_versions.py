"""Adding a key-encryption key to the keyring's file, beside others who do the same."""

import secrets
import threading
from pathlib import Path

from consent.sealing import envelope_key_version
from directory.sealing.keyring_file import new_keyring, read_keyring, write_private
from directory.sealing.rotation import add_version


def test_rotations_at_once_each_add_a_key(tmp_path: Path) -> None:
    """No two of them take the same version, which would lose the key that one of them wraps people under."""
    path = tmp_path / "keyring.json"
    write_private(path, new_keyring().serialise())
    together, added = threading.Barrier(6), []

    def add() -> None:
        together.wait()
        added.append(add_version(path))

    threads = [threading.Thread(target=add) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(added) == [2, 3, 4, 5, 6, 7]
    assert read_keyring(path).versions == (1, 2, 3, 4, 5, 6, 7)


def test_older_keys_stay_in_the_file(tmp_path: Path) -> None:
    """Adding a version takes nothing away, and the new key is like none before."""
    path = tmp_path / "keyring.json"
    write_private(path, new_keyring().serialise())
    wrapped = [read_keyring(path).wrap("a", bytes(32), secrets.token_bytes(12))]
    for _ in range(3):
        add_version(path)
        wrapped.append(read_keyring(path).wrap("a", bytes(32), secrets.token_bytes(12)))
    assert [envelope_key_version(each) for each in wrapped] == [1, 2, 3, 4]
    assert all(read_keyring(path).unwrap("a", each) == bytes(32) for each in wrapped)
