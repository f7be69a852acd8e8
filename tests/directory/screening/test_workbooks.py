"""XLSX workbooks: cells of every kind, formulas, other sheets, texts outside the cells, and what can't be read."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.hyperlink import Hyperlink

from directory.screening import workbooks
from directory.screening.files import screen_file
from directory.screening.report import Report

NUMBER = "991231-3001230"


@pytest.fixture
def book() -> openpyxl.Workbook:
    """Give a workbook with a sheet that names its columns."""
    made = openpyxl.Workbook()
    assert made.active is not None
    made.active.title = "명단"
    made.active.append(["성명", "생년월일", "뒷자리", "전화", "비고"])
    return made


def screened(tmp_path: Path, made: openpyxl.Workbook | bytes) -> Report:
    """Save a workbook and screen it; nothing else may be left in its folder."""
    path = tmp_path / "a.xlsx"
    if isinstance(made, bytes):
        path.write_bytes(made)
    else:
        made.save(path)
    report = screen_file(path, path.name, lambda *_: None)
    assert [each.name for each in tmp_path.iterdir()] == ["a.xlsx"]
    return report


def places(report: Report) -> list[str]:
    """Give the places."""
    assert report.unusable is None, report.unusable
    assert report.kind == "workbook"
    return [str(found.place) for found in report.listed]


def test_a_clean_workbook(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """Names, dates, telephone numbers, amounts, empty rows and truth values are nothing to tell."""
    assert book.active is not None
    book.active.append(["홍길동", date(1999, 12, 31), None, "010-0123-4567", True])
    book.active.append([])
    book.active.append(["김", datetime(1999, 12, 31, 10, 30), 1.5, 1001234567, "=1+1"])  # noqa: DTZ001 - as a cell has it.
    report = screened(tmp_path, book)
    assert places(report) == []
    assert report.texts > 5


def test_cells_of_every_kind(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """Texts, numbers with their zeros and without, dates with the half beside them, on every sheet."""
    sheet = book.active
    assert sheet is not None
    sheet.append(["홍길동", None, None, None, f"번호는 {NUMBER}"])
    sheet.append(["홍길동", 9912313001230])
    sheet.append(["홍길동", 9912313001230.0])
    # Somebody of 2000, without the zeros before: only the format says that it has thirteen digits.
    sheet.append(["홍길동", 1013001239])
    sheet.append(["홍길동", None, 1013001239])
    sheet["C6"].number_format = "000000-0000000"
    sheet.append(["홍길동", date(2099, 12, 31), 3001230])
    sheet.append(["홍길동", 10203, 3001230])
    other = book.create_sheet("다른 것")
    other["XFD1000"] = NUMBER
    assert places(screened(tmp_path, book)) == [
        "명단, row 2, column E (비고)",
        "명단, row 3, column B (생년월일)",
        "명단, row 4, column B (생년월일)",
        "명단, row 6, column C (뒷자리)",
        "명단, row 7, column C (뒷자리)",
        "명단, row 8, column C (뒷자리)",
        "다른 것, row 1000, column XFD",
    ]


def test_halves_beside_a_date_of_another_century(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """They are no halves of one number, unless the column's name says what they are."""
    sheet = book.active
    assert sheet is not None
    sheet["C1"] = "금액"
    sheet.append(["홍길동", date(1999, 12, 31), 3001230])
    sheet.append(["홍길동", 991231, 9001230])
    assert places(screened(tmp_path, book)) == []


