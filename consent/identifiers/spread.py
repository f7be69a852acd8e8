"""Registration numbers and licences whose digits are spread over separators, in groups of any size (U5, U7)."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import Final

from consent.identifiers.checks import LIVING, born_on_a_day, is_full_date, is_of_century, resident_check_holds
from consent.identifiers.keywords import near
from consent.identifiers.licences import LENGTH as LICENCE_LENGTH
from consent.identifiers.licences import REGIONS
from consent.identifiers.looks import Look
from consent.identifiers.numerals import ALIKE, HYPHEN_WORDS, NUMERAL, SEPARATOR, SPOKEN, WRITTEN, digits
from consent.identifiers.residents import LENGTH, is_plausible
from consent.identifiers.rules import Finding, Rule

_GROUP: Final = re.compile(f"{NUMERAL}+")
_GAP: Final = f"{SEPARATOR}{{0,8}}+(?:(?:{'|'.join(HYPHEN_WORDS)}){SEPARATOR}{{0,8}}+){{0,3}}+"
# Groups of digits between which there are separators alone, and enough of them for a licence.
_RUN: Final = re.compile(f"{NUMERAL}(?:{_GAP}{NUMERAL}){{{LICENCE_LENGTH - 1},}}+")
_WITH_CENTURY: Final = LENGTH + 2
_LENGTHS: Final = (LENGTH, _WITH_CENTURY, LICENCE_LENGTH)
_FEWEST_ENUMERATED: Final = 5
_MANY_GAPS: Final = 6
_FEWEST_SPOKEN: Final = 6
_MOST_ALIKE: Final = 8
_WRITTEN: Final = re.compile(f"[{WRITTEN}]")
_SPOKEN: Final = re.compile(f"[{SPOKEN}]")
_ALIKE: Final = re.compile(f"[{ALIKE}]")


@dataclass(frozen=True, slots=True)
class _Window:
    """Groups of one run that have the digits of a number together; `alone` says that the run has no others."""

    start: int
    end: int
    numerals: str
    groups: Sequence[str]
    alone: bool


def find_spread(look: Look) -> Iterator[Finding]:
    """Find registration numbers by their check digit, their name or many separators, and licences by their name."""
    for window in _windows(look.text):
        if _is_resident(window.numerals):
            finding = look.finding(window.start, window.end, Rule.U5)
            number = digits(window.numerals)[-LENGTH:]
            by_check = resident_check_holds(number) and not look.is_ordinary(window.start, window.end)
            scattered = window.alone and len(window.groups) > _MANY_GAPS
            if ((by_check or scattered) and not _is_enumeration(window)) or near(look.keywords.resident, finding):
                yield finding
        elif len(window.numerals) == LICENCE_LENGTH and digits(window.numerals[:2]) in REGIONS:
            finding = look.finding(window.start, window.end, Rule.U7)
            if near(look.keywords.licence, finding) and not look.is_ordinary(window.start, window.end):
                yield finding


def _windows(text: str) -> Iterator[_Window]:
    """Give every succession of whole groups whose numerals are as many as those of a number."""
    for run in _RUN.finditer(text):
        found = [*_GROUP.finditer(text, *run.span())]
        groups = [group[0] for group in found]
        numerals = "".join(groups)
        begins = [*accumulate(map(len, groups), initial=0)]
        ends = {place: number for number, place in enumerate(begins)}
        written = [*accumulate((_WRITTEN.search(group) is not None for group in groups), initial=0)]
        for first, begin in enumerate(begins):
            for length in _LENGTHS:
                last = ends.get(begin + length)
                if last is not None:
                    yield _Window(
                        found[first].start(),
                        found[last - 1].end(),
                        numerals[begin : begin + length],
                        groups[first:last],
                        alone=written[last] - written[first] == written[-1],
                    )


def _is_resident(numerals: str) -> bool:
    number = digits(numerals)
    if len(number) == _WITH_CENTURY:
        born = is_full_date(number[:8]) and is_of_century(int(number[:4]), number[8])
    else:
        born = len(number) == LENGTH and number[6] in LIVING and born_on_a_day(number)
    if not born:
        return False
    # Short words of look-alikes, and syllables that are numerals, stand in ordinary sentences.
    spoken = len(_SPOKEN.findall(numerals))
    sure = not spoken or (spoken >= _FEWEST_SPOKEN and is_plausible(numerals))
    return sure and len(_ALIKE.findall(numerals)) <= _MOST_ALIKE


def _is_enumeration(window: _Window) -> bool:
    """Say whether the groups count up by equal steps, as 9, 10, 11 does."""
    values = [int(digits(group)) for group in window.groups]
    steps = {after - before for before, after in pairwise(values)}
    return len(values) >= _FEWEST_ENUMERATED and len(steps) == 1
