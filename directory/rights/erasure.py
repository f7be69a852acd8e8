"""Erasing a person: first every entry about them gets its place in the ledger, then everything goes (E7, C7)."""

from collections.abc import Awaitable, Callable

from consent.cases import Case
from consent.events import ConsentEvent
from graph import cases, ledger
from graph.connection import Graph
from graph.erasing import Erased, ErasureOrder, ErasureOutcome, erase, lock
from graph.transaction import Transaction

# Entries that wait for their place are those of the last second or so; at so many a time, one round is enough.
_AT_ONCE = 1_000
_WITHIN = 60.0


Still = Callable[[Transaction, str], Awaitable[bool]]


async def erase_person(
    graph: Graph, order: ErasureOrder, case: Case | None, still: Still | None = None
) -> ConsentEvent | None:
    """Erase a person and keep the blanked case, in one transaction; return the erasure's own event, for the journal.

    None where there is nobody of this id (any more), or where `still`, which is asked in that transaction, says that
    there is no reason for it any more. Where an entry about the person waits for its place in the ledger, those before
    it get theirs here, as the sequencer of a running service does it.
    """
    while True:
        erased = await graph.write(_erase, order, case, still, within=_WITHIN)
        if erased.outcome is not ErasureOutcome.PENDING:
            return erased.event
        await graph.write(ledger.sequence, _AT_ONCE)


async def _erase(tx: Transaction, order: ErasureOrder, case: Case | None, still: Still | None) -> Erased:
    if still is not None and (await lock(tx, order.person) is None or not await still(tx, order.person)):
        return Erased(ErasureOutcome.UNKNOWN)
    erased = await erase(tx, order)
    if erased.outcome is ErasureOutcome.ERASED and case is not None:
        await cases.add(tx, case)
    return erased
