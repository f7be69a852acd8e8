"""Reading the one entry that a receipt is about: a consent event, or the tombstone that an erasure leaves."""

from dataclasses import dataclass
from typing import Final, LiteralString

from graph.transaction import Transaction


@dataclass(frozen=True, slots=True)
class ReceiptEntry:
    """An event as the ledger commits to it: its canonical content, its salt, and its leaf once it has a place.

    `person` is whom it is about, as it is kept beside the content.
    """

    person: str
    content: str
    salt: str
    leaf: int | None


_RETURN: Final[LiteralString] = (
    " RETURN coalesce(e.participant, e.id) AS person, e.content AS content, e.salt AS salt, e.leaf AS leaf"
)
_EVENT: Final[LiteralString] = "MATCH (e:ConsentEvent {id: $id})" + _RETURN
_TOMBSTONE: Final[LiteralString] = "MATCH (e:Tombstone {id: $id})" + _RETURN


async def entry(tx: Transaction, event: str) -> ReceiptEntry | None:
    """Return the entry of an event by its id; None where there is none, or where it was erased (C7)."""
    found = await _one(tx, _EVENT, event)
    return await _one(tx, _TOMBSTONE, event) if found is None else found


async def _one(tx: Transaction, query: LiteralString, event: str) -> ReceiptEntry | None:
    record = await (await tx.run(query, id=event)).single()
    if record is None or record["content"] is None or record["salt"] is None:
        return None
    return ReceiptEntry(record["person"], record["content"], record["salt"], record["leaf"])
