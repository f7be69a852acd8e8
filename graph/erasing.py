"""Erasure: everything about one person goes in one transaction, but for a tombstone with their random id (E7, C7).

The wrapped data key, the sealed values, the blind indexes and the edges go with the participant's node. What the
ledger committed to stays as noise: an event keeps its place, a disclosure its commitment, and the tombstone, itself an
entry of the ledger, names every place that was emptied, so that everybody else's proofs still fit and nothing else may
be missing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, LiteralString

from consent.canonical import canonical
from consent.events import Capture, ConsentEvent
from consent.ledger.commitments import leaf_hash, salt_text
from consent.vocabulary import EventKind
from graph.ledger import PENDING
from graph.ledger_erasure import erase_disclosures
from graph.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ErasureOrder:
    """Whom to erase, on which basis (the case's id, or the sweep's), when, how it came in, and the entry's salt."""

    person: str
    basis: str
    at: int
    capture: Capture
    salt: bytes


class ErasureOutcome(StrEnum):
    """What became of an erasure."""

    ERASED = "ERASED"
    PENDING = "PENDING"
    """Nothing happened: an entry about the person waits for its place in the ledger, which has to be given first."""
    GONE = "GONE"
    """The person was erased before."""
    UNKNOWN = "UNKNOWN"
    """There is nobody of this id."""


@dataclass(frozen=True, slots=True)
class Erased:
    """The outcome, how many events and disclosures were emptied, and the event that the tombstone commits to."""

    outcome: ErasureOutcome
    events: int = 0
    disclosures: int = 0
    event: ConsentEvent | None = None


# Writing first makes whoever records of the person at this moment wait, or begin again: see graph.consents.
_LOCK: Final[LiteralString] = """
MATCH (p:Participant {id: $person}) SET p.revision = coalesce(p.revision, 0) + 1, p.changed = timestamp()
RETURN p.phone_index AS phone, p.email_index AS email
"""
_TOMBSTONE: Final[LiteralString] = "MATCH (t:Tombstone {id: $person}) RETURN t.id AS id"
_EVENTS: Final[LiteralString] = """
MATCH (e:ConsentEvent {participant: $person}) RETURN e.leaf AS leaf, e.ledger_queue AS queue
"""
_EMPTY_EVENTS: Final[LiteralString] = """
MATCH (e:ConsentEvent {participant: $person}) WITH e, e.leaf AS leaf SET e = {leaf: leaf, erased: true}
"""
_DISCLOSURES: Final[LiteralString] = """
MATCH (d:Disclosure {participant: $person})
RETURN d.n AS n, [(d)<-[:SHOWED]-(l:Look) | [l.leaf, l.ledger_queue]] AS looks
"""
_DROP_PERSON: Final[LiteralString] = "MATCH (p:Participant {id: $person}) DETACH DELETE p"
_DROP_CASES: Final[LiteralString] = "MATCH (c:Case {participant: $person}) WITH c WHERE c.id <> $basis DETACH DELETE c"
# Of the case of the erasure itself remains that there was one, and that it was answered in time.
_BLANK_CASE: Final[LiteralString] = """
MATCH (c:Case {id: $basis})
REMOVE c.participant, c.reason, c.wanted_field, c.wanted_sealed, c.wanted_index, c.purposes, c.fields, c.channels,
  c.sensitive, c.events, c.first_reason
"""
_CONTACTS_ASKED: Final[LiteralString] = "MATCH (v:Verification {participant: $person}) RETURN v.contact AS contact"
_DROP_CONTACT: Final[LiteralString] = "MATCH (v:Verification {contact: $contact}) DETACH DELETE v"
_DROP_ATTEMPTS: Final[LiteralString] = "MATCH (a:Attempts {key: $contact}) DETACH DELETE a"
_ADD_TOMBSTONE: Final[LiteralString] = "CREATE (t:Entry:Tombstone) SET t = $row"


async def erase(tx: Transaction, order: ErasureOrder) -> Erased:
    """Erase a person; where this transaction does not commit as a whole, nothing of it happened.

    PENDING asks for `graph.ledger.sequence` first: a tombstone can't name a place that is not there yet.
    """
    locked = await lock(tx, order.person)
    if locked is None:
        before = await (await tx.run(_TOMBSTONE, person=order.person)).single()
        return Erased(ErasureOutcome.UNKNOWN if before is None else ErasureOutcome.GONE)
    events = [(row["leaf"], row["queue"]) async for row in await tx.run(_EVENTS, person=order.person)]
    rows = [(row["n"], *row["looks"][0]) async for row in await tx.run(_DISCLOSURES, person=order.person)]
    if PENDING in {queue for _, queue in events} | {queue for _, _, queue in rows}:
        return Erased(ErasureOutcome.PENDING)
    places = [str(leaf) for leaf in sorted(leaf for leaf, _ in events if leaf is not None)]
    places += [f"{leaf}/{n}" for leaf, n in sorted((leaf, n) for n, leaf, _ in rows if leaf is not None)]
    await (await tx.run(_EMPTY_EVENTS, person=order.person)).consume()
    await erase_disclosures(tx, order.person)
    contacts = {f"{kind}:{locked[name]}" for kind, name in _CONTACTS if locked[name] is not None}
    # With those that the person wanted in their place: every verification of theirs is for one of these.
    contacts |= {row["contact"] async for row in await tx.run(_CONTACTS_ASKED, person=order.person)}
    await _drop(tx, order, sorted(contacts))
    event = erasure_event(order, places)
    await (await tx.run(_ADD_TOMBSTONE, row=tombstone_row(event, order.salt))).consume()
    return Erased(ErasureOutcome.ERASED, len(events), len(rows), event)


async def lock(tx: Transaction, person: str) -> Mapping[str, Any] | None:
    """Let nobody else record of a person until this transaction ends; return the blind indexes, None for nobody."""
    record = await (await tx.run(_LOCK, person=person)).single()
    return None if record is None else {"phone": record["phone"], "email": record["email"]}


_CONTACTS: Final = (("PHONE", "phone"), ("EMAIL", "email"))


async def _drop(tx: Transaction, order: ErasureOrder, contacts: Sequence[str]) -> None:
    await (await tx.run(_DROP_CASES, person=order.person, basis=order.basis)).consume()
    await (await tx.run(_BLANK_CASE, basis=order.basis)).consume()
    for contact in contacts:
        await (await tx.run(_DROP_CONTACT, contact=contact)).consume()
        await (await tx.run(_DROP_ATTEMPTS, contact=contact)).consume()
    await (await tx.run(_DROP_PERSON, person=order.person)).consume()


def erasure_event(order: ErasureOrder, places: Sequence[str]) -> ConsentEvent:
    """Return the fact of an erasure, with the places in the ledger that were emptied with it."""
    return ConsentEvent(
        id=order.person,
        person=order.person,
        kind=EventKind.ERASED,
        purpose=None,
        at=order.at,
        recorded=order.at,
        capture=order.capture,
        basis=order.basis,
        erases=tuple(places),
    )


def tombstone_row(event: ConsentEvent, salt: bytes) -> dict[str, Any]:
    """Return the properties of a tombstone, which waits for its own place in the ledger."""
    content = canonical(event.content())
    return {
        "id": event.id,
        "at": event.recorded,
        "content": content.decode(),
        "salt": salt_text(salt),
        "leaf_hash": leaf_hash(content, salt).hex(),
        "ledger_queue": PENDING,
    }
