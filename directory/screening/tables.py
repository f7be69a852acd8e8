"""CSV files: which sign divides the cells, and their rows as a stream."""

import csv
from collections.abc import Iterator
from typing import Final, TextIO

from directory.screening.errors import FileUnusable
from directory.screening.report import Found
from directory.screening.rows import Cell, RowScreen

_SAMPLE: Final = 65_536
_DELIMITERS: Final = ",;\t|"
# A cell that is longer than this was never closed.
_LONGEST_CELL: Final = 1 << 20


def delimiter_of(sample: str) -> str:
    """Return the sign that divides most lines alike, a comma where none does."""
    best, most = ",", 0
    for delimiter in _DELIMITERS:
        try:
            widths = [len(row) for row in csv.reader(sample.splitlines(keepends=True)[:50], delimiter=delimiter)]
        except csv.Error:
            continue
        common = max(set(widths), key=widths.count, default=1)
        score = widths.count(common) * (common - 1)
        if score > most:
            best, most = delimiter, score
    return best


def screen_table(text: TextIO) -> Iterator[tuple[int, list[Found]]]:
    """Give for each row how many cells it has, and what was found in it; raises FileUnusable for broken quotes."""
    sample = text.read(_SAMPLE)
    text.seek(0)
    delimiter = delimiter_of(sample)
    csv.field_size_limit(_LONGEST_CELL)
    screen = RowScreen()
    try:
        for number, row in enumerate(csv.reader(text, delimiter=delimiter), 1):
            yield len(row), list(screen.row(number, [Cell(text) for text in row]))
    except csv.Error:
        raise FileUnusable(
            "The file is no CSV: a quotation mark is opened and never closed, or a cell is longer than a million signs."
        ) from None
    yield 0, list(screen.end())
