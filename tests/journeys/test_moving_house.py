"""Moving house: a served city backed up, restored onto Neo4j and back, with the same answers to the same keys."""

import os
import shutil
import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

from tests.engines.neo4j_for_tests import Neo4jMissing, running_neo4j
from tests.journeys.caller import Caller
from tests.journeys.command import Civic, Service
from tests.journeys.conftest import PEOPLE

pytestmark = pytest.mark.slow

_PERSON: Final = "id name sex age phone email residence { id } affiliations { body { id nameKo } role }"
QUESTIONS: Final[dict[str, tuple[str, str]]] = {
    "the plan": ("staff", "{ network { participants groups { nameEn participants } stages { number participants } } }"),
    "regions": ("staff", "{ regions(level: DONG) { id nameKo } }"),
    "bodies": ("staff", "{ bodies(first: 200) { nodes { id nameKo nameEn } } }"),
    "people": ("staff", f"{{ participants(purpose: CITY_NEWS, first: 100) {{ count nodes {{ {_PERSON} }} }} }}"),
    "withheld": (
        "staff",
        "{ participants(purpose: DISASTER_RESPONSE, first: 100) { nodes { id withheld { field reason } } } }",
    ),
    "a district": (
        "district_staff",
        f"{{ participants(purpose: DISASTER_RESPONSE, first: 50) {{ count nodes {{ {_PERSON} }} }} }}",
    ),
    "residents": (
        "staff",
        '{ participants(purpose: POLICY_ADVICE, where: {regions: ["11230"]}, first: 100) { nodes { id name } } }',
    ),
}


def answers(service: Service) -> dict[str, bytes]:
    """Ask every question, and give what was answered to the byte."""
    found = {}
    for name, (by, query) in QUESTIONS.items():
        answer = service.ask(query, by=by)
        assert answer.status_code == 200, answer.text
        assert "errors" not in answer.json(), answer.text
        found[name] = answer.content
    return found


@contextmanager
def running(data: Path, *arguments: str, **environment: str) -> Iterator[Civic]:
    """Run the command on a data folder."""
    command = Civic(data, *arguments, environment=environment)
    try:
        yield command
    finally:
        command.close()


@contextmanager
def serving(data: Path, **environment: str) -> Iterator[Service]:
    """Serve a data folder."""
    service = Service(data, "serve", environment={"PORT": "0", **environment})
    try:
        yield service
    finally:
        service.close()


def done(data: Path, *arguments: str, **environment: str) -> str:
    """Run the command to its end, which is a good one, and give what it said."""
    with running(data, *arguments, **environment) as command:
        assert command.ends() == 0, command.err
        return command.out


def new_house(old: Path, folder: Path) -> tuple[Path, Path]:
    """Name a new data folder, and copy the keys for it as an operator keeps them."""
    keys = folder / "keys"
    keys.mkdir()
    for name in ("keyring.json", "ledger-key.json"):
        shutil.copy(old / name, keys)
    return folder / "data", keys


def moved(old: Path, archive: Path, folder: Path, identity: Path, **environment: str) -> Path:
    """Restore an archive in a new house, with the journal and the demonstration keys of the old one."""
    folder.mkdir()
    data, keys = new_house(old, folder)
    opening = ("--identity", str(identity), "--keys", str(keys))
    told = done(data, "restore", str(archive), *opening, JOURNAL=str(old), **environment)
    assert f"Restored {PEOPLE:,} people" in told
    assert "It can be served." in told
    shutil.copy(old / "demo-keys.json", data)
    return data


def test_to_neo4j_and_back(city: Path, serve: Callable[..., Service], tmp_path: Path) -> None:
    """The same questions get the same answers, byte for byte, on each engine; nobody is served before the replay."""
    identity = tmp_path / "identity.txt"
    done(city, "backup", "key", "--identity", str(identity))
    service = serve()
    before = answers(service)
    caller = Caller(service)
    caller.start()
    archive = killed_once(city, tmp_path)
    done(city, "backup", "make", str(archive))
    caller.stop()
    assert caller.broken == 0
    assert {answer.status_code for answer in caller.answers} == {200}
    service.interrupt(signal.SIGTERM)
    service.ends()

    unreplayed, keys = new_house(city, tmp_path)
    opening = ("--identity", str(identity), "--keys", str(keys))
    done(unreplayed, "restore", str(archive), *opening, "--no-replay")
    with running(unreplayed, "serve", "--synthetic", PORT="0") as refused:
        assert refused.ends() == 1
        assert "RESTORE_NOT_REPLAYED" in refused.err

    try:
        with running_neo4j(tmp_path / "neo4j") as endpoint:
            there: dict[str, str] = {
                "GRAPH_URL": endpoint.url,
                "GRAPH_USER": endpoint.user,
                "GRAPH_PASSWORD": endpoint.password,
            }
            neo4j = moved(city, archive, tmp_path / "neo4j-house", identity, **there)
            with serving(neo4j, **there) as service:
                assert answers(service) == before
            shutil.copy(city / "backup-recipient.txt", neo4j)
            done(neo4j, "backup", "make", str(tmp_path / "back"), **there)
            back = moved(neo4j, tmp_path / "back", tmp_path / "embedded-house", identity)
        with serving(back) as service:
            assert answers(service) == before
    except Neo4jMissing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(f"Nothing was moved to Neo4j: {missing}.")


def killed_once(data: Path, folder: Path) -> Path:
    """Begin a backup and kill it without a word in the middle; return where it is."""
    for number in range(5):
        archive = folder / f"archive-{number}"
        with running(data, "backup", "make", str(archive)) as command:
            command.says("Backing up people")
            command.kill()
        if (archive / "progress.json").exists():
            return archive
    pytest.fail("Each time the backup was done before it could be killed.")


def test_a_restore_that_is_killed_goes_on(city: Path, tmp_path: Path) -> None:
    """Whatever it was doing: the same command finishes it, and what is served is whole."""
    identity = tmp_path / "identity.txt"
    done(city, "backup", "key", "--identity", str(identity))
    done(city, "backup", "make", str(tmp_path / "archive"))
    data, keys = new_house_without_ledger(city, tmp_path)
    opening: tuple[Any, ...] = ("restore", str(tmp_path / "archive"), "--identity", str(identity), "--keys", str(keys))
    for what in ("Restoring bodies", "Restoring entries"):
        with running(data, *opening, JOURNAL=str(city)) as command:
            command.says(what)
            command.kill()
        with running(data, "serve", "--synthetic") as refused:
            assert refused.ends() == 1
            assert "RESTORE_INCOMPLETE" in refused.err
    told = done(data, *opening, JOURNAL=str(city))
    assert f"Restored {PEOPLE:,} people" in told


def new_house_without_ledger(old: Path, folder: Path) -> tuple[Path, Path]:
    """Name a new data folder, for a directory that has signed no checkpoint yet."""
    keys = folder / "keys"
    keys.mkdir()
    shutil.copy(old / "keyring.json", keys)
    return folder / "data", keys
