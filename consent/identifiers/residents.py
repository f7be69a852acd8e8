"""Registration numbers of residents and aliens: a date of six digits, and seven that tell the century (U3, U4)."""

import re
from collections.abc import Iterator
from itertools import chain
from typing import Final

from consent.identifiers.checks import (
    LIVING,
    born_on_a_day,
    is_corporate,
    is_date,
    is_full_date,
    is_of_century,
    is_timestamp,
    resident_check_holds,
)
from consent.identifiers.keywords import near
from consent.identifiers.looks import Look
from consent.identifiers.numerals import HYPHEN_WORDS, NUMERAL, SEPARATOR, SPOKEN, WRITTEN, digits
from consent.identifiers.rules import Finding, Rule

LENGTH: Final = 13
_D: Final = NUMERAL
_GAP: Final = f"{SEPARATOR}{{0,8}}(?:(?:{'|'.join(HYPHEN_WORDS)}){SEPARATOR}{{0,8}}){{0,3}}"
# Between the halves there may also stand a letter or two, which only a check digit makes suspicious.
_ANY_GAP: Final = f"(?:{_GAP}|[^{WRITTEN}]{{1,3}})"
_OPEN: Final = f"(?<![{WRITTEN}])"
_SHUT: Final = f"(?![{WRITTEN}])"
# Found at every place, also where an earlier candidate that was none covers it.
_HALVES: Final = re.compile(f"(?=({_OPEN}({_D}{{6}})({_GAP})({_D}{{7}}){_SHUT}))")
# The seventh digit by itself, as forms have a box for it.
_SEVENTH_APART: Final = re.compile(f"(?=({_OPEN}({_D}{{6}}){_GAP}({_D}){SEPARATOR}{{1,3}}({_D}{{6}}){_SHUT}))")
_LETTERED_HALVES: Final = re.compile(f"(?=({_OPEN}({_D}{{6}})({_ANY_GAP})({_D}{{7}}){_SHUT}))")
_FULL_YEAR: Final = re.compile(f"(?=({_OPEN}({_D}{{8}})({_GAP})({_D}{{7}}){_SHUT}))")
_BESIDE_DIGITS: Final = re.compile(f"(?=(({_D}{{6}}){SEPARATOR}{{1,8}}({_D}{{7}})))")
_FULL_YEAR_BEFORE: Final = re.compile(f"{_OPEN}[{WRITTEN}]{{8}}")
_LONG: Final = re.compile(f"[{WRITTEN}]{{{LENGTH + 1},}}")
_PART: Final = r"[^0-9A-Za-z가-힣㐀-鿿\ue000-\ue03f:]{1,3}"
_DATED: Final = re.compile(
    f"(?=({_OPEN}({_D}{{4}}|{_D}{{2}})(?:{_PART}|\\s?년\\s?)({_D}{{1,2}})(?:{_PART}|\\s?월\\s?)({_D}{{1,2}})"
    f"{SEPARATOR}{{0,2}}[일\ue001]?{SEPARATOR}{{0,2}}생?{_GAP}(?<!{_D})({_D}{{7}}){_SHUT}))"
)
_DATED_JOINED: Final = re.compile(
    f"(?=({_OPEN}({_D}{{4}}|{_D}{{2}})(?P<part>[./-]\\s?)({_D}{{1,2}})(?P=part)({_D}{{2}})({_D}{{7}}){_SHUT}))"
)
_SPOKEN_ONE: Final = re.compile(f"[{SPOKEN}]")
_SURE_SPOKEN: Final = 3
_CLOSE: Final = 12


def find_residents(look: Look) -> Iterator[Finding]:
    """Find the numbers that are written in one piece or in two."""
    yield from _halves(look)
    for found in _SEVENTH_APART.finditer(look.text):
        number = digits(found[2] + found[3] + found[4])
        if is_plausible(found[2] + found[3] + found[4]) and number[6] in LIVING and born_on_a_day(number):
            yield _finding(look, found, Rule.U3)
    yield from _full_years(look)
    yield from _dated(look)
    yield from _beside_digits(look)
    yield from _in_long_numbers(look)


