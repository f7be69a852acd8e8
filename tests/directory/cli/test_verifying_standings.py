"""`civic verify standing`: everybody is compared beside a running service, and who differs is named."""

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from graph.connection import Graph
from graph.engines.attached import attach
from graph.transaction import Transaction
from tests.directory.cli.conftest import PEOPLE, Run

pytestmark = pytest.mark.slow


async def swap_states(tx: Transaction, before: str, after: str, limit: int) -> list[str]:
    """Change stored standings behind the directory's back, and return whose."""
    text = (
        "MATCH (p:Participant {city_news_state: $before}) WITH p ORDER BY p.id LIMIT $limit "
        "SET p.city_news_state = $after RETURN p.id AS id"
    )
    result = await tx.run(text, before=before, after=after, limit=limit)
    return sorted([row["id"] async for row in result])


def swapped(data: Path, before: str, after: str, limit: int) -> list[str]:
    """Change stored standings through the running engine."""

    async def swapping() -> list[str]:
        async with Graph(await attach(data)) as graph:
            return await graph.write(swap_states, before, after, limit)

    return asyncio.run(swapping())


def test_standings_that_follow_from_their_events(run: Run) -> None:
    """A loaded city agrees, in words and as JSON."""
    result = run("verify", "standing")
    assert result.exit_code == 0, result.output
    assert f"Compared the standing of {PEOPLE} people with" in result.stdout
    assert "every standing is what the events add up to" in result.stdout
    report = json.loads(run("verify", "standing", "--json").stdout)
    assert (report["people"], report["differing"], report["named"]) == (PEOPLE, 0, [])
    assert report["events"] > PEOPLE


def test_a_standing_that_somebody_changed(run: Run, held: Path) -> None:
    """The people are named with the purpose, the status is 1, and after mending all agrees again."""
    changed = swapped(held, "REFUSED", "NOBODY_KNOWS", 200)
    try:
        result = run("verify", "standing")
        assert result.exit_code == 1
        assert all(f"  {person}: CITY_NEWS" in result.stdout for person in changed)
        report = run("verify", "standing", "--json")
        assert report.exit_code == 1
        assert {row["participant"] for row in json.loads(report.stdout)["named"]} == set(changed)
    finally:
        swapped(held, "NOBODY_KNOWS", "REFUSED", 200)
    assert run("verify", "standing").exit_code == 0


def test_many_that_differ_are_counted(run: Run, held: Path) -> None:
    """A hundred are named, and how many more there are is said."""
    changed = swapped(held, "GRANTED", "NOBODY_KNOWS", PEOPLE)
    try:
        result = run("verify", "standing")
        assert result.exit_code == 1
        assert f"and {len(changed) - 100} more" in result.stdout
    finally:
        swapped(held, "NOBODY_KNOWS", "GRANTED", PEOPLE)


async def forge(tx: Transaction, person: str | None) -> str:
    """Copy a consent of somebody, to somebody: as an event that the ledger never had."""
    found = await tx.run("MATCH (e:ConsentEvent) WHERE e.participant IS NOT NULL RETURN properties(e) AS row LIMIT 1")
    row = (await found.single(strict=True))["row"]
    content = json.loads(row["content"]) | {"id": "forged-event-00001"}
    row |= {"id": content["id"], "participant": person or row["participant"], "leaf": None}
    text = "CREATE (e:Entry:ConsentEvent) SET e = $row"
    await (await tx.run(text, row=row | {"content": json.dumps(content | {"person": row["participant"]})})).consume()
    return str(row["participant"])


async def forget(tx: Transaction) -> None:
    """Take the forged event away again."""
    await (await tx.run("MATCH (e:ConsentEvent {id: 'forged-event-00001'}) DELETE e")).consume()


def test_an_event_that_was_put_beside_the_ledger(run: Run, held: Path) -> None:
    """It counts with the others, and adds to no other standing; named for having no place, and for being nobody's."""

    async def change(work: Any, *arguments: object) -> Any:  # noqa: ANN401 - what a change returns.
        async with Graph(await attach(held)) as graph:
            return await graph.write(work, *arguments)

    nobody = "00000000-0000-4000-8000-00000000dead"
    for whose in (None, nobody):
        person = asyncio.run(change(forge, whose))
        try:
            told, report = run("verify", "standing"), json.loads(run("verify", "standing", "--json").stdout)
        finally:
            asyncio.run(change(forget))
        assert told.exit_code == 1
        assert "1 events that the ledger does not have" in told.stdout
        assert report["unplaced"] == ["forged-event-00001"]
        assert report["gone"] == ([person] if whose else [])
        assert ("1 people have events and are not there" in told.stdout) is (whose is not None)
    assert run("verify", "standing").exit_code == 0
