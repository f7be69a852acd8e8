"""Reading the csv tables that lie beside this module."""

import csv
from importlib import resources

from directory.reference.errors import ReferenceCode, ReferenceDataError


def read_table(name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Give the rows of the table `name` as text by column, in file order.

    Raises ReferenceDataError when the table or one of `columns` is missing, or a row is ragged.
    """
    source = resources.files("directory.reference").joinpath(name)
    if not source.is_file():
        raise ReferenceDataError(ReferenceCode.TABLE_MISSING, name)
    return parse_table(source.read_text(encoding="utf-8"), name, columns)


def parse_table(text: str, name: str, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Give the rows of a csv `text`; `name` is only for the error (see `read_table`)."""
    lines = csv.reader(text.splitlines())
    header = next(lines, [])
    missing = [column for column in columns if column not in header]
    if missing:
        raise ReferenceDataError(ReferenceCode.COLUMN_MISSING, f"{name}: {', '.join(missing)}")
    rows = []
    for line in lines:
        if len(line) != len(header):
            raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{name}, line {lines.line_num}")
        rows.append(dict(zip(header, line, strict=True)))
    return rows
