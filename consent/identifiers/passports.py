"""Passports: a letter and eight digits, since 2021 three digits, a letter and four (U8)."""

import re
from collections.abc import Iterator
from typing import Final

from consent.identifiers.checks import is_full_date
from consent.identifiers.keywords import near
from consent.identifiers.looks import Look
from consent.identifiers.numerals import BLANK, SPOKEN, WRITTEN
from consent.identifiers.rules import Finding, Rule

LETTER: Final = "[MSRODmsrod]"
# What looks like a digit is read as one here, since a passport has too few numerals for a run of them.
_D: Final = f"[{WRITTEN}{SPOKEN}OoIl]"
_IN: Final = r"[\s._·-]{0,3}"
_SHUT: Final = f"(?![{WRITTEN}])"
_OLD: Final = re.compile(f"(?=({LETTER}({_D}{{8}}){_SHUT}))")
_OLD_APART: Final = re.compile(f"(?=({LETTER}{_IN}({_D}(?:{_IN}{_D}){{7}}){_SHUT}))")
_NEW: Final = re.compile(
    f"(?=({LETTER}{_IN}({_D}{_IN}{_D}{_IN}{_D}){_IN}[A-Za-z]{_IN}({_D}(?:{_IN}{_D}){{3}})(?![{WRITTEN}A-Za-z])))"
)
# The second line of what a machine reads: the number, its check digit, the state.
_MACHINE: Final = re.compile(f"{LETTER}(?:{_D}{{8}}|{_D}{{3}}[A-Z]{_D}{{4}})[{WRITTEN}<]KOR")
_DIGIT: Final = re.compile(f"[{WRITTEN}{SPOKEN}]")
# Letters that look like digits count where no gap divides them into words.
_FEWEST: Final = 5
_OLD_DIGITS: Final = 8
_NEW_DIGITS: Final = 7
_LENGTH: Final = 9
_ADDRESS: Final = re.compile(r"[\w.+-]{1,64}@[\w-]+(?:\.[\w-]+)+")
_WORD: Final = re.compile(f"[{WRITTEN}A-Za-z]")


def find_passports(look: Look) -> Iterator[Finding]:
    """Find passports, old and new, also spaced; in an e-mail address such a name of a mailbox is common."""
    text = _ADDRESS.sub(lambda found: BLANK * len(found[0]), look.text) if "@" in look.text else look.text
    for found in _OLD.finditer(text):
        if _DIGIT.search(found[2]):
            yield from _kept(look, found)
    for found in _OLD_APART.finditer(text):
        if _is_apart(look, found) or near(look.keywords.passport, look.finding(*found.span(1), Rule.U8)):
            yield from _kept(look, found)
    for found in _NEW.finditer(text):
        fewest = _NEW_DIGITS if len(found[1]) > _LENGTH else _FEWEST
        if len(_DIGIT.findall(found[2] + found[3])) >= fewest:
            yield from _kept(look, found)
    for found in _MACHINE.finditer(text):
        yield look.finding(*found.span(), Rule.U8)


def _is_apart(look: Look, found: re.Match[str]) -> bool:
    """Say whether a letter and digits with gaps between them are not another thing that has a letter before it.

    The letter may be the sex before a date of birth, or M for mobile.
    """
    dated = found[2].isdecimal() and is_full_date(found[2])
    return len(_DIGIT.findall(found[2])) == _OLD_DIGITS and not dated and not look.is_ordinary(*found.span(2))


def _kept(look: Look, found: re.Match[str]) -> Iterator[Finding]:
    """Give the finding where its letter begins a word, or a word says what it is."""
    finding = look.finding(*found.span(1), Rule.U8)
    begins = found.start() == 0 or not _WORD.match(look.text[found.start() - 1])
    if begins or near(look.keywords.passport, finding):
        yield finding
