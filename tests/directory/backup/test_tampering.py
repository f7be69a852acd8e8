"""An archive that is not as it was: each way of damaging it has its code, and nothing is read of it."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from consent.keyring import LocalKeyring
from directory.backup.archive import Archive
from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import Manifest, manifest_key
from directory.backup.recipients import Opener
from directory.backup.restoring import verify
from directory.sealing.keyring_file import new_keyring
from tests.directory.backup.archives import Made, make
from tests.directory.small_folder import no_progress

Damage = Callable[[Path], object]


def cut(path: Path) -> None:
    """Leave the first half of a file."""
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def flip(path: Path, at: int) -> None:
    """Change one bit of a file."""
    content = bytearray(path.read_bytes())
    content[at] ^= 1
    path.write_bytes(bytes(content))


def swap(one: Path, other: Path) -> None:
    """Give two files each other's names."""
    kept = one.read_bytes()
    one.write_bytes(other.read_bytes())
    other.write_bytes(kept)


def change(path: Path, where: tuple[str | int, ...], to: object) -> None:
    """Change one value in a manifest, whose mark stays as it was."""
    found = json.loads(path.read_text())
    inner = found["manifest"]
    for step in where[:-1]:
        inner = inner[step]
    inner[where[-1]] = to
    path.write_text(json.dumps(found))


def without_a_part(path: Path) -> None:
    """Take the last part out of a manifest."""
    found = json.loads(path.read_text())
    found["manifest"]["delta"].pop()
    path.write_text(json.dumps(found))


DAMAGES: dict[str, tuple[Damage, BackupCode]] = {
    "a part is missing": (lambda f: (f / "base-00001.age").unlink(), BackupCode.ARCHIVE_PART_MISSING),
    "a part of the delta is missing": (lambda f: (f / "delta-00001.age").unlink(), BackupCode.ARCHIVE_PART_MISSING),
    "a part is cut in half": (lambda f: cut(f / "base-00000.age"), BackupCode.ARCHIVE_PART_CUT),
    "a part is empty": (lambda f: (f / "base-00000.age").write_bytes(b""), BackupCode.ARCHIVE_PART_CUT),
    "the first bit of a part is changed": (lambda f: flip(f / "base-00002.age", 0), BackupCode.ARCHIVE_PART_CHANGED),
    "the last bit of a part is changed": (lambda f: flip(f / "base-00002.age", -1), BackupCode.ARCHIVE_PART_CHANGED),
    "a part has something behind it": (
        lambda f: (f / "base-00000.age").write_bytes((f / "base-00000.age").read_bytes() + b"!"),
        BackupCode.ARCHIVE_PART_CHANGED,
    ),
    "two parts are swapped": (
        lambda f: swap(f / "base-00000.age", f / "base-00001.age"),
        BackupCode.ARCHIVE_PART_SWAPPED,
    ),
    "a part stands for another": (
        lambda f: shutil.copy(f / "base-00000.age", f / "delta-00000.age"),
        BackupCode.ARCHIVE_PART_SWAPPED,
    ),
    "a part is there twice": (
        lambda f: shutil.copy(f / "base-00000.age", f / "base-00009.age"),
        BackupCode.ARCHIVE_PART_DOUBLED,
    ),
    "there is another file": (lambda f: (f / "notes.txt").write_text("!"), BackupCode.ARCHIVE_PART_UNKNOWN),
    "there is a folder": (lambda f: (f / "more").mkdir(), BackupCode.ARCHIVE_PART_UNKNOWN),
    "the manifest is missing": (lambda f: (f / "manifest.json").unlink(), BackupCode.ARCHIVE_MISSING),
    "the manifest is cut in half": (lambda f: cut(f / "manifest.json"), BackupCode.ARCHIVE_UNREADABLE),
    "the manifest is a list": (lambda f: (f / "manifest.json").write_text("[]"), BackupCode.ARCHIVE_UNREADABLE),
    "the manifest has another count": (
        lambda f: change(f / "manifest.json", ("instant", "counts", "people"), 2),
        BackupCode.ARCHIVE_UNTRUSTED,
    ),
    "the manifest has another hash": (
        lambda f: change(f / "manifest.json", ("base", 0, "sha256"), "0" * 64),
        BackupCode.ARCHIVE_UNTRUSTED,
    ),
    "the manifest lacks a part": (lambda f: without_a_part(f / "manifest.json"), BackupCode.ARCHIVE_UNTRUSTED),
    "the manifest has a mark that is no text": (
        lambda f: (f / "manifest.json").write_text('{"manifest": {"format": 1}, "mark": 5}'),
        BackupCode.ARCHIVE_UNREADABLE,
    ),
}


