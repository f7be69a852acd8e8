"""Opening rows: exactly what the gate permits is opened, of the person and the field that it permits."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.scope import Scope
from consent.vocabulary import CONSENTED_PURPOSES, Field, Purpose, RefusalReason, State
from graph import people
from graph.opening import Asked, Opener
from graph.windows import Axis
from tests.graph import oracle
from tests.graph.audiences import INSTANTS, examples, fields, scopes
from tests.graph.opened import ALL_ASKED, EVERYTHING, EVERYWHERE, agreed_to, opener, row_of, shown
from tests.loaded_city import DAY, NEVER, NOW, City


@given(
    numbers=st.lists(st.integers(0, 10_000), min_size=1, max_size=12),
    purpose=st.sampled_from(Purpose),
    scope=scopes() | st.just(EVERYWHERE),
    now=st.sampled_from(INSTANTS),
    asked_for=fields(),
    reasons=fields(),
)
@examples(15)
async def test_everybody_is_shown_exactly_as_they_agreed(  # noqa: PLR0913, PLR0917 - each is drawn on its own.
    city: City,
    numbers: list[int],
    purpose: Purpose,
    scope: Scope,
    now: int,
    asked_for: frozenset[Field],
    reasons: frozenset[Field],
) -> None:
    """Values, reasons and what is recorded as shown are as worked out without the gate, for every question."""
    asked = Asked(purpose, scope, now, asked_for, reasons)
    # The hand-made people are few, and most of them worth a look each time.
    chosen = [*city.special.values(), *(city.people[number % len(city.people)] for number in numbers)]
    seen = [await shown(city, person, asked) for person in chosen]
    expected = [oracle.shown(city, person, asked) for person in chosen]
    assert oracle.comparable(seen) == oracle.comparable(expected)


async def test_everybody_in_the_city_opens(city: City) -> None:
    """Every sealed value comes out as it went in, for everybody who agreed to show it."""
    opened = opener(city)
    everybody = replace(ALL_ASKED, purpose=Purpose.DISASTER_RESPONSE)
    request = people.PageRequest(
        people.Audience(everybody.purpose, EVERYWHERE, NOW),
        len(city.people),
        None,
        Axis.by_id(len(city.people)),
        by_place=False,
        bodies=None,
        with_affiliations=True,
    )
    rows = await city.graph.read(people.page, request)
    seen = [opened.open(person, affiliations, everybody) for person, affiliations in rows]
    expected = [oracle.shown(city, person, everybody) for person in oracle.audience_of(city, request.audience)]
    assert len(seen) > 400
    assert oracle.comparable(seen) == oracle.comparable(expected)


async def test_only_a_sensitive_affiliation_looks_like_none_at_all(city: City) -> None:
    """Without the separate consent nothing tells that there is an affiliation: it reads as not held (P5)."""
    silent = await shown(city, city.special["only a sensitive affiliation"], ALL_ASKED)
    nowhere = await shown(city, city.special["no affiliation"], ALL_ASKED)
    assert silent is not None
    assert nowhere is not None
    assert (
        silent.withheld
        == nowhere.withheld
        == (
            (Field.PHONE, RefusalReason.NOT_HELD),
            (Field.AFFILIATION, RefusalReason.NOT_HELD),
        )
    )
    assert silent.affiliations is nowhere.affiliations is None
    assert silent.shown == nowhere.shown
    open_too = await shown(city, city.special["a sensitive affiliation, agreed to"], ALL_ASKED)
    assert open_too is not None
    assert [affiliation.body["sensitive"] for affiliation in open_too.affiliations or ()] == [True]


@pytest.mark.parametrize("sensitive", [None, 1, "false"])
async def test_an_affiliation_of_unknown_sensitivity_is_sensitive(city: City, sensitive: object) -> None:
    """Only a body that is plainly marked as not sensitive is shown without the separate consent."""
    person, affiliations = await row_of(city, city.special["not enrolled"])
    assert affiliations is not None
    (affiliation,) = affiliations
    answer = opener(city).open(person, [affiliation | {"sensitive": sensitive}], ALL_ASKED)
    assert answer is not None
    assert answer.affiliations is None
    assert (Field.AFFILIATION, RefusalReason.NOT_HELD) in answer.withheld


async def test_who_holds_nothing_is_told_so_only_where_consent_covers_it(city: City) -> None:
    """NOT_HELD for the fields agreed to; without consent the reason is the consent's, held or not."""
    empty = city.special["nothing held"]
    answer = await shown(city, empty, ALL_ASKED)
    assert answer is not None
    missing = EVERYTHING - {Field.RESIDENCE}
    assert set(answer.withheld) == {(field, RefusalReason.NOT_HELD) for field in missing}
    assert answer.shown == {Field.RESIDENCE}
    other = await shown(city, empty, replace(ALL_ASKED, purpose=Purpose.POLICY_ADVICE))
    full = await shown(city, city.special["not enrolled"], replace(ALL_ASKED, purpose=Purpose.POLICY_ADVICE))
    assert other is not None
    assert full is not None
    assert set(other.withheld) == {(field, RefusalReason.NOT_ASKED) for field in Field}
    assert replace(other, id="") == replace(full, id="")


