"""What the browser tests look at on every page: other hosts, refused content, and accessibility."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

_VIOLATIONS = """
window.refusedByPolicy = [];
document.addEventListener("securitypolicyviolation",
  (event) => window.refusedByPolicy.push(`${event.violatedDirective} ${event.blockedURI}`));
"""


@dataclass
class Look:
    """A page, and what was seen while it was used."""

    page: Page
    strangers: list[str] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)

    async def refused(self) -> list[str]:
        """Give what the content security policy has refused so far."""
        found: list[str] = await self.page.evaluate("window.refusedByPolicy")
        return found

    async def barriers(self) -> list[str]:
        """Give every violation that axe finds, of WCAG and of good practice alike."""
        results = await Axe().run(self.page)
        return [
            f"{violation['id']}: {[node['html'][:120] for node in violation['nodes']]}"
            for violation in results.response["violations"]
        ]


@asynccontextmanager
async def looking(browser: Browser, address: str, path: str, **context: Any) -> AsyncIterator[Look]:  # noqa: ANN401 - the browser's own options
    """Open a page and give a look at it; `context` are the browser context's options."""
    opened = await browser.new_context(timezone_id="Asia/Seoul", **context)
    try:
        await opened.add_init_script(_VIOLATIONS)
        opened.set_default_timeout(15_000)
        look = Look(await opened.new_page())
        host = urlsplit(address).netloc
        look.page.on(
            "request",
            lambda request: (
                look.strangers.append(request.url) if urlsplit(request.url).netloc not in {host, ""} else None
            ),
        )
        look.page.on("pageerror", lambda error: look.failures.append(str(error)))
        await look.page.goto(address + path, wait_until="networkidle")
        yield look
    finally:
        await opened.close()
