"""What the tests of the ledger share: an empty ledger in the graph, its key, a clock, and a sequencer."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from consent.ledger.notes import Signer
from directory.ledger.export_reading import Export
from directory.ledger.exporting import export_ledger
from directory.ledger.report import Report
from directory.ledger.sequencer import Sequencer
from directory.ledger.verifying import verify_export
from directory.ledger.witness import FolderWitness
from graph import ledger, ledger_entries
from graph.connection import Graph
from graph.ledger_entries import Unplaced
from graph.transaction import Transaction
from tests.directory.small_folder import no_progress
from tests.graph.empty_ledger import add_events, add_look, aside, empty_ledger, person
from tests.loaded_city import NOW, City


class Now:
    """A clock that a test sets."""

    def __init__(self) -> None:
        """Begin at the city's now."""
        self.at = NOW

    def __call__(self) -> int:
        """Tell the time."""
        return self.at


@pytest.fixture
def now() -> Now:
    """Give the clock."""
    return Now()


@pytest.fixture
def signer() -> Signer:
    """Give a key."""
    return Signer("civic-directory/test", bytes(range(32)))


@pytest_asyncio.fixture
async def bare(city: City, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Graph]:
    """Give the graph with an empty ledger; what is set aside is no part of it, and has no place meanwhile."""
    async with empty_ledger(city.graph) as graph:
        others, unplaced = await aside(graph), ledger_entries.unplaced

        async def of_this_ledger(tx: Transaction) -> list[Unplaced]:
            return [one for one in await unplaced(tx) if one.id not in others]

        monkeypatch.setattr(ledger_entries, "unplaced", of_this_ledger)
        yield graph


@pytest_asyncio.fixture
async def sequencer(bare: Graph, signer: Signer, now: Now) -> Sequencer:
    """Give an open sequencer that signs a checkpoint every thirty seconds."""
    made = Sequencer(bare, signer, now, 30_000)
    await made.open()
    return made


async def exported(graph: Graph, signer: Signer, folder: Path, at: int) -> Export:
    """Export the ledger, and give the export to read."""
    await export_ledger(graph, signer, folder, at, no_progress)
    return Export(folder)


def verified(export: Export, signer: Signer, witness: FolderWitness | None = None) -> Report:
    """Verify an export with a pinned key."""
    return verify_export(export, signer.verifier, witness, no_progress)


async def fill(graph: Graph, sequencer: Sequencer, now: Now, witness: FolderWitness | None = None) -> None:
    """Write 303 entries in three rounds, with a checkpoint after each: looks at 0 and 302, events between."""
    await add_look(graph, [person("a", "NAME"), person("b", "NAME", "AGE")])
    await sequencer.flush()
    for round_ in range(2):
        now.at += 60_000
        await add_events(graph, *[f"p{number}" for number in range(150)], at=NOW + round_)
        await sequencer.flush()
    await add_look(graph, [person("a")])
    await add_events(graph, "late", at=NOW + 9)
    now.at += 60_000
    await sequencer.flush()
    now.at += 60_000
    if witness is not None:
        for checkpoint in await graph.read(ledger.checkpoints, -1, 100):
            witness.keep_checkpoint(checkpoint.size, checkpoint.note)
