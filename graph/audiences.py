"""Whom a caller asks for, and which page of them: values, and the parameters that the texts of `graph.people` take."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consent.scope import Scope
from consent.vocabulary import Field, Purpose, Sex
from graph.standings import PROPERTIES, field_mark
from graph.windows import Axis


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
    """One page: at most `size` rows after the key `after`, along `axis`, or body by body in the order of `bodies`.

    `bodies` are all that the audience's affiliation can be, in the order of `graph.bodies.ids`.
    """

    audience: Audience
    size: int
    after: str | None
    axis: Axis
    by_place: bool
    bodies: tuple[str, ...] | None
    with_affiliations: bool

    def key_of(self, person: Mapping[str, Any]) -> str:
        """Return the key of a row of this walk's: a page can go on after it."""
        if self.bodies is not None:
            return f"{person['body']}:{person['id']}"
        key: str = person["place" if self.by_place else "id"]
        return key

    def reached(self) -> tuple[int, str]:
        """Return how many of `bodies` lie before the one that `after` is in, and the id of the person there."""
        if self.bodies is None or self.after is None:
            return 0, ""
        body, _, person = self.after.rpartition(":")
        return self.bodies.index(body), person

    @property
    def goes_on(self) -> bool:
        """Whether the walk can go on after `after`: it can't where that body has gone from `bodies`."""
        return self.after is None or self.bodies is None or self.after.rpartition(":")[0] in self.bodies


def parameters(audience: Audience) -> dict[str, Any]:
    """Return the audience as the parameters of every text in `graph.people`."""
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
