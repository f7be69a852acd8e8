"""A ledger with nothing in it, for a test: the one that is there is set aside meanwhile, and put back."""

import secrets
import uuid
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, Final

from consent.canonical import canonical
from consent.ledger.commitments import leaf_hash, salt_bytes, salt_text
from consent.vocabulary import Purpose
from graph import disclosures, ledger, ledger_entries
from graph.connection import Graph
from graph.disclosures import Look
from graph.opening import ShownPerson
from graph.transaction import Transaction
from tests.loaded_city import BUREAU, NOW

_ASIDE: Final = (
    "MATCH (e:Entry) SET e.leaf_aside = e.leaf, e.queue_aside = e.ledger_queue REMOVE e.leaf, e.ledger_queue",
    "MATCH (t:Tile) SET t.number = -1 - t.number",
    "MATCH (c:Checkpoint) SET c.size = -1 - c.size",
    "MATCH (m:LatestMap) SET m.at = -1 - m.at",
    "MATCH (h:LedgerHead) SET h.name = 'aside'",
)
_BACK: Final = (
    "MATCH (e:Entry) WHERE e.leaf_aside IS NULL AND e.queue_aside IS NULL DETACH DELETE e",
    "MATCH (d:Disclosure) WHERE NOT (d)<-[:SHOWED]-() DELETE d",
    "MATCH (t:Tile) WHERE t.number >= 0 DELETE t",
    "MATCH (c:Checkpoint) WHERE c.size >= 0 DELETE c",
    "MATCH (m:LatestMap) WHERE m.at >= 0 DELETE m",
    "MATCH (h:LedgerHead) WHERE h.name = 'ledger' DELETE h",
    "MATCH (c:LedgerCheck) DELETE c",
    "MATCH (e:Entry) SET e.leaf = e.leaf_aside, e.ledger_queue = e.queue_aside REMOVE e.leaf_aside, e.queue_aside",
    "MATCH (t:Tile) SET t.number = -1 - t.number",
    "MATCH (c:Checkpoint) SET c.size = -1 - c.size",
    "MATCH (m:LatestMap) SET m.at = -1 - m.at",
    "MATCH (h:LedgerHead) SET h.name = 'ledger'",
)


@asynccontextmanager
async def empty_ledger(graph: Graph) -> AsyncIterator[Graph]:
    """Give the graph with an empty ledger."""
    await tamper(graph, *_ASIDE)
    await graph.write(ledger.ensure_head)
    try:
        yield graph
    finally:
        await tamper(graph, *_BACK)


async def tamper(graph: Graph, *texts: str, **parameters: Any) -> None:  # noqa: ANN401 - whatever a text takes.
    """Run texts that no part of the program would."""
    for text in texts:
        await graph.write(_run, text, parameters, within=60.0)


async def _run(tx: Transaction, text: str, parameters: dict[str, Any]) -> None:
    await (await tx.run(text, parameters)).consume()


async def aside(graph: Graph) -> set[str]:
    """Return the ids of the entries that are set aside, which have no place meanwhile."""
    return {one.id or "" for one in await graph.read(ledger_entries.unplaced, within=60.0)}


def person(identity: str, *fields: str) -> ShownPerson:
    """Make somebody who was shown."""
    return ShownPerson(identity, None, None, None, None, None, None, None, (), frozenset(fields))  # type: ignore[arg-type]


async def add_look(graph: Graph, people: Sequence[ShownPerson] = (), at: int = NOW) -> str:
    """Write a look, and return its id."""
    identity, seed = uuid.uuid4().hex, secrets.token_bytes(32)
    look = Look(identity, at, "an actor", BUREAU, Purpose.CITY_NEWS, "participants", "127.0.0.1", "trace", seed=seed)
    await graph.write(disclosures.record, look, people)
    return identity


def event(subject: str, at: int = NOW) -> dict[str, Any]:
    """Make the node of a consent event, as far as the ledger cares, with its hash."""
    identity, salt = uuid.uuid4().hex, secrets.token_bytes(32)
    content = canonical({"id": identity, "person": subject, "recorded": at, "kind": "GRANTED"})
    return {
        "id": identity,
        "participant": subject,
        "at": at,
        "content": content.decode(),
        "salt": salt_text(salt),
        "leaf_hash": leaf_hash(content, salt).hex(),
        "ledger_queue": "pending",
    }


def tombstone(identity: str, at: int, *places: str) -> dict[str, Any]:
    """Make the node of a tombstone that waits for its place, and names these."""
    content = canonical({"id": identity, "recorded": at, "kind": "ERASED", "erases": list(places)})
    salt = secrets.token_bytes(32)
    row = {"id": identity, "at": at, "content": content.decode(), "salt": salt_text(salt)}
    return row | {"leaf_hash": leaf_hash(content, salt).hex(), "ledger_queue": "pending"}


async def add_events(graph: Graph, *subjects: str, at: int = NOW) -> list[str]:
    """Write consent events that wait for their places, and return their ids."""
    rows = [event(subject, at) for subject in subjects]
    await tamper(graph, "UNWIND $rows AS row CREATE (e:Entry:ConsentEvent) SET e = row", rows=rows)
    return [row["id"] for row in rows]


async def sequence_all(graph: Graph) -> int:
    """Give everything that waits its place, and return the size."""
    while True:
        before, after = await graph.write(ledger.sequence, 500)
        if before == after:
            return after


async def misfits(graph: Graph) -> list[int]:
    """List the leaves whose entry does not fit them, or is not there, erased ones aside."""
    size = await graph.read(ledger.size)
    tiles = await graph.read(ledger.tiles, range(-(-size // 256)))
    leaves = b"".join(tiles[number].hashes for number in sorted(tiles))
    found = {entry.index: entry for entry in await graph.read(ledger_entries.entries, 0, size)}
    wrong = []
    for index in range(size):
        entry, leaf = found.get(index), leaves[index * 32 : index * 32 + 32]
        if entry is not None and entry.erased:
            continue
        if (
            entry is None
            or not entry.content
            or leaf_hash(entry.content.encode(), salt_bytes(entry.salt or "")) != leaf
        ):
            wrong.append(index)
    return wrong
