"""What passes, row by row, with the reason: a screen that refuses ordinary things is switched off by its users."""

import pytest

from consent.identifiers.rules import FieldKind
from consent.identifiers.screen import is_clean, screen

ACCEPTED = [
    # Telephone numbers in all shapes.
    *((text, "a telephone number") for text in ("010-0123-4567", "01001234567", "010 0123 4567", "010.0123.4567")),
    *((text, "from abroad") for text in ("+82 10-0123-4567", "+821001234567", "0082-10-0123-4567", "82-10-0123-4567")),
    *((text, "a line") for text in ("02-2133-5678", "(02) 2133-5678", "02)2133-5678", "0505-123-4567", "1588-1234")),
    *((text, "two numbers") for text in ("010-1234-5678, 02-2133-5678", "02-123-4567\n010-1234-5678")),
    ("031-123-4567 010-0123-4567", "two numbers whose groups together could be a date"),
    ("070-629-5383,709-451 서울", "a number, and in the next cell the postal code"),
    ("M. 010-0123-4567", "M for mobile"),
    ("M 1588-1234", "M for mobile"),
    ("010-****-5678", "a masked telephone number"),
    # Numbers of businesses, corporations, accounts, orders.
    ("123-45-67890", "a business number belongs to a business"),
    ("110-000-123456", "an account of 12 digits"),
    ("123456-78-901234", "an account of 14 digits"),
    ("3333-01-1234567", "an account of 13 digits, no date"),
    ("1002-123-456781", "an account of 13 digits in groups, no check digit"),
    ("4111-1111-1111-1111", "a card"),
    ("978-89-7914-874-9", "a book"),
    ("20260101-0000123", "an order: a date and a number of seven digits in another century"),
    ("20260101-1234567", "the same"),
    ("2026010112345678", "an order in one piece"),
    ("ORD-20260101-000123", "an order with letters"),
    ("ORD20260101", "letters and eight digits"),
    ("order12345678", "small letters and eight digits"),
    ("제2026-0123호", "a document"),
    # Dates, times.
    *((text, "a date") for text in ("1999-12-31", "1999. 12. 31.", "99.12.31", "991231", "1999년 12월 31일")),
    *((text, "a range") for text in ("20260101-20261231", "2026.01.01~2026.12.31", "26.01.01-26.12.31")),
    *((text, "an instant") for text in ("2026-01-01T12:30:45.123+09:00", "2026-01-01 12:30:45", "20260101123045")),
    ("20120112123045123", "an instant whose digits could be a date"),
    ("2026-01-01T10:12:31.1234567Z", "an instant with a fraction of seven digits"),
    ("22:12:16.210541+09:00", "a time whose parts look like a licence"),
    ("1767225600000", "milliseconds"),
    ("991331-3001230", "there is no 13th month"),
    ("1999.13.31-1******", "the same, masked"),
    ("990229-3001230", "there was no such day"),
    ("000000-0000000", "what stands in empty forms"),
    ("******-*******", "the same, masked"),
    ("991231-9001230", "nobody alive, and no corporation"),
    # Addresses, places.
    ("서울특별시 중구 세종대로 110 (태평로1가 31)", "an address"),
    ("서울 은평구 진관동 산 12-3, 101동 1203호", "an address with a lot"),
    ("서울특별시 구로구 오류로8길 57-12", "syllables that are numerals"),
    ("500 Sejong-daero, Jongno-gu, Seoul 03154", "an address in Latin letters"),
    ("06236", "a postal code"),
    ("37.0912,126.9780", "a place on the map whose digits could be a date"),
    # Ids, tokens, addresses of mail.
    ("550e8400-e29b-41d4-a716-446655440000", "a UUID"),
    ("a991231300123950e1a7164466554400", "an id of ours, in which chance wrote a registration"),
    ("civic_Zk3J9s0-AbCdEfGhIjKlMnOpQrStUvWxYz0123456789abc", "an access key"),
    ("hong991231@example.com", "an address of mail with a date of birth"),
    ("s20231234@korea.ac.example", "an address of mail that begins like a passport"),
    # Words that also stand beside identifiers.
    ("주민센터 02-720-1234", "an office whose name begins like the word for a registration"),
    ("주민자치회 2133567", "a committee, with a local number"),
    ("주민 3001239명", "how many people"),
    ("주민등록번호는 받지 않습니다", "the word without a number"),
    ("운전면허 교육 2026-01-01 10:30", "a day and a time"),
    ("운전자 010-0123-4567", "a driver's telephone"),
    ("여권 지참", "the word without a number"),
    ("건물 뒤 2133567", "a word that is also short for the second half"),
    # Sequences, sentences.
    ("1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13", "an enumeration"),
    ("9 10 11 12 13 14 15", "an enumeration whose digits are a date"),
    ("홍길동,M,1999-12-31,010-0123-4567", "a row: the sex, then a date"),
    ("Kim Sol\t730305\t1503", "a name that looks like a passport with look-alikes"),
    ("이사오 이일구 사공일 삼구이", "names of syllables that are numerals"),
    ("회비 12,345,678원", "an amount"),
    ("123456-78*****", "a masked account"),
    ("123456-1****", "the same: no date"),
    ("2026.01.05 1234567", "a day and a number of seven digits, in another century"),
    ("99.12.31 9001230", "a day and a number that begins like nobody's alive"),
    ("991231-9 001230", "a seventh digit that nobody alive has, by itself"),
    ("10-99-000000-00", "no region of a licence"),
    ("부산 구9-000000-00", "a syllable that is a numeral and a word"),
    ("면허 109900000000", "no region of a licence, in one piece"),
    ("D-20991231", "a letter and a day"),
    ("", "nothing"),
]


@pytest.mark.parametrize(("text", "why"), ACCEPTED, ids=[f"{why}: {text[:24]!a}" for text, why in ACCEPTED])
def test_an_ordinary_text_passes(text: str, why: str) -> None:
    """Nothing is found in what people type every day."""
    assert screen(text) == (), why
    assert is_clean(text)


def test_a_corporate_number_passes_in_its_field_alone() -> None:
    """There by its own check digit; elsewhere it reads as a registration."""
    for text in ("110111-0000010", "1101110000010", "１１０１１１－０００００１０", "110111-1234569"):
        assert is_clean(text, field=FieldKind.CORPORATE_NUMBER), text
        assert not is_clean(text), text


@pytest.mark.parametrize("text", ["M00000000", "m000a0000", "s20231234"])
def test_a_mailbox_may_look_like_a_passport(text: str) -> None:
    """In a field for e-mail the shape of a passport is no finding, and nothing else is let through (U8)."""
    assert not is_clean(text)
    assert is_clean(text, field=FieldKind.EMAIL)
    assert is_clean(f"{text}@example.com", field=FieldKind.EMAIL)
    assert not is_clean("9912313001230@example.com", field=FieldKind.EMAIL)
