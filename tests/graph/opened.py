"""Rows of the small city as tests open them."""

from typing import Any

from consent.scope import Scope
from consent.vocabulary import Field, Purpose
from graph import people
from graph.opening import Asked, Opener, ShownPerson
from tests.graph import oracle
from tests.loaded_city import BUREAU, NOW, City, Truth

EVERYTHING = frozenset(Field)
EVERYWHERE = Scope("actor", BUREAU, frozenset(Purpose), None, None)
ALL_ASKED = Asked(Purpose.CITY_NEWS, EVERYWHERE, NOW, EVERYTHING, EVERYTHING)
Row = tuple[dict[str, Any], list[dict[str, Any]] | None]


async def row_of(city: City, person: Truth, purpose: Purpose = Purpose.CITY_NEWS) -> Row:
    """Read the sealed row of somebody."""
    row = await city.graph.read(people.one, person.id, purpose)
    assert row is not None
    return row


def opener(city: City) -> Opener:
    """Give an opener with the city's keys."""
    return Opener(city.keyring, city.keyring.tenant)


async def shown(city: City, person: Truth, asked: Asked) -> ShownPerson | None:
    """Open what somebody shows."""
    return opener(city).open(*await row_of(city, person, asked.purpose), asked)


def agreed_to(city: City, *wanted: Field) -> list[Truth]:
    """Find people who hold name, phone and e-mail and agreed to show at least these fields."""
    return [
        person
        for person in city.people
        if oracle.refusal_of_purpose(person, Purpose.CITY_NEWS, NOW) is None
        and oracle.covered(person, Purpose.CITY_NEWS) >= set(wanted)
        and None not in {person.name, person.phone, person.email}
    ]
