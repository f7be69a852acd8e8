"""Loading the city: cut off anywhere it goes on where it was, it is not mixed with another, and it tells how far."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

import pytest
import pytest_asyncio

from consent.ledger.commitments import leaf_hash, salt_bytes
from consent.ledger.tiles import TILE
from directory.consents.verifying import verify_standing
from directory.errors import KeyringMismatch, KeyringMissing, LoadMismatch
from directory.intake import load as loading
from directory.intake.load import DEFAULT_SEED, load_city, prepare
from directory.sealing.keyring_file import ensure_keyring
from directory.synthetic.city import SyntheticCity
from graph import intake, ledger
from graph.connection import Graph
from graph.engines.embedded import EmbeddedEngine
from graph.people import population
from graph.transaction import Transaction
from tests.loaded_city import clear

pytestmark = pytest.mark.slow

DAY, NEXT_DAY = date(2013, 6, 20), date(2013, 6, 21)
FRAME, PEOPLE = "regions, programme and bodies", "people, sealed, and what they decided"
FEW, TWO_BATCHES = 240, 5_030
Told = list[tuple[str, int, int]]


class CutOff(BaseException):
    """Ends a load as nothing else would."""


class Progress:
    """Notes what it is told, and cuts the load off at some point."""

    def __init__(self, at: tuple[str, int] | None = None) -> None:
        """Take what to cut it off at: what is being done, and how much of it is."""
        self.told: Told = []
        self._at = at

    def __call__(self, what: str, done: int, total: int) -> None:
        """Note it."""
        self.told.append((what, done, total))
        if (what, done) == self._at:
            raise CutOff


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def engine_of_its_own(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Graph]:
    """Start an engine for loads alone."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("load") / "data", heap="512m", log_statements=True)
    await engine.start()
    async with Graph(engine) as graph:
        yield graph
    await engine.stop()


@pytest_asyncio.fixture
async def empty(engine_of_its_own: Graph) -> AsyncIterator[Graph]:
    """Give a graph with nothing in it."""
    yield engine_of_its_own
    await engine_of_its_own.write(clear, within=60.0)


@pytest.fixture
def keyring(tmp_path: Path) -> Path:
    """Give the file of a keyring."""
    path = tmp_path / "keyring.json"
    ensure_keyring(path, people=0)
    return path


async def ids_of(tx: Transaction, label: str) -> list[str]:
    """Read the ids of all nodes of a label."""
    result = await tx.run("MATCH (n) WHERE $label IN labels(n) RETURN n.id AS id", label=label)
    return sorted([row["id"] async for row in result])


async def edges_of(tx: Transaction) -> int:
    """Count how people belong to regions and bodies."""
    result = await tx.run("MATCH (:Participant)-[e:LIVES_IN|MEMBER_OF|SERVES_ON]->() RETURN count(e) AS edges")
    record = await result.single()
    assert record is not None
    return int(record["edges"])


async def events_by_leaf(tx: Transaction) -> list[tuple[int, str, str]]:
    """Read every consent event, in the order of the ledger."""
    result = await tx.run("MATCH (e:ConsentEvent) RETURN e.leaf AS leaf, e.content AS content, e.salt AS salt")
    return sorted([(row["leaf"], row["content"], row["salt"]) async for row in result])


async def is_whole(graph: Graph, people: int, seed: int = DEFAULT_SEED) -> None:
    """Verify that exactly this city is there."""
    city = SyntheticCity(people, seed, as_of=DAY)
    everybody = [person for number in range(city.batch_count) for person in city.batch(number)]
    assert await graph.read(ids_of, "Participant") == sorted(person.id for person in everybody)
    assert await graph.read(ids_of, "Body") == sorted(body.id for body in city.bodies)
    assert await graph.read(edges_of) == sum(1 + len(person.affiliations) for person in everybody)
    await says_what_was_decided(graph)


