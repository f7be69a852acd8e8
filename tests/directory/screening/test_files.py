"""Text and CSV files: encodings, dialects, places, numbers that are divided, and what can't be read."""

import os
from pathlib import Path

import pytest

from directory.screening.files import screen_file, shown_name
from directory.screening.report import MOST_LISTED, Report
from directory.screening.rows import column_letter

NUMBER = "991231-3001230"
# The check digit of these is right.
HALVES = [("991231", "3001239"), ("991230", "3000002"), ("990101", "3000007")]


def screened(path: Path, content: str | bytes, encoding: str = "utf-8") -> Report:
    """Write a file and screen it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
    told: list[tuple[int, int]] = []
    report = screen_file(path, path.name, lambda done, total: told.append((done, total)))
    assert all(0 <= done <= total == path.stat().st_size for done, total in told)
    return report


def places(report: Report) -> list[tuple[str, str]]:
    """Give the places and the rules."""
    assert report.unusable is None, report.unusable
    assert report.found == len(report.listed)
    return [(str(found.place), found.rule.value) for found in report.listed]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949", "utf-16", "utf-32"])
def test_a_text_in_each_encoding(tmp_path: Path, encoding: str) -> None:
    """The line and the character are told, in whatever encoding the file is."""
    report = screened(tmp_path / "a.txt", f"안녕하세요\n담당 홍길동 {NUMBER}\n끝\n", encoding)
    assert places(report) == [("line 2, column 8", "U3")]
    assert (report.kind, report.texts) == ("text", 3)


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-16"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_a_table_in_each_dialect(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """The row, the column and its name, also behind a cell with line breaks in it."""
    rows = [
        ["성명", "전화", "비고"],
        ["홍길동", "010-0123-4567", '"여러\n줄 ""인용"""'],
        ["김", "02-120", f"번호 {NUMBER}"],
    ]
    text = "".join(delimiter.join(row) + "\r\n" for row in rows)
    report = screened(tmp_path / "a.csv", text, encoding)
    assert places(report) == [("row 3, column C (비고)", "U3")]
    assert (report.kind, report.texts) == ("table", 9)


def test_a_text_that_is_longer_than_what_is_read_at_once(tmp_path: Path) -> None:
    """Each place is told once, wherever the parts meet; also in one long line."""
    lines = [f"{'가나다 ' * (number % 7)}{NUMBER if number % 50 == 0 else '없음'}" for number in range(5_000)]
    expected = [(f"line {number + 1}, column {4 * (number % 7) + 1}", "U3") for number in range(0, 5_000, 50)]
    assert places(screened(tmp_path / "a.txt", "\n".join(lines))) == expected
    one = "나 " * 20_000 + NUMBER + " 다" * 20_000 + NUMBER
    assert places(screened(tmp_path / "b.txt", one)) == [("line 1, column 40001", "U3"), ("line 1, column 80015", "U3")]


@pytest.mark.parametrize("before", range(16_384 - 16, 16_384 + 2, 3))
def test_a_number_where_two_parts_meet(tmp_path: Path, before: int) -> None:
    """It is found as a whole, and once; so is one over the end of a line."""
    for number in (NUMBER, "991231-\n3001230"):
        report = screened(tmp_path / "a.txt", "가" * before + number + "\n나" * 9_000)
        assert places(report) == [(f"line 1, column {before + 1}", "U3")]


def test_the_word_before_a_number_is_seen_over_parts(tmp_path: Path) -> None:
    """Where the word that names a licence was read with the part before."""
    report = screened(tmp_path / "a.txt", "가" * (16_384 - 260) + " 면허번호 " + " " * 4 + "119900000000" + "나" * 300)
    assert [rule for _, rule in places(report)] == ["U7"]


@pytest.mark.parametrize("header", ["생년월일,뒷자리", "주민등록번호,", "앞자리,주민번호 뒤", "birth,resident number"])
@pytest.mark.parametrize("birth", ["991231", "20991231", "99.12.31", "2099-12-31", "2099. 12. 31."])
def test_halves_in_two_columns(tmp_path: Path, header: str, birth: str) -> None:
    """A date of birth and the second half beside it, where the names of the columns say so (U6)."""
    report = screened(tmp_path / "a.csv", f"성명,{header}\n홍길동,{birth},3001230\n")
    ((place, _),) = places(report)
    assert place.startswith("row 2, column C")


def test_halves_in_two_columns_without_names(tmp_path: Path) -> None:
    """Where most check digits are right, the columns are halves: every row is told, also one where it is wrong."""
    rows = [f"김,{front},,{back}" for front, back in HALVES] + ["이,991231,-,3001230", "박,,,"]
    report = screened(tmp_path / "a.csv", "\n".join(rows))
    assert places(report) == [(f"row {number}, column D", "U3") for number in range(1, 5)]


def test_a_day_and_an_amount_are_no_halves(tmp_path: Path) -> None:
    """Where a check digit is right by chance alone, nothing is told."""
    rows = [f"김,9912{number % 28 + 1:02d},{1_000_000 + number * 7919}" for number in range(200)]
    assert places(screened(tmp_path / "a.csv", "성명,날짜,금액\n" + "\n".join(rows))) == []
    others = ["19991231,3001239", "1999-12-31,3001239", "20990230,3001239", "991331,3001239", "abc,3001239"]
    assert places(screened(tmp_path / "b.csv", "생년월일,뒷자리값\n" + "\n".join(others[:1]))) != []
    assert places(screened(tmp_path / "c.csv", "날짜,번호\n" + "\n".join(others))) == []


