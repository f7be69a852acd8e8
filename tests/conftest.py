"""What every test shares: the graph on each engine, and skips that nobody overlooks."""

import os
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import NoReturn
from urllib.parse import urlsplit

import pytest
import pytest_asyncio

from graph.connection import Graph
from graph.engines.embedded import EmbeddedEngine
from graph.engines.engine import Engine
from graph.engines.neo4j import RemoteEngine
from tests import loaded_city
from tests.engines.neo4j_for_tests import Neo4jMissing, running_neo4j

_HERE = Path(__file__).parent
_UNTESTED = "Nothing was tested"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together what shares an engine, and let the tests reach the one that GRAPH_TEST_URL names.

    Where tests run side by side, each engine belongs to one process; what has no engine goes file by file.
    """
    host = urlsplit(os.environ.get("GRAPH_TEST_URL", "")).hostname
    for item in items:
        parameters = item.callspec.params if isinstance(item, pytest.Function) and hasattr(item, "callspec") else {}
        item.add_marker(pytest.mark.xdist_group(str(parameters.get("graph", item.path.relative_to(_HERE)))))
        if host:
            # The settings allow this machine alone.
            item.add_marker(pytest.mark.allow_hosts(["127.0.0.1", "::1", host]))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say last, and in red, what was not tested."""
    told = {str(report.longrepr[2]) for report in terminalreporter.stats.get("skipped", ()) if report.longrepr}
    for reason in sorted(told):
        sentence = reason.removeprefix("Skipped: ")
        if sentence.startswith(_UNTESTED):
            terminalreporter.write_sep("!", "PART OF THE TESTS WAS SKIPPED", red=True, bold=True)
            terminalreporter.write_line(sentence, red=True)


@pytest_asyncio.fixture(scope="session", loop_scope="session", params=["embedded", "neo4j"])
async def graph(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Graph]:
    """Open the graph on each engine in turn, one engine for the whole run: a test removes what it wrote."""
    async with AsyncExitStack() as stack:
        home = tmp_path_factory.mktemp(request.param) / "data"
        start = _start_embedded if request.param == "embedded" else _start_neo4j
        try:
            engine = await start(stack, home)
        except Neo4jMissing as missing:
            skip_loudly(f"{_UNTESTED} on Neo4j: {missing}.")
        yield await stack.enter_async_context(Graph(engine))


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def city(graph: Graph, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[loaded_city.City]:
    """Load the small city once an engine; a test that changes it puts it back."""
    yield await loaded_city.load(graph, tmp_path_factory.mktemp("city"))
    await graph.write(loaded_city.clear, within=60.0)


async def _start_embedded(stack: AsyncExitStack, home: Path) -> Engine:
    engine = EmbeddedEngine(home, heap="1g", log_statements=True)
    await engine.start()
    stack.push_async_callback(engine.stop)
    return engine


async def _start_neo4j(stack: AsyncExitStack, home: Path) -> Engine:
    return RemoteEngine(stack.enter_context(running_neo4j(home)))


def skip_loudly(sentence: str) -> NoReturn:
    """Skip the test, and say so at the end; where CI is true, nothing may be skipped."""
    if os.environ.get("CI") == "true":
        pytest.fail(sentence, pytrace=False)
    pytest.skip(sentence)
