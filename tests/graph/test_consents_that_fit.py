"""What an event is recorded after: events that it must fit, and the answers with which an enrolment ends."""

from collections.abc import AsyncIterator, Sequence

import pytest_asyncio

from consent.events import ConsentEvent
from consent.vocabulary import CONSENTED_PURPOSES, EventKind, Purpose
from graph import consents
from graph.consents import Outcome
from graph.standings import PROPERTIES
from graph.windows import Window
from tests.consent.making_events import AT, DAY, event
from tests.graph.test_consents import SALT, properties
from tests.loaded_city import City
from tests.own_person import OwnPerson, own_person

ASKED = PROPERTIES[Purpose.ENROLMENT]


@pytest_asyncio.fixture
async def person(city: City) -> AsyncIterator[OwnPerson]:
    """Enrol somebody who was asked nothing yet."""
    async with own_person(city) as somebody:
        yield somebody


def decided(person: OwnPerson, kind: EventKind, purpose: Purpose, days: int = 0) -> ConsentEvent:
    """Make a decision of the person."""
    name = f"{kind}-{purpose}-{days}".lower().replace("_", "-").ljust(16, "0")
    return event(kind, person=person.id, purpose=purpose, at=AT + days * DAY, id=name)


async def test_an_enrolment_ends_with_the_last_answer(city: City, person: OwnPerson) -> None:
    """As the notice says: whoever has answered for every purpose is asked no more, whatever becomes of it later."""
    graph = city.graph
    for number, purpose in enumerate(CONSENTED_PURPOSES):
        assert (await graph.read(properties, person.id))[ASKED.until] == person.row[ASKED.until]
        kind = EventKind.GRANTED if number else EventKind.REFUSED
        await graph.write(consents.record, decided(person, kind, purpose), SALT)
    stored = await graph.read(properties, person.id)
    assert not {ASKED.until, ASKED.covers} & stored.keys()
    assert stored["enrolment_department"]
    assert (await graph.read(consents.compare_window, Window(person.id[:-1], f"{person.id}~", 0))).differing == {}
    # A consent whose time runs out does not open it again.
    over = event(EventKind.EXPIRED, person=person.id, purpose=Purpose.CITY_MONITORING, at=AT + 900 * DAY)
    await graph.write(consents.record, over, SALT)
    assert ASKED.until not in await graph.read(properties, person.id)


async def test_a_pause_is_no_answer(city: City, person: OwnPerson) -> None:
    """Who suspends what they were never asked about has not said yes or no."""
    for purpose in CONSENTED_PURPOSES:
        await city.graph.write(consents.record, decided(person, EventKind.RESTRICTED, purpose), SALT)
    assert ASKED.until in await city.graph.read(properties, person.id)


async def test_what_does_not_fit_is_not_recorded(city: City, person: OwnPerson) -> None:
    """It is asked with every event so far, in the transaction that records; what was recorded before stays so."""
    asked: list[Sequence[ConsentEvent]] = []

    def fits(events: Sequence[ConsentEvent]) -> bool:
        asked.append(events)
        return bool(events)

    first, second = (decided(person, EventKind.GRANTED, Purpose.CITY_NEWS, days) for days in (0, 1))
    graph = city.graph
    assert (await consents.append(graph, first, SALT, None, fits)).outcome is Outcome.UNFIT
    assert await graph.read(consents.by_id, first.id) is None
    await consents.append(graph, first, SALT)
    assert await graph.read(consents.by_id, first.id) == first
    assert (await consents.append(graph, second, SALT, None, fits)).outcome is Outcome.RECORDED
    assert (await consents.append(graph, second, SALT, None, fits)).outcome is Outcome.ALREADY
    assert asked == [[], [first]]
