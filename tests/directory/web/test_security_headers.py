"""The headers that every answer carries."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from directory.web.security import COMMON, DATA_POLICY, GRAPHIQL_POLICY, PAGE_POLICY, SecurityHeaders


async def _plain(request: Request) -> Response:
    return PlainTextResponse("text", headers={"Cache-Control": "max-age=60"})


@pytest.fixture
def client() -> httpx.AsyncClient:
    """Give a client of an application that the middleware goes around."""
    app = Starlette(routes=[Route("/plain", _plain)], middleware=[Middleware(SecurityHeaders)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


@pytest.mark.parametrize("path", ["/plain", "/nowhere"])
async def test_every_answer_carries_them(client: httpx.AsyncClient, path: str) -> None:
    """Answers of a route and of no route alike, under the narrowest policy."""
    async with client:
        answer = await client.get(path)
    assert answer.headers["content-security-policy"] == DATA_POLICY
    for name in set(COMMON) - {"Cache-Control"}:
        assert answer.headers[name] == COMMON[name]


async def test_an_answer_keeps_what_it_says_itself(client: httpx.AsyncClient) -> None:
    """An answer's own Cache-Control stands, and an answer without one is not stored."""
    async with client:
        assert (await client.get("/plain")).headers["cache-control"] == "max-age=60"
        assert (await client.get("/nowhere")).headers["cache-control"] == "no-store"


@pytest.mark.parametrize("policy", [DATA_POLICY, PAGE_POLICY, GRAPHIQL_POLICY])
def test_no_policy_lets_anything_in_from_outside(policy: str) -> None:
    """Nothing is allowed but what is named, and only our own origin, never inline code, is named."""
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["base-uri"] == directives["form-action"] == directives["frame-ancestors"] == "'none'"
    for name, sources in directives.items():
        allowed = {"'none'", "'self'", "'script'"} | ({"data:"} if name in {"font-src", "img-src"} else set())
        assert set(sources.split()) <= allowed, name


def test_pages_of_text_run_no_script() -> None:
    """Only the query page may run anything."""
    assert "script-src" not in PAGE_POLICY
    assert "script-src" not in DATA_POLICY
    assert "script-src 'self';" in GRAPHIQL_POLICY


async def test_what_is_no_http_passes_untouched() -> None:
    """A socket or the application's own start is handed on as it is."""
    seen = []

    async def inner(scope: object, receive: object, send: object) -> None:
        seen.append((scope, receive, send))

    async def nothing(*_: object) -> None:
        """Neither receive nor send is used."""

    scope = {"type": "websocket"}
    await SecurityHeaders(inner)(scope, nothing, nothing)  # type: ignore[arg-type]
    assert seen == [(scope, nothing, nothing)]
