"""Receipts through the interface: for whom they are, what they hold, and what is told where there is none."""

import json
from collections.abc import AsyncIterator

import pytest_asyncio

from consent.vocabulary import EventKind
from directory.ledger.sequencer import Sequencer
from directory.ledger.signing_key import ensure_signing_key
from tests.consent.independent_receipts import problems
from tests.directory.desk import Desk
from tests.directory.receipts.recorded import event_ids
from tests.loaded_city import NOW

RECEIPT = "query ($event: ID!) { receipt(event: $event) { id json readable(language: EN) { label text } } }"


@pytest_asyncio.fixture
async def signed(desk: Desk, sequencer: Sequencer) -> AsyncIterator[str]:
    """Sign the ledger with the key of the desk's folder, and give an event that the checkpoint covers."""
    key = desk.folder / "ledger-key.json"
    signer = ensure_signing_key(key, signed=False)
    ours = Sequencer(desk.city.graph, signer, lambda: NOW, 1_000)
    await ours.open()
    await ours.flush()
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