def verified(
    made: Made,
    keyring: LocalKeyring | None = None,
    opener: Callable[[Manifest], Opener] | None = None,
    now: int = 2_999,
) -> Manifest:
    """Verify an archive, by its own keyring and identity unless others are given."""
    keyring = keyring or made.keyring
    archive = Archive(made.archive.folder, manifest_key(keyring))
    return verify(archive, keyring, opener or (lambda _: made.opener), no_progress, now)


@pytest.fixture
def made(tmp_path: Path) -> Made:
    """Make an archive."""
    return make(tmp_path)


def test_an_archive_as_it_was_is_whole(made: Made) -> None:
    """Also in another place."""
    assert verified(made) == made.manifest
    moved = made.archive.folder.rename(made.archive.folder.with_name("moved"))
    assert verify(Archive(moved, manifest_key(made.keyring)), made.keyring, lambda _: made.opener, no_progress, 2_999)


def test_an_archive_that_is_past_is_refused(made: Made) -> None:
    """E7: from its end on, before anything is opened: the journal keeps for it no longer what it would have to undo."""
    with pytest.raises(BackupError) as refused:
        verified(made, now=3_000, opener=lambda _: pytest.fail("It was opened."))
    assert refused.value.code is BackupCode.ARCHIVE_EXPIRED


@pytest.mark.parametrize("damage", DAMAGES)
def test_damage_is_refused_by_its_code(made: Made, damage: str) -> None:
    """Before anything is opened (E7)."""
    work, code = DAMAGES[damage]
    work(made.archive.folder)
    opened: list[Manifest] = []
    with pytest.raises(BackupError) as refused:
        verified(made, opener=lambda manifest: opened.append(manifest) or made.opener)  # type: ignore[func-returns-value]
    assert refused.value.code is code
    assert opened == []


def test_a_part_that_changes_after_the_check_is_refused(made: Made) -> None:
    """It is held against its hash once more, as it is read."""
    made.archive.check(made.manifest)
    flip(made.archive.folder / "base-00000.age", 100)
    with pytest.raises(BackupError) as refused:
        made.archive.open(made.manifest, made.manifest.base[0], made.opener)
    assert refused.value.code is BackupCode.ARCHIVE_PART_CHANGED


def test_another_directorys_archive(made: Made, tmp_path: Path) -> None:
    """The keyring does not confirm it, be it whole and made for the same identity."""
    with pytest.raises(BackupError) as refused:
        verified(made, keyring=new_keyring())
    assert refused.value.code is BackupCode.ARCHIVE_UNTRUSTED
    assert made.keyring.cursor_key.hex() not in str(refused.value)


def test_another_identity(made: Made, tmp_path: Path) -> None:
    """It opens nothing."""
    other = make(tmp_path / "other")
    with pytest.raises(BackupError) as refused:
        verified(made, opener=lambda _: other.opener)
    assert refused.value.code is BackupCode.ARCHIVE_LOCKED


def test_a_keyring_that_lacks_a_version(made: Made) -> None:
    """Whoever was sealed under a destroyed version can't be opened any more: said before anything is written (E7)."""
    manifest = made.archive.manifest()
    ring = made.keyring.rotate(b"n" * 32).retire(1)
    assert manifest.finished_at.key_versions == (1,)
    with pytest.raises(BackupError) as refused:
        verified(made, keyring=ring)
    assert refused.value.code is BackupCode.RESTORE_KEYS_MISSING
    assert refused.value.where == "1"
