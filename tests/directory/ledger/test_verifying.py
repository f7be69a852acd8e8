"""Exports verified offline: whole ones hold, and of every other it is told where it first differs."""

from dataclasses import replace
from pathlib import Path

import pytest

from consent.ledger.checkpoints import sign_checkpoint
from consent.ledger.notes import Signer
from directory.ledger.findings import FindingKind
from directory.ledger.sequencer import Sequencer
from directory.ledger.verifying import verify_export
from directory.ledger.witness import FolderWitness
from graph import ledger, ledger_erasure
from graph.connection import Graph
from tests.directory.ledger.conftest import Now, exported, fill, verified
from tests.directory.small_folder import no_progress
from tests.graph.empty_ledger import add_look, event, sequence_all, tamper, tombstone
from tests.loaded_city import NOW


async def test_a_whole_export_holds(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """Every entry, checkpoint, the map, and the witness; pinned to a key, or by its own."""
    witness = FolderWitness(tmp_path / "witness")
    await fill(bare, sequencer, now, witness)
    export = await exported(bare, signer, tmp_path / "export", now.at)
    report = verified(export, signer, witness)
    assert report.holds, report.findings
    assert (report.entries, report.checkpoints, report.covered, report.witnessed) == (303, 4, 303, 4)
    assert (report.subjects, report.emptied, report.later) == (151, 0, 0)
    assert report.as_data()["first"] is None
    for path in (tmp_path / "export").iterdir():
        assert path.stat().st_mode & 0o777 == 0o600
    other = replace(report, pinned=False)
    assert verify_export(export, None, witness, no_progress) == other


async def test_an_empty_ledger_is_exported_and_verified(bare: Graph, signer: Signer, tmp_path: Path) -> None:
    """Nothing is there, and that holds."""
    report = verified(await exported(bare, signer, tmp_path / "export", NOW), signer)
    assert report.holds
    assert (report.entries, report.checkpoints, report.witnessed) == (0, 0, None)


async def test_what_is_not_signed_yet_is_counted(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """Entries after the newest checkpoint hold, and are said not to be covered; those that wait are left out."""
    await fill(bare, sequencer, now)
    await add_look(bare)
    await sequence_all(bare)
    await add_look(bare)
    report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer)
    assert report.holds
    assert (report.entries, report.covered) == (304, 303)


TAMPERING = [
    ("MATCH (e:ConsentEvent {leaf: 7}) SET e.content = replace(e.content, 'GRANTED', 'REFUSED')", "ENTRY_CHANGED", 7),
    ("MATCH (e:ConsentEvent {leaf: 7}) SET e.salt = 'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA'", "ENTRY_CHANGED", 7),
    ("MATCH (e:ConsentEvent {leaf: 7}) SET e.salt = 'no salt'", "ENTRY_CHANGED", 7),
    ("MATCH (e:ConsentEvent {leaf: 7}) REMOVE e.content", "ENTRY_CHANGED", 7),
    ("MATCH (l:Look {leaf: 0}) SET l.actor = 'somebody else'", "ENTRY_CHANGED", 0),
    ("MATCH (l:Look {leaf: 0})-[:SHOWED]->(d {n: 1}) SET d.fields = 'NAME'", "ENTRY_CHANGED", 0),
    ("MATCH (l:Look {leaf: 0})-[:SHOWED]->(d {n: 1}) DETACH DELETE d", "ENTRY_CHANGED", 0),
    ("MATCH (l:Look {leaf: 0})-[:SHOWED]->(d {n: 1}) SET d.at = 5", "ENTRY_MISLABELLED", 0),
    (
        "MATCH (l:Look {leaf: 0}) SET l.kept = l.at, l.at = 5 WITH l SET l.at = l.kept, l.id = 'other'",
        "ENTRY_CHANGED",
        0,
    ),
    ("MATCH (e:ConsentEvent {leaf: 7}) SET e.participant = 'p9999'", "ENTRY_MISLABELLED", 7),
    ("MATCH (e:ConsentEvent {leaf: 7}) SET e.at = 1", "ENTRY_MISLABELLED", 7),
    ("MATCH (e:ConsentEvent {leaf: 7}) SET e.id = 'other'", "ENTRY_MISLABELLED", 7),
    ("MATCH (e:ConsentEvent {leaf: 7}) DELETE e", "ENTRY_MISSING", 7),
    ("MATCH (l:Look {leaf: 0}) DETACH DELETE l", "ENTRY_MISSING", 0),
    ("MATCH (e:ConsentEvent {leaf: 7}) SET e.leaf = 9999", "ENTRY_MISSING", 7),
    (
        "MATCH (a:ConsentEvent {leaf: 7}) MATCH (b:ConsentEvent {leaf: 290}) SET a.leaf = 290, b.leaf = 7",
        *("ENTRY_CHANGED", 7),
    ),
    ("MATCH (e:ConsentEvent {leaf: 7}) SET e = {leaf: 7, erased: true}", "ENTRY_EMPTIED", 7),
    (
        "MATCH (l:Look {leaf: 0})-[:SHOWED]->(d {n: 1}) SET d.commitment = 'x' REMOVE d.participant, d.fields, d.salt",
        *("ENTRY_CHANGED", 0),
    ),
    ("MATCH (c:Checkpoint {size: 151}) DELETE c", "CHECKPOINT_MISSING", 151),
    ("MATCH (c:Checkpoint {size: 151}) SET c.note = replace(c.note, 'time', 'tame')", "CHECKPOINT_UNSIGNED", 1),
    ("MATCH (c:Checkpoint {size: 151}) SET c.at = 1", "CHECKPOINT_CHANGED", 1),
    ("MATCH (h:LedgerHead {name: 'ledger'}) SET h.size = 302", "CHECKPOINT_BEYOND", 302),
    ("MATCH (t:Tile {number: 1}) DELETE t", "ENTRY_CHANGED", 256),
]


@pytest.mark.parametrize(("text", "code", "index"), TAMPERING)
async def test_whatever_was_tampered_with_is_named(  # noqa: PLR0913, PLR0917 - a table's columns.
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path, text: str, code: str, index: int
) -> None:
    """Change, drop, reorder, hide: the first place where it shows, and what was expected there."""
    witness = FolderWitness(tmp_path / "witness")
    await fill(bare, sequencer, now, witness)
    await tamper(bare, text)
    report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer, witness)
    assert not report.holds
    first = report.findings[0]
    assert (first.what, first.index) == (code, index), report.findings
    if code.startswith("ENTRY") and "DELETE" not in text and "= 9999" not in text and "leaf = 7" not in text:
        assert first.kind == ("Look" if index == 0 else "ConsentEvent")


