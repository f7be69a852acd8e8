"""What the tests of backups share: the city with a keyring's file, an empty graph beside it, and a way to back up."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import pytest
import pytest_asyncio

from consent.keyring import LocalKeyring
from directory.backup.making import Maker
from directory.backup.manifest import Manifest
from directory.backup.recipients import Lock, Opener, make_key
from directory.backup.register import Register
from directory.backup.restoring import Restorer
from directory.sealing.keyring_file import write_private
from graph.connection import Graph
from graph.engines.embedded import EmbeddedEngine
from tests.directory.small_folder import no_progress
from tests.graph.carrying import put_back, read_all
from tests.graph.graph_dump import clear
from tests.loaded_city import City


@dataclass(frozen=True, slots=True)
class House:
    """A directory that is backed up: its graph and keys, a folder for archives, and a clock that stands still."""

    city: City
    folder: Path
    now: int = 1_700_000_000_000

    @property
    def graph(self) -> Graph:
        """The graph of the city."""
        return self.city.graph

    @property
    def keyring(self) -> LocalKeyring:
        """The keys of the city."""
        return self.city.keyring

    @property
    def keyring_file(self) -> Path:
        """The keys in their file."""
        return self.folder / "keyring.json"

    @property
    def archive(self) -> Path:
        """Where the archive is made."""
        return self.folder / "archive"

    @property
    def register(self) -> Register:
        """The list of its backups."""
        return Register(self.folder / "backups.json")

    @property
    def lock(self) -> Lock:
        """For whom it is encrypted."""
        return Lock.read(self.folder / "recipient")

    @property
    def opener(self) -> Opener:
        """What opens it."""
        return Opener.read(self.folder / "identity")

    @property
    def maker(self) -> Maker:
        """What makes its backups."""
        return Maker(self.graph, self.keyring, self.register, lambda: self.now)

    async def make(self) -> Manifest:
        """Back up."""
        return await self.maker.make(self.archive, lambda: self.lock, no_progress)

    async def restore_into(self, graph: Graph) -> Manifest:
        """Restore the backup."""
        return await Restorer(graph, self.keyring, lambda: self.now).restore(
            self.archive, lambda _: self.opener, no_progress
        )


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def lent(city: City) -> AsyncIterator[City]:
    """Lend the city to the tests of a file, which write, correct and erase, and put it back after the last of them."""
    rows = await read_all(city.graph)
    yield city
    await put_back(city.graph, rows)


@pytest.fixture
def house(lent: City, tmp_path: Path) -> House:
    """Give the city, as what is backed up."""
    make_key(tmp_path / "recipient", tmp_path / "identity")
    write_private(tmp_path / "keyring.json", lent.keyring.serialise())
    return House(lent, tmp_path)


@pytest_asyncio.fixture(scope="package", loop_scope="session")
async def other_engine(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Graph]:
    """Run another embedded engine beside the city's."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("other") / "data", heap="512m", log_statements=True)
    await engine.start()
    async with Graph(engine) as graph:
        yield graph
    await engine.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def empty(other_engine: Graph) -> AsyncIterator[Graph]:
    """Give an empty graph."""
    await clear(other_engine)
    yield other_engine
