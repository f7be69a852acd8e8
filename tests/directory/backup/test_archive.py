"""Archives in their folders: begun, cut off, gone on with, finished, and read as the one instant that they show."""

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from directory.backup.archive import IDENTITY, MANIFEST, PROGRESS, Archive, bytes_of
from directory.backup.errors import WORDING, BackupCode, BackupError
from directory.backup.manifest import Manifest, manifest_key
from directory.backup.merging import Merged, check_whole
from directory.backup.recipients import Lock, Opener, make_key
from directory.sealing.keyring_file import new_keyring
from graph.inventory import SCHEMA, Kind
from tests.directory.backup.archives import PLAN, entry, make, person


def code_of(work: object) -> BackupCode:
    """Give the code with which something is refused."""
    with pytest.raises(BackupError) as refused:
        work()  # type: ignore[operator]
    return refused.value.code


def test_an_archive_shows_one_instant(tmp_path: Path) -> None:
    """Who was changed meanwhile is as they are, who was erased is not there, and places are those that stand now."""
    made = make(tmp_path)
    merged = Merged.read(made.archive, made.manifest, made.opener)
    rows = [(kind, row) for kind, batch in merged.batches(2) for row in batch]
    people = [row[1] for kind, row in rows if kind is Kind.PEOPLE]
    assert [(each["id"][7], each["name"]) for each in people] == [
        *(("1", "as it was"), ("3", "as it was"), ("2", "as it is"))
    ]
    entries = [row[1] for kind, row in rows if kind is Kind.ENTRIES]
    assert [(each["leaf"], each["content"]) for each in entries] == [*((0, "{}"), (2, "{}"), (1, "emptied"), (3, "{}"))]
    assert [kind for kind, _ in rows] == sorted((kind for kind, _ in rows), key=list(Kind).index)


def test_nothing_personal_lies_open(tmp_path: Path) -> None:
    """No name, and no id of a person, can be read in any file of an archive (E1)."""
    made = make(tmp_path)
    content = b"".join(path.read_bytes() for path in made.archive.folder.iterdir())
    assert b"as it was" not in content
    assert person(1)[1]["id"].encode() not in content
    assert all(path.stat().st_mode & 0o077 == 0 for path in made.archive.folder.iterdir())
    assert bytes_of(made.archive.folder) == len(content)


def test_a_backup_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    """Its parts are found again; what a run left half is dropped at the end."""
    key = manifest_key(new_keyring())
    make_key(tmp_path / "recipient", tmp_path / "identity")
    archive = Archive(tmp_path / "archive", key)
    assert archive.begun() is None
    begun = Manifest(replace(PLAN, recipient=Lock.read(tmp_path / "recipient").recipient), SCHEMA)
    archive.begin(begun, None)
    one = begun.with_base(archive.write(begun, "base-00000.age", Kind.ENTRIES, [entry(0)], end=1, key_versions=[2, 1]))
    archive.keep(one)
    (archive.folder / ".base-00001.age.abcd").write_bytes(b"half")
    assert Archive(archive.folder, key).begun() == one
    assert one.base[0].key_versions == (1, 2)
    assert code_of(archive.manifest) is BackupCode.ARCHIVE_UNFINISHED
    assert code_of(lambda: one.finished_at) is BackupCode.ARCHIVE_UNFINISHED
    archive.finish(one)
    assert sorted(path.name for path in archive.folder.iterdir()) == ["base-00000.age", MANIFEST]
    assert code_of(archive.begun) is BackupCode.ARCHIVE_FINISHED


def test_progress_that_was_changed_is_not_gone_on_with(tmp_path: Path) -> None:
    """Or somebody could slip parts of an older backup in before it is finished."""
    made = make(tmp_path)
    progress = made.archive.folder / PROGRESS
    (made.archive.folder / MANIFEST).rename(progress)
    assert made.archive.begun() == made.manifest
    progress.write_bytes(progress.read_bytes().replace(b"archive-1", b"archive-2"))
    assert code_of(made.archive.begun) is BackupCode.ARCHIVE_UNTRUSTED


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    """They would be taken for parts of the archive."""
    (tmp_path / "letter.txt").write_text("dear")
    archive = Archive(tmp_path, b"key")
    assert code_of(archive.begun) is BackupCode.ARCHIVE_FOLDER_TAKEN
    assert code_of(archive.manifest) is BackupCode.ARCHIVE_MISSING
    assert code_of(Archive(tmp_path / "letter.txt", b"key").manifest) is BackupCode.ARCHIVE_MISSING


