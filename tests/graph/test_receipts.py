"""Reading the entry of a receipt: one event or one tombstone by its id, and nothing of what was erased."""

from collections.abc import AsyncIterator
from typing import Any

import pytest_asyncio

from graph import receipts
from graph.connection import Graph
from graph.receipts import ReceiptEntry
from graph.transaction import Transaction


async def put(tx: Transaction, rows: list[dict[str, Any]], tombstone: dict[str, Any]) -> None:
    """Write events and a tombstone."""
    await (await tx.run("UNWIND $rows AS row CREATE (e:Entry:ConsentEvent) SET e = row", rows=rows)).consume()
    await (await tx.run("CREATE (t:Entry:Tombstone) SET t = $row", row=tombstone)).consume()


async def remove(tx: Transaction) -> None:
    """Remove them."""
    await (await tx.run("MATCH (e:Entry) WHERE e.test = true DETACH DELETE e")).consume()


@pytest_asyncio.fixture
async def entries(graph: Graph) -> AsyncIterator[Graph]:
    """Write an event with a place, one that waits for its place, one that was erased, and a tombstone."""
    rows = [
        {"id": "placed", "participant": "p", "content": "{}", "salt": "s", "leaf": 900_000_001, "test": True},
        {"id": "waiting", "participant": "p", "content": "{}", "salt": "s", "test": True},
        {"id": "erased", "erased": True, "leaf": 900_000_002, "test": True},
        {"id": "saltless", "content": "{}", "leaf": 900_000_003, "test": True},
    ]
    await graph.write(put, rows, {"id": "buried", "content": "[]", "salt": "t", "leaf": 900_000_004, "test": True})
    yield graph
    await graph.write(remove)


async def test_an_entry_is_found_by_its_id(entries: Graph) -> None:
    """With its place, without one yet, or as a tombstone; nothing where there is nothing, or nothing any more (C7)."""
    found = {
        name: await entries.read(receipts.entry, name)
        for name in ("placed", "waiting", "erased", "saltless", "buried", "nobody")
    }
    assert found == {
        "placed": ReceiptEntry("p", "{}", "s", 900_000_001),
        "waiting": ReceiptEntry("p", "{}", "s", None),
        "erased": None,
        "saltless": None,
        "buried": ReceiptEntry("buried", "[]", "t", 900_000_004),
        "nobody": None,
    }
