"""The ledger in the graph: one order whoever writes, places given once, and hashes that fit what lies beside them."""

import asyncio
import secrets
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from neo4j.exceptions import TransientError

from consent.ledger.merkle import root_of
from consent.ledger.tiles import TILE, leaves_of
from graph import ledger, ledger_entries
from graph.connection import Graph
from graph.errors import Conflict, EngineBusy
from graph.ledger import KindsKnown, StoredCheckpoint, StoredMap
from graph.transaction import Transaction
from tests.graph.empty_ledger import add_events, add_look, empty_ledger, misfits, person, sequence_all, tamper
from tests.loaded_city import NOW, City


@pytest_asyncio.fixture
async def graph_of(city: City) -> AsyncIterator[Graph]:
    """Give the graph with an empty ledger."""
    async with empty_ledger(city.graph) as graph:
        yield graph


async def leaves(graph: Graph) -> list[bytes]:
    """Read every leaf hash."""
    size = await graph.read(ledger.size)
    tiles = await graph.read(ledger.tiles, range(-(-size // TILE)))
    return [leaf for number in sorted(tiles) for leaf in leaves_of(tiles[number].hashes)]


async def append(graph: Graph, hashes: list[bytes]) -> int:
    """Append hashes as a bulk load does."""

    async def work(tx: Transaction) -> int:
        return await ledger.append_hashes(tx, await ledger.size(tx), hashes)

    return await graph.write(work)


async def test_an_empty_ledger(graph_of: Graph) -> None:
    """Nothing is there, nothing waits, and that is no failure."""
    assert await graph_of.read(ledger.size) == 0
    assert await graph_of.read(ledger.tiles, [0, 1]) == {}
    assert await graph_of.read(ledger.roots, 0, 0) == []
    assert await graph_of.read(ledger.pending, 10) == []
    assert not await graph_of.read(ledger.waiting_at_all)
    assert await graph_of.write(ledger.sequence, 10) == (0, 0)
    assert await graph_of.read(ledger.newest_checkpoint) is None
    assert await graph_of.read(ledger.recent_checkpoints, 5) == []
    assert await graph_of.read(ledger.newest_map) is None
    assert await graph_of.read(ledger_entries.entries, 0, 10) == []


async def test_entries_get_their_places_in_order(graph_of: Graph) -> None:
    """By instant, then by id; each once, and nothing is left of the queue on them."""
    late = await add_look(graph_of, [person("a", "NAME"), person("b")], at=NOW + 9)
    early = await add_look(graph_of, at=NOW)
    events = sorted(await add_events(graph_of, "p1", "p2", at=NOW + 3))
    expected = [early, *events, late]
    waiting = await graph_of.read(ledger.pending, 10)
    assert [entry.id for entry in waiting] == expected
    assert await graph_of.read(ledger_entries.waiting) == 4
    assert await graph_of.read(ledger.waiting_at_all)
    assert await graph_of.write(ledger.sequence, 3) == (0, 3)
    assert await graph_of.write(ledger.sequence, 3) == (3, 4)
    found = await graph_of.read(ledger_entries.entries, 0, 10)
    assert [(entry.index, entry.id) for entry in found] == list(enumerate(expected))
    assert [entry.kind for entry in found] == ["Look", "ConsentEvent", "ConsentEvent", "Look"]
    assert [entry.subject for entry in found] == [None, *[entry.subject for entry in found[1:3]], None]
    assert {entry.subject for entry in found[1:3]} == {"p1", "p2"}
    assert await leaves(graph_of) == [entry.leaf_hash for entry in waiting]
    assert await misfits(graph_of) == []

    async def queued(tx: Transaction) -> int:
        text = "MATCH (e:Entry) WHERE e.leaf IS NOT NULL AND (e.leaf_hash IS NOT NULL OR e.ledger_queue IS NOT NULL)"
        record = await (await tx.run(text + " RETURN count(e) AS n")).single(strict=True)
        return int(record["n"])

    assert await graph_of.read(queued) == 0


async def test_tiles_fill_and_get_their_roots(graph_of: Graph) -> None:
    """Over three tiles, in pieces of every size, among entries that are placed one by one."""
    every: list[bytes] = []
    for many in (1, 254, 1, 1, 300, 200, 12):
        hashes = [secrets.token_bytes(32) for _ in range(many)]
        assert await append(graph_of, hashes) == len(every) + many
        every += hashes
        await add_events(graph_of, "p1")
        (waiting,) = await graph_of.read(ledger.pending, 10)
        await graph_of.write(ledger.sequence, 10)
        every.append(waiting.leaf_hash)
        assert await graph_of.read(ledger.size) == len(every)
    assert await leaves(graph_of) == every
    full = len(every) // TILE
    assert full == 3
    roots = [root_of(every[number * TILE : (number + 1) * TILE]) for number in range(full)]
    assert await graph_of.read(ledger.roots, 0, full) == roots
    assert await graph_of.read(ledger.roots, 1, full + 5) == roots[1:]
    assert (await graph_of.read(ledger.tiles, [full]))[full].root == b""
    assert [entry.index for entry in await graph_of.read(ledger_entries.entries, 0, len(every))] == [
        *(1, 256, 258, 260, 561, 762, 775)
    ]


async def test_an_append_to_another_size_is_begun_again(graph_of: Graph) -> None:
    """The condition on the head: where the ledger has grown meanwhile, nothing is written."""
    await append(graph_of, [bytes(32)])

    async def stale(tx: Transaction) -> int:
        return await ledger.append_hashes(tx, 0, [bytes(32)])

    once = []

    async def stale_once(tx: Transaction) -> int:
        once.append(1)
        return await ledger.append_hashes(tx, 0 if len(once) == 1 else await ledger.size(tx), [bytes(32)])

    assert await graph_of.write(stale_once) == 2
    assert len(once) == 2
    with pytest.raises(EngineBusy):
        await graph_of.write(stale)
    assert await graph_of.read(ledger.size) == 2


async def test_many_write_at_once_and_one_order_comes_of_it(graph_of: Graph) -> None:
    """Two sequencers, a bulk load and those who look: no leaf twice, none left out, each fits (C1)."""
    made: list[str] = []

    async def looking(times: int) -> None:
        made.extend([await add_look(graph_of, [person("a", "NAME")]) for _ in range(times)])

    async def sequencing() -> None:
        for _ in range(6):
            await graph_of.write(ledger.sequence, 4)

    bulk = [secrets.token_bytes(32) for _ in range(30)]

    async def loading() -> None:
        for at in range(0, 30, 10):
            await append(graph_of, bulk[at : at + 10])

    await asyncio.gather(looking(8), looking(8), sequencing(), sequencing(), loading())
    assert await sequence_all(graph_of) == 46
    found = await graph_of.read(ledger_entries.entries, 0, 46)
    assert sorted(entry.id for entry in found) == sorted(made)
    everything = await leaves(graph_of)
    assert set(bulk) <= set(everything)
    assert sorted(await misfits(graph_of)) == sorted(everything.index(one) for one in bulk)


async def test_an_entry_that_vanishes_meanwhile_takes_nothing_along(
    graph_of: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When fewer are placed than were counted, the whole transaction is undone."""
    await add_events(graph_of, "p1", "p2")
    there = await graph_of.read(ledger.pending, 10)

    async def more(_tx: Transaction, _limit: int) -> list[ledger.Pending]:
        return [*there, ledger.Pending("gone", NOW, bytes(32))]

    monkeypatch.setattr(ledger, "pending", more)
    with pytest.raises(EngineBusy):
        await graph_of.write(ledger.sequence, 10)
    monkeypatch.undo()
    assert await graph_of.read(ledger.size) == 0
    assert len(await graph_of.read(ledger.pending, 10)) == 2


async def test_checkpoints_are_kept_once_a_size(graph_of: Graph) -> None:
    """Found by size, newest or from one on, exactly as they were written."""
    made = [StoredCheckpoint(size, bytes([size]) * 32, NOW + size, f"note {size}\n") for size in (0, 3, 7, 200)]
    for checkpoint in made:
        await graph_of.write(ledger.add_checkpoint, checkpoint)
    assert await graph_of.read(ledger.newest_checkpoint) == made[-1]
    assert await graph_of.read(ledger.checkpoints, -1, 10) == made
    assert await graph_of.read(ledger.checkpoints, 0, 2) == made[1:3]
    assert await graph_of.read(ledger.recent_checkpoints, 3) == made[1:]
    with pytest.raises(Conflict):
        await graph_of.write(ledger.add_checkpoint, made[1])


async def test_the_newest_map_is_found(graph_of: Graph) -> None:
    """By its instant."""
    made = [StoredMap(f"2013-06-{day}", NOW + day, f"note {day}\n") for day in (20, 22, 21)]
    for published in made:
        await graph_of.write(ledger.add_map, published)
    assert await graph_of.read(ledger.newest_map) == made[1]


async def test_the_latest_leaves_are_of_people(graph_of: Graph) -> None:
    """Every event that still has its person, and no look."""
    await add_events(graph_of, "p1", at=NOW)
    await add_look(graph_of, at=NOW + 1)
    await add_events(graph_of, "p1", at=NOW + 2)
    await sequence_all(graph_of)
    assert sorted(await graph_of.read(ledger_entries.latest_leaves, 0, 3)) == [("p1", 0), ("p1", 2)]


async def test_damaged_hashes_are_told_of_and_not_choked_on(graph_of: Graph) -> None:
    """What is no hexadecimal reads as nothing, and what lacks its parts as an entry without content."""
    await add_look(graph_of, [person("a", "NAME"), person("b", "NAME")])
    await add_events(graph_of, "p1", at=NOW + 1)
    await sequence_all(graph_of)
    await tamper(
        graph_of,
        "MATCH (t:Tile {number: 0}) SET t.hashes = 'xyz'",
        "MATCH (d:Disclosure {participant: 'a'}) WHERE d.n = 0 REMOVE d.salt, d.n",
        "MATCH (e:ConsentEvent {leaf: 1}) REMOVE e.content, e.id, e.salt",
    )
    assert (await graph_of.read(ledger.tiles, [0]))[0].hashes == b""
    look, event = await graph_of.read(ledger_entries.entries, 0, 2)
    assert look.content is not None
    assert '"disclosures":["' in look.content
    assert look.content.endswith(
        '"],"filtered":"","id":"'
        + look.id
        + '","operation":"participants",'
        + look.content.split('"operation":"participants",')[1]
    )
    assert (event.content, event.id, event.salt, event.erased) == (None, "", None, False)


async def test_the_engine_learns_the_kinds_and_keeps_nothing(graph_of: Graph) -> None:
    """Room is made for every kind of entry before two of them are written at once, and no entry stays."""

    async def entries(tx: Transaction) -> int:
        record = await (await tx.run("MATCH (e:Entry) RETURN count(e) AS n")).single(strict=True)
        return int(record["n"])

    before = await graph_of.read(entries)
    with pytest.raises(KindsKnown):
        await graph_of.write(ledger.make_kinds_known)
    assert await graph_of.read(entries) == before


def test_what_begins_a_transaction_again() -> None:
    """The driver takes what we raise for a failure that passes."""
    assert TransientError().is_retryable()
