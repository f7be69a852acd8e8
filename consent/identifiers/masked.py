"""Registration numbers that are masked in part, and second halves that a word names (U6)."""

import re
from collections.abc import Iterator
from typing import Final

from consent.identifiers.checks import LIVING
from consent.identifiers.keywords import near
from consent.identifiers.looks import Look
from consent.identifiers.numerals import ALIKE, NUMERAL, SEPARATOR, SPOKEN, WRITTEN, digits
from consent.identifiers.residents import date_of_birth
from consent.identifiers.rules import Finding, Rule

_D: Final = NUMERAL
_SHOWN: Final = re.compile(NUMERAL)
_MASK: Final = r"[*○xX#_?]"
_OPEN: Final = f"(?<![{WRITTEN}])"
_SHUT: Final = f"(?![{WRITTEN}])"
_SEVENTH: Final = "[1-8\ue001-\ue008\ue011-\ue018]"
_BETWEEN: Final = f"{SEPARATOR}{{0,4}}"
# Signs that hide, where there are as many as digits are hidden; 〇 is read as a zero elsewhere.
_HIDING: Final = r"[·.~_〇\ue000-]"
_HIDDEN: Final = f"(?:(?:\\s?\\\\?{_MASK}){{2,}}|{_HIDING}{{6}}(?!{_HIDING}))"
# 900101-1******, 9001011******, 900101-1***, 900101-*******.
_TAIL: Final = re.compile(
    f"{_OPEN}({_D}{{6}})(?:{_BETWEEN}{_SEVENTH}{_HIDDEN}|[^0-9A-Za-z가-힣*]{{1,4}}(?:\\s?{_MASK}){{6,}})"
)
# 90.01.01-1******, 1990년 1월 1일 1******.
_PART: Final = r"(?:[./-]\s?|\s?[년월]\s?)"
_DATED_TAIL: Final = re.compile(
    f"{_OPEN}({_D}{{4}}|{_D}{{2}}){_PART}({_D}{{1,2}}){_PART}({_D}{{1,2}})\\s?일?\\s?생?{_BETWEEN}{_SEVENTH}{_HIDDEN}"
)
_FRONT: Final = re.compile(f"(?<![{WRITTEN}A-Za-z*])(?:{_MASK}\\s?){{6}}{_BETWEEN}({_SEVENTH}{_D}{{6}}){_SHUT}")
_MIXED: Final = re.compile(
    f"(?<![{WRITTEN}A-Za-z*])((?:{_D}|{_MASK}){{2}})((?:{_D}|{_MASK}){{2}})((?:{_D}|{_MASK}){{2}})"
    f"[^0-9A-Za-z가-힣*]{{1,4}}((?:{_D}|{_MASK}){{7}})(?![{WRITTEN}A-Za-z*])"
)
_FEWEST_SHOWN: Final = 7
_LAST_MONTH: Final = 12
_LAST_DAY: Final = 31
_SEVEN: Final = f"({_SEVENTH}(?:{SEPARATOR}{{0,2}}{_D}){{6}})"
_SECOND_HALF: Final = re.compile(
    r"(?:(?:뒷|뒤|後)\s?(?:[의에]\s?)?(?:(?:[7칠\ue007]|일곱)?\s?(?:자리|번호|숫자)|[7칠]|일곱)"
    r"|\b(?:back|last|second)[\s_-]?(?:7|seven|half)(?:[\s_-]?digits?)?)"
    f"[^{WRITTEN}{SPOKEN}{ALIKE}]{{0,12}}{_SEVEN}{_SHUT}",
    re.IGNORECASE,
)
_HALF_NAMED_AFTER: Final = re.compile(f"{_OPEN}{_SEVEN}{SEPARATOR}{{0,4}}(?:뒷|뒤)\\s?(?:자리|번호|7)")
_SHORT: Final = re.compile(f"{_OPEN}{_D}{{6}}[^{WRITTEN}]{{0,8}}(?:뒤|뒷|後)[^{WRITTEN}]{{0,6}}{_SEVEN}{_SHUT}")
# 주민센터 and 주민자치회 are ordinary words of a city: the number has to follow at once, and count nobody.
_RESIDENT: Final = re.compile(
    f"(?:주\\s?민(?:\\s?등\\s?록)?|외국인\\s?등록|거소)(?:\\s?(?:번\\s?호|증|no\\.?|#))?[은는이가의을를]?{SEPARATOR}{{0,6}}"
    f"({_SEVENTH}{_D}{{6}})(?![{WRITTEN}]|\\s?[명인원세가건호표])",
    re.IGNORECASE,
)
_NAMED_HALVES: Final = re.compile(f"{_OPEN}({_D}{{6}})[^{WRITTEN}]{{1,24}}({_SEVENTH}{_D}{{6}}){_SHUT}")
_CUT: Final = re.compile(f"{_OPEN}({_D}{{6}}){SEPARATOR}{{0,3}}{_SEVENTH}(?![{WRITTEN}])")


def find_masked(look: Look) -> Iterator[Finding]:
    """Find what is left of a number of which a part is hidden or stands apart."""
    text = look.text
    yield from _tails(look)
    for found in _MIXED.finditer(text):
        if _is_mixed(*found.groups()):
            yield _finding(look, found)
    for pattern in (_FRONT, _SECOND_HALF, _HALF_NAMED_AFTER, _SHORT, _RESIDENT):
        for found in pattern.finditer(text):
            yield _finding(look, found)
    for pattern in (_NAMED_HALVES, _CUT):
        for found in pattern.finditer(text):
            if date_of_birth(digits(found[1])) and near(look.keywords.resident, _finding(look, found)):
                yield _finding(look, found)


def _tails(look: Look) -> Iterator[Finding]:
    """Find dates, in digits or written out, with the serial number behind them hidden."""
    for found in _TAIL.finditer(look.text):
        if date_of_birth(digits(found[1])):
            yield _finding(look, found)
    for found in _DATED_TAIL.finditer(look.text):
        year, month, day = (digits(part) for part in found.groups())
        if date_of_birth(year[-2:] + month.zfill(2) + day.zfill(2)):
            yield _finding(look, found)


def _is_mixed(year: str, month: str, day: str, back: str) -> bool:
    """Say whether two halves, partly hidden, can be those of a number of which enough is shown."""
    whole = year + month + day + back
    shown = len(_SHOWN.findall(whole))
    begins = not _SHOWN.match(back[0]) or digits(back[0]) in LIVING
    return _FEWEST_SHOWN <= shown < len(whole) and begins and _can_be(month, _LAST_MONTH) and _can_be(day, _LAST_DAY)


def _can_be(two: str, last: int) -> bool:
    """Say whether two digits, perhaps hidden, can be a number from 1 to the last one."""
    return len(_SHOWN.findall(two)) < len(two) or 1 <= int(digits(two)) <= last


def _finding(look: Look, found: re.Match[str]) -> Finding:
    return look.finding(*found.span(), Rule.U6)
