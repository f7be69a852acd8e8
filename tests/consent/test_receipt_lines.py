"""The words of a receipt: plain lines for each kind of event, the same lines in both languages."""

from dataclasses import replace

import pytest
from hypothesis import given

from consent.events import Capture, ConsentEvent, Guardian
from consent.receipt_lines import instant, readable, written
from consent.receipt_wording import TABLES
from consent.vocabulary import CaptureMethod, Channel, EventKind, Field, GuardianCheck
from tests.consent.making_events import AT, event, events
from tests.consent.making_receipts import NOTICE, kinds, shown


def said(one: ConsentEvent, language: str = "en") -> dict[str, str]:
    """Give the lines by their labels."""
    return {line["label"]: line["text"] for line in readable(one, NOTICE)[language]}


def test_a_grant_says_everything_that_a_person_keeps_it_for() -> None:
    """What, for which purpose, which items, how to be reached, until when, under which notice, when, how, and back."""
    lines = readable(shown(event(EventKind.GRANTED)), NOTICE)["ko"]
    assert written(lines[:7]).split("\n") == [
        "정하신 것: 이 목적에 아래 항목을 쓰는 데 동의하셨습니다.",
        "목적: 시정홍보: 한글 purpose",
        "항목: 성명, 전화번호",
        "고르지 않으신 항목: 소속",
        "따로 여쭌 것: 한글 union: 아니요",
        "연락 방법: 문자메시지",
        "언제까지: 2025년 11월 14일 07:13 (한국 시각)까지",
    ]
    english = said(shown(event(EventKind.GRANTED)))
    assert english["Decided"] == "15 November 2023, 07:13 (Korean time)"
    assert english["Recorded"] == "15 November 2023, 07:14 (Korean time)"
    assert english["How it was taken"] == "at a kiosk · operator kiosk-7 · meeting 주민자치위원회 6월 정례회"
    assert english["How to take it back"] == "English take back"
    assert english["Notice that was shown"].startswith("city-news/1, read in Korean · SHA-256 ")
    assert english["Who is responsible"].endswith("02-000-0000 · a@seoul.example")


@pytest.mark.parametrize("one", kinds(), ids=lambda one: one.kind)
def test_every_kind_says_the_same_in_both_languages(one: ConsentEvent) -> None:
    """As many lines, about the same, in Korean and in English; with the notice and without it."""
    for notice in (NOTICE, None):
        lines = readable(one, notice)
        labels = [[line["label"] for line in lines[language]] for language in ("ko", "en")]
        pairs = {(words.ko, words.en) for words in TABLES["labels"].values()}
        assert set(zip(*labels, strict=True)) <= pairs
        assert all(line["text"] for language in lines.values() for line in language)


@pytest.mark.parametrize(
    ("one", "label", "text"),
    [
        (event(EventKind.GRANTED, fields=frozenset(), channels=frozenset()), "Items", "none"),
        (event(EventKind.GRANTED, channels=frozenset()), "How you may be reached", "none"),
        (event(EventKind.GRANTED, sensitive=True), "Asked apart", "English union: yes"),
        (event(EventKind.WITHDRAWN), "Items", "everything that you had agreed to"),
        (event(EventKind.WITHDRAWN), "Decision", "You took your consent back."),
        (event(EventKind.WITHDRAWN, sensitive=True), "Items", "affiliations that are sensitive"),
        (
            event(EventKind.WITHDRAWN, fields=frozenset({Field.AGE}), sensitive=True),
            "Items",
            "age, affiliations that are sensitive",
        ),
        (
            event(EventKind.WITHDRAWN, fields=frozenset({Field.AGE})),
            "Decision",
            "You took back a part of your consent.",
        ),
        (event(EventKind.WITHDRAWN, channels=frozenset({Channel.VOICE})), "How you may be reached", "telephone call"),
        (event(EventKind.RENEWED), "Items", "as you agreed before"),
        (event(EventKind.RENEWED), "How you may be reached", "as you agreed before"),
        (event(EventKind.REFUSED, language="fr"), "Notice that was shown", "city-news/1, read in fr · SHA-256 "),
        (event(EventKind.RESTRICTED), "Basis", "case-1"),
        (event(EventKind.ERASED, erases=("1", "2/3")), "Records destroyed with it", "2 records"),
        (event(EventKind.ERASED), "Purpose", "Every purpose"),
        (
            event(EventKind.REFUSED, guardian=Guardian(GuardianCheck.CALL, AT)),
            "Guardian",
            "a guardian decided, verified by a call, 15 November 2023, 07:13 (Korean time)",
        ),
        (
            event(EventKind.REFUSED, capture=Capture(CaptureMethod.ROSTER, "desk", "", "sheet 7")),
            "How it was taken",
            "from a roster · operator desk · evidence sheet 7",
        ),
    ],
)
def test_a_line_says_what_was_recorded(one: ConsentEvent, label: str, text: str) -> None:
    """Each part of an event that is there has its words."""
    assert said(one)[label].startswith(text)


@given(events())
def test_a_line_is_there_where_its_part_is(one: ConsentEvent) -> None:
    """Nothing is told of what the event does not have."""
    lines = said(one)
    assert ("Until when" in lines) is (one.until is not None)
    assert ("Guardian" in lines) is (one.guardian is not None)
    assert ("How to take it back" in lines) is (one.kind in {EventKind.GRANTED, EventKind.RENEWED})
    assert lines["Receipt number"] == one.id
    assert lines["Reference in the directory"] == one.person


def test_a_brace_in_a_text_is_a_brace() -> None:
    """What was recorded is never taken for a template."""
    braced = replace(event(EventKind.RESTRICTED), capture=Capture(CaptureMethod.WEB, "{value}", "{0}", "{{"))
    assert said(braced)["How it was taken"] == "on the web · operator {value} · meeting {0} · evidence {{"


@pytest.mark.parametrize(
    ("at", "text"),
    [
        (0, "1 January 1970, 09:00 (Korean time)"),
        (951_750_000_000, "29 February 2000, 00:00 (Korean time)"),
        (253_402_268_399_999, "31 December 9999, 23:59 (Korean time)"),
        (2**53 - 1, "31 December 9999, 23:59 (Korean time)"),
    ],
)
def test_an_instant_reads_as_the_clock_in_korea(at: int, text: str) -> None:
    """Every instant that an event can have can be written."""
    assert instant(at).en == text
