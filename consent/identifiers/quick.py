"""A first look that tells most texts clean: too few numerals together, and no sign of what needs fewer."""

import re
from typing import Final

from consent.identifiers.numerals import (
    AFTER_OF_WORDS,
    ALIKES,
    BEFORE_OF_WORDS,
    FAINT_ALIKES,
    HYPHEN_WORDS,
    SEPARATOR,
    SPOKEN_SYLLABLES,
    SPOKEN_WORDS,
    WRITTEN,
)
from consent.identifiers.passports import LETTER

# A letter or sign that is not known to be harmless may be a digit of some script, or hide something.
_EXOTIC: Final = (
    "\\x00-\\x08\\x0e-\\x1f\\x7f-\\xb6\\xb8-\u2012\u2016\u2017\u201b\u201e-\u2025\u2027-\u2fff"
    "\u3003-\u33ff\ua000-\uabff\ud7a4-\U0010ffff"
)
_STRONG: Final = f"{WRITTEN}{SPOKEN_SYLLABLES}"
_NUMERALS: Final = f"{_STRONG}{re.escape(''.join((*ALIKES, *FAINT_ALIKES)))}"
_ANY: Final = f"[{_NUMERALS}]"
_WORDS: Final = "|".join(word for word in HYPHEN_WORDS if word not in SPOKEN_SYLLABLES)
_APART: Final = f"{SEPARATOR}{{0,8}}+(?:(?:{_WORDS}|[년월]|일?생){SEPARATOR}{{0,8}}+){{0,4}}+"
_LICENCE_GAP: Final = f"(?:{SEPARATOR}{{1,4}}|{SEPARATOR}{{0,3}}(?:다시|의){SEPARATOR}{{0,3}})"
# These try once from the start, and give nothing back: the time is that of one look.
_FIVE: Final = re.compile(f"(?:[^{_STRONG}{_EXOTIC}]*+[{_STRONG}{_EXOTIC}]){{5}}")
_TWELVE: Final = re.compile(f"(?:[^{_NUMERALS}]*+{_ANY}){{12}}")
_UNUSUAL: Final = re.compile(f"[{_EXOTIC}]|\\s\\s")
_LOOKS_ALIKE: Final = re.compile(f"[{WRITTEN}{''.join(ALIKES)}]{{6}}")
_SPELLED: Final = re.compile(
    f"(?:(?:{'|'.join(word for word in SPOKEN_WORDS if word.isascii())})\\W{{0,8}}){{6}}", re.IGNORECASE
)
_SHORTEST_SPELLED: Final = 36
# Thirteen together; six and seven with letters between; two, two, six and two as a licence has them.
# Each is tried where a group of numerals begins.
_TOGETHER: Final = re.compile(
    f"{_ANY}(?<!{_ANY}{_ANY})(?:(?:[{AFTER_OF_WORDS}]?+{_APART}[{BEFORE_OF_WORDS}]?+{_ANY}){{12}}"
    f"|{_ANY}{{5,}}[^{WRITTEN}]{{1,3}}{_ANY}{{7}}"
    f"|{_ANY}+{_LICENCE_GAP}{_ANY}{{2}}{_LICENCE_GAP}{_ANY}{{6}}{_LICENCE_GAP}{_ANY}{{2}})"
)
_TEN: Final = re.compile(f"(?:[^{_NUMERALS}]*+{_ANY}){{10}}")
# A licence of old has the region's name before these.
_OLD_LICENCE: Final = re.compile(f"{_ANY}{{2}}{_LICENCE_GAP}{_ANY}{{6}}{_LICENCE_GAP}{_ANY}{{2}}")
# A day without its zeros, and the second half of a registration.
_DAY_GAP: Final = f"(?:{SEPARATOR}{{1,3}}|\\s?[년월]\\s?)"
_SHORT_DATE: Final = re.compile(f"{_ANY}{{2,4}}{_DAY_GAP}{_ANY}{{1,2}}{_DAY_GAP}{_ANY}{{1,2}}{_APART}{_ANY}{{7}}")
_OF_TEN: Final = (_OLD_LICENCE, _SHORT_DATE)
_HANGUL: Final = re.compile("[주민뒤뒷後住외거면운여고旅護外]")
_IN_HANGUL: Final = re.compile(
    r"주[\s·_-]?민|민증|뒤|뒷|後|住民|외[\s·_-]?국|거[\s·_-]?소|면[\s·_-]?허|운[\s·_-]?전|여[\s·_-]?권|고유식별|旅券|護照|外國人"
)
_IN_LATIN: Final = re.compile(
    "back|last|second|rrn|arn|arc|ssn|jumin|resident|alien|foreigner|registration|driv|licen|dl(?<![a-z]dl)(?![a-z])"
    "|lic(?<![a-z]lic)|passport|travel|pp(?<![a-z]pp)"
)
_MASKED: Final = re.compile(r"[*xX#_?]\s?[*xX#_?]|[·.~-]{6}|(?:\\[*]){2}")
# One sign that hides a digit is enough where as many digits are shown as tell of a registration.
_SEVEN: Final = re.compile(f"(?:[^{_NUMERALS}]*+{_ANY}){{7}}")
_ONE_MASK: Final = re.compile("[*#_?]|[0-9][xX]|[xX][0-9]")
# The dashes and the dots that are read as one, where the text stands as it was written.
_IN: Final = r"[\s._·\u2013-\u2015\u2026-]{0,3}"
_LETTERED: Final = re.compile(
    f"{LETTER}(?<![0-9A-Za-z].){_IN}{_ANY}(?:{_IN}{_ANY}){{2}}{_IN}(?:[A-Za-z]{_IN})?{_ANY}(?:{_IN}{_ANY}){{3}}"
)
_LATIN: Final = re.compile("[A-Za-z]")


def is_surely_clean(text: str) -> bool:
    """Say that a text has no identifier without reading it closely; False says nothing yet."""
    if not _FIVE.match(text):
        spelled = len(text) >= _SHORTEST_SPELLED and _SPELLED.search(text) is not None
        return not spelled and not _LOOKS_ALIKE.search(text)
    one_mask = _ONE_MASK.search(text) and _SEVEN.match(text)
    if one_mask or _UNUSUAL.search(text) or _MASKED.search(text):
        return False
    if _TEN.match(text) and any(shape.search(text) for shape in _OF_TEN):
        return False
    if _TWELVE.match(text) and _TOGETHER.search(text):
        return False
    if _HANGUL.search(text) and _IN_HANGUL.search(text):
        return False
    return not _LATIN.search(text) or not (_LETTERED.search(text) or _IN_LATIN.search(text.lower()))
