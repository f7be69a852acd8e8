"""The canonical form: the bytes of RFC 8785, for everything that content is made of."""

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from consent.canonical import Content, canonical
from consent.vocabulary import Field

_KEYS = st.text(st.characters(codec="ascii"), max_size=8)
_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_CONTENT = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXTS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_KEYS, inner, max_size=4),
    max_leaves=20,
)


@given(_CONTENT)
def test_it_is_what_the_standard_has(content: Content) -> None:
    """The fast library and the one that is written after the RFC give the same bytes."""
    assert canonical(content) == rfc8785.dumps(content)


def test_a_word_of_the_vocabulary_is_its_text() -> None:
    """Terms, tuples and the order of keys leave no trace."""
    assert canonical({"b": (Field.NAME,), "a": "한글"}) == '{"a":"한글","b":["NAME"]}'.encode()


@pytest.mark.parametrize("wrong", [2**53, {1: "a"}, {"a": object()}, "\ud800", {"a": b"bytes"}])
def test_what_no_content_may_hold(wrong: Content) -> None:
    """It is refused, and not written in some way."""
    with pytest.raises(TypeError):
        canonical(wrong)
