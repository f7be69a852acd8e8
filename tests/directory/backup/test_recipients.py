"""The files of the backup key: whatever else they hold is refused by a code, and read by nobody else."""

from pathlib import Path

import pytest

from directory.backup.errors import BackupCode, BackupError
from directory.backup.recipients import Lock, Opener, make_key

NONE = (b"\xff\xfe\x00", b"", "성명".encode(), b"age1canary")


@pytest.mark.parametrize("content", NONE)
def test_what_is_no_identity(tmp_path: Path, content: bytes) -> None:
    """Binary, empty, or another text."""
    path = tmp_path / "identity"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(BackupError) as refused:
        Opener.read(path)
    assert refused.value.code is BackupCode.IDENTITY_BROKEN
    assert "canary" not in str(refused.value)


@pytest.mark.parametrize("content", NONE)
def test_what_is_no_recipient(tmp_path: Path, content: bytes) -> None:
    """The same of the file that says for whom backups are encrypted."""
    path = tmp_path / "recipient"
    path.write_bytes(content)
    with pytest.raises(BackupError) as refused:
        Lock.read(path)
    assert refused.value.code is BackupCode.RECIPIENT_BROKEN


def test_an_identity_that_others_can_read_is_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Its mode is looked at first."""
    path = tmp_path / "identity"
    make_key(tmp_path / "recipient", path)
    assert Opener.read(path)
    path.chmod(0o640)
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("It was read."))
    with pytest.raises(BackupError) as refused:
        Opener.read(path)
    assert refused.value.code is BackupCode.IDENTITY_BROKEN
