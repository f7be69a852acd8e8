"""The query page as a browser runs it, with the network cut: keys, queries, and what is kept."""

from typing import Any

import pytest
from playwright.async_api import Browser, Page, expect

from tests.directory.web.looking import looking
from tests.directory.web.service import KEY, Service

pytestmark = pytest.mark.browser


async def _use_key(page: Page, key: str = KEY) -> None:
    await page.get_by_label("Key", exact=False).first.fill(key)
    await page.get_by_role("button", name="Use").click()


async def _run(page: Page) -> None:
    await page.get_by_role("button", name="Execute query").click()


async def test_the_first_example_runs_with_the_key_from_the_bar(
    browser: Browser, address: str, service: Service
) -> None:
    """A key pasted once opens the network's figures, under the policy and without another host."""
    async with looking(browser, address, "/graphql") as seen:
        await _use_key(seen.page)
        await _run(seen.page)
        answer = seen.page.locator(".result-window")
        await expect(answer).to_contain_text('"participants": 311577')
        await expect(answer).to_contain_text("행정지원")
        assert f"Bearer {KEY}" in service.seen_keys
        assert await seen.refused() == []
        assert seen.strangers == []
        assert seen.failures == []


async def test_a_query_that_is_typed_is_answered(browser: Browser, address: str) -> None:
    """A query typed into a new tab and run by keyboard comes back with its answer."""
    async with looking(browser, address, "/graphql") as seen:
        await _use_key(seen.page)
        await seen.page.get_by_role("button", name="Add tab").click()
        await seen.page.get_by_role("textbox", name="Query").focus()
        await seen.page.keyboard.press("Control+a")
        await seen.page.keyboard.insert_text('query Said { echo(text: "되돌아온 말") }')
        await expect(seen.page.locator(".graphiql-tab-active")).to_contain_text("Said")
        await seen.page.keyboard.press("Control+Enter")
        await expect(seen.page.locator(".result-window")).to_contain_text('"echo": "되돌아온 말"')
        assert await seen.refused() == []


async def test_a_key_in_the_headers_of_a_tab_goes_first(browser: Browser, address: str, service: Service) -> None:
    """The headers editor is prefilled, and a key written there wins over the one in the bar."""
    async with looking(browser, address, "/graphql") as seen:
        await _use_key(seen.page, "another-key")
        headers = seen.page.get_by_role("textbox", name="Headers")
        await headers.focus()
        await seen.page.keyboard.press("Control+a")
        await seen.page.keyboard.insert_text(f'{{"authorization": "Bearer {KEY}"}}')
        await _run(seen.page)
        await expect(seen.page.locator(".result-window")).to_contain_text('"participants": 311577')


async def test_without_a_key_the_page_says_so_in_words(browser: Browser, address: str) -> None:
    """A refusal without a body is explained in both languages."""
    async with looking(browser, address, "/graphql") as seen:
        await _run(seen.page)
        answer = seen.page.locator(".result-window")
        await expect(answer).to_contain_text("인증키가 없거나 맞지 않습니다.")
        await expect(answer).to_contain_text("No key, or not a valid one")


async def test_the_schema_is_read_again_with_the_key(browser: Browser, address: str) -> None:
    """The documentation opens once the key is there, and shows descriptions as text, not as markup."""
    async with looking(browser, address, "/graphql") as seen:
        await seen.page.get_by_role("button", name="Show Documentation Explorer").click()
        await _use_key(seen.page)
        panel = seen.page.locator(".graphiql-plugin")
        await expect(panel).to_contain_text("Query")
        await panel.get_by_role("link", name="Query").click()
        await expect(panel).to_contain_text("<b>descriptions</b> are shown as text.")
        assert await seen.refused() == []


async def test_nothing_typed_outlives_the_page(browser: Browser, address: str) -> None:
    """After a key, a query and its answer, the browser's stores and cookies are empty."""
    async with looking(browser, address, "/graphql") as seen:
        await _use_key(seen.page)
        await _run(seen.page)
        await expect(seen.page.locator(".result-window")).to_contain_text("311577")
        kept = await seen.page.evaluate("JSON.stringify([{...localStorage}, {...sessionStorage}])")
        assert kept == "[{},{}]"
        assert await seen.page.context.cookies() == []
        assert "?" not in seen.page.url
        await seen.page.reload(wait_until="networkidle")
        assert await seen.page.locator("#key").input_value() == ""


async def test_the_tabs_are_the_worked_examples(browser: Browser, address: str) -> None:
    """Each example has a tab of its own, named after its operation."""
    async with looking(browser, address, "/graphql") as seen:
        await expect(seen.page.locator(".graphiql-tab-button")).to_have_text(
            ["Network", "ContactList", "NextPage", "Bodies", "OnePerson", "Disclosures"]
        )
        await seen.page.get_by_role("button", name="NextPage").click()
        await expect(seen.page.locator('.graphiql-tab-button[aria-current="true"]')).to_have_text(["NextPage"])
        await expect(seen.page.locator(".graphiql-query-editor")).to_contain_text("query NextPage")


async def test_the_page_says_that_the_city_is_made_up(browser: Browser, address: str) -> None:
    """The mark stands on top in both languages, and so does where the demonstration keys are."""
    async with looking(browser, address, "/graphql") as seen:
        mark = seen.page.locator(".made-up")
        await expect(mark).to_be_in_viewport()
        await expect(mark).to_contain_text("지어낸")
        await expect(mark).to_contain_text("made up")
        await expect(seen.page.locator("#key-hint")).to_contain_text("demo-keys.json")


async def test_the_keyboard_leaves_the_editor(browser: Browser, address: str) -> None:
    """Tab moves on from the field for code instead of staying in it (WCAG 2.1.2)."""
    async with looking(browser, address, "/graphql") as seen:
        query = seen.page.get_by_role("textbox", name="Query")
        await query.focus()
        await seen.page.keyboard.press("Tab")
        await expect(query).not_to_be_focused()
        await expect(seen.page.locator(".graphiql-query-editor")).to_contain_text("query Network")


@pytest.mark.parametrize(
    "look",
    [
        {"color_scheme": "light"},
        {"color_scheme": "dark"},
        {"forced_colors": "active"},
        {"viewport": {"width": 360, "height": 740}},
    ],
    ids=["light", "dark", "forced", "narrow"],
)
async def test_the_query_page_has_no_barrier(browser: Browser, address: str, look: dict[str, Any]) -> None:
    """Axe finds nothing in our bar nor in GraphiQL, with an answer shown and the documentation open."""
    async with looking(browser, address, "/graphql", **look) as seen:
        await _use_key(seen.page)
        await _run(seen.page)
        await expect(seen.page.locator(".result-window")).to_contain_text("311577")
        assert await seen.barriers() == []
        await seen.page.get_by_role("button", name="Show Documentation Explorer").click()
        await expect(seen.page.locator(".graphiql-plugin")).to_contain_text("Query")
        assert await seen.barriers() == []
        assert await seen.refused() == []
