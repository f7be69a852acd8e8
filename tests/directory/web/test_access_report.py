"""The access report as a page: everything on it, in both languages, escaped, alone in one file, and read by anybody."""

import re
from collections.abc import AsyncIterator
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Browser, Page

from consent.cases import APPEALS, CaseKind, CaseState
from consent.notice_parts import Language
from consent.vocabulary import CaptureMethod, Channel, EventKind, Field, GuardianCheck, Purpose, Sex, State
from directory.rights.report import (
    AccessReport,
    HeldAffiliation,
    HeldAnswer,
    HeldCase,
    HeldDecision,
    HeldStanding,
    LookAtMe,
    Named,
    Source,
    WaitingContact,
    as_json,
)
from directory.vocabulary import Membership
from directory.web.rights import report_page
from directory.web.rights_wording import REPORT_WORDINGS

AT = datetime(2026, 11, 24, 1, 2, tzinfo=UTC)
PERSON = "4b1e7c52-0000-4000-8000-000000000001"
NEWS = Purpose.CITY_NEWS
FULL = AccessReport(
    person=PERSON,
    at=AT,
    synthetic=True,
    name="홍길동 <b>bold</b>",
    sex=Sex.FEMALE,
    born=1970,
    phone="+821000004242",
    email="hong@example.org",
    residence=Named("1101053", "사직동", "Sajik-dong"),
    office=Named("11010", "종로구", "Jongno-gu"),
    group=Named("volunteers", "자원봉사자", "Volunteers"),
    enrolled_by=Named("bureau-administration", "행정국", "Administration Bureau"),
    enrolment_until=AT,
    affiliations=(
        HeldAffiliation(
            Named("b1", "한마음 봉사단", "One Heart"),
            Membership.MEMBER_OF,
            "회원",
            None,
            "2012-01-01",
            None,
            sensitive=True,
        ),
    ),
    standings=(HeldStanding(NEWS, State.GRANTED, (Field.NAME, Field.PHONE), (Channel.SMS,), True, AT),),  # noqa: FBT003 - a row.
    decisions=(
        HeldDecision(
            "e1", EventKind.GRANTED, NEWS, AT, AT, "city-news/1", "ab" * 32, "ko", (Field.NAME,), (Channel.SMS,),
            False, AT, CaptureMethod.KIOSK, "kiosk-7", "6월 정례회", "동의서 12쪽", GuardianCheck.CARD, AT, "", 4711,  # noqa: FBT003 - a row.
        ),
    ),
    looks=(
        LookAtMe(
            AT, "desk-7", Named("bureau-fire", "소방재난본부", "Fire Headquarters"), NEWS, "participants", "10.0.0.7",
            (Field.NAME, Field.PHONE),
        ),
        LookAtMe(AT, "desk-8", Named("x", "감사관", "Audit"), NEWS, "participants", "10.0.0.8", ()),
    ),
    cases=(
        HeldCase(
            "c1", CaseKind.ACCESS, CaseState.DONE, AT, AT, AT, (), (), (), "", 1, "kiosk-7",
            overdue=False, sensitive=False, answered_by="", first=None, events=(), appeals=None,
        ),
        HeldCase(
            "c2", CaseKind.CORRECTION, CaseState.IN_REVIEW, AT, AT, None, (), (Field.PHONE,), (), "", 0, "kiosk-7",
            overdue=False, sensitive=True, answered_by="", first=HeldAnswer(AT, "officer-7", "확인되지 않음"),
            events=(), appeals=None, waiting=WaitingContact(Field.PHONE, "+821000005151"),
        ),
    ),
    codes_sent=(AT,),
    sources=(Source("기본 자료", "Basic data", "일괄 등록", "Taken in", None),),
    technical=("data_key", "phone_index"),
)  # fmt: skip
BARE = replace(
    FULL, synthetic=False, name=None, sex=None, born=None, phone=None, email=None, residence=None, enrolled_by=None,
    enrolment_until=None, affiliations=(), standings=(), decisions=(), looks=(), codes_sent=(),
)  # fmt: skip


