"""The witness: a folder or an address that keeps every checkpoint and never gives one up for another (C3)."""

from pathlib import Path

import pytest

from directory.errors import SettingInvalid
from directory.ledger.errors import LedgerDiverged, LedgerWitnessFailed
from directory.ledger.witness import FolderWitness, HttpsWitness, make_witness, witness_setting
from graph.engines.ports import free_port
from tests.directory.ledger.witnessing import witness_server


def test_a_folder_keeps_each_checkpoint_in_a_file_of_its_own(tmp_path: Path) -> None:
    """Named by its size; the newest is the largest, and what else lies there is left alone."""
    folder = FolderWitness(tmp_path / "deep" / "witness")
    assert folder.newest() is None
    assert folder.sizes() == []
    for size in (3, 200, 17):
        folder.keep_checkpoint(size, f"note {size}\n")
    (tmp_path / "deep" / "witness" / "readme.txt").write_text("hello")
    assert folder.sizes() == [3, 17, 200]
    assert folder.newest() == "note 200\n"
    assert folder.read(17) == "note 17\n"
    assert (tmp_path / "deep" / "witness" / "checkpoint-0000000000000017.txt").read_text() == "note 17\n"
    assert folder.where == str(tmp_path / "deep" / "witness")


def test_a_folder_never_replaces_a_checkpoint(tmp_path: Path) -> None:
    """The same again is no matter; another of its size is what a witness is there to show."""
    folder = FolderWitness(tmp_path)
    folder.keep_checkpoint(3, "note\n")
    folder.keep_checkpoint(3, "note\n")
    with pytest.raises(LedgerDiverged, match="another checkpoint of 3"):
        folder.keep_checkpoint(3, "rewritten\n")
    assert folder.read(3) == "note\n"
    folder.keep_map("2013-06-20", "map\n")
    folder.keep_map("2013-06-20", "other\n")
    assert (tmp_path / "latest-map-2013-06-20.txt").read_text() == "map\n"


def test_a_folder_that_can_not_be_written(tmp_path: Path) -> None:
    """Fails with its code, and leaves no half of a file."""
    (tmp_path / "file").write_text("in the way")
    folder = FolderWitness(tmp_path / "file" / "witness")
    with pytest.raises(LedgerWitnessFailed):
        folder.keep_checkpoint(1, "note\n")
    with pytest.raises(LedgerWitnessFailed):
        folder.read(1)
    there = FolderWitness(tmp_path / "there")
    with pytest.raises(UnicodeEncodeError):
        there.keep_checkpoint(1, "\ud800")
    assert list((tmp_path / "there").iterdir()) == []


def test_an_address_is_sent_every_note() -> None:
    """By POST, and asked for the newest by GET."""
    with witness_server() as kept:
        witness = HttpsWitness(kept.url)
        assert witness.newest() is None
        witness.keep_checkpoint(3, "note 3\n")
        witness.keep_checkpoint(5, "note 5\n")
        witness.keep_map("2013-06-20", "civic-directory/test/latest-map\n")
        assert kept.notes == ["note 3\n", "note 5\n", "civic-directory/test/latest-map\n"]
        assert witness.newest() == "note 5\n"
        assert witness.where == kept.url.removesuffix("/notes")


@pytest.mark.parametrize("status", [302, 400, 404, 500])
def test_an_address_that_refuses(status: int) -> None:
    """Also one that would lead elsewhere: the note goes where it was meant to go, or nowhere."""
    with witness_server() as kept:
        kept.status = status
        witness = HttpsWitness(kept.url)
        with pytest.raises(LedgerWitnessFailed, match=f"status {status}"):
            witness.keep_checkpoint(1, "note\n")
        if status == 404:
            assert witness.newest() is None
        else:
            with pytest.raises(LedgerWitnessFailed, match=f"status {status}"):
                witness.newest()


def test_an_address_where_nobody_is() -> None:
    """The sentence does not repeat the address, in which there may be a secret."""
    port = free_port()
    with pytest.raises(LedgerWitnessFailed) as failed:
        HttpsWitness(f"http://127.0.0.1:{port}/?token=canary").newest()
    assert "canary" not in str(failed.value)
    assert "canary" not in HttpsWitness(f"http://127.0.0.1:{port}/?token=canary").where
    assert HttpsWitness("https://user:canary@witness.example/notes").where == "https://witness.example"


def test_the_setting_is_a_folder_or_an_address(tmp_path: Path) -> None:
    """Without it there is no witness."""
    assert make_witness(witness_setting(None)) is None
    assert make_witness(witness_setting("")) is None
    folder = make_witness(witness_setting(str(tmp_path)))
    assert isinstance(folder, FolderWitness)
    assert Path(witness_setting("relative") or "").is_absolute()
    for url in ("https://witness.example/notes", "http://127.0.0.1:8080/", "http://localhost/"):
        assert isinstance(make_witness(witness_setting(url)), HttpsWitness)


@pytest.mark.parametrize(
    "text",
    [
        "http://witness.example/",
        "ftp://127.0.0.1/",
        "file:///tmp/x",
        "https://?canary",
        "x://canary",
        "https://[canary",
        "https://h:canary",
    ],
)
def test_a_setting_that_is_neither(text: str) -> None:
    """An address without TLS is refused, unless it is this machine's; the value is not repeated."""
    with pytest.raises(SettingInvalid, match="LEDGER_WITNESS") as refused:
        witness_setting(text)
    assert text not in str(refused.value)
