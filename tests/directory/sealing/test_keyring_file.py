"""The keyring's file: made once, for its owner alone, replaced as a whole, and never made anew over sealed people."""

import os
import secrets
import stat
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from consent.errors import ErrorCode, KeyringError
from consent.keyring import IndexName, LocalKeyring
from directory.errors import KeyringMismatch, KeyringMissing, KeyringUnsafe
from directory.sealing.keyring_file import (
    TENANT,
    ensure_keyring,
    key_check,
    new_keyring,
    read_keyring,
    require_keyring_of,
    write_private,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name a keyring that is not there yet."""
    return tmp_path / "keyring.json"


@pytest.fixture
def open_umask() -> Iterator[None]:
    """Have files made readable by everybody unless their maker says otherwise."""
    before = os.umask(0)
    yield
    os.umask(before)


def test_a_first_start_makes_a_keyring(path: Path) -> None:
    """It has one version of everything, for this directory."""
    keyring = ensure_keyring(path, people=0)
    assert keyring.versions == (1,)
    assert keyring.tenant == TENANT
    assert LocalKeyring.parse(path.read_bytes()).cursor_key == keyring.cursor_key


def test_the_file_is_its_owners_alone(path: Path, open_umask: None) -> None:
    """Whatever the umask allows, nobody else can read it, and nothing else is left in the folder."""
    ensure_keyring(path, people=0)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(path.parent.iterdir()) == [path]


def test_the_keyring_is_made_once(path: Path) -> None:
    """Every later start reads the same file, whether people were loaded meanwhile or not."""
    ensure_keyring(path, people=0)
    content = path.read_bytes()
    for people in (0, 1, 476_705):
        ensure_keyring(path, people=people)
    assert path.read_bytes() == content


def test_all_keys_are_random() -> None:
    """No key is used for two things, and no two keyrings share one."""
    rings = [new_keyring() for _ in range(3)]
    keys = [key for ring in rings for key in (ring.cursor_key, *map(ring.index_key, IndexName))]
    assert len(set(keys)) == len(keys) == 12


@pytest.mark.parametrize("people", [1, 476_705])
def test_a_missing_keyring_is_not_made_anew_over_sealed_people(path: Path, people: int) -> None:
    """It says to put the file back, and leaves no file that a later start would take for the keyring."""
    with pytest.raises(KeyringMissing, match="from its backup") as refused:
        ensure_keyring(path, people=people)
    assert str(path) in str(refused.value)
    assert not path.exists()


def test_a_missing_keyring_is_not_read(path: Path) -> None:
    """Reading alone never makes one."""
    with pytest.raises(KeyringMissing):
        read_keyring(path)
    assert not path.exists()


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o602, 0o610, 0o644, 0o666, 0o777])
def test_a_file_that_others_can_reach_is_refused(path: Path, mode: int) -> None:
    """Any right of anybody else is one too many, and the sentence says what to run."""
    ensure_keyring(path, people=0)
    path.chmod(mode)
    with pytest.raises(KeyringUnsafe, match="chmod 600"):
        ensure_keyring(path, people=0)


@pytest.mark.parametrize("mode", [0o600, 0o400, 0o700])
def test_the_owners_own_rights_are_the_owners_matter(path: Path, mode: int) -> None:
    """A keyring that is read-only for its owner opens as well."""
    ensure_keyring(path, people=0)
    path.chmod(mode)
    assert read_keyring(path).versions == (1,)


@pytest.mark.parametrize("content", [b"", b"{}", b"[]", b"\xff", b'{"format": 2}', b"null"])
def test_what_is_no_keyring_is_refused(path: Path, content: bytes) -> None:
    """Nothing is made over it, since it may be what is left of the only one."""
    write_private(path, content)
    with pytest.raises(KeyringError) as refused:
        ensure_keyring(path, people=0)
    assert refused.value.code is ErrorCode.KEYRING_UNREADABLE
    assert path.read_bytes() == content


def test_a_file_is_replaced_as_a_whole(path: Path) -> None:
    """Who opened the old one reads it to its end; who opens it later has the new one."""
    write_private(path, b"old" * 1000)
    with path.open("rb") as opened:
        write_private(path, b"new")
        assert opened.read() == b"old" * 1000
    assert path.read_bytes() == b"new"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.parametrize("broken", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file(path: Path, broken: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A full disk costs neither the keyring nor leaves half of another one beside it."""
    write_private(path, b"old")

    def fails(*_: object) -> None:
        raise OSError(28, "No space left on device")

    if broken == "fsync":
        monkeypatch.setattr(os, "fsync", fails)
    else:
        monkeypatch.setattr(Path, "replace", fails)
    with pytest.raises(OSError, match="No space"):
        write_private(path, b"new")
    assert path.read_bytes() == b"old"
    assert list(path.parent.iterdir()) == [path]


def test_nobody_ever_reads_half_a_file(path: Path) -> None:
    """A reader beside a writer sees one whole content or the other."""
    contents = [bytes([letter]) * 100_000 for letter in b"ab"]
    write_private(path, contents[0])
    done = threading.Event()
    seen: set[bytes] = set()

    def read() -> None:
        while not done.is_set():
            seen.add(path.read_bytes())

    reader = threading.Thread(target=read)
    reader.start()
    for turn in range(50):
        write_private(path, contents[turn % 2])
    done.set()
    reader.join()
    assert seen <= set(contents)


def test_no_key_is_in_a_message(path: Path) -> None:
    """Neither the keyring nor what is said about its file shows a key."""
    ring = new_keyring().rotate(secrets.token_bytes(32))
    write_private(path, ring.serialise())
    path.chmod(0o644)
    with pytest.raises(KeyringUnsafe) as refused:
        read_keyring(path)
    shown = f"{refused.value}{refused.value!r}{ring!r}"
    assert ring.cursor_key.hex() not in shown
    assert not any(line in shown for line in path.read_text().split('"') if len(line) == 44)


def test_a_graph_knows_the_keyring_that_sealed_it(path: Path) -> None:
    """The same keyring passes, also with newer keys; another, or one whose key of then is gone, does not."""
    ring = ensure_keyring(path, people=0)
    check = key_check(ring)
    require_keyring_of(check, path)
    write_private(path, ring.rotate(secrets.token_bytes(32)).serialise())
    require_keyring_of(check, path)
    for other in (new_keyring(), ring.rotate(secrets.token_bytes(32)).retire(1)):
        write_private(path, other.serialise())
        with pytest.raises(KeyringMismatch) as refused:
            require_keyring_of(check, path)
        assert str(path) in str(refused.value)
