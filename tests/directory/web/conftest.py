"""A browser for the tests that need one, with every other host cut off."""

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Final

import pytest
import pytest_asyncio
from playwright.async_api import Browser, async_playwright

from tests.conftest import skip_loudly
from tests.directory.web.service import Service, serving

_NAMES: Final = ("chromium", "chromium-browser", "google-chrome")
_ABSENCE: Final = (
    "Nothing was tested in a browser: chromium is not installed (apt-get install chromium), "
    "and CHROMIUM does not name one."
)


def _chromium() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next((found for name in _NAMES if (found := shutil.which(name))), None)


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def browser() -> AsyncIterator[Browser]:
    """One chromium for the run; without it the tests are skipped loudly, and where CI is true they fail."""
    path = _chromium()
    if path is None:
        skip_loudly(_ABSENCE)
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(
            executable_path=path,
            args=[
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                # The network is cut: nothing but loopback has an address.
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            ],
        )
        yield launched
        await launched.close()


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    """Make a folder with two documents and one file that is none of the public's business."""
    folder = tmp_path / "docs"
    folder.mkdir()
    (folder / "architecture.md").write_text("# The map\n\n한국어 <b>text</b>\n", encoding="utf-8")
    (folder / "operations.md").write_text("No heading here.\n", encoding="utf-8")
    (folder / "notes.txt").write_text("private", encoding="utf-8")
    (tmp_path / "outside.md").write_text("# Outside\n", encoding="utf-8")
    return folder


@pytest.fixture
def service(documents: Path) -> Service:
    """Put the pages around the half-enrolled plan."""
    return Service(documents)


@pytest.fixture
def address(service: Service) -> Iterator[str]:
    """Where the service answers, on loopback."""
    with serving(service) as url:
        yield url