def test_a_passphrase_opens_what_was_made_with_it(tmp_path: Path) -> None:
    """The right one alone, and the file that it opens is held against its hash too."""
    keyring = new_keyring()
    lock = Lock.by_passphrase("correct horse")
    assert lock.sealed_identity is not None
    archive = Archive(tmp_path / "archive", manifest_key(keyring))
    plan = replace(PLAN, recipient=lock.recipient, identity_sha256="0" * 64)
    manifest = Manifest(plan, SCHEMA)
    archive.begin(manifest, lock.sealed_identity)
    manifest = manifest.with_base(archive.write(manifest, "base-00000.age", Kind.ENTRIES, [entry(0)]))
    archive.finish(manifest)
    assert archive.open(manifest, manifest.base[0], archive.opener("correct horse")) == [entry(0)]
    assert code_of(lambda: archive.opener("wrong")) is BackupCode.ARCHIVE_LOCKED
    assert code_of(lambda: archive.check(manifest)) is BackupCode.ARCHIVE_PART_CHANGED
    (archive.folder / IDENTITY).unlink()
    assert code_of(lambda: archive.opener("correct horse")) is BackupCode.ARCHIVE_LOCKED


def test_an_archive_of_another_schema(tmp_path: Path) -> None:
    """Is for the version of the program that made it."""
    made = make(tmp_path)
    (made.archive.folder / MANIFEST).unlink()
    made.archive.keep(made.manifest)
    made.archive.finish(replace(made.manifest, schema=SCHEMA + 1))
    assert code_of(made.archive.manifest) is BackupCode.ARCHIVE_SCHEMA


def test_another_format_of_the_manifest(tmp_path: Path) -> None:
    """Is not read, be it ours."""
    made = make(tmp_path)
    document = replace(made.manifest, format=2).to_bytes(manifest_key(made.keyring))
    assert code_of(lambda: Manifest.read(document, manifest_key(made.keyring))) is BackupCode.ARCHIVE_UNREADABLE


def test_a_value_that_json_has_not_is_refused(tmp_path: Path) -> None:
    """Rather than lost; the value is not told."""
    made = make(tmp_path)
    strange = [["Participant"], {"id": "a", "born": datetime(2013, 6, 20, tzinfo=UTC), "raw": b"secret"}, []]
    with pytest.raises(BackupError) as refused:
        made.archive.write(made.manifest, "base-00009.age", Kind.PEOPLE, [strange])
    assert refused.value.code is BackupCode.BACKUP_UNLISTED
    assert "secret" not in str(refused.value)


def test_a_count_that_does_not_add_up(tmp_path: Path) -> None:
    """The kind is named."""
    made = make(tmp_path)
    check_whole(made.manifest, {Kind.PEOPLE: 3})
    assert code_of(lambda: check_whole(made.manifest, {Kind.PEOPLE: 4})) is BackupCode.ARCHIVE_GAP
    assert code_of(lambda: check_whole(made.manifest, {})) is BackupCode.ARCHIVE_GAP


def test_a_part_of_another_archive_is_refused_by_its_head(tmp_path: Path) -> None:
    """What is within a part says of which archive it is, beside the hash."""
    made = make(tmp_path)
    other = replace(made.manifest, plan=replace(made.manifest.plan, archive="archive-2"))
    assert code_of(lambda: made.archive.open(other, made.manifest.base[0], made.opener)) is (
        BackupCode.ARCHIVE_PART_CHANGED
    )


def test_the_key_of_backups_is_made_once(tmp_path: Path) -> None:
    """The identity is for its owner alone; neither file is ever replaced."""
    recipient, identity = tmp_path / "recipient", tmp_path / "identity"
    public = make_key(recipient, identity)
    assert Lock.read(recipient).recipient == public
    assert Opener.read(identity).identity is not None
    assert public in identity.read_text()
    assert identity.stat().st_mode & 0o777 == 0o600
    assert code_of(lambda: make_key(recipient, tmp_path / "second")) is BackupCode.IDENTITY_EXISTS
    assert code_of(lambda: make_key(tmp_path / "second", identity)) is BackupCode.IDENTITY_EXISTS
    assert not (tmp_path / "second").exists()


def test_files_that_hold_no_key(tmp_path: Path) -> None:
    """Each is told by its code, and what is in it is not repeated."""
    broken = tmp_path / "broken"
    broken.write_text("AGE-SECRET-KEY-1NOT")
    broken.chmod(0o600)
    for work, code in (
        (lambda: Opener.read(broken), BackupCode.IDENTITY_BROKEN),
        (lambda: Lock.read(broken), BackupCode.RECIPIENT_BROKEN),
        (lambda: Lock.read(tmp_path / "none"), BackupCode.RECIPIENT_MISSING),
    ):
        with pytest.raises(BackupError) as refused:
            work()
        assert refused.value.code is code
        assert "NOT" not in refused.value.where.replace(str(tmp_path), "")
    make_key(tmp_path / "recipient", tmp_path / "identity")
    (tmp_path / "identity").chmod(0o644)
    assert code_of(lambda: Opener.read(tmp_path / "identity")) is BackupCode.IDENTITY_BROKEN
    broken.write_text("")
    assert code_of(lambda: Opener.read(broken)) is BackupCode.IDENTITY_BROKEN


def test_every_code_has_its_wording() -> None:
    """One sentence or more, which says how to go on."""
    assert WORDING.keys() == set(BackupCode)
    assert json.dumps(sorted(WORDING.values())) == json.dumps(sorted(set(WORDING.values())))
    assert str(BackupError(BackupCode.KEY_IN_BACKUP, "2026-01-31")).endswith(" See: 2026-01-31.")
