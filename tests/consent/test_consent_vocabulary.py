"""The vocabulary: every word has one spelling, a Korean term and a meaning."""

import copy
import pickle

import pytest

from consent.vocabulary import (
    CONSENTED_PURPOSES,
    Category,
    Channel,
    Field,
    Purpose,
    RefusalReason,
    Sex,
    State,
    Term,
)

WORDS = [word for terms in (Field, Purpose, Channel, State, RefusalReason, Category, Sex) for word in terms]


@pytest.mark.parametrize("word", WORDS, ids=str)
def test_a_word_has_one_spelling_and_both_languages(word: Term) -> None:
    """A word's value equals its name, and its Korean term and its meaning are there to be shown."""
    assert word.value == word.name == str(word)
    assert not word.korean.isascii()
    assert word.meaning.endswith(".")
    assert type(word)[word.value] is word


@pytest.mark.parametrize("word", WORDS, ids=str)
def test_a_word_survives_copying(word: Term) -> None:
    """A word that was copied or pickled is the same word, because the gate compares by identity."""
    assert pickle.loads(pickle.dumps(word)) is word  # noqa: S301 - what was pickled here.
    assert copy.deepcopy(word) is word


def test_every_purpose_but_enrolment_rests_on_consent() -> None:
    """The plan's four purposes rest on consent, and ENROLMENT asks for it (P2)."""
    assert set(Purpose) - set(CONSENTED_PURPOSES) == {Purpose.ENROLMENT}
