"""What the tests of the application share: a desk to ask at, and the log as it is written."""

import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
import pytest_asyncio

from consent.ledger.tiles import TILE
from directory.ledger.sequencer import Sequencer
from directory.logs import configure_logs
from graph import ledger
from graph.transaction import Transaction
from tests.consent.making_receipts import SIGNER
from tests.directory.desk import Desk, open_desk
from tests.loaded_city import NOW, City


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def desk(city: City, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """Open the desk once an engine."""
    async with open_desk(city, tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Give what the application writes to standard error, configured as the command does it."""
    written = io.StringIO()
    root, civic = logging.getLogger(), logging.getLogger("civic")
    before = root.handlers, root.level, civic.level
    monkeypatch.setattr(sys, "stderr", written)
    configure_logs()
    yield written
    root.handlers, root.level, civic.level = before


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
        "MATCH (d:Disclosure) WHERE NOT (d)<-[:SHOWED]-() DELETE d",
        "MATCH (t:Tile) WHERE t.number >= $number DETACH DELETE t",
        "MATCH (c:Checkpoint) DETACH DELETE c",
        "MATCH (h:LedgerHead {name: 'ledger'}) SET h.size = $size",
    ):
        await (await tx.run(text, size=size, number=number)).consume()
    if hashes is not None:
        row: dict[str, Any] = {"number": number, "hashes": hashes}
        await (await tx.run("CREATE (t:Tile) SET t = $row", row=row)).consume()
