"""Driver's licences: region, year, six digits and two, or the region by its Korean name (U7)."""

import re
from collections.abc import Iterator
from typing import Final

from consent.identifiers.keywords import near
from consent.identifiers.looks import Look
from consent.identifiers.numerals import NUMERAL, SEPARATOR, WRITTEN, digits
from consent.identifiers.residents import is_plausible
from consent.identifiers.rules import Finding, Rule

LENGTH: Final = 12
REGIONS: Final = frozenset(str(code) for code in range(11, 29))
_D: Final = NUMERAL
# Colons and plus signs stand between the parts of an instant.
_BETWEEN: Final = f"(?![:+]){SEPARATOR}"
_GAP: Final = f"(?:(?:{_BETWEEN}){{1,4}}|{SEPARATOR}{{0,3}}(?:다시|의){SEPARATOR}{{0,3}})"
_OPEN: Final = f"(?<![{WRITTEN}])"
_SHUT: Final = f"(?![{WRITTEN}])"
_SHAPE: Final = re.compile(f"(?=({_OPEN}({_D}{{2}}){_GAP}({_D}{{2}}){_GAP}({_D}{{6}}){_GAP}({_D}{{2}}){_SHUT}))")
_ONE_PIECE: Final = re.compile(f"(?=({_OPEN}({_D}{{12}}){_SHUT}))")
_NAMES: Final = (
    "서울|부산|경기북부|경기남부|경기|강원|충북|충남|전북|전남|경북|경남|제주|대구|인천|광주|대전|울산|세종"
    "|충청북|충청남|전라북|전라남|경상북|경상남"
)
_OLD_START: Final = f"(?:{_NAMES})(?:특별자치|특별|광역)?[시도]?{SEPARATOR}{{0,4}}(?:제{SEPARATOR}{{0,2}})?"
_OLD_SHAPE: Final = re.compile(f"({_OLD_START}({_D}{{2}}){_GAP}({_D}{{6}}){_GAP}({_D}{{2}}){_SHUT})")
_OLD_ONE_PIECE: Final = re.compile(f"({_OLD_START}{_D}(?:{SEPARATOR}{{0,3}}{_D}){{9}}{_SHUT})")


def find_licences(look: Look) -> Iterator[Finding]:
    """Find licences in their own shape, and without separators where a word says what the number is."""
    for found in _SHAPE.finditer(look.text):
        numerals = found[2] + found[3] + found[4] + found[5]
        if digits(found[2]) in REGIONS and is_plausible(numerals):
            yield look.finding(*found.span(1), Rule.U7)
    for found in _OLD_SHAPE.finditer(look.text):
        if is_plausible(found[2] + found[3] + found[4]):
            yield look.finding(*found.span(1), Rule.U7)
    for pattern in (_ONE_PIECE, _OLD_ONE_PIECE):
        for found in pattern.finditer(look.text):
            finding = look.finding(*found.span(1), Rule.U7)
            of_region = pattern is _OLD_ONE_PIECE or digits(found[2][:2]) in REGIONS
            if of_region and near(look.keywords.licence, finding):
                yield finding
