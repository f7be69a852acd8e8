"""`civic notice`: reading, checking and publishing notices, with everything that hinders it told at once."""

import json
from pathlib import Path

import pytest

from consent.notices import content_hash
from directory.notices.book import FOLDER, load_book
from tests.directory.cli.conftest import Run
from tests.directory.notices.conftest import draft, folder

__all__ = ["draft", "folder"]
BOOK = load_book()


@pytest.fixture
def file(tmp_path_factory: pytest.TempPathFactory, draft: str) -> Path:
    """Write the draft of a successor."""
    path = tmp_path_factory.mktemp("drafts") / "draft.toml"
    path.write_text(draft, encoding="utf-8")
    return path


def test_the_list(alone: Run) -> None:
    """Every notice with its hash, and one purpose's alone."""
    result = alone("notice", "list")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert [line.split()[0] for line in lines] == [notice.id for notice in BOOK.notices]
    assert all("in force" in line for line in lines)
    only = alone("notice", "list", "--purpose", "ENROLMENT").stdout.splitlines()
    assert [line.split()[0] for line in only] == ["enrolment/1"]


def test_the_list_as_json(alone: Run) -> None:
    """With everything that is hashed."""
    listed = json.loads(alone("notice", "list", "--json").stdout)
    assert [each["sha256"] for each in listed] == [BOOK.hash_of(notice) for notice in BOOK.notices]
    assert all(each["in_force"] for each in listed)


@pytest.mark.parametrize(("language", "words"), [("ko", "무엇에 쓰나요"), ("en", "What it is used for")])
def test_a_notice_as_text(alone: Run, language: str, words: str) -> None:
    """In the language that is asked for, Korean without."""
    result = alone("notice", "show", "city-news/1", "--language", language)
    assert result.exit_code == 0
    assert words in result.stdout
    assert (alone("notice", "show", "city-news/1").stdout == result.stdout) is (language == "ko")


def test_a_notice_as_json(alone: Run) -> None:
    """Its content."""
    shown = json.loads(alone("notice", "show", "enrolment/1", "--format", "json").stdout)
    assert shown["id"] == "enrolment/1"
    assert shown["title"]["ko"] == "동의를 여쭈려고 연락드려도 될까요?"


def test_a_notice_that_is_not_there(alone: Run) -> None:
    """It says where they are listed, and not what was asked for."""
    result = alone("notice", "show", "gossip/1")
    assert result.exit_code == 2
    assert "NOTICE_UNKNOWN" in result.stderr
    assert "civic notice list" in result.stderr
    assert "gossip" not in result.output


@pytest.mark.parametrize(
    "arguments", [("show",), ("show", "city-news/1", "--language", "ja"), ("list", "--purpose", "GOSSIP"), ("publish",)]
)
def test_a_command_that_is_called_wrongly(alone: Run, arguments: tuple[str, ...]) -> None:
    """It says how it is called."""
    result = alone("notice", *arguments)
    assert result.exit_code == 2
    assert "Usage: civic notice" in result.stderr


def test_all_is_as_it_was_published(alone: Run) -> None:
    """Of the program's own."""
    result = alone("notice", "check")
    assert result.exit_code == 0
    assert result.stdout == "5 notices are as they were published.\n"


@pytest.mark.parametrize("arguments", [("check",), ("list",), ("show", "city-news/1")])
def test_a_text_that_was_changed_ends_every_command(alone: Run, folder: Path, arguments: tuple[str, ...]) -> None:
    """With the code and the notice."""
    path = folder / "texts" / "city-news-1.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("730", "729"), encoding="utf-8")
    result = alone("notice", *arguments, "--folder", str(folder))
    assert result.exit_code == 1
    assert result.stderr.startswith("civic: NOTICE_CHANGED: ")
    assert "city-news/1" in result.stderr


def test_a_draft_is_checked_and_then_published(alone: Run, folder: Path, file: Path) -> None:
    """Checking writes nothing; publishing adds the text and its hash, and a second time nothing."""
    checked = alone("notice", "check", str(file), "--folder", str(folder))
    assert checked.stdout == "policy-advice/2 could be published.\n"
    assert load_book(folder).get("policy-advice/2") is None
    result = alone("notice", "publish", str(file), "--folder", str(folder))
    assert result.exit_code == 0, result.output
    assert result.stdout == "policy-advice/2 is published.\n"
    book = load_book(folder)
    notice = book.get("policy-advice/2")
    assert notice is not None
    assert book.hash_of(notice) == content_hash(notice)
    again = alone("notice", "publish", str(file), "--folder", str(folder))
    assert again.exit_code == 1
    assert "NOTICE_VERSION" in again.stderr
    listed = alone("notice", "list", "--purpose", "POLICY_ADVICE", "--folder", str(folder)).stdout.splitlines()
    assert ["in force" in line for line in listed] == [True, False]
    assert "until policy-advice/2" in listed[1]


def test_every_missing_part_is_named(alone: Run, folder: Path, file: Path) -> None:
    """A line for each, and nothing is written."""
    text = file.read_text(encoding="utf-8")
    cut = text[: text.index("[right_to_refuse]")] + text[text.index("[withdrawal]") :]
    file.write_text(cut, encoding="utf-8")
    result = alone("notice", "publish", str(file), "--folder", str(folder))
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    for part in ("right_to_refuse", "consequence", "recipients_in_words", "overseas_in_words"):
        for language in ("ko", "en"):
            assert f"See: {part}.{language}." in result.stderr
    assert len(lines) == 8
    assert all(line.startswith("civic: NOTICE_INCOMPLETE: ") for line in lines)
    assert (folder / "published.json").read_bytes() == (FOLDER / "published.json").read_bytes()


def test_nothing_else_is_made(alone: Run, tmp_path: Path) -> None:
    """Notices need no data folder and no engine."""
    assert alone("notice", "list").exit_code == 0
    assert not (tmp_path / "data").exists()
