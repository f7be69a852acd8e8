"""Reminding of deadlines: what waits past its own is told, before it does and after it (P9)."""

import asyncio
import io
import json
import time
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from consent.cases import Case, CaseKind, CaseStep, open_case, step
from directory.rights import reminding
from directory.rights.reminding import Waiting, remind, waiting
from graph import cases
from graph.connection import Graph
from graph.errors import EngineUnavailable
from graph.transaction import Transaction
from tests.loaded_city import NOW, City

DAY = 24 * 60 * 60 * 1000
OPEN = open_case(CaseKind.ACCESS, id="c" * 32, person="p" * 32, by="kiosk", now=NOW)
REVIEWED = step(
    open_case(CaseKind.CORRECTION, id="d" * 32, person="p" * 32, by="kiosk", now=NOW), CaseStep.REVIEW, at=NOW
)
ANSWERED = step(open_case(CaseKind.ACCESS, id="e" * 32, person="p" * 32, by="kiosk", now=NOW), CaseStep.ANSWER, at=NOW)


@pytest_asyncio.fixture
async def kept(city: City) -> AsyncIterator[Graph]:
    """Give the graph with a case that waits, one in review and one that is answered."""

    async def add(tx: Transaction, case: Case) -> None:
        await cases.add(tx, case)

    for case in (OPEN, REVIEWED, ANSWERED):
        await city.graph.write(add, case)
    yield city.graph
    await city.graph.write(_forget)


async def _forget(tx: Transaction) -> None:
    await (await tx.run("MATCH (c:Case) DETACH DELETE c")).consume()


async def test_what_waits_is_counted(kept: Graph) -> None:
    """Two days before the deadline it is soon, from the deadline on it is overdue; what was answered is neither."""
    due = OPEN.due
    assert REVIEWED.due == due
    assert await waiting(kept, due - 2 * DAY - 1) == Waiting(0, 0)
    assert await waiting(kept, due - 2 * DAY) == Waiting(0, 2)
    assert await waiting(kept, due - 1) == Waiting(0, 2)
    assert await waiting(kept, due) == Waiting(2, 0)


async def test_it_is_told_in_the_log(kept: Graph, log: io.StringIO, monkeypatch: pytest.MonkeyPatch) -> None:
    """Again and again, without a word of whose they are; and on after the engine was away."""
    monkeypatch.setattr(reminding, "_HOUR", 0.02)
    instants = iter([OPEN.due - DAY, OPEN.due])
    read, failing = kept.read, True

    async def sometimes(*arguments, **named):  # type: ignore[no-untyped-def] # noqa: ANN002, ANN003, ANN202
        nonlocal failing
        if failing:
            failing = False
            raise EngineUnavailable
        return await read(*arguments, **named)

    monkeypatch.setattr(kept, "read", sometimes)
    task = asyncio.create_task(remind(kept, lambda: next(instants, OPEN.due)))
    deadline = time.monotonic() + 20
    while "cases_overdue" not in log.getvalue():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)
    task.cancel()
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (told[0]["event"], told[0]["level"]) == ("reminding_failed", "warning")
    overdue = next(line for line in told if line["event"] == "cases_overdue")
    assert (overdue["cases"], overdue["level"]) == (2, "error")
    assert "p" * 32 not in log.getvalue()
