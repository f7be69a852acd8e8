"""The data folder: made private, held by one, and read with suspicion."""

import errno
import json
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from graph.engines import folder as folder_module
from graph.engines.folder import DataFolder, EngineRecord
from graph.errors import FolderInUse, FolderRefused

RECORD = EngineRecord(pid=1, port=21000, url="bolt://127.0.0.1:21000", database="civic", started=2)


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[DataFolder]:
    """Make a data folder that is ready."""
    data = DataFolder(tmp_path / "data")
    data.prepare()
    yield data
    data.unlock()


def mode(path: Path) -> int:
    """Give the permissions of a file."""
    return stat.S_IMODE(path.stat().st_mode)


@contextmanager
def as_nobody() -> Iterator[None]:
    """Without the rights of root, to whom every folder is writable."""
    if os.geteuid() != 0:
        yield
        return
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)


def test_a_new_folder_is_for_this_user_alone(tmp_path: Path) -> None:
    """Its parents are made too; nobody else may enter."""
    data = DataFolder(tmp_path / "a" / "b")
    data.prepare()
    assert mode(data.path) == 0o700
    assert mode(data.engine_home) == 0o700
    data.prepare()


def test_our_own_folder_is_closed_again(folder: DataFolder) -> None:
    """A folder that somebody opened is closed at the next start."""
    folder.path.chmod(0o755)
    folder.prepare()
    assert mode(folder.path) == 0o700


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """An empty disk may hold what the system puts there."""
    (tmp_path / "lost+found").mkdir()
    DataFolder(tmp_path).prepare()
    assert mode(tmp_path) == 0o700


def test_somebody_elses_folder_is_refused_and_left_alone(tmp_path: Path) -> None:
    """DATA=/home/somebody must not close that home to its other users."""
    (tmp_path / "letter.txt").touch()
    tmp_path.chmod(0o755)
    with pytest.raises(FolderRefused, match="it holds other files and was not made by this program"):
        DataFolder(tmp_path).prepare()
    assert mode(tmp_path) == 0o755
    assert [entry.name for entry in tmp_path.iterdir()] == ["letter.txt"]


def test_a_file_in_place_of_the_folder_is_refused(tmp_path: Path) -> None:
    """The sentence names the folder, the reason and the setting."""
    file = tmp_path / "file"
    file.touch()
    for path in (file, file / "below"):
        with pytest.raises(FolderRefused, match=r"can't be used: .* Set DATA to") as caught:
            DataFolder(path).prepare()
        assert str(path) in str(caught.value)


def test_a_folder_that_may_not_be_written_is_refused(tmp_path: Path) -> None:
    """Another user's folder is not ours to write to."""
    tmp_path.chmod(0o555)
    with as_nobody(), pytest.raises(FolderRefused, match="permission denied"):
        DataFolder(tmp_path / "data").prepare()


def test_a_folder_is_held_by_one(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second holder is told who the first is, and gets in when that one leaves."""
    monkeypatch.setattr(folder_module, "_LOCK_PATIENCE", 0.1)
    second = DataFolder(folder.path)
    assert not folder.in_use()
    folder.lock()
    assert second.in_use()
    with pytest.raises(FolderInUse, match=f"is in use by process {os.getpid()}: stop that") as caught:
        second.lock()
    assert caught.value.holder == os.getpid()
    folder.unlock()
    folder.unlock()
    assert not second.in_use()
    second.lock()
    second.unlock()


def test_a_holder_that_can_not_be_named_holds_all_the_same(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lock counts, and what the file says is only its label."""
    monkeypatch.setattr(folder_module, "_LOCK_PATIENCE", 0.0)
    folder.lock()
    (folder.path / "civic.lock").write_text("nonsense")
    with pytest.raises(FolderInUse, match="by another process") as caught:
        DataFolder(folder.path).lock()
    assert caught.value.holder is None


def test_a_folder_without_its_lock_file_can_not_be_held(tmp_path: Path) -> None:
    """Nobody uses it, and locking it says why that fails."""
    data = DataFolder(tmp_path)
    assert not data.in_use()
    with pytest.raises(FolderRefused, match="no such file"):
        data.lock()


def test_a_disk_that_can_not_lock_is_refused(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """Some network file systems have no locks; two engines on one folder would ruin it."""

    def no_locks(*_: object) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr("fcntl.flock", no_locks)
    with pytest.raises(FolderRefused, match="no locks available"):
        folder.lock()


def test_the_record_is_read_as_it_was_written(folder: DataFolder) -> None:
    """It is for this user alone, and no half-written file stays behind."""
    assert folder.record() is None
    folder.write_record(RECORD)
    assert folder.record() == RECORD
    assert mode(folder.path / "engine.json") == 0o600
    assert not list(folder.path.glob(".*.part"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "nonsense",
        "[]",
        "{}",
        "null",
        "[" * 100_000,
        "\udcff".encode("utf-8", "surrogateescape").decode("latin-1"),
        json.dumps({"pid": 1, "port": 0, "url": "u", "database": "d", "started": 1}),
        json.dumps({"pid": 1, "port": 70000, "url": "u", "database": "d", "started": 1}),
        json.dumps({"pid": 1, "port": "21000", "url": "u", "database": "d", "started": 1}),
        json.dumps({"pid": True, "port": 21000, "url": "u", "database": "d", "started": 1}),
        json.dumps({"pid": 1, "port": 21000, "url": None, "database": "d", "started": 1}),
    ],
)
def test_a_damaged_record_is_no_record(folder: DataFolder, text: str) -> None:
    """A file that was cut short or edited by hand must not keep the engine from starting."""
    (folder.path / "engine.json").write_text(text, encoding="utf-8")
    assert folder.record() is None


def test_a_password_is_made_once_and_kept(folder: DataFolder) -> None:
    """It is long, random and for this user alone."""
    assert folder.password() is None
    password = folder.new_password()
    assert len(password) >= 40
    assert folder.password() == password
    assert mode(folder.password_file) == 0o600
    assert folder.new_password() != password


@pytest.mark.parametrize("content", [b"", b" \n", b"\xff\xfe"])
def test_a_damaged_password_is_no_password(folder: DataFolder, content: bytes) -> None:
    """A new one is made then."""
    folder.password_file.write_bytes(content)
    assert folder.password() is None


def test_a_new_password_makes_the_engine_forget_the_old(folder: DataFolder) -> None:
    """The engine keeps a hash of the old one, and would refuse the new one."""
    users = folder.engine_home / "config" / "server-users.jsonl"
    users.parent.mkdir()
    users.touch()
    folder.new_password()
    assert not users.exists()


def test_a_long_log_is_put_aside(folder: DataFolder, monkeypatch: pytest.MonkeyPatch) -> None:
    """The log is appended to, for this user alone, and the last long one is kept."""
    monkeypatch.setattr(folder_module, "_LARGEST_LOG", 3)
    for text in (b"one", b"two", b"six"):
        with folder.open_log() as log:
            log.write(text)
    assert folder.log.read_bytes() == b"six"
    assert folder.log.with_suffix(".log.1").read_bytes() == b"onetwo"
    assert mode(folder.log) == 0o600
