"""That a restore was replayed is written down once, as an entry of the ledger that names what was restored."""

from collections.abc import AsyncIterator
from typing import Any

import orjson
import pytest_asyncio

from consent.ledger.commitments import leaf_hash, salt_bytes
from graph import restoring
from graph.connection import Graph
from graph.ledger import EntrySeed
from graph.restoring import Restore, RestoreState
from graph.transaction import Transaction
from tests.graph.empty_ledger import tamper
from tests.loaded_city import NOW, City

IDS = ("restored-1", "restored-2", "restored-3")


async def entries(tx: Transaction) -> list[dict[str, Any]]:
    """Read the entries of restores."""
    text = "MATCH (e:Entry {ledger_queue: 'pending'}) WHERE e.id IN $ids RETURN properties(e) AS row"
    return [row["row"] async for row in await tx.run(text, ids=IDS)]


@pytest_asyncio.fixture
async def graph_of(city: City) -> AsyncIterator[Graph]:
    """Give the graph, and forget the restore."""
    yield city.graph
    await tamper(city.graph, "MATCH (r:Restore) DELETE r")
    await tamper(city.graph, "MATCH (e:Entry {ledger_queue: 'pending'}) WHERE e.id IN $ids DELETE e", ids=list(IDS))


async def test_a_restore_becomes_an_entry_once(graph_of: Graph) -> None:
    """In the transaction that lets the graph be served; none where nothing was restored, and no second one."""
    seeds = [EntrySeed(identity, bytes([number]) * 32) for number, identity in enumerate(IDS)]
    await graph_of.write(restoring.set_replayed, seeds[0], NOW)
    assert await graph_of.read(entries) == []
    planned = Restore("archive-1", NOW - 5, NOW - 9, RestoreState.RESTORED, 3, ledger_size=77)
    await graph_of.write(restoring.begin, planned)
    for seed in seeds[1:]:
        await graph_of.write(restoring.set_replayed, seed, NOW)
    restored = await graph_of.read(restoring.restore)
    assert restored is not None
    assert (restored.state, restored.ledger_size) == (RestoreState.REPLAYED, 77)
    (row,) = await graph_of.read(entries)
    told = {"archive": "archive-1", "instant": NOW - 5, "entries": 77}
    assert orjson.loads(row["content"]) == told | {"id": "restored-2", "at": NOW, "change": "RESTORED"}
    assert row["leaf_hash"] == leaf_hash(row["content"].encode(), salt_bytes(row["salt"])).hex()
