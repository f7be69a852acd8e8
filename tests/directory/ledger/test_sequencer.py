"""The sequencer: everything gets its place, checkpoints cover it in time, a flush covers what was there before it."""

import asyncio

import pytest

from consent.ledger.checkpoints import open_checkpoint
from consent.ledger.merkle import root_of
from consent.ledger.notes import Signer
from consent.ledger.tiles import leaves_of
from directory.ledger.errors import LedgerDiverged
from directory.ledger.sequencer import Sequencer, place_everything
from graph import ledger
from graph.connection import Graph
from graph.errors import EngineUnavailable
from graph.ledger import StoredCheckpoint
from tests.directory.ledger.conftest import Now
from tests.graph.empty_ledger import add_events, add_look, person, tamper
from tests.loaded_city import NOW


async def leaves(graph: Graph) -> list[bytes]:
    """Read every leaf hash."""
    tiles = await graph.read(ledger.tiles, range(10))
    return [leaf for number in sorted(tiles) for leaf in leaves_of(tiles[number].hashes)]


async def test_a_flush_covers_what_was_committed_before(bare: Graph, sequencer: Sequencer) -> None:
    """With a root over just the leaves that there are, signed and kept (C3)."""
    empty = await sequencer.flush()
    assert empty.checkpoint.size == 0
    for many in (3, 700, 1):
        await add_events(bare, *[f"p{number}" for number in range(many)])
        await add_look(bare, [person("p1", "NAME")])
        signed = await sequencer.flush()
        every = await leaves(bare)
        assert signed.checkpoint.size == len(every)
        assert signed.checkpoint.root == root_of(every)
        assert open_checkpoint(signed.note, sequencer.verifier) == signed.checkpoint
        assert (await bare.read(ledger.newest_checkpoint)) == StoredCheckpoint(
            len(every), root_of(every), NOW, signed.note
        )
    assert await sequencer.flush() is signed
    assert sequencer.newest is signed
    size, tree = sequencer.tree()
    assert (size, tree.full) == (707, 2)


async def test_flushes_at_once_share_a_round(bare: Graph, sequencer: Sequencer) -> None:
    """However many ask while one is under way, one more round answers them all, and covers what each had written."""
    await add_look(bare)
    covered = []

    async def writing() -> None:
        await add_look(bare)
        before = len(await bare.read(ledger.pending, 1_000)) + await bare.read(ledger.size)
        signed = await sequencer.flush()
        covered.append(signed.checkpoint.size >= min(before, signed.checkpoint.size))
        assert not await bare.read(ledger.waiting_at_all) or signed.checkpoint.size > 0

    await asyncio.gather(*(writing() for _ in range(12)))
    assert all(covered)
    assert (await sequencer.flush()).checkpoint.size == 13
    assert len(await bare.read(ledger.checkpoints, -1, 100)) <= 13


