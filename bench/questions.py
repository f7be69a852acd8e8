"""The questions that are measured, as the service takes them and as GraphQL does."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

import orjson

from consent.vocabulary import Field, Purpose, Sex
from directory.contacts.filters import ParticipantFilter
from directory.contacts.service import Wanted
from directory.reference.regions import all_regions
from graph.vocabulary import RegionLevel

PURPOSE: Final = Purpose.DISASTER_RESPONSE
PAGE_SIZE: Final = 100
# Every field of a person, with the reason for everything that is withheld.
EVERYTHING: Final = Wanted(frozenset(Field), reasons=True)
COUNT_ALONE: Final = Wanted(frozenset(), reasons=False, people=False, count=True)

_PERSON: Final = """
id name sex age phone email
residence { id nameKo nameEn }
affiliations { relation role seat since until body { id nameKo kind region { id nameKo } } }
withheld { field reason }
"""
PAGE: Final = (
    "query Page($purpose: Purpose!, $where: ParticipantFilter, $first: Int!, $after: String) {"
    "participants(purpose: $purpose, where: $where, first: $first, after: $after) {"
    f"nodes {{ {_PERSON} }} endCursor hasNextPage }} }}"
)
PERSON: Final = (
    f"query Person($id: ID!, $purpose: Purpose!) {{ participant(id: $id, purpose: $purpose) {{ {_PERSON} }} }}"
)
COUNT: Final = (
    "query Count($purpose: Purpose!, $where: ParticipantFilter) {"
    "participants(purpose: $purpose, where: $where) { count } }"
)
NETWORK: Final = (
    "{ network { participants headcount categories { category headcount participants }"
    " stages { number deadline headcount participants } groups { nameKo stage headcount participants } } }"
)


@dataclass(frozen=True, slots=True)
class Question:
    """A GraphQL request."""

    query: str
    variables: dict[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> bytes:
        """The request's body over HTTP."""
        return orjson.dumps({"query": self.query, "variables": self.variables})


@dataclass(frozen=True, slots=True)
class Audience:
    """An audience: what it is called, the filter as the service takes it, and as GraphQL does."""

    what: str
    where: ParticipantFilter = field(default_factory=ParticipantFilter)
    graphql: Mapping[str, Any] = field(default_factory=dict)

    def page(self, after: str | None, size: int = PAGE_SIZE) -> Question:
        """Return the request for a page of it."""
        variables = {"purpose": PURPOSE, "where": dict(self.graphql), "first": size, "after": after}
        return Question(PAGE, variables)

    def count(self) -> Question:
        """Return the request for its size."""
        return Question(COUNT, {"purpose": PURPOSE, "where": dict(self.graphql)})


def person(participant: str) -> Question:
    """Return the request for one participant."""
    return Question(PERSON, {"id": participant, "purpose": PURPOSE})


# The dong where the most people live.
_DONG: Final = "1115066"
_DISTRICT: Final = _DONG[:5]

WHOLE_CITY: Final = Audience("whole city")
PAGES: Final = (
    WHOLE_CITY,
    Audience("one district", ParticipantFilter(regions=[_DISTRICT]), {"regions": [_DISTRICT]}),
    Audience("one dong", ParticipantFilter(regions=[_DONG]), {"regions": [_DONG]}),
    Audience("one group, of many bodies", ParticipantFilter(groups=["volunteers"]), {"groups": ["volunteers"]}),
    Audience("one group, of few bodies", ParticipantFilter(groups=["fire-brigades"]), {"groups": ["fire-brigades"]}),
)
FIRST_PAGE: Final = WHOLE_CITY.page(None)


def counted() -> tuple[Audience, Audience, Audience]:
    """Return the audiences that are counted: everybody, everybody of a sex and age, and 20 dongs over the city."""
    dongs = [region.code for region in all_regions() if region.level is RegionLevel.DONG]
    twenty = dongs[:: len(dongs) // 20][:20]
    women = ParticipantFilter(sex=Sex.FEMALE, age_from=40, age_to=59)
    return (
        WHOLE_CITY,
        Audience("whole city, women of 40 to 59", women, {"sex": "FEMALE", "ageFrom": 40, "ageTo": 59}),
        Audience("20 dongs", ParticipantFilter(regions=twenty), {"regions": twenty}),
    )
