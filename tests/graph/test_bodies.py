"""Bodies: pages, counts and rosters of those that fit, against the bodies that were put in."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.synthetic.records import SyntheticBody
from graph import bodies
from graph.bodies import BodyRow
from graph.people import BodyCondition
from graph.transaction import Transaction
from graph.vocabulary import BodyKind
from tests.graph import oracle
from tests.graph.audiences import examples, wishes
from tests.loaded_city import City

chosen = st.none() | st.lists(st.integers(0, 10_000), max_size=9).map(tuple)
conditions = wishes().map(lambda wish: wish.audience.affiliation or BodyCondition())


def order(body: SyntheticBody) -> tuple[str, str, str]:
    """Give what bodies are in order by: region, then name."""
    return body.region, body.name_ko, body.id


def fitting(city: City, condition: BodyCondition, committee: bool | None) -> list[SyntheticBody]:  # noqa: FBT001 - drawn
    """Give the bodies that fit, in order."""
    chosen = [city.bodies[identity] for identity in oracle.fitting_bodies(city, condition)]
    return sorted((body for body in chosen if committee in {None, body.committee}), key=order)


@given(condition=conditions, committee=st.sampled_from([None, True, False]), size=st.integers(7, 60), some=chosen)
@examples(12)
async def test_pages_of_bodies_join_to_all_that_fit(
    city: City,
    condition: BodyCondition,
    committee: bool | None,  # noqa: FBT001 - drawn
    size: int,
    some: tuple[int, ...] | None,
) -> None:
    """Page after page, counted and listed: the bodies that fit, once each, by region and name."""
    if some is not None:
        ids = sorted(city.bodies)
        condition = replace(condition, bodies=(*(ids[number % len(ids)] for number in some), "no such body"))
    expected = [body.id for body in fitting(city, condition, committee)]
    found: list[str] = []
    after = ""
    while True:
        page = await city.graph.read(_page, condition, committee, after, size)
        found += [row.id for row in page]
        if len(page) < size:
            break
        after = page[-1].sort_key
    assert found == expected
    assert await city.graph.read(_count, condition, committee) == len(expected)


async def _page(
    tx: Transaction,
    condition: BodyCondition,
    committee: bool | None,  # noqa: FBT001 - in order
    after: str,
    limit: int,
) -> list[BodyRow]:
    return await bodies.page(tx, condition, committee=committee, after=after, limit=limit)


async def _count(tx: Transaction, condition: BodyCondition, committee: bool | None) -> int:  # noqa: FBT001 - in order
    return await bodies.count(tx, condition, committee=committee)


async def _ids(tx: Transaction, condition: BodyCondition, most: int) -> tuple[str, ...] | None:
    return await bodies.ids(tx, condition, most=most)


async def test_a_body_comes_back_as_it_was_put_in(city: City) -> None:
    """Names, kind, group, region, seats and whether it is sensitive."""
    rows = await city.graph.read(_page, BodyCondition(), None, "", 10_000)
    assert len(rows) == len(city.bodies)
    for row in rows:
        body = city.bodies[row.id]
        assert (row.name_ko, row.name_en, row.kind) == (body.name_ko, body.name_en, str(body.kind))
        assert (row.committee, row.group, row.region) == (body.committee, body.group, body.region)
        assert (row.sensitive, row.seats) == (body.sensitive, body.seats)
    assert [row.sort_key for row in rows] == sorted({row.sort_key for row in rows})


@given(condition=conditions)
@examples(10)
async def test_the_roster_is_every_body_that_fits(city: City, condition: BodyCondition) -> None:
    """All ids that fit, or None where they are more than asked for at most."""
    expected = oracle.fitting_bodies(city, condition)
    assert await city.graph.read(_ids, condition, len(expected)) == expected
    if expected:
        assert await city.graph.read(_ids, condition, len(expected) - 1) is None


@pytest.mark.parametrize("identity", ["", "no such body", "'"])
async def test_an_unknown_body_is_no_body(city: City, identity: str) -> None:
    """An id that is nobody's gives an empty roster."""
    assert await city.graph.read(_ids, BodyCondition(bodies=(identity,)), 1) == ()


async def test_committees_are_those_with_the_label(city: City) -> None:
    """What counts as a committee is labelled as one, and everything else as an organization."""

    async def labelled(tx: Transaction) -> dict[str, tuple[set[str], str]]:
        text = "MATCH (b:Body) RETURN b.id AS id, labels(b) AS labels, b.kind AS kind"
        return {row["id"]: (set(row["labels"]), row["kind"]) async for row in await tx.run(text)}

    for identity, (labels, kind) in (await city.graph.read(labelled)).items():
        body = city.bodies[identity]
        assert labels == {"Body", "Committee" if body.committee else "Organization"}
        assert body.committee == (kind in {BodyKind.RESIDENT_COMMITTEE, BodyKind.ADVISORY_COMMITTEE})
