"""What each caller is shown: exactly what the truth allows, for their purposes, regions and groups alone."""

import re

import pytest
import pytest_asyncio

from consent.vocabulary import Purpose
from directory.contacts.filters import ParticipantFilter
from directory.contacts.regions import RegionMap
from tests.directory.contacts import expected
from tests.directory.desk import CALLERS, Desk

EVERYBODY = ParticipantFilter()
PAIRS = [(by, purpose) for by in CALLERS for purpose in Purpose]
# A kiosk asks people for their consent, and sees no lists of them.
ALLOWED = [(by, purpose) for by, purpose in PAIRS if purpose in CALLERS[by][1].purposes and by != "kiosk"]
FORBIDDEN = [pair for pair in PAIRS if pair not in ALLOWED]


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def regions(desk: Desk) -> RegionMap:
    """Read the map of regions."""
    return await RegionMap.read(desk.city.graph)


@pytest.mark.parametrize(("by", "purpose"), ALLOWED)
async def test_a_caller_is_shown_whom_and_what_they_may_see(
    desk: Desk, regions: RegionMap, by: str, purpose: Purpose
) -> None:
    """Page after page, everybody whose consent reaches this caller, each field or its reason, and nobody else."""
    truths = expected.audience(desk, by, purpose, EVERYBODY, regions)
    seen: list[str] = []
    after = None
    while True:
        variables = {"purpose": purpose, "first": 250, "after": after}
        answer = await desk.ask(expected.PEOPLE, variables, by=by)
        page = answer.data["participants"]
        assert page["count"] == len(truths)
        shown = {}
        for found in page["nodes"]:
            truth = desk.people[found["id"]]
            assert expected.node(found) == expected.person(desk, by, purpose, truth)
            shown[truth.id] = expected.fields_shown(desk, by, purpose, truth)
        recorded = await desk.disclosed(answer, CALLERS[by][1].actor)
        assert recorded == shown
        seen += [found["id"] for found in page["nodes"]]
        assert page["hasNextPage"] is (page["endCursor"] is not None)
        if not page["hasNextPage"]:
            break
        after = page["endCursor"]
    assert seen == [truth.id for truth in truths]
    assert (by == "nowhere") is (not truths)


@pytest.mark.parametrize(("by", "purpose"), FORBIDDEN)
async def test_another_purpose_is_refused_as_a_whole(desk: Desk, by: str, purpose: Purpose) -> None:
    """No data, no count, no word about anybody, and nothing is recorded, since nothing was shown."""
    actor = CALLERS[by][1].actor
    before = await records_of(desk, actor)
    known = desk.city.people[0].id
    page = await desk.ask(expected.PEOPLE, {"purpose": purpose}, by=by)
    one = await desk.ask(expected.ONE, {"purpose": purpose, "id": known}, by=by)
    nobody = await desk.ask(expected.ONE, {"purpose": purpose, "id": "nobody"}, by=by)
    for answer in (page, one, nobody):
        assert answer.codes == ["FORBIDDEN"]
        assert answer.body["data"] in (None, {"participant": None})
    assert one.without_trace == nobody.without_trace
    assert await records_of(desk, actor) == before


async def records_of(desk: Desk, actor: str) -> int:
    """Count what the privacy officer can read of an actor, on the first page."""
    query = "query ($actor: String) { disclosures(actor: $actor, first: 500) { nodes { trace } } }"
    return len((await desk.ask(query, {"actor": actor}, by="officer")).data["disclosures"]["nodes"])


@pytest.mark.parametrize("by", [by for by in CALLERS if by != "officer"])
@pytest.mark.parametrize("question", ['actor: "desk-officer"', 'participant: "x"', ""])
async def test_only_privacy_officers_read_disclosures(desk: Desk, by: str, question: str) -> None:
    """Staff and services are refused before anything is looked up, of themselves too."""
    arguments = f"({question})" if question else ""
    answer = await desk.ask(f"{{ disclosures{arguments} {{ nodes {{ participant }} }} }}", by=by)
    assert answer.codes == ["FORBIDDEN"]
    assert answer.body["data"] is None


@pytest.mark.parametrize("by", ["district", "service", "nowhere", "enroller"])
@pytest.mark.parametrize("selection", ["id", "__typename", "name", "withheld { reason }", "id name withheld { field }"])
async def test_somebody_out_of_scope_is_nobody(desk: Desk, by: str, selection: str) -> None:
    """An id that exists, and one that does not, are answered alike to the last byte, whatever is asked for."""
    purpose = max(CALLERS[by][1].purposes)
    query = f"query ($id: ID!, $p: Purpose!) {{ participant(id: $id, purpose: $p) {{ {selection} }} }}"
    outside = [
        truth.id
        for truth in desk.city.people
        if expected.person(desk, by, Purpose.ENROLMENT if by == "enroller" else purpose, truth) is None
    ]
    purpose = Purpose.ENROLMENT if by == "enroller" else purpose
    nobody = await desk.ask(query, {"id": "00000000-0000-4000-8000-000000000000", "p": purpose}, by=by)
    assert nobody.data == {"participant": None}
    assert len(outside) > 10
    for truth in outside[:: len(outside) // 8]:
        answer = await desk.ask(query, {"id": truth, "p": purpose}, by=by)
        assert answer.without_trace == nobody.without_trace


@pytest.mark.parametrize("purpose", Purpose)
async def test_one_person_is_shown_as_on_a_page(desk: Desk, purpose: Purpose) -> None:
    """By their id, each person comes with every field or its reason, whatever their standing is."""
    chosen = [*desk.city.special.values(), *desk.city.people[::60]]
    for truth in chosen:
        answer = await desk.ask(expected.ONE, {"id": truth.id, "purpose": purpose}, by="enroller")
        found = answer.data["participant"]
        wanted = expected.person(desk, "enroller", purpose, truth)
        assert (None if found is None else expected.node(found)) == wanted
        fields = set() if wanted is None else expected.fields_shown(desk, "enroller", purpose, truth)
        assert await desk.recorded_of(truth.id, answer.headers["x-trace-id"]) == fields


async def test_ids_are_random(desk: Desk) -> None:
    """Nothing of a person is in their id."""
    for truth in desk.city.people[:50]:
        assert re.fullmatch("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", truth.id)
