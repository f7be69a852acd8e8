"""Two directories that differ only in withheld values answer every query alike: the strongest promise there is."""

import secrets
import uuid
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from typing import Any

import pytest

from consent.scope import Scope
from consent.vocabulary import CONSENTED_PURPOSES, Field, Purpose, Sex
from graph import disclosures, people
from graph.disclosures import Look
from graph.opening import Asked, Opener
from graph.people import Audience, BodyCondition, PageRequest
from graph.transaction import Transaction
from tests.graph import oracle
from tests.graph.audiences import Wish, by_id, by_place, by_roster
from tests.loaded_city import BUREAU, NOW, City, Truth

EVERYWHERE = Scope("actor", BUREAU, frozenset(Purpose), None, None)


class Undo(Exception):
    """Ends a transaction that changed the city, so that nobody else sees it."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is done to withheld values, by the field that has to be withheld for it."""

    field: Field
    rows: Callable[[City, list[Truth]], list[dict[str, Any]]]
    write: Callable[[Transaction, list[dict[str, Any]]], Awaitable[None]]


def withholding(city: City, purpose: Purpose, field: Field) -> list[Truth]:
    """Give everybody of whom this field is withheld for the purpose."""
    return [
        person
        for person in city.people
        if oracle.refusal_of_purpose(person, purpose, NOW) is not None or field not in oracle.covered(person, purpose)
    ]


