"""Issuing receipts: one entry, the way from it to a signed checkpoint, and the notice it was made under."""

import secrets
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Final, Protocol

import orjson

from consent.events import ConsentEvent, read_event
from consent.ledger.commitments import SALT_BYTES, salt_bytes
from consent.ledger.notes import Verifier
from consent.ledger.tiles import TiledTree, inclusion_tiles
from consent.notice_book import NoticeBook
from consent.notice_parts import Language, Notice
from consent.receipt_checking import check_receipt
from consent.receipt_lines import written
from consent.receipt_steps import Verdict
from consent.receipts import Place, make_receipt, receipt_bytes
from consent.vocabulary import Purpose
from directory.access.caller import Caller
from directory.errors import Forbidden
from directory.ledger.checking import leaves_of
from directory.ledger.errors import LedgerDiverged
from directory.ledger.sequencer import SignedCheckpoint
from directory.receipts.errors import NoSuchEvent, ReceiptNotYet
from graph import consents, disclosures, receipts
from graph.connection import Graph
from graph.disclosures import Decided, Look
from graph.receipts import ReceiptEntry
from graph.transaction import Transaction
from graph.vocabulary import ActorKind

_ALWAYS: Final = frozenset({ActorKind.KIOSK, ActorKind.PRIVACY_OFFICER})


class Ledger(Protocol):
    """What issuing needs of the ledger: the sequencer of a running service is one."""

    newest: SignedCheckpoint | None

    @property
    def verifier(self) -> Verifier:
        """The public key."""
        ...

    def tree(self) -> tuple[int, TiledTree]:
        """Return the size and the tree as they are known now."""
        ...

    async def flush(self) -> SignedCheckpoint:
        """Return a checkpoint that covers everything that was committed before this call."""
        ...


@dataclass(frozen=True, slots=True)
class Receipt:
    """A receipt, and what is read of it most."""

    document: dict[str, Any]

    @property
    def id(self) -> str:
        """The event's id, which is the receipt's too."""
        found: str = self.document["proof"]["event"]["id"]
        return found

    @property
    def person(self) -> str:
        """The random id of the person."""
        found: str = self.document["proof"]["event"]["person"]
        return found

    @property
    def json(self) -> str:
        """The file that the person keeps."""
        return receipt_bytes(self.document).decode()

    def lines(self, language: Language) -> tuple[tuple[str, str], ...]:
        """Return the readable part as labels and texts."""
        return tuple((line["label"], line["text"]) for line in self.document["readable"][language])

    def readable(self, language: Language) -> str:
        """Return the readable part as a text, a line each."""
        return written(self.document["readable"][language])


def may_read_receipts(caller: Caller) -> bool:
    """Say whether a caller may have receipts: kiosks, staff who ask people for consent, and privacy officers."""
    staff = caller.kind is ActorKind.STAFF and Purpose.ENROLMENT in caller.scope.purposes
    return staff or caller.kind in _ALWAYS


