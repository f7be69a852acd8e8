"""Entries read by their place, tombstones that come late, and whatever claims to be an entry without a place."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from consent.ledger.commitments import HASH_BYTES
from graph import ledger, ledger_entries
from graph.connection import Graph
from graph.errors import EngineBusy, TileBroken
from graph.ledger_entries import LaterTombstone
from tests.graph.empty_ledger import add_events, add_look, aside, empty_ledger, event, person, sequence_all, tamper
from tests.loaded_city import NOW, City


@pytest_asyncio.fixture
async def graph_of(city: City) -> AsyncIterator[Graph]:
    """Give the graph with an empty ledger."""
    async with empty_ledger(city.graph) as graph:
        yield graph


async def test_tombstones_that_come_late_are_found(graph_of: Graph) -> None:
    """Those that wait, and those whose place is not among the leaves that were asked for; none that is in no queue."""
    text = "CREATE (t:Entry:Tombstone) SET t = $row"
    for leaf, content, queue in ((3, "placed", None), (9, "later", None), (None, "waiting", "pending")):
        row = {"id": f"t{content}", "leaf": leaf, "content": content, "ledger_queue": queue, "at": 5, "salt": "s"}
        await tamper(graph_of, text, row=row | {"leaf_hash": "ab"})
    await tamper(graph_of, text, row={"id": "forged", "content": "forged"})
    assert await graph_of.read(ledger_entries.later_tombstones, 5) == [
        LaterTombstone(9, 5, "s", "later", "ab"),
        LaterTombstone(None, 5, "s", "waiting", "ab"),
    ]


async def test_an_entry_without_a_place_is_named(graph_of: Graph) -> None:
    """Neither placed nor waiting, beyond the last place, or not known to the ledger at all; nothing else is."""
    others = await aside(graph_of)
    await add_events(graph_of, "a", "b")
    await add_look(graph_of, [person("a", "NAME")])
    await sequence_all(graph_of)
    await add_look(graph_of)

    async def named() -> list[tuple[str, str | None, str | None]]:
        found = await graph_of.read(ledger_entries.unplaced)
        return sorted((one.kind, one.id, one.subject) for one in found if (one.id or "") not in others)

    assert await named() == []
    row = {"content": "{}", "at": NOW, "participant": "a"}
    for text, more in (
        ("CREATE (e:Entry:ConsentEvent) SET e = $row", {"id": "nowhere"}),
        ("CREATE (e:Entry:ConsentEvent) SET e = $row", {"id": "beyond", "leaf": 3}),
        ("CREATE (e:Entry:ConsentEvent) SET e = $row", {"id": "before", "leaf": -1}),
        ("CREATE (e:Entry:PermissionChange) SET e = $row", {"id": "change", "participant": 5, "at": "now"}),
        ("CREATE (e:Entry:Tombstone) SET e = $row", {"id": "tombstone"}),
        ("CREATE (e:Entry:Look) SET e = $row", {"id": "look"}),
    ):
        await tamper(graph_of, text, row=row | more)
    await tamper(graph_of, "CREATE (e:ConsentEvent) SET e = $row", row=row | {"id": "unknown", "leaf": 1})
    await tamper(graph_of, "CREATE (e:Tombstone) SET e = $row", row=row | {"id": "unheard", "ledger_queue": "pending"})
    try:
        assert await named() == [
            *(("ConsentEvent", name, "a") for name in ("before", "beyond", "nowhere", "unknown")),
            *(("Look", "look", "a"), ("PermissionChange", "change", None)),
            *(("Tombstone", "tombstone", "a"), ("Tombstone", "unheard", "a")),
        ]
        assert {one.at for one in await graph_of.read(ledger_entries.unplaced) if one.id == "change"} == {None}
    finally:
        for text in (
            "MATCH (e:ConsentEvent {id: 'unknown'}) DELETE e",
            "MATCH (e:Tombstone {id: 'unheard'}) DELETE e",
            "MATCH (e:Entry {leaf: -1}) DELETE e",
        ):
            await tamper(graph_of, text)


async def test_what_gets_its_place_meanwhile_is_no_stray(graph_of: Graph) -> None:
    """The ledger goes on while this is read: the size is read again before anything is named."""
    others = await aside(graph_of)
    await add_events(graph_of, "a")
    await sequence_all(graph_of)
    sizes = iter([0])

    async def reading(tx: ledger.Transaction) -> list[ledger_entries.Unplaced]:
        class Behind:
            """Tells first that nothing has a place yet."""

            async def run(self, text: str, **parameters: object) -> object:
                if "$size" in text:
                    parameters = {"size": next(sizes, parameters["size"])}
                return await tx.run(text, **parameters)  # type: ignore[arg-type]

        return await ledger_entries.unplaced(Behind())  # type: ignore[arg-type]

    assert not {one.id or "" for one in await graph_of.read(reading)} - others


async def test_a_broken_last_tile_is_told(graph_of: Graph) -> None:
    """Missing, or with fewer hashes than the ledger has entries: nothing is put behind it (C3)."""
    await add_events(graph_of, "a", "b")
    await sequence_all(graph_of)
    await add_events(graph_of, "c")
    whole = (await graph_of.read(ledger.tiles, [0]))[0].hashes
    assert len(whole) == 2 * HASH_BYTES
    await tamper(graph_of, "MATCH (t:Tile {number: 0}) SET t.hashes = $hashes", hashes=whole[:HASH_BYTES].hex())
    with pytest.raises(TileBroken):
        await graph_of.write(ledger.sequence, 10)
    await tamper(graph_of, "MATCH (t:Tile {number: 0}) DELETE t")
    with pytest.raises(TileBroken):
        await graph_of.write(ledger.sequence, 10)


async def test_a_longer_last_tile_is_another_writers(graph_of: Graph) -> None:
    """It came in since the head was read, and this one begins again; where it stays so, nothing is put behind it."""
    await add_events(graph_of, "a", "b")
    await sequence_all(graph_of)
    await add_events(graph_of, "c")
    await tamper(graph_of, "MATCH (t:Tile {number: 0}) SET t.hashes = t.hashes + t.hashes")
    with pytest.raises(EngineBusy):
        await graph_of.write(ledger.sequence, 10)
    assert await graph_of.read(ledger.size) == 2


async def test_how_long_the_oldest_entry_waits(graph_of: Graph) -> None:
    """By the instant at which it was written; one without any has waited for ever; and nothing once all have places."""
    assert await graph_of.read(ledger.waiting_since) is None
    await add_events(graph_of, "a", at=NOW)
    await add_events(graph_of, "b", at=NOW - 5)
    assert await graph_of.read(ledger.waiting_since) == NOW - 5
    await tamper(graph_of, "CREATE (e:Entry:ConsentEvent) SET e = $row", row=event("c") | {"at": None})
    assert await graph_of.read(ledger.waiting_since) == 0
    await sequence_all(graph_of)
    assert await graph_of.read(ledger.waiting_since) is None
