"""Audiences and requests as hypothesis draws them: every filter, scope, instant and page size, freely combined."""

from dataclasses import dataclass, replace

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st

from consent.scope import Scope
from consent.vocabulary import CONSENTED_PURPOSES, Field, Purpose, Sex
from directory.reference.departments import departments
from directory.reference.programme import programme
from directory.reference.regions import all_regions
from graph.people import Audience, BodyCondition, PageRequest
from graph.vocabulary import BodyKind, RegionLevel
from graph.windows import Axis
from tests.loaded_city import BUREAU, DAY, NOW, City

_CODES = tuple(region.code for region in all_regions())
_LARGE = tuple(region.code for region in all_regions() if region.level is not RegionLevel.DONG)
_GROUPS = tuple(group.code for group in programme().groups)
_DEPARTMENTS = tuple(department.id for department in departments())
# Before the first deadline of the programme and after it, after the second, and after many consents have ended.
INSTANTS = (NOW, NOW - 30 * DAY, NOW + 120 * DAY, NOW + 500 * DAY)

# Wide and narrow: chance alone would make nearly every combination an audience of nobody.
_large = st.lists(st.sampled_from(_LARGE), min_size=1, max_size=12, unique=True).map(tuple) | st.just(("11",))
_small = st.lists(st.sampled_from(_CODES), min_size=1, max_size=40, unique=True).map(tuple)
_regions = _large | _large | _small
_groups = st.lists(st.sampled_from(_GROUPS), min_size=1, max_size=12).map(tuple)
_kinds = st.lists(st.sampled_from([str(kind) for kind in BodyKind]), min_size=1, max_size=12).map(tuple)
_conditions = (
    st.builds(BodyCondition, groups=_groups)
    | st.builds(BodyCondition, kinds=_kinds)
    | st.builds(BodyCondition, regions=_large)
    | st.builds(BodyCondition, groups=st.none() | _groups, kinds=st.none() | _kinds, regions=st.none() | _large)
)
_born = st.tuples(st.integers(1925, 1990), st.integers(5, 60)).map(lambda pair: (pair[0], pair[0] + pair[1]))


@dataclass(frozen=True, slots=True)
class Wish:
    """An audience before it is known which city it is asked of: bodies are numbers among the city's."""

    audience: Audience
    bodies: tuple[int, ...] | None

    def of(self, city: City) -> Audience:
        """Give the audience with the city's bodies and dongs."""
        audience = self.audience
        if audience.regions is not None:
            audience = replace(audience, dongs=tuple(d for d in city.dongs if d.startswith(audience.regions)))
        if self.bodies is None:
            return audience
        ids = sorted(city.bodies)
        chosen = tuple(ids[number % len(ids)] for number in self.bodies)
        return replace(audience, affiliation=replace(audience.affiliation or BodyCondition(), bodies=chosen))


def examples(most: int) -> settings:
    """Give the settings of a test that asks an engine so many drawn questions.

    A failure is told as it was drawn: to make it smaller could take longer than a test may.
    """
    phases = (Phase.explicit, Phase.reuse, Phase.generate)
    return settings(max_examples=most, deadline=None, phases=phases, suppress_health_check=list(HealthCheck))


def scopes() -> st.SearchStrategy[Scope]:
    """Draw what the actor may do: all purposes, so that the query is what decides."""
    return st.builds(
        Scope,
        actor=st.just("actor"),
        department=st.just(BUREAU) | st.sampled_from(_DEPARTMENTS),
        purposes=st.just(frozenset(Purpose)),
        regions=st.sampled_from([True, True, False]).flatmap(lambda wide: st.none() if wide else _regions),
        groups=st.none() | st.none() | st.none() | st.frozensets(st.sampled_from(_GROUPS), min_size=1),
    )


@st.composite
def wishes(draw: st.DrawFn) -> Wish:
    """Draw an audience: each filter is there or not, so that every combination comes up."""
    purpose = draw(st.sampled_from((*CONSENTED_PURPOSES, *CONSENTED_PURPOSES, Purpose.ENROLMENT)))
    audience = Audience(
        purpose=purpose,
        scope=draw(scopes()),
        now=draw(st.sampled_from(INSTANTS)),
        regions=draw(st.none() | st.none() | _regions),
        affiliation=draw(st.none() | _conditions),
        sex=draw(st.sampled_from([None, None, None, *Sex])),
        born=draw(st.sampled_from([None, None, None, 1]).flatmap(lambda some: _born if some else st.none())),
    )
    chosen = st.lists(st.integers(0, 10_000), min_size=1, max_size=60).map(tuple)
    bodies = draw(st.sampled_from([None] * 5 + [1]).flatmap(lambda some: chosen if some else st.none()))
    return Wish(audience, bodies)


def fields() -> st.SearchStrategy[frozenset[Field]]:
    """Draw what is asked for: nothing, everything, or some of it."""
    return st.frozensets(st.sampled_from(Field)) | st.just(frozenset(Field)) | st.just(frozenset())


def by_id(audience: Audience, size: int, people: int) -> PageRequest:
    """Ask along the ids, with an estimate of how many people there are."""
    return PageRequest(audience, size, None, Axis.by_id(people), False, None, False)  # noqa: FBT003 - a row of flags


def by_place(city: City, audience: Audience, size: int, people: int) -> PageRequest:
    """Ask along the places, for an audience with a filter on residence."""
    axis = Axis.by_place(audience.dongs or (), city.dongs, people)
    return PageRequest(audience, size, None, axis, True, None, False)  # noqa: FBT003 - a row of flags


def by_roster(audience: Audience, size: int, bodies: tuple[str, ...], people: int = 1_200) -> PageRequest:
    """Ask the bodies for their members, for an audience with a filter on affiliation."""
    return PageRequest(audience, size, None, Axis.by_id(people), False, bodies, False)  # noqa: FBT003 - a row of flags
