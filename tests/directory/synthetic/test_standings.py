"""The standings: every state in every purpose, in a mix that one believes."""

from collections import Counter
from datetime import UTC, date, datetime

import pytest

from consent.standing import PurposeStanding
from consent.vocabulary import CONSENTED_PURPOSES, Channel, Field, Purpose, State
from directory.synthetic.records import SyntheticPerson
from directory.synthetic.standings import DAY, day_end, day_start


def standings(people: list[SyntheticPerson], purpose: Purpose) -> list[PurposeStanding]:
    """Give everybody's standing for a purpose, NOT_ASKED where there is none."""
    return [person.purposes.get(purpose, PurposeStanding(State.NOT_ASKED)) for person in people]


@pytest.mark.parametrize("purpose", CONSENTED_PURPOSES)
def test_every_state_occurs_in_every_purpose(people: list[SyntheticPerson], purpose: Purpose) -> None:
    """Each purpose has been granted, refused, withdrawn, has expired or was not asked, by somebody."""
    states = Counter(standing.state for standing in standings(people, purpose))
    assert set(states) == set(State)
    assert 0.4 < states[State.GRANTED] / len(people) < 0.65
    assert min(states.values()) > len(people) * 0.03


def test_only_what_was_asked_is_recorded(people: list[SyntheticPerson]) -> None:
    """NOT_ASKED is left out, and enrolment is no recorded decision."""
    for person in people:
        assert set(person.purposes) <= set(CONSENTED_PURPOSES)
        assert all(standing.state is not State.NOT_ASKED for standing in person.purposes.values())


@pytest.mark.parametrize("purpose", CONSENTED_PURPOSES)
def test_consents_end_within_two_years_and_expired_ones_have(
    people: list[SyntheticPerson], purpose: Purpose, as_of: date
) -> None:
    """A granted consent lasts 1 to 730 days from the day; an expired one is over."""
    today = day_start(as_of)
    for standing in standings(people, purpose):
        if standing.state is State.GRANTED:
            assert today + DAY <= standing.until <= today + 730 * DAY
        elif standing.state is State.EXPIRED:
            assert 0 < standing.until < today
        else:
            assert standing == PurposeStanding(standing.state)


@pytest.mark.parametrize("purpose", CONSENTED_PURPOSES)
def test_grants_differ_in_fields_and_channels(people: list[SyntheticPerson], purpose: Purpose) -> None:
    """Every field and every channel is covered in some grants and not in others."""
    granted = [standing for standing in standings(people, purpose) if standing.state is State.GRANTED]
    assert all(standing.fields for standing in granted)
    for field in Field:
        assert 0.15 < sum(field in standing.fields for standing in granted) / len(granted) < 0.95
    for channel in Channel:
        assert 0.15 < sum(channel in standing.channels for standing in granted) / len(granted) < 0.95
    assert len({standing.fields for standing in granted}) > 10


def test_separate_consent_goes_with_affiliation(people: list[SyntheticPerson]) -> None:
    """About a tenth of those who show their affiliations agreed to show sensitive ones."""
    shown = [
        standing
        for person in people
        for standing in person.purposes.values()
        if standing.state is State.GRANTED and Field.AFFILIATION in standing.fields
    ]
    assert 0.05 < sum(standing.sensitive for standing in shown) / len(shown) < 0.15
    assert not any(
        standing.sensitive
        for person in people
        for standing in person.purposes.values()
        if Field.AFFILIATION not in standing.fields
    )


def test_a_person_decides_alike(people: list[SyntheticPerson]) -> None:
    """Who agreed to one purpose agreed to another more often than people do on the whole."""
    news = standings(people, Purpose.CITY_NEWS)
    advice = standings(people, Purpose.POLICY_ADVICE)
    agreed = [b.state is State.GRANTED for a, b in zip(news, advice, strict=True) if a.state is State.GRANTED]
    overall = sum(standing.state is State.GRANTED for standing in advice) / len(advice)
    assert sum(agreed) / len(agreed) > overall + 0.1


def test_enrolment_ends_with_the_deadlines_day(people: list[SyntheticPerson]) -> None:
    """The deadline's day counts in full, by Korean time."""
    ends = {person.group: person.enrolment_until for person in people}
    assert ends["volunteers"] == day_end(date(2013, 9, 30))
    assert datetime.fromtimestamp(ends["fire-brigades"] / 1000, UTC) == datetime(2013, 5, 31, 15, tzinfo=UTC)