def is_plausible(numerals: str) -> bool:
    """Say whether words among the numerals of a reading can be meant as digits.

    The syllables for 1, 2 or 9 also end ordinary words: at either end one counts among several alone.
    """
    spoken = len(_SPOKEN_ONE.findall(numerals))
    at_an_end = bool(_SPOKEN_ONE.match(numerals[0]) or _SPOKEN_ONE.match(numerals[-1]))
    return not at_an_end or spoken >= _SURE_SPOKEN


def _halves(look: Look) -> Iterator[Finding]:
    for found in _LETTERED_HALVES.finditer(look.text):
        numerals = found[2] + found[4]
        number = digits(numerals)
        if not is_plausible(numerals) or not born_on_a_day(number):
            continue
        finding = _finding(look, found, Rule.U3)
        if not _HALVES.match(look.text, found.start()):
            refused = number[6] in LIVING and resident_check_holds(number)
        elif number[6] in LIVING:
            refused = True
        else:
            # The seventh digit of nobody alive: a corporate number outside its field, or one that is called so.
            refused = is_corporate(number) or near(look.keywords.resident, finding)
        if refused:
            yield finding


def _full_years(look: Look) -> Iterator[Finding]:
    """Find dates with a year of four digits before the seven."""
    for found in _FULL_YEAR.finditer(look.text):
        numerals = found[2] + found[4]
        number = digits(numerals)
        if not is_plausible(numerals) or not is_full_date(number[:8]) or number[8] not in LIVING:
            continue
        # In another century it is an order's number, unless it has the check digit of a registration.
        apart = bool(found[3]) and resident_check_holds(number[2:])
        if is_of_century(int(number[:4]), number[8]) or apart:
            yield _finding(look, found, Rule.U3)


def _dated(look: Look) -> Iterator[Finding]:
    """Find dates that are written with dots or words, and the seven digits after them (U4)."""
    joined = ((found, (2, 4, 5, 6)) for found in _DATED_JOINED.finditer(look.text))
    apart = ((found, (2, 3, 4, 5)) for found in _DATED.finditer(look.text))
    for found, groups in chain(apart, joined):
        year, month, day, seven = (digits(found[group]) for group in groups)
        number = year[-2:] + month.zfill(2) + day.zfill(2) + seven
        if seven[0] not in LIVING or not born_on_a_day(number):
            continue
        certain = len(year) == 2 or is_of_century(int(year), seven[0])  # noqa: PLR2004 - as people write a year.
        if certain or resident_check_holds(number):
            yield _finding(look, found, Rule.U4)


def _beside_digits(look: Look) -> Iterator[Finding]:
    """Find two halves in longer numbers, which the check digit tells from others."""
    for found in _BESIDE_DIGITS.finditer(look.text):
        number = digits(found[2] + found[3])
        before = _FULL_YEAR_BEFORE.match(look.text, max(found.start() - 2, 0))
        dated = before is not None and found.start() >= 2 and is_full_date(before[0])  # noqa: PLR2004 - the century.
        plausible = not dated and number[6] in LIVING and born_on_a_day(number) and resident_check_holds(number)
        if plausible and not look.is_ordinary(*found.span(1)):
            yield _finding(look, found, Rule.U3)


def _in_long_numbers(look: Look) -> Iterator[Finding]:
    """Find the number in a longer run of digits, by its check digit or by the word before it."""
    for run in _LONG.finditer(look.text):
        if is_timestamp(run[0]):
            continue
        begins_with_date = is_full_date(run[0][:8])
        named = near(look.keywords.resident, look.finding(*run.span(), Rule.U3), before=_CLOSE, after=0)
        for place in range(len(run[0]) - LENGTH + 1):
            number = run[0][place : place + LENGTH]
            if number[6] not in LIVING or not born_on_a_day(number):
                continue
            # The date that an order's number begins with, without its century, is no date of birth.
            by_check = resident_check_holds(number) and not (begins_with_date and place == 2)  # noqa: PLR2004
            if named or by_check:
                start = run.start() + place
                yield look.finding(start, start + LENGTH, Rule.U3)


def _finding(look: Look, found: re.Match[str], rule: Rule) -> Finding:
    return look.finding(*found.span(1), rule)


def date_of_birth(six: str) -> bool:
    """Say whether six digits are a day in one of the last two centuries."""
    year, month, day = int(six[:2]), int(six[2:4]), int(six[4:])
    return is_date(1900 + year, month, day) or is_date(2000 + year, month, day)
