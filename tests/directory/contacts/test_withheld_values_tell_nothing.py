"""Two directories that differ only in what a caller may not see answer that caller alike, byte by byte (L1 to L3).

The log says the same of both, and the graph is asked the same of both, so that work and time depend on nothing else
either. `make nightly` draws many more queries.
"""

import io
import json
import os
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from random import Random
from typing import Any, Final

import pytest
from neo4j import AsyncManagedTransaction

from consent.vocabulary import Field, Purpose
from graph.transaction import Transaction
from tests.directory.contacts import expected
from tests.directory.desk import Desk
from tests.graph import oracle
from tests.loaded_city import NOW, Truth

PURPOSE: Final = Purpose.CITY_NEWS
QUERIES: Final = 60
# How many times so many queries are drawn: two by day, and as many as NIGHTLY says by night.
SEEDS: Final = range(int(os.environ.get("NIGHTLY") or "2"))
_SELECTIONS: Final = (
    "count",
    "nodes { id }",
    "count nodes { id name sex age }",
    "nodes { id phone email residence { nameKo } withheld { field reason } }",
    "nodes { affiliations { body { id } role } withheld { field } } hasNextPage",
)
# A value that opens for nobody: were it ever opened, the answer would be an error.
_UNREADABLE: Final = "AQEAAAAB" + "A" * 80


def withheld(field: Field, truth: Truth) -> bool:
    """Say whether the field of this person may not be shown for the purpose."""
    refused = oracle.refusal_of_purpose(truth, PURPOSE, NOW) is not None
    return refused or field not in oracle.covered(truth, PURPOSE)


def changed(truth: Truth, at: int, dongs: tuple[str, ...]) -> dict[str, Any]:
    """Give other values for everything that is withheld of a person: some are others, some are gone."""
    gone = at % 3 == 0
    values: dict[str, Any] = {}
    if withheld(Field.SEX, truth):
        values["sex"] = None if gone else {"MALE": "FEMALE"}.get(truth.sex or "", "MALE")
    if withheld(Field.AGE, truth):
        values["born"] = None if gone else 1930 + at % 60
    for field, name in ((Field.NAME, "name"), (Field.PHONE, "phone"), (Field.EMAIL, "email")):
        if withheld(field, truth):
            values[name] = None if gone else _UNREADABLE
            values[f"{name}_index"] = None
    if withheld(Field.RESIDENCE, truth):
        dong = dongs[at * 7 % len(dongs)]
        values |= {"dong": dong, "place": f"{dong}:{truth.id}"}
    return values


@asynccontextmanager
async def with_other_values(desk: Desk) -> AsyncIterator[int]:
    """Change what is withheld of everybody, and put it back; gives how many values were changed."""
    rows = [
        {"id": truth.id, "values": values}
        for at, truth in enumerate(desk.city.people)
        if (values := changed(truth, at, desk.city.dongs))
    ]
    strays = [truth.id for truth in desk.city.people if withheld(Field.AFFILIATION, truth)]
    graph = desk.city.graph
    before = await graph.read(_properties, [row["id"] for row in rows])
    edges = await graph.read(_memberships, strays)
    assert len(edges) > 100
    try:
        await graph.write(_set, rows)
        await graph.write(_leave, strays)
        yield sum(len(row["values"]) for row in rows) + len(edges)
    finally:
        kept = [{"id": row["id"], "values": {name: row.get(name) for name in _KEPT}} for row in before]
        await graph.write(_set, kept)
        await graph.write(_leave, strays)
        await graph.write(_join, edges)


_KEPT: Final = (
    *("sex", "born", "name", "phone", "email", "name_index", "phone_index", "email_index", "dong", "place"),
)


async def _properties(tx: Transaction, ids: list[str]) -> list[dict[str, Any]]:
    result = await tx.run("UNWIND $ids AS id MATCH (p:Participant {id: id}) RETURN properties(p) AS person", ids=ids)
    return [row["person"] async for row in result]


async def _memberships(tx: Transaction, ids: list[str]) -> list[dict[str, Any]]:
    text = (
        "UNWIND $ids AS id MATCH (p:Participant {id: id})-[m:MEMBER_OF]->(b:Body) "
        "RETURN p.id AS person, b.id AS body, properties(m) AS values"
    )
    return [dict(row) async for row in await tx.run(text, ids=ids)]


