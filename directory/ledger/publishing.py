"""The map of latest leaves, made of everybody's events and published once a day."""

import asyncio

from consent.ledger.latest_map import LatestMap, map_key
from consent.ledger.map_notes import sign_map
from consent.ledger.notes import Signer
from directory.ledger.map_shelf import MapShelf
from graph import ledger, ledger_entries
from graph.connection import Graph
from graph.ledger import StoredMap

_LEAVES_AT_ONCE = 1_024


async def read_map(graph: Graph, size: int) -> LatestMap:
    """Make the map of the first `size` leaves, in a thread."""
    latest: dict[bytes, int] = {}
    for low in range(0, size, _LEAVES_AT_ONCE):
        high = min(low + _LEAVES_AT_ONCE, size)
        for subject, leaf in await graph.read(ledger_entries.latest_leaves, low, high, within=60.0):
            key = map_key(subject)
            latest[key] = max(leaf, latest.get(key, -1))
    return await asyncio.to_thread(LatestMap, latest)


def map_note(made: LatestMap, size: int, at: int, signer: Signer) -> str:
    """Return the signed note of a map."""
    return sign_map(len(made), made.root, size, at, signer)


async def publish_map(  # noqa: PLR0913, PLR0917 - the facts of a map.
    graph: Graph, signer: Signer, shelf: MapShelf, size: int, day: str, at: int
) -> StoredMap:
    """Make the map, put it on the shelf, sign it and keep its note as that of a day (an ISO date)."""
    made = await read_map(graph, size)
    # Before its note: a map that is published is there to be proven from.
    await asyncio.to_thread(shelf.keep, made)
    published = StoredMap(day, at, map_note(made, size, at, signer))
    await graph.write(ledger.add_map, published)
    return published
