"""What is refused, row by row, with the rule and the reason."""

import pytest

from consent.identifiers.rules import FieldKind
from consent.identifiers.screen import is_clean, screen, screen_labelled

# Each with the rule that refuses it. The check digit of 991231-3001239 is right, that of 991231-3001230 is not.
REFUSED = [
    # U3: a date and seven digits, whatever is between them.
    ("991231-3001239", "U3", "a resident registration"),
    ("991231-3001230", "U3", "a wrong check digit clears nobody: there is none since October 2020"),
    ("991231-7001230", "U3", "an alien registration"),
    ("000101-3000000", "U3", "the first day of a century"),
    ("000229-3000000", "U3", "a leap day"),
    ("9912313001230", "U3", "without a separator"),
    ("991231 3001230", "U3", "a space"),
    ("991231\t3001230", "U3", "a tab, as when two cells are pasted"),
    ("991231\n3001230", "U3", "broken over two lines"),
    ("991231 \r\n 3001230", "U3", "broken over two lines, with spaces"),
    ("991231               3001230", "U3", "any number of spaces is one"),
    ("991231------3001230", "U3", "a row of hyphens"),
    ("991231–3001230", "U3", "an en dash"),
    ("991231—3001230", "U3", "an em dash"),
    ("991231−3001230", "U3", "a minus"),
    ("991231ー3001230", "U3", "a long vowel mark that looks like a hyphen"),
    ("991231ㅡ3001230", "U3", "a Korean letter that looks like a hyphen"),
    ("991231一3001230", "U3", "the Hanja for one, which looks like a hyphen"),
    ("991231·3001230", "U3", "a middle dot"),
    ("991231.3001230", "U3", "a dot"),
    ("991231/3001230", "U3", "a slash"),
    ("991231,3001230", "U3", "a comma, as in a row of CSV"),
    ("991231_3001230", "U3", "an underscore"),
    ("(991231)-(3001230)", "U3", "in brackets"),
    ("991231-3 001230", "U3", "the seventh digit by itself"),
    ("991231다시3001230", "U3", "a hyphen as it is dictated"),
    ("991231 하이픈 3001230", "U3", "the same in another word"),
    ("991231의3001230", "U3", "the same in another word"),
    ("991231(남)3001230", "U3", "the sex between the halves"),
    ("20991231-3001230", "U3", "a year of four digits"),
    ("209912313001230", "U3", "the same in one piece"),
    ("홍길동991231-3001230서울", "U3", "in the midst of Hangul"),
    ("id9912313001230x", "U3", "in the midst of Latin letters"),
    ("991231A3001239", "U3", "a letter between the halves, and the check digit right"),
    ("0099123130012390", "U3", "in a longer number, and the check digit right"),
    ("1991231-30012391", "U3", "halves in longer numbers, and the check digit right"),
    ("주민번호 0099123130012300", "U3", "in a longer number that is called a registration"),
    ("110111-0000010", "U3", "a corporate number outside its field, where it reads as a date"),
    ("주민등록번호 991231-0001230", "U3", "a seventh digit of the 19th century, called a registration"),
    # U1: other digits, and signs that show nothing.
    ("９９１２３１－３００１２３０", "U3", "full-width"),
    ("٩٩١٢٣١-٣٠٠١٢٣٠", "U3", "Arabic-Indic"),
    ("۹۹۱۲۳۱-۳۰۰۱۲۳۰", "U3", "Persian"),
    ("९९१२३१-३००१२३०", "U3", "Devanagari"),
    ("𝟗𝟗𝟏𝟐𝟑𝟏-𝟑𝟎𝟎𝟏𝟐𝟑𝟎", "U3", "mathematical"),
    ("⑨⑨①②③①-③⓪⓪①②③⓪", "U3", "in circles"),
    ("❾❾❶❷❸❶-❸⓿⓿❶❷❸⓿", "U3", "in black circles"),
    ("⁹⁹¹²³¹-³⁰⁰¹²³⁰", "U3", "superscript"),
    ("9️⃣9️⃣1️⃣2️⃣3️⃣1️⃣-3️⃣0️⃣0️⃣1️⃣2️⃣3️⃣0️⃣", "U3", "as keys of a telephone"),
    ("99⑫㉛-3001230", "U3", "numbers of two digits in circles"),
    ("99\u200b1231-300\u200d1230", "U3", "zero-width space and joiner"),
    ("9\u00ad91231-3001230", "U3", "a soft hyphen"),
    ("9\u030091231-3001\u0336230", "U3", "combining marks"),
    ("99\u31641231\u115f-3001230", "U3", "Hangul fillers"),
    ("99\ufeff1231\u2060-3001230", "U3", "a byte order mark and a word joiner"),
    ("99\x001231-3001230", "U3", "a control character"),
    ("".join(chr(0xE0030 + int(digit)) for digit in "9912313001230"), "U3", "tags, which show nothing at all"),
    ("\u202e0321003-132199", "U3", "written backwards under a mark that turns it round"),
    # U2: words and look-alikes.
    ("구구일이삼일 삼공공일이삼공", "U3", "Hangul"),
    ("구구일이삼일다시삼영영일이삼영", "U3", "Hangul, with the dictated hyphen and another word for zero"),
    ("제 번호는구구일이삼일삼공공일이삼공입니다", "U3", "in a sentence, without a space"),
    ("아홉아홉하나둘셋하나 셋공공하나둘셋공", "U3", "the words for counting"),
    ("九九一二三一-三〇〇一二三〇", "U3", "Hanja"),
    ("玖玖壹貳參壹參零零壹貳參零", "U3", "Hanja as they stand in contracts"),
    ("nine nine one two three one three zero zero one two three zero", "U5", "English"),
    ("99l23I-3OOi23o", "U3", "Latin letters that look like digits"),
    ("99ㅣ23ㅣ-3ㅇㅇㅣ23ㅇ", "U3", "Korean letters that look like digits"),
    ("991231-3ОО123О", "U3", "Cyrillic letters that look like zeros"),
    ("99|23|-300|230", "U3", "strokes in numbers"),
    ("99일23일-3공0123공", "U3", "digits and words in turn"),
    ("991231-3001230이고", "U3", "a syllable behind it that is also a numeral"),
    # The parts of the syllables, as some systems store them, and a numeral of another script.
    ("\u1100\u116e\u1100\u116e일이삼일 삼공공일이삼공", "U3", "decomposed syllables"),
    ("ⅨⅨⅠⅡⅢⅠ-ⅢOOⅠⅡⅢO", "U3", "Roman numerals"),
    # U4: dates that are written out.
    ("99.12.31-3001230", "U4", "dots"),
    ("2099. 12. 31. 3001230", "U4", "dots and spaces, a year of four digits"),
    ("99.12.313001230", "U4", "nothing behind the day"),
    ("2099-12-31 3001230", "U4", "as a computer writes it"),
    ("99/1/5 3001230", "U4", "slashes, and no zeros"),
    ("2099년 12월 31일 3001230", "U4", "in words"),
    ("99년12월31일생 여 4001230", "U4", "in words, with the sex"),
    ("1999.12.31-3001239", "U4", "the century does not fit, but the check digit is right"),
    # U5: digits spread over separators.
    ("9 9 1 2 3 1 3 0 0 1 2 3 0", "U5", "each by itself: six separators are enough"),
    ("9,9,1,2,3,1,3,0,0,1,2,3,0", "U5", "with commas"),
    ("2 0 9 9 1 2 3 1 3 0 0 1 2 3 0", "U5", "with the century"),
    ("구 구 일 이 삼 일 삼 공 공 일 이 삼 공", "U5", "words, each by itself"),
    ("9912-313-001239", "U5", "in odd groups, and the check digit right"),
    ("99010-1700-0000", "U5", "in odd groups, two of which are like a telephone number"),
    ("주민등록번호 9912 313 001230", "U5", "in odd groups, and called a registration"),
    ("RRN: 9912 3130 01230", "U5", "in odd groups, and called so in English"),
    # U6: parts.
    ("900101-1******", "U6", "the serial number masked"),
    ("900101-1●●●●●●", "U6", "masked with dots"),
    ("900101-1xxxxxx", "U6", "masked with letters"),
    ("900101-1***", "U6", "masked, and cut"),
    ("900101-1······", "U6", "masked with middle dots, one for each digit"),
    ("900101-1------", "U6", "masked with hyphens"),
    ("900101-1〇〇〇〇〇〇", "U6", "masked with the Hanja for nought"),
    ("900101-1\\*\\*\\*", "U6", "masked, as Markdown writes an asterisk"),
    ("900101-123456*", "U6", "one digit masked"),
    ("90010*-1234567", "U6", "one digit of the day masked"),
    ("90.01.01-1******", "U6", "a date with dots, and the serial number masked"),
    ("1990년 1월 1일 1******", "U6", "a date in words, and the serial number masked"),
    ("뒤에 일곱자리 1234567", "U6", "a particle between the words"),
    ("99123ő-3001239", "U3", "a letter with an accent that looks like a digit"),
    ("M–00000000", "U8", "an en dash behind the letter"),
    ("M…00000000", "U8", "an ellipsis behind the letter"),
    ("경기북부 99-000000-00", "U7", "a licence of old, of half a province"),
    ("9001011******", "U6", "masked, in one piece"),
    ("900101-*******", "U6", "the second half masked: it was a registration"),
    ("900101-12345**", "U6", "two digits masked"),
    ("******-1234567", "U6", "the first half masked: the second identifies"),
    ("9001**-1234567", "U6", "the day masked"),
    ("생년월일 991231, 뒷자리 3001230", "U6", "the halves, each by its name"),
    ("뒷자리 3001230", "U6", "the second half by its name"),
    ("뒤 7자리는 300-1230", "U6", "the same, divided"),
    ("3001230 (뒷자리)", "U6", "the name behind it"),
    ("주민번호 3001230", "U6", "the second half, called a registration"),
    ("주민 3001230", "U6", "the same in short"),
    ("991231 뒤 3001230", "U6", "one word between the halves"),
    ("last 7 digits: 3001230", "U6", "in English"),
    ("주민번호 앞은 991231 그리고 3001230", "U6", "words between the halves, called a registration"),
    ("주민등록번호 991231-3", "U6", "cut behind the seventh digit"),
    # U7: licences.
    ("11-99-000000-00", "U7", "a licence"),
    ("28 05 000000 11", "U7", "with spaces"),
    ("11.99.000000.00", "U7", "with dots"),
    ("１１–９９–００００００–００", "U7", "full-width, with dashes"),
    ("일일-구구-공공공공공공-공공", "U7", "in words"),
    ("ll-99-OOOOOO-OO", "U7", "in look-alikes"),
    ("서울 99-000000-00", "U7", "the region by its name, as until 2014"),
    ("경기도05-000000-11", "U7", "the same without a space"),
    ("서울 제99-000000-00호", "U7", "the same as a document writes it"),
    ("운전면허 119900000000", "U7", "in one piece, called a licence"),
    ("driver's licence no. 11990000 0000", "U7", "in odd groups, called a licence"),
    ("면허번호 서울9900000000", "U7", "with the region's name, in one piece, called a licence"),
    # U8: passports.
    ("M00000000", "U8", "a passport"),
    ("s00000000", "U8", "in small letters"),
    ("M000A0000", "U8", "as they are since 2021"),
    ("m 000a 0000", "U8", "the same, with spaces"),
    ("M 0000 0000", "U8", "with spaces"),
    ("M-00000000", "U8", "with a hyphen"),
    ("Ｍ００００００００", "U8", "full-width"),
    ("М00000000", "U8", "a Cyrillic letter"),
    ("🅼00000000", "U8", "a letter in a square"),
    ("M0000000O", "U8", "a letter for a zero"),
    ("M공공공공공공공공", "U8", "in words"),
    ("홍길동M00000000번", "U8", "in the midst of Hangul"),
    ("passportM00000000", "U8", "behind its name"),
    ("여권 D-2099-12-31", "U8", "like a date, but called a passport"),
    ("M000000000KOR9912313F", "U8", "in what a machine reads"),
]


