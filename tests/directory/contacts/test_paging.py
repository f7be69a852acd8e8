"""Cursors as callers meet them: opaque, of one length, and good for one caller and one query alone (L6)."""

import base64
from typing import Any

import pytest
import pytest_asyncio

from consent.vocabulary import Purpose
from directory.contacts.cursors import LIFETIME
from graph.transaction import Transaction
from tests.directory.desk import Desk
from tests.loaded_city import NOW

PEOPLE = """
query ($purpose: Purpose!, $where: ParticipantFilter, $first: Int, $after: String) {
  participants(purpose: $purpose, where: $where, first: $first, after: $after) {
    endCursor hasNextPage nodes { id }
  }
}
"""
BODIES = """
query ($where: BodyFilter, $first: Int, $after: String) {
  bodies(where: $where, first: $first, after: $after) { endCursor hasNextPage count nodes { id nameKo region { id } } }
}
"""
DISCLOSURES = """
query ($actor: String, $first: Int, $after: String) {
  disclosures(actor: $actor, first: $first, after: $after) { endCursor hasNextPage nodes { participant trace } }
}
"""
ASKED: dict[str, Any] = {"purpose": "CITY_NEWS", "where": {"regions": ["11"]}, "first": 3}


@pytest_asyncio.fixture
async def cursor(desk: Desk) -> str:
    """Give the cursor after the first three people in the city, for news."""
    with desk.clock.at(NOW):
        found: str = (await desk.ask(PEOPLE, ASKED)).data["participants"]["endCursor"]
    return found


