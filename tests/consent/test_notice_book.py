"""The book of published notices: which is in force, what came after, and what it refuses to hold."""

import pickle
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.errors import ErrorCode, NoticeRefused
from consent.notice_book import NoticeBook
from consent.notice_parts import Notice, slug
from consent.notices import content_hash
from consent.vocabulary import Purpose
from tests.consent.making_notices import DAY, FIRST, draft, published, successor, words

ONE = published()
TWO = successor(ONE, FIRST + 10 * DAY, title=words("second"))
THREE = successor(TWO, FIRST + 20 * DAY, title=words("third"), correction=words("title"))
NEWS = published(draft(purpose=Purpose.CITY_NEWS))


def book_of(*notices: Notice) -> NoticeBook:
    """Make a book with the hashes that were recorded."""
    return NoticeBook(notices, {notice.id: content_hash(notice) for notice in notices})


def test_the_notice_in_force_is_the_last_that_is_out() -> None:
    """From the instant of its publication until that of its successor."""
    book = book_of(THREE, ONE, NEWS, TWO)
    purpose = Purpose.DISASTER_RESPONSE
    assert book.current(purpose, FIRST - 1) is None
    assert book.current(purpose, FIRST) == ONE
    assert book.current(purpose, FIRST + 10 * DAY - 1) == ONE
    assert book.current(purpose, FIRST + 10 * DAY) == TWO
    assert book.current(purpose, FIRST + 10_000 * DAY) == THREE
    assert book.current(Purpose.ENROLMENT, FIRST) is None


@given(st.integers(FIRST - DAY, FIRST + 30 * DAY))
def test_one_notice_is_in_force_at_a_time(at: int) -> None:
    """Of all that are out, exactly the newest."""
    out = [notice for notice in (ONE, TWO, THREE) if (notice.published or 0) <= at]
    assert book_of(ONE, TWO, THREE).current(Purpose.DISASTER_RESPONSE, at) == (out[-1] if out else None)


def test_notices_are_found_by_their_ids() -> None:
    """In the order of the purposes, with the recorded hashes; nothing else is there."""
    book = book_of(TWO, ONE, NEWS)
    assert [notice.id for notice in book.notices] == ["city-news/1", "disaster-response/1", "disaster-response/2"]
    assert book.get("disaster-response/2") == TWO
    assert book.get("disaster-response/3") is None
    assert book.hash_of(TWO) == content_hash(TWO)
    assert book.successors(ONE) == (TWO,)
    assert book.successors(TWO) == ()


def test_a_change_of_substance_asks_again() -> None:
    """From the successor's publication on; a correction after it does not undo that, and one alone asks nobody."""
    book = book_of(ONE, TWO, THREE)
    assert not book.asks_again(ONE, FIRST + 10 * DAY - 1)
    assert book.asks_again(ONE, FIRST + 10 * DAY)
    assert book.asks_again(ONE, FIRST + 20 * DAY)
    assert not book.asks_again(TWO, FIRST + 20 * DAY)
    assert not book.asks_again(THREE, FIRST + 20 * DAY)


def test_what_was_agreed_can_last_as_long_as_the_notice_says() -> None:
    """Counted from the decision."""
    assert book_of(ONE).latest_end(ONE, FIRST) == FIRST + 730 * DAY


@pytest.mark.parametrize(
    ("notices", "code"),
    [
        ((draft(),), ErrorCode.NOTICE_NOT_YET),
        ((TWO,), ErrorCode.NOTICE_VERSION),
        ((ONE, THREE), ErrorCode.NOTICE_VERSION),
        ((ONE, ONE), ErrorCode.NOTICE_VERSION),
        ((ONE, replace(TWO, published=FIRST)), ErrorCode.NOTICE_ORDER),
        ((ONE, replace(TWO, published=FIRST - 1)), ErrorCode.NOTICE_ORDER),
    ],
)
def test_a_book_that_is_not_in_order(notices: tuple[Notice, ...], code: ErrorCode) -> None:
    """No draft, no gap, none twice, and no two at once."""
    with pytest.raises(NoticeRefused) as refused:
        book_of(*notices)
    assert refused.value.code is code
    assert refused.value.part in {notice.id for notice in notices}


@pytest.mark.parametrize("recorded", [{}, {ONE.id: content_hash(replace(ONE, title=words("another")))}])
def test_a_published_text_that_was_changed(recorded: dict[str, str]) -> None:
    """It is noticed by the recorded hash, and is not taken without one."""
    with pytest.raises(NoticeRefused) as refused:
        NoticeBook([ONE], recorded)
    assert refused.value.code is ErrorCode.NOTICE_CHANGED
    assert refused.value.part == ONE.id


def test_a_refusal_travels_and_names_the_part() -> None:
    """It keeps its class, its code and the part where it crosses processes."""
    again = pickle.loads(pickle.dumps(NoticeRefused(ErrorCode.NOTICE_CHANGED, ONE.id)))  # noqa: S301 - made here.
    assert (again.code, again.part) == (ErrorCode.NOTICE_CHANGED, ONE.id)
    assert str(again).endswith(f"See: {ONE.id}.")


@pytest.mark.parametrize("purpose", Purpose)
def test_ids_can_stand_in_an_address(purpose: Purpose) -> None:
    """Small letters and hyphens, and each purpose another."""
    assert slug(purpose).replace("-", "").isalpha()
    assert slug(purpose) == slug(purpose).lower()
    assert Purpose(slug(purpose).replace("-", "_").upper()) is purpose
