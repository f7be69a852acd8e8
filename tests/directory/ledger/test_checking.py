"""Checks where the ledger lies: at the start and hourly, every way of tampering with it is found (C4)."""

from collections.abc import Callable
from pathlib import Path

import pytest

from consent.ledger.checkpoints import sign_checkpoint
from consent.ledger.notes import Signer
from directory.ledger import checking
from directory.ledger.checking import check_everything, read_tree, require_as_witnessed, require_recent
from directory.ledger.errors import LedgerDiverged, LedgerRolledBack, LedgerWitnessForeign
from directory.ledger.findings import FindingKind
from directory.ledger.sequencer import Sequencer
from graph.connection import Graph
from tests.directory.ledger.conftest import Now
from tests.graph.empty_ledger import add_events, add_look, tamper
from tests.loaded_city import NOW

ROUNDS = (3, 250, 4, 300, 1)


async def fill(graph: Graph, sequencer: Sequencer, now: Now) -> None:
    """Write a few hundred entries with a checkpoint after each round."""
    for many in ROUNDS:
        now.at += 60_000
        await add_events(graph, *[f"p{number}" for number in range(many - 1)])
        await add_look(graph)
        await sequencer.flush()


async def test_a_whole_ledger_holds(
    bare: Graph, sequencer: Sequencer, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Every tile, every checkpoint, in stretches of any length."""
    assert (await check_everything(bare, sequencer.verifier)).finding is None
    await sequencer.flush()
    await fill(bare, sequencer, now)
    checked = await check_everything(bare, sequencer.verifier)
    assert (checked.leaves, checked.checkpoints, checked.finding) == (sum(ROUNDS), len(ROUNDS) + 1, None)
    monkeypatch.setattr(checking, "_TILES_AT_ONCE", 1)
    monkeypatch.setattr(checking, "_CHECKPOINTS_AT_ONCE", 2)
    assert await check_everything(bare, sequencer.verifier) == checked
    size, tree = await read_tree(bare)
    newest = await require_recent(bare, sequencer.verifier, size, tree)
    assert newest is not None
    assert newest.size == size == sum(ROUNDS)


SWAP = (
    "MATCH (t:Tile {number: 0}) "
    "SET t.hashes = substring(t.hashes, 64, 64) + substring(t.hashes, 0, 64) + substring(t.hashes, 128)"
)
TWICE = (
    "MATCH (t:Tile {number: 2}) "
    "SET t.hashes = substring(t.hashes, 0, 64) + substring(t.hashes, 0, 64) + substring(t.hashes, 128)"
)


@pytest.mark.parametrize(
    ("text", "what", "index"),
    [
        (SWAP, FindingKind.TILE_CHANGED, 0),
        (SWAP + ", t.root = ''", FindingKind.TILE_CHANGED, 0),
        ("MATCH (t:Tile {number: 1}) SET t.hashes = substring(t.hashes, 64)", FindingKind.TILE_MISSING, 256),
        ("MATCH (t:Tile {number: 1}) SET t.hashes = 'no hash'", FindingKind.TILE_MISSING, 256),
        ("MATCH (t:Tile {number: 2}) DELETE t", FindingKind.TILE_MISSING, 512),
        (TWICE, FindingKind.ROOT_DIFFERS, 257),
        ("MATCH (c:Checkpoint {size: 253}) SET c.note = c.note + 'x'", FindingKind.CHECKPOINT_UNSIGNED, 3),
        ("MATCH (c:Checkpoint {size: 253}) SET c.size = 254", FindingKind.CHECKPOINT_CHANGED, 3),
        ("MATCH (c:Checkpoint {size: 253}) SET c.at = 1", FindingKind.CHECKPOINT_CHANGED, 3),
        ("MATCH (c:Checkpoint {size: 253}) SET c.root = 'xyz'", FindingKind.CHECKPOINT_CHANGED, 3),
        ("MATCH (h:LedgerHead {name: 'ledger'}) SET h.size = 557", FindingKind.CHECKPOINT_BEYOND, 557),
    ],
)
async def test_whatever_is_tampered_with_is_found(  # noqa: PLR0913, PLR0917 - a table's columns.
    bare: Graph, sequencer: Sequencer, now: Now, text: str, what: FindingKind, index: int
) -> None:
    """Change, drop, reorder, cut off: with the place where it shows."""
    await fill(bare, sequencer, now)
    await tamper(bare, text)
    finding = (await check_everything(bare, sequencer.verifier)).finding
    assert finding is not None
    assert (finding.what, finding.index) == (what, index)


async def test_a_checkpoint_over_other_entries_is_found(
    bare: Graph, sequencer: Sequencer, now: Now, signer: Signer
) -> None:
    """Signed by whoever has the key, and still not consistent with what was signed before."""
    await fill(bare, sequencer, now)
    note = sign_checkpoint(257, bytes(32), NOW + 180_000, signer)
    text = "MATCH (c:Checkpoint {size: 257}) SET c.note = $note, c.root = $root, c.at = $at"
    await tamper(bare, text, note=note, root="00" * 32, at=NOW + 180_000)
    finding = (await check_everything(bare, sequencer.verifier)).finding
    assert finding is not None
    assert (finding.what, finding.index) == (FindingKind.ROOT_DIFFERS, 253)
    with pytest.raises(LedgerDiverged, match="257"):
        await Sequencer(bare, signer, now, 30_000).open()


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (t:Tile {number: 0}) SET t.root = $root",
        "MATCH (t:Tile {number: 0}) SET t.root = 'xyz'",
        "MATCH (t:Tile {number: 1}) DELETE t",
        "MATCH (t:Tile {number: 2}) DELETE t",
        "MATCH (t:Tile {number: 2}) SET t.hashes = $root + substring(t.hashes, 64)",
        "MATCH (h:LedgerHead {name: 'ledger'}) SET h.size = 300",
        "MATCH (c:Checkpoint {size: 557}) SET c.note = 'no note'",
    ],
)
async def test_such_a_ledger_is_not_opened(
    bare: Graph, sequencer: Sequencer, now: Now, signer: Signer, text: str
) -> None:
    """A service does not go on from what was not signed."""
    await fill(bare, sequencer, now)
    await tamper(bare, text, root="00" * 32)
    with pytest.raises(LedgerDiverged):
        await Sequencer(bare, signer, now, 30_000).open()


async def test_a_database_older_than_its_witness_is_rolled_back(
    bare: Graph, sequencer: Sequencer, now: Now, signer: Signer
) -> None:
    """The witness has seen more; a database that goes on from what the witness has seen is in order."""
    await fill(bare, sequencer, now)
    size, tree = await read_tree(bare)
    assert sequencer.newest is not None

    def against(note: str | None) -> Callable[[], object]:
        return lambda: require_as_witnessed(bare, signer.verifier, note, size, tree)

    assert await against(None)() == -1  # type: ignore[misc]
    assert await against(sequencer.newest.note)() == size  # type: ignore[misc]
    with pytest.raises(LedgerRolledBack, match=r"558 entries.*900"):
        await against(sign_checkpoint(900, bytes(32), NOW, signer))()  # type: ignore[misc]
    with pytest.raises(LedgerDiverged):
        await against(sign_checkpoint(300, bytes(32), NOW, signer))()  # type: ignore[misc]
    for foreign in (sign_checkpoint(3, bytes(32), NOW, Signer("civic-directory/test", bytes(32))), "no note"):
        with pytest.raises(LedgerWitnessForeign):
            await against(foreign)()  # type: ignore[misc]


def test_findings_are_told_in_words_and_as_data(tmp_path: Path) -> None:
    """Where, what, what was expected and what was found."""
    finding = checking.Finding(FindingKind.ENTRY_CHANGED, 1_234, "Look", "abc", "aa", "bb")
    assert finding.in_words().startswith("At entry 1,234, Look abc: The entry is not what its leaf commits to")
    assert "expected aa" in finding.in_words()
    assert finding.as_data()["code"] == "ENTRY_CHANGED"
    bare = checking.Finding(FindingKind.TILE_MISSING, 256)
    assert "expected" not in bare.in_words()
    assert all(checking.Finding(what, 0).sentence.endswith(".") for what in FindingKind)
