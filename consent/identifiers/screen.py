"""The one screen: every string passes here before it is kept, answered, logged or looked up (P6, U9)."""

from collections.abc import Iterator
from typing import Final

from consent.identifiers.checks import LIVING, born_on_a_day, is_corporate, resident_check_holds
from consent.identifiers.keywords import Keywords
from consent.identifiers.licences import find_licences
from consent.identifiers.looks import Look
from consent.identifiers.masked import find_masked
from consent.identifiers.passports import find_passports
from consent.identifiers.quick import is_surely_clean
from consent.identifiers.readings import Reading, backwards, read, with_words
from consent.identifiers.residents import find_residents
from consent.identifiers.rules import FieldKind, Finding, Rule
from consent.identifiers.spread import find_spread

_CORPORATE: Final = 13
_AFTER_LABEL: Final = ": "


def is_clean(text: str, *, field: FieldKind = FieldKind.TEXT) -> bool:
    """Say whether a text holds no identifier; for most short texts in about a microsecond."""
    return is_surely_clean(text) or not screen(text, field=field)


def screen(text: str, *, field: FieldKind = FieldKind.TEXT) -> tuple[Finding, ...]:
    """Return where a text holds what looks like an identifier, in order, no two findings at one place (U1 to U8)."""
    return () if is_surely_clean(text) else screen_closely(text, field)


def screen_closely(text: str, field: FieldKind) -> tuple[Finding, ...]:
    """Return the same without the first look."""
    reading = read(text)
    if field is FieldKind.CORPORATE_NUMBER and (number := _thirteen_digits(reading)):
        return _in_corporate_field(number, text)
    found: list[Finding] = []
    taken = bytearray(len(text))
    for candidate in _candidates(text, reading):
        at_home = candidate.rule is Rule.U8 and field is FieldKind.EMAIL
        place = slice(candidate.start, candidate.end)
        if not at_home and not any(taken[place]):
            found.append(candidate)
            taken[place] = b"\1" * (candidate.end - candidate.start)
    return tuple(sorted(found))


def screen_labelled(label: str, text: str, *, field: FieldKind = FieldKind.TEXT) -> tuple[Finding, ...]:
    """Return what `screen` finds in a text that stands under a label, such as the name of a column.

    A label that says 면허번호 or 여권 tells what a number is that would not be known by its shape alone.
    """
    if field is FieldKind.CORPORATE_NUMBER or not label:
        return screen(text, field=field)
    before = len(label) + len(_AFTER_LABEL)
    whole = screen(f"{label}{_AFTER_LABEL}{text}", field=field)
    return tuple(
        Finding(max(each.start - before, 0), each.end - before, each.rule) for each in whole if each.end > before
    )


def _candidates(text: str, reading: Reading) -> Iterator[Finding]:
    readings = [reading, with_words(reading)]
    if (turned := backwards(text)) is not None:
        readings += [turned, with_words(turned)]
    keywords = Keywords(reading)
    for look in [Look(each, keywords) for each in readings if each is not None]:
        for find in (find_residents, find_masked, find_spread, find_licences, find_passports):
            yield from find(look)


def _thirteen_digits(reading: Reading) -> str | None:
    """Return the digits of a text that is one number of the length of a corporation's, None for any other."""
    number = "".join(character for character in reading.text if character not in " -")
    return number if len(number) == _CORPORATE and number.isascii() and number.isdecimal() else None


def _in_corporate_field(number: str, text: str) -> tuple[Finding, ...]:
    """Let a corporation's number pass by its own check digit; what can be a person's all the same does not pass."""
    person = number[6] in LIVING and born_on_a_day(number) and resident_check_holds(number)
    if (is_corporate(number) and not person) or not born_on_a_day(number):
        return ()
    return (Finding(0, len(text), Rule.U3),)