class Receipts:
    """Issues receipts of what was recorded; the same event gives the same receipt but for a newer checkpoint."""

    def __init__(self, graph: Graph, ledger: Ledger, book: NoticeBook, clock: Callable[[], int]) -> None:
        """Take the graph, the ledger, the notices, and a clock in epoch milliseconds."""
        self._graph = graph
        self._clock = clock
        self._ledger = ledger
        self._book = book

    async def for_caller(
        self,
        caller: Caller,
        event: str,
        may: Callable[[Caller], bool] = may_read_receipts,
    ) -> Receipt:
        """Return the receipt of an event for a caller who may have it; raises Forbidden, and what `issue` raises.

        Where the caller's key does not reach the person, there is no such event (L3): that is asked before anything
        else, so that no other answer tells of it. Staff see somebody's decision, which is a look and recorded as one
        before the answer leaves (P15); a kiosk hands a receipt to its person.
        """
        if not may(caller):
            raise Forbidden("reading receipts; the key of a kiosk, or one for the purpose ENROLMENT, does")
        entry = await self._graph.read(receipts.entry, event)
        if entry is None or not await self._reaches(caller, entry.person):
            raise NoSuchEvent
        receipt = await self.issue(event)
        if receipt.person != entry.person:
            raise LedgerDiverged(f"the person beside entry {entry.leaf or 0:,} is not the one that it is about")
        if caller.kind is ActorKind.STAFF and not await self._graph.write(_record, self._look(caller), receipt, caller):
            # Erased meanwhile, or moved out of reach.
            raise NoSuchEvent
        return receipt

    async def _reaches(self, caller: Caller, person: str) -> bool:
        if caller.kind is ActorKind.PRIVACY_OFFICER:
            return True
        return await self._graph.read(consents.reaches, person, caller.scope)

    def _look(self, caller: Caller) -> Look:
        return Look(
            id=uuid.uuid4().hex,
            at=self._clock(),
            actor=caller.actor,
            department=caller.scope.department,
            purpose=Purpose.ENROLMENT,
            operation="receipt",
            origin=caller.origin,
            trace=caller.trace,
            seed=secrets.token_bytes(SALT_BYTES),
        )

    async def for_person(self, person: str, event: str) -> Receipt:
        """Return the receipt of an event of the person who asks for it themselves; nobody else's is there (L3)."""
        entry = await self._graph.read(receipts.entry, event)
        if entry is None or entry.person != person:
            raise NoSuchEvent
        receipt = await self.issue(event)
        if receipt.person != person:
            raise LedgerDiverged(f"the person beside entry {entry.leaf or 0:,} is not the one that it is about")
        return receipt

    async def issue(self, event: str) -> Receipt:
        """Return the receipt of an event by its id, with a checkpoint that covers it.

        Raises NoSuchEvent, ReceiptNotYet, and LedgerDiverged where what is stored is not what was committed to: a
        receipt that does not hold is not handed out.
        """
        entry, signed = await self._placed(event)
        if entry.leaf is None or signed.checkpoint.size <= entry.leaf:
            raise ReceiptNotYet
        size, (_, tree) = signed.checkpoint.size, self._ledger.tree()
        tiles = await leaves_of(self._graph, inclusion_tiles(entry.leaf, size))
        path = tuple(tree.inclusion(entry.leaf, size, tiles))
        recorded = read_event(orjson.loads(entry.content))
        place = Place(salt_bytes(entry.salt), entry.leaf, size, path, signed.note)
        document = make_receipt(recorded, place, self._ledger.verifier, self._notice(recorded))
        if check_receipt(receipt_bytes(document), self._ledger.verifier).verdict is not Verdict.PROVEN:
            raise LedgerDiverged(f"entry {entry.leaf:,} is not what its leaf commits to")
        return Receipt(document)

    async def _placed(self, event: str) -> tuple[ReceiptEntry, SignedCheckpoint]:
        """Return the entry and a checkpoint, which covers it where the ledger is kept going."""
        entry = await self._graph.read(receipts.entry, event)
        if entry is None:
            raise NoSuchEvent
        signed = self._ledger.newest
        if signed is not None and entry.leaf is not None and entry.leaf < signed.checkpoint.size:
            return entry, signed
        signed = await self._ledger.flush()
        entry = await self._graph.read(receipts.entry, event)
        if entry is None:
            raise NoSuchEvent
        return entry, signed

    def _notice(self, event: ConsentEvent) -> Notice | None:
        """Return the notice that the event names, else the one in force, for who is responsible."""
        if event.notice:
            return self._book.get(event.notice)
        return self._book.current(event.purpose or Purpose.ENROLMENT, event.at)


async def _record(tx: Transaction, look: Look, receipt: Receipt, caller: Caller) -> bool:
    """Record that a decision was shown, none of the person's fields; nothing where the person is out of reach."""
    if not await consents.reaches(tx, receipt.person, caller.scope):
        return False
    await disclosures.record(tx, look, [Decided(receipt.person)])
    return True
