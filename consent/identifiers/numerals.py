"""Numerals in the scripts, words and look-alikes in which people write them (U1, U2)."""

import unicodedata
from typing import Final

# Where a word or a look-alike stands for a digit, a reading holds a character of private use: its last four bits are
# the digit, as they are of the ASCII digits. So a pattern knows what was written as a digit and what may be one.
SPOKEN_BASE: Final = 0xE000
ALIKE_BASE: Final = 0xE010
# What is known not to be an identifier, such as an id of ours, is a letter of no script to the patterns.
BLANK: Final = "\ue03f"

WRITTEN: Final = "0-9"
SPOKEN: Final = "\ue000-\ue009"
ALIKE: Final = "\ue010-\ue019"
NUMERAL: Final = f"[{WRITTEN}{SPOKEN}{ALIKE}]"
# Not a separator: letters and digits of the scripts in which identifiers are written and spoken of.
LETTERS: Final = "A-Za-z가-힣㐀-鿿\ue000-\ue03f"
SEPARATOR: Final = f"[^{WRITTEN}{LETTERS}]"

_HANGUL: Final = {
    "공": 0,
    "영": 0,
    "령": 0,
    "빵": 0,
    "일": 1,
    "이": 2,
    "삼": 3,
    "사": 4,
    "오": 5,
    "육": 6,
    "륙": 6,
    "칠": 7,
    "팔": 8,
    "구": 9,
    "둘": 2,
    "셋": 3,
    "넷": 4,
}
_WORDS: Final = {
    "하나": 1,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "제로": 0,
    "zero": 0,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
# 壹 and its like are numerals to Unicode as well; these are numerals in Korean and Chinese use alone.
_HANJA: Final = {"〇": 0, "零": 0, "空": 0, "两": 2, "兩": 2}
_CJK: Final = range(0x3400, 0xA000)
# Of each longer word one syllable that few other words have, those that may follow it, and those before it.
_OF_WORDS: Final = "하제섯곱덟홉"
AFTER_OF_WORDS: Final = "나로"
BEFORE_OF_WORDS: Final = "다여아"

# What stands for a digit because it looks like one, after the letters of other scripts were made Latin.
ALIKES: Final = {"O": 0, "o": 0, "Q": 0, "○": 0, "ㅇ": 0, "l": 1, "I": 1, "i": 1, "ㅣ": 1, "丨": 1}
# These are read as digits only in a token that has digits already.
FAINT_ALIKES: Final = {"|": 1, "S": 5, "Z": 2, "z": 2, "B": 8}


def _numeral(character: str) -> int | None:
    value = unicodedata.numeric(character, -1.0)
    return int(value) if value in range(10) else None


SPOKEN_DIGITS: Final = {
    **_HANGUL,
    **{chr(code): digit for code in _CJK if (digit := _numeral(chr(code))) is not None},
    **_HANJA,
}
SPOKEN_WORDS: Final = _WORDS

# The words for a hyphen, as people dictate one.
HYPHEN_WORDS: Final = (
    "다시",
    "다쉬",
    "대시",
    "데시",
    "의",
    "에",
    "하이픈",
    "마이너스",
    "빼기",
    "바",
    "줄",
    "남",
    "여",
    "一",
    "dash",
    "hyphen",
    "minus",
)
SPOKEN_SYLLABLES: Final = "".join(SPOKEN_DIGITS) + _OF_WORDS


def digits(numerals: str) -> str:
    """Return written, spoken and look-alike numerals of a reading as ASCII digits."""
    return "".join(chr(0x30 + (ord(numeral) & 0xF)) for numeral in numerals)


def spoken_value(character: str) -> int | None:
    """Return the digit that a letter of any script stands for, as Roman and Suzhou numerals do; None for others."""
    return SPOKEN_DIGITS.get(character, _numeral(character))
