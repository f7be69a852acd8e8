"""Reading a receipt is a look: recorded where staff read it, and no answer tells of an event out of reach (L3, P15)."""

import pytest

from consent.events import ConsentEvent
from consent.vocabulary import EventKind, Purpose
from directory.ledger.errors import LedgerDiverged
from directory.ledger.sequencer import Sequencer
from directory.receipts.errors import NoSuchEvent, ReceiptNotYet
from directory.receipts.issuing import Receipts
from directory.receipts.standing_ledger import StandingLedger
from graph import disclosures, ledger
from graph.disclosures import Disclosure, Question
from graph.vocabulary import ActorKind
from tests.consent.making_events import event
from tests.consent.making_receipts import SIGNER
from tests.directory.receipts.recorded import add, change
from tests.directory.receipts.test_issuing import BOOK, ID, caller
from tests.loaded_city import NOW, City, Truth

STAFF = (ActorKind.STAFF, Purpose.ENROLMENT)


def refusal(person: Truth) -> ConsentEvent:
    """Say no for somebody of the city."""
    return event(EventKind.WITHDRAWN, person=person.id, at=NOW, id=ID)


def elsewhere(person: Truth) -> tuple[str, ...]:
    """Name a region whose office does not keep the person's record."""
    return ("11020" if person.jurisdiction.startswith("11010") else "11010",)


async def looks_at(city: City, person: str) -> list[Disclosure]:
    """Read the receipts that were shown of somebody."""
    found = await city.graph.read(disclosures.read, Question(person, None, 0, NOW + 99, None, 100))
    return [one for one in found if one.look.operation == "receipt"]


async def test_staff_who_read_a_receipt_are_recorded(city: City, sequencer: Sequencer) -> None:
    """With the person and no field; a kiosk hands it to the person, and a look that is refused shows nothing."""
    person = city.people[7]
    receipts = Receipts(city.graph, sequencer, BOOK, lambda: NOW)
    await city.graph.write(add, refusal(person))
    await receipts.for_caller(caller(ActorKind.KIOSK), ID)
    with pytest.raises(NoSuchEvent):
        await receipts.for_caller(caller(*STAFF, regions=elsewhere(person)), ID)
    assert await looks_at(city, person.id) == []
    await receipts.for_caller(caller(*STAFF), ID)
    (shown,) = await looks_at(city, person.id)
    assert (shown.look.actor, shown.look.purpose, shown.look.origin, shown.look.trace) == (
        *("desk", Purpose.ENROLMENT, "127.0.0.1", "trace"),
    )
    assert (shown.fields, shown.look.at) == ((), NOW)
    await sequencer.flush()
    assert not await city.graph.read(ledger.waiting_at_all)


async def test_no_answer_leaves_without_its_record(
    city: City, sequencer: Sequencer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever was erased, or moved out of reach, while the receipt was made, is looked at by nobody."""
    person = city.people[8]
    receipts = Receipts(city.graph, sequencer, BOOK, lambda: NOW)
    await city.graph.write(add, refusal(person))

    async def reached(*_: object) -> bool:
        return True

    monkeypatch.setattr(receipts, "_reaches", reached)
    with pytest.raises(NoSuchEvent):
        await receipts.for_caller(caller(*STAFF, regions=elsewhere(person)), ID)
    assert await looks_at(city, person.id) == []


async def test_whose_event_it_is_comes_before_everything(city: City, sequencer: Sequencer) -> None:
    """Neither that it waits for a checkpoint, nor that it was changed, is told of an event out of reach (L3)."""
    person = city.people[9]
    out_of_reach = caller(*STAFF, regions=elsewhere(person))
    waiting = Receipts(city.graph, StandingLedger(city.graph, lambda: SIGNER.verifier), BOOK, lambda: NOW)
    await city.graph.write(add, refusal(person))
    with pytest.raises(ReceiptNotYet):
        await waiting.for_caller(caller(*STAFF), ID)
    with pytest.raises(NoSuchEvent):
        await waiting.for_caller(out_of_reach, ID)
    receipts = Receipts(city.graph, sequencer, BOOK, lambda: NOW)
    await sequencer.flush()
    await city.graph.write(change, ID, {"salt": "A" * 43})
    with pytest.raises(LedgerDiverged):
        await receipts.for_caller(caller(*STAFF), ID)
    with pytest.raises(NoSuchEvent):
        await receipts.for_caller(out_of_reach, ID)


async def test_the_person_beside_an_event_is_not_believed(city: City, sequencer: Sequencer) -> None:
    """Somebody within reach, written beside another's event, does not open it."""
    person, other = city.people[10], city.people[11]
    receipts = Receipts(city.graph, sequencer, BOOK, lambda: NOW)
    await city.graph.write(add, refusal(person))
    await city.graph.write(change, ID, {"participant": other.id})
    with pytest.raises(LedgerDiverged):
        await receipts.for_caller(caller(*STAFF), ID)
    with pytest.raises(NoSuchEvent):
        await receipts.for_caller(caller(*STAFF), "nobody-ever-recorded-this")
