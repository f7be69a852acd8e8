"""The home page: what the directory is, the network's table, and where to go; and the files of all pages."""

from collections.abc import Awaitable, Callable
from functools import cache
from pathlib import Path
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from consent.vocabulary import CONSENTED_PURPOSES, RefusalReason
from directory.programme.network import Network
from directory.web import figures
from directory.web.documents import Documents
from directory.web.errors import NetworkUnavailable
from directory.web.languages import Language, language_of
from directory.web.security import PAGE_POLICY, SecurityHeaders, security_headers
from directory.web.wording import WORDINGS

STATIC: Final = Path(__file__).parent / "static"


def routes(
    network: Callable[[], Awaitable[Network]], documents: Path | None = None, *, synthetic: bool = False
) -> list[BaseRoute]:
    """Give the routes of "/", "/documents/NAME" and "/static/…".

    `network` reads the figures for every view of the home page, and raises NetworkUnavailable when it cannot.
    `documents` is the folder of the project's Markdown files, where it is at hand. `synthetic` marks the page
    that has no figures; a page with figures goes by what they say of themselves.
    """
    shelf = Documents(documents)
    # Files are asked for again each time and answered with 304, so that no two versions mix.
    files = [Middleware(SecurityHeaders, cache_control="no-cache")]
    return [
        Route("/", HomePage(network, shelf, synthetic=synthetic).show, name="home"),
        Route("/documents/{name}", shelf.serve, name="document", middleware=files),
        Mount("/static", StaticFiles(directory=STATIC), name="static", middleware=files),
    ]


class HomePage:
    """The home page, in the language that the visitor asks for."""

    def __init__(self, network: Callable[[], Awaitable[Network]], documents: Documents, *, synthetic: bool) -> None:
        """Take where the figures and the documents come from, and whether the city is made up."""
        self._network = network
        self._documents = documents
        # What was last known, so that the page without figures says as well that the city is made up.
        self._synthetic = synthetic

    async def show(self, request: Request) -> Response:
        """Answer with the page, or with 503 and Retry-After in words when the figures cannot be read."""
        language = language_of(request)
        try:
            network = await self._network()
        except NetworkUnavailable as unavailable:
            return self._unavailable(language, unavailable)
        self._synthetic = network.synthetic
        leads = {group.code: WORDINGS[language].leaders.get(group.led_by, group.led_by) for group in network.groups}
        return _page(
            "home.html",
            language,
            synthetic=network.synthetic,
            network=network,
            leads=leads,
            purposes=CONSENTED_PURPOSES,
            reasons=tuple(RefusalReason),
            documents=self._documents.listed(),
        )

    def _unavailable(self, language: Language, unavailable: NetworkUnavailable) -> Response:
        response = _page("unavailable.html", language, status=503, synthetic=self._synthetic)
        response.headers["Retry-After"] = str(unavailable.retry_after)
        return response


def _page(template: str, language: Language, *, status: int = 200, **values: object) -> Response:
    """Render a template with the wording and the figures of one language."""
    text = (
        templates()
        .get_template(template)
        .render(
            language=language,
            words=WORDINGS[language],
            number=figures.number,
            share=figures.share,
            day=lambda value: figures.day(value, language),
            **values,
        )
    )
    headers = {**security_headers(PAGE_POLICY), "Content-Language": language, "Vary": "Accept-Language"}
    return HTMLResponse(text, status_code=status, headers=headers)


@cache
def templates() -> Environment:
    """Give the templates; everything put into them is escaped, and a name that is missing is an error."""
    return Environment(
        loader=PackageLoader("directory.web"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
