"""What the last check of the whole ledger found, for whoever asks how it stands; a later check takes its place."""

from dataclasses import asdict, dataclass
from typing import Final, LiteralString

from graph.transaction import Transaction


@dataclass(frozen=True, slots=True)
class LedgerCheck:
    """When the ledger was checked (epoch milliseconds), how much of it, and the code of what did not fit, if any."""

    at: int
    leaves: int
    checkpoints: int
    finding: str | None


_KEEP: Final[LiteralString] = "MERGE (c:LedgerCheck {name: 'last'}) SET c += $row"
_LAST: Final[LiteralString] = """
MATCH (c:LedgerCheck {name: 'last'})
RETURN c.at AS at, c.leaves AS leaves, c.checkpoints AS checkpoints, c.finding AS finding
"""


async def keep(tx: Transaction, check: LedgerCheck) -> None:
    """Keep what a check found, in the place of the one before."""
    await (await tx.run(_KEEP, row=asdict(check))).consume()


async def last(tx: Transaction) -> LedgerCheck | None:
    """Return what the last check found, None where there was none."""
    record = await (await tx.run(_LAST)).single()
    return None if record is None else LedgerCheck(**record)
