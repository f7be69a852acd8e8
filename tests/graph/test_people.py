"""Finding people: each audience, by whichever way it is walked, is exactly the people that it should be."""

from dataclasses import replace

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consent.vocabulary import CONSENTED_PURPOSES, Field, Purpose, Sex
from graph import people
from graph.people import Audience, BodyCondition
from graph.windows import Axis
from tests.graph import oracle
from tests.graph.audiences import Wish, by_id, by_place, by_roster, examples, wishes
from tests.graph.walking import EVERYBODY, EVERYWHERE, ids, walk
from tests.loaded_city import DAY, NOW, City

# A walk opens a transaction a page: so many pages are enough to cross every kind of border.
_PAGES = 6
# Wrong by far in both directions, and about right.
_ESTIMATES = st.sampled_from((0, 1, 1_200, 10**9))


async def every_way(city: City, wish: Wish, share: float, estimate: int) -> None:
    """Compare every way to walk an audience, and its counts, with what it should be."""
    audience = wish.of(city)
    expected = oracle.audience_of(city, audience)
    size = max(round(len(expected) * share), len(expected) // _PAGES, 1)
    assert await walk(city, by_id(audience, size, estimate)) == ids(expected)
    assert await city.graph.read(people.count, audience, None) == len(expected)
    if audience.regions is not None:
        in_place = sorted(expected, key=lambda person: person.place)
        assert await walk(city, by_place(city, audience, size, estimate)) == ids(in_place)
    if audience.affiliation is not None:
        bodies = oracle.fitting_bodies(city, audience.affiliation)
        by_body = sorted(expected, key=lambda person: oracle.listed_under(city, audience, person))
        for population in (estimate, 1, 10**9):
            assert await walk(city, by_roster(audience, size, bodies, population)) == ids(by_body)
        assert await city.graph.read(people.count, audience, bodies) == len(expected)


@given(wish=wishes(), share=st.floats(0.15, 1.2), estimate=_ESTIMATES)
@example(wish=EVERYBODY, share=0.5, estimate=1_200)
@examples(15)
async def test_every_way_to_an_audience_gives_its_people_in_order(
    city: City, wish: Wish, share: float, estimate: int
) -> None:
    """By windows, by place, by roster and by scan: the same people, nobody twice, nobody left out; counts too."""
    await every_way(city, wish, share, estimate)


@pytest.mark.slow
@pytest.mark.timeout(900)
@given(wish=wishes(), share=st.floats(0.15, 1.2), estimate=_ESTIMATES)
@examples(150)
async def test_many_audiences_have_exactly_their_people(city: City, wish: Wish, share: float, estimate: int) -> None:
    """The same, for hundreds of audiences."""
    await every_way(city, wish, share, estimate)


@given(wish=wishes(), share=st.floats(0.15, 1.2))
@example(wish=EVERYBODY, share=0.2)
@examples(10)
async def test_a_walk_that_lost_its_patience_reads_the_rest_at_once(city: City, wish: Wish, share: float) -> None:
    """After the first window everything else is read in one scan, with the same answer."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_MOST_BY_WINDOW", 0)
        await every_way(city, wish, share, 10**6)


@given(wish=wishes())
@examples(10)
async def test_a_count_over_many_dongs_is_the_same_by_scan(city: City, wish: Wish) -> None:
    """Whether dongs are few enough to follow their edges changes the way and not the number."""
    audience = wish.of(city)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(people, "_MOST_DONGS_BY_EDGE", -1)
        assert await city.graph.read(people.count, audience, None) == len(oracle.audience_of(city, audience))


@pytest.mark.parametrize("size", [1, 2, 7])
async def test_small_pages_join_without_gap_or_double(city: City, size: int) -> None:
    """Page after page of a district, by id and by place, is the district."""
    wish = Wish(replace(EVERYBODY.audience, regions=("11010", "11020")), None)
    audience = wish.of(city)
    expected = oracle.audience_of(city, audience)
    assert len(expected) > 20
    assert await walk(city, by_id(audience, size, 1_200)) == ids(expected)
    in_place = sorted(expected, key=lambda person: person.place)
    assert await walk(city, by_place(city, audience, size, 1_200)) == ids(in_place)


@pytest.mark.parametrize("purpose", CONSENTED_PURPOSES)
async def test_whoever_did_not_agree_is_in_no_audience(city: City, purpose: Purpose) -> None:
    """Everybody's audience has nobody who said no, took it back, was not asked, or whose time is over."""
    audience = replace(EVERYBODY.audience, purpose=purpose)
    found = set(await walk(city, by_id(audience, 500, 1_200)))
    refused = {person.id for person in city.people if oracle.refusal_of_purpose(person, purpose, NOW) is not None}
    assert len(refused) > 200
    assert not found & refused
    assert len(found | refused) == len(city.people)


@pytest.mark.parametrize(
    ("field", "filtered"),
    [
        (Field.SEX, {"sex": Sex.FEMALE}),
        (Field.AGE, {"born": (0, 3_000)}),
        (Field.RESIDENCE, {"regions": ("11",)}),
        (Field.AFFILIATION, {"affiliation": BodyCondition()}),
    ],
)
async def test_a_filter_on_a_field_reaches_only_who_agreed_to_show_it(
    city: City, field: Field, filtered: dict[str, object]
) -> None:
    """Even a filter that fits everybody leaves out whoever did not agree to disclose that field (L1)."""
    audience = Wish(replace(EVERYBODY.audience, **filtered), None).of(city)  # type: ignore[arg-type]
    assert audience.filtered == {field}
    found = set(await walk(city, by_id(audience, 500, 1_200)))
    agreed = {person.id for person in city.people if field in oracle.covered(person, Purpose.CITY_NEWS)}
    assert found
    assert found <= agreed
    assert len(found) < len(await walk(city, by_id(EVERYBODY.audience, 500, 1_200)))


async def test_a_sensitive_affiliation_is_found_only_with_its_own_consent(city: City) -> None:
    """Who belongs to a sensitive body alone is found by no filter on bodies without the separate consent (P5)."""
    silent = city.special["only a sensitive affiliation"]
    open_too = city.special["a sensitive affiliation, agreed to"]
    (body,) = {affiliation.body for affiliation in silent.affiliations}
    for condition in (BodyCondition(bodies=(body,)), BodyCondition(), BodyCondition(kinds=(city.bodies[body].kind,))):
        audience = replace(EVERYBODY.audience, affiliation=condition)
        roster = oracle.fitting_bodies(city, condition)
        for request in (by_id(audience, 1_000, 1), by_roster(audience, 1_000, roster)):
            found = await walk(city, request)
            assert open_too.id in found
            assert silent.id not in found


async def test_enrolment_reaches_only_the_enrolling_departments_open_cases(city: City) -> None:
    """Before the deadline, the department that enrols finds whom it may ask; nobody else finds anybody of them."""
    late = NOW + 2_000 * DAY
    audience = Audience(Purpose.ENROLMENT, EVERYWHERE, late)
    found = set(await walk(city, by_id(audience, 100, 1_200)))
    cases = city.special
    assert {cases[f"enrolment {state}"].id for state in ("not_asked", "granted")} <= found
    assert not {cases[f"enrolment {state}"].id for state in ("refused", "withdrawn", "expired")} & found
    assert cases["not enrolled"].id not in found
    other = replace(audience, scope=replace(EVERYWHERE, department="district-11010"))
    assert await walk(city, by_id(other, 100, 1_200)) == []
    assert await city.graph.read(people.count, other, None) == 0


async def test_enrolment_allows_no_filter_on_a_personal_field(city: City) -> None:
    """Name and contact is all that enrolment discloses, so that filters on anything else reach nobody."""
    audience = Audience(Purpose.ENROLMENT, EVERYWHERE, NOW)
    assert await walk(city, by_id(audience, 1_000, 1_200))
    assert await walk(city, by_id(replace(audience, sex=Sex.FEMALE), 10, 1_200)) == []
    assert await city.graph.read(people.count, replace(audience, sex=Sex.FEMALE), None) == 0


async def test_an_audience_in_no_dong_at_all_is_empty(city: City) -> None:
    """A residence that covers no dong gives an empty page and the count zero, by place as well."""
    audience = replace(EVERYBODY.audience, regions=("99",), dongs=())
    assert await walk(city, by_id(audience, 10, 1_200)) == []
    assert await walk(city, by_place(city, audience, 10, 1_200)) == []
    assert await city.graph.read(people.count, audience, None) == 0


async def test_a_roster_of_no_body_is_empty(city: City) -> None:
    """A condition that no body fits gives an empty page and the count zero."""
    audience = replace(EVERYBODY.audience, affiliation=BodyCondition(groups=("no such group",)))
    assert await walk(city, by_roster(audience, 10, ())) == []
    assert await city.graph.read(people.count, audience, ()) == 0


async def test_a_page_carries_affiliations_when_they_are_asked_for(city: City) -> None:
    """Each row then has the person's affiliations as they were put in, and otherwise none at all."""
    truth = {person.id: person for person in city.people}
    request = replace(by_id(EVERYBODY.audience, 50, 1_200), with_affiliations=True)
    for person, affiliations in await city.graph.read(people.page, request):
        assert affiliations is not None
        there = sorted((row["id"], row["relation"], row["since"]) for row in affiliations)
        assert there == sorted((a.body, str(a.relation), a.since) for a in truth[person["id"]].affiliations)
    condition = BodyCondition(bodies=tuple(city.bodies))
    roster = by_roster(replace(EVERYBODY.audience, affiliation=condition), 50, tuple(city.bodies))
    rows = await city.graph.read(people.page, replace(roster, with_affiliations=True))
    assert all(affiliations for _, affiliations in rows)


async def test_one_person_is_found_by_id_whatever_they_agreed_to(city: City) -> None:
    """The row comes with the standing, for the gate to decide, and there is none for an unknown id."""
    person = city.special["enrolment refused"]
    row = await city.graph.read(people.one, person.id, Purpose.CITY_NEWS)
    assert row is not None
    assert row[0]["id"] == person.id
    assert row[0]["state"] is None
    assert len(row[1] or ()) == 1
    assert await city.graph.read(people.one, "00000000-0000-4000-8000-000000000000", Purpose.CITY_NEWS) is None


async def test_the_population_counts_everybody(city: City) -> None:
    """Whatever they agreed to, for planning."""
    assert await city.graph.read(people.population) == len(city.people)


def test_the_axis_is_no_part_of_the_question() -> None:
    """Requests that differ in their estimate alone ask for the same audience."""
    one, other = (by_id(EVERYBODY.audience, 5, estimate) for estimate in (1, 2))
    assert one.audience == other.audience
    assert one.axis == Axis.by_id(1)
