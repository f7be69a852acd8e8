"""`civic backup`, `civic restore` and `civic replay`, beside a running engine and on a new folder."""

import json
import shutil
from pathlib import Path

import pytest

from directory.backup.archive import Archive
from directory.backup.errors import BackupCode
from directory.settings import Settings
from tests.directory.cli.conftest import PEOPLE, Run, command_on

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Name a folder for what is kept apart from the directory."""
    return tmp_path_factory.mktemp("elsewhere")


def test_a_backup_is_made_beside_a_service_and_restored(run: Run, held: Path, elsewhere: Path, tmp_path: Path) -> None:
    """From the key to the restored, replayed directory; each step says what it did, and none shows a key."""
    identity, archive = elsewhere / "identity.txt", elsewhere / "archive"
    lacking = run("backup", "make", str(archive))
    assert lacking.exit_code == 1
    assert BackupCode.RECIPIENT_MISSING in lacking.stderr
    made = run("backup", "key", "--identity", str(identity))
    assert made.exit_code == 0, made.output
    secret = identity.read_text().split()[-1]
    assert secret not in made.output
    again = run("backup", "key", "--identity", str(identity))
    assert BackupCode.IDENTITY_EXISTS in again.stderr

    done = run("backup", "make", str(archive))
    assert done.exit_code == 0, done.output
    assert f"Backed up {PEOPLE} people as of " in done.stdout
    assert "versions of the key: 1" in done.stdout
    assert "Backing up people" in done.stderr
    twice = run("backup", "make", str(archive))
    assert twice.exit_code == 1
    assert BackupCode.ARCHIVE_FINISHED in twice.stderr

    (row,) = json.loads(run("backup", "list", "--json").stdout)
    assert row["folder"] == str(archive)
    assert row["keyVersions"] == [1]
    assert not row["past"]
    assert f"{row['id']}  kept " in run("backup", "list").stdout
    whole = run("backup", "verify", str(archive), "--identity", str(identity))
    assert f"The archive is whole: {PEOPLE} people" in whole.stdout
    in_backup = run("keys", "retire", "1")
    assert in_backup.exit_code == 1

    new = command_on(tmp_path / "data")
    keys = tmp_path / "keys"
    keys.mkdir()
    shutil.copy(held / "keyring.json", keys)
    restored = new("restore", str(archive), "--identity", str(identity), "--keys", str(keys), "--no-replay")
    assert restored.exit_code == 0, restored.output
    assert f"Restored {PEOPLE} people as of " in restored.stdout
    assert "Run `civic replay` before it is served." in restored.stdout
    assert BackupCode.RESTORE_NOT_REPLAYED in new("serve", PORT="0").stderr
    require_nothing_else(new, tmp_path)
    assert BackupCode.JOURNAL_MISSING in new("replay").stderr
    replayed = new("replay", JOURNAL=str(held))
    assert replayed.exit_code == 0, replayed.output
    assert "It can be served." in replayed.stdout
    assert (tmp_path / "data" / "keyring.json").read_bytes() == (held / "keyring.json").read_bytes()
    # Once more, there is nothing left to do.
    once_more = new("restore", str(archive), "--identity", str(identity), "--keys", str(keys), JOURNAL=str(held))
    assert once_more.exit_code == 0, once_more.output
    other = Settings.from_environment({"DATA": str(tmp_path / "data")}).keyring
    other.write_bytes(other.read_bytes() + b"\n")
    refused = new("restore", str(archive), "--identity", str(identity), "--keys", str(keys))
    assert refused.exit_code == 2
    assert "--keys" in refused.stderr


def require_nothing_else(new: Run, tmp_path: Path) -> None:
    """Hold that no command shows or changes anything of a restored graph before it is replayed, but for verifying."""
    another = ("backup", "make", str(tmp_path / "another"))
    commands = (("load",), ("key", "list"), ("retention", "list"), ("ledger", "status"), another)
    for command in commands:
        assert BackupCode.RESTORE_NOT_REPLAYED in new(*command).stderr, command
    assert not (tmp_path / "data" / "erasures.jsonl").exists()
    assert new("verify", "standing").exit_code == 0


def test_a_passphrase_in_the_place_of_a_key(run: Run, elsewhere: Path) -> None:
    """It is asked for, or taken from the environment; a wrong one opens nothing."""
    archive = elsewhere / "by-passphrase"
    assert run("backup", "make", str(archive), "--passphrase", BACKUP_PASSPHRASE="correct horse").exit_code == 0
    verified = run("backup", "verify", str(archive), "--passphrase", BACKUP_PASSPHRASE="correct horse")
    assert verified.exit_code == 0, verified.output
    wrong = run("backup", "verify", str(archive), "--passphrase", BACKUP_PASSPHRASE="wrong")
    assert wrong.exit_code == 1
    assert BackupCode.ARCHIVE_LOCKED in wrong.stderr
    assert "correct horse" not in wrong.output


def test_an_identity_that_is_none(run: Run, elsewhere: Path, tmp_path: Path) -> None:
    """Whatever its bytes are, it is told so by the code, and nothing of it is repeated."""
    archive, identity = elsewhere / "by-passphrase", tmp_path / "identity"
    if not archive.exists():
        assert run("backup", "make", str(archive), "--passphrase", BACKUP_PASSPHRASE="correct horse").exit_code == 0
    for content in (b"\xff\xfe\x00canary", b"", "성".encode()):
        identity.write_bytes(content)
        identity.chmod(0o600)
        result = run("backup", "verify", str(archive), "--identity", str(identity))
        assert (result.exit_code, BackupCode.IDENTITY_BROKEN in result.stderr) == (1, True), result.output
        assert "canary" not in result.output


def test_how_it_opens_has_to_be_said(run: Run, elsewhere: Path) -> None:
    """One way, and one alone."""
    for options in ((), ("--passphrase", "--identity", __file__)):
        result = run("backup", "verify", str(elsewhere), *options)
        assert result.exit_code == 2
        assert "--identity FILE, or --passphrase" in result.stderr


def test_nothing_is_backed_up_within_a_load(alone: Run, tmp_path: Path) -> None:
    """And without a keyring neither."""
    result = alone("backup", "make", str(tmp_path / "archive"))
    assert result.exit_code == 1
    assert not (tmp_path / "archive").exists()


def test_a_cut_archive_is_refused_before_anything_is_written(
    run: Run, held: Path, elsewhere: Path, tmp_path: Path
) -> None:
    """By its code, with the part's name; the new folder stays empty of people."""
    if not (elsewhere / "archive").exists():
        # Where this test runs without those before it.
        assert run("backup", "key", "--identity", str(elsewhere / "identity.txt")).exit_code == 0
        assert run("backup", "make", str(elsewhere / "archive")).exit_code == 0
    archive = tmp_path / "archive"
    shutil.copytree(elsewhere / "archive", archive)
    part = archive / "base-00000.age"
    part.write_bytes(part.read_bytes()[:1_000])
    keys = tmp_path / "keys"
    keys.mkdir()
    shutil.copy(held / "keyring.json", keys)
    new = command_on(tmp_path / "data")
    identity = elsewhere / "identity.txt"
    refused = new("restore", str(archive), "--identity", str(identity), "--keys", str(keys))
    assert refused.exit_code == 1
    assert BackupCode.ARCHIVE_PART_CUT in refused.stderr
    assert "base-00000.age" in refused.stderr
    assert Archive(archive, b"").folder == archive
    restored = new("restore", str(elsewhere / "archive"), "--identity", str(identity), "--no-replay")
    assert restored.exit_code == 0, restored.output
