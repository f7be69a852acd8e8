"""What nobody foresaw in the ledger of a running service: it is told of, and ends nothing."""

import asyncio
import io
import json

import pytest

from directory.ledger.running import running_ledger
from directory.ledger.sequencer import Sequencer
from directory.settings import Settings
from graph import ledger
from graph.connection import Graph
from tests.directory.ledger.conftest import Now
from tests.directory.ledger.test_running import _logged, events, settings, until
from tests.graph.empty_ledger import add_events, add_look, tamper

__all__ = ["settings"]


async def test_a_fault_that_nobody_foresaw_ends_no_task(
    bare: Graph, settings: Settings, now: Now, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told once as a fault, and the sequencer goes on as soon as it can; nor does one keep it from stopping."""
    place = Sequencer._place

    async def fails(_: Sequencer) -> None:
        raise KeyError

    async with running_ledger(bare, settings, now):
        monkeypatch.setattr(Sequencer, "_place", fails)
        await add_look(bare)
        await asyncio.sleep(0.3)
        monkeypatch.setattr(Sequencer, "_place", place)
        await until(lambda: _is_placed(bare))
        monkeypatch.setattr(Sequencer, "_place", fails)
    faults = [line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == "fault"]
    assert 1 <= len(faults) <= 3
    assert {(line["fault"], line["trace"]) for line in faults} == {("KeyError", "ledger")}


async def _is_placed(graph: Graph) -> bool:
    return not await graph.read(ledger.waiting_at_all)


async def test_a_broken_tile_is_told_of(bare: Graph, settings: Settings, now: Now, log: io.StringIO) -> None:
    """Without its last leaf hashes the sequencer says so, and places nothing."""
    await add_events(bare, "p1", "p2")
    async with running_ledger(bare, settings, now) as ran:
        await ran.sequencer.flush()
        await tamper(bare, "MATCH (t:Tile {number: 0}) DELETE t")
        await add_look(bare)
        await until(lambda: _logged(log, "ledger_failed"))
        assert not await _is_placed(bare)
    assert ("ledger_failed", "LEDGER_DIVERGED") in events(log)
