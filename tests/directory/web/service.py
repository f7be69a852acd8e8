"""A small service around the pages, on loopback, for the tests that a browser runs."""

import asyncio
import json
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import Any, Final

import uvicorn
from graphql import build_schema, graphql_sync
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from directory.web.errors import NetworkUnavailable
from directory.web.graphiql import graphiql_response
from directory.web.pages import routes
from directory.web.receipts import receipt_routes
from directory.web.security import SecurityHeaders
from tests.directory.web.stand_in import HALF_WAY, network

KEY: Final = "a-key-for-the-tests"

_SCHEMA: Final = """
"The *whole* interface, for the tests: <b>descriptions</b> are shown as text."
type Query { network: Network!  echo(text: String!): String! }
type Network { participants: Int!  categories: [Row!]!  stages: [Row!]!  groups: [Row!]! }
type Row {
  category: String  number: Int  deadline: String  stage: Int  ledBy: String
  nameKo: String  nameEn: String  headcount: Int  participants: Int
}
"""


class Service:
    """The pages with half of the plan enrolled; `engine_down` cuts the figures off."""

    def __init__(self, documents: Path | None = None) -> None:
        """Build the application; `documents` is the folder that the home page lists."""
        self.engine_down = False
        self.seen_keys: list[str] = []
        self._schema = build_schema(_SCHEMA)
        self.app = Starlette(
            routes=[
                *routes(self._network, documents),
                *receipt_routes(),
                Route("/graphql", self._graphql, methods=["GET", "POST"]),
            ],
            middleware=[Middleware(SecurityHeaders)],
        )

    async def _network(self) -> Any:  # noqa: ANN401 - the stand-in's own type
        if self.engine_down:
            raise NetworkUnavailable(retry_after=7)
        return network(missing=HALF_WAY)

    async def _graphql(self, request: Request) -> Response:
        if request.method == "GET":
            return graphiql_response(synthetic=True)
        given = request.headers.get("authorization", "")
        self.seen_keys.append(given)
        if given != f"Bearer {KEY}":
            return Response(status_code=401)
        asked = json.loads(await request.body())
        whole = network(missing=HALF_WAY)
        root = {
            "network": {
                "participants": whole.participants,
                "categories": [{"nameKo": row.name_ko, "headcount": row.headcount} for row in whole.categories],
                "stages": [{"number": row.number, "headcount": row.headcount} for row in whole.stages],
                "groups": [{"nameKo": row.name_ko, "nameEn": row.name_en} for row in whole.groups],
            },
            "echo": lambda _, text: text,
        }
        result = graphql_sync(
            self._schema,
            asked["query"],
            root,
            variable_values=asked.get("variables"),
            operation_name=asked.get("operationName"),
        )
        return JSONResponse(result.formatted)


@contextmanager
def serving(service: Service) -> Iterator[str]:
    """Serve on a free loopback port, in a thread of its own, and give the address."""
    listening = socket.create_server(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(service.app, log_level="error", ws="none", lifespan="off"))
    thread = Thread(target=lambda: asyncio.run(server.serve(sockets=[listening])), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=10)
        listening.close()
