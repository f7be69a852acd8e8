"""The ledger on the web: its key, its newest checkpoint and the day's map as text, and how its last check went."""

from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from directory.ledger.publication import Publication

_NONE_YET: Final = "There is none yet: a service that runs makes one within minutes.\n"


def ledger_routes(publication: Publication) -> list[BaseRoute]:
    """Give the routes of "/ledger/key", "/ledger/checkpoint", "/ledger/map" and "/health/ledger"."""

    async def key(_: Request) -> Response:
        return PlainTextResponse(publication.key())

    async def checkpoint(_: Request) -> Response:
        return _text(await publication.checkpoint())

    async def day_map(_: Request) -> Response:
        return _text(await publication.day_map())

    async def health(_: Request) -> Response:
        found = await publication.health()
        return JSONResponse(found, 503 if found["holds"] is False or found["stalled"] else 200)

    return [
        Route("/ledger/key", key, name="ledger_key"),
        Route("/ledger/checkpoint", checkpoint, name="ledger_checkpoint"),
        Route("/ledger/map", day_map, name="ledger_map"),
        Route("/health/ledger", health, name="ledger_health"),
    ]


def _text(note: str | None) -> Response:
    return PlainTextResponse(_NONE_YET, 404) if note is None else PlainTextResponse(note)
