"""The filters of contact lists and of bodies, checked against what there is and turned into conditions."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any, Final, TypeVar

from consent.korean_time import in_seoul
from consent.vocabulary import Category, Sex
from directory.contacts.regions import RegionMap
from directory.errors import BadInput, LimitExceeded
from directory.reference.programme import programme
from graph.people import BodyCondition
from graph.vocabulary import BodyKind

MOST_VALUES: Final = 500
OLDEST: Final = 130

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class BodyFilter:
    """Which bodies: every part that is given has to hold. Codes of regions cover everything under them."""

    regions: Sequence[str] | None = None
    groups: Sequence[str] | None = None
    categories: Sequence[Category] | None = None
    kinds: Sequence[BodyKind] | None = None
    committee: bool | None = None

    def described(self) -> dict[str, Any]:
        """Return the filter as plain values, to which a cursor is bound."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class ParticipantFilter:
    """Which participants: every part that is given has to hold.

    `regions` is where they live. `groups`, `categories`, `kinds`, `body` and `based_in` have to hold of one and the
    same affiliation. Ages are in years, both ends included.
    """

    regions: Sequence[str] | None = None
    groups: Sequence[str] | None = None
    categories: Sequence[Category] | None = None
    kinds: Sequence[BodyKind] | None = None
    body: str | None = None
    based_in: Sequence[str] | None = None
    sex: Sex | None = None
    age_from: int | None = None
    age_to: int | None = None

    def described(self) -> dict[str, Any]:
        """Return the filter as plain values, to which a cursor is bound."""
        return asdict(self)


def body_condition(where: ParticipantFilter, regions: RegionMap) -> BodyCondition | None:
    """Return the condition on one affiliation, None where the filter has none; raises BadInput, LimitExceeded."""
    groups = _groups(where.groups, where.categories)
    kinds = _values(where.kinds, "where.kinds")
    based_in = _values(where.based_in, "where.basedIn")
    _values(where.regions, "where.regions")
    if where.body is None and groups is None and kinds is None and based_in is None:
        return None
    return BodyCondition(
        bodies=None if where.body is None else (where.body,),
        groups=groups,
        kinds=None if kinds is None else tuple(str(kind) for kind in kinds),
        regions=None if based_in is None else regions.checked(based_in, "where.basedIn"),
    )


def bodies_condition(where: BodyFilter, regions: RegionMap) -> BodyCondition:
    """Return the condition on bodies; raises BadInput, LimitExceeded."""
    kinds = _values(where.kinds, "where.kinds")
    chosen = _values(where.regions, "where.regions")
    return BodyCondition(
        groups=_groups(where.groups, where.categories),
        kinds=None if kinds is None else tuple(str(kind) for kind in kinds),
        regions=None if chosen is None else regions.checked(chosen, "where.regions"),
    )


def born_between(where: ParticipantFilter, now: int) -> tuple[int, int] | None:
    """Return the first and last year of birth that fit the ages at `now`, None where no age is asked for."""
    if where.age_from is None and where.age_to is None:
        return None
    youngest = 0 if where.age_from is None else where.age_from
    oldest = OLDEST if where.age_to is None else where.age_to
    if not 0 <= youngest <= OLDEST:
        raise BadInput("where.ageFrom", f"must be from 0 to {OLDEST}")
    if not 0 <= oldest <= OLDEST:
        raise BadInput("where.ageTo", f"must be from 0 to {OLDEST}")
    if youngest > oldest:
        raise BadInput("where.ageFrom", "must not be more than where.ageTo")
    year = year_of(now)
    return year - oldest, year - youngest


def year_of(now: int) -> int:
    """Return the year that it is in Seoul at an instant in epoch milliseconds."""
    return in_seoul(now).year


def _groups(codes: Sequence[str] | None, categories: Sequence[Category] | None) -> tuple[str, ...] | None:
    """Return the codes of the groups that fit both the groups and the categories asked for."""
    chosen, wanted = _values(codes, "where.groups"), _values(categories, "where.categories")
    if chosen is None and wanted is None:
        return None
    known = {group.code: group.category for group in programme().groups}
    if chosen is not None and any(code not in known for code in chosen):
        raise BadInput("where.groups", "has a code that is no group's; the query network lists them")
    return tuple(
        code
        for code, category in known.items()
        if (chosen is None or code in chosen) and (wanted is None or category in wanted)
    )


def _values(values: Sequence[_T] | None, argument: str) -> Sequence[_T] | None:
    if values is not None and not values:
        raise BadInput(argument, "is empty: name at least one, or leave it out")
    if values is not None and len(values) > MOST_VALUES:
        raise LimitExceeded(f"{argument} has", MOST_VALUES)
    return values
