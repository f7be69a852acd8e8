"""What happened to made-up people: events that add up to their standings, under notices that were there by then."""

from datetime import date
from random import Random

import pytest

from consent.events import ConsentEvent
from consent.folding import fold
from consent.notice_book import Decision, NoticeBook
from consent.standing import PurposeStanding
from consent.vocabulary import CONSENTED_PURPOSES, EventKind, Purpose, State
from directory.notices.book import load_book
from directory.synthetic.city import SyntheticCity
from directory.synthetic.histories import Histories, shown_by
from directory.synthetic.records import SyntheticPerson
from directory.synthetic.standings import day_start
from graph.standings import to_properties

AS_OF = date(2013, 6, 20)
NOW = day_start(AS_OF)
Lives = list[tuple[SyntheticPerson, list[ConsentEvent]]]


@pytest.fixture(scope="module")
def book() -> NoticeBook:
    """Give the published notices."""
    return load_book()


def lives_of(book: NoticeBook, seed: int) -> Lives:
    """Make people with what happened to them."""
    histories, chance = Histories(shown_by(book), NOW), Random(seed)  # noqa: S311 - made up.
    people = SyntheticCity(600, as_of=AS_OF).batch(0)
    return [(person, histories.of(person.id, person.purposes, chance)) for person in people]


@pytest.fixture(scope="module")
def lives(book: NoticeBook) -> Lives:
    """Give people with what happened to them."""
    return lives_of(book, 1)


def test_events_add_up_to_the_standing(lives: Lives) -> None:
    """What lies on the participant is what follows from their events (P2)."""
    for person, events in lives:
        assert to_properties(fold(events), None) == to_properties(person.purposes, None)
        assert all(event.person == person.id for event in events)


def test_every_decision_was_made_under_its_notice(lives: Lives, book: NoticeBook) -> None:
    """After it was published, of what it offers, and for no longer than it says (P1)."""
    for _, events in lives:
        for event in events:
            decision = Decision(
                event.kind,
                event.notice,
                event.notice_hash,
                event.language,
                event.purpose or "",
                event.at,
                event.fields,
                event.channels,
                sensitive=event.sensitive,
                until=event.until,
            )
            assert book.accepts(decision) is None
            assert event.at <= NOW


def test_all_kinds_of_history_occur(lives: Lives) -> None:
    """People agreed, refused, took back and let run out, for every purpose, and in both languages."""
    events = [event for _, events in lives for event in events]
    assert {event.kind for event in events} == {
        EventKind.GRANTED,
        EventKind.REFUSED,
        EventKind.WITHDRAWN,
        EventKind.EXPIRED,
    }
    assert {event.purpose for event in events} == set(CONSENTED_PURPOSES)
    assert {event.language for event in events} == {"ko", "en", ""}
    assert len({event.id for event in events}) == len(events)


def test_the_same_seed_tells_the_same_story(lives: Lives, book: NoticeBook) -> None:
    """The city comes out alike every time, and otherwise from another seed."""
    assert lives_of(book, 1) == lives
    assert lives_of(book, 2) != lives


def test_being_asked_has_no_history(book: NoticeBook) -> None:
    """Enrolment rests on the plan, not on an event."""
    asked = {Purpose.ENROLMENT: PurposeStanding(State.GRANTED)}
    assert Histories(shown_by(book), NOW).of("person-0000000000", asked, Random(1)) == []  # noqa: S311 - made up.
