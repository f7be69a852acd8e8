"""Lists of bodies: the organizations and committees that people belong to. Bodies are public, people are not."""

from collections.abc import Callable
from dataclasses import dataclass

from directory.access.caller import Caller
from directory.contacts.cursors import Cursors
from directory.contacts.filters import BodyFilter, bodies_condition
from directory.contacts.regions import RegionMap
from graph import bodies
from graph.bodies import BodyRow
from graph.connection import Graph
from graph.people import BodyCondition
from graph.transaction import Transaction


@dataclass(frozen=True, slots=True)
class BodiesPage:
    """A page of bodies, the cursor to go on after (None on the last page), and the count if asked for."""

    bodies: tuple[BodyRow, ...]
    end_cursor: str | None
    has_next_page: bool
    count: int | None


class Bodies:
    """Answers lists of bodies, in the order of region and name."""

    def __init__(self, graph: Graph, cursors: Cursors, regions: RegionMap, clock: Callable[[], int]) -> None:
        """Take the graph, the sealer of cursors, the map of regions and a clock in epoch milliseconds."""
        self._graph = graph
        self._cursors = cursors
        self._regions = regions
        self._clock = clock

    async def page(
        self, caller: Caller, where: BodyFilter, first: int, after: str | None, *, count: bool
    ) -> BodiesPage:
        """Return a page of up to `first` bodies; raises BadInput, BadCursor, LimitExceeded."""
        now, query = self._clock(), {"bodies": where.described()}
        position = ""
        if after is not None:
            (position,) = self._cursors.open(after, caller=caller.actor, query=query, now=now)
        condition = bodies_condition(where, self._regions)
        found, number = await self._graph.read(_read, condition, where.committee, position, first, count)
        cursor = None
        if len(found) > first:
            last = found[first - 1].sort_key
            cursor = self._cursors.seal([last], caller=caller.actor, query=query, now=now)
        return BodiesPage(tuple(found[:first]), cursor, cursor is not None, number)


async def _read(  # noqa: PLR0913, PLR0917 - a transaction's function takes its arguments in order.
    tx: Transaction,
    condition: BodyCondition,
    committee: bool | None,  # noqa: FBT001 - as above.
    after: str,
    first: int,
    counted: bool,  # noqa: FBT001 - as above.
) -> tuple[list[BodyRow], int | None]:
    found = await bodies.page(tx, condition, committee=committee, after=after, limit=first + 1)
    return found, await bodies.count(tx, condition, committee=committee) if counted else None
