"""The project's documents, listed on the home page and served as plain text where they are at hand."""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response

_NAME: Final = re.compile(r"[a-z0-9_-]+\.md", re.ASCII)


@dataclass(frozen=True, slots=True)
class Document:
    """A document by its file name, such as "architecture.md", and the heading that it opens with."""

    name: str
    title: str


class Documents:
    """The Markdown files of one folder, read when asked for; none when there is no such folder."""

    def __init__(self, folder: Path | None) -> None:
        """Take the folder; an installation without the documents has None."""
        self._folder = folder

    def listed(self) -> tuple[Document, ...]:
        """Give the documents in the order of their names."""
        if self._folder is None or not self._folder.is_dir():
            return ()
        return tuple(
            Document(path.name, _title(path))
            for path in sorted(self._folder.glob("*.md"))
            if _NAME.fullmatch(path.name)
        )

    def serve(self, request: Request) -> Response:
        """Answer with one document's text; 404 for any name that is not listed, whatever it spells."""
        name = request.path_params["name"]
        if self._folder is None or name not in {document.name for document in self.listed()}:
            raise HTTPException(404)
        return PlainTextResponse((self._folder / name).read_text(encoding="utf-8"))


def _title(path: Path) -> str:
    """Read the first heading, or fall back on the name."""
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# "):
                return line.removeprefix("# ").strip()
    return path.stem
