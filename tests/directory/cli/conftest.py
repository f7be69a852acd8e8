"""The command in this process, on a data folder with a small city whose engine runs meanwhile, as beside a service."""

import json
import logging
import os
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from click.testing import CliRunner, Result

from directory.cli.main import civic
from graph.engines.embedded import EmbeddedEngine

PEOPLE = 240
Run = Callable[..., Result]


@pytest.fixture(autouse=True)
def as_it_was() -> Iterator[None]:
    """Put back what a command changes in its process: where logs go, and who hears signals."""
    root, ours = logging.getLogger(), logging.getLogger("civic")
    before = root.handlers, root.level, ours.level
    heard = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    root.handlers, root.level, ours.level = before
    for number, handler in heard.items():
        signal.signal(number, handler)


def command_on(data: Path) -> Run:
    """Give the command on a data folder, by itself: none of the settings of whoever runs the tests reach it."""
    settings: dict[str, str | None] = {name: None for name in os.environ if name.startswith("GRAPH_") or name == "HOST"}
    settings |= {"DATA": str(data), "PORT": "0", "GRAPH_HEAP": "512m"}

    def run(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(civic, arguments, env=settings | environment, prog_name="civic")

    return run


@pytest.fixture(scope="module")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Load a small city by the command."""
    data = tmp_path_factory.mktemp("cli") / "data"
    result = command_on(data)("load", "--people", str(PEOPLE), "--seed", "7")
    assert result.exit_code == 0, result.output
    assert f"Loaded {PEOPLE} made-up people from seed 7." in result.stdout
    return data


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def held(loaded: Path) -> AsyncIterator[Path]:
    """Run the city's engine, as a service does, so that commands attach to it."""
    engine = EmbeddedEngine(loaded, heap="512m")
    await engine.start()
    yield loaded
    await engine.stop()


@pytest.fixture
def run(held: Path) -> Run:
    """Give the command beside a running engine."""
    return command_on(held)


@pytest.fixture
def alone(tmp_path: Path) -> Run:
    """Give the command on a data folder that is not there yet."""
    return command_on(tmp_path / "data")


def listed(run: Run) -> dict[str, dict[str, Any]]:
    """List all keys, by their ids."""
    result = run("key", "list", "--json")
    assert result.exit_code == 0, result.output
    return {each["id"]: each for each in json.loads(result.stdout)}
