"""The headers that keep a browser from doing more with an answer than the answer needs."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

DATA_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""For answers that are read by programs, and for files: nothing in them may load or run anything."""

PAGE_POLICY: Final = (
    "default-src 'none'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""For pages of text: our own style, font and icon, and no script at all."""

GRAPHIQL_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self' data:; img-src 'self' data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""For the query page: our own scripts, and calls to this service alone.

No 'unsafe-inline' and no 'unsafe-eval'. `data:` is there for fonts and images only, since GraphiQL's style
sheet carries its fonts in itself. Trusted types are left out: GraphiQL writes descriptions as markup.
"""

COMMON: Final[Mapping[str, str]] = MappingProxyType(
    {
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
        "Cache-Control": "no-store",
    }
)
"""What every answer carries; Cache-Control yields to an answer that says its own."""


def security_headers(policy: str = DATA_POLICY) -> dict[str, str]:
    """Give the headers of an answer under this content security policy."""
    return {"Content-Security-Policy": policy, **COMMON}


class SecurityHeaders:
    """Middleware that adds the headers to every HTTP answer that does not carry its own.

    Around the whole application it covers what routing refuses as well (404, 405); a page inside it that
    needs a wider policy sets that policy itself and keeps it.
    """

    def __init__(self, app: ASGIApp, policy: str = DATA_POLICY, cache_control: str = "no-store") -> None:
        """Wrap an application; both values yield to an answer that carries its own."""
        self._app = app
        self._headers = {**security_headers(policy), "Cache-Control": cache_control}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, adding the headers when the answer starts."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in self._headers.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, send_with_headers)
