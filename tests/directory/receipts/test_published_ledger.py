"""What is published of the ledger, for anybody: the key, the newest checkpoint, the map, how the last check went."""

from consent.ledger.checkpoints import open_checkpoint
from consent.ledger.map_notes import open_map
from consent.receipt_checking import fingerprint
from consent.vocabulary import EventKind
from directory.ledger.map_shelf import MAP_FILE, MapShelf
from directory.ledger.publishing import publish_map
from directory.ledger.sequencer import Sequencer
from directory.ledger.signing_key import ensure_signing_key
from graph import ledger_checks
from graph.ledger_checks import LedgerCheck
from graph.transaction import Transaction
from tests.consent.making_events import event
from tests.directory.desk import Desk
from tests.directory.receipts.recorded import add
from tests.loaded_city import NOW


async def _forget(tx: Transaction) -> None:
    for text in ("MATCH (m:LatestMap) DETACH DELETE m", "MATCH (c:LedgerCheck) DETACH DELETE c"):
        await (await tx.run(text)).consume()


async def test_what_anybody_may_have(desk: Desk, sequencer: Sequencer) -> None:
    """C3: without a key, as it was signed; before there is any, in words."""
    graph, key = desk.city.graph, desk.folder / "ledger-key.json"
    for path in ("/ledger/checkpoint", "/ledger/map"):
        assert (await desk.client.get(path)).status_code == 404
    health = (await desk.client.get("/health/ledger")).json()
    assert health == {"checked": None, "holds": None, "finding": None, "stalled": False}
    signer = ensure_signing_key(key, signed=False)
    ours = Sequencer(graph, signer, lambda: NOW, 1_000)
    try:
        await ours.open()
        signed = await ours.flush()
        await publish_map(graph, signer, MapShelf(desk.folder / MAP_FILE), signed.checkpoint.size, "2013-06-20", NOW)
        line, shown = (await desk.client.get("/ledger/key")).text.splitlines()
        assert (line, shown) == (str(signer.verifier), fingerprint(signer.verifier))
        assert open_checkpoint((await desk.client.get("/ledger/checkpoint")).text, signer.verifier) == signed.checkpoint
        assert open_map((await desk.client.get("/ledger/map")).text, signer.verifier).size == signed.checkpoint.size
    finally:
        key.unlink()
        (desk.folder / MAP_FILE).unlink(missing_ok=True)
        await graph.write(_forget)


async def test_how_the_last_check_went(desk: Desk) -> None:
    """C4: whoever watches the service sees with one request that the ledger holds, or that it does not."""
    graph = desk.city.graph
    try:
        for finding, status in ((None, 200), ("ROOT_DIFFERS", 503)):
            await graph.write(ledger_checks.keep, LedgerCheck(NOW, 9, 2, finding))
            answer = await desk.client.get("/health/ledger")
            assert answer.status_code == status
            assert (answer.json()["holds"], answer.json()["finding"]) == (finding is None, finding)
            assert (await graph.read(ledger_checks.last)) == LedgerCheck(NOW, 9, 2, finding)
    finally:
        await graph.write(_forget)


async def test_entries_that_get_no_place_are_told(desk: Desk, sequencer: Sequencer) -> None:
    """C3: a service whose sequencer places nothing for a minute is not ready, and its ledger not well."""
    for waited, status in ((59_000, 200), (61_000, 503)):
        await desk.city.graph.write(add, event(EventKind.WITHDRAWN, at=NOW, recorded=NOW, id=f"waits-since-{waited}"))
        with desk.clock.at(NOW + waited):
            ready, health = await desk.client.get("/health/ready"), await desk.client.get("/health/ledger")
        assert (ready.status_code, health.status_code) == (status, status)
        assert health.json()["stalled"] is (status == 503)
    assert ready.json() == {"ready": False, "code": "LEDGER_STALLED"}
    assert ready.headers["Retry-After"] == "60"
    await sequencer.flush()
    with desk.clock.at(NOW + 99_000):
        assert (await desk.client.get("/health/ready")).status_code == 200
