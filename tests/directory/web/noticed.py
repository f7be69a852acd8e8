"""The pages of the notices on loopback: the real ones, and one with every part that there is, in two versions."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from starlette.applications import Starlette
from starlette.middleware import Middleware

from consent.notice_book import NoticeBook
from consent.notices import content_hash
from directory.notices.book import load_book
from directory.notices.reading import Notices
from directory.web.notices import notice_routes
from directory.web.pages import routes
from directory.web.security import SecurityHeaders
from tests.consent.making_notices import DAY, FIRST, draft, published, successor, words
from tests.directory.web.service import Service
from tests.directory.web.stand_in import network

OLD: Final = published(
    draft(
        items=tuple(replace(item, required=False) for item in draft().items),
        promotion=words("promotes <b>much</b>"),
    )
)
NEW: Final = successor(OLD, FIRST + DAY, consequence=words("nothing bad at all"))


class NoticedService(Service):
    """The home page with the notices beside it; `invented` shows the invented notice in the place of the real ones."""

    def __init__(
        self, *, invented: bool = False, synthetic: bool = True, clock: Callable[[], int] | None = None
    ) -> None:
        """Build the application."""
        super().__init__()
        real = load_book()
        made_up = NoticeBook([OLD, NEW], {each.id: content_hash(each) for each in (OLD, NEW)})
        notices = Notices(made_up if invented else real, clock or (lambda: FIRST + 2 * DAY))

        async def figures() -> object:
            return network(synthetic=synthetic)

        self.app = Starlette(
            routes=[*routes(figures), *notice_routes(notices, synthetic=synthetic)],  # type: ignore[arg-type]
            middleware=[Middleware(SecurityHeaders)],
        )
