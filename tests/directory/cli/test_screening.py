"""`civic screen` on real files, and a command line that repeats no identifier."""

import json
import signal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import Result

from directory.cli import screening
from tests.directory.cli.conftest import Run

NUMBER = "991231-3001230"
PARTS = ("991231", "3001230", "00000000")


@pytest.fixture
def roster(tmp_path: Path) -> Path:
    """Give a table as a Korean office saves it, with two findings."""
    path = tmp_path / "명단.csv"
    text = f"성명,전화,비고\r\n홍길동,010-0123-4567,{NUMBER}\r\n김,02-120,면허 11-99-000000-00\r\n"
    path.write_bytes(text.encode("cp949"))
    return path


@pytest.fixture
def clean(tmp_path: Path) -> Path:
    """Give a workbook in which nothing is to be found."""
    path = tmp_path / "clean.xlsx"
    book = openpyxl.Workbook()
    assert book.active is not None
    book.active.append(["성명", "전화"])
    book.active.append(["홍길동", "010-0123-4567"])
    book.save(path)
    return path


def check(result: Result, status: int) -> None:
    """Verify the status, and that no identifier was repeated."""
    assert result.exit_code == status, result.output
    assert not [part for part in PARTS if part in result.output]


def test_what_is_found_is_told(alone: Run, roster: Path, clean: Path) -> None:
    """Place, rule and words of each, in Korean and English, and what to do; it ends with 1."""
    result = alone("screen", str(roster), str(clean))
    check(result, 1)
    first, second, sums, nothing = result.stdout.splitlines()
    assert first.startswith(f"{roster}: row 2, column C (비고): U3 주민등록번호")
    assert second.startswith(f"{roster}: row 3, column C (비고): U7 운전면허번호")
    assert sums == f"{roster}: 2 found in 9 cells. Leave it out; nothing in the directory needs it."
    assert nothing.startswith(f"{clean}: nothing found in ")
    assert result.stderr == ""


def test_nothing_is_found(alone: Run, clean: Path, tmp_path: Path) -> None:
    """It ends with 0, needs no directory, and leaves nothing behind."""
    before = sorted(tmp_path.iterdir())
    check(alone("screen", str(clean)), 0)
    assert sorted(tmp_path.iterdir()) == before


def test_for_a_program(alone: Run, roster: Path, clean: Path) -> None:
    """As JSON, with every place."""
    result = alone("screen", "--json", str(roster), str(clean))
    check(result, 1)
    answer: dict[str, Any] = json.loads(result.stdout)
    assert answer["found"] == 2
    assert [file["file"] for file in answer["files"]] == [str(roster), str(clean)]
    assert answer["files"][0]["findings"][0] == {
        "row": 2,
        "column": "C",
        "header": "비고",
        "start": 0,
        "end": 14,
        "rule": "U3",
        "what": "A resident or alien registration number: a date, and seven digits.",
        "what_ko": "주민등록번호 또는 외국인등록번호",
    }
    assert answer["files"][1]["findings"] == []
    assert {file["unusable"] for file in answer["files"]} == {None}


def test_a_file_that_can_not_be_read(alone: Run, roster: Path, tmp_path: Path) -> None:
    """It ends with 2 and a sentence, and the other files are screened all the same."""
    (tmp_path / "empty.csv").touch()
    result = alone("screen", str(tmp_path / "empty.csv"), str(tmp_path / "nothing.csv"), str(tmp_path), str(roster))
    check(result, 2)
    assert "2 found" in result.stdout
    empty, nothing, folder = result.stderr.splitlines()
    assert empty == f"civic: {tmp_path / 'empty.csv'}: The file is empty."
    assert nothing.endswith("The file can't be read: No such file or directory.")
    assert folder.endswith("This is a folder: name the files in it.")
    for file in json.loads(alone("screen", "--json", str(tmp_path)).stdout)["files"]:
        assert file["unusable"] == "This is a folder: name the files in it."


def test_a_long_list_is_cut(alone: Run, tmp_path: Path) -> None:
    """The first thousand places are listed, and the rest is counted."""
    path = tmp_path / "a.txt"
    path.write_text(f"{NUMBER}\n" * 1_200, encoding="utf-8")
    result = alone("screen", str(path))
    check(result, 1)
    assert len(result.stdout.splitlines()) == 1_002
    assert "and 200 more." in result.stdout
    assert "1,200 found in 1,200 lines." in result.stdout


def test_a_files_name_is_not_repeated(alone: Run, tmp_path: Path) -> None:
    """Where it is an identifier itself, the file is called by its number, whether it is there or not."""
    path = tmp_path / f"홍길동 {NUMBER}.txt"
    path.write_text("안녕", encoding="utf-8")
    result = alone("screen", str(path))
    check(result, 1)
    assert result.stdout.startswith("file 1: the file's name: U3")
    check(alone("screen", str(tmp_path / "M00000000.txt")), 2)


def test_it_can_be_stopped(alone: Run, roster: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """By Ctrl-C and by SIGTERM, with 130; what heard SIGTERM before hears it again."""
    before = signal.getsignal(signal.SIGTERM)

    def stopped(*_: object) -> None:
        signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(screening, "screen_file", stopped)
    result = alone("screen", str(roster))
    assert (result.exit_code, result.stderr) == (130, "Stopped; the rest was not screened.\n")
    assert signal.getsignal(signal.SIGTERM) is before


@pytest.mark.parametrize(
    "arguments",
    [
        (NUMBER,),
        (f"--{NUMBER}",),
        ("screen", f"--{NUMBER}"),
        ("key", NUMBER),
        ("key", "revoke", "a", NUMBER),
        ("key", "issue", "--actor", "desk", "--department", "bureau-audit", "--kind", NUMBER),
        ("key", "issue", "--actor", "desk", "--department", "bureau-audit", "--days", "9912313001230"),
        ("load", "--people", NUMBER),
        ("load", "--seed", "9912313001230"),
    ],
)
def test_a_wrong_argument_is_not_repeated(alone: Run, arguments: tuple[str, ...]) -> None:
    """The command says how it is called, and not with what it was."""
    result = alone(*arguments)
    check(result, 2)
    assert "Usage: civic" in result.stderr
    assert "it holds an identifier" in result.stderr


def test_other_wrong_arguments_are_told(alone: Run) -> None:
    """A slip of the keyboard is shown as ever."""
    result = alone("sreen")
    check(result, 2)
    assert "sreen" in result.stderr


@pytest.mark.parametrize(
    ("option", "value"),
    [("--label", f"홍길동 {NUMBER}"), ("--label", "여권 M00000000"), ("--actor", "desk-9912313001230")],
)
def test_a_key_is_issued_with_no_identifier(alone: Run, tmp_path: Path, option: str, value: str) -> None:
    """Neither its label nor its actor may hold one; it is said before anything is started."""
    options = {"--actor": "desk", "--department": "bureau-audit", "--purpose": "CITY_NEWS", option: value}
    result = alone("key", "issue", *(word for pair in options.items() for word in pair))
    check(result, 2)
    assert f"Invalid value for '{option}': holds a number that identifies a person" in result.stderr
    assert not (tmp_path / "data").exists()