async def _set(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    text = "UNWIND $rows AS row MATCH (p:Participant {id: row.id}) SET p += row.values"
    await (await tx.run(text, rows=rows)).consume()
    moved = [row for row in rows if "dong" in row["values"]]
    text = "UNWIND $ids AS id MATCH (p:Participant {id: id})-[home:LIVES_IN]->() DELETE home"
    await (await tx.run(text, ids=[row["id"] for row in moved])).consume()
    text = (
        "UNWIND $rows AS row MATCH (p:Participant {id: row.id}) MATCH (r:Region {code: row.values.dong}) "
        "CREATE (p)-[:LIVES_IN]->(r)"
    )
    await (await tx.run(text, rows=moved)).consume()


async def _leave(tx: Transaction, ids: list[str]) -> None:
    text = "UNWIND $ids AS id MATCH (p:Participant {id: id})-[m:MEMBER_OF]->() DELETE m"
    await (await tx.run(text, ids=ids)).consume()


async def _join(tx: Transaction, edges: list[dict[str, Any]]) -> None:
    text = (
        "UNWIND $edges AS edge MATCH (p:Participant {id: edge.person}) MATCH (b:Body {id: edge.body}) "
        "CREATE (p)-[m:MEMBER_OF]->(b) SET m = edge.values"
    )
    await (await tx.run(text, edges=edges)).consume()


def filter_drawn(desk: Desk, random: Random) -> dict[str, Any]:
    """Draw a filter, sensible or not."""
    districts = sorted({dong[:5] for dong in desk.city.dongs})
    parts: dict[str, Any] = {
        "regions": random.sample([*districts, *desk.city.dongs, "11"], random.randint(1, 5)),
        "basedIn": random.sample([*districts, "11"], random.randint(1, 4)),
        "groups": random.sample(["volunteers", "neighbourhood-heads", "fire-brigades", "resident-committees"], 2),
        "categories": [random.choice(["POLICY_ADVICE", "CIVIC_PARTICIPATION"])],
        "kinds": random.sample(["CIVIL_SOCIETY_ORGANIZATION", "PUBLIC_FACILITY", "VOLUNTEER_GROUP"], 2),
        "body": random.choice(sorted(desk.city.bodies)),
        "sex": random.choice(["FEMALE", "MALE"]),
        "ageFrom": random.randint(0, 70),
        "ageTo": random.randint(30, 131),
    }
    return {name: parts[name] for name in random.sample(sorted(parts), random.choice([0, 0, 1, 1, 2, 3]))}


def drawn(desk: Desk, random: Random) -> tuple[str, dict[str, Any]]:
    """Draw a query with its variables: one person, a page, or several of both under aliases."""
    where, chance = filter_drawn(desk, random), random.random()
    if chance < 0.05:
        return expected.ONE, {"id": f"nobody-{random.randrange(10**6):010}", "purpose": PURPOSE}
    if chance < 0.2:
        return expected.ONE, {"id": random.choice(desk.city.people).id, "purpose": PURPOSE}
    if chance < 0.35:
        text = (
            "query ($w: ParticipantFilter, $v: ParticipantFilter, $id: ID!) { "
            f"a: participants(purpose: {PURPOSE}, where: $w, first: 5) {{ {random.choice(_SELECTIONS)} }} "
            f"b: participants(purpose: {PURPOSE}, where: $v, first: 5) {{ count }} "
            f"c: participant(id: $id, purpose: {PURPOSE}) {{ name withheld {{ reason field }} }} }}"
        )
        return text, {"w": where, "v": filter_drawn(desk, random), "id": random.choice(desk.city.people).id}
    text = (
        "query ($w: ParticipantFilter, $n: Int, $after: String) "
        f"{{ participants(purpose: {PURPOSE}, where: $w, first: $n, after: $after) "
        f"{{ endCursor {random.choice(_SELECTIONS)} }} }}"
    )
    return text, {"w": where, "n": random.choice([1, 3, 40, 500])}


_CURSOR: Final = re.compile(rb'"endCursor":"([^"]+)"')


async def answers(desk: Desk, seed: int) -> list[tuple[Any, ...]]:
    """Ask everything, with the pages after, and give the answers without traces and cursors."""
    random = Random(seed)  # noqa: S311 - which queries are asked is no secret.
    given = []
    for _ in range(QUERIES):
        query, variables = drawn(desk, random)
        # One who reaches everybody, and one who reaches a district: to whom less is shown.
        by = random.choice(["news", "news", "district"])
        for _page in range(3):
            with desk.clock.at(NOW):
                answer = await desk.ask(query, variables, by=by)
            status, headers, raw = answer.without_trace
            cursor = _CURSOR.search(raw)
            lengths = len(cursor[1]) if cursor else None
            given.append((json.dumps([query, variables]), status, headers, lengths, _CURSOR.sub(b"CURSOR", raw)))
            if cursor is None:
                break
            variables = variables | {"after": cursor[1].decode()}
    public = ("{ network { participants groups { id participants } } }", "{ bodies(first: 500) { nodes { id } } }")
    given += [(query, *(await desk.ask(query, by="news")).without_trace) for query in public]
    return [
        tuple(part if not isinstance(part, str) or i else _no_cursor(part) for i, part in enumerate(row))
        for row in given
    ]


def _no_cursor(asked: str) -> str:
    return re.sub(r'"after": "[^"]+"', '"after": "CURSOR"', asked)


@contextmanager
def questions_noted(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Note everything that the graph is asked meanwhile, but for what is written of the looks themselves."""
    noted: list[str] = []
    run = AsyncManagedTransaction.run

    async def noting(self: AsyncManagedTransaction, query: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - the driver's.
        given = {**(args[0] if args else {}), **kwargs}
        if "CREATE" not in query:
            noted.append(json.dumps([query, given], default=str, sort_keys=True))
        return await run(self, query, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(AsyncManagedTransaction, "run", noting)
        yield noted


def said(log: io.StringIO) -> list[dict[str, Any]]:
    """Read the log without traces, times, and what the driver says of the engine, and empty it."""
    lines = [line for text in log.getvalue().splitlines() if (line := json.loads(text))["event"] != "library"]
    log.seek(0)
    log.truncate()
    return [{key: value for key, value in line.items() if key not in {"at", "trace", "milliseconds"}} for line in lines]


@pytest.mark.slow
@pytest.mark.parametrize("seed", SEEDS)
async def test_withheld_values_tell_nothing(
    desk: Desk, seed: int, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Filters, counts, pages, order, cursors, reasons, errors, logs, work: nothing depends on what is not shown."""
    # Now and then the service asks how many people there are in all, and how the network stands.
    await desk.ask(f"{{ participants(purpose: {PURPOSE}) {{ nodes {{ id }} }} network {{ participants }} }}", by="news")
    said(log)
    with questions_noted(monkeypatch) as asked_before:
        before = await answers(desk, seed)
    logged_before = said(log)
    async with with_other_values(desk) as number:
        assert number > 2_000
        with questions_noted(monkeypatch) as asked_after:
            other = await answers(desk, seed)
    assert len(before) > QUERIES
    # Not compared in the assertion: a difference of so many answers takes minutes to explain.
    differing = [one[0] for one, two in zip(before, other, strict=True) if one != two]
    assert differing == []
    assert len(logged_before) > QUERIES
    assert said(log) == logged_before
    assert len(asked_before) > QUERIES
    # Each once, and in no order: where the engine gave a transaction up for another its questions are asked again,
    # and the parts of one request are asked side by side.
    assert sorted(set(asked_before) ^ set(asked_after)) == []
    assert sum(b'"errors"' in row[-1] for row in before) < len(before) / 4


async def test_the_comparison_would_see_a_value_that_is_shown(desk: Desk) -> None:
    """One person's age, which may be seen, is changed: the answers are no longer alike."""
    seen = [t for t in desk.city.people if not withheld(Field.AGE, t) and not withheld(Field.NAME, t) and t.born]
    query = f"{{ participants(purpose: {PURPOSE}, first: 500) {{ nodes {{ age }} }} }}"
    before = (await desk.ask(query, by="news")).data
    await desk.city.graph.write(_set, [{"id": t.id, "values": {"born": (t.born or 0) - 1}} for t in seen])
    other = (await desk.ask(query, by="news")).data
    await desk.city.graph.write(_set, [{"id": t.id, "values": {"born": t.born}} for t in seen])
    assert other != before
    assert (await desk.ask(query, by="news")).data == before
