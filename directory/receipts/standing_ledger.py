"""The ledger as a command finds it: what was signed last, by the service that runs or ran beside it."""

from collections.abc import Callable
from pathlib import Path
from typing import Final

from consent.ledger.checkpoints import open_checkpoint
from consent.ledger.notes import Verifier
from consent.ledger.tiles import TiledTree
from directory.ledger.checking import read_tree
from directory.ledger.sequencer import SignedCheckpoint
from directory.ledger.signing_key import read_signing_key
from directory.receipts.errors import ReceiptNotYet
from graph import ledger
from graph.connection import Graph

_KEY: Final = "ledger-key.json"


class StandingLedger:
    """Reads the newest checkpoint, and the tree as far as it grew; it places nothing and signs nothing."""

    def __init__(self, graph: Graph, key: Callable[[], Verifier]) -> None:
        """Take the graph, and what reads the public key when it is needed."""
        self._graph = graph
        self._key = key
        self._size = 0
        self._tree = TiledTree()
        self.newest: SignedCheckpoint | None = None

    @property
    def verifier(self) -> Verifier:
        """The public key."""
        return self._key()

    def tree(self) -> tuple[int, TiledTree]:
        """Return the size and the tree as they were read last."""
        return self._size, self._tree

    async def flush(self) -> SignedCheckpoint:
        """Return the newest checkpoint; raises ReceiptNotYet where there is none, LedgerError for a foreign one."""
        stored = await self._graph.read(ledger.newest_checkpoint)
        if stored is None:
            raise ReceiptNotYet
        self.newest = SignedCheckpoint(open_checkpoint(stored.note, self.verifier), stored.note)
        self._size, self._tree = await read_tree(self._graph)
        return self.newest


def beside(keyring: Path) -> Callable[[], Verifier]:
    """Return what reads the public key of the ledger from the folder in which the keyring lies, when it is needed."""
    return lambda: read_signing_key(keyring.parent / _KEY).verifier