def test_strings_that_cells_share(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """Spreadsheet programs keep texts apart from the cells, some of them in runs of letters that look alike."""
    assert book.active is not None
    book.active["E2"] = 1
    runs = "<si><r><t>번호 991231</t></r><r><t>-3001230</t></r></si>"
    content = with_strings(book, f"<si><t>나</t></si>{runs}")
    assert places(screened(tmp_path, content)) == ["명단, row 2, column E (비고)"]


def test_formulas(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """What a formula puts together is told as it stands in it."""
    assert book.active is not None
    book.active["E9"] = '="991231"&"-3001230"'
    book.active["E10"] = "=SUM(A1:A9)"
    assert places(screened(tmp_path, book)) == ["명단, formula, row 9, column E"]


def test_texts_outside_the_cells(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """Comments, links, hints, headings, names, properties, and a sheet whose name is one is called by its number."""
    sheet = book.active
    assert sheet is not None
    sheet["A2"].comment = Comment(f"확인 {NUMBER}", "담당자")
    sheet["A3"].hyperlink = Hyperlink(ref="A3", location="A1", tooltip=f"여권 M00000000 & {NUMBER}")
    hint = DataValidation(type="list", formula1='"a,b"', prompt=NUMBER)
    hint.add("A4")
    sheet.add_data_validation(hint)
    sheet.oddHeader.center.text = NUMBER
    book.properties.title = NUMBER
    book.create_sheet(f"시트 {NUMBER}")["A1"] = NUMBER
    found = places(screened(tmp_path, book))
    assert found.count("headings, links and hints of a sheet") == 4
    for part in ("comments", "names of sheets and cells", "properties of the file", "sheet 2, row 1, column A"):
        assert part in found
    assert not any(NUMBER in place for place in found)


def test_a_text_in_runs(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """A comment whose letters change their form in its midst is read as a whole."""
    runs = "<t>확인 991231</t></r><r><t>-3001230</t>"
    content = with_part(
        saved(book), "xl/comments/comment1.xml", f"<comments><comment><r>{runs}</r></comment></comments>"
    )
    assert places(screened(tmp_path, content)) == ["comments"]


def test_a_sheet_without_cells(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """Its heading is read all the same; and one that ends early is no reason to stop."""
    sheet = f"<worksheet><x:sheetData /><headerFooter><oddHeader>{NUMBER}</oddHeader></headerFooter></worksheet>"
    content = with_part(saved(book), "xl/worksheets/sheet9.xml", sheet)
    content = with_part(content, "xl/worksheets/sheet10.xml", "<worksheet></worksheet>")
    assert places(screened(tmp_path, content)) == ["headings, links and hints of a sheet"]


def test_the_size_that_a_sheet_says_it_has(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """No cells are made up for it."""
    content = saved(book)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert '<dimension ref="A1:E1"' in sheet
    report = screened(tmp_path, with_part(content, "xl/worksheets/sheet1.xml", sheet.replace("A1:E1", "A1:XFD1048576")))
    assert places(report) == []
    assert report.texts < 50


def test_rows_behind_the_last_one(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """A row with a number that no sheet has is damage."""
    rows = '<row r="99999999999"><c r="A1"><v>1</v></c></row>'
    sheet = f'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{rows}</sheetData></worksheet>'
    content = with_part(saved(book), "xl/worksheets/sheet1.xml", sheet)
    assert unusable(screened(tmp_path, content)) == "damaged"


@pytest.mark.parametrize(
    ("change", "word"),
    [
        (lambda content: content[: len(content) // 2], "damaged"),
        (lambda content: content[:4] + b"\x00" * 100, "damaged"),
        (lambda content: with_part(content, "xl/workbook.xml", "<workbook>"), "damaged"),
        (lambda content: with_part(content, "docProps/core.xml", '<!DOCTYPE a SYSTEM "a"><a/>'), "damaged"),
        (lambda _: archive_of({"a.txt": "b"}), "no XLSX"),
        (lambda _: archive_of({"xl/workbook.xml": "", "xl/a.xml": "0" * 40_000_000}), "unpacks"),
    ],
)
def test_a_workbook_that_can_not_be_read(  # type: ignore[no-untyped-def]
    tmp_path: Path,
    book: openpyxl.Workbook,
    change,  # noqa: ANN001 - of bytes, to bytes.
    word: str,
) -> None:
    """Cut off, damaged, with a document type, another archive, a bomb: a sentence, and nothing of what it holds."""
    assert book.active is not None
    book.active["A2"] = NUMBER
    assert unusable(screened(tmp_path, change(saved(book)))) == word


def test_a_workbook_with_a_password(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """An archive says of each part whether it is protected."""
    content = bytearray(saved(book))
    at = content.rfind(b"PK\x01\x02")
    content[at + 8] |= 1
    assert unusable(screened(tmp_path, bytes(content))) == "password"


def test_more_strings_than_there_is_memory(
    tmp_path: Path, book: openpyxl.Workbook, monkeypatch: pytest.MonkeyPatch
) -> None:
    """They would all be held at once: it is said before they are read, and where the memory ends nevertheless."""
    monkeypatch.setattr(workbooks, "_MOST_STRINGS", 10)
    assert unusable(screened(tmp_path, with_strings(book, "<si><t>나</t></si>"))) == "unpacks"
    monkeypatch.undo()

    def without_memory(*_: object, **__: object) -> None:
        raise MemoryError

    monkeypatch.setattr(openpyxl, "load_workbook", without_memory)
    assert unusable(screened(tmp_path, book)) == "too large"


def test_what_the_library_says_is_not_repeated(tmp_path: Path, book: openpyxl.Workbook) -> None:
    """Its warnings quote values, as of a number that is no date: they are not shown."""
    assert book.active is not None
    book.active["A2"] = 9912313001230
    book.active["A2"].number_format = "yyyy-mm-dd"
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        screened(tmp_path, book)
    assert said == []


def unusable(report: Report) -> str | None:
    """Give the word by which the sentences are told apart."""
    words = ("damaged", "no XLSX", "unpacks", "password", "too large")
    return next((word for word in words if word in (report.unusable or "")), None)


def saved(book: openpyxl.Workbook) -> bytes:
    """Give the bytes of a workbook."""
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def parts_of(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Give the parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in archive.namelist():
            yield name, archive.read(name)


def archive_of(parts: dict[str, str | bytes]) -> bytes:
    """Make an archive."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    return content.getvalue()


def with_strings(book: openpyxl.Workbook, strings: str) -> bytes:
    """Give a workbook with strings that are kept apart; every number of its cells is the number of a string."""
    parts = {name: part.decode() for name, part in parts_of(saved(book))}
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
    override = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types, sheet = "[Content_Types].xml", "xl/worksheets/sheet1.xml"
    return archive_of(
        {
            **parts,
            types: parts[types].replace("</Types>", override),
            sheet: parts[sheet].replace('t="n"', 't="s"'),
            "xl/sharedStrings.xml": f'<sst xmlns="{space}">{strings}</sst>',
        }
    )


def with_part(content: bytes, name: str, part: str) -> bytes:
    """Put a part into a workbook, in the place of the one of that name."""
    return archive_of({**dict(parts_of(content)), name: part})
