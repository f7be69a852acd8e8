"""The texts of the pages: nothing missing in either language, and each in its own."""

import re
from dataclasses import fields

import pytest

from consent.vocabulary import CONSENTED_PURPOSES
from directory.reference.programme import programme
from directory.web.languages import Language
from directory.web.wording import WORDINGS, Named, Wording

_HANGUL = re.compile(r"[가-힣]")


def _texts(wording: Wording) -> dict[str, str]:
    found = {}
    for field in fields(wording):
        value = getattr(wording, field.name)
        parts = value.values() if hasattr(value, "values") else value if isinstance(value, tuple) else (value,)
        for at, part in enumerate(parts):
            for each in (part.name, part.sentence) if isinstance(part, Named) else (part,):
                found[f"{field.name}-{at}-{each[:12]}"] = each
    return found


@pytest.mark.parametrize("language", Language)
def test_no_text_is_empty(language: Language) -> None:
    """Every text of the page is there in both languages."""
    assert all(text.strip() for text in _texts(WORDINGS[language]).values())


def test_each_language_keeps_to_itself() -> None:
    """Only the switch is written in the other language; names of typefaces and schemes are no language."""
    english = [key for key, text in _texts(WORDINGS[Language.ENGLISH]).items() if _HANGUL.search(text)]
    assert english == ["switch-0-한국어"]
    korean = [key for key, text in _texts(WORDINGS[Language.KOREAN]).items() if not _HANGUL.search(text)]
    assert korean == ["switch-0-English"]


@pytest.mark.parametrize("language", Language)
def test_every_purpose_and_every_leader_is_named(language: Language) -> None:
    """The four purposes that rest on consent, and whoever the plan says leads a group."""
    assert tuple(WORDINGS[language].purpose) == CONSENTED_PURPOSES
    assert set(WORDINGS[language].leaders) == {group.led_by for group in programme().groups}


@pytest.mark.parametrize("language", Language)
def test_what_it_is_takes_three_sentences(language: Language) -> None:
    """Each ends where a sentence ends, and holds no second one."""
    for sentence in WORDINGS[language].sentences:
        assert sentence.endswith(".")
        assert sentence.count(". ") == 0
