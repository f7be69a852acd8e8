"""Walks over pages, as tests follow them to their end."""

from dataclasses import replace
from typing import Final

from consent.scope import Scope
from consent.vocabulary import Purpose
from graph import people
from graph.people import Audience, PageRequest
from tests.graph.audiences import Wish
from tests.loaded_city import BUREAU, NOW, City, Truth

EVERYWHERE: Final = Scope("actor", BUREAU, frozenset(Purpose), None, None)
EVERYBODY: Final = Wish(Audience(Purpose.CITY_NEWS, EVERYWHERE, NOW), None)


async def walk(city: City, request: PageRequest) -> list[str]:
    """Follow a request through all its pages and give the ids in the order in which they came."""
    found: list[str] = []
    while True:
        rows = await city.graph.read(people.page, request)
        assert len(rows) <= request.size + 1
        assert all((affiliations is not None) is request.with_affiliations for _, affiliations in rows)
        page = rows[: request.size]
        found += [person["id"] for person, _ in page]
        if len(rows) <= request.size:
            return found
        request = replace(request, after=request.key_of(page[-1][0]))


def ids(found: list[Truth]) -> list[str]:
    """Give the ids of people."""
    return [person.id for person in found]
