"""The project's documents, listed and served."""

from pathlib import Path

import httpx
import pytest

from directory.web.documents import Document, Documents
from tests.directory.web.service import Service


def test_documents_are_listed_by_name_with_their_heading(documents: Path) -> None:
    """Only Markdown files are listed; one without a heading goes by its name."""
    assert Documents(documents).listed() == (
        Document("architecture.md", "The map"),
        Document("operations.md", "operations"),
    )


@pytest.mark.parametrize("folder", [None, Path("no-such-folder")])
def test_no_folder_means_no_documents(folder: Path | None) -> None:
    """An installation without the documents lists none."""
    assert Documents(folder).listed() == ()


async def test_a_document_is_served_as_plain_text(service: Service) -> None:
    """Korean arrives as written, and markup in it is not run."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service.app), base_url="http://127.0.0.1") as client:
        answer = await client.get("/documents/architecture.md")
    assert answer.text == "# The map\n\n한국어 <b>text</b>\n"
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"


@pytest.mark.parametrize("name", ["notes.txt", "..%2Foutside.md", "../outside.md", "none.md", "%00.md"])
async def test_nothing_else_is_served(service: Service, name: str) -> None:
    """Other files, paths that climb out and names of nothing are not found."""
    async with httpx.AsyncClient(transport=httpx.ASGITransport(service.app), base_url="http://127.0.0.1") as client:
        assert (await client.get(f"/documents/{name}")).status_code == 404