@pytest.mark.parametrize("language", Language)
def test_everything_is_on_the_page(language: Language) -> None:
    """Each value of the report, who looked for what from where, and where to appeal; in the language's own words."""
    page, words = report_page(FULL, language), REPORT_WORDINGS[language]
    korean = language is Language.KO
    for part in ("1970", "+821000004242", "hong@example.org", PERSON, "desk-7", "10.0.0.7", "4711", "city-news/1"):
        assert part in page
    for ko, en in (
        ("사직동", "Sajik-dong"), ("소방재난본부", "Fire Headquarters"), ("한마음 봉사단", "One Heart"),
        ("시정홍보", "City news"), ("열람", "Access"), ("여성", "Female"), ("일괄 등록", "Taken in"),
    ):  # fmt: skip
        assert (ko if korean else en) in page
        assert (en if korean else ko) not in page.replace("Access-", "")
    for part in (words.evidence, "동의서 12쪽", words.guardian, words.wanted, "+821000005151", words.first_answer):
        assert part in page
    assert ("카드 정보" if korean else "Card") in page
    assert "확인되지 않음" in page
    assert page.count(f'<span class="mark">{words.sensitive}</span>') == 3
    assert "2026-11-24 10:02" in page
    assert words.nothing_but_id in page
    assert words.made_up in page
    assert "data_key, phone_index" in page
    for way in APPEALS:
        assert way.who.of(language) in page.replace("&#39;", "'")
        assert way.contact in page


@pytest.mark.parametrize("language", Language)
def test_what_is_not_held_is_said(language: Language) -> None:
    """A gap is told as one, and nobody having looked is said."""
    page, words = report_page(BARE, language), REPORT_WORDINGS[language]
    assert page.count(f"<dd>{words.not_held}</dd>") == 7
    assert words.nobody_looked in page
    assert words.made_up not in page
    assert "None" not in page.replace(words.none, "")


def test_values_are_escaped_and_nothing_is_loaded() -> None:
    """The page is one file: no script, no link, no image, and no address of another host."""
    page = report_page(FULL, Language.KO)
    assert "<b>bold</b>" not in page
    assert "&lt;b&gt;bold&lt;/b&gt;" in page
    assert not re.search(r"<(script|link|img|iframe|form|a)\b", page)
    assert not re.search(r"url\(|@import|https?://", page)


def test_both_languages_have_every_text() -> None:
    """Neither lags behind, and each keeps to itself."""
    korean, english = (REPORT_WORDINGS[language] for language in (Language.KO, Language.EN))
    for field in fields(korean):
        assert re.search("[가-힣]", getattr(korean, field.name)), field.name
        assert not re.search("[가-힣]", getattr(english, field.name)), field.name
        assert getattr(english, field.name).strip()


def test_the_report_is_json() -> None:
    """Instants in ISO 8601, words by their names."""
    text = as_json(FULL).decode()
    assert '"sex": "FEMALE"' in text
    assert '"at": "2026-11-24T01:02:00Z"' in text


@pytest_asyncio.fixture
async def page(browser: Browser, tmp_path: Path) -> AsyncIterator[Page]:
    """Open a browser's page on nothing."""
    opened = await browser.new_context()
    yield await opened.new_page()
    await opened.close()


@pytest.mark.browser
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("report", [FULL, BARE], ids=["full", "bare"])
async def test_anybody_can_read_the_page(
    page: Page, tmp_path: Path, language: Language, width: int, report: AccessReport
) -> None:
    """Axe finds no barrier, nothing is wider than the window, and the file asks for nothing."""
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    await page.set_viewport_size({"width": width, "height": 900})
    file = tmp_path / "report.html"
    file.write_text(report_page(report, language), encoding="utf-8")
    await page.goto(file.as_uri())
    assert asked == [file.as_uri()]
    assert await page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    results = await Axe().run(page)
    assert [violation["id"] for violation in results.response["violations"]] == []
