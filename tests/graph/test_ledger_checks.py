"""What the last check of the ledger found: one fact, which a later one takes the place of."""

from graph import ledger_checks
from graph.connection import Graph
from graph.ledger_checks import LedgerCheck
from graph.transaction import Transaction


async def _forget(tx: Transaction) -> None:
    await (await tx.run("MATCH (c:LedgerCheck) DETACH DELETE c")).consume()


async def test_the_last_one_is_kept(graph: Graph) -> None:
    """None before the first; a check that finds nothing takes away what the one before found (C4)."""
    assert await graph.read(ledger_checks.last) is None
    try:
        for check in (LedgerCheck(1, 9, 2, "ROOT_DIFFERS"), LedgerCheck(2, 10, 3, None)):
            await graph.write(ledger_checks.keep, check)
            assert await graph.read(ledger_checks.last) == check
    finally:
        await graph.write(_forget)
