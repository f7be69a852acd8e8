"""Receipts on the web without a browser: the routes and their policies, the one file, the words, codes, the paper."""

import base64
import hashlib
import json
import re
from dataclasses import replace

import httpx
import pytest
import segno
from starlette.applications import Starlette
from starlette.middleware import Middleware

from consent.events import Capture, ConsentEvent
from consent.receipt_codes import code_texts
from consent.vocabulary import CaptureMethod, Channel, EventKind, Field
from directory.receipts import offline
from directory.receipts.qr import SCANNABLE, codes, draw
from directory.web.receipts import CHECK_POLICY, FILE_NAME, check_page, receipt_html, receipt_response, receipt_routes
from directory.web.security import SecurityHeaders
from tests.consent.making_events import event
from tests.consent.making_receipts import kinds, receipt_of

LONG = Capture(CaptureMethod.ROSTER, "o" * 200, "모임" * 100, "증" * 200)
LARGE = {"index": 476_704, "size": 476_705}


@pytest.fixture
def client() -> httpx.AsyncClient:
    """Give a client of the routes alone."""
    app = Starlette(routes=receipt_routes(synthetic=True), middleware=[Middleware(SecurityHeaders)])
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


async def test_the_page_is_served_under_its_policy(client: httpx.AsyncClient) -> None:
    """Our own scripts as files, no inline one, no connection, and the mark of a made-up city."""
    async with client:
        answer = await client.get("/receipts/check")
    assert answer.status_code == 200
    assert answer.headers["content-security-policy"] == CHECK_POLICY
    assert "connect-src" not in CHECK_POLICY
    assert "unsafe" not in CHECK_POLICY
    assert 'src="../static/receipt-check.js"' in answer.text
    assert '="./' not in answer.text
    assert "지어낸" in answer.text
    assert "지어낸" not in check_page(synthetic=False)


async def test_the_page_is_offered_as_one_file(client: httpx.AsyncClient) -> None:
    """To be kept: it comes as a download, and refers to nothing."""
    async with client:
        answer = await client.get("/receipts/check.html")
    assert FILE_NAME in answer.headers["content-disposition"]
    assert re.findall(r'(?:src|href)=|url\(["\']', answer.text) == []
    assert "fetch(" not in answer.text


def test_the_one_file_allows_what_is_in_it_alone() -> None:
    """Its policy names the hashes of its own script and style, so that nothing else runs, and nothing is sent."""
    page = offline.one_file()
    policy = re.findall(r'Content-Security-Policy" content="([^"]*)"', page)
    assert len(policy) == 1
    for tag, name in (("script", "script-src"), ("style", "style-src")):
        (inside,) = re.findall(f"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inside.encode()).digest()).decode()
        assert f"{name} 'sha256-{digest}'" in policy[0]
    assert policy[0].startswith("default-src 'none'; ")


def test_the_words_of_the_page_are_those_of_the_command() -> None:
    """`civic receipts words --script > directory/web/static/receipt-words.js` after a change of words."""
    assert offline.WORDS.read_text(encoding="utf-8") == offline.words_script()


@pytest.mark.parametrize("one", kinds(), ids=lambda one: one.kind)
def test_the_codes_of_a_usual_receipt_are_scanned_with_ease(one: ConsentEvent) -> None:
    """C5: with the error correction M and at most version 25, in a ledger of half a million entries."""
    drawn = codes(receipt_of(one, index=7, size=9) | {})
    assert [code.correction for code in drawn] == ["M", "M"]
    assert all(code.version <= SCANNABLE for code in drawn)


def test_the_fullest_receipt_of_the_whole_city_still_has_small_codes() -> None:
    """Everything agreed to, a guardian, a meeting of a usual length, and a path of 21 steps."""
    full = event(
        EventKind.GRANTED,
        id="0b8f4c1e-5d0e-4c43-9d1a-0f6f5a2f9c11",
        fields=frozenset(Field),
        channels=frozenset(Channel),
        sensitive=True,
        capture=Capture(
            CaptureMethod.KIOSK, "kiosk-district-1159000000-07", "상도1동 주민자치위원회 6월 정례회", "5f" * 16
        ),
    )
    document = receipt_of(full)
    path = [hashlib.sha256(bytes([step])).hexdigest() for step in range(21)]
    document["proof"] = document["proof"] | {"inclusion_path": path}
    assert all((code.version, code.correction) <= (SCANNABLE, "M") for code in codes(document))


def test_a_long_receipt_gets_what_correction_fits() -> None:
    """A record that is too long for the usual code is drawn with less correction, a larger one, or not at all."""
    assert draw("A" * 1_600) is not None
    assert draw("A" * 1_600).correction == "L"  # type: ignore[union-attr] # it is there.
    assert draw("A" * 3_000).version > SCANNABLE  # type: ignore[union-attr] # the same.
    assert draw("A" * 5_000) is None
    long = receipt_of(replace(event(EventKind.GRANTED), capture=LONG))
    assert len(codes(long)) == 2
    endless = receipt_of(event(EventKind.ERASED, erases=tuple(str(place * 7919) for place in range(2_000))))
    assert len(codes(endless)) == 1
    assert "코드에 들어가지 않습니다" in receipt_html(endless, synthetic=False)


def test_a_code_holds_its_text() -> None:
    """The drawing has the modules that the same text gives by the library's own reckoning."""
    document = receipt_of()
    for code, text in zip(codes(document), code_texts(document), strict=True):
        assert code.text == text
        again = segno.make_qr(text, error=code.correction, mode="alphanumeric", boost_error=False)
        assert again.version == code.version
        assert again.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None) == code.svg


def test_the_paper_says_both_languages_and_escapes_what_was_recorded() -> None:
    """What somebody typed as a meeting's name is text on the page, and the mark of a made-up city stands on top."""
    capture = Capture(CaptureMethod.KIOSK, "kiosk-7", "<script>alert(1)</script>")
    page = receipt_html(receipt_of(event(EventKind.WITHDRAWN, capture=capture)), synthetic=True)
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "동의를 거두셨습니다." in page
    assert "You took your consent back." in page
    assert "지어낸" in page
    assert page.count("<svg") == 2


def test_the_paper_is_answered_under_a_policy_that_allows_its_style_alone() -> None:
    """No script, no font, no picture from anywhere: the drawing is in the page itself."""
    answer = receipt_response(receipt_of(), synthetic=False)
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "frame-ancestors 'none'" in policy
    assert "script-src" not in policy


def test_programs_are_given_the_words_as_json() -> None:
    """Every table that docs/receipts.md names is there, each word in both languages."""
    words = json.loads(json.dumps(offline.words()))
    assert {"labels", "kinds", "fields", "passed", "open", "failures", "verdicts"} <= words.keys()
    assert words["actions"]["GRANTED"] == "GRANT"
    assert words["fields"]["NAME"] == {"ko": "성명", "en": "name"}
    assert words["months"][0] == "January"
