"""How many rows a load wrote: nodes and edges, counted in the graph."""

from graph.transaction import Transaction


async def rows_in(tx: Transaction) -> int:
    """Return the number of nodes and of edges together, without those that questions leave behind."""
    rows = 0
    for text in (
        "MATCH (n:Participant) RETURN count(n) AS rows",
        "MATCH (n:Body) RETURN count(n) AS rows",
        "MATCH (:Participant)-[r]->() RETURN count(r) AS rows",
        "MATCH (:Body)-[r]->() RETURN count(r) AS rows",
    ):
        result = await tx.run(text)
        rows += (await result.single(strict=True))["rows"]
    return rows