async def test_enrolment_shows_name_and_contact_to_the_enrolling_department_alone(city: City) -> None:
    """Until the deadline; afterwards the reason is EXPIRED, and for other departments there is nobody."""
    person = city.special["enrolment not_asked"]
    asked = replace(ALL_ASKED, purpose=Purpose.ENROLMENT)
    answer = await shown(city, person, asked)
    assert answer is not None
    assert answer.shown == {Field.NAME, Field.EMAIL}
    assert (answer.name, answer.email) == (person.name, person.email)
    over = await shown(city, person, replace(asked, now=NEVER))
    assert over is not None
    assert {reason for _, reason in over.withheld} == {RefusalReason.EXPIRED}
    for scope in (replace(EVERYWHERE, department="district-11010"), replace(EVERYWHERE, department="")):
        assert await shown(city, person, replace(asked, scope=scope)) is None
    assert await shown(city, city.special["enrolment refused"], replace(asked, reasons=frozenset())) is not None


@pytest.mark.parametrize(
    "scope",
    [
        replace(EVERYWHERE, purposes=frozenset(CONSENTED_PURPOSES) - {Purpose.CITY_NEWS}),
        replace(EVERYWHERE, regions=("11010",)),
        replace(EVERYWHERE, regions=()),
        replace(EVERYWHERE, groups=frozenset({"volunteers"})),
        replace(EVERYWHERE, groups=frozenset()),
    ],
)
@pytest.mark.parametrize("asked_for", [EVERYTHING, frozenset()])
async def test_out_of_scope_there_is_nobody(city: City, scope: Scope, asked_for: frozenset[Field]) -> None:
    """A record out of the caller's scope is answered as if it did not exist, even when only its id is asked for."""
    asked = replace(ALL_ASKED, scope=scope, fields=asked_for, reasons=frozenset())
    assert await shown(city, city.special["not enrolled"], asked) is None


async def test_what_is_not_asked_for_is_not_opened(city: City) -> None:
    """Only the fields asked for are opened and recorded, and reasons come without being asked to open."""
    person = agreed_to(city, Field.NAME, Field.PHONE)[0]
    answer = await shown(city, person, replace(ALL_ASKED, fields=frozenset({Field.PHONE}), reasons=frozenset()))
    assert answer is not None
    assert (answer.name, answer.phone, answer.withheld) == (None, person.phone, ())
    assert answer.shown == {Field.PHONE}
    only_id = await shown(city, person, replace(ALL_ASKED, fields=frozenset(), reasons=frozenset()))
    assert only_id is not None
    assert only_id.shown == frozenset()


async def test_fields_filtered_on_count_as_shown(city: City) -> None:
    """Being in the answer to a filter discloses the field, whether it is asked for or not."""
    person = agreed_to(city, Field.SEX)[0]
    asked = replace(ALL_ASKED, fields=frozenset(), reasons=frozenset(), filtered=frozenset({Field.SEX}))
    answer = await shown(city, person, asked)
    assert answer is not None
    assert answer.sex is None
    assert answer.shown == {Field.SEX}


async def test_a_key_is_opened_only_where_something_sealed_is_shown(city: City) -> None:
    """Sex, age and residence take no key, and several sealed fields take one."""
    calls: list[str] = []

    class Counting:
        """A key service that remembers whose key it unwrapped."""

        current_version = 1

        def unwrap(self, person: str, wrapped: str) -> bytes:
            """Remember, and unwrap."""
            calls.append(person)
            return city.keyring.unwrap(person, wrapped)

        wrap = rewrap = None

    person = agreed_to(city, *Field)[0]
    row = await row_of(city, person)
    counting = Opener(Counting(), city.keyring.tenant)  # type: ignore[arg-type]
    plain = frozenset({Field.SEX, Field.AGE, Field.RESIDENCE, Field.AFFILIATION})
    counting.open(*row, replace(ALL_ASKED, fields=plain))
    assert calls == []
    counting.open(*row, ALL_ASKED)
    assert calls == [person.id]


async def test_opening_leaves_the_row_as_it_was(city: City) -> None:
    """A row that is opened again, as after a retry, gives the same answer."""
    person, affiliations = await row_of(city, agreed_to(city, *Field)[0])
    before = dict(person)
    first = opener(city).open(person, affiliations, ALL_ASKED)
    assert person == before
    assert opener(city).open(person, affiliations, ALL_ASKED) == first


@pytest.mark.parametrize("purpose", CONSENTED_PURPOSES)
async def test_a_consent_ends_at_its_last_instant(city: City, purpose: Purpose) -> None:
    """At its end, which is exclusive, nothing is shown any more."""
    person = next(
        person
        for person in city.people
        if purpose in person.purposes
        and person.purposes[purpose].state is State.GRANTED
        and NOW + DAY < person.purposes[purpose].until < NEVER
        and Field.SEX in person.purposes[purpose].fields
    )
    end = person.purposes[purpose].until
    before = await shown(city, person, replace(ALL_ASKED, purpose=purpose, now=end - 1))
    after = await shown(city, person, replace(ALL_ASKED, purpose=purpose, now=end))
    assert before is not None
    assert after is not None
    assert Field.SEX in before.shown
    assert after.shown == frozenset()
    assert {reason for _, reason in after.withheld} == {RefusalReason.EXPIRED}
