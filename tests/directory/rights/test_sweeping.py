"""The daily sweep of a service: by itself, told as counts, and on after one that failed (P10, P11)."""

import asyncio
import io
import json
import time

import pytest

from consent.events import ConsentEvent
from consent.vocabulary import EventKind
from directory.rights import sweeping
from directory.rights.retention import GONE_AFTER, Sort
from graph.errors import EngineUnavailable
from tests.directory.rights.sweeps import AT, Sweeper, record
from tests.loaded_city import DAY
from tests.own_person import mentions


async def test_whoever_took_everything_back_goes_by_itself(
    sweeper: Sweeper, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within five days of it, without anybody's command; the journal knows, and the log has numbers alone."""
    monkeypatch.setattr(sweeping, "_FIRST", 0.0)
    monkeypatch.setattr(sweeping, "_DAILY", 0.02)
    await record(sweeper, EventKind.GRANTED, AT, until=AT + 600 * DAY)
    await record(sweeper, EventKind.WITHDRAWN, AT + DAY)
    kept: list[ConsentEvent] = []

    async def keep(event: ConsentEvent) -> None:
        kept.append(event)

    read, failing = sweeper.city.graph.read, True

    async def sometimes(*arguments, **named):  # type: ignore[no-untyped-def] # noqa: ANN002, ANN003, ANN202
        nonlocal failing
        if failing:
            failing = False
            raise EngineUnavailable
        return await read(*arguments, **named)

    monkeypatch.setattr(sweeper.city.graph, "read", sometimes)
    # The looks of the city's people are not this test's.
    monkeypatch.setattr("directory.rights.retention.LOOKS_KEPT", 10_000 * DAY)
    task = asyncio.create_task(sweeping.sweep_daily(sweeper.city.graph, lambda: AT + DAY + GONE_AFTER, keep))
    deadline = time.monotonic() + 60
    while not any(event.person == sweeper.person.id for event in kept) or "answered cases" not in log.getvalue():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert await read(mentions, sweeper.person.row["phone_index"], within=60.0) == []
    told = [json.loads(line) for line in log.getvalue().splitlines()]
    assert (told[0]["event"], told[0]["fault"]) == ("fault", "EngineUnavailable")
    swept = {line["sort"]: line for line in told if line["event"] == "swept"}
    assert swept.keys() == {str(sort) for sort in Sort}
    assert sweeper.person.id not in log.getvalue()
