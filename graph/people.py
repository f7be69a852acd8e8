"""Finding participants: pages by key, counts, and one by id; rows come back sealed, for `graph.opening` to open.

Every filter on a personal field reaches only people whose consent covers that field for the purpose (L1), and the
consent filter stands before every other condition (L2). The filter makes the answer fast; the gate decides it.
"""

from dataclasses import dataclass
from math import sqrt
from typing import Any, Final, LiteralString, TypeAlias

from consent.vocabulary import Purpose
from graph.audiences import Audience, BodyCondition, PageRequest, parameters
from graph.standings import PROPERTIES
from graph.transaction import Transaction
from graph.windows import Axis, run_length

__all__ = ["Audience", "BodyCondition", "PageRequest", "Row", "count", "one", "page", "population"]

Row: TypeAlias = dict[str, Any]
Rows: TypeAlias = list[tuple[Row, list[Row] | None]]

# A walk may read this many keys more than it needs at first; a window that found too little is widened.
_MARGIN: Final = 3.0
_WIDEST_STEP: Final = 8.0
# After so many people, the rest is read in one scan.
_MOST_BY_WINDOW: Final = 20_000
# So many bodies of a roster are weighed at first, and so many times as many whenever they did not fill the page.
_FIRST_AHEAD: Final = 32
_WIDER_AHEAD: Final = 4

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
_FACTS: Final[LiteralString] = """
p {.id, .sex, .born, .name, .phone, .email, .data_key, .jurisdiction, .group, .dong, .place,
   department: p.enrolment_department, state: p[$state], until: p[$until], covers: p[$covers]
"""
_PERSON: Final[LiteralString] = _FACTS + "} AS person"
_AFFILIATIONS: Final[LiteralString] = """
[(p)-[m:MEMBER_OF|SERVES_ON]->(b:Body) | {relation: type(m), role: m.role, seat: m.seat, since: m.since,
   until: m.until, id: b.id, name_ko: b.name_ko, name_en: b.name_en, kind: b.kind, committee: b.committee,
   group: b.group, region: b.region, sensitive: b.sensitive}] AS affiliations
"""
# A page is one record: a hundred records of maps take the driver three times as long.
_COLLECTED: Final[LiteralString] = " RETURN collect([person, null]) AS page"
_COLLECTED_WITH_AFFILIATIONS: Final[LiteralString] = " RETURN collect([person, affiliations]) AS page"
_PLAIN: Final[LiteralString] = "WITH " + _PERSON + _COLLECTED
_WITH_AFFILIATIONS: Final[LiteralString] = "WITH " + _PERSON + ", " + _AFFILIATIONS + _COLLECTED_WITH_AFFILIATIONS
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
# Everybody is listed under the first body that fits, by the order of `bodies.ids`, and under no other. Of all that is
# around a comprehension, the embedded engine sees only the person: bodies are compared outside of it.
_THE_BODIES: Final[LiteralString] = (
    "[(p)-[:MEMBER_OF|SERVES_ON]->(b:Body) WHERE " + _FITTING_BODY + " | [b.sensitive, b.id]] AS fitting\n"
)
_UNDER_THE_FIRST: Final[LiteralString] = (
    """
WITH p, own, fitting, [body IN fitting WHERE body[1] = own | body[0]][0] AS closed
WHERE closed IS NOT NULL AND none(body IN fitting
    WHERE (body[0] = closed AND body[1] < own) OR (body[0] = false AND closed = true))
WITH DISTINCT p, own, closed ORDER BY closed, own, p.id LIMIT $limit
WITH """
    + _FACTS
    + ", body: own} AS person"
)
_AT_HOME: Final[LiteralString] = (
    "UNWIND $run AS body MATCH (home:Body {id: body})<-[:MEMBER_OF|SERVES_ON]-(p:Participant) WITH home, p WHERE "
    "(home.id <> $begun OR p.id > $low) AND (home.sensitive = false OR p[$covers] CONTAINS ' SENSITIVE ') AND "
    + _IN_FORCE
    + _LIVES_THERE
)
_MEMBERS: Final[LiteralString] = _AT_HOME + "WITH p, home.id AS own, " + _THE_BODIES + _UNDER_THE_FIRST
_MEMBERS_BY_ID: Final[LiteralString] = _BY_ID + "WITH p, $begun AS own, " + _THE_BODIES + _UNDER_THE_FIRST
# Both engines stop reading where there are enough.
_SIZES: Final[LiteralString] = (
    _AT_HOME + "WITH home LIMIT $most WITH home.id AS id, count(*) AS people RETURN collect([id, people]) AS sizes"
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
_ROSTER: Final[dict[bool, LiteralString]] = {
    False: _MEMBERS + _COLLECTED,
    True: _MEMBERS + ", " + _AFFILIATIONS + _COLLECTED_WITH_AFFILIATIONS,
}
_PAGES_OF_BODY: Final[dict[bool, LiteralString]] = {
    False: _MEMBERS_BY_ID + _COLLECTED,
    True: _MEMBERS_BY_ID + ", " + _AFFILIATIONS + _COLLECTED_WITH_AFFILIATIONS,
}
_ONE: Final[LiteralString] = "MATCH (p:Participant {id: $id}) " + _WITH_AFFILIATIONS


async def page(tx: Transaction, request: PageRequest) -> Rows:
    """Return up to `size` + 1 sealed rows, each a person and, if asked for, their affiliations, in key order.

    The row past `size` tells that there is a next page.
    """
    if request.bodies is not None:
        return await _by_body(tx, request, request.bodies)
    by_place, fits, answer = request.by_place, request.audience.affiliation is not None, request.with_affiliations
    return await _walk(
        tx,
        _PAGES[by_place, False, fits, answer],
        _PAGES[by_place, True, fits, answer],
        _Way(request.axis, "place" if by_place else "id", request.after, request.size + 1),
        parameters(request.audience),
    )


@dataclass(frozen=True, slots=True)
class _Way:
    """A walk along an axis: by which property of a person, after which key, for how many.

    Where less than the share `least` of the people read was found, to read the rest at once is expected to be quicker.
    """

    axis: Axis
    key: str
    after: str | None
    needed: int
    least: float = 0.0


async def _walk(tx: Transaction, window: LiteralString, rest: LiteralString, way: _Way, common: Row) -> Rows:
    """Read one window after the other, and where that takes too long, the rest at once."""
    axis, after, needed = way.axis, way.after, way.needed
    found: Rows = []
    at = begun = 0 if after is None else axis.position(after)
    width = axis.width_for(needed * _MARGIN)
    while at < axis.length and len(found) < needed:
        read = (at - begun) / axis.width_for(1)
        at_once = read > _MOST_BY_WINDOW or len(found) < read * way.least
        cut = axis.window(after, at, width)
        missing = needed - len(found)
        bounds = {"low": cut.low, "high": cut.high, "limit": missing}
        rows = await _rows(tx, rest if at_once else window, common | bounds)
        # Neither engine promises that collecting keeps the order.
        found += sorted(rows, key=lambda row: row[0][way.key])
        # What was found tells how dense the audience is here, and so how wide the next window should be.
        step = _WIDEST_STEP if not rows else min(max((missing - len(rows)) * 1.5 / len(rows), 0.25), _WIDEST_STEP)
        width = int(width * step) + 1
        at = axis.length if at_once else cut.end
    return found


async def _by_body(tx: Transaction, request: PageRequest, roster: tuple[str, ...]) -> Rows:
    """Read the bodies in runs that are likely to fill the page, so that a page reads no body that it does not need."""
    common, needed = parameters(request.audience), request.size + 1
    # Below this share of everybody, a body has fewer members than there are people to read before a page of it is full.
    least = sqrt(needed / max(2 * request.axis.people, 1))
    passed, low = request.reached()
    ahead = _FIRST_AHEAD
    found: Rows = []
    while passed < len(roster) and len(found) < needed:
        missing = needed - len(found)
        upcoming = roster[passed : passed + ahead]
        here = common | {"begun": upcoming[0], "low": low, "limit": missing}
        sizes = await _sizes(tx, upcoming, here, 2 * missing)
        length = run_length(sizes, missing)
        run = upcoming[:length]
        here["run"] = list(run)
        rows: Rows = []
        if sizes[0] >= 2 * missing:
            # To look for some of the members among everybody may be quicker than to read all of them.
            way = _Way(request.axis, "id", low or None, missing, least)
            texts = _PAGES_OF_BODY[request.with_affiliations], _ROSTER[request.with_affiliations]
            rows = await _walk(tx, texts[0], texts[1], way, here)
        elif any(sizes):
            rows = await _rows(tx, _ROSTER[request.with_affiliations], here)
        ranks = {body: rank for rank, body in enumerate(run)}
        found += sorted(rows, key=lambda row: (ranks[row[0]["body"]], row[0]["id"]))
        passed, low = passed + length, ""
        ahead *= _WIDER_AHEAD
    return found


async def _sizes(tx: Transaction, bodies: tuple[str, ...], common: Row, most: int) -> list[int]:
    """Return how many of the audience are in each body, counted up to `most` in all, to plan what to read.

    Nobody else counts: what is asked of the graph may depend as little as the answer on what is withheld.
    """
    result = await tx.run(_SIZES, common | {"run": list(bodies), "most": most})
    sizes = dict((await result.single(strict=True))["sizes"])
    return [sizes.get(body, 0) for body in bodies]


async def _rows(tx: Transaction, text: LiteralString, values: Row) -> Rows:
    result = await tx.run(text, values)
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
    values = parameters(audience)
    if bodies is not None:
        values["roster"] = list(bodies)
    result = await tx.run(_count_text(audience, roster=bodies is not None), values)
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


async def population(tx: Transaction) -> int:
    """Return how many participants there are, whatever they agreed to; for planning walks, never for an answer."""
    result = await tx.run("MATCH (p:Participant) RETURN count(p) AS people")
    people: int = (await result.single(strict=True))["people"]
    return people
