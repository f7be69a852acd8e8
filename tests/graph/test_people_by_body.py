"""Walking body by body: each person once, under the first body that fits, and no more read than the page needs."""

from collections import Counter
from dataclasses import replace
from typing import Any, Final, LiteralString

import pytest

from consent.vocabulary import Purpose
from graph import people
from graph.people import BodyCondition, PageRequest
from graph.transaction import Transaction
from tests.graph import oracle
from tests.graph.audiences import by_roster
from tests.graph.walking import EVERYBODY, ids, walk
from tests.loaded_city import City

# Whoever showed their sensitive affiliations shows them no longer, and the other way round.
_SWAP: Final[LiteralString] = """
UNWIND $ids AS id MATCH (p:Participant {id: id}) SET p.city_news_covers =
CASE WHEN p.city_news_covers CONTAINS ' SENSITIVE ' THEN replace(p.city_news_covers, ' SENSITIVE ', ' ')
ELSE p.city_news_covers + 'SENSITIVE ' END
"""


class Undo(Exception):
    """Ends a transaction that changed the city, so that nobody else sees it."""


@pytest.mark.parametrize("population", [1, 1_200])
async def test_whoever_is_in_several_bodies_is_listed_under_the_first(city: City, population: int) -> None:
    """Body by body, by their ids, those last that reveal what is sensitive; within a body by the ids of people."""
    audience = replace(EVERYBODY.audience, affiliation=BodyCondition())
    roster = oracle.fitting_bodies(city, BodyCondition())
    rows = await city.graph.read(people.page, by_roster(audience, 1_000, roster, population))
    truth = {person.id: person for person in city.people}
    listed = [(roster.index(person["body"]), person["id"]) for person, _ in rows]
    assert listed == sorted(oracle.listed_under(city, audience, truth[identity]) for _, identity in listed)
    several = [truth[identity] for _, identity in listed if len(truth[identity].affiliations) > 1]
    assert len(several) > 20
    assert [city.bodies[body].sensitive for body in roster] == sorted(body.sensitive for body in city.bodies.values())


async def test_a_large_body_is_looked_for_among_everybody(city: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where its members are many, windows of ids are read and not all of them, and when that takes long, the rest."""
    sizes = Counter(affiliation.body for person in city.people for affiliation in person.affiliations)
    ((body, _),) = sizes.most_common(1)
    audience = replace(EVERYBODY.audience, affiliation=BodyCondition(bodies=(body,)))
    expected = ids(oracle.audience_of(city, audience))
    assert len(expected) > 8
    read: list[str] = []

    async def spied(tx: Transaction, text: LiteralString, values: dict[str, Any]) -> people.Rows:
        read.append("window" if text in people._PAGES_OF_BODY.values() else "body")
        return await rows_of(tx, text, values)

    rows_of = people._rows
    monkeypatch.setattr(people, "_rows", spied)
    # With more people about than there are, windows find too little, and all of the body is read after all.
    for population, ways in ((1, ["window", "window"]), (10**6, ["window", "body"])):
        read.clear()
        request = by_roster(audience, 2, (body,), population)
        assert await walk(city, request) == expected
        assert read[: len(ways)] == ways
        assert await walk(city, replace(request, with_affiliations=True)) == expected


async def test_a_walk_goes_on_after_a_body_only_while_that_is_in_the_roster(city: City) -> None:
    """A key of a body that is gone is no place in the list any more."""
    roster = oracle.fitting_bodies(city, BodyCondition())
    audience = replace(EVERYBODY.audience, affiliation=BodyCondition())
    request = replace(by_roster(audience, 3, roster), after=f"{roster[1]}:person")
    assert request.goes_on
    assert request.reached() == (1, "person")
    assert not replace(request, bodies=roster[2:]).goes_on
    assert replace(request, after=None).goes_on
    assert replace(request, bodies=None).goes_on


async def test_a_change_of_mind_about_sensitive_bodies_moves_nobody_on_the_way(city: City) -> None:
    """Agreeing to show them, or no longer, between two pages makes nobody of the others missed or shown twice."""
    audience = replace(EVERYBODY.audience, affiliation=BodyCondition())
    roster = oracle.fitting_bodies(city, BodyCondition())
    expected = oracle.audience_of(city, audience)
    both = {
        person.id: oracle.agreed_to_sensitive(person, Purpose.CITY_NEWS)
        for person in expected
        if {city.bodies[affiliation.body].sensitive for affiliation in person.affiliations} == {True, False}
    }
    assert set(both.values()) == {True, False}

    async def swapped(tx: Transaction) -> None:
        found: list[str] = []
        request: PageRequest | None = by_roster(audience, 40, roster)
        while request is not None:
            rows = await people.page(tx, request)
            found += [person["id"] for person, _ in rows[:40]]
            request = replace(request, after=request.key_of(rows[39][0])) if len(rows) > 40 else None
            await (await tx.run(_SWAP, ids=list(both))).consume()
        assert len(found) == len(set(found))
        assert set(ids(expected)) == set(found)
        raise Undo

    with pytest.raises(Undo):
        await city.graph.write(swapped, within=120.0)