def test_many_rows_of_halves(tmp_path: Path) -> None:
    """So many are remembered until the end."""
    report = screened(tmp_path / "a.csv", "991231,3001239\n" * 1_100)
    assert report.found == 1_000


def test_a_dialect_that_can_not_be_told(tmp_path: Path) -> None:
    """One column, and a sample that is no CSV by one of the signs."""
    assert places(screened(tmp_path / "a.csv", f"{NUMBER}\n")) == [("row 1, column A", "U3")]
    assert screened(tmp_path / "b.csv", 'a,"' + "b\n" * 70_000).texts > 0


def test_a_masked_half_beside_a_date(tmp_path: Path) -> None:
    """The tail is masked, and still it was one (U6)."""
    assert places(screened(tmp_path / "a.csv", "홍길동,991231,3******\n")) == [("row 1, column C", "U6")]


def test_one_digit_a_cell(tmp_path: Path) -> None:
    """As forms have it; in a survey of thirteen questions the check digit is wrong nine times of ten (U5)."""
    for cells in ("9,9,1,2,3,1,3,0,0,1,2,3,9", "9,9,1,2,3,1,-,3,0,0,1,2,3,9"):
        assert places(screened(tmp_path / "a.csv", f"홍길동,{cells}\n")) == [("row 1, column B", "U5")]
    assert places(screened(tmp_path / "a.csv", "홍길동,9,9,1,2,3,1,3,0,0,1,2,3,0\n")) == []
    assert places(screened(tmp_path / "a.csv", "홍길동,9,9,1,2,3,1,a,3,0,0,1,2,3,9\n")) == []


def test_columns_that_say_what_is_under_them(tmp_path: Path) -> None:
    """A licence in one piece, a corporate number, a mailbox: told or let through by the column's name."""
    text = "성명,면허번호,법인등록번호,이메일 아이디,비고\n홍길동,119900000000,110111-0000010,s20231234,\n"
    assert places(screened(tmp_path / "a.csv", text)) == [("row 2, column B (면허번호)", "U7")]
    elsewhere = "성명,비고,메모,기타,참고\n홍길동,119900000000,110111-0000010,s20231234,\n"
    assert [rule for _, rule in places(screened(tmp_path / "a.csv", elsewhere))] == ["U3", "U8"]


def test_a_first_row_that_is_none_of_names(tmp_path: Path) -> None:
    """Nobody's name is shown as a column's; neither is a name that is too long or is an identifier itself."""
    for text in (f"홍길동,{NUMBER}\n", f"홍길동,서울\n김,{NUMBER}\n"):
        assert all("(" not in place for place, _ in places(screened(tmp_path / "a.csv", text)))
    header = f"성명,비고 {'가' * 40},주민 M00000000\n김,{NUMBER},{NUMBER}\n"
    assert [place for place, _ in places(screened(tmp_path / "a.csv", header))] == [
        *("row 1, column C", "row 2, column B", "row 2, column C"),
    ]


def test_a_long_list_is_cut(tmp_path: Path) -> None:
    """So many are listed, and all are counted."""
    report = screened(tmp_path / "a.csv", f"{NUMBER}\n" * (MOST_LISTED + 5))
    assert (len(report.listed), report.found) == (MOST_LISTED, MOST_LISTED + 5)
    assert report.described()["not_listed"] == 5


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("empty.csv", b"", "empty"),
        ("image.png", b"\x89PNG\r\n\x1a\n\x00\x00", "neither text"),
        ("none.txt", b"\xff\xfe\xfa\x00\xd8", "encoding changes"),
        ("bytes.txt", b"\x81\x20\xff\xff", "neither text"),
        ("old.xls", b"\xd0\xcf\x11\xe0\xa1\xb1", "old or a protected"),
        ("paper.pdf", b"%PDF-1.7", "PDF"),
        ("quote.csv", b'a,"' + b"b" * 1_100_000, "quotation mark"),
    ],
)
def test_a_file_that_can_not_be_read(tmp_path: Path, name: str, content: bytes, words: str) -> None:
    """A sentence says why and how to mend it, and nothing is said of what it holds."""
    report = screened(tmp_path / name, content)
    assert report.unusable is not None
    assert words in report.unusable
    assert report.unusable.endswith(".")


def test_what_is_no_file(tmp_path: Path) -> None:
    """A folder, a pipe, nothing, and what nobody may read."""
    os.mkfifo(tmp_path / "pipe")
    for path, words in ((tmp_path, "folder"), (tmp_path / "pipe", "regular"), (tmp_path / "nothing", "No such file")):
        report = screen_file(path, path.name, lambda *_: None)
        assert report.unusable is not None
        assert words in report.unusable


def test_a_files_name_is_screened(tmp_path: Path) -> None:
    """It is told as a finding, and a number is shown in its place."""
    path = tmp_path / f"홍길동 {NUMBER}.txt"
    report = screened(path, "안녕")
    assert places(report) == [("the file's name", "U3")]
    assert shown_name(path, 3) == "file 3"
    assert shown_name(tmp_path / "a.txt", 3) == str(tmp_path / "a.txt")


@pytest.mark.parametrize(("column", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_are_called_as_in_a_workbook(column: int, letters: str) -> None:
    """Letters, as people see them there."""
    assert column_letter(column) == letters


def test_halves_under_a_column_that_is_called_the_back(tmp_path: Path) -> None:
    """U5: since 2020 no check digit tells; the name of the column does, however short it is."""
    report = screened(tmp_path / "a.csv", "이름,앞,뒤\n홍길동,991231,1001230\n김,900101,2345678\n")
    assert places(report) == [("row 2, column C (뒤)", "U3"), ("row 3, column C (뒤)", "U3")]
