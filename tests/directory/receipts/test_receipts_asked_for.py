"""Receipts through the interface: for whom they are, what they hold, and what is told where there is none."""

import json
from collections.abc import AsyncIterator

import pytest_asyncio

from consent.receipt_checking import check_receipt
from consent.receipt_steps import Status, StepName
from consent.vocabulary import EventKind
from directory.ledger.map_shelf import MAP_FILE, MapShelf
from directory.ledger.publishing import publish_map
from directory.ledger.sequencer import Sequencer
from directory.ledger.signing_key import ensure_signing_key, read_signing_key
from graph import ledger
from graph.transaction import Transaction
from tests.consent.independent_receipts import problems
from tests.directory.desk import Desk
from tests.directory.receipts.recorded import event_ids
from tests.loaded_city import NOW


async def forget_maps(tx: Transaction) -> None:
    """Remove every published map."""
    await (await tx.run("MATCH (m:LatestMap) DETACH DELETE m")).consume()


RECEIPT = "query ($event: ID!) { receipt(event: $event) { id json readable(language: EN) { label text } } }"


@pytest_asyncio.fixture
async def signed(desk: Desk, sequencer: Sequencer) -> AsyncIterator[str]:
    """Sign the ledger with the key of the desk's folder, and give an event that the checkpoint covers."""
    key = desk.folder / "ledger-key.json"
    signer = ensure_signing_key(key, signed=False)
    ours = Sequencer(desk.city.graph, signer, lambda: NOW, 1_000)
    await ours.open()
    await ours.flush()
    # Each test has a key of its own: what was signed by the one before is not read again by the service otherwise.
    desk.services.receipts._ledger.newest = None
    (found,) = await desk.city.graph.read(event_ids, EventKind.REFUSED.value, 1)
    yield found
    key.unlink()


async def test_those_who_may_have_the_receipt(desk: Desk, signed: str) -> None:
    """C5: the file in the answer holds by itself."""
    for by in ("kiosk", "enroller", "officer"):
        found = (await desk.ask(RECEIPT, {"event": signed}, by=by)).data["receipt"]
        assert found["id"] == signed
        assert problems(json.loads(found["json"])) == []
        assert found["readable"][0] == {"label": "Decision", "text": "You said no."}


async def test_nobody_else_has(desk: Desk, signed: str) -> None:
    """A key that asks nobody for consent is told so, and nothing of the event."""
    for by in ("staff", "service", "news"):
        answer = await desk.ask(RECEIPT, {"event": signed}, by=by)
        assert answer.codes == ["FORBIDDEN"]
        assert answer.body["data"] is None


async def test_there_is_none_of_nothing(desk: Desk, signed: str) -> None:
    """An id that nobody has is answered with a code, and not repeated (L5)."""
    answer = await desk.ask(RECEIPT, {"event": "canary-event-00000001"}, by="kiosk")
    assert answer.codes == ["NO_SUCH_EVENT"]
    assert b"canary" not in answer.raw


async def test_the_proof_of_the_latest_comes_with_the_receipt(desk: Desk, signed: str) -> None:
    """C3: by the map that was published last; null as long as there is none."""
    query = "query ($event: ID!) { receipt(event: $event) { json latest } }"
    assert (await desk.ask(query, {"event": signed}, by="kiosk")).data["receipt"]["latest"] is None
    graph, signer = desk.city.graph, read_signing_key(desk.folder / "ledger-key.json")
    size = await graph.read(ledger.size)
    shelf = MapShelf(desk.folder / MAP_FILE)
    await publish_map(graph, signer, shelf, size, "2013-06-20", NOW)
    try:
        found = (await desk.ask(query, {"event": signed}, by="kiosk")).data["receipt"]
    finally:
        await graph.write(forget_maps)
        (desk.folder / MAP_FILE).unlink()
    checked = check_receipt(found["json"].encode(), signer.verifier, None, found["latest"].encode())
    (step,) = [step for step in checked.steps if step.name is StepName.LATEST]
    assert step.status is not Status.NOT_CHECKED
    assert (await desk.ask(query, {"event": signed}, by="kiosk")).data["receipt"]["latest"] is None
