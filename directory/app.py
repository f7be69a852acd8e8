"""The composition root: services made of a graph and keys, and the application that serves them."""

import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from directory.access.accounting import Accounting
from directory.access.caller import Caller
from directory.access.keys import authenticate
from directory.api.context import Services
from directory.api.endpoint import Endpoint
from directory.api.regions import RegionBook
from directory.api.schema import make_schema
from directory.consents.decisions import Decisions
from directory.contacts.bodies import Bodies
from directory.contacts.cursors import Cursors
from directory.contacts.regions import RegionMap
from directory.contacts.service import Contacts
from directory.ledger.errors import LedgerStalled
from directory.ledger.map_shelf import MAP_FILE, MapShelf
from directory.ledger.publication import Publication
from directory.logs import log_event, log_fault
from directory.notices.book import load_book
from directory.notices.reading import Notices
from directory.outages import outage_of
from directory.programme.network import Network, NetworkReader
from directory.receipts.issuing import Ledger, Receipts
from directory.receipts.standing_ledger import StandingLedger, beside
from directory.rights.courier import Courier, FolderCourier, Outbox
from directory.rights.desk import Keep, keep_nothing
from directory.rights.service import Rights
from directory.sealing.key_service import FileKeyService
from directory.web.errors import NetworkUnavailable
from directory.web.graphiql import graphiql_response
from directory.web.ledger import ledger_routes
from directory.web.notices import notice_routes
from directory.web.pages import routes
from directory.web.receipts import receipt_routes
from directory.web.security import SecurityHeaders
from graph.connection import Graph
from graph.errors import EngineUnavailable

DOCUMENTS = Path(__file__).parents[1] / "docs"
Clock = Callable[[], int]


@dataclass(frozen=True, slots=True)
class Application:
    """The application and the services in it."""

    asgi: ASGIApp
    services: Services


async def make_services(  # noqa: PLR0913, PLR0917 - the parts of the services.
    graph: Graph,
    keyring: Path,
    clock: Clock,
    courier: Courier | None = None,
    ledger: Ledger | None = None,
    keep: Keep = keep_nothing,
) -> Services:
    """Make the services of an open, loaded graph; `clock` gives epoch milliseconds, `courier` brings codes.

    `ledger` is the sequencer, from which receipts have their checkpoints; without it they have the newest signed one.
    `keep` writes into the journal what people took back or had erased.
    """
    keys = FileKeyService(keyring)
    regions = await RegionMap.read(graph)
    cursors = Cursors(keys.keyring.cursor_key)
    book = load_book()
    standing: Ledger = ledger or StandingLedger(graph, beside(keyring))
    shelf = MapShelf(keyring.parent / MAP_FILE)
    return Services(
        contacts=Contacts(graph, keys, regions, clock),
        bodies=Bodies(graph, cursors, regions, clock),
        accounting=Accounting(graph, cursors, clock),
        network=NetworkReader(graph, clock),
        regions=RegionBook(regions),
        notices=Notices(book, clock),
        decisions=Decisions(graph, book, clock, keep),
        rights=Rights(graph, keys, regions, clock, Outbox(courier), keep),
        receipts=Receipts(graph, standing, book, clock),
        ledger=Publication(graph, lambda: standing.verifier, shelf, clock),
    )


async def make_application(  # noqa: PLR0913 - the parts of the application.
    graph: Graph,
    keyring: Path,
    clock: Clock,
    *,
    synthetic: bool,
    courier: Courier | None = None,
    ledger: Ledger | None = None,
    keep: Keep = keep_nothing,
) -> Application:
    """Make the application; `synthetic` puts the mark of a made-up city on every page.

    The codes of a made-up city, whose people receive nothing, are put into a folder beside the keyring, unless there
    is a `courier`. `ledger` is the sequencer, for receipts.
    """
    if courier is None and synthetic:
        courier = FolderCourier(keyring.parent / "outbox")
    services = await make_services(graph, keyring, clock, courier, ledger, keep)

    async def caller_of(header: str | None, origin: str, trace: str) -> Caller:
        return Caller(await authenticate(graph, header, clock()), origin, trace)

    async def network() -> Network:
        try:
            return await services.network.read()
        except EngineUnavailable as down:
            raise NetworkUnavailable(down.retry_after) from None

    async def query_page(_: Request) -> Response:
        return graphiql_response(synthetic=synthetic)

    async def live(_: Request) -> Response:
        return JSONResponse({"live": True})

    async def ready(_: Request) -> Response:
        try:
            await graph.ping()
            stalled = await services.ledger.stalled()
        except EngineUnavailable as down:
            return JSONResponse({"ready": False, "code": down.code}, 503, {"Retry-After": str(down.retry_after)})
        if stalled:
            return JSONResponse({"ready": False, "code": LedgerStalled.code}, 503, {"Retry-After": "60"})
        assert graph.identity is not None  # noqa: S101 - an open graph knows its engine.
        engine = {"name": graph.identity.name, "version": graph.identity.version}
        return JSONResponse({"ready": True, "engine": engine, "synthetic": synthetic})

    endpoint = Endpoint(make_schema(), services, caller_of)
    application = Starlette(
        routes=[
            *routes(network, DOCUMENTS if DOCUMENTS.is_dir() else None, synthetic=synthetic),
            *notice_routes(services.notices, synthetic=synthetic),
            *receipt_routes(synthetic=synthetic),
            *ledger_routes(services.ledger),
            Route("/graphql", endpoint.answer, methods=["POST"], name="graphql"),
            Route("/graphql", query_page, methods=["GET"], name="graphiql"),
            Route("/health/live", live),
            Route("/health/ready", ready),
        ],
        middleware=[Middleware(SecurityHeaders)],
        exception_handlers={Exception: _unexpected},
    )
    # A redirect would repeat the address that was asked for, with whatever people typed into it (L5).
    application.router.redirect_slashes = False
    return Application(RequestLog(application), services)


async def _unexpected(request: Request, failure: Exception) -> Response:
    """Answer what no route foresaw, without a word of it."""
    outage = outage_of(failure)
    log_fault(getattr(request.state, "trace", "none"), failure)
    if outage is not None:
        return JSONResponse({"code": outage.code}, 503, {"Retry-After": str(outage.retry_after)})
    return JSONResponse({"code": "INTERNAL"}, 500)


class RequestLog:
    """Logs every request by its route, never by its address: a path or a query can hold what people typed."""

    def __init__(self, application: ASGIApp) -> None:
        """Take the application that answers."""
        self._application = application

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on and log how it was answered."""
        if scope["type"] != "http":
            await self._application(scope, receive, send)
            return
        status, begun = 500, time.perf_counter()

        async def sent(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._application(scope, receive, sent)
        finally:
            state = scope.get("state", {})
            route = scope.get("route")
            log_event(
                "request",
                method=scope["method"] if scope["method"] in ("GET", "POST", "HEAD") else "other",
                route=getattr(route, "path", "none"),
                status=status,
                milliseconds=round((time.perf_counter() - begun) * 1000, 1),
                **{key: state[key] for key in ("trace", "actor") if key in state},
            )
