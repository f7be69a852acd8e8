"""Bodies, the organizations and committees of the city: pages of them, and which of them fit a condition."""

from dataclasses import dataclass
from typing import Any, Final, LiteralString

from graph.people import BodyCondition
from graph.transaction import Transaction

_FITS: Final[LiteralString] = """
($bodies IS NULL OR b.id IN $bodies) AND ($groups IS NULL OR b.group IN $groups)
AND ($kinds IS NULL OR b.kind IN $kinds)
AND ($regions IS NULL OR any(code IN $regions WHERE b.region STARTS WITH code))
"""
_PAGE: Final[LiteralString] = (
    "MATCH (b:Body) WHERE b.sort_key > $after AND ($committee IS NULL OR b.committee = $committee) AND "
    + _FITS
    + """
WITH b ORDER BY b.sort_key LIMIT $limit
RETURN b {.id, .name_ko, .name_en, .kind, .committee, .group, .region, .sensitive, .seats, .sort_key} AS body
"""
)
_COUNT: Final[LiteralString] = (
    "MATCH (b:Body) WHERE ($committee IS NULL OR b.committee = $committee) AND " + _FITS + " RETURN count(b) AS bodies"
)
# By the narrowest index that the condition allows, since every page of a filtered contact list asks for its bodies.
# One record of them all: a record for each takes several times as long.
_IDS: Final[LiteralString] = (
    "WITH b WHERE " + _FITS + " WITH b LIMIT $limit RETURN collect([b.sensitive, b.id]) AS bodies"
)
_BY_ID: Final[LiteralString] = "UNWIND $bodies AS wanted MATCH (b:Body {id: wanted}) " + _IDS
_BY_GROUP: Final[LiteralString] = "UNWIND $groups AS wanted MATCH (b:Body {group: wanted}) " + _IDS
_BY_KIND: Final[LiteralString] = "UNWIND $kinds AS wanted MATCH (b:Body {kind: wanted}) " + _IDS
_BY_SCAN: Final[LiteralString] = "MATCH (b:Body) " + _IDS


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body: `group` is None for one that counts towards no target, `seats` for one without a fixed number."""

    id: str
    name_ko: str
    name_en: str
    kind: str
    committee: bool
    group: str | None
    region: str
    sensitive: bool
    seats: int | None
    sort_key: str


async def page(
    tx: Transaction, condition: BodyCondition, *, committee: bool | None, after: str, limit: int
) -> list[BodyRow]:
    """Return the bodies that fit, by region and name, from after the sort key `after`, at most `limit`."""
    result = await tx.run(_PAGE, _parameters(condition) | {"committee": committee, "after": after, "limit": limit})
    rows = [BodyRow(**row["body"]) async for row in result]
    return sorted(rows, key=lambda row: row.sort_key)


async def count(tx: Transaction, condition: BodyCondition, *, committee: bool | None) -> int:
    """Return how many bodies fit."""
    result = await tx.run(_COUNT, _parameters(condition) | {"committee": committee})
    bodies: int = (await result.single(strict=True))["bodies"]
    return bodies


async def ids(tx: Transaction, condition: BodyCondition, *, most: int) -> tuple[str, ...] | None:
    """Return the ids of the bodies that fit, or None when there are more than `most`.

    Those that reveal belief, union, party or health come last, so that whoever changes their mind about showing these
    (P5) stays under the same body of the others, wherever a walk over them has got to.
    """
    text = _BY_SCAN
    if condition.bodies is not None:
        text = _BY_ID
    elif condition.groups is not None:
        text = _BY_GROUP
    elif condition.kinds is not None:
        text = _BY_KIND
    result = await tx.run(text, _parameters(condition) | {"limit": most + 1})
    found = sorted((await result.single(strict=True))["bodies"])
    return tuple(body for _, body in found) if len(found) <= most else None


def _parameters(condition: BodyCondition) -> dict[str, Any]:
    return {
        "bodies": _once(condition.bodies),
        "groups": _once(condition.groups),
        "kinds": _once(condition.kinds),
        "regions": _once(condition.regions),
    }


def _once(values: tuple[str, ...] | None) -> list[str] | None:
    """Give each value once: what is asked for twice would be found twice, and fill the limit before the rest."""
    return None if values is None else sorted(set(values))