@pytest.mark.parametrize(("text", "rule", "why"), REFUSED, ids=[f"{rule} {why}" for _, rule, why in REFUSED])
def test_an_identifier_is_refused(text: str, rule: str, why: str) -> None:
    """Every spelling of the table is refused by its rule (U1 to U8)."""
    found = screen(text)
    assert {each.rule.value for each in found} == {rule}, why
    assert not is_clean(text)


@pytest.mark.parametrize(("text", "rule", "why"), REFUSED, ids=[f"{rule} {why}" for _, rule, why in REFUSED])
def test_it_is_refused_in_a_sentence(text: str, rule: str, why: str) -> None:
    """A sentence around it hides nothing."""
    assert rule in {each.rule.value for each in screen(f"담당자 확인 바랍니다: {text} / 감사합니다.")}, why


@pytest.mark.parametrize(
    ("label", "text", "rule"),
    [
        ("면허번호", "119900000000", "U7"),
        ("운전면허", "1199 0000 0000", "U7"),
        ("주민번호 뒷자리", "3001230", "U6"),
        ("주민등록번호", "9912 313 001230", "U5"),
        ("여권번호", "M-2099-12-31", "U8"),
    ],
)
def test_a_label_says_what_a_number_is(label: str, text: str, rule: str) -> None:
    """Under the name of its field a number is refused that would pass by itself, at its own place."""
    assert screen(text) == ()
    (found,) = screen_labelled(label, text)
    assert (found.rule.value, found.start, found.end) == (rule, 0, len(text))


