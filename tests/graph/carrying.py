"""Carrying a whole graph in memory, read as by a backup and written as by a restore, to put back what tests changed."""

from collections.abc import Sequence
from typing import Final

from graph import constraints, exporting, restoring
from graph.connection import Graph
from graph.inventory import WHOLE, Kind, Row
from graph.restoring import Restore, RestoreState
from graph.transaction import Transaction
from graph.windows import Axis
from tests.graph.graph_dump import clear

PLANNED: Final = Restore("archive-1", 5, 4, RestoreState.RESTORING, 0)


async def read_all(graph: Graph) -> list[tuple[Kind, list[Row]]]:
    """Read everything, while nobody writes."""
    mark = await graph.read(exporting.mark)
    axis, at = Axis.by_id(await graph.read(exporting.count_people)), 0
    people: list[Row] = []
    while at < axis.length:
        window = axis.window(None, at, axis.width_for(500))
        people, at = people + await graph.read(exporting.people, window), window.end
    rows = {kind: await graph.read(exporting.whole, kind) for kind in WHOLE}
    rows |= {Kind.PEOPLE: people, Kind.HEAD: list(mark.head)}
    rows[Kind.ENTRIES] = await graph.read(exporting.entries, range(mark.size)) + await graph.read(exporting.waiting)
    rows[Kind.TILES] = await graph.read(exporting.tiles, range(-(-mark.size // 256)))
    rows[Kind.CHECKPOINTS] = await graph.read(exporting.checkpoints, -1)
    return [(kind, rows[kind]) for kind in Kind]


async def write_all(graph: Graph, rows: Sequence[tuple[Kind, list[Row]]]) -> None:
    """Write everything into an empty graph."""
    for statement in constraints.STATEMENTS:
        await graph.write(constraints.create, statement)
    await graph.write(restoring.begin, PLANNED)
    for number, (kind, of_kind) in enumerate(rows):
        assert await graph.write(restoring.add, number, number + 1, kind, of_kind, within=60) == 0


async def put_back(graph: Graph, rows: Sequence[tuple[Kind, list[Row]]]) -> None:
    """Put a graph back to what was read of it."""
    await clear(graph)
    await write_all(graph, rows)
    await graph.write(_forget)


async def _forget(tx: Transaction) -> None:
    await (await tx.run("MATCH (r:Restore) DELETE r")).consume()
