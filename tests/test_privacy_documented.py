"""The page that says where each privacy rule is kept: it has every rule, and what it names is there."""

import re
from pathlib import Path
from typing import Final

import pytest

ROOT: Final = Path(__file__).parents[1]
PAGE: Final = (ROOT / "docs" / "privacy.md").read_text(encoding="utf-8")
RULES: Final = [
    *(f"P{number}" for number in range(1, 23)),
    *(f"C{number}" for number in range(1, 8)),
    *(f"E{number}" for number in range(1, 8)),
    *(f"B{number}" for number in range(1, 6)),
    *(f"L{number}" for number in range(1, 13)),
]


def named() -> set[str]:
    """Give the rules that have a row, ranges written out."""
    found: set[str] = set()
    for cell in re.findall(r"^\| \*\*([^*]+)\*\*", PAGE, re.MULTILINE):
        for part in cell.split(", "):
            first, _, last = part.partition("–")
            start = int(first[1:])
            found |= {f"{first[0]}{number}" for number in range(start, int((last or first)[1:]) + 1)}
    return found


def test_every_rule_has_a_row() -> None:
    """Nobody has to guess about a rule that is not there."""
    assert set(RULES) <= named()


@pytest.mark.parametrize("path", sorted(set(re.findall(r"`((?:consent|graph|directory|tests|docs)/[^`* ]+)`", PAGE))))
def test_what_the_page_names_is_there(path: str) -> None:
    """A file that was moved moves in the page as well."""
    assert (ROOT / path).exists()


def test_every_row_says_how_it_is_tested() -> None:
    """A rule that is kept somewhere is tested somewhere."""
    for row in re.findall(r"^\| \*\*.*\|$", PAGE, re.MULTILINE):
        _, where, tested, _ = (cell.strip() for cell in row.strip("|").split(" | "))
        assert ("`" not in where) or "tests/" in tested or ".md" in tested, row
