"""What people are within their bodies: roles, seats and since when."""

from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from directory.synthetic.records import SyntheticAffiliation, SyntheticBody
from graph.vocabulary import BodyKind, Membership


class Roles(NamedTuple):
    """The roles of a body: of its first members one each, then of every so-many-eth one, then of the rest."""

    leading: tuple[str, ...]
    others: str
    every: int = 0
    of_every: str = ""


ROLES: dict[BodyKind, Roles] = {
    BodyKind.RESIDENT_COMMITTEE: Roles(("위원장", "부위원장", "간사"), "위원"),
    BodyKind.ADVISORY_COMMITTEE: Roles(("위원장", "부위원장", "간사"), "위원"),
    BodyKind.NEIGHBOURHOOD_HEADS: Roles((), "반장", 8, "통장"),
    BodyKind.FIRE_BRIGADE: Roles(("대장", "부대장", "지도부장"), "대원"),
    BodyKind.CRIME_PREVENTION_PATROL: Roles(("대장", "부대장", "총무"), "대원"),
    BodyKind.APARTMENT_COMPLEX: Roles(("입주자대표회장", "관리소장", "감사"), "동별 대표자"),
    BodyKind.VOLUNTEER_GROUP: Roles(("단장", "부단장", "총무"), "단원"),
    BodyKind.DISASTER_SAFETY_NETWORK: Roles(("단장", "부단장", "총무"), "단원"),
    BodyKind.PUBLICITY_CORPS: Roles(("단장", "부단장"), "단원"),
    BodyKind.MONITOR_GROUP: Roles(("단장", "부단장"), "단원"),
    BodyKind.CIVIL_SOCIETY_ORGANIZATION: Roles((), "회원", 40, "운영위원"),
    BodyKind.PUBLIC_FACILITY: Roles((), "이용자 모임 회원", 12, "운영위원"),
}

APPOINTED_BY_THE_YEAR = frozenset({BodyKind.PUBLICITY_CORPS, BodyKind.MONITOR_GROUP})
LONGEST_MEMBERSHIP = 3_000
LONGEST_PART_OF_YEAR = 330
YOUNGEST = 14
DAYS_A_YEAR = 365
TERM = 730
"""A seat's term, in days: two years."""


class Affiliations:
    """Makes affiliations as they stand on one day."""

    def __init__(self, as_of: date) -> None:
        """Write out, once, the days that affiliations begin and end on."""
        self._past = [(as_of - timedelta(days=days)).isoformat() for days in range(LONGEST_MEMBERSHIP + 1)]
        self._future = [(as_of + timedelta(days=days)).isoformat() for days in range(TERM + 1)]
        self._end_of_year = date(as_of.year, 12, 31).isoformat()

    def make(self, rng: Random, body: SyntheticBody, place: int, age: int) -> SyntheticAffiliation:
        """Make the affiliation of the person at `place` (0 for the first) in a body.

        Nobody has been a member since before they were 14. The seats of a committee are one a person; their
        terms began and end together, all but a few.
        """
        if body.committee:
            return self._seat(rng, body, place)
        role = role_of(body.kind, place)
        if body.kind in APPOINTED_BY_THE_YEAR:
            since, until = self._past[int(rng.random() * LONGEST_PART_OF_YEAR)], self._end_of_year
        else:
            longest = min(LONGEST_MEMBERSHIP, (age - YOUNGEST) * DAYS_A_YEAR)
            since, until = self._past[int(rng.random() * longest)], None
        return SyntheticAffiliation(body.id, Membership.MEMBER_OF, role, None, since, until)

    def _seat(self, rng: Random, body: SyntheticBody, place: int) -> SyntheticAffiliation:
        leading = ROLES[body.kind].leading
        seat = leading[place] if place < len(leading) else f"{ROLES[body.kind].others} {place + 1}"
        # The body's id is random, so its first digits serve as the day of its term without another draw.
        served = int(body.id[:4], 16) % TERM
        if rng.random() < LATE_SHARE:
            served = int(rng.random() * (served + 1))
        return SyntheticAffiliation(
            body.id, Membership.SERVES_ON, None, seat, self._past[served], self._future[TERM - 1 - served]
        )


LATE_SHARE = 0.1
"""How many took their seat after the others, for a term of their own."""


def role_of(kind: BodyKind, place: int) -> str:
    """Give the role of the person at `place` in a body of that kind."""
    roles = ROLES[kind]
    if place < len(roles.leading):
        return roles.leading[place]
    return roles.of_every if roles.every and place % roles.every == 0 else roles.others


def public_words() -> tuple[str, ...]:
    """Give every role and seat in words, for they stand in the database as they are."""
    return tuple(word for roles in ROLES.values() for word in (*roles.leading, roles.others, roles.of_every) if word)