async def walk(desk: Desk, query: str, variables: dict[str, Any], by: str = "staff") -> list[dict[str, Any]]:
    """Read all pages to the end."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        (page,) = (await desk.ask(query, {**variables, "after": after}, by=by)).data.values()
        assert len(page["nodes"]) <= variables["first"]
        found += page["nodes"]
        if not page["hasNextPage"]:
            assert page["endCursor"] is None
            return found
        assert len(page["nodes"]) == variables["first"]
        after = page["endCursor"]


@pytest.mark.parametrize(
    "where", [{}, {"regions": ["11"]}, {"regions": ["11010", "11230"]}, {"groups": ["volunteers"]}]
)
async def test_pages_of_any_size_make_the_same_list(desk: Desk, where: dict[str, Any]) -> None:
    """Nobody comes twice and nobody is left out, whichever way the list is walked."""
    lists = [
        [row["id"] for row in await walk(desk, PEOPLE, {"purpose": "CITY_NEWS", "where": where, "first": first})]
        for first in (500, 120, 77)
    ]
    assert lists[0] == lists[1] == lists[2]
    assert len(set(lists[0])) == len(lists[0]) > 0


async def test_the_page_size_may_change_on_the_way(desk: Desk, cursor: str) -> None:
    """A cursor is a place in the list, not a page."""
    whole = (await desk.ask(PEOPLE, ASKED | {"first": 13})).data["participants"]["nodes"]
    rest = (await desk.ask(PEOPLE, ASKED | {"first": 10, "after": cursor})).data["participants"]["nodes"]
    assert whole[3:] == rest


async def test_bodies_come_in_the_order_of_region_and_name(desk: Desk) -> None:
    """All of them, each once, and the count says so."""
    found = await walk(desk, BODIES, {"first": 41})
    assert [(row["region"]["id"], row["nameKo"]) for row in found] == sorted(
        (row["region"]["id"], row["nameKo"]) for row in found
    )
    assert {row["id"] for row in found} == desk.city.bodies.keys()
    counted = (await desk.ask(BODIES, {"first": 1})).data["bodies"]["count"]
    assert counted == len(found) == len(desk.city.bodies)


async def test_disclosures_are_paged_newest_first(desk: Desk) -> None:
    """The pages of a privacy officer hold each record once."""
    for instant in range(3):
        with desk.clock.at(NOW + instant):
            query = "{ participants(purpose: POLICY_ADVICE, where: {sex: FEMALE}, first: 20) { nodes { name } } }"
            await desk.ask(query, by="colleague")
    found = await walk(desk, DISCLOSURES, {"actor": "desk-colleague", "first": 7}, by="officer")
    whole = await walk(desk, DISCLOSURES, {"actor": "desk-colleague", "first": 500}, by="officer")
    assert found == whole
    assert len({(row["participant"], row["trace"]) for row in found}) == len(found) >= 60


async def test_a_cursor_is_refused_for_everything_else(desk: Desk, cursor: str) -> None:
    """Another caller, purpose or filter, another query, or no purpose at all: the same answer, to the byte."""
    refused = [
        await desk.ask(PEOPLE, ASKED | {"after": cursor}, by="colleague"),
        await desk.ask(PEOPLE, ASKED | {"after": cursor}, by="news"),
        await desk.ask(PEOPLE, ASKED | {"after": cursor, "purpose": "POLICY_ADVICE"}),
        await desk.ask(PEOPLE, ASKED | {"after": cursor, "where": {}}),
        await desk.ask(PEOPLE, ASKED | {"after": cursor, "where": None}),
        await desk.ask(PEOPLE, ASKED | {"after": cursor, "where": {"regions": ["11010"]}}),
        await desk.ask(PEOPLE, ASKED | {"after": cursor, "where": {"basedIn": ["11"]}}),
        await desk.ask(PEOPLE, ASKED | {"after": cursor, "where": {"regions": ["11"], "sex": "MALE"}}),
    ]
    for answer in refused:
        assert answer.codes == ["BAD_CURSOR"]
        assert answer.body["data"] is None
        assert answer.without_trace == refused[0].without_trace
    assert (await desk.ask(BODIES, {"first": 3, "after": cursor})).codes == ["BAD_CURSOR"]
    question = {"actor": "desk-staff", "first": 3, "after": cursor}
    assert (await desk.ask(DISCLOSURES, question, by="officer")).codes == ["BAD_CURSOR"]
    assert (await desk.ask(PEOPLE, ASKED | {"after": cursor})).codes == []


async def test_every_change_of_a_cursor_is_refused(desk: Desk, cursor: str) -> None:
    """One character, one bit, cut off, drawn out, of nothing, or of nonsense."""
    changed = [
        cursor[:at] + ("A" if cursor[at] != "A" else "B") + cursor[at + 1 :] for at in range(0, len(cursor) - 1, 29)
    ]
    changed += [
        cursor[:-2],
        cursor[1:],
        cursor + "AAAA",
        cursor + cursor,
        "",
        " ",
        "=",
        "A",
        "A" * 5_000,
        "한글",
        "\x00",
    ]
    changed += [base64.urlsafe_b64encode(b'["11"]').decode(), cursor.upper(), f"{cursor}\n"]
    answers = [await desk.ask(PEOPLE, ASKED | {"after": after}) for after in changed]
    assert {tuple(answer.codes) for answer in answers} == {("BAD_CURSOR",)}
    assert len({answer.raw.replace(answer.headers["x-trace-id"].encode(), b"") for answer in answers}) == 1


async def test_a_cursor_is_good_for_a_day(desk: Desk, cursor: str) -> None:
    """Its last millisecond is still good."""
    with desk.clock.at(NOW + LIFETIME - 1):
        assert (await desk.ask(PEOPLE, ASKED | {"after": cursor})).codes == []
    with desk.clock.at(NOW + LIFETIME):
        assert (await desk.ask(PEOPLE, ASKED | {"after": cursor})).codes == ["BAD_CURSOR"]


async def test_cursors_tell_nothing(desk: Desk, cursor: str) -> None:
    """They are of one length, never the same twice, and hold no id, no region and no readable text."""
    again = (await desk.ask(PEOPLE, ASKED)).data["participants"]["endCursor"]
    assert again != cursor
    lengths = set()
    for purpose in ("CITY_NEWS", "DISASTER_RESPONSE"):
        for where in ({}, {"regions": ["11"]}, {"sex": "MALE", "ageFrom": 30}, {"groups": ["volunteers"]}):
            page = (await desk.ask(PEOPLE, {"purpose": purpose, "where": where, "first": 5})).data["participants"]
            lengths.add(len(page["endCursor"]))
            opened = base64.urlsafe_b64decode(page["endCursor"] + "==")
            for node in page["nodes"]:
                assert node["id"].encode() not in opened
                assert desk.people[node["id"]].dong.encode() not in opened
    lengths.add(len((await desk.ask(BODIES, {"first": 1})).data["bodies"]["endCursor"]))
    lengths.add(
        len(
            (await desk.ask(DISCLOSURES, {"actor": "desk-staff", "first": 1}, by="officer")).data["disclosures"][
                "endCursor"
            ]
        )
    )
    assert len(lengths) == 1


async def test_a_cursor_in_a_body_that_has_gone_is_refused(desk: Desk) -> None:
    """The list goes body by body, and what is left of it has no such place; once the body is back, it goes on."""
    asked = ASKED | {"where": {"groups": ["volunteers"]}}
    after = (await desk.ask(PEOPLE, asked)).data["participants"]["endCursor"]
    for group, codes in (("elsewhere", ["BAD_CURSOR"]), ("volunteers", [])):
        await desk.city.graph.write(_regroup, group)
        assert (await desk.ask(PEOPLE, asked | {"after": after})).codes == codes


async def _regroup(tx: Transaction, group: str) -> None:
    """Move the bodies of the volunteers to another group, or back."""
    text = "MATCH (b:Body) WHERE b.group IN ['volunteers', 'elsewhere'] SET b.group = $group"
    await (await tx.run(text, group=group)).consume()


@pytest.mark.parametrize("purpose", [Purpose.CITY_NEWS, Purpose.CITY_MONITORING])
async def test_the_last_page_has_no_cursor(desk: Desk, purpose: Purpose) -> None:
    """A list that ends with a full page says that it ends."""
    body = next(iter(sorted(desk.city.bodies)))
    where = {"body": body}
    variables = {"purpose": purpose, "where": where, "first": 500}
    people = (await desk.ask(PEOPLE, variables)).data["participants"]["nodes"]
    page = (await desk.ask(PEOPLE, variables | {"first": max(len(people), 1)})).data["participants"]
    assert page == {"endCursor": None, "hasNextPage": False, "nodes": people}
