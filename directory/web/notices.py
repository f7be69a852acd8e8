"""The notices as pages: the list, and each version as page, paper, plain text, and the content that is hashed."""

from typing import Final

from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from consent.canonical import canonical
from consent.notice_parts import Language, Notice
from consent.notices import content
from consent.vocabulary import Purpose
from directory.notices.labels import LABELS, named
from directory.notices.plain_text import day_of, plain_text
from directory.notices.reading import Notices
from directory.notices.sections import sections
from directory.web import figures, languages
from directory.web.pages import templates
from directory.web.security import PAGE_POLICY, SecurityHeaders, security_headers
from directory.web.wording import WORDINGS

_TEXT: Final = "text"
_JSON: Final = "json"


def notice_routes(notices: Notices, *, synthetic: bool = False) -> list[BaseRoute]:
    """Give the routes of "/notices" and "/notices/PURPOSE/VERSION"; `synthetic` marks them as of a made-up city."""
    pages = NoticePages(notices, synthetic=synthetic)
    files = [Middleware(SecurityHeaders, cache_control="no-cache")]
    return [
        Route("/notices", pages.list_, name="notices", middleware=files),
        Route("/notices/{purpose}/{version}", pages.show, name="notice", middleware=files),
    ]


class NoticePages:
    """The pages, in the language that the visitor asks for."""

    def __init__(self, notices: Notices, *, synthetic: bool) -> None:
        """Take the notices, and whether the city is made up."""
        self._notices = notices
        self._synthetic = synthetic

    async def list_(self, request: Request) -> Response:
        """Answer with the list."""
        return self._page(request, "notices.html", "./", notices=self._notices.published(), purposes=tuple(Purpose))

    async def show(self, request: Request) -> Response:
        """Answer with one version, as `?format=text` or `json` where that is asked for; 404 where there is none."""
        parameters = request.path_params
        shown = self._notices.one(f"{parameters['purpose']}/{parameters['version']}")
        if shown is None:
            raise HTTPException(404)
        language, asked = _language(request), request.query_params.get("format")
        if asked == _TEXT:
            text = plain_text(shown.notice, shown.sha256, language, synthetic=self._synthetic)
            return PlainTextResponse(text, headers={"Content-Language": language})
        if asked == _JSON:
            # Byte by byte what was hashed, so that anybody can hash it again.
            return Response(canonical(content(shown.notice)), media_type="application/json")
        return self._page(
            request,
            "notice.html",
            "../../",
            shown=shown,
            notice=shown.notice,
            sections=sections(shown.notice, language),
        )

    def _page(self, request: Request, template: str, root: str, **values: object) -> Response:
        language = _language(request)

        def day(notice: Notice) -> str:
            return figures.day(day_of(notice).date(), languages.Language(language))

        text = (
            templates()
            .get_template(template)
            .render(
                language=languages.Language(language),
                words=WORDINGS[languages.Language(language)],
                labels=LABELS[language],
                named=lambda term: named(term, language),
                day=day,
                root=root,
                synthetic=self._synthetic,
                **values,
            )
        )
        headers = {**security_headers(PAGE_POLICY), "Content-Language": language, "Vary": "Accept-Language"}
        return HTMLResponse(text, headers=headers)


def _language(request: Request) -> Language:
    return Language(languages.language_of(request))
