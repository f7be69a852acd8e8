"""What whoever writes to the database may try: rows rewritten, events and tombstones put beside the ledger."""

from pathlib import Path

import pytest

from consent.ledger.notes import Signer
from directory.ledger.findings import FindingKind
from directory.ledger.sequencer import Sequencer
from graph import ledger_erasure
from graph.connection import Graph
from graph.look_entries import commitment_of
from graph.transaction import Transaction
from tests.directory.ledger.conftest import Now, exported, fill, verified
from tests.graph.empty_ledger import event, tamper, tombstone


async def rewrite_row(tx: Transaction) -> None:
    """Keep the commitment of what a row showed, and have it show somebody else."""
    found = await tx.run("MATCH (:Look {leaf: 0})-[:SHOWED]->(d:Disclosure {n: 1}) RETURN properties(d) AS row")
    kept = commitment_of((await found.single(strict=True))["row"])
    text = (
        "MATCH (:Look {leaf: 0})-[:SHOWED]->(d:Disclosure {n: 1}) "
        "SET d.commitment = $kept, d.participant = 'z', d.fields = 'NAME'"
    )
    await (await tx.run(text, kept=kept)).consume()


async def test_whom_a_look_showed_can_not_be_rewritten(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """Nor can a commitment lie beside what it stands for: it takes its place when that is erased, never before (C7)."""
    await fill(bare, sequencer, now)
    await bare.write(rewrite_row)
    report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer)
    assert [(one.what, one.index) for one in report.findings] == [(FindingKind.ENTRY_CHANGED, 0)]
    await tamper(bare, "MATCH (:Look {leaf: 301})-[:SHOWED]->(d:Disclosure) SET d.commitment = 'ff'")
    report = verified(await exported(bare, signer, tmp_path / "beside", now.at), signer)
    assert [(one.what, one.index) for one in report.findings][1:] == [(FindingKind.ENTRY_CHANGED, 301)]


@pytest.mark.parametrize("label", ["Entry:ConsentEvent", "ConsentEvent", "Entry:Look", "Entry:PermissionChange"])
async def test_what_is_put_beside_the_ledger_is_found(  # noqa: PLR0913, PLR0917 - the parts of a ledger.
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path, label: str
) -> None:
    """A forged consent counts with the others of its person, and was committed to by nobody."""
    await fill(bare, sequencer, now)
    row = {key: value for key, value in event("p7").items() if key not in {"leaf_hash", "ledger_queue"}}
    texts = {
        "Entry:ConsentEvent": "CREATE (e:Entry:ConsentEvent) SET e = $row",
        "ConsentEvent": "CREATE (e:ConsentEvent) SET e = $row",
        "Entry:Look": "CREATE (e:Entry:Look) SET e = $row",
        "Entry:PermissionChange": "CREATE (e:Entry:PermissionChange) SET e = $row",
    }
    await tamper(bare, texts[label], row=row)
    try:
        report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer)
    finally:
        await tamper(bare, "MATCH (e:ConsentEvent {id: $id}) DETACH DELETE e", id=row["id"])
    (finding,) = report.findings
    expected = (FindingKind.ENTRY_UNPLACED, label.rpartition(":")[2], row["id"])
    assert (finding.what, finding.kind, finding.id) == expected


@pytest.mark.parametrize(
    "forged",
    [
        {"ledger_queue": None},
        {"ledger_queue": None, "leaf": 900},
        {"salt": "A" * 43},
        {"leaf_hash": "00" * 32},
        {"leaf_hash": None},
        {"at": 5},
        {"content": "{}"},
    ],
)
async def test_an_event_can_not_be_dropped_under_a_forged_tombstone(  # noqa: PLR0913, PLR0917 - the parts of a ledger.
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path, forged: dict[str, object]
) -> None:
    """Only one that waits for its place, with its salt and its hash, was written a moment ago (C7)."""
    await fill(bare, sequencer, now)
    await tamper(bare, "MATCH (e:ConsentEvent {leaf: 7}) SET e = {leaf: 7, erased: true}")
    text = "CREATE (t:Entry:Tombstone) SET t = $row"
    await tamper(bare, text, row=tombstone("forged-tombstone", now.at, "7") | forged)
    report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer)
    assert (FindingKind.ENTRY_EMPTIED, 7) in [(one.what, one.index) for one in report.findings]


async def test_a_tombstone_does_not_wait_for_ever(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """Some minutes before the export or after it began; one that waits for days is held back by somebody."""
    await fill(bare, sequencer, now)
    await bare.write(ledger_erasure.erase_disclosures, "b")
    await tamper(bare, "CREATE (t:Entry:Tombstone) SET t = $row", row=tombstone("b-tombstone", now.at, "0/1"))
    for minutes, holds in ((-14, True), (14, True), (-16, False), (16, False)):
        at = now.at + minutes * 60_000
        report = verified(await exported(bare, signer, tmp_path / f"export{minutes}", at), signer)
        assert report.holds is holds
        if not holds:
            assert {one.what for one in report.findings} == {
                *(FindingKind.ENTRY_EMPTIED, FindingKind.TOMBSTONE_DOUBTFUL),
            }


async def test_a_tombstone_that_gets_its_place_meanwhile_counts(  # noqa: PLR0913, PLR0917 - the parts of a ledger.
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """While an export is made the service goes on: its hash is then that of its place."""
    await fill(bare, sequencer, now)
    await bare.write(ledger_erasure.erase_disclosures, "b")
    await tamper(bare, "CREATE (t:Entry:Tombstone) SET t = $row", row=tombstone("b-tombstone", now.at, "0/1"))
    read, placed = bare.read, False

    async def placing(work: object, *arguments: object, **more: object) -> object:
        nonlocal placed
        if getattr(work, "__name__", "") == "later_tombstones" and not placed:
            placed = True
            await sequencer.flush()
        return await read(work, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(bare, "read", placing)
    report = verified(await exported(bare, signer, tmp_path / "export", now.at), signer)
    assert placed
    assert (report.holds, report.entries, report.unplaced) == (True, 303, 1), report.findings