async def test_two_entries_that_claim_one_place(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """One of them is too many, and the place that the other left is empty."""
    await fill(bare, sequencer, now)
    await tamper(bare, "MATCH (e:ConsentEvent {leaf: 8}) SET e.leaf = 7")
    report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer)
    assert {(FindingKind.ENTRY_SURPLUS, 7), (FindingKind.ENTRY_MISSING, 8)} <= {
        (one.what, one.index) for one in report.findings
    }


async def test_whoever_rewrites_entry_and_leaf_is_found_by_the_checkpoints(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """The entry fits its leaf again, and the signed root says between which checkpoints it was exchanged."""
    await fill(bare, sequencer, now)
    forged = event("p7")
    there = (await bare.read(ledger.tiles, [0]))[0].hashes[200 * 32 :][:32].hex()
    await tamper(
        bare,
        "MATCH (e:ConsentEvent {leaf: 200}) SET e += $row REMOVE e.leaf_hash, e.ledger_queue",
        "MATCH (t:Tile {number: 0}) SET t.hashes = replace(t.hashes, $old, $new)",
        row=forged,
        old=there,
        new=forged["leaf_hash"],
    )
    report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer)
    (first, *_) = report.findings
    assert (first.what, first.index) == (FindingKind.ROOT_DIFFERS, 151)
    assert report.checkpoints == 2


async def test_an_older_copy_is_found_by_the_witness_alone(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """It holds in itself; the witness saw more, before the export was made. What it saw later is no wonder."""
    witness = FolderWitness(tmp_path / "witness")
    await fill(bare, sequencer, now, witness)
    export = await exported(bare, signer, tmp_path / "export", now.at)
    witness.keep_checkpoint(400, sign_checkpoint(400, bytes(32), now.at + 1, signer))
    later = verified(export, signer, witness)
    assert (later.holds, later.later, later.witnessed) == (True, 1, 5)
    witness.keep_checkpoint(350, sign_checkpoint(350, bytes(32), now.at - 1, signer))
    assert verified(export, signer).holds
    rolled_back = verified(export, signer, witness)
    (finding,) = rolled_back.findings
    assert (finding.what, finding.index, finding.expected) == (FindingKind.WITNESS_BEYOND, 303, "350")
    witness.keep_checkpoint(5, "no note")
    assert verified(export, signer, witness).findings[0].what is FindingKind.WITNESS_FOREIGN


async def test_a_witness_that_saw_another_history(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """Of one size it has another checkpoint: signed twice, by whoever has the key."""
    await fill(bare, sequencer, now)
    witness = FolderWitness(tmp_path / "witness")
    witness.keep_checkpoint(151, sign_checkpoint(151, bytes(32), NOW, signer))
    report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer, witness)
    assert [(one.what, one.index) for one in report.findings] == [(FindingKind.WITNESS_DIFFERS, 151)]


async def test_erased_places_are_those_that_tombstones_name(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """An event and a row that are gone are accepted where a tombstone names them, placed or waiting (C7)."""
    await fill(bare, sequencer, now)
    await tamper(bare, "MATCH (e:ConsentEvent {leaf: 7}) SET e = {leaf: 7, erased: true}")
    await bare.write(ledger_erasure.erase_disclosures, "b")
    unnamed = verified(await exported(bare, signer, tmp_path / "unnamed", now.at), signer)
    assert [(one.what, one.index, one.found) for one in unnamed.findings] == [
        *((FindingKind.ENTRY_EMPTIED, 0, "0/1"), (FindingKind.ENTRY_EMPTIED, 7, "7")),
    ]
    await tamper(bare, "CREATE (t:Entry:Tombstone) SET t = $row", row=tombstone("b", now.at, "7", "0/1"))
    waiting = verified(await exported(bare, signer, tmp_path / "waiting", now.at), signer)
    assert (waiting.holds, waiting.emptied, waiting.unplaced) == (True, 0, 2)
    await sequencer.flush()
    placed = verified(await exported(bare, signer, tmp_path / "placed", now.at), signer)
    assert (placed.holds, placed.emptied, placed.unplaced) == (True, 2, 0), placed.findings