async def _set(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    text = "UNWIND $rows AS row MATCH (p:Participant {id: row.id}) SET p += row.values"
    await (await tx.run(text, rows=rows)).consume()


async def _move(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    await _set(tx, rows)
    text = "UNWIND $ids AS id MATCH (p:Participant {id: id})-[home:LIVES_IN]->() DELETE home"
    await (await tx.run(text, ids=[row["id"] for row in rows])).consume()
    text = (
        "UNWIND $rows AS row MATCH (p:Participant {id: row.id}) MATCH (r:Region {code: row.values.dong}) "
        "CREATE (p)-[:LIVES_IN]->(r)"
    )
    await (await tx.run(text, rows=rows)).consume()


async def _leave(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    text = "UNWIND $ids AS id MATCH (p:Participant {id: id})-[m:MEMBER_OF|SERVES_ON]->() DELETE m"
    await (await tx.run(text, ids=[row["id"] for row in rows])).consume()


async def _join(tx: Transaction, rows: list[dict[str, Any]]) -> None:
    text = (
        "UNWIND $rows AS row MATCH (p:Participant {id: row.id}) MATCH (b:Body {id: row.body}) "
        "CREATE (p)-[:MEMBER_OF {role: '회원', since: '2013-01-01'}]->(b)"
    )
    await (await tx.run(text, rows=rows)).consume()


def _cleared(*keys: str) -> Callable[[City, list[Truth]], list[dict[str, Any]]]:
    return lambda _, chosen: [{"id": one.id, "values": dict.fromkeys(keys)} for one in chosen]


def _other_sex(_: City, chosen: list[Truth]) -> list[dict[str, Any]]:
    other = {str(Sex.FEMALE): str(Sex.MALE), str(Sex.MALE): str(Sex.FEMALE), None: str(Sex.MALE)}
    return [{"id": one.id, "values": {"sex": other[one.sex]}} for one in chosen]


def _other_age(_: City, chosen: list[Truth]) -> list[dict[str, Any]]:
    return [{"id": one.id, "values": {"born": 3_950 - (one.born or 1_950)}} for one in chosen]


def _other_dong(city: City, chosen: list[Truth]) -> list[dict[str, Any]]:
    homes = [city.dongs[number * 7 % len(city.dongs)] for number in range(len(chosen))]
    return [
        {"id": one.id, "values": {"dong": dong, "place": f"{dong}:{one.id}"}}
        for one, dong in zip(chosen, homes, strict=True)
    ]


def _in_a_body(city: City, chosen: list[Truth]) -> list[dict[str, Any]]:
    ids = sorted(city.bodies)
    return [{"id": one.id, "body": ids[number % len(ids)]} for number, one in enumerate(chosen)]


def _in_a_sensitive_body(city: City, chosen: list[Truth]) -> list[dict[str, Any]]:
    closed = sorted(body.id for body in city.bodies.values() if body.sensitive)
    return [{"id": one.id, "body": closed[number % len(closed)]} for number, one in enumerate(chosen)]


CHANGES = {
    "names removed": Change(Field.NAME, _cleared("name", "name_index"), _set),
    "numbers removed": Change(Field.PHONE, _cleared("phone", "phone_index"), _set),
    "addresses removed": Change(Field.EMAIL, _cleared("email", "email_index"), _set),
    "sexes changed": Change(Field.SEX, _other_sex, _set),
    "sexes removed": Change(Field.SEX, _cleared("sex"), _set),
    "ages changed": Change(Field.AGE, _other_age, _set),
    "ages removed": Change(Field.AGE, _cleared("born"), _set),
    "people moved": Change(Field.RESIDENCE, _other_dong, _move),
    "people left their bodies": Change(Field.AFFILIATION, _in_a_body, _leave),
    "people joined a body": Change(Field.AFFILIATION, _in_a_body, _join),
}


ALL_AT_ONCE = (
    "names removed",
    "numbers removed",
    "addresses removed",
    "sexes changed",
    "ages changed",
    "people moved",
    "people left their bodies",
    "people joined a body",
)


def _questions(city: City, purpose: Purpose) -> list[PageRequest]:
    """List requests that look at every field, by every way."""
    base = Audience(purpose, EVERYWHERE, NOW)
    organizations = BodyCondition(groups=("volunteers", "fire-brigades"))
    societies = BodyCondition(kinds=("CIVIL_SOCIETY_ORGANIZATION", "PUBLIC_FACILITY"))
    audiences = [
        base,
        replace(base, sex=Sex.FEMALE),
        replace(base, born=(1950, 1975)),
        replace(base, regions=("11010", "11020", "11230")),
        replace(base, regions=("11",), sex=Sex.MALE, born=(1940, 1990)),
        replace(base, affiliation=organizations),
        replace(base, affiliation=societies, regions=("11",)),
        replace(base, affiliation=BodyCondition(regions=("11010", "11240")), sex=Sex.FEMALE),
    ]
    asked = [Wish(audience, None).of(city) for audience in audiences]
    requests = [by_id(audience, 150, 1_200) for audience in asked]
    requests += [by_place(city, audience, 100, 1_200) for audience in asked if audience.regions is not None]
    requests += [
        by_roster(audience, 100, oracle.fitting_bodies(city, audience.affiliation))
        for audience in asked
        if audience.affiliation is not None
    ]
    return requests


async def answers(tx: Transaction, city: City, purpose: Purpose, some: list[Truth]) -> list[object]:
    """Give all that callers can learn: pages with everything on them, where the next starts, counts, single people."""
    opener = Opener(city.keyring, city.keyring.tenant)

    def look() -> Look:
        seed = secrets.token_bytes(32)
        return Look(uuid.uuid4().hex, NOW, "actor", BUREAU, purpose, "participants", "test", "trace", seed=seed)

    found: list[object] = []
    for request in _questions(city, purpose):
        audience = request.audience
        asked = Asked(purpose, EVERYWHERE, NOW, frozenset(Field), frozenset(Field), audience.filtered)
        page = await disclosures.disclose_page(tx, replace(request, with_affiliations=True), asked, opener, look())
        found += [oracle.comparable(page.people), page.last]
        found.append(await people.count(tx, audience, request.bodies))
    asked = Asked(purpose, EVERYWHERE, NOW, frozenset(Field), frozenset(Field))
    for person in some:
        shown = await disclosures.disclose_one(tx, person.id, asked, opener, look())
        found += oracle.comparable([shown])
    return found


async def compare(city: City, purpose: Purpose, changes: list[tuple[Change, list[Truth]]]) -> None:
    """Ask before and after changes to some people, in a transaction that is undone."""
    some = changes[0][1][:20]

    async def work(tx: Transaction) -> None:
        before = await answers(tx, city, purpose, some)
        for change, chosen in changes:
            await change.write(tx, change.rows(city, chosen))
        # Not compared in the assertion: to explain a difference of so many answers takes longer than to find it.
        alike = await answers(tx, city, purpose, some) == before
        assert alike, "An answer tells of a value that is withheld."
        raise Undo

    with pytest.raises(Undo):
        await city.graph.write(work, within=240.0)


def withheld(city: City, purpose: Purpose, *names: str) -> list[tuple[Change, list[Truth]]]:
    """Pair changes with everybody who withholds the field."""
    return [(CHANGES[name], withholding(city, purpose, CHANGES[name].field)) for name in names]


async def test_changing_all_withheld_values_changes_no_answer(city: City) -> None:
    """Everything is changed of whoever withholds it, and every page, count and cursor stays as it was."""
    changes = withheld(city, Purpose.CITY_NEWS, *ALL_AT_ONCE)
    assert all(300 < len(chosen) < len(city.people) for _, chosen in changes)
    await compare(city, Purpose.CITY_NEWS, changes)


@pytest.mark.slow
@pytest.mark.parametrize("purpose", CONSENTED_PURPOSES[1:])
async def test_the_same_holds_for_every_purpose(city: City, purpose: Purpose) -> None:
    """Consent for one purpose is none for another."""
    await compare(city, purpose, withheld(city, purpose, *ALL_AT_ONCE))


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
async def test_no_change_of_withheld_values_changes_an_answer(city: City, change: str) -> None:
    """The same for each change alone, so that none of them hides another."""
    await compare(city, Purpose.CITY_NEWS, withheld(city, Purpose.CITY_NEWS, change))


async def test_enrolment_learns_nothing_of_what_it_does_not_disclose(city: City) -> None:
    """To the enrolling department, everybody's sex, age, home and bodies are withheld."""
    names = ("sexes changed", "ages changed", "people moved", "people left their bodies", "people joined a body")
    await compare(city, Purpose.ENROLMENT, [(CHANGES[name], list(city.people)) for name in names])


@pytest.mark.slow
async def test_joining_a_sensitive_body_in_silence_changes_no_answer(city: City) -> None:
    """Whoever has not agreed to show such memberships can have any, and nothing tells (P5)."""
    chosen = [one for one in city.people if not oracle.agreed_to_sensitive(one, Purpose.CITY_NEWS)]
    joined = Change(Field.AFFILIATION, _in_a_sensitive_body, _join)
    await compare(city, Purpose.CITY_NEWS, [(joined, chosen)])


@pytest.mark.slow
@pytest.mark.parametrize("change", CHANGES)
async def test_the_comparison_sees_what_is_not_withheld(city: City, change: str) -> None:
    """A change of values that are shown does change answers, or this file would prove nothing."""
    with pytest.raises(AssertionError, match="tells of a value"):
        await compare(city, Purpose.CITY_NEWS, [(CHANGES[change], list(city.people))])
