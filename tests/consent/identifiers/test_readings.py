"""How a text is read: what is replaced and dropped, and the way back to the original."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consent.identifiers.characters import reading_of
from consent.identifiers.numerals import ALIKES, BLANK, FAINT_ALIKES, SPOKEN_DIGITS, digits
from consent.identifiers.readings import Reading, backwards, read, with_words


@pytest.mark.parametrize(
    ("character", "read_as"),
    [
        *(("９", "9"), ("٣", "3"), ("①", "1"), ("❿", "10"), ("⑳", "20"), ("²", "2"), ("⓪", "0"), ("㊿", "50")),
        *(("–", "-"), ("〜", "-"), ("ㅡ", "-"), ("\u3000", " "), ("\u2800", " "), ("●", "*"), ("○", "○"), ("◯", "○")),
        *(("\u200b", ""), ("\u0301", ""), ("\x07", ""), ("\u3164", ""), ("\ud800", ""), ("\ue001", "\ufffd")),
        *(("Ｍ", "M"), ("М", "M"), ("Ⓢ", "S"), ("🅁", "R"), ("🇩", "D"), ("é", "e"), ("ａ", "a"), ("Ⅿ", "M")),
        *(("½", "1⁄2"), ("㈜", "(주)"), ("〇", "〇"), ("ㅇ", "ㅇ"), ("ⅷ", "\ue008"), ("א", "א"), ("ﾡ", "\u1100")),
    ],
)
def test_a_character(character: str, read_as: str) -> None:
    """Each is read as what people see in it (U1)."""
    assert reading_of(character) == read_as


def test_a_plain_text_is_read_as_it_stands() -> None:
    """No way back has to be kept."""
    assert read("홍길동 010-0123-4567") == Reading("홍길동 010-0123-4567", None, None)
    assert with_words(read("홍길동 010-0123-4567")) is None
    assert backwards("홍길동") is None


def test_the_way_back() -> None:
    """A place in the reading leads to the place in the original, over what was dropped, joined and divided."""
    reading = read("a\u200b⑫  b\u1100\u1161c")
    assert reading.text == "a12 b가c"
    assert [reading.span(place, place + 1) for place in range(len(reading.text))] == [
        *((0, 1), (2, 3), (2, 3), (3, 5), (5, 6), (6, 8), (8, 9)),
    ]
    assert reading.span(0, 4) == (0, 5)


def test_backwards() -> None:
    """Under a mark that turns the direction the text is read from its end, with the places of the original."""
    reading = backwards("ab\u202e１２")
    assert reading is not None
    assert reading.text == "21ba"
    assert reading.span(0, 2) == (3, 5)
    assert reading.span(2, 4) == (0, 2)


def test_words_are_read_in_long_runs_alone() -> None:
    """Seven numerals are none to think of; from eight on they are digits, whatever they are written in."""
    assert with_words(read("일이삼사오육칠")) is None
    reading = with_words(read("일이삼 四五 six 7다시l"))
    assert reading is not None
    assert digits(reading.text[:3]) == "123"
    assert digits(reading.text[-1]) == "1"
    assert "-" not in reading.text


def test_what_is_far_from_a_run_is_left_out() -> None:
    """Only what is around the runs is read again, and a blank stands where something was left out."""
    run, far = "구구일이삼일삼공", "가나다라 " * 40
    reading = with_words(read(f"{far}{run}{far}{run}"))
    assert reading is not None
    assert reading.text.count(BLANK) == 2
    assert len(reading.text) < len(far)
    assert reading.span(len(reading.text) - 1, len(reading.text))[1] == 2 * len(far + run)


def test_every_numeral_has_its_digit() -> None:
    """Words and look-alikes stand for one digit each."""
    assert all(value in range(10) for value in (SPOKEN_DIGITS | ALIKES | FAINT_ALIKES).values())
    assert SPOKEN_DIGITS["壹"] == SPOKEN_DIGITS["일"] == 1


@settings(deadline=None)
@given(st.text())
def test_every_place_leads_back(text: str) -> None:
    """Whatever the text, each place of its readings is a place of the original."""
    reading = read(text)
    for each in (reading, with_words(reading), backwards(text)):
        for place in range(len(each.text) if each is not None else 0):
            start, end = each.span(place, place + 1)  # type: ignore[union-attr]
            assert 0 <= start < end <= len(text)
