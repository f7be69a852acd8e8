"""What the graph should answer, worked out in plain Python from the truth, without the gate and without a query."""

from collections.abc import Iterable
from typing import Any

from consent.scope import Scope
from consent.standing import PurposeStanding
from consent.vocabulary import Field, Purpose, RefusalReason, Sex, State
from graph.opening import Asked, ShownAffiliation, ShownPerson
from graph.people import Audience, BodyCondition
from tests.loaded_city import City, Truth

_CONTACT = frozenset({Field.NAME, Field.PHONE, Field.EMAIL})


def covered(person: Truth, purpose: Purpose) -> frozenset[Field]:
    """Give the fields that consent, or the enrolment, covers."""
    if purpose is Purpose.ENROLMENT:
        return _CONTACT
    return person.purposes.get(purpose, PurposeStanding(State.NOT_ASKED)).fields


def in_scope(person: Truth, purpose: Purpose, scope: Scope) -> bool:
    """Say whether the actor may act for the person's record at all."""
    if purpose not in scope.purposes:
        return False
    if scope.regions is not None and not any(person.jurisdiction[: len(code)] == code for code in scope.regions):
        return False
    if purpose is Purpose.ENROLMENT and person.department not in {None, scope.department}:
        return False
    return scope.groups is None or person.group in scope.groups


def refusal_of_purpose(person: Truth, purpose: Purpose, now: int) -> RefusalReason | None:
    """Give why nothing at all may be shown for the purpose, None where something may."""
    recorded = person.purposes.get(purpose, PurposeStanding(State.NOT_ASKED))
    if purpose is Purpose.ENROLMENT:
        if person.department is None:
            return RefusalReason.NOT_ASKED
        if recorded.state in {State.REFUSED, State.WITHDRAWN, State.EXPIRED}:
            return RefusalReason(recorded.state)
        asked = {purpose for purpose in Purpose if purpose is not Purpose.ENROLMENT}
        return None if now < person.enrolment_until and asked - person.purposes.keys() else RefusalReason.EXPIRED
    if recorded.state is State.GRANTED:
        return None if now < recorded.until else RefusalReason.EXPIRED
    return RefusalReason(recorded.state)


def agreed_to_sensitive(person: Truth, purpose: Purpose) -> bool:
    """Say whether sensitive affiliations may be shown, provided that affiliations may."""
    return purpose is not Purpose.ENROLMENT and purpose in person.purposes and person.purposes[purpose].sensitive


def audience_of(city: City, audience: Audience) -> list[Truth]:
    """Give everybody in the audience, in the order of their ids."""
    return [person for person in city.people if _belongs(city, person, audience)]


def _belongs(city: City, person: Truth, audience: Audience) -> bool:  # noqa: PLR0911 - a return a condition
    purpose = audience.purpose
    if not in_scope(person, purpose, audience.scope):
        return False
    if refusal_of_purpose(person, purpose, audience.now) is not None:
        return False
    fields = covered(person, purpose)
    if audience.sex is not None and (Field.SEX not in fields or person.sex != audience.sex):
        return False
    if audience.born is not None:
        first, last = audience.born
        if Field.AGE not in fields or person.born is None or not first <= person.born <= last:
            return False
    if audience.regions is not None and (
        Field.RESIDENCE not in fields or not any(person.dong[: len(code)] == code for code in audience.regions)
    ):
        return False
    if audience.affiliation is None:
        return True
    return Field.AFFILIATION in fields and any(
        body in fitting_bodies(city, audience.affiliation)
        and (not city.bodies[body].sensitive or agreed_to_sensitive(person, purpose))
        for body in (affiliation.body for affiliation in person.affiliations)
    )


def listed_under(city: City, audience: Audience, person: Truth) -> tuple[int, str]:
    """Give where a walk body by body meets somebody in the audience: under the first body that they may be shown in."""
    bodies = fitting_bodies(city, audience.affiliation or BodyCondition())
    shown = {
        affiliation.body
        for affiliation in person.affiliations
        if not city.bodies[affiliation.body].sensitive or agreed_to_sensitive(person, audience.purpose)
    }
    return next(rank for rank, body in enumerate(bodies) if body in shown), person.id


def fitting_bodies(city: City, condition: BodyCondition) -> tuple[str, ...]:
    """Give the ids of the bodies that fit, ascending, the sensitive ones last."""
    return tuple(
        body
        for _, body in sorted(
            (body.sensitive, body.id)
            for body in city.bodies.values()
            if (condition.bodies is None or body.id in condition.bodies)
            and (condition.groups is None or body.group in condition.groups)
            and (condition.kinds is None or str(body.kind) in condition.kinds)
            and (condition.regions is None or any(body.region[: len(code)] == code for code in condition.regions))
        )
    )


def shown(city: City, person: Truth, asked: Asked) -> ShownPerson | None:
    """Give what may be shown of the person, affiliations in the order of their bodies' ids."""
    if not in_scope(person, asked.purpose, asked.scope):
        return None
    none_of_it = refusal_of_purpose(person, asked.purpose, asked.now)
    fields = covered(person, asked.purpose)
    affiliations = tuple(
        ShownAffiliation(
            relation=str(affiliation.relation),
            role=affiliation.role,
            seat=affiliation.seat,
            since=affiliation.since,
            until=affiliation.until,
            body={"id": affiliation.body},
        )
        for affiliation in sorted(person.affiliations, key=lambda affiliation: affiliation.body)
        if not city.bodies[affiliation.body].sensitive or agreed_to_sensitive(person, asked.purpose)
    )
    held: dict[Field, Any] = {
        Field.NAME: person.name,
        Field.SEX: None if person.sex is None else Sex(person.sex),
        Field.AGE: person.born,
        Field.PHONE: person.phone,
        Field.EMAIL: person.email,
        Field.AFFILIATION: affiliations or None,
        Field.RESIDENCE: person.dong,
    }
    reasons = {}
    for field in Field:
        if none_of_it is not None:
            reasons[field] = none_of_it
        elif field not in fields:
            reasons[field] = RefusalReason.NOT_COVERED
        elif held[field] is None:
            reasons[field] = RefusalReason.NOT_HELD
    value = {field: held[field] if field in asked.fields - reasons.keys() else None for field in Field}
    return ShownPerson(
        id=person.id,
        name=value[Field.NAME],
        sex=value[Field.SEX],
        born=value[Field.AGE],
        phone=value[Field.PHONE],
        email=value[Field.EMAIL],
        residence=value[Field.RESIDENCE],
        affiliations=value[Field.AFFILIATION],
        withheld=tuple((field, reason) for field, reason in reasons.items() if field in asked.reasons),
        shown=(asked.fields - reasons.keys()) | asked.filtered,
    )


def comparable(people: Iterable[ShownPerson | None]) -> list[tuple[object, ...] | None]:
    """Give what was shown in a form that does not depend on the order of affiliations, which is nobody's promise."""
    return [None if person is None else _comparable(person) for person in people]


def _comparable(person: ShownPerson) -> tuple[object, ...]:
    affiliations = None
    if person.affiliations is not None:
        affiliations = sorted(
            (row.body["id"], row.relation, row.role or "", row.seat or "", row.since, row.until or "")
            for row in person.affiliations
        )
    return (
        person.id,
        person.name,
        person.sex,
        person.born,
        person.phone,
        person.email,
        person.residence,
        affiliations,
        person.withheld,
        person.shown,
    )
