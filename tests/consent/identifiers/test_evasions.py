"""However a number is disguised, it is found: over separators, widths, scripts, words, and what stands around it."""

import unicodedata
from typing import Final

from hypothesis import given, settings
from hypothesis import strategies as st

from consent.identifiers.screen import is_clean, screen
from tests.consent.identifiers.synthetic import PASSPORTS, halves, licences

# Every script's zero: a digit of the script is as far from it as its value.
ZEROS: Final = [chr(code) for code in range(0x110000) if unicodedata.decimal(chr(code), None) == 0]
HIDDEN: Final = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u034f\u0300\u0336\u20e3\ufe0f\u115f\u1160\u3164\uffa0\u180e\u202c\x00"
)
DASHES: Final = [chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) == "Pd"]
SPACES: Final = [chr(code) for code in range(0x110000) if chr(code).isspace()]
SEPARATORS: Final = st.sampled_from([*DASHES, *SPACES, *".,/·_~:;|\\*'\"()[]<>→※", "다시", "의", " 하이픈 ", ""])
SPOKEN: Final = (
    "공영령零〇",
    "일하一壹",
    "이二貳",
    "삼三參",
    "사四肆",
    "오五伍",
    "육륙六陸",
    "칠七柒",
    "팔八捌",
    "구九玖",
)
ALIKE: Final = {"0": "OoОоΟοㅇ○", "1": "lIiІіㅣ"}
# What stands before and after in longer texts: letters, words and marks, no digit and no keyword.
AROUND: Final = st.text("가나다라마바사아자차카타파하 abcxyzABCXYZ.,;:!?()\n\t-이일오구영", max_size=30)


def in_script(text: str, zero: str) -> str:
    """Write the digits of a text in the script that has this zero."""
    return "".join(chr(ord(zero) + int(sign)) if sign.isdecimal() else sign for sign in text)


@st.composite
def disguised(draw: st.DrawFn, text: str) -> str:
    """Write each digit of a text in some script, and put signs between them that show nothing."""
    written = (in_script(sign, draw(st.sampled_from(ZEROS))) if sign.isdecimal() else sign for sign in text)
    return "".join(sign + draw(st.text(HIDDEN, max_size=2)) for sign in written)


@settings(deadline=None)
@given(halves(), SEPARATORS, st.integers(1, 3), AROUND, AROUND)
def test_any_separator(number: tuple[str, str], separator: str, times: int, before: str, after: str) -> None:
    """Whatever stands between the halves, and however often, in whatever text (U3)."""
    text = f"{before} {number[0]}{separator * times}{number[1]} {after}"
    assert not is_clean(text)


@settings(deadline=None)
@given(st.data(), halves())
def test_any_script(data: st.DataObject, number: tuple[str, str]) -> None:
    """Digits of any script, each of another, with signs between them that show nothing (U1)."""
    text = "-".join(number)
    assert not is_clean(data.draw(disguised(text)))


@settings(deadline=None)
@given(st.sampled_from(ZEROS), halves(), AROUND)
def test_one_script(zero: str, number: tuple[str, str], around: str) -> None:
    """All digits of one script, within a text."""
    assert not is_clean(around + in_script(f" {number[0]}-{number[1]}", zero) + around)


@settings(deadline=None)
@given(st.data(), halves())
def test_any_word(data: st.DataObject, number: tuple[str, str]) -> None:
    """Hangul and Hanja, mixed at will, with or without a separator (U2)."""
    spoken = [data.draw(st.sampled_from(SPOKEN[int(digit)])).replace("하", "하나") for digit in "".join(number)]
    separator = data.draw(st.sampled_from(["", " ", "-", "다시", " 다시 ", "의"]))
    assert not is_clean("".join(spoken[:6]) + separator + "".join(spoken[6:]))


@settings(deadline=None)
@given(st.data(), halves())
def test_any_look_alike(data: st.DataObject, number: tuple[str, str]) -> None:
    """Letters for zeros and ones, in any of them (U2)."""
    written = "".join(data.draw(st.sampled_from(ALIKE.get(digit, "") + digit)) for digit in "".join(number))
    assert not is_clean(f"{written[:6]}-{written[6:]}")


