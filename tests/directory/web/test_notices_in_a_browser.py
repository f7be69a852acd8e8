"""The notices as a browser shows and prints them: what P3 names stands out, on screen and on paper, for everybody."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.async_api import Browser, expect

from tests.directory.web.looking import Look, looking
from tests.directory.web.noticed import NEW, OLD, NoticedService
from tests.directory.web.service import serving

pytestmark = pytest.mark.browser

NINE_POINTS = 12.0
_EVERY_LOOK: list[dict[str, Any]] = [
    {},
    {"color_scheme": "dark"},
    {"contrast": "more"},
    {"contrast": "more", "color_scheme": "dark"},
    {"forced_colors": "active"},
    {"viewport": {"width": 320, "height": 640}},
]

# Of every text in the parts of a notice: whether it stands out, and how it is written.
_WRITTEN = """
(() => { const found = []; const walker = document.createTreeWalker(document.querySelector("article"), 4);
  while (walker.nextNode()) { const at = walker.currentNode; const on = at.parentElement;
    if (!at.textContent.trim() || !on.closest(".part")) continue;
    const style = getComputedStyle(on);
    found.push({out: Boolean(on.closest(".stands-out")), size: parseFloat(style.fontSize), weight: +style.fontWeight,
      color: style.color, line: style.textDecorationLine, heading: Boolean(on.closest("h2, dt")),
      text: at.textContent.trim()}); }
  return found; })()
"""


@pytest.fixture
def real() -> Iterator[str]:
    """Where the real notices are served."""
    with serving(NoticedService()) as url:
        yield url


@pytest.fixture
def invented() -> Iterator[str]:
    """Where the notice with every part is served."""
    with serving(NoticedService(invented=True)) as url:
        yield url


async def assert_stands_out(look: Look, *, colour: bool) -> None:
    """Verify what the law asks for, of every text in the notice (Decree 17(3), P3)."""
    written = await look.page.evaluate(_WRITTEN)
    out = [each for each in written if each["out"]]
    rest = [each for each in written if not each["out"]]
    assert len(out) >= 2
    assert len(rest) > 20
    largest = max(each["size"] for each in rest)
    plain = [each for each in rest if not each["heading"]]
    for each in out:
        assert each["size"] >= NINE_POINTS, each
        assert each["size"] >= 1.2 * largest, each
        assert each["weight"] > max(other["weight"] for other in plain), each
        assert each["line"] == "underline", each
        assert (each["color"] not in {other["color"] for other in rest}) is colour, each
    assert {other["line"] for other in rest} == {"none"}


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("look", _EVERY_LOOK, ids=lambda look: "-".join(map(str, look.values())) or "plain")
async def test_a_notice_has_no_barrier(browser: Browser, real: str, language: str, look: dict[str, Any]) -> None:
    """Axe finds nothing, nothing is refused by the policy, and no other host is asked for anything."""
    async with looking(browser, real, f"/notices/city-news/1?lang={language}", **look) as seen:
        assert await seen.barriers() == []
        assert await seen.refused() == []
        assert seen.strangers == []
        assert seen.failures == []
        assert await seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("look", [{}, {"color_scheme": "dark"}, {"viewport": {"width": 320, "height": 640}}])
async def test_the_list_has_no_barrier(browser: Browser, invented: str, look: dict[str, Any]) -> None:
    """Nor has the list, and the page of a version that was succeeded."""
    for path in ("/notices", f"/notices/{OLD.id}"):
        async with looking(browser, invented, path, **look) as seen:
            assert await seen.barriers() == []
            assert await seen.refused() == []
            assert await seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize("look", _EVERY_LOOK, ids=lambda look: "-".join(map(str, look.values())) or "plain")
async def test_what_the_law_names_stands_out(
    browser: Browser, invented: str, language: str, look: dict[str, Any]
) -> None:
    """Larger by a fifth than anything else, heavier, underlined, and in a colour of its own (P3)."""
    async with looking(browser, invented, f"/notices/{NEW.id}?lang={language}", **look) as seen:
        # Where a reader chose the colours, they are the reader's; size, weight and line stay.
        await assert_stands_out(seen, colour="forced_colors" not in look)


@pytest.mark.parametrize("purpose", ["city-news", "disaster-response", "policy-advice", "city-monitoring", "enrolment"])
@pytest.mark.parametrize("language", ["ko", "en"])
async def test_it_stands_out_on_paper_too(browser: Browser, real: str, purpose: str, language: str) -> None:
    """In black and white, and at nine points at least; nothing on the sheet is smaller than that."""
    async with looking(browser, real, f"/notices/{purpose}/1?lang={language}") as seen:
        await seen.page.emulate_media(media="print")
        await assert_stands_out(seen, colour=False)
        written = await seen.page.evaluate(_WRITTEN)
        assert min(each["size"] for each in written) >= NINE_POINTS
        assert {each["color"] for each in written} == {"rgb(0, 0, 0)"}


@pytest.mark.parametrize("path", ["/notices/city-news/1?lang=en", "/notices/disaster-response/1?lang=ko"])
async def test_a_notice_takes_one_sheet(browser: Browser, real: str, path: str) -> None:
    """Two pages of A4 at most, which is a sheet with both sides, with the mark and the hash but without the links."""
    async with looking(browser, real, path) as seen:
        pdf = await seen.page.pdf(prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page\b", pdf)) <= 2
        (box,) = set(re.findall(rb"/MediaBox\s*\[([^\]]*)\]", pdf))
        assert [round(float(side)) for side in box.split()] == [0, 0, 595, 842]
        await seen.page.emulate_media(media="print")
        await expect(seen.page.locator(".made-up")).to_be_visible()
        await expect(seen.page.locator(".hash")).to_be_visible()
        await expect(seen.page.locator(".switch")).to_be_hidden()
        await expect(seen.page.locator(".forms .links")).to_be_hidden()


async def test_required_and_optional_are_apart(browser: Browser, real: str) -> None:
    """Two frames, one above the other."""
    async with looking(browser, real, "/notices/enrolment/1?lang=ko") as seen:
        required = await seen.page.locator(".required").bounding_box()
        optional = await seen.page.locator(".optional").bounding_box()
        assert required is not None
        assert optional is not None
        assert required["y"] + required["height"] < optional["y"]
        await expect(seen.page.locator(".required dt")).to_have_text(["성명"])
        await expect(seen.page.locator(".optional dt")).to_have_text(["전화번호", "전자우편"])


async def test_links_stay_in_the_language_and_lead_somewhere(browser: Browser, invented: str) -> None:
    """From the home page to the list, to a notice, to its successor, and back to the list."""
    async with looking(browser, invented, "/?lang=en") as seen:
        page = seen.page
        await page.get_by_role("link", name="Consent notices").click()
        await expect(page.locator("h1")).to_have_text("Consent notices")
        await page.get_by_role("link", name="Version 1").click()
        await expect(page.locator(".hash")).to_contain_text(OLD.id)
        await page.get_by_role("link", name="Read the new version").click()
        await expect(page.locator(".hash")).to_contain_text(NEW.id)
        await page.get_by_role("link", name="한국어").click()
        await expect(page.locator("h1")).to_have_text(NEW.title.ko)
        await page.get_by_role("link", name="동의 안내문").click()
        await expect(page.locator("h1")).to_have_text("동의 안내문")
        await page.get_by_role("link", name="시정참여 인사 네트워크").click()
        await expect(page.locator("h1")).to_have_text("시정에 함께하는 사람들의 명부")
        assert seen.failures == []
