"""The page that verifies receipts as a browser runs it without a network, and the printed receipt."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, Final

import orjson
import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page, expect

from consent.events import ConsentEvent
from consent.receipt_checking import Checked, check_receipt
from consent.receipt_codes import code_texts
from consent.receipts import receipt_bytes
from consent.vocabulary import EventKind
from directory.receipts.offline import PAGE_FILE, one_file
from directory.web.receipts import receipt_html
from tests.consent.making_events import event
from tests.consent.making_receipts import (
    INDEX,
    OTHER_SIGNER,
    SIGNER,
    another,
    kinds,
    map_proof,
    places,
    put,
    receipt_of,
)
from tests.directory.web.looking import looking

pytestmark = pytest.mark.browser

KEY: Final = str(SIGNER.verifier)
DOCUMENT: Final = receipt_of()
PERSON: Final = DOCUMENT["proof"]["event"]["person"]
CHECK: Final = (
    "async (texts) => { const all = []; for (const t of texts) all.push(await receiptSteps.check(t)); return all }"
)


@asynccontextmanager
async def opened(browser: Browser, url: str, **context: Any) -> AsyncIterator[Page]:  # noqa: ANN401 - the browser's own options
    """Open a file without any network, and see that nothing failed in it."""
    made = await browser.new_context(offline=True, **({"locale": "ko-KR"} | context))
    failures: list[str] = []
    try:
        page = await made.new_page()
        page.on("pageerror", lambda error: failures.append(str(error)))
        page.on(
            "request", lambda request: failures.append(request.url) if not request.url.startswith("file:") else None
        )
        await page.goto(url)
        yield page
        assert failures == []
    finally:
        await made.close()


def as_seen(found: Checked) -> dict[str, Any]:
    """Give what the command found in the form in which the page has it."""
    steps = [
        {
            "name": str(step.name),
            "status": str(step.status),
            "code": None if step.code is None else str(step.code),
            "words": {"ko": step.words.ko, "en": step.words.en},
        }
        for step in found.steps
    ]
    return {"verdict": str(found.verdict), "steps": steps, "record": found.record, "event": found.event}


async def both(page: Page, texts: list[str]) -> None:
    """Verify texts by the page and by the command, and hold every step and word of the one against the other."""
    answers = await page.evaluate(CHECK, texts)
    for text, answer in zip(texts, answers, strict=True):
        assert answer == as_seen(check_receipt(text.encode())), text[:200]


@pytest.mark.parametrize("one", kinds(), ids=lambda one: one.kind)
async def test_the_page_says_of_every_change_what_the_command_says(browser: Browser, one: ConsentEvent) -> None:
    """C5: whole, by codes, cut off, or with any single value changed, in the same steps and the same words."""
    document = receipt_of(one)
    whole = receipt_bytes(document).decode()
    codes = code_texts(document)
    texts = [whole, "\n".join(codes), codes[0], codes[0][:-3], whole[: len(whole) // 2], ""]
    texts += [json.dumps(put(document, at, another(value))) for at, value in places(document)]
    texts += [orjson.dumps(put(document, ("notice",), None)).decode(), json.dumps(receipt_of(one, index=0, size=1))]
    async with opened(browser, PAGE_FILE.as_uri()) as page:
        await both(page, texts)


@pytest.mark.parametrize(
    "text",
    [
        '{"a": 1, "a": 1}',
        '{"a": {"b": [1.5]}}',
        '{"a": 1e3}',
        '{"a": 9007199254740992}',
        '{"a": "\\ud800"}',
        "[" * 300 + "]" * 300,
        '{"format": "civic-receipt/1"}',
        "CIVIC1:AB",
        "CIVIC1:aaaa",
        "CIVIC2:AA",
        f"{code_texts(DOCUMENT)[0]} more",
        f"  {code_texts(DOCUMENT)[1]}\n\n{code_texts(DOCUMENT)[0]} ",
        json.dumps({**DOCUMENT, "more": 1}),
        json.dumps(put(DOCUMENT, ("proof", "inclusion_path"), [])),
        json.dumps(put(DOCUMENT, ("proof", "checkpoint"), "no note")),
        json.dumps(put(DOCUMENT, ("proof", "public_key"), "no key")),
        json.dumps(put(DOCUMENT, ("proof", "salt"), "AAAA")),
        json.dumps(receipt_of(signer=OTHER_SIGNER)),
    ],
    ids=range(18),
)
async def test_the_page_reads_as_strictly_as_the_command(browser: Browser, text: str) -> None:
    """What two programs could read differently is refused by both."""
    async with opened(browser, PAGE_FILE.as_uri()) as page:
        await both(page, [text])


@pytest.mark.parametrize(
    ("proof", "key"),
    [
        (map_proof(PERSON, INDEX), KEY),
        (map_proof(PERSON, INDEX + 1), KEY),
        (map_proof(PERSON, None), KEY),
        (map_proof(PERSON, None, size=INDEX), KEY),
        (map_proof("somebody else", None), KEY),
        (map_proof(PERSON, INDEX, signer=OTHER_SIGNER), KEY),
        (map_proof(PERSON, INDEX) | {"latest": INDEX + 1}, str(OTHER_SIGNER.verifier)),
        ({}, KEY),
    ],
)
async def test_the_map_and_the_key_mean_the_same_to_both(browser: Browser, proof: dict[str, Any], key: str) -> None:
    """With the city's key and the day's map, what was open is answered alike."""
    text = json.dumps(DOCUMENT)
    async with opened(browser, PAGE_FILE.as_uri()) as page:
        given = {"trusted": key, "latest": json.dumps(proof)}
        answer = await page.evaluate("([text, given]) => receiptSteps.check(text, given)", [text, given])
    trusted = SIGNER.verifier if key == KEY else OTHER_SIGNER.verifier
    assert answer == as_seen(check_receipt(text.encode(), trusted, latest=json.dumps(proof).encode()))


async def test_a_browser_without_ed25519_says_so_and_checks_the_rest(browser: Browser) -> None:
    """The signature is left open, in words, and everything else is proven; the verdict is not "proven"."""
    async with opened(browser, PAGE_FILE.as_uri()) as page:
        await page.evaluate(
            "() => { const old = crypto.subtle.importKey.bind(crypto.subtle); crypto.subtle.importKey ="
            " (...given) => given[2] === 'Ed25519' ? Promise.reject(new Error('no')) : old(...given) }"
        )
        answer = await page.evaluate("(text) => receiptSteps.check(text)", json.dumps(DOCUMENT))
    statuses = {step["name"]: step["status"] for step in answer["steps"]}
    assert statuses["SIGNATURE"] == "NOT_CHECKED"
    assert statuses["ROOT"] == statuses["PARTS"] == "PASSED"
    assert answer["verdict"] == "INCOMPLETE"


@pytest.fixture
def single(tmp_path: Path) -> str:
    """Write the page as one file, as `civic receipts page` does."""
    path = tmp_path / "check.html"
    path.write_text(one_file(), encoding="utf-8")
    return path.as_uri()


@pytest.mark.parametrize("folder", [True, False], ids=["folder", "one file"])
async def test_a_file_is_chosen_and_verified_without_a_network(
    browser: Browser,
    single: str,
    tmp_path: Path,
    folder: bool,  # noqa: FBT001 - a parameter of the test.
) -> None:
    """From a folder or as one file, in Korean, and in English when that is asked for."""
    (tmp_path / "receipt.json").write_bytes(receipt_bytes(DOCUMENT))
    async with opened(browser, PAGE_FILE.as_uri() if folder else single) as page:
        await page.set_input_files("#file", tmp_path / "receipt.json")
        await expect(page.locator("#result")).to_have_attribute("data-verdict", "PROVEN")
        await expect(page.locator(".verdict")).to_contain_text("바로 이대로 들어 있습니다")
        await expect(page.locator("[data-step=KEY]")).to_contain_text("증명되지 않음")
        await page.get_by_role("button", name="English").click()
        await expect(page.locator("html")).to_have_attribute("lang", "en")
        await expect(page.locator("[data-step=LATEST]")).to_contain_text(
            "Not proven here: that you did not decide otherwise"
        )
        await page.get_by_label("Or paste").fill("\n".join(code_texts(DOCUMENT)))
        await page.get_by_text("Check more").click()
        await page.get_by_label("The key that the city publishes").fill(KEY)
        await page.get_by_role("button", name="Check", exact=True).click()
        await expect(page.locator("[data-step=KEY]")).to_have_attribute("data-status", "PASSED")
        await page.get_by_label("Or paste").fill(json.dumps(DOCUMENT)[:500])
        await page.get_by_role("button", name="Check", exact=True).click()
        await expect(page.locator("#result")).to_have_attribute("data-verdict", "UNREADABLE")
        await expect(page.locator("#result")).to_contain_text("RECEIPT_UNREADABLE")


@pytest.mark.parametrize("language", ["ko", "en"])
@pytest.mark.parametrize(
    "look",
    [{}, {"color_scheme": "dark"}, {"forced_colors": "active"}, {"viewport": {"width": 320, "height": 640}}],
    ids=["light", "dark", "forced", "narrow"],
)
async def test_the_page_has_no_barrier(browser: Browser, address: str, language: str, look: dict[str, Any]) -> None:
    """Served under the strict policy: axe finds nothing before and after, nothing is refused, nothing leaves."""
    async with looking(browser, address, "/receipts/check", locale=language, **look) as seen:
        assert await seen.barriers() == []
        await seen.page.locator("textarea").fill(json.dumps(put(DOCUMENT, ("readable", "ko", 0, "text"), "다른 말")))
        await seen.page.locator("button[type=submit]").click()
        await expect(seen.page.locator("#result")).to_have_attribute("data-verdict", "FAILED")
        await expect(seen.page.locator("[data-step=PARTS]")).to_contain_text("RECEIPT_PARTS")
        assert await seen.barriers() == []
        assert await seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert await seen.refused() == []
        assert seen.strangers == []
        assert seen.failures == []


@pytest.mark.parametrize("kind", [EventKind.GRANTED, EventKind.WITHDRAWN])
async def test_the_printed_receipt_has_no_barrier_and_fits_its_pages(browser: Browser, kind: EventKind) -> None:
    """On the screen axe finds nothing; on paper the record is on one A4 page and its codes on the next."""
    async with opened(browser, "about:blank") as page:
        await page.set_content(receipt_html(receipt_of(event(kind)), synthetic=True))
        results = await Axe().run(page)
        assert [found["id"] for found in results.response["violations"]] == []
        await expect(page.locator(".code")).to_have_count(2)
        printed = await page.pdf(prefer_css_page_size=True)
    assert printed.count(b"/Type /Page\n") + printed.count(b"/Type /Page ") == 2