def test_an_identifier_in_the_label_is_none_of_the_text() -> None:
    """What is found in the label alone is told where the label is screened; what reaches over begins at 0."""
    assert screen_labelled("991231-3001230", "010-0123-4567") == ()
    assert [(each.start, each.end) for each in screen_labelled("991231", "3001230")] == [(0, 7)]
    assert screen_labelled("", "991231-3001230") == screen("991231-3001230")


@pytest.mark.parametrize(
    "text",
    ["991231-3001230", "110111-0000011", "991231-3001239", "M00000000", "법인 110111-0000010", "1101110000010번"],
)
def test_a_corporate_field_takes_corporate_numbers_alone(text: str) -> None:
    """A number with another check digit, of a person, or with words beside it passes as little there as elsewhere."""
    assert not is_clean(text, field=FieldKind.CORPORATE_NUMBER)


def test_a_corporate_field_refuses_nothing_else() -> None:
    """Thirteen digits that are no day are no registration, and other texts are read as everywhere."""
    for text in ("134511-0012345", "123-45-67890", "주식회사 서울"):
        assert screen(text, field=FieldKind.CORPORATE_NUMBER) == ()


def test_a_number_that_can_be_both_is_a_persons() -> None:
    """Where the check digits of a corporation and of a person both hold, it is refused in the corporate field too."""
    both = next(
        number
        for number in (f"291231-3{serial:05d}{last}" for serial in range(1_000) for last in range(10))
        if _holds(number.replace("-", ""), (1, 2) * 6, 10)
        and _holds(number.replace("-", ""), (*range(2, 10), 2, 3, 4, 5), 11)
    )
    assert not is_clean(both, field=FieldKind.CORPORATE_NUMBER)


def _holds(number: str, weights: tuple[int, ...], base: int) -> bool:
    total = sum(int(digit) * weight for digit, weight in zip(number, weights, strict=False))
    return int(number[12]) == (base - total % base) % 10
