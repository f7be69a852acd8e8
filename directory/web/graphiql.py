"""The query page: GraphiQL from our own files, with worked examples, and nothing from any other host."""

from typing import Final

from starlette.responses import HTMLResponse

from directory.web.examples import EXAMPLES
from directory.web.pages import templates
from directory.web.security import GRAPHIQL_POLICY, security_headers
from directory.web.wording import ENGLISH, KOREAN

HEADERS: Final = '{\n  "Authorization": "Bearer "\n}'
"""What the headers editor of each tab holds; a bearer without a key takes the one in the page's key field."""


def graphiql_html(*, synthetic: bool) -> str:
    """Give the page, its notices in both languages, since GraphiQL itself speaks English alone.

    Its addresses are relative: it works wherever the service is mounted, one level below the root. It calls
    the address that it was loaded from. `synthetic` puts the mark of a made-up city on top.
    """
    tabs = [{"query": example.query, "variables": example.variables, "headers": HEADERS} for example in EXAMPLES]
    return (
        templates().get_template("graphiql.html").render(synthetic=synthetic, korean=KOREAN, english=ENGLISH, tabs=tabs)
    )


def graphiql_response(*, synthetic: bool) -> HTMLResponse:
    """Give the page with the headers that it needs: a browser runs it only under its own policy."""
    return HTMLResponse(graphiql_html(synthetic=synthetic), headers=security_headers(GRAPHIQL_POLICY))
