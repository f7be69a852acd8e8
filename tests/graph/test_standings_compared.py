"""What a comparison of standings with events tells beside consents: the enrolment, and events of nobody."""

from collections.abc import AsyncIterator

import pytest_asyncio

from consent.vocabulary import EventKind, Purpose
from graph import consents
from graph.standings import PROPERTIES
from tests.consent.making_events import AT
from tests.graph.empty_ledger import tamper
from tests.graph.test_consents import EVERYBODY, NEWS, SALT, decision, mislay, properties, put_back
from tests.loaded_city import City, Truth


@pytest_asyncio.fixture
async def someone(city: City) -> AsyncIterator[Truth]:
    """Give somebody who has decided nothing about being asked, nor everything else, and put them back."""
    truth = next(
        person for person in city.people if Purpose.ENROLMENT not in person.purposes and NEWS not in person.purposes
    )
    before = await city.graph.read(properties, truth.id)
    yield truth
    await city.graph.write(put_back, before)


async def test_an_enrolment_is_compared_as_far_as_events_tell(city: City, someone: Truth) -> None:
    """No to being asked is an event: a stored one without it differs, and an enrolment that goes on after it too."""
    names = PROPERTIES[Purpose.ENROLMENT]
    await city.graph.write(mislay, someone.id, names.state, "REFUSED")
    found = await city.graph.read(consents.compare_window, EVERYBODY)
    assert Purpose.ENROLMENT in found.differing[someone.id]
    await city.graph.write(mislay, someone.id, names.state, None)
    said_no = decision(someone, EventKind.REFUSED, purpose=Purpose.ENROLMENT)
    await city.graph.write(consents.record, said_no, SALT)
    found = await city.graph.read(consents.compare_window, EVERYBODY)
    assert someone.id not in found.differing
    for key, value in ((names.until, AT + 1), (names.state, "GRANTED"), (names.covers, " NAME ")):
        before = (await city.graph.read(properties, someone.id)).get(key)
        await city.graph.write(mislay, someone.id, key, value)
        found = await city.graph.read(consents.compare_window, EVERYBODY)
        assert found.differing[someone.id] == [Purpose.ENROLMENT]
        await city.graph.write(mislay, someone.id, key, before)


async def test_events_of_nobody_are_told(city: City, someone: Truth) -> None:
    """An erasure leaves events without a person (C7): these were left, or put there, by somebody else."""
    assert (await city.graph.read(consents.compare_window, EVERYBODY)).gone == []
    await city.graph.write(consents.record, decision(someone, EventKind.REFUSED), SALT)
    nobody = "00000000-0000-4000-8000-00000000dead"
    text = "MATCH (e:ConsentEvent {participant: $id}) WHERE e.leaf IS NULL SET e.participant = $other"
    await tamper(city.graph, text, id=someone.id, other=nobody)
    try:
        assert (await city.graph.read(consents.compare_window, EVERYBODY)).gone == [nobody]
    finally:
        await tamper(city.graph, text, id=nobody, other=someone.id)
