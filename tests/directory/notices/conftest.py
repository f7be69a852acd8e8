"""A copy of the published notices that a test can change, and the text of a successor that can be published."""

import shutil
from pathlib import Path

import pytest

from directory.notices.book import FOLDER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Copy the published notices."""
    shutil.copytree(FOLDER / "texts", tmp_path / "texts")
    shutil.copy(FOLDER / "published.json", tmp_path)
    return tmp_path


@pytest.fixture
def draft() -> str:
    """Write a second version of a notice: the first one with another title."""
    text = (FOLDER / "texts" / "policy-advice-1.toml").read_text(encoding="utf-8")
    return text.replace("version = 1", "version = 2").replace("의견을 여쭈어도", "생각을 여쭈어도")
