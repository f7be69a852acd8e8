"""Events in the small city's graph: those that its people have, and those that a test adds of nobody."""

from typing import Any

from consent.events import ConsentEvent
from consent.ledger.commitments import leaf_hash
from graph.consents import event_row
from graph.transaction import Transaction

SALT = b"\x07" * 32


async def event_ids(tx: Transaction, kind: str, limit: int) -> list[str]:
    """Return the ids of a few events of a kind."""
    result = await tx.run(
        "MATCH (e:ConsentEvent) WHERE e.content CONTAINS $kind RETURN e.id AS id LIMIT $limit",
        kind=f'"kind":"{kind}"',
        limit=limit,
    )
    return [row["id"] async for row in result]


async def add(tx: Transaction, one: ConsentEvent) -> None:
    """Write an event that waits for its place, without the person that it is about."""
    row = event_row(one, SALT)
    row |= {"leaf_hash": leaf_hash(row["content"].encode(), SALT).hex(), "ledger_queue": "pending"}
    await (await tx.run("CREATE (e:Entry:ConsentEvent) SET e = $row", row=row)).consume()


async def change(tx: Transaction, event: str, properties: dict[str, Any]) -> None:
    """Set properties of an event's node, as somebody with the database's password could."""
    text = "MATCH (e:ConsentEvent {id: $id}) SET e += $properties"
    await (await tx.run(text, id=event, properties=properties)).consume()


async def erase(tx: Transaction, event: str, *, keep_id: bool) -> None:
    """Empty an event as an erasure does, which leaves its place."""
    text = "MATCH (e:ConsentEvent {id: $id}) SET e.erased = true REMOVE e.content, e.salt, e.participant"
    await (await tx.run(text, id=event)).consume()
    if not keep_id:
        await (await tx.run("MATCH (e:ConsentEvent {id: $id}) REMOVE e.id", id=event)).consume()


async def bury(tx: Transaction, row: dict[str, Any]) -> None:
    """Write the tombstone of an erasure, which waits for its place."""
    await (await tx.run("CREATE (t:Entry:Tombstone) SET t = $row", row=row)).consume()