@settings(deadline=None)
@given(halves(checked=True), st.data())
def test_any_grouping(number: tuple[str, str], data: st.DataObject) -> None:
    """Where the check digit is right, it is found in groups of any size (U5)."""
    separator = data.draw(st.sampled_from(["-", " ", ".", ", ", "/", "\n", " - "]))
    text = "".join(digit + separator * data.draw(st.booleans()) for digit in "".join(number))
    assert not is_clean(text.strip(" -.,/\n"))


@settings(deadline=None)
@given(halves(), st.sampled_from(["-", " ", ".", ",", " / ", "·"]))
def test_each_digit_by_itself(number: tuple[str, str], separator: str) -> None:
    """With as many separators as that, no check digit is needed (U5)."""
    assert not is_clean(separator.join("".join(number)))


@settings(deadline=None)
@given(halves(checked=True), st.text("0123456789", max_size=6), st.text("0123456789", max_size=6))
def test_in_a_longer_number(number: tuple[str, str], before: str, after: str) -> None:
    """Digits stuck to it on either side do not hide one whose check digit is right (U3).

    Two kinds pass: the whole is an instant, or an order's number that begins with a date.
    """
    text = before + "".join(number) + after
    dated = len(text) > 13 and text[:2] in {"18", "19", "20", "21"} and len(before) != 0
    assert dated or not is_clean(text)


@settings(deadline=None)
@given(halves(), AROUND, AROUND)
def test_among_letters(number: tuple[str, str], before: str, after: str) -> None:
    """Letters that touch it do not hide it."""
    assert not is_clean(f"{before}가{number[0]}-{number[1]}z{after}")
    assert not is_clean(f"{before}z{''.join(number)}가{after}")


@settings(deadline=None)
@given(halves(), st.sampled_from("*●xX#○＊■"), st.integers(0, 4))
def test_masked_tails(number: tuple[str, str], mask: str, shown: int) -> None:
    """Masked from the eighth digit on, or from a later one (U6)."""
    front, back = number
    hidden = mask * (6 - shown)
    assert not is_clean(f"{front}-{back[: 1 + shown]}{hidden}")
    assert not is_clean(f"({front} - {back[: 1 + shown]}{hidden})")


@settings(deadline=None)
@given(
    halves(), st.sampled_from(["20{}.{}.{}", "{}.{}.{}", "20{}년 {}월 {}일", "20{}-{}-{}", "{}/{}/{}", "20{}. {}. {}."])
)
def test_dates_that_are_written_out(number: tuple[str, str], form: str) -> None:
    """The date in any form, then the second half (U4)."""
    front, back = number
    date = form.format(front[:2], front[2:4], front[4:])
    for between in (" ", "-", " - ", "생 ", "\n"):
        assert not is_clean(f"{date}{between}{back}"), between


@settings(deadline=None)
@given(licences(), st.sampled_from(["-", " ", ".", " - ", "–", "/", "다시", "\n"]), AROUND)
def test_licences(groups: tuple[str, str, str, str], separator: str, around: str) -> None:
    """In their shape with any separator; in one piece behind the word (U7)."""
    assert not is_clean(f"{around} {separator.join(groups)} {around}")
    assert not is_clean(f"면허번호: {''.join(groups)}")
    assert not is_clean(f"{around} 서울 {separator.join(groups[1:])} {around}")


@settings(deadline=None)
@given(st.data(), PASSPORTS)
def test_passports(data: st.DataObject, passport: str) -> None:
    """Old and new, small letters, spaces, other scripts (U8)."""
    assert not is_clean(passport.lower())
    assert not is_clean(f"{passport[0]} {passport[1:]}")
    assert not is_clean(f"여권번호{passport}")
    assert not is_clean(data.draw(disguised(passport)))
    assert not is_clean("".join(chr(ord(sign) + 0xFEE0) for sign in passport))


@settings(deadline=None)
@given(halves(), AROUND, AROUND)
def test_a_finding_says_where_in_the_original(number: tuple[str, str], before: str, after: str) -> None:
    """The place is that of the text as it came in, whatever was dropped or replaced to read it."""
    written = in_script(f"{number[0]}\u200b-{number[1]}", "０")
    text = f"{before}\u00ad  {written}\u3164 {after}"
    place = text.index(written)
    assert any(each.start <= place and each.end >= place + len(written) for each in screen(text))
    assert all(0 <= each.start < each.end <= len(text) for each in screen(text))
