"""What the tests of the application share: a desk to ask at, and the log as it is written."""

import io
import logging
import sys
from collections.abc import AsyncIterator, Iterator

import pytest
import pytest_asyncio

from directory.logs import configure_logs
from tests.directory.desk import Desk, open_desk
from tests.loaded_city import City


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def desk(city: City, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Desk]:
    """Open the desk once an engine."""
    async with open_desk(city, tmp_path_factory.mktemp("desk")) as opened:
        yield opened


@pytest.fixture
def log(monkeypatch: pytest.MonkeyPatch) -> Iterator[io.StringIO]:
    """Give what the application writes to standard error, configured as the command does it."""
    written = io.StringIO()
    root, civic = logging.getLogger(), logging.getLogger("civic")
    before = root.handlers, root.level, civic.level
    monkeypatch.setattr(sys, "stderr", written)
    configure_logs()
    yield written
    root.handlers, root.level, civic.level = before