async def says_what_was_decided(graph: Graph) -> None:
    """Verify that standings follow from events (P2), and that each event has its leaf in the ledger (C2)."""
    report = await verify_standing(graph, Progress())
    assert report.agrees
    result = await graph.read(events_by_leaf)
    assert [leaf for leaf, _, _ in result] == list(range(report.events))
    hashes = [leaf_hash(content.encode(), salt_bytes(salt)) for _, content, salt in result]
    tiles = await graph.read(ledger.tiles, range(report.events // TILE + 1))
    assert b"".join(tiles[number].hashes for number in sorted(tiles)) == b"".join(hashes)
    assert await graph.read(ledger.size) == report.events > 0


async def test_a_city_is_loaded_whole(empty: Graph, keyring: Path) -> None:
    """It says what it is of, and progress runs from nothing to all, for everything that is done."""
    assert await prepare(empty) is None
    progress = Progress()
    load = await load_city(empty, keyring, today=DAY, people=FEW, progress=progress)
    assert load.complete
    assert (load.people, load.seed, load.as_of, load.synthetic) == (FEW, DEFAULT_SEED, "2013-06-20", True)
    assert await prepare(empty) == load
    await is_whole(empty, FEW)
    bodies = len(SyntheticCity(FEW, as_of=DAY).bodies)
    assert progress.told == [
        (FRAME, 0, bodies),
        (FRAME, bodies, bodies),
        (PEOPLE, 0, FEW),
        (PEOPLE, FEW, FEW),
    ]


async def test_loading_again_changes_nothing(empty: Graph, keyring: Path) -> None:
    """Whether it is asked for by its size or as it comes, nothing is done and nothing is told."""
    load = await load_city(empty, keyring, today=DAY, people=FEW, progress=Progress())
    for people, seed in ((None, None), (FEW, None), (FEW, DEFAULT_SEED)):
        progress = Progress()
        assert await load_city(empty, keyring, today=NEXT_DAY, people=people, seed=seed, progress=progress) == load
        assert progress.told == []
    await is_whole(empty, FEW)


@pytest.mark.parametrize(
    ("people", "at"),
    [(FEW, (FRAME, 0)), (FEW, (PEOPLE, 0)), (TWO_BATCHES, (PEOPLE, 5_000))],
    ids=["in the frame", "before people", "between batches"],
)
async def test_a_load_that_was_cut_off_goes_on(empty: Graph, keyring: Path, people: int, at: tuple[str, int]) -> None:
    """The next day it goes on with the city of the day when it was begun, from the first thing that is not there."""
    with pytest.raises(CutOff):
        await load_city(empty, keyring, today=DAY, people=people, progress=Progress(at))
    begun = await empty.read(intake.load)
    assert begun is not None
    assert not begun.complete
    assert begun.done == at[1] // 5_000
    assert await empty.read(population) == at[1]
    progress = Progress()
    load = await load_city(empty, keyring, today=NEXT_DAY, progress=progress)
    assert load.complete
    assert load.as_of == "2013-06-20"
    await is_whole(empty, people)
    assert next(told for told in progress.told if told[0] == PEOPLE) == (PEOPLE, at[1], people)
    assert any(told[0] == FRAME for told in progress.told) is (at[0] == FRAME)
    assert progress.told[-1] == (PEOPLE, people, people)


@pytest.mark.parametrize("cut_off", [False, True], ids=["after the load", "within the load"])
@pytest.mark.parametrize(("people", "seed"), [(FEW + 1, None), (FEW, 7)])
async def test_another_city_is_refused(
    empty: Graph, keyring: Path, people: int | None, seed: int | None, *, cut_off: bool
) -> None:
    """It says which city is there, and adds nothing to it."""
    progress = Progress((PEOPLE, 0)) if cut_off else Progress()
    try:
        await load_city(empty, keyring, today=DAY, people=FEW, progress=progress)
    except CutOff:
        assert cut_off
    before = await empty.read(intake.load)
    with pytest.raises(LoadMismatch, match=f"{FEW} people from seed {DEFAULT_SEED}"):
        await load_city(empty, keyring, today=DAY, people=people, seed=seed, progress=Progress())
    assert await empty.read(intake.load) == before
    assert await empty.read(population) == (0 if cut_off else FEW)


async def test_another_seed_makes_another_city(empty: Graph, keyring: Path) -> None:
    """The seed is kept with the load."""
    load = await load_city(empty, keyring, today=DAY, people=FEW, seed=7, progress=Progress())
    assert load.seed == 7
    await is_whole(empty, FEW, 7)


async def test_no_load_is_begun_without_a_keyring(empty: Graph, tmp_path: Path) -> None:
    """It is said before anything is written."""
    with pytest.raises(KeyringMissing):
        await load_city(empty, tmp_path / "none.json", today=DAY, people=FEW, progress=Progress())
    assert await empty.read(intake.load) is None


async def test_no_load_goes_on_with_another_keyring(empty: Graph, keyring: Path, tmp_path: Path) -> None:
    """Half a city under each of two keyrings could be opened by neither."""
    with pytest.raises(CutOff):
        await load_city(empty, keyring, today=DAY, people=FEW, progress=Progress((PEOPLE, 0)))
    other = tmp_path / "other.json"
    ensure_keyring(other, people=0)
    with pytest.raises(KeyringMismatch):
        await load_city(empty, other, today=DAY, progress=Progress())
    assert await empty.read(population) == 0
    assert (await load_city(empty, keyring, today=DAY, progress=Progress())).complete


def test_batches_are_made_by_a_process_that_was_begun(tmp_path: Path) -> None:
    """The maker is begun once, then makes any batch; before that it refuses."""
    path = tmp_path / "keyring.json"
    ensure_keyring(path, people=0)
    before, loading._maker = loading._maker, None
    try:
        with pytest.raises(RuntimeError, match="not begun"):
            loading._make(0)
        loading._begin_maker(FEW, DEFAULT_SEED, DAY, path)
        made = loading._make(0)
    finally:
        loading._maker = before
    assert len(made.people) == FEW
    assert made.seats
    assert len(made.events) == len(made.hashes)
    assert len(made.events) > FEW
