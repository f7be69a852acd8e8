"""`python -m bench.ledger`: the ledger on an embedded engine of its own, with made-up entries, beside what it costs."""

import argparse
import asyncio
import secrets
import statistics
import sys
import tempfile
import time
import uuid
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop

from bench.errors import BenchStopped
from bench.tables import table
from consent.canonical import canonical
from consent.ledger.checkpoints import sign_checkpoint
from consent.ledger.commitments import leaf_hash, salt_text
from consent.ledger.latest_map import LatestMap, map_key, verify_latest
from consent.ledger.merkle import Frontier, verify_consistency, verify_inclusion
from consent.ledger.notes import Signer
from consent.ledger.tiles import TILE, consistency_tiles, inclusion_tiles, leaves_of, tile_root
from directory.ledger.checking import check_everything, read_tree, require_recent
from directory.ledger.checking import leaves_of as read_leaves
from directory.ledger.export_reading import Export
from directory.ledger.exporting import export_ledger
from directory.ledger.sequencer import Sequencer
from directory.ledger.verifying import verify_export
from graph import constraints, ledger
from graph.connection import Graph
from graph.engines.embedded import EmbeddedEngine
from graph.ledger import KindsKnown, StoredCheckpoint
from graph.transaction import Transaction

_BATCH = 10_000
_PEOPLE = 476_705
_PROOFS = 500


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print; 0 unless what was measured is wrong."""
    parser = argparse.ArgumentParser(prog="python -m bench.ledger", description=__doc__)
    parser.add_argument("--leaves", type=int, default=1_500_000, help="how many leaves the tree has; the city's number")
    parser.add_argument("--entries", type=int, default=2_000, help="how many entries are written and placed")
    options = parser.parse_args(arguments)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner, tempfile.TemporaryDirectory() as folder:
        try:
            print(markdown(runner.run(measure_ledger(options.leaves, options.entries, Path(folder)))))
        except BenchStopped as stopped:
            print(stopped, file=sys.stderr)
            return 1
    return 0


@dataclass(frozen=True, slots=True)
class Measured:
    """One figure of the ledger, with its unit."""

    what: str
    value: float
    unit: str


def markdown(rows: Sequence[Measured]) -> str:
    """Return the figures as a table."""
    return table(("", "value", "unit"), [(row.what.strip(), f"{row.value:,.1f}", row.unit) for row in rows])


_ROWS: list[Measured] = []


def _row(what: str, value: float, unit: str) -> None:
    _ROWS.append(Measured(what, value, unit))


def _timed(work: Callable[[], Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = work()
    return time.perf_counter() - begun, found


async def _timed_async(work: Awaitable[Any]) -> tuple[float, Any]:
    begun = time.perf_counter()
    found = await work
    return time.perf_counter() - begun, found


async def measure_ledger(leaves: int, entries: int, folder: Path) -> list[Measured]:
    """Measure the arithmetic over so many leaves, and the ledger on an embedded engine with so many entries."""
    _ROWS.clear()
    _arithmetic(leaves)
    engine = EmbeddedEngine(folder / "data", heap="2g")
    await engine.start()
    try:
        async with Graph(engine) as graph:
            for statement in constraints.STATEMENTS:
                await graph.write(constraints.create, statement)
            signer = Signer("civic-directory/bench", secrets.token_bytes(32))
            with suppress(KindsKnown):
                await graph.write(ledger.make_kinds_known)
            await graph.write(ledger.ensure_head)
            await _placing(graph, entries)
            await _verifying(graph, signer, folder)
            await _at_size(graph, signer, leaves)
    finally:
        await engine.stop()
    return list(_ROWS)


def _arithmetic(leaves: int) -> None:
    content, salt = canonical(_content("person")), secrets.token_bytes(32)
    seconds, _ = _timed(lambda: [leaf_hash(content, salt) for _ in range(100_000)])
    _row("commitments", 100_000 / seconds, "a second")
    hashes = [number.to_bytes(32, "big") for number in range(leaves)]
    frontier = Frontier()
    seconds, _ = _timed(lambda: frontier.extend(hashes))
    _row(f"root over {leaves:,} leaves, leaf by leaf", seconds * 1000, "ms")
    tiles = [b"".join(hashes[at : at + TILE]) for at in range(0, leaves, TILE)]
    seconds, _ = _timed(lambda: [tile_root(tile) for tile in tiles])
    _row(f"roots of its {len(tiles):,} tiles", seconds * 1000, "ms")
    latest = {map_key(f"person {number}"): number for number in range(_PEOPLE)}
    seconds, made = _timed(lambda: LatestMap(latest))
    _row(f"map of {_PEOPLE:,} people", seconds * 1000, "ms")
    keys = list(latest)[:_PROOFS]
    seconds, proofs = _timed(lambda: [made.prove(key) for key in keys])
    _row("  proof of a latest leaf, made", seconds / _PROOFS * 1e6, "µs")
    seconds, held = _timed(
        lambda: [verify_latest(made.root, key, latest[key], proof) for key, proof in zip(keys, proofs, strict=True)]
    )
    _require(all(held))
    _row("  verified", seconds / _PROOFS * 1e6, "µs")


def _content(person: str) -> dict[str, Any]:
    return {"id": uuid.uuid4().hex, "person": person, "recorded": 1, "kind": "GRANTED", "filler": "x" * 500}


def _entry() -> dict[str, Any]:
    person, salt = uuid.uuid4().hex, secrets.token_bytes(32)
    content = _content(person)
    text = canonical(content)
    return {
        "id": content["id"],
        "participant": person,
        "at": content["recorded"],
        "content": text.decode(),
        "salt": salt_text(salt),
        "leaf_hash": leaf_hash(text, salt).hex(),
        "ledger_queue": "pending",
    }


# Cypher stands in the graph package alone; but nothing there writes an entry that is nobody's.
async def _add(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    result = await tx.run("UNWIND $rows AS row CREATE (e:Entry:ConsentEvent) SET e = row", rows=rows)
    await result.consume()


async def _placing(graph: Graph, entries: int) -> None:
    seconds, _ = await _timed_async(_one_by_one(graph, entries // 4))
    _row("entries written and placed one by one", entries // 4 / seconds, "a second")
    for many in (64, 1_024):
        rows = [_entry() for _ in range(entries)]
        await graph.write(_add, rows)
        seconds, _ = await _timed_async(_drain(graph, many))
        _row(f"entries placed, {many:,} in a transaction", entries / seconds, "a second")
    size = await graph.read(ledger.size)
    _require(size == entries // 4 + 2 * entries)


async def _one_by_one(graph: Graph, entries: int) -> None:
    for _ in range(entries):
        await graph.write(_add, [_entry()])
        await graph.write(ledger.sequence, 1)


async def _drain(graph: Graph, many: int) -> None:
    while True:
        before, after = await graph.write(ledger.sequence, many)
        if before == after:
            return


async def _verifying(graph: Graph, signer: Signer, folder: Path) -> None:
    sequencer = Sequencer(graph, signer, lambda: 1, 1_000)
    await sequencer.open()
    size = (await sequencer.flush()).checkpoint.size
    seconds, _ = await _timed_async(export_ledger(graph, signer, folder / "export", 1, lambda *_: None))
    _row("entries exported", size / seconds, "a second")
    export = Export(folder / "export")
    seconds, report = _timed(lambda: verify_export(export, signer.verifier, None, lambda *_: None))
    _require(report.holds)
    _row("entries verified offline", size / seconds, "a second")


async def _at_size(graph: Graph, signer: Signer, leaves: int) -> None:
    begun = time.perf_counter()
    size = first = await graph.read(ledger.size)
    while size < leaves:
        hashes = [secrets.token_bytes(32) for _ in range(min(_BATCH, leaves - size))]
        size = await graph.write(ledger.append_hashes, size, hashes)
    _row(f"hashes appended, {_BATCH:,} in a transaction", (size - first) / (time.perf_counter() - begun), "a second")
    seconds, (_, tree) = await _timed_async(read_tree(graph))
    _row(f"reading the roots of {size // TILE:,} tiles, as a start does", seconds * 1000, "ms")
    places = [first + (size - first) * number // _PROOFS for number in range(_PROOFS)]
    root = tree.root(size, await read_leaves(graph, {size // TILE} if size % TILE else set()))
    made, checked = [], []
    for index in places:
        begun = time.perf_counter()
        tiles = await read_leaves(graph, inclusion_tiles(index, size))
        path = tree.inclusion(index, size, tiles)
        made.append(time.perf_counter() - begun)
        leaf = leaves_of(tiles[index // TILE])[index % TILE]
        begun = time.perf_counter()
        _require(verify_inclusion(leaf, index, size, path, root))
        checked.append(time.perf_counter() - begun)
    _row(f"proof of inclusion ({len(path)} hashes), its tiles read, made", statistics.median(made) * 1e6, "µs")
    _row("  verified", statistics.median(checked) * 1e6, "µs")
    made = []
    for old in places[1:]:
        tiles = await read_leaves(graph, consistency_tiles(old, size))
        begun = time.perf_counter()
        proof = tree.consistency(old, size, tiles)
        made.append(time.perf_counter() - begun)
        _require(verify_consistency(old, size, tree.root(old, tiles), root, proof))
        at_old = tree.root(old, tiles)
        await graph.write(
            ledger.add_checkpoint, StoredCheckpoint(old, at_old, 1, sign_checkpoint(old, at_old, 1, signer))
        )
    _row("proof of consistency, made", statistics.median(made) * 1e6, "µs")
    seconds, _ = await _timed_async(require_recent(graph, signer.verifier, size, tree))
    _row("recent checkpoints held against the tree, as a start does", seconds * 1000, "ms")
    seconds, result = await _timed_async(check_everything(graph, signer.verifier))
    _require(result.finding is None and result.leaves == size)
    _row(f"hourly check of {size:,} leaves and {result.checkpoints:,} checkpoints", seconds * 1000, "ms")


def _require(holds: bool) -> None:  # noqa: FBT001 - what has to hold.
    if not holds:
        raise BenchStopped("What was measured is wrong.")


if __name__ == "__main__":
    sys.exit(main())
