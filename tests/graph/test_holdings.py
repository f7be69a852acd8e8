"""What is held of one person: all of it, every look at them however many, and nobody for whom there is nothing."""

from collections.abc import AsyncIterator

import pytest_asyncio

from consent.vocabulary import Field
from graph import disclosures, holdings
from graph.transaction import Transaction
from tests.graph.test_erasing import look, shown
from tests.loaded_city import City
from tests.own_person import OwnPerson, own_person

LOOKS = 1_003


@pytest_asyncio.fixture
async def person(city: City) -> AsyncIterator[OwnPerson]:
    """Enrol somebody for one test, and remove the looks at them."""
    async with own_person(city) as somebody:
        yield somebody
        await city.graph.write(tidy)


async def tidy(tx: Transaction) -> None:
    """Remove the looks."""
    await (await tx.run("MATCH (l:Look {actor: 'erasing'})-[:SHOWED]->(d) DETACH DELETE d, l")).consume()


async def test_everything_is_held_as_it_was_put_in(city: City, person: OwnPerson) -> None:
    """The properties, sealed ones sealed, and the affiliation; no event yet."""
    held = await city.graph.read(holdings.holdings, person.id)
    assert held is not None
    assert held.properties == person.row
    assert [(each["body_id"], each["relation"], each["role"]) for each in held.affiliations] == [
        (person.body, "MEMBER_OF", "회원")
    ]
    assert held.events == []


async def test_nobody_holds_nothing(city: City) -> None:
    """An id that is nobody's has no holdings, and a contact that is nobody's no person."""
    assert await city.graph.read(holdings.holdings, "0" * 32) is None
    assert await city.graph.read(holdings.looks_at, "0" * 32) == []
    assert await city.graph.read(holdings.person_by_phone, "0" * 32) is None
    assert await city.graph.read(holdings.person_by_email, "0" * 32) is None


async def test_somebody_is_found_by_either_index(city: City, person: OwnPerson) -> None:
    """Each index finds its own."""
    phone, email = person.row["phone_index"], person.row["email_index"]
    assert await city.graph.read(holdings.person_by_phone, phone) == person.id
    assert await city.graph.read(holdings.person_by_email, email) == person.id
    assert await city.graph.read(holdings.person_by_email, phone) is None


async def test_every_look_is_told_once_however_many(city: City, person: OwnPerson) -> None:
    """More than are read at a time: none is missing and none doubled, newest first."""

    async def many(tx: Transaction) -> None:
        for _ in range(LOOKS):
            await disclosures.record(tx, look(), [shown(person)])

    await city.graph.write(many, within=120.0)
    found = await city.graph.read(holdings.looks_at, person.id, within=60.0)
    assert len(found) == LOOKS
    assert len({each.look.id for each in found}) == LOOKS
    assert {each.fields for each in found} == {(Field.NAME,)}
    assert {each.participant for each in found} == {person.id}
