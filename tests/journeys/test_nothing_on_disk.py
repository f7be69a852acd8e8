"""The database's files hold no participant's name, number or address, in whatever encoding (E1 to E5, B1 to B5)."""

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from consent.keyring import LocalKeyring
from directory.clock import today
from directory.intake.load import DEFAULT_SEED
from directory.reference.regions import all_regions
from directory.synthetic.city import SyntheticCity
from directory.synthetic.records import SyntheticPerson
from tests.engines.neo4j_for_tests import running_neo4j
from tests.journeys.command import Civic, Service
from tests.journeys.traces import Search, encodings, numbers

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

PEOPLE = 600
PAGE = """
{ participants(purpose: CITY_NEWS, first: 200) { nodes { name phone email affiliations { body { nameKo } } } } }
"""


@pytest.fixture(scope="module")
def people() -> list[SyntheticPerson]:
    """Make the people of the city as a load makes them today."""
    return SyntheticCity(PEOPLE, DEFAULT_SEED, as_of=today()).batch(0)


@pytest.fixture(scope="module")
def search(people: list[SyntheticPerson]) -> Search:
    """Look for everybody: names of three syllables or more, numbers in every form, addresses."""
    texts = {person.name for person in people if len(person.name) >= 3}
    assert len(texts) > PEOPLE / 2
    for person in people:
        if person.phone is not None:
            texts |= numbers(person.phone)
        if person.email is not None:
            texts.add(person.email)
    return Search(texts)


@pytest.fixture
def graph_of_neo4j(request: pytest.FixtureRequest) -> None:
    """Skip as loudly as everywhere where there is no Neo4j to start, or only one whose files are elsewhere."""
    if "GRAPH_TEST_URL" in os.environ:
        pytest.skip("the files of the server that GRAPH_TEST_URL names are out of reach")
    if shutil.which("java") is None:
        pytest.skip("there is no Java to start Neo4j with")


@pytest.fixture(params=["embedded", "neo4j"])
def database(request: pytest.FixtureRequest, data: Path, tmp_path: Path) -> Iterator[tuple[Path, dict[str, str]]]:
    """Give the folder where the engine keeps its files, and the settings that lead to it."""
    if request.param == "embedded":
        yield data, {}
        return
    request.getfixturevalue("graph_of_neo4j")
    home = tmp_path / "neo4j"
    with running_neo4j(home) as endpoint:
        yield home, {"GRAPH_URL": endpoint.url, "GRAPH_USER": endpoint.user, "GRAPH_PASSWORD": endpoint.password}


def test_the_files_of_the_engine_hold_nobody(  # noqa: PLR0913, PLR0917 - the fixtures of the journey.
    database: tuple[Path, dict[str, str]],
    data: Path,
    people: list[SyntheticPerson],
    search: Search,
    run: Callable[..., Civic],
    serve: Callable[..., Service],
) -> None:
    """Loaded, read, rotated and stopped: nobody is found, while what is public is found by the same search."""
    folder, settings = database
    load = run("load", "--people", str(PEOPLE), **settings)
    assert load.ends() == 0, load.err
    service = serve(**settings)
    shown = service.data_of(PAGE)["participants"]["nodes"]
    names = {node["name"] for node in shown if node["name"]}
    assert names <= {person.name for person in people}
    assert len(names) > 50
    service.close()
    rotation = run("keys", "rotate", **settings)
    assert rotation.ends() == 0, rotation.err

    assert search.found_under(folder) == {}
    assert search.found_under(data) == {}
    for command in (load, service, rotation):
        assert search.found_in((command.out + command.err).encode()) == set()
    regions = {region.name_ko for region in all_regions() if len(region.name_ko) >= 3}
    found = set().union(*Search(regions).found_under(folder).values())
    assert len(regions) > 400
    # Neo4j packs some short texts more tightly than bytes, and has written the others to its log.
    assert found == regions if folder == data else len(found) > 30


def test_no_key_is_beside_what_it_opens(city: Path, run: Callable[..., Civic]) -> None:
    """No key of the keyring is in the engine's files or its log; the keyring's file alone holds them."""
    keyring = (city / "keyring.json").read_bytes()
    ring = LocalKeyring.parse(keyring)
    secrets = [
        *ring._keys.values(),
        *(key for family in ring._index.values() for key in family.values()),
        ring.cursor_key,
    ]
    assert len(secrets) == 5
    content = b"".join(file.read_bytes() for file in (city / "engine").rglob("*") if file.is_file())
    content += (city / "engine.log").read_bytes()
    for secret in secrets:
        assert secret not in content
        assert secret.hex().encode() not in content
    for needle in {part for line in keyring.splitlines() for part in line.split(b'"') if len(part) == 44}:
        assert needle not in content


@pytest.mark.parametrize("text", ["홍길동", "남궁민수", "gildong.hong@example.com", "+821012345678", "010-0123-4567"])
def test_the_search_finds_every_encoding(text: str) -> None:
    """Amid other bytes, wherever it begins; and nothing where there is nothing."""
    search = Search([text])
    assert search.found_in(b"\x00" * 50 + "홍길서 gildong+82101234".encode()) == set()
    for needle in encodings(text):
        if len(needle) >= 6:
            for before in (b"", b"\xff", b"ab", b"\x00" * 40):
                assert search.found_in(before + needle + b"\x00\x01") == {text}


def test_the_forms_of_a_number() -> None:
    """As a caller writes it, as a program keeps it."""
    assert {"+821001234567", "01001234567", "010-0123-4567", "+82 10 0123 4567", "10-0123-4567"} <= numbers(
        "+821001234567"
    )
