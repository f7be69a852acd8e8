"""What the interface should answer, from the truth about everybody in the city."""

from typing import Any, Final

from consent.vocabulary import Field, Purpose
from directory.contacts.filters import ParticipantFilter, body_condition, born_between
from directory.contacts.regions import RegionMap
from graph.opening import Asked, ShownPerson
from graph.people import Audience
from tests.directory.desk import CALLERS, Desk
from tests.graph import oracle
from tests.loaded_city import Truth

PEOPLE: Final = """
query ($purpose: Purpose!, $where: ParticipantFilter, $first: Int, $after: String) {
  participants(purpose: $purpose, where: $where, first: $first, after: $after) {
    count endCursor hasNextPage
    nodes {
      id name sex age phone email residence { id } affiliations { body { id } relation role seat since until }
      withheld { field reason }
    }
  }
}
"""
ONE: Final = """
query ($id: ID!, $purpose: Purpose!) {
  participant(id: $id, purpose: $purpose) {
    id name sex age phone email residence { id } affiliations { body { id } relation role seat since until }
    withheld { field reason }
  }
}
"""


def audience(desk: Desk, by: str, purpose: Purpose, where: ParticipantFilter, regions: RegionMap) -> list[Truth]:
    """Give whom a caller may be shown, in the order of their ids."""
    chosen = None if where.regions is None else tuple(where.regions)
    asked = Audience(
        purpose=purpose,
        scope=CALLERS[by][1],
        now=desk.clock.now,
        regions=chosen,
        affiliation=body_condition(where, regions),
        sex=where.sex,
        born=born_between(where, desk.clock.now),
    )
    return oracle.audience_of(desk.city, asked)


def person(desk: Desk, by: str, purpose: Purpose, truth: Truth) -> dict[str, Any] | None:
    """Give what a caller may be shown of one person, in the form of `node`, None where it is nothing at all."""
    everything = frozenset(Field)
    asked = Asked(purpose, CALLERS[by][1], desk.clock.now, everything, everything)
    shown = oracle.shown(desk.city, truth, asked)
    return None if shown is None else _as_node(shown, desk)


def fields_shown(desk: Desk, by: str, purpose: Purpose, truth: Truth) -> set[str]:
    """Give the fields that a caller may be shown of one person."""
    found = person(desk, by, purpose, truth)
    assert found is not None
    return {str(field) for field in Field} - {field for field, _ in found["withheld"]}


def node(answered: dict[str, Any]) -> dict[str, Any]:
    """Bring a participant of an answer into a form that does not depend on the order of lists."""
    affiliations = answered["affiliations"]
    if affiliations is not None:
        affiliations = sorted(_row(row | {"id": row["body"]["id"]}) for row in affiliations)
    return answered | {
        "affiliations": affiliations,
        "withheld": sorted((row["field"], row["reason"]) for row in answered["withheld"]),
    }


def _as_node(shown: ShownPerson, desk: Desk) -> dict[str, Any]:
    affiliations = None
    if shown.affiliations is not None:
        affiliations = sorted(
            _row(
                {
                    "id": row.body["id"],
                    "relation": row.relation,
                    "role": row.role,
                    "seat": row.seat,
                    "since": row.since,
                    "until": row.until,
                }
            )
            for row in shown.affiliations
        )
    return {
        "id": shown.id,
        "name": shown.name,
        "sex": None if shown.sex is None else str(shown.sex),
        "age": None if shown.born is None else 2013 - shown.born,
        "phone": shown.phone,
        "email": shown.email,
        "residence": None if shown.residence is None else {"id": shown.residence},
        "affiliations": affiliations,
        "withheld": sorted((str(field), str(reason)) for field, reason in shown.withheld),
    }


def _row(row: dict[str, Any]) -> tuple[str, ...]:
    return tuple(row[name] or "" for name in ("id", "relation", "role", "seat", "since", "until"))
