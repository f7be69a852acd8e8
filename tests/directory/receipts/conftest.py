"""A ledger that is kept going for a test over the small city, and put back as it was afterwards."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from consent.ledger.tiles import TILE
from directory.ledger.sequencer import Sequencer
from graph import ledger
from graph.transaction import Transaction
from tests.consent.making_receipts import SIGNER
from tests.loaded_city import NOW, City


@pytest_asyncio.fixture
async def sequencer(city: City) -> AsyncIterator[Sequencer]:
    """Open the ledger of the city under the tests' key."""
    size = await city.graph.read(ledger.size)
    number = size // TILE
    before = (await city.graph.read(ledger.tiles, {number})).get(number)
    opened = Sequencer(city.graph, SIGNER, lambda: NOW, 1_000)
    await opened.open()
    yield opened
    await city.graph.write(_put_back, size, number, None if before is None else before.hashes.hex())


async def _put_back(tx: Transaction, size: int, number: int, hashes: str | None) -> None:
    """Take off the ledger what a test appended, and everything that it signed."""
    for text in (
        "MATCH (e:Entry) WHERE e.leaf >= $size OR e.ledger_queue IS NOT NULL DETACH DELETE e",
        "MATCH (t:Tile) WHERE t.number >= $number DETACH DELETE t",
        "MATCH (c:Checkpoint) DETACH DELETE c",
        "MATCH (h:LedgerHead {name: 'ledger'}) SET h.size = $size",
    ):
        await (await tx.run(text, size=size, number=number)).consume()
    if hashes is not None:
        row: dict[str, Any] = {"number": number, "hashes": hashes}
        await (await tx.run("CREATE (t:Tile) SET t = $row", row=row)).consume()
