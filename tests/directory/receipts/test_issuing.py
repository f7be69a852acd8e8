"""Issuing receipts over a real ledger: of what is there, of what was just recorded, and of nothing that was erased."""

from dataclasses import replace

import pytest

from consent.events import ConsentEvent
from consent.ledger.errors import LedgerError
from consent.notice_parts import Language
from consent.receipt_checking import check_receipt
from consent.receipt_steps import Verdict
from consent.scope import Scope
from consent.vocabulary import EventKind, Purpose
from directory.access.caller import Caller
from directory.errors import Forbidden
from directory.ledger.errors import LedgerDiverged
from directory.ledger.sequencer import Sequencer, SignedCheckpoint
from directory.notices.book import load_book
from directory.receipts.errors import NoSuchEvent, ReceiptNotYet
from directory.receipts.issuing import Receipts, may_read_receipts
from directory.receipts.standing_ledger import StandingLedger
from graph.actors import AccessKey
from graph.erasing import tombstone_row
from graph.vocabulary import ActorKind
from tests.consent.independent_receipts import problems
from tests.consent.making_events import event
from tests.consent.making_receipts import OTHER_SIGNER, SIGNER
from tests.directory.receipts.recorded import SALT, add, bury, change, erase, event_ids
from tests.loaded_city import BUREAU, NOW, City

BOOK = load_book()
NEWS = BOOK.get("city-news/1")
ID = "a-decision-of-a-test-0001"


@pytest.fixture
def receipts(city: City, sequencer: Sequencer) -> Receipts:
    """Issue over the city."""
    return Receipts(city.graph, sequencer, BOOK, lambda: NOW)


def granted() -> ConsentEvent:
    """Give a grant under the published notice of the city's news."""
    assert NEWS is not None
    made = event(EventKind.GRANTED, at=NOW, until=NOW + 86_400_000, id=ID)
    return replace(made, notice=NEWS.id, notice_hash=BOOK.hash_of(NEWS))


def caller(kind: ActorKind, *purposes: Purpose, regions: tuple[str, ...] | None = None) -> Caller:
    """Make a caller with a key of a kind."""
    scope = Scope("desk", BUREAU, frozenset(purposes), regions, None)
    return Caller(AccessKey("key", kind, "", scope, NOW, None, None), "127.0.0.1", "trace")


@pytest.mark.parametrize("kind", ["GRANTED", "REFUSED", "WITHDRAWN"])
async def test_what_the_city_recorded_has_receipts(city: City, receipts: Receipts, kind: str) -> None:
    """Events of the load, wherever they lie, have receipts that hold, for us and for strangers."""
    found = await city.graph.read(event_ids, kind, 5)
    assert found
    for identity in found:
        receipt = await receipts.issue(identity)
        assert (receipt.id, receipt.document["proof"]["event"]["kind"]) == (identity, kind)
        assert problems(receipt.document, str(SIGNER.verifier)) == []
        assert check_receipt(receipt.json.encode(), SIGNER.verifier).verdict is Verdict.PROVEN


async def test_a_decision_has_its_receipt_at_once(city: City, receipts: Receipts) -> None:
    """An event that waits for its place gets it, and a checkpoint that covers it, by being asked for."""
    await city.graph.write(add, granted())
    receipt = await receipts.issue(ID)
    proof = receipt.document["proof"]
    assert proof["leaf_index"] == proof["tree_size"] - 1
    assert receipt.person == granted().person
    assert receipt.document["notice"]["id"] == "city-news/1"
    assert ("Items", "name, telephone number") in receipt.lines(Language.EN)
    assert "항목: 성명, 전화번호" in receipt.readable(Language.KO).split("\n")
    assert await receipts.issue(ID) == receipt


async def test_a_withdrawal_tells_who_is_responsible(city: City, receipts: Receipts) -> None:
    """Its receipt carries the notice in force for the purpose, though it was made under none."""
    await city.graph.write(add, event(EventKind.WITHDRAWN, at=NOW, id=ID))
    document = (await receipts.issue(ID)).document
    assert document["notice"]["id"] == "city-news/1"
    assert document["receipt"]["parties"][0]["phone"] == "02-000-0000"


