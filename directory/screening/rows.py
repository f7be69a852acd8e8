"""Rows of a table: each cell, and numbers that are divided over the cells of a row."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Final

from consent.identifiers.checks import (
    LIVING,
    born_on_a_day,
    is_full_date,
    is_of_century,
    resident_check_holds,
)
from consent.identifiers.rules import Rule
from consent.identifiers.screen import screen, screen_labelled
from directory.screening.headers import Header, header_of
from directory.screening.labels import RESIDENT, SECOND_HALF
from directory.screening.report import Found, Place

LENGTH: Final = 13
_FRONT: Final = re.compile(r"\d{6}")
_FULL_FRONT: Final = re.compile(r"\d{8}")
_DOTTED_FRONT: Final = re.compile(r"(\d{4}|\d{2})\D{1,3}(\d{1,2})\D{1,3}(\d{1,2})\D{0,2}")
_BACK: Final = re.compile(r"[1-8]\d{6}")
_MASKED_BACK: Final = re.compile(r"[1-8][*●○xX#]{3,6}")
_NOTHING: Final = re.compile(r"[\s\-–—_/.:]*")
# Chance makes one of ten check digits right: in a column of numbers that are registrations, most are.
_FEWEST_CHECKS: Final = 0.5
_MOST_REMEMBERED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as a workbook has it; `padded` says that its format shows a number with thirteen digits."""

    value: object
    padded: bool = False


@dataclass(slots=True)
class _Pair:
    """Two columns that look like the halves of registrations: how many rows, how many check digits, and where."""

    rows: int = 0
    checks: int = 0
    places: list[Found] = field(default_factory=list)


class RowScreen:
    """Screens one table row by row; `part` names the sheet."""

    def __init__(self, part: str | None = None) -> None:
        """Begin before the first row."""
        self._part = part
        self._header: Header | None = None
        self._pairs: dict[tuple[int, int], _Pair] = {}

    def row(self, number: int, cells: Sequence[Cell]) -> Iterator[Found]:
        """Give what is found in a row."""
        texts = [_text_of(cell.value) for cell in cells]
        if self._header is None and any(texts):
            self._header = header_of(texts)
        header = self._header or Header(())
        told = set()
        for column, (cell, text) in enumerate(zip(cells, texts, strict=True)):
            for found in self._cell(number, column, cell, text, header) if text else ():
                told.add(column)
                yield found
        yield from self._divided(number, cells, texts, header, told)
        yield from self._one_digit_a_cell(number, texts, header)

    def end(self) -> Iterator[Found]:
        """Give what only all the rows together show: columns that hold the halves of registrations."""
        for pair in self._pairs.values():
            if pair.checks >= pair.rows * _FEWEST_CHECKS:
                yield from pair.places

    def _cell(self, number: int, column: int, cell: Cell, text: str, header: Header) -> Iterator[Found]:
        named = header[column]
        findings = screen_labelled(named.label, text, field=named.kind)
        # A workbook drops the zeros before a number: those born since 2000 have a shorter one.
        short = not findings and isinstance(cell.value, int | float) and text.isdecimal() and len(text) < LENGTH
        if short and (cell.padded or RESIDENT.search(named.label)):
            findings = screen(text.zfill(LENGTH))
        for each in findings:
            yield Found(self._place(number, column, header, each.start, min(each.end, len(text))), each.rule)

    def _divided(
        self, number: int, cells: Sequence[Cell], texts: Sequence[str], header: Header, told: set[int]
    ) -> Iterator[Found]:
        """Find a date of birth in one cell and the other half in the next, which was not told by itself."""
        filled = [column for column, text in enumerate(texts) if text and not _NOTHING.fullmatch(text)]
        for front, back in pairwise(filled):
            masked = _MASKED_BACK.fullmatch(texts[back]) is not None
            seventh = texts[back][:1]
            if back in told or not (masked or _BACK.fullmatch(texts[back])):
                continue
            born = _born(cells[front].value, texts[front], seventh, header[front].is_birth)
            if born is None:
                continue
            found = Found(self._place(number, back, header, 0, len(texts[back])), Rule.U6 if masked else Rule.U3)
            if masked or _named(header, front, back):
                yield found
            else:
                self._remember(front, back, found, checks=resident_check_holds(born + texts[back]))

    def _remember(self, front: int, back: int, found: Found, *, checks: bool) -> None:
        pair = self._pairs.setdefault((front, back), _Pair())
        pair.rows += 1
        pair.checks += checks
        if len(pair.places) < _MOST_REMEMBERED:
            pair.places.append(found)

    def _one_digit_a_cell(self, number: int, texts: Sequence[str], header: Header) -> Iterator[Found]:
        """Find a number whose digits have a cell each, as forms have it."""
        single = [column for column, text in enumerate(texts) if len(text) == 1 and text.isdecimal()]
        for first in range(len(single) - LENGTH + 1):
            columns = single[first : first + LENGTH]
            between = [text for text in texts[columns[0] : columns[-1]] if len(text) != 1 or not text.isdecimal()]
            digits = "".join(texts[column] for column in columns)
            if all(_NOTHING.fullmatch(text) for text in between) and _is_resident(digits):
                yield Found(self._place(number, columns[0], header, 0, 1), Rule.U5)

    def _place(self, number: int, column: int, header: Header, start: int, end: int) -> Place:
        return Place(number, column_letter(column), header[column].shown, self._part, start, end)


def column_letter(column: int) -> str:
    """Return how a workbook calls a column, which is counted from 0 here."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _text_of(value: object) -> str:
    """Return a cell as it would be typed; days and times are none of what is looked for."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value).strip()


def _born(value: object, text: str, seventh: str, named: bool) -> str | None:  # noqa: FBT001 - a fact of the column.
    """Return the six digits of a cell that is a date of birth in the century of the seventh digit."""
    if isinstance(value, date):
        return f"{value:%y%m%d}" if is_of_century(value.year, seventh) else None
    if isinstance(value, int | float) and named and len(text) < 6:  # noqa: PLR2004 - zeros before it were dropped.
        text = text.zfill(6)
    if _FULL_FRONT.fullmatch(text) and is_full_date(text):
        return text[2:] if is_of_century(int(text[:4]), seventh) else None
    if dotted := _DOTTED_FRONT.fullmatch(text):
        year, month, day = dotted.groups()
        if len(year) == 4 and not is_of_century(int(year), seventh):  # noqa: PLR2004 - as people write a year.
            return None
        text = year[-2:] + month.zfill(2) + day.zfill(2)
    return text if _FRONT.fullmatch(text) and born_on_a_day(text + seventh) else None


def _named(header: Header, front: int, back: int) -> bool:
    """Say whether the columns' names say that they are the halves of a registration."""
    before, after = header[front].name, header[back].name
    one_for_both = not after and RESIDENT.search(before)
    return bool(RESIDENT.search(after) or SECOND_HALF.search(after) or one_for_both)


def _is_resident(digits: str) -> bool:
    return digits[6] in LIVING and born_on_a_day(digits) and resident_check_holds(digits)
