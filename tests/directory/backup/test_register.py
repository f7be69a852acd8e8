"""The list of backups: what is needed for how long."""

from dataclasses import replace
from pathlib import Path

import pytest

from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import KEPT
from directory.backup.register import Listed, Register
from tests.directory.backup.archives import make


def test_a_backup_is_listed_from_its_beginning(tmp_path: Path) -> None:
    """With every version that there is; finished, with those that it needs, until it is past."""
    made = make(tmp_path)
    register = Register(tmp_path / "backups.json")
    assert register.rows() == []
    begun = Listed.begun_by(made.manifest, made.archive.folder, [2, 1])
    register.put(begun)
    assert begun.key_versions == (1, 2)
    assert begun.expires == 1_000 + KEPT
    finished = begun.finished_by(made.manifest)
    register.put(replace(begun, archive="another"))
    register.put(finished)
    assert [row.archive for row in register.rows()] == ["another", "archive-1"]
    assert register.rows()[1] == finished
    assert (finished.key_versions, finished.finished, finished.expires) == ((1,), 2_000, 3_000)
    assert [row.archive for row in register.kept(2_999)] == ["another", "archive-1"]
    assert [row.archive for row in register.kept(3_000)] == ["another"]


@pytest.mark.parametrize("content", ["", "[]", '{"format": 2, "backups": []}', '{"format": 1, "backups": [{"a": 1}]}'])
def test_a_broken_list_is_not_taken_for_an_empty_one(tmp_path: Path, content: str) -> None:
    """Or a key could go that a backup needs."""
    path = tmp_path / "backups.json"
    path.write_text(content)
    with pytest.raises(BackupError) as refused:
        Register(path).rows()
    assert refused.value.code is BackupCode.BACKUP_LIST_BROKEN
