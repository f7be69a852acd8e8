"""Filters reach only people who agreed to disclose what is filtered on, and say plainly what they can't be (L1, L2)."""

from typing import Any, Final

import pytest
import pytest_asyncio

from consent.vocabulary import Category, Field, Purpose, Sex
from directory.contacts.filters import ParticipantFilter
from directory.contacts.regions import RegionMap
from graph.vocabulary import BodyKind
from tests.directory.contacts import expected
from tests.directory.desk import CALLERS, Desk

QUERY: Final = """
query ($purpose: Purpose!, $where: ParticipantFilter) {
  participants(purpose: $purpose, where: $where, first: 500) { count nodes { id } }
}
"""
FILTERS: Final[list[dict[str, Any]]] = [
    {"regions": ["11"]},
    {"regions": ["11010"]},
    {"regions": ["11010", "1101053", "11230"]},
    {"groups": ["fire-brigades"]},
    {"groups": ["volunteers", "neighbourhood-heads"]},
    {"categories": ["POLICY_ADVICE"]},
    {"categories": ["CIVIC_PARTICIPATION", "ADMINISTRATIVE_SUPPORT"], "groups": ["volunteers"]},
    {"categories": ["POLICY_ADVICE"], "groups": ["volunteers"]},
    {"kinds": ["CIVIL_SOCIETY_ORGANIZATION"]},
    {"kinds": ["VOLUNTEER_GROUP", "RESIDENT_COMMITTEE"], "basedIn": ["11010", "11020", "11030"]},
    {"basedIn": ["11"]},
    {"basedIn": ["11010"], "regions": ["11010"]},
    {"sex": "FEMALE"},
    {"sex": "MALE", "ageFrom": 40, "ageTo": 59},
    {"ageFrom": 65},
    {"ageTo": 30},
    {"ageFrom": 0, "ageTo": 130},
    {"sex": "FEMALE", "regions": ["11"], "groups": ["volunteers"], "ageFrom": 20},
    {"sex": None, "ageFrom": None, "regions": ["11230"]},
]
_FIELD_OF: Final = {"sex": "SEX", "ageFrom": "AGE", "ageTo": "AGE", "regions": "RESIDENCE"}


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def regions(desk: Desk) -> RegionMap:
    """Read the map of regions."""
    return await RegionMap.read(desk.city.graph)


def as_filter(where: dict[str, Any]) -> ParticipantFilter:
    """Give the filter as the service takes it."""
    names = {"basedIn": "based_in", "ageFrom": "age_from", "ageTo": "age_to"}
    kinds = {"sex": Sex, "categories": Category, "kinds": BodyKind}
    values = {}
    for name, value in where.items():
        kind = kinds.get(name, str if isinstance(value, list) else lambda same: same)
        converted = (
            [kind(each) for each in value] if isinstance(value, list) else None if value is None else kind(value)
        )
        values[names.get(name, name)] = converted
    return ParticipantFilter(**values)


@pytest.mark.parametrize("where", FILTERS, ids=str)
@pytest.mark.parametrize("by", ["enroller", "district"])
async def test_a_filter_reaches_those_who_agreed(
    desk: Desk, regions: RegionMap, by: str, where: dict[str, Any]
) -> None:
    """For every purpose: exactly the people who fit and whose consent covers what is filtered on, and their count."""
    for purpose in Purpose:
        truths = expected.audience(desk, by, purpose, as_filter(where), regions)
        answer = await desk.ask(QUERY, {"purpose": purpose, "where": where}, by=by)
        page = answer.data["participants"]
        assert {node["id"] for node in page["nodes"]} == {truth.id for truth in truths}
        assert page["count"] == len(truths)
        # Being found by a filter discloses what it is on, though no field was asked for.
        fields = {_FIELD_OF.get(name, "AFFILIATION") for name, value in where.items() if value is not None}
        recorded = await desk.disclosed(answer, CALLERS[by][1].actor)
        assert recorded == {truth.id: fields for truth in truths}


async def test_a_body_shows_its_members_who_agreed(desk: Desk, regions: RegionMap) -> None:
    """Also of a body that reveals belief, union, party or health: only those with the separate consent."""
    sensitive = 0
    for body in desk.city.bodies.values():
        where = {"body": body.id}
        truths = expected.audience(desk, "staff", Purpose.CITY_NEWS, as_filter(where), regions)
        page = (await desk.ask(QUERY, {"purpose": "CITY_NEWS", "where": where})).data["participants"]
        assert {node["id"] for node in page["nodes"]} == {truth.id for truth in truths}
        assert page["count"] == len(truths)
        if body.sensitive:
            sensitive += len(truths)
            assert all(truth.purposes[Purpose.CITY_NEWS].sensitive for truth in truths)
    assert sensitive > 0


