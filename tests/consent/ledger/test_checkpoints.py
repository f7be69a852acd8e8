"""Checkpoints and the notes of maps: read as they were signed, in one spelling, and never one for the other (C3)."""

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.ledger.checkpoints import Checkpoint, open_checkpoint, sign_checkpoint
from consent.ledger.errors import LedgerError
from consent.ledger.map_notes import PublishedMap, open_map, sign_map
from consent.ledger.notes import Signer

SIGNER = Signer("civic-directory/test", bytes(range(32)))
ROOT = bytes(range(32))
NUMBERS = st.integers(0, 2**53 - 1)
LINES = ["civic-directory/test", "12", base64.b64encode(ROOT).decode(), "time 1371686400000"]
MAP_LINES = ["civic-directory/test/latest-map", "3", LINES[2], "size 12", LINES[3]]


def signed(lines: list[str]) -> str:
    """Sign lines as they are."""
    return SIGNER.sign("\n".join([*lines, ""]))


@given(NUMBERS, st.binary(min_size=32, max_size=32), NUMBERS)
def test_a_checkpoint_is_opened_as_it_was_signed(size: int, root: bytes, at: int) -> None:
    """Origin, size, root and instant come back."""
    note = sign_checkpoint(size, root, at, SIGNER)
    assert open_checkpoint(note, SIGNER.verifier) == Checkpoint("civic-directory/test", size, root, at)


def test_a_checkpoint_is_the_text_that_tools_know() -> None:
    """A C2SP tlog-checkpoint: three lines, and our instant as an extension."""
    note = sign_checkpoint(12, ROOT, 1_371_686_400_000, SIGNER)
    assert note == signed(LINES)
    assert note.splitlines()[:4] == LINES


@given(NUMBERS, NUMBERS, NUMBERS, st.binary(min_size=32, max_size=32))
def test_a_map_is_opened_as_it_was_signed(subjects: int, size: int, at: int, root: bytes) -> None:
    """How many people, the root, and of which ledger it tells."""
    note = sign_map(subjects, root, size, at, SIGNER)
    assert open_map(note, SIGNER.verifier) == PublishedMap("civic-directory/test", subjects, root, size, at)


@pytest.mark.parametrize(
    "lines",
    [
        LINES[:3],
        [*LINES, "more"],
        ["another ledger", *LINES[1:]],
        ["civic-directory/test ", *LINES[1:]],
        [LINES[0], "012", *LINES[2:]],
        [LINES[0], "-1", *LINES[2:]],
        [LINES[0], "+1", *LINES[2:]],
        [LINES[0], "1_0", *LINES[2:]],
        [LINES[0], "१२", *LINES[2:]],
        [LINES[0], "9999999999999999", *LINES[2:]],
        [LINES[0], "99999999999999999999", *LINES[2:]],
        [*LINES[:2], "AAAA", LINES[3]],
        [*LINES[:2], LINES[2][:-2] + "9=", LINES[3]],
        [*LINES[:2], "A" * 44, LINES[3]],
        [*LINES[:2], "=" * 44, LINES[3]],
        [*LINES[:3], "time x"],
        [*LINES[:3], "1371686400000"],
        MAP_LINES,
    ],
)
def test_what_is_no_checkpoint_though_signed(lines: list[str]) -> None:
    """Another text, another ledger's, or a number in another spelling: signed by our key, and still none."""
    with pytest.raises(LedgerError, match="LEDGER_CHECKPOINT"):
        open_checkpoint(signed(lines), SIGNER.verifier)


@pytest.mark.parametrize(
    "lines",
    [
        LINES,
        MAP_LINES[:4],
        ["another/latest-map", *MAP_LINES[1:]],
        [MAP_LINES[0], "03", *MAP_LINES[2:]],
        [*MAP_LINES[:2], "A" * 44, *MAP_LINES[3:]],
        [*MAP_LINES[:2], LINES[2][:-2] + "9=", *MAP_LINES[3:]],
        [*MAP_LINES[:3], "size x", MAP_LINES[4]],
    ],
)
def test_what_is_no_map_though_signed(lines: list[str]) -> None:
    """A checkpoint is none, nor is another ledger's map."""
    with pytest.raises(LedgerError, match="LEDGER_MAP"):
        open_map(signed(lines), SIGNER.verifier)


@pytest.mark.parametrize(
    ("size", "root", "at"), [(-1, ROOT, 0), (0, ROOT[:31], 0), (0, ROOT, -1), (2**53, ROOT, 0), (0, ROOT, 2**53)]
)
def test_what_can_not_be_signed_as_one(size: int, root: bytes, at: int) -> None:
    """A size, a root or an instant that no ledger has."""
    with pytest.raises(LedgerError, match="LEDGER_CHECKPOINT"):
        sign_checkpoint(size, root, at, SIGNER)
    with pytest.raises(LedgerError, match="LEDGER_MAP"):
        sign_map(1, root, size, at, SIGNER)


def test_a_checkpoint_that_another_key_signed() -> None:
    """Under the same name, it is not ours."""
    other = Signer("civic-directory/test", bytes(32))
    with pytest.raises(LedgerError, match="LEDGER_SIGNATURE"):
        open_checkpoint(sign_checkpoint(1, ROOT, 1, other), SIGNER.verifier)
    with pytest.raises(LedgerError, match="LEDGER_NOTE"):
        open_map("no note", SIGNER.verifier)
