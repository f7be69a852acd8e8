"""XLSX workbooks, read as a stream: every sheet, cell, formula, and the texts outside the cells."""

import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Any, BinaryIO, Final

import openpyxl

from consent.identifiers.screen import screen
from directory.screening.errors import FileUnusable
from directory.screening.report import Found, Place
from directory.screening.rows import Cell, RowScreen, column_letter
from directory.screening.workbook_parts import texts_of_parts

Step = tuple[int, list[Found]]
_WORKBOOK: Final = "xl/workbook"
_SHEETS: Final = "xl/worksheets/"
_STRINGS: Final = "sharedstrings.xml"
_MEBIBYTE: Final = 1 << 20
_MOST_PARTS: Final = 5_000
_MOST_UNPACKED: Final = 2_048 * _MEBIBYTE
# All strings are in memory at once while the rows pass by.
_MOST_STRINGS: Final = 256 * _MEBIBYTE
_ALWAYS_FINE: Final = 32 * _MEBIBYTE
_MOST_TIMES_PACKED: Final = 250
_LAST_ROW: Final = 1_048_576
_DIGITS_OF_FORMAT: Final = 13
_FORMULA: Final = b"<f"
_SLICE: Final = _MEBIBYTE
_BROKEN: Final = "The workbook is damaged or cut off: open it in a spreadsheet program and save it again."


def screen_workbook(file: BinaryIO) -> Iterator[Step]:
    """Give for each row how many cells it has, and what was found; raises FileUnusable for what is no whole workbook.

    What the libraries say is left out, since it quotes values.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with zipfile.ZipFile(file) as archive:
                _require_reasonable(archive)
                if _has_formulas(archive):
                    yield from _sheets(file, formulas=True)
                yield from _sheets(file, formulas=False)
                for part, text in texts_of_parts(archive):
                    yield 1, _in_part(part, text)
        except FileUnusable:
            raise
        except MemoryError:
            raise FileUnusable("The workbook is too large for this machine: divide it, or save it as CSV.") from None
        except Exception:  # noqa: BLE001 - openpyxl and zipfile raise whatever a broken file leads them to.
            raise FileUnusable(_BROKEN) from None


def _in_part(part: str, text: str) -> list[Found]:
    return [Found(Place(None, None, None, part, each.start, each.end), each.rule) for each in screen(text)]


def _require_reasonable(archive: zipfile.ZipFile) -> None:
    """Refuse what is no workbook, and what unpacks to so much that it was made for nothing else."""
    parts = archive.infolist()
    if not any(part.filename.startswith(_WORKBOOK) for part in parts):
        raise FileUnusable("The file is an archive, but no XLSX workbook: save the table as XLSX or CSV.")
    if any(part.flag_bits & 1 for part in parts):
        raise FileUnusable("The workbook is protected by a password: save it without one.")
    unpacked = sum(part.file_size for part in parts)
    packed = max(sum(part.compress_size for part in parts), 1)
    strings = sum(part.file_size for part in parts if part.filename.lower().endswith(_STRINGS))
    bomb = unpacked > _ALWAYS_FINE and unpacked > packed * _MOST_TIMES_PACKED
    if bomb or len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED or strings > _MOST_STRINGS:
        raise FileUnusable("The workbook unpacks to more than a table can be: divide it, or save it as CSV.")


def _has_formulas(archive: zipfile.ZipFile) -> bool:
    for part in archive.infolist():
        if part.filename.startswith(_SHEETS) and part.filename.endswith(".xml"):
            with archive.open(part) as sheet:
                before = b""
                while piece := sheet.read(_SLICE):
                    if _FORMULA in before + piece:
                        return True
                    before = piece[-1:]
    return False


def _sheets(file: BinaryIO, *, formulas: bool) -> Iterator[Step]:
    """Read every sheet: its values, or its formulas alone."""
    file.seek(0)
    with closing(openpyxl.load_workbook(file, read_only=True, data_only=not formulas, keep_links=False)) as workbook:
        for sheet in workbook.worksheets:
            # The size that a sheet says it has can be any, and empty cells would be made for it.
            sheet.reset_dimensions()
            title = sheet.title if not screen(sheet.title) else f"sheet {workbook.index(sheet) + 1}"
            yield from _formulas(sheet, title) if formulas else _rows(sheet, title)


def _rows(sheet: Any, title: str) -> Iterator[Step]:  # noqa: ANN401 - openpyxl's read-only sheet is untyped.
    rows = RowScreen(title)
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _LAST_ROW:
            raise FileUnusable(_BROKEN)
        cells = [Cell(cell.value, padded=_is_padded(cell)) for cell in row]
        yield sum(cell.value is not None for cell in cells), list(rows.row(number, cells))
    yield 0, list(rows.end())


def _formulas(sheet: Any, title: str) -> Iterator[Step]:  # noqa: ANN401 - the same.
    for number, row in enumerate(sheet.iter_rows(), 1):
        if number > _LAST_ROW:
            raise FileUnusable(_BROKEN)
        for column, cell in enumerate(row):
            if cell.data_type == "f":
                text = str(getattr(cell.value, "text", cell.value))
                place = (number, column_letter(column), None, f"{title}, formula")
                yield 0, [Found(Place(*place, each.start, each.end), each.rule) for each in screen(text)]


def _is_padded(cell: Any) -> bool:  # noqa: ANN401 - the same.
    """Say whether a number's format shows thirteen digits, as 000000-0000000 does."""
    return isinstance(cell.value, int | float) and str(cell.number_format).count("0") >= _DIGITS_OF_FORMAT
