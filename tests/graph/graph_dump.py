"""Everything that a graph holds, in a form in which two graphs can be compared, whichever engine each is on."""

from typing import Any

from graph.connection import Graph
from graph.inventory import NOT_KEPT
from graph.transaction import Transaction

Dump = tuple[list[str], list[str]]


def _told(value: Any) -> str:  # noqa: ANN401 - whatever a property can be.
    return repr(sorted(value.items()) if isinstance(value, dict) else value)


async def _dump(tx: Transaction) -> Dump:
    nodes = [
        _told([sorted(row["labels"]), sorted(row["held"].items())])
        async for row in await tx.run("MATCH (n) RETURN labels(n) AS labels, properties(n) AS held")
        if not NOT_KEPT.keys() & set(row["labels"])
    ]
    text = """
MATCH (a)-[r]->(b)
RETURN properties(a) AS start, type(r) AS type, properties(r) AS held, properties(b) AS end
"""
    edges = [
        _told([row["type"], *(_told(row[part]) for part in ("start", "held", "end"))])
        async for row in await tx.run(text)
    ]
    return sorted(nodes), sorted(edges)


async def dump(graph: Graph) -> Dump:
    """Read every node and every relationship with all of their properties, but for what no backup keeps."""
    return await graph.read(_dump, within=100)


async def _clear(tx: Transaction) -> None:
    await (await tx.run("MATCH (n) DETACH DELETE n")).consume()


async def clear(graph: Graph) -> None:
    """Remove everything."""
    await graph.write(_clear, within=100)
