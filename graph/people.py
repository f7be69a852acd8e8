"""Finding participants: pages by key, counts, and one by id; rows come back sealed, for `graph.opening` to open.

Every filter on a personal field reaches only people whose consent covers that field for the purpose (L1), and the
consent filter stands before every other condition (L2). The filter makes the answer fast; the gate decides it.
"""

from dataclasses import dataclass
from typing import Any, Final, LiteralString, TypeAlias

from consent.scope import Scope
from consent.vocabulary import Field, Purpose, Sex
from graph.standings import PROPERTIES, field_mark
from graph.transaction import Transaction
from graph.windows import Axis

Row: TypeAlias = dict[str, Any]

# A walk may read this many keys more than it needs at first; a window that found too little is widened.
_MARGIN: Final = 3.0
_WIDEST_STEP: Final = 8.0
# After so many people, the rest is read in one scan.
_MOST_BY_WINDOW: Final = 20_000


@dataclass(frozen=True, slots=True)
class BodyCondition:
    """What one affiliation has to be; None leaves a part open. `regions` are codes that cover what is under them."""

    bodies: tuple[str, ...] | None = None
    groups: tuple[str, ...] | None = None
    kinds: tuple[str, ...] | None = None
    regions: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a caller asks for: people whose consent for `purpose` is in force at `now`, and who fit the filters.

    `regions` is where they live, codes that cover what is under them, and `dongs` the same as a list of dongs; `born`
    is a first and a last year of birth, both included.
    """

    purpose: Purpose
    scope: Scope
    now: int
    regions: tuple[str, ...] | None = None
    dongs: tuple[str, ...] | None = None
    affiliation: BodyCondition | None = None
    sex: Sex | None = None
    born: tuple[int, int] | None = None

    @property
    def filtered(self) -> frozenset[Field]:
        """The personal fields that the filters are on: being in the answer discloses them."""
        asked = {
            Field.RESIDENCE: self.regions,
            Field.AFFILIATION: self.affiliation,
            Field.SEX: self.sex,
            Field.AGE: self.born,
        }
        return frozenset(field for field, condition in asked.items() if condition is not None)


@dataclass(frozen=True, slots=True)
class PageRequest:
    """One page: at most `size` rows after the key `after`, along `axis`, or among the members of `bodies`."""

    audience: Audience
    size: int
    after: str | None
    axis: Axis
    by_place: bool
    bodies: tuple[str, ...] | None
    with_affiliations: bool


_IN_FORCE: Final[LiteralString] = """
p[$until] > $now AND all(mark IN $marks WHERE p[$covers] CONTAINS mark)
AND ($department IS NULL OR p.enrolment_department = $department)
AND ($scope_regions IS NULL OR any(code IN $scope_regions WHERE p.jurisdiction STARTS WITH code))
AND ($scope_groups IS NULL OR p.group IN $scope_groups)
AND ($sex IS NULL OR p.sex = $sex)
AND ($born_first IS NULL OR (p.born >= $born_first AND p.born <= $born_last))
"""
_FITTING_BODY: Final[LiteralString] = """
(b.sensitive = false OR p[$covers] CONTAINS ' SENSITIVE ')
AND ($bodies IS NULL OR b.id IN $bodies) AND ($groups IS NULL OR b.group IN $groups)
AND ($kinds IS NULL OR b.kind IN $kinds)
AND ($body_regions IS NULL OR any(code IN $body_regions WHERE b.region STARTS WITH code))
"""
_LIVES_THERE: Final[LiteralString] = "\nAND ($regions IS NULL OR any(code IN $regions WHERE p.dong STARTS WITH code))\n"
_AFFILIATED: Final[LiteralString] = (
    "\nAND EXISTS { MATCH (p)-[:MEMBER_OF|SERVES_ON]->(b:Body) WHERE " + _FITTING_BODY + " }\n"
)
_PERSON: Final[LiteralString] = """
p {.id, .sex, .born, .name, .phone, .email, .data_key, .jurisdiction, .group, .dong, .place,
   department: p.enrolment_department, state: p[$state], until: p[$until], covers: p[$covers]} AS person
"""
_AFFILIATIONS: Final[LiteralString] = """
[(p)-[m:MEMBER_OF|SERVES_ON]->(b:Body) | {relation: type(m), role: m.role, seat: m.seat, since: m.since,
   until: m.until, id: b.id, name_ko: b.name_ko, name_en: b.name_en, kind: b.kind, committee: b.committee,
   group: b.group, region: b.region, sensitive: b.sensitive}] AS affiliations
