"""What anybody may have of the ledger: its key, its newest checkpoint, the day's map, and how its last check went.

None of it is secret: a checkpoint that anybody can fetch is one that can't be rewritten for one person alone.
"""

from collections.abc import Callable
from typing import Any, Final

from consent.ledger.notes import Verifier
from consent.receipt_checking import fingerprint
from directory import clock
from directory.ledger.map_shelf import MapShelf
from graph import ledger, ledger_checks
from graph.connection import Graph

_LONGEST_WAIT: Final = 60_000


class Publication:
    """Gives what is published."""

    def __init__(
        self, graph: Graph, verifier: Callable[[], Verifier], shelf: MapShelf, clock: Callable[[], int]
    ) -> None:
        """Take the graph, what gives the public key, the shelf of the map, and a clock in epoch milliseconds."""
        self._graph = graph
        self._clock = clock
        self._verifier = verifier
        self._shelf = shelf

    def key(self) -> str:
        """Return the public key's line, and its fingerprint as receipts are checked by it; raises LedgerKeyMissing."""
        key = self._verifier()
        return f"{key}\n{fingerprint(key)}\n"

    async def checkpoint(self) -> str | None:
        """Return the newest checkpoint's note, None before the first."""
        newest = await self._graph.read(ledger.newest_checkpoint)
        return None if newest is None else newest.note

    async def day_map(self) -> str | None:
        """Return the note of the map that was published last, None before the first."""
        published = await self._graph.read(ledger.newest_map)
        return None if published is None else published.note

    async def latest_of(self, person: str) -> dict[str, Any] | None:
        """Return the proof of a person's latest entry by the map that was published last; None where it is not here."""
        note = await self.day_map()
        return None if note is None else self._shelf.proof(note, self._verifier(), person)

    async def health(self) -> dict[str, Any]:
        """Return how the last check of everything went: `holds` is None where there was none yet.

        `stalled` says whether entries wait for their places for longer than a minute.
        """
        last = await self._graph.read(ledger_checks.last)
        found: dict[str, Any] = {"checked": None, "holds": None, "finding": None}
        if last is not None:
            found = {"checked": clock.iso(last.at), "holds": last.finding is None, "finding": last.finding}
        return found | {"stalled": await self.stalled()}

    async def stalled(self) -> bool:
        """Say whether the oldest entry without a place was written more than a minute ago (C3)."""
        since = await self._graph.read(ledger.waiting_since)
        return since is not None and self._clock() - since > _LONGEST_WAIT