async def test_an_erasure_has_a_receipt_and_what_was_erased_has_none(city: City, receipts: Receipts) -> None:
    """C7: the tombstone's receipt is all that remains; for the rest the refusal is clear, with or without an id."""
    await city.graph.write(add, granted())
    await receipts.issue(ID)
    erasure = event(EventKind.ERASED, id=granted().person, at=NOW, erases=("17", "18/2"))
    for keep_id in (True, False):
        await city.graph.write(lambda tx, kept=keep_id: erase(tx, ID, keep_id=kept))
        with pytest.raises(NoSuchEvent, match="everything about the person was destroyed"):
            await receipts.issue(ID)
    await city.graph.write(bury, tombstone_row(erasure, SALT))
    receipt = await receipts.issue(erasure.person)
    assert receipt.document["receipt"]["event"]["state"] == "ERASE"
    assert ("Records destroyed with it", "2 records") in receipt.lines(Language.EN)


async def test_there_is_no_receipt_of_nothing(receipts: Receipts) -> None:
    """An id that is nobody's has the same answer as one that was erased (L3)."""
    with pytest.raises(NoSuchEvent):
        await receipts.issue("nobody-ever-recorded-this")


async def test_a_receipt_that_would_not_hold_is_not_handed_out(city: City, receipts: Receipts) -> None:
    """Where the database was changed, nobody is given a paper that proves nothing."""
    await city.graph.write(add, granted())
    await receipts.issue(ID)
    await city.graph.write(change, ID, {"salt": "A" * 43})
    with pytest.raises(LedgerDiverged):
        await receipts.issue(ID)


async def test_who_may_have_receipts(city: City, receipts: Receipts) -> None:
    """Kiosks, privacy officers, and staff who ask for consent; nobody else, and nobody beyond their reach (L3)."""
    identity = (await city.graph.read(event_ids, "GRANTED", 1))[0]
    whose = (await receipts.issue(identity)).person
    person = next(each for each in city.people if each.id == whose)
    allowed = [
        caller(ActorKind.KIOSK),
        caller(ActorKind.PRIVACY_OFFICER),
        caller(ActorKind.STAFF, Purpose.ENROLMENT, Purpose.CITY_NEWS),
        caller(ActorKind.KIOSK, regions=(person.jurisdiction,)),
    ]
    for each in allowed:
        assert (await receipts.for_caller(each, identity)).id == identity
    for each in (caller(ActorKind.STAFF, Purpose.CITY_NEWS), caller(ActorKind.SERVICE, Purpose.ENROLMENT)):
        assert not may_read_receipts(each)
        with pytest.raises(Forbidden):
            await receipts.for_caller(each, identity)
    elsewhere = "11020" if person.jurisdiction.startswith("11010") else "11010"
    with pytest.raises(NoSuchEvent):
        await receipts.for_caller(caller(ActorKind.KIOSK, regions=(elsewhere,)), identity)


async def test_a_command_takes_what_was_signed_last(city: City, sequencer: Sequencer) -> None:
    """Beside a running service a command signs nothing: an event that no checkpoint covers has to wait."""
    standing = StandingLedger(city.graph, lambda: SIGNER.verifier)
    beside = Receipts(city.graph, standing, BOOK, lambda: NOW)
    await city.graph.write(add, granted())
    with pytest.raises(ReceiptNotYet):
        await beside.issue(ID)
    of_before = (await city.graph.read(event_ids, "REFUSED", 1))[0]
    with pytest.raises(ReceiptNotYet):
        await beside.issue(of_before)
    await sequencer.flush()
    assert (await beside.issue(ID)).id == ID
    assert (await beside.issue(of_before)).id == of_before
    await city.graph.write(add, event(EventKind.WITHDRAWN, at=NOW, id=f"{ID}-later"))
    with pytest.raises(ReceiptNotYet):
        await beside.issue(f"{ID}-later")
    foreign = Receipts(city.graph, StandingLedger(city.graph, lambda: OTHER_SIGNER.verifier), BOOK, lambda: NOW)
    with pytest.raises(LedgerError):
        await foreign.issue(ID)


class ErasedMeanwhile(StandingLedger):
    """A ledger during whose round the person is erased."""

    async def flush(self) -> SignedCheckpoint:
        """Erase, and then go on."""
        await self._graph.write(lambda tx: erase(tx, ID, keep_id=False))
        return await super().flush()


async def test_an_erasure_that_comes_between_is_heeded(city: City, sequencer: Sequencer) -> None:
    """What was there when the receipt was asked for, and is gone when it would be made, has none (C7)."""
    await city.graph.write(add, granted())
    await sequencer.flush()
    between = ErasedMeanwhile(city.graph, lambda: SIGNER.verifier)
    with pytest.raises(NoSuchEvent):
        await Receipts(city.graph, between, BOOK, lambda: NOW).issue(ID)
