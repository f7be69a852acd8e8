"""Whether a decision fits the notice that it was made under: one code a rule, and the time of the decision decides."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.errors import ErrorCode
from consent.notice_book import GRACE, Decision, NoticeBook
from consent.notice_rules import Fault
from consent.notices import content_hash
from consent.vocabulary import Channel, EventKind, Field, Purpose
from tests.consent.making_notices import DAY, FIRST, draft, published, successor, words

ONE = published()
TWO = successor(ONE, FIRST + 30 * DAY, title=words("second"))
PLAIN = published(
    draft(
        purpose=Purpose.CITY_NEWS,
        items=draft().items[:2],
        sensitive=None,
    )
)
BOOK = NoticeBook([ONE, TWO, PLAIN], {notice.id: content_hash(notice) for notice in (ONE, TWO, PLAIN)})
REQUIRED = frozenset({Field.NAME, Field.PHONE})


def decision(**changes: Any) -> Decision:  # noqa: ANN401 - whatever the part's type is.
    """Make a decision that fits the first notice."""
    fits = Decision(
        kind=EventKind.GRANTED,
        notice=ONE.id,
        notice_hash=content_hash(ONE),
        language="ko",
        purpose="DISASTER_RESPONSE",
        at=FIRST + DAY,
        fields=REQUIRED,
        channels=frozenset({Channel.SMS}),
        until=FIRST + 700 * DAY,
    )
    return replace(fits, **changes)


def test_a_decision_that_fits() -> None:
    """With the words of the vocabulary, or with the same as plain text, as they come in."""
    assert BOOK.accepts(decision()) is None
    assert BOOK.accepts(decision(fields={"NAME", "PHONE"}, channels={"VOICE"}, language="en")) is None
    assert BOOK.accepts(decision(fields=ONE.fields, sensitive=True, until=None)) is None


REFUSED: dict[str, tuple[dict[str, Any], str, str]] = {
    "unknown notice": ({"notice": "disaster-response/9"}, "NOTICE_UNKNOWN", "notice"),
    "no notice": ({"notice": ""}, "NOTICE_UNKNOWN", "notice"),
    "another text": ({"notice_hash": content_hash(TWO)}, "NOTICE_CHANGED", "notice_hash"),
    "unknown language": ({"language": "ja"}, "NOTICE_LANGUAGE", "language"),
    "spelt otherwise": ({"language": "KO"}, "NOTICE_LANGUAGE", "language"),
    "another purpose": ({"purpose": "CITY_NEWS"}, "NOTICE_PURPOSE", "purpose"),
    "no purpose": ({"purpose": ""}, "NOTICE_PURPOSE", "purpose"),
    "before it was out": ({"at": FIRST - 1}, "NOTICE_NOT_YET", "at"),
    "after its successor": ({"at": FIRST + 30 * DAY + GRACE}, "NOTICE_SUPERSEDED", "at"),
    "no such item": ({"fields": REQUIRED | {Field.SEX}}, "NOTICE_ITEM", "fields"),
    "outside the vocabulary": ({"fields": REQUIRED | {"SHOE_SIZE"}}, "NOTICE_ITEM", "fields"),
    "required left out": ({"fields": frozenset({Field.NAME})}, "NOTICE_REQUIRED_MISSING", "fields"),
    "nothing agreed to": ({"fields": frozenset()}, "NOTICE_REQUIRED_MISSING", "fields"),
    "no such channel": ({"channels": {"EMAIL"}}, "NOTICE_CHANNEL", "channels"),
    "unknown channel": ({"channels": {"PIGEON"}}, "NOTICE_CHANNEL", "channels"),
    "sensitive by itself": ({"sensitive": True}, "NOTICE_SENSITIVE", "sensitive"),
    "too long": ({"until": FIRST + DAY + 730 * DAY + 1}, "NOTICE_TOO_LONG", "until"),
}


@pytest.mark.parametrize("what", REFUSED)
def test_a_decision_that_does_not_fit(what: str) -> None:
    """Each has its code and names the part, never what stood in it (L5)."""
    changes, code, part = REFUSED[what]
    assert BOOK.accepts(decision(**changes)) == Fault(ErrorCode(code), part)


def test_nothing_sensitive_is_agreed_to_where_nothing_is_asked() -> None:
    """A notice without the affiliation has no such question (P5)."""
    news = decision(notice=PLAIN.id, notice_hash=content_hash(PLAIN), purpose="CITY_NEWS", sensitive=True)
    assert BOOK.accepts(news) == Fault(ErrorCode.NOTICE_SENSITIVE, "sensitive")
    assert BOOK.accepts(replace(news, sensitive=False)) is None


def test_optional_items_can_all_be_left_out() -> None:
    """Refusing what is optional never blocks (P2)."""
    assert BOOK.accepts(decision(fields=REQUIRED, channels=frozenset(), until=None)) is None


@pytest.mark.parametrize("kind", [EventKind.REFUSED, EventKind.RENEWED])
def test_refusing_and_renewing_need_no_items(kind: EventKind) -> None:
    """They are made under a notice all the same."""
    plain = decision(kind=kind, fields=frozenset(), channels=frozenset(), until=None)
    assert BOOK.accepts(plain) is None
    assert BOOK.accepts(replace(plain, notice="disaster-response/9")) == Fault(ErrorCode.NOTICE_UNKNOWN, "notice")
    assert BOOK.accepts(replace(plain, until=FIRST + 800 * DAY)) == Fault(ErrorCode.NOTICE_TOO_LONG, "until")


@pytest.mark.parametrize(
    "kind", [kind for kind in EventKind if kind not in {EventKind.GRANTED, EventKind.REFUSED, EventKind.RENEWED}]
)
@given(at=st.integers(0, FIRST * 2), notice=st.text(max_size=8), language=st.text(max_size=3))
def test_no_notice_stands_in_the_way_of_a_withdrawal(kind: EventKind, at: int, notice: str, language: str) -> None:
    """Whatever is said of a notice, and whenever: taking back is as easy as it can be (P8)."""
    taken_back = decision(kind=kind, at=at, notice=notice, notice_hash="", language=language, purpose="")
    assert BOOK.accepts(taken_back) is None


@given(st.integers(-60 * DAY, 60 * DAY))
def test_the_time_of_the_decision_decides(after: int) -> None:
    """Under the old notice until a grace after its successor came, whenever the kiosk is heard of again."""
    at = FIRST + 30 * DAY + after
    found = BOOK.accepts(decision(at=at, until=None))
    expected = None
    if at < FIRST:
        expected = Fault(ErrorCode.NOTICE_NOT_YET, "at")
    elif after >= GRACE:
        expected = Fault(ErrorCode.NOTICE_SUPERSEDED, "at")
    assert found == expected


def test_the_last_notice_is_superseded_by_none() -> None:
    """However much later somebody decides."""
    later = decision(notice=TWO.id, notice_hash=content_hash(TWO), at=FIRST + 9_000 * DAY, until=None)
    assert BOOK.accepts(later) is None