@pytest.mark.parametrize("argument", ["sex", "ageFrom", "regions", "groups", "kinds", "basedIn"])
async def test_a_filter_on_what_a_purpose_never_covers_finds_nobody(desk: Desk, argument: str) -> None:
    """Enrolment discloses name and contact alone, and so no filter narrows it down."""
    value = {"sex": "MALE", "ageFrom": 1, "groups": ["volunteers"], "kinds": ["VOLUNTEER_GROUP"]}.get(argument, ["11"])
    answer = await desk.ask(QUERY, {"purpose": "ENROLMENT", "where": {argument: value}}, by="enroller")
    assert answer.data["participants"] == {"count": 0, "nodes": []}


@pytest.mark.parametrize(
    ("where", "named"),
    [
        ({"regions": ["99"]}, "where.regions"),
        ({"regions": ["11", ""]}, "where.regions"),
        ({"regions": ["1"]}, "where.regions"),
        ({"basedIn": ["1101"]}, "where.basedIn"),
        ({"groups": ["fire"]}, "where.groups"),
        ({"body": "nobody"}, "where.body"),
        ({"body": ""}, "where.body"),
        ({"regions": []}, "where.regions"),
        ({"groups": []}, "where.groups"),
        ({"categories": []}, "where.categories"),
        ({"kinds": []}, "where.kinds"),
        ({"basedIn": []}, "where.basedIn"),
        ({"ageFrom": -1}, "where.ageFrom"),
        ({"ageFrom": 131}, "where.ageFrom"),
        ({"ageTo": -1}, "where.ageTo"),
        ({"ageTo": 131}, "where.ageTo"),
        ({"ageFrom": 40, "ageTo": 39}, "where.ageFrom"),
    ],
    ids=str,
)
@pytest.mark.parametrize("purpose", ["CITY_NEWS", "ENROLMENT"])
async def test_a_wrong_filter_is_named(desk: Desk, purpose: str, where: dict[str, Any], named: str) -> None:
    """The argument and what it must be, without its value, whatever the purpose; nothing else is said."""
    answer = await desk.ask(QUERY, {"purpose": purpose, "where": where}, by="enroller")
    assert answer.codes == ["BAD_INPUT"]
    assert f"The argument {named} " in answer.body["errors"][0]["message"]
    assert answer.body["data"] is None


@pytest.mark.parametrize(
    ("where", "fits"),
    [
        ({}, lambda _: True),
        ({"regions": ["11010"]}, lambda body: body.region.startswith("11010")),
        ({"groups": ["volunteers"]}, lambda body: body.group == "volunteers"),
        ({"kinds": ["ADVISORY_COMMITTEE"]}, lambda body: body.kind == "ADVISORY_COMMITTEE"),
        ({"committee": True}, lambda body: body.committee),
        (
            {"committee": False, "regions": ["11020", "11030"]},
            lambda b: not b.committee and b.region[:5] in {"11020", "11030"},
        ),
    ],
    ids=["all", "region", "group", "kind", "committees", "organizations of two districts"],
)
async def test_bodies_are_filtered(desk: Desk, where: dict[str, Any], fits: Any) -> None:  # noqa: ANN401 - a lambda.
    """Every part of the filter has to hold."""
    query = "query ($w: BodyFilter) { bodies(where: $w, first: 500) { count nodes { id sensitive committee } } }"
    page = (await desk.ask(query, {"w": where})).data["bodies"]
    wanted = {body.id for body in desk.city.bodies.values() if fits(body)}
    assert {node["id"] for node in page["nodes"]} == wanted
    assert page["count"] == len(wanted) > 0
    assert all(node["sensitive"] is desk.city.bodies[node["id"]].sensitive for node in page["nodes"])


def test_every_filter_is_tried() -> None:
    """No argument of the filter is forgotten here."""
    tried = {name for where in FILTERS for name in where} | {"body"}
    renamed = {"based_in": "basedIn", "age_from": "ageFrom", "age_to": "ageTo"}
    assert tried == {renamed.get(name, name) for name in ParticipantFilter.__slots__}
    assert set(_FIELD_OF.values()) | {"AFFILIATION"} <= set(map(str, Field))
