"""Which language a visitor gets."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.web.languages import Language, preferred


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("", "ko"),
        ("ko-KR,ko;q=0.9,en-US;q=0.8,en;q=0.7", "ko"),
        ("en-US,en;q=0.9,ko;q=0.8", "en"),
        ("EN-gb", "en"),
        ("fr-FR, en;q=0.3, ko;q=0.2", "en"),
        ("fr-FR,de;q=0.9", "ko"),
        ("*", "ko"),
        ("en;q=0", "ko"),
        ("en;q=nonsense, ko;q=0.1", "ko"),
        ("en;q=9, ko;q=0.1", "ko"),
        ("en;q=nan", "ko"),
        ("en;level=1", "ko"),
        ("english", "ko"),
        ("ko;q=0.5,en;q=0.5", "ko"),
    ],
)
def test_the_browser_ranks_the_languages(header: str, language: str) -> None:
    """The highest weight wins, Korean where neither is named or the header makes no sense."""
    assert preferred(header) == language


@given(st.text(max_size=200))
def test_any_header_gives_a_language(header: str) -> None:
    """Whatever a client sends, a page can be written."""
    assert preferred(header) in Language