"""
# A page is one record: a hundred records of maps take the driver three times as long.
_PLAIN: Final[LiteralString] = "WITH " + _PERSON + " RETURN collect([person, null]) AS page"
_WITH_AFFILIATIONS: Final[LiteralString] = (
    "WITH " + _PERSON + ", " + _AFFILIATIONS + " RETURN collect([person, affiliations]) AS page"
)
# The range stands alone in its clause, or the embedded engine prefers a scan of everybody.
_BY_ID: Final[LiteralString] = (
    "MATCH (p:Participant) WHERE p.id > $low AND p.id < $high WITH p WHERE " + _IN_FORCE + _LIVES_THERE
)
_BY_PLACE: Final[LiteralString] = (
    "MATCH (p:Participant) WHERE p.place > $low AND p.place < $high WITH p WHERE " + _IN_FORCE
)
# Where windows would have to be wide, it is quicker to read everybody once: the range comes last and uses no index.
_SCAN_BY_ID: Final[LiteralString] = (
    "MATCH (p:Participant) WHERE " + _IN_FORCE + _LIVES_THERE + "WITH p WHERE p.id > $low"
)
_SCAN_BY_PLACE: Final[LiteralString] = (
    "MATCH (p:Participant) WHERE " + _IN_FORCE + _LIVES_THERE + "WITH p WHERE p.place > $low"
)
_ID_ORDER: Final[LiteralString] = "\nWITH p ORDER BY p.id LIMIT $limit\n"
_PLACE_ORDER: Final[LiteralString] = "\nWITH p ORDER BY p.place LIMIT $limit\n"
# The conditions stand in a clause of their own: the embedded engine does not see that p[$covers] speaks of p, and
# would ask what speaks of b and of p[$covers] before it has found p, as if nobody had agreed.
_ROSTERED: Final[LiteralString] = (
    "UNWIND $roster AS body MATCH (b:Body {id: body})<-[:MEMBER_OF|SERVES_ON]-(p:Participant) WITH b, p WHERE "
)
_MEMBERS: Final[LiteralString] = (
    _ROSTERED
    + "p.id > $low AND "
    + _FITTING_BODY
    + " AND "
    + _IN_FORCE
    + _LIVES_THERE
    + "\nWITH DISTINCT p ORDER BY p.id LIMIT $limit\n"
)
# By: place or id; scan or window; a condition on affiliations or none; affiliations in the answer or not.
_PAGES: Final[dict[tuple[bool, bool, bool, bool], LiteralString]] = {
    (place, scan, condition != "", answer is not _PLAIN): head + condition + order + answer
    for place, scan, head, order in (
        (False, False, _BY_ID, _ID_ORDER),
        (False, True, _SCAN_BY_ID, _ID_ORDER),
        (True, False, _BY_PLACE, _PLACE_ORDER),
        (True, True, _SCAN_BY_PLACE, _PLACE_ORDER),
    )
    for condition in ("", _AFFILIATED)
    for answer in (_PLAIN, _WITH_AFFILIATIONS)
}
_ROSTER: Final[dict[bool, LiteralString]] = {False: _MEMBERS + _PLAIN, True: _MEMBERS + _WITH_AFFILIATIONS}
_ONE: Final[LiteralString] = "MATCH (p:Participant {id: $id}) " + _WITH_AFFILIATIONS


async def page(tx: Transaction, request: PageRequest) -> list[tuple[Row, list[Row] | None]]:
    """Return up to `size` + 1 sealed rows, each a person and, if asked for, their affiliations, in key order.

    The row past `size` tells that there is a next page.
    """
    if request.bodies is not None:
        parameters = _parameters(request.audience) | {
            "roster": list(request.bodies),
            "low": request.after or "",
            "limit": request.size + 1,
        }
        rows = await _rows(tx, _ROSTER[request.with_affiliations], parameters)
        return sorted(rows, key=lambda row: row[0]["id"])
    return await _walk(tx, request)


async def _walk(tx: Transaction, request: PageRequest) -> list[tuple[Row, list[Row] | None]]:
    axis, after, needed = request.axis, request.after, request.size + 1
    parameters = _parameters(request.audience)
    found: list[tuple[Row, list[Row] | None]] = []
    at = begun = 0 if after is None else axis.position(after)
    width = axis.width_for(needed * _MARGIN)
    patience = axis.width_for(_MOST_BY_WINDOW)
    while at < axis.length and len(found) < needed:
        scan = at - begun > patience
        window = axis.window(after, at, width)
        missing = needed - len(found)
        text = _PAGES[request.by_place, scan, request.audience.affiliation is not None, request.with_affiliations]
        rows = await _rows(tx, text, parameters | {"low": window.low, "high": window.high, "limit": missing})
        # Neither engine promises that collecting keeps the order.
        found += sorted(rows, key=lambda row: row[0]["place" if request.by_place else "id"])
        # What was found tells how dense the audience is here, and so how wide the next window should be.
        step = _WIDEST_STEP if not rows else min(max((missing - len(rows)) * 1.5 / len(rows), 0.25), _WIDEST_STEP)
        width = int(width * step) + 1
        at = axis.length if scan else window.end
    return found


async def _rows(tx: Transaction, text: LiteralString, parameters: dict[str, Any]) -> list[tuple[Row, list[Row] | None]]:
    result = await tx.run(text, parameters)
    record = await result.single(strict=True)
    return [(person, affiliations) for person, affiliations in record["page"]]


async def one(tx: Transaction, participant: str, purpose: Purpose) -> tuple[Row, list[Row] | None] | None:
    """Return the sealed row of one participant whatever their standing, or None when there is none."""
    names = PROPERTIES[purpose]
    rows = await _rows(
        tx, _ONE, {"id": participant, "state": names.state, "until": names.until, "covers": names.covers}
    )
    return rows[0] if rows else None


_COUNTED: Final[LiteralString] = " RETURN count(p) AS people"
_COUNTED_ONCE: Final[LiteralString] = " RETURN count(DISTINCT p) AS people"
# The whole audience of a purpose, without a condition that half a million people would have to be asked.
_COUNT_EVERYBODY: Final[LiteralString] = "MATCH (p:Participant) WHERE p[$until] > $now" + _COUNTED
_COUNT_BY_SCAN: Final[LiteralString] = "MATCH (p:Participant) WHERE " + _IN_FORCE + _LIVES_THERE + _COUNTED
_RESIDENTS: Final[LiteralString] = (
    "UNWIND $dongs AS dong MATCH (:Region {code: dong})<-[:LIVES_IN]-(p:Participant) WHERE " + _IN_FORCE
)
_COUNT_RESIDENTS: Final[LiteralString] = _RESIDENTS + _COUNTED
_COUNT_RESIDENTS_AFFILIATED: Final[LiteralString] = _RESIDENTS + _AFFILIATED + _COUNTED
_COUNT_ROSTER: Final[LiteralString] = _ROSTERED + _FITTING_BODY + " AND " + _IN_FORCE + _LIVES_THERE + _COUNTED_ONCE
_COUNT_MEMBERS: Final[LiteralString] = (
    "MATCH (b:Body)<-[:MEMBER_OF|SERVES_ON]-(p:Participant) WHERE "
    + _FITTING_BODY
    + " AND "
    + _IN_FORCE
    + _LIVES_THERE
    + _COUNTED_ONCE
)
# Past so many dongs, a scan of everybody is cheaper than following every edge to a dong.
_MOST_DONGS_BY_EDGE: Final = 150


async def count(tx: Transaction, audience: Audience, bodies: tuple[str, ...] | None) -> int:
    """Return how many people the audience has; `bodies`, where given, are all that its affiliation can be."""
    parameters = _parameters(audience)
    if bodies is not None:
        parameters["roster"] = list(bodies)
    result = await tx.run(_count_text(audience, roster=bodies is not None), parameters)
    people: int = (await result.single(strict=True))["people"]
    return people


def _count_text(audience: Audience, *, roster: bool) -> LiteralString:
    few_dongs = audience.dongs is not None and len(audience.dongs) <= _MOST_DONGS_BY_EDGE
    if roster:
        return _COUNT_ROSTER
    if audience.affiliation is not None:
        return _COUNT_RESIDENTS_AFFILIATED if few_dongs else _COUNT_MEMBERS
    if few_dongs:
        return _COUNT_RESIDENTS
    scope = audience.scope
    everybody = scope.regions is None and scope.groups is None and audience.purpose is not Purpose.ENROLMENT
    return _COUNT_EVERYBODY if everybody and not audience.filtered else _COUNT_BY_SCAN


def _parameters(audience: Audience) -> dict[str, Any]:
    names, scope, condition = PROPERTIES[audience.purpose], audience.scope, audience.affiliation
    condition = condition or BodyCondition()
    first, last = audience.born or (None, None)
    return {
        "now": audience.now,
        "state": names.state,
        "until": names.until,
        "covers": names.covers,
        "marks": [field_mark(field) for field in sorted(audience.filtered)],
        "department": scope.department if audience.purpose is Purpose.ENROLMENT else None,
        "scope_regions": _listed(scope.regions),
        "scope_groups": _listed(None if scope.groups is None else tuple(sorted(scope.groups))),
        "sex": None if audience.sex is None else str(audience.sex),
        "born_first": first,
        "born_last": last,
        "regions": _listed(audience.regions),
        "dongs": _listed(audience.dongs),
        "bodies": _listed(condition.bodies),
        "groups": _listed(condition.groups),
        "kinds": _listed(condition.kinds),
        "body_regions": _listed(condition.regions),
    }


def _listed(values: tuple[str, ...] | None) -> list[str] | None:
    return None if values is None else list(values)


async def population(tx: Transaction) -> int:
    """Return how many participants there are, whatever they agreed to; for planning walks, never for an answer."""
    result = await tx.run("MATCH (p:Participant) RETURN count(p) AS people")
    people: int = (await result.single(strict=True))["people"]
    return people
