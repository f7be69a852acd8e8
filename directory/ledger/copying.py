"""Copying checkpoints to the witness: every one, in order, again and again where it fails, and holding nobody up."""

import asyncio
import logging
import time
from collections.abc import Callable
from typing import Final, TypeVar

from consent.ledger.notes import Verifier
from consent.ledger.tiles import TiledTree
from directory.errors import DirectoryError
from directory.ledger.checking import require_as_witnessed
from directory.ledger.errors import LedgerWitnessFailed
from directory.ledger.witness import Witness
from directory.logs import log_event
from graph import ledger
from graph.connection import Graph

_AT_ONCE: Final = 100
_FIRST_PAUSE: Final = 2.0
_LONGEST_PAUSE: Final = 60.0

_R = TypeVar("_R")


class Copier:
    """Brings the witness up to what is signed; `failing` is the code of what is the matter, None where nothing is."""

    def __init__(self, graph: Graph, witness: Witness, verifier: Verifier) -> None:
        """Take the graph, the witness and the ledger's public key."""
        self._graph = graph
        self._witness = witness
        self._verifier = verifier
        self._copied: int | None = None
        self._pause = _FIRST_PAUSE
        self._again = 0.0
        self.failing: str | None = None

    async def compare(self, size: int, tree: TiledTree) -> None:
        """Hold the tree against what the witness has seen; raises LedgerRolledBack, LedgerDiverged and their like.

        A witness that can't be reached is asked again later, before anything is copied to it.
        """
        try:
            note = await _in_thread(self._witness.newest)
        except LedgerWitnessFailed as failure:
            self._failed(failure)
            return
        self._copied = await require_as_witnessed(self._graph, self._verifier, note, size, tree)

    async def copy(self, read_tree: Callable[[], tuple[int, TiledTree]]) -> None:
        """Copy what the witness does not have yet, unless it failed a moment ago."""
        if time.monotonic() < self._again:
            return
        try:
            if self._copied is None:
                await self.compare(*read_tree())
            while self._copied is not None:
                missing = await self._graph.read(ledger.checkpoints, self._copied, _AT_ONCE)
                for checkpoint in missing:
                    await _in_thread(self._witness.keep_checkpoint, checkpoint.size, checkpoint.note)
                    self._copied = checkpoint.size
                if len(missing) < _AT_ONCE:
                    self._works()
                    return
        except DirectoryError as failure:
            self._failed(failure)

    async def publish(self, day: str, note: str) -> None:
        """Send the note of a day's map; the next day's takes its place where it fails."""
        try:
            await _in_thread(self._witness.keep_map, day, note)
        except LedgerWitnessFailed as failure:
            self._failed(failure)

    def _works(self) -> None:
        if self.failing is not None:
            log_event("ledger_witness_back")
        self.failing, self._pause = None, _FIRST_PAUSE

    def _failed(self, failure: DirectoryError) -> None:
        if self.failing != failure.code:
            log_event("ledger_witness_failed", logging.ERROR, code=str(failure.code))
        self.failing = failure.code
        self._again = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, _LONGEST_PAUSE)


async def _in_thread(work: Callable[..., _R], *arguments: object) -> _R:
    return await asyncio.to_thread(work, *arguments)
