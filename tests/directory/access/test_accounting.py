"""What privacy officers read of who was shown what: all of it, in order, however much was looked at in vain."""

from typing import Any, Final

import pytest

from tests.directory.desk import Desk

READ: Final = """
query ($actor: String, $participant: ID, $first: Int, $after: String, $from: DateTime, $to: DateTime) {
  disclosures(actor: $actor, participant: $participant, first: $first, after: $after, from: $from, to: $to) {
    nodes { at actor department purpose participant fields operation origin trace } endCursor hasNextPage
  }
}
"""


async def all_of(desk: Desk, first: int, **asked: str) -> list[dict[str, Any]]:
    """Read every page."""
    found: list[dict[str, Any]] = []
    after = None
    while True:
        page = (await desk.ask(READ, {**asked, "first": first, "after": after}, by="officer")).data["disclosures"]
        found += page["nodes"]
        if not page["hasNextPage"]:
            return found
        after = page["endCursor"]


@pytest.mark.parametrize("vain", ["{ participants(purpose: DISASTER_RESPONSE) { count } }", "EMPTY"])
async def test_looks_in_vain_hide_no_look(desk: Desk, vain: str) -> None:
    """However often somebody counted or found nobody since, what they were shown before is found."""
    looked = await desk.ask(
        "{ participants(purpose: DISASTER_RESPONSE, first: 5) { nodes { id name } } }", by="service"
    )
    people = {node["id"] for node in looked.data["participants"]["nodes"]}
    assert len(people) == 5
    nobody = 'where: {regions: ["11010"], ageFrom: 130}'
    query = (
        f"{{ participants(purpose: DISASTER_RESPONSE, {nobody}) {{ nodes {{ id }} }} }}" if vain == "EMPTY" else vain
    )
    for _ in range(8):
        assert (await desk.ask(query, by="service")).codes == []
    for first in (1, 2, 500):
        rows = await all_of(desk, first, actor="desk-service")
        assert people == {row["participant"] for row in rows if row["trace"] == looked.headers["x-trace-id"]}


async def test_a_record_says_all_that_is_asked_of_it(desk: Desk) -> None:
    """Who, whom, which fields, for what, when, by which query, from where, and the trace of the request."""
    person = desk.city.special["nothing covered"].id
    answer = await desk.ask(f'{{ participant(id: "{person}", purpose: CITY_NEWS) {{ id name }} }}', by="news")
    (row,) = [r for r in await all_of(desk, 100, participant=person) if r["trace"] == answer.headers["x-trace-id"]]
    assert row["actor"] == "desk-news"
    assert row["department"] == "bureau-administration"
    assert row["purpose"] == "CITY_NEWS"
    assert row["participant"] == person
    assert row["fields"] == []
    assert row["operation"] == "participant"
    assert row["origin"] == "127.0.0.1"
    assert row["at"].startswith("2013-06-20T")


async def test_a_participant_and_an_actor_narrow_each_other(desk: Desk) -> None:
    """Asked for both, the records of this actor's looks at this person alone; for neither, a refusal."""
    person = desk.city.people[7].id
    for by in ("staff", "colleague", "staff"):
        await desk.ask(f'{{ participant(id: "{person}", purpose: POLICY_ADVICE) {{ id }} }}', by=by)
    both = await all_of(desk, 1, participant=person, actor="desk-staff")
    whole = await all_of(desk, 500, participant=person)
    assert both == [row for row in whole if row["actor"] == "desk-staff"]
    assert len(both) >= 2
    assert len(whole) > len(both)
    assert (await desk.ask(READ, {}, by="officer")).codes == ["BAD_INPUT"]


@pytest.mark.parametrize(
    ("since", "until"), [("2013-06-21T00:00:00Z", "2013-06-20T00:00:00Z"), ("2013-06-20T00:00:00", None)]
)
async def test_wrong_instants_are_named(desk: Desk, since: str, until: str | None) -> None:
    """An end before the beginning, and an instant without its offset."""
    answer = await desk.ask(READ, {"actor": "desk-staff", "from": since, "to": until}, by="officer")
    assert answer.codes == ["BAD_INPUT"]
    assert "argument from" in answer.body["errors"][0]["message"]
