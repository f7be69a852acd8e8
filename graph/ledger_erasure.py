"""Erasing a person from looks: whom and what a row showed goes with its salt, its commitment stays (C7)."""

from typing import Final, LiteralString

from graph.look_entries import commitment_of
from graph.transaction import Transaction

_ROWS: Final[LiteralString] = """
MATCH (d:Disclosure {participant: $participant}) WITH d
RETURN properties(d) AS row, [(d)<-[:SHOWED]-(l:Look) | l.id][0] AS look
"""
_ERASE_ROW: Final[LiteralString] = """
UNWIND $rows AS row
MATCH (l:Look {id: row.look}) WITH l, row
WITH [(l)-[:SHOWED]->(d:Disclosure) WHERE d.n = row.n | d][0] AS d, row
SET d.commitment = row.commitment REMOVE d.participant, d.fields, d.salt
"""
# Reading what an actor was shown passes such looks over, as it does those that never showed anybody.
_MARK_EMPTY: Final[LiteralString] = """
UNWIND $looks AS look MATCH (l:Look {id: look})
WITH l WHERE size([(l)-[:SHOWED]->(d:Disclosure) WHERE d.participant IS NOT NULL | d.n]) = 0
SET l.nobody_left = true
"""


async def erase_disclosures(tx: Transaction, participant: str) -> int:
    """Erase whom and what a person's disclosures showed, and keep of each its commitment; return how many."""
    result = await tx.run(_ROWS, participant=participant)
    rows = [
        {"look": row["look"], "n": row["row"].get("n"), "commitment": commitment_of(row["row"])} async for row in result
    ]
    if rows:
        await (await tx.run(_ERASE_ROW, rows=rows)).consume()
        await (await tx.run(_MARK_EMPTY, looks=sorted({row["look"] for row in rows}))).consume()
    return len(rows)