async def test_a_call_during_a_round_waits_for_the_next(
    bare: Graph, sequencer: Sequencer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is committed after the round has looked would not be covered by it."""
    reached, go_on = asyncio.Event(), asyncio.Event()
    sign = sequencer._sign

    async def slow() -> object:
        reached.set()
        await go_on.wait()
        return await sign()

    monkeypatch.setattr(sequencer, "_sign", slow)
    await add_look(bare)
    first = asyncio.create_task(sequencer.flush())
    await reached.wait()
    await add_look(bare)
    late = [asyncio.create_task(sequencer.flush()) for _ in range(3)]
    await asyncio.sleep(0)
    late[0].cancel()
    go_on.set()
    assert (await first).checkpoint.size == 1
    assert {(await task).checkpoint.size for task in late[1:]} == {2}


async def test_checkpoints_are_as_far_apart_as_is_set(bare: Graph, sequencer: Sequencer, now: Now) -> None:
    """Places are given at every tick, a checkpoint is signed when the last is old enough and there is more to cover."""
    await sequencer.tick()
    for seconds, size in ((1, 0), (29, 0), (31, 3), (32, 3), (90, 5)):
        now.at = NOW + seconds * 1000
        await add_look(bare)
        await sequencer.tick()
        assert not await bare.read(ledger.waiting_at_all)
        stored = await bare.read(ledger.newest_checkpoint)
        assert stored is not None
        assert stored.size == size
    now.at = NOW + 600_000
    await sequencer.tick()
    assert [one.size for one in await bare.read(ledger.checkpoints, -1, 10)] == [0, 3, 5]


async def test_time_never_goes_back_in_the_ledger(bare: Graph, sequencer: Sequencer, now: Now) -> None:
    """A clock that was set back does not make a checkpoint older than the one before it."""
    first = await sequencer.flush()
    now.at = NOW - 60_000
    await add_look(bare)
    assert (await sequencer.flush()).checkpoint.at == first.checkpoint.at


async def test_a_new_sequencer_goes_on_where_the_last_one_ended(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now
) -> None:
    """Also where hashes came in by bulk meanwhile; what it signs is consistent with what was signed (C4)."""
    await add_events(bare, *[f"p{number}" for number in range(300)])
    before = await sequencer.flush()

    async def bulk(tx: ledger.Transaction) -> int:
        return await ledger.append_hashes(tx, await ledger.size(tx), [bytes([n % 256]) * 32 for n in range(700)])

    await bare.write(bulk)
    again = Sequencer(bare, signer, now, 30_000)
    size, _ = await again.open()
    assert size == 1_000
    assert again.newest == before
    after = await again.flush()
    assert after.checkpoint.root == root_of(await leaves(bare))
    assert (await sequencer.flush()).checkpoint.root == after.checkpoint.root


async def test_a_checkpoint_whose_answer_was_lost_is_taken_up(bare: Graph, sequencer: Sequencer, now: Now) -> None:
    """Of one size there is one, which is read back; unless it is of other entries."""
    await add_look(bare)
    first = await sequencer.flush()
    sequencer.newest = None
    now.at += 5_000
    assert await sequencer.flush() == first
    sequencer.newest = None
    await tamper(bare, "MATCH (c:Checkpoint {size: 1}) SET c.root = $root", root="00" * 32)
    with pytest.raises(LedgerDiverged):
        await sequencer.flush()


async def test_a_round_that_fails_is_not_the_last(
    bare: Graph, sequencer: Sequencer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All who waited for it are told, and the next one is another."""

    async def down(*_: object, **__: object) -> None:
        raise EngineUnavailable

    await add_look(bare)
    monkeypatch.setattr(bare, "write", down)
    failed = await asyncio.gather(sequencer.flush(), sequencer.flush(), return_exceptions=True)
    assert [type(one) for one in failed] == [EngineUnavailable] * 2
    monkeypatch.undo()
    assert (await sequencer.flush()).checkpoint.size == 1


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (h:LedgerHead {name: 'ledger'}) SET h.size = 2",
        "MATCH (h:LedgerHead {name: 'ledger'}) SET h.size = 900",
    ],
)
async def test_a_ledger_that_is_cut_or_stretched_is_not_signed(bare: Graph, sequencer: Sequencer, text: str) -> None:
    """Under a running service: it says so, and signs nothing."""
    await add_events(bare, *[f"p{number}" for number in range(300)])
    await sequencer.flush()
    await tamper(bare, text)
    with pytest.raises(LedgerDiverged):
        await sequencer.flush()
    await add_look(bare)
    with pytest.raises(LedgerDiverged):
        await sequencer.flush()
    assert len(await bare.read(ledger.checkpoints, -1, 100)) == 1


@pytest.mark.parametrize("more", [3, 300])
async def test_a_tree_that_does_not_go_on_is_not_signed(bare: Graph, sequencer: Sequencer, more: int) -> None:
    """C4: a leaf hash was exchanged since the last checkpoint, in a tile that is still unfinished now, or full."""
    await add_events(bare, *[f"p{number}" for number in range(40)])
    signed = await sequencer.flush()
    await tamper(bare, "MATCH (t:Tile {number: 0}) SET t.hashes = $no + substring(t.hashes, 64)", no="00" * 32)
    await add_events(bare, *[f"q{number}" for number in range(more)])
    with pytest.raises(LedgerDiverged, match="first 40 entries"):
        await sequencer.flush()
    assert sequencer.newest == signed
    assert len(await bare.read(ledger.checkpoints, -1, 100)) == 1


async def test_a_tile_that_is_put_back_does_not_hide_its_root(bare: Graph, sequencer: Sequencer) -> None:
    """C4: the hashes are as they were, but the root over them that a tree is built on is another's."""
    await add_events(bare, *[f"p{number}" for number in range(40)])
    await sequencer.flush()
    await add_events(bare, *[f"q{number}" for number in range(300)])
    while (await bare.write(ledger.sequence, 500))[1] < 340:
        pass
    await tamper(bare, "MATCH (t:Tile {number: 0}) SET t.root = $no", no="00" * 32)
    with pytest.raises(LedgerDiverged, match="first 40 entries"):
        await sequencer.flush()


@pytest.mark.parametrize(
    "text",
    [
        "MATCH (t:Tile {number: 1}) DELETE t",
        "MATCH (t:Tile {number: 1}) SET t.hashes = substring(t.hashes, 64)",
    ],
)
async def test_a_broken_last_tile_is_a_divergence(bare: Graph, sequencer: Sequencer, text: str) -> None:
    """Nothing is put behind leaf hashes that are not there, and nothing signed over them."""
    await add_events(bare, *[f"p{number}" for number in range(300)])
    await sequencer.flush()
    await tamper(bare, text)
    await add_look(bare)
    with pytest.raises(LedgerDiverged, match="last leaf hashes"):
        await sequencer.flush()
    sequencer._size = 301
    with pytest.raises(LedgerDiverged, match="last leaf hashes"):
        await sequencer._sign()


async def test_everything_gets_its_place_without_a_service(bare: Graph) -> None:
    """What a command has written is placed by it, and nothing is signed."""
    await place_everything(bare)
    await add_events(bare, "p1", "p2")
    await place_everything(bare)
    assert (await bare.read(ledger.size), await bare.read(ledger.newest_checkpoint)) == (2, None)
