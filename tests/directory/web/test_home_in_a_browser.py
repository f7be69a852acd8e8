"""The home page as a browser shows it: in both languages, every contrast, on a phone and by keyboard."""

from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.directory.web.looking import looking
from tests.directory.web.service import Service

pytestmark = pytest.mark.browser

_EVERY_LOOK: list[dict[str, Any]] = [
    {},
    {"color_scheme": "dark"},
    {"contrast": "more"},
    {"contrast": "more", "color_scheme": "dark"},
    {"forced_colors": "active"},
    {"viewport": {"width": 320, "height": 640}},
]


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("look", _EVERY_LOOK, ids=lambda look: "-".join(map(str, look.values())) or "plain")
async def test_the_home_page_has_no_barrier(
    browser: Browser, address: str, language: str, look: dict[str, Any]
) -> None:
    """Axe finds nothing, nothing is refused by the policy, and no other host is asked for anything."""
    async with looking(browser, address, f"/?lang={language}", **look) as seen:
        assert await seen.barriers() == []
        assert await seen.refused() == []
        assert seen.strangers == []
        assert seen.failures == []


async def test_the_page_without_figures_has_no_barrier(browser: Browser, address: str, service: Service) -> None:
    """The page that says that the graph does not answer is as open as the others."""
    service.engine_down = True
    async with looking(browser, address, "/?lang=en") as seen:
        await expect(seen.page.locator("h1")).to_have_text("The figures cannot be read at the moment")
        assert await seen.barriers() == []
        assert await seen.refused() == []


@pytest.mark.parametrize("language", ["ko", "en"])
async def test_a_phone_needs_no_sideways_scrolling(browser: Browser, address: str, language: str) -> None:
    """At 320 pixels the page is as wide as the screen (WCAG 1.4.10)."""
    async with looking(browser, address, f"/?lang={language}", viewport={"width": 320, "height": 640}) as seen:
        assert await seen.page.evaluate("document.documentElement.scrollWidth") == 320


async def test_everything_is_reached_by_keyboard_with_its_focus_in_sight(browser: Browser, address: str) -> None:
    """Tab goes from the skip link through every link and table, each with an outline that is seen."""
    async with looking(browser, address, "/?lang=en") as seen:
        reached = []
        for _ in range(60):
            await seen.page.keyboard.press("Tab")
            at = await seen.page.evaluate(
                "(() => { const at = document.activeElement; const style = getComputedStyle(at);"
                " const box = at.getBoundingClientRect();"
                " return [at.tagName, at.textContent.trim().slice(0, 20), style.outlineStyle,"
                " parseFloat(style.outlineWidth), box.bottom > 0 && box.top < innerHeight] })()"
            )
            if at[0] == "BODY":
                break
            assert at[2] == "solid", at
            assert at[3] >= 2, at
            assert at[4], at
            reached.append(at)
        names = [name for _, name, *_ in reached]
        assert names[0] == "Skip to the content"
        assert {"한국어", "Ask the directory", "The map", "Alive", "Ready"} <= set(names)
        assert sum(tag == "DIV" for tag, *_ in reached) == 3


async def test_the_skip_link_leads_to_the_content(browser: Browser, address: str) -> None:
    """Enter on the first link moves the focus past the header."""
    async with looking(browser, address, "/?lang=ko") as seen:
        await seen.page.keyboard.press("Tab")
        await seen.page.keyboard.press("Enter")
        await expect(seen.page.locator("main")).to_be_focused()


async def test_the_page_is_written_in_its_own_typeface(browser: Browser, address: str) -> None:
    """Both weights of Pretendard GOV arrive from our own files."""
    async with looking(browser, address, "/?lang=ko") as seen:
        loaded = await seen.page.evaluate(
            "[...document.fonts].filter((face) => face.status === 'loaded')"
            ".map((face) => `${face.family} ${face.weight}`).sort()"
        )
        assert [name.replace('"', "") for name in loaded] == ["Pretendard GOV 400", "Pretendard GOV 700"]


async def test_paper_gets_the_tables_and_not_the_links(browser: Browser, address: str) -> None:
    """Printed, the page keeps the mark of a made-up city and the tables, and leaves out where to go."""
    async with looking(browser, address, "/?lang=ko") as seen:
        await seen.page.emulate_media(media="print")
        await expect(seen.page.locator(".made-up")).to_be_visible()
        await expect(seen.page.locator("table")).to_have_count(3)
        await expect(seen.page.get_by_role("heading", name="바로가기")).to_be_hidden()
        await expect(seen.page.get_by_role("columnheader", name="주관")).to_be_visible()
