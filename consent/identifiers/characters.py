"""What one character is read as: a digit, a Latin letter, a dash, a space, a mask, or nothing (U1)."""

import unicodedata
from functools import lru_cache
from typing import Final

from consent.identifiers.numerals import SPOKEN_BASE, spoken_value

_DASHES: Final = "−⁃˗➖ーㅡ─━‒–—―﹘﹣－⸺⸻〜～"
_MASKS: Final = "＊∗⁎✱✲✳✴⁕※•●⚫⬤■□▪▫◼◻█▒░★☆♥♡◆◇▲△▼▽✕✖❌╳×∙⭐🔴🟥⬛⬜🟦🔵"
_RINGS: Final = "○◯⚪⭕◌◦"
# Unicode files these under letters and symbols, but they show nothing.
_FILLERS: Final = "\u115f\u1160\u17b4\u17b5\u3164\uffa0\U0001d159"
_TAG_DIGITS: Final = range(0xE0030, 0xE003A)
# Letters in negative circles and squares, and those of flags, do not decompose.
_ALPHABETS: Final = (0x1F150, 0x1F170, 0x1F1E6)
_ALPHABET_LENGTH: Final = 26

_KNOWN: Final = {
    **dict.fromkeys(_DASHES, "-"),
    **dict.fromkeys(_MASKS, "*"),
    **dict.fromkeys(_RINGS, "○"),
    **dict.fromkeys(_FILLERS, ""),
    # An empty cell of Braille.
    "\u2800": " ",
    # Compatibility forms would make these parts of syllables, in which nobody sees a ring or a stroke.
    "ㅇ": "ㅇ",
    "ㅣ": "ㅣ",
    # Letters of other scripts that look like those with which a passport's number begins, or like a digit.
    **dict.fromkeys("МΜᎷ", "M"),
    **dict.fromkeys("ЅՏᏚ", "S"),
    **dict.fromkeys("ᎡᏒ", "R"),
    **dict.fromkeys("ОΟՕⲞ", "O"),
    **dict.fromkeys("оοօᴏⲟס", "o"),
    **dict.fromkeys("ІΙӀⵏ", "I"),
    **dict.fromkeys("ӏןǀ∣❘", "l"),
    **dict.fromkeys("іιı¡", "i"),
    "Ꭰ": "D",
    **{chr(code): str(code - _TAG_DIGITS.start) for code in _TAG_DIGITS},
    **{chr(first + place): chr(ord("A") + place) for first in _ALPHABETS for place in range(_ALPHABET_LENGTH)},
}
# What shows nothing; dashes; and private use and unassigned, some of which the patterns use for themselves.
_BY_CATEGORY: Final = {**dict.fromkeys(("Cf", "Cc", "Cs", "Mn", "Me"), ""), "Pd": "-", "Co": "\ufffd", "Cn": "\ufffd"}


@lru_cache(maxsize=4096)
def reading_of(character: str) -> str:
    """Return what a character is read as: several where it stands for several, none where it shows nothing."""
    known = _KNOWN.get(character)
    if known is not None:
        return known
    category = unicodedata.category(character)
    by_category = " " if character.isspace() else _BY_CATEGORY.get(category)
    if by_category is not None:
        return by_category
    number = _number(character, category)
    return _decomposed(character) if number is None else number


def _number(character: str, category: str) -> str | None:
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    value = unicodedata.numeric(character, None)
    if category == "No" and value is not None and value.is_integer():
        return str(int(value))
    # Hanja stay what they are until a reading takes words for numbers; other letters become such a numeral now.
    if category in {"Nl", "Lo"} and not "㐀" <= character <= "鿿" and (spoken := spoken_value(character)) is not None:
        return character if character == "〇" else chr(SPOKEN_BASE + spoken)
    return None


def _decomposed(character: str) -> str:
    """Return the character without its marks and its form: half-width, full-width, bold, in a circle."""
    parts = unicodedata.normalize("NFKD", character)
    if parts == character:
        return character
    return unicodedata.normalize("NFC", "".join(map(reading_of, parts)))
