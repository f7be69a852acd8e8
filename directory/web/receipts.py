"""Receipts on the web: the page that verifies them, as a page and as a file, and a receipt laid out for paper."""

import base64
import hashlib
import re
from collections.abc import Mapping
from functools import cache
from typing import Any, Final

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response
from starlette.routing import BaseRoute, Route

from consent.notice_parts import Language
from directory.receipts.offline import PAGE_FILE, STATIC, one_file
from directory.receipts.page_wording import PAPER
from directory.receipts.qr import codes
from directory.web.pages import templates
from directory.web.security import security_headers
from directory.web.wording import ENGLISH, KOREAN

CHECK_POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; img-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'; trusted-types 'none'"
)
"""For the page that verifies receipts: our own scripts, no inline one, and no connection at all."""

FILE_NAME: Final = "civic-receipt-check.html"
_REFERENCE: Final = re.compile(r'(href|src)="\./')


def receipt_routes(*, synthetic: bool = False) -> list[BaseRoute]:
    """Give the routes of "/receipts/check" and of that page as one file; `synthetic` marks it as of a made-up city."""

    async def check(_: Request) -> Response:
        return HTMLResponse(check_page(synthetic=synthetic), headers=security_headers(CHECK_POLICY))

    async def file(_: Request) -> Response:
        headers = {"Content-Disposition": f'attachment; filename="{FILE_NAME}"'}
        return HTMLResponse(one_file(), headers=headers)

    return [
        Route("/receipts/check", check, name="receipt_check"),
        Route("/receipts/check.html", file, name="receipt_check_file"),
    ]


@cache
def check_page(*, synthetic: bool) -> str:
    """Return the page as it is served: its files come from "/static", and it offers itself as one file."""
    page = _REFERENCE.sub(r'\1="../static/', PAGE_FILE.read_text(encoding="utf-8"))
    page = page.replace('<p id="save" class="note" hidden>', '<p id="save" class="note">')
    if not synthetic:
        return page
    return page.replace("<body>\n", f"<body>\n{templates().get_template('made-up.html').render(**_MARK)}\n")


def receipt_html(document: Mapping[str, Any], *, synthetic: bool) -> str:
    """Return a receipt laid out for A4 in both languages, as one file that loads and runs nothing."""
    style = _paper_style()
    return (
        templates()
        .get_template("receipt.html")
        .render(
            document=document,
            proof=document["proof"],
            rows=_rows(document),
            codes=codes(document),
            paper=PAPER,
            style=style,
            policy=f"{_policy(style)}; base-uri 'none'; form-action 'none'",
            synthetic=synthetic,
            **_MARK,
        )
    )


def receipt_response(document: Mapping[str, Any], *, synthetic: bool) -> HTMLResponse:
    """Answer with a receipt laid out for paper, under a policy that allows its own style alone."""
    policy = f"{_policy(_paper_style())}; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
    return HTMLResponse(receipt_html(document, synthetic=synthetic), headers=security_headers(policy))


_MARK: Final = {"korean": KOREAN, "english": ENGLISH}


def _rows(document: Mapping[str, Any]) -> list[dict[str, Mapping[str, str]]]:
    """Return the lines of both languages beside each other: they are the same lines, in the same order."""
    korean, english = (document["readable"][language] for language in Language)
    return [{"ko": ko, "en": en} for ko, en in zip(korean, english, strict=True)]


@cache
def _paper_style() -> str:
    return (STATIC / "receipt.css").read_text(encoding="utf-8")


def _policy(style: str) -> str:
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'"
