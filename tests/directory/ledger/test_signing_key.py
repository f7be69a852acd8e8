"""The ledger's key in its file: made once, its owner's alone, and never made anew over signed checkpoints (C3)."""

import json
from pathlib import Path

import pytest

from directory.ledger.errors import LedgerKeyMissing, LedgerKeyUnreadable, LedgerKeyUnsafe
from directory.ledger.signing_key import ensure_signing_key, read_signing_key


def test_a_key_is_made_once(tmp_path: Path) -> None:
    """0600, with a name that no other ledger has, and the same at every start."""
    path = tmp_path / "ledger-key.json"
    made = ensure_signing_key(path, signed=False)
    assert path.stat().st_mode & 0o777 == 0o600
    assert made.verifier.name.startswith("civic-directory/seoul/")
    for signed in (False, True):
        assert ensure_signing_key(path, signed=signed).verifier == made.verifier
    other = ensure_signing_key(tmp_path / "other.json", signed=False)
    assert other.verifier.name != made.verifier.name


def test_no_key_is_made_over_what_another_signed(tmp_path: Path) -> None:
    """It is asked for, and no file is made."""
    path = tmp_path / "ledger-key.json"
    with pytest.raises(LedgerKeyMissing, match=r"ledger-key\.json"):
        ensure_signing_key(path, signed=True)
    with pytest.raises(LedgerKeyMissing):
        read_signing_key(path)
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_others_can_read(tmp_path: Path) -> None:
    """Is refused until it is closed, and named in the sentence."""
    path = tmp_path / "ledger-key.json"
    ensure_signing_key(path, signed=False)
    path.chmod(0o640)
    with pytest.raises(LedgerKeyUnsafe, match="chmod 600"):
        read_signing_key(path)


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": None},
        {"name": "two words"},
        {"name": 7},
        {"key": "AAAA"},
        {"key": "not base64!"},
        {"key": None},
    ],
)
def test_a_file_that_is_no_key(tmp_path: Path, change: dict[str, object]) -> None:
    """It is told so, without a word of what is in it."""
    path = tmp_path / "ledger-key.json"
    ensure_signing_key(path, signed=False)
    path.write_text(json.dumps(json.loads(path.read_bytes()) | change))
    with pytest.raises(LedgerKeyUnreadable) as refused:
        read_signing_key(path)
    assert refused.value.__context__ is None
    assert "two words" not in str(refused.value)


@pytest.mark.parametrize("content", [b"", b"[]", b"{", b"\xff", b'"text"'])
def test_a_file_of_something_else(tmp_path: Path, content: bytes) -> None:
    """Neither is anything else one."""
    path = tmp_path / "ledger-key.json"
    path.write_bytes(content)
    path.chmod(0o600)
    with pytest.raises(LedgerKeyUnreadable):
        read_signing_key(path)
