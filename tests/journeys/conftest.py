"""A small city that was loaded once, and a copy of it for every journey."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.journeys.command import Civic, Service, nothing_left

PEOPLE = 2_400


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load a city by the command."""
    data = tmp_path_factory.mktemp("loaded") / "data"
    command = Civic(data, "load", "--people", str(PEOPLE), environment={})
    try:
        assert command.ends() == 0, command.err
        assert f"Loaded {PEOPLE:,} made-up people" in command.out
    finally:
        command.close()
    return data


@pytest.fixture
def data() -> Iterator[Path]:
    """Name a data folder that is not there yet; at the end nothing may be running on it."""
    with tempfile.TemporaryDirectory(prefix="civic-") as folder:
        yield Path(folder) / "data"
        nothing_left(Path(folder) / "data")


@pytest.fixture
def city(loaded: Path, data: Path) -> Path:
    """Give a data folder with the loaded city."""
    shutil.copytree(loaded, data)
    return data


@pytest.fixture
def run(data: Path) -> Iterator[Callable[..., Civic]]:
    """Run the command on the data folder; what still runs at the end is stopped."""
    started: list[Civic] = []

    def start(*arguments: str, **environment: str) -> Civic:
        command = Civic(data, *arguments, environment=environment)
        started.append(command)
        return command

    yield start
    for command in started:
        command.close()


@pytest.fixture
def serve(data: Path) -> Iterator[Callable[..., Service]]:
    """Serve the data folder on any free port, unless PORT is given."""
    started: list[Service] = []

    def start(*arguments: str, **environment: str) -> Service:
        service = Service(data, "serve", *arguments, environment={"PORT": "0", **environment})
        started.append(service)
        return service

    yield start
    for service in started:
        service.close()
