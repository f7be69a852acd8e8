"""How an envelope's bytes are written: one text for each, and every other text is no envelope."""

import base64

from hypothesis import example, given
from hypothesis import strategies as st

from consent.sealing import _from_text, _to_text

_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
# What readers of base64 confuse or skip: the other alphabet, padding, white space, and what is no ASCII.
_STRAYS = "+/=?!\n\r\t \x00\x7fé가"

texts = st.text(st.sampled_from(_ALPHABET), max_size=40) | st.text(st.sampled_from(_ALPHABET + _STRAYS), max_size=40)


def reference(text: str) -> bytes:
    """Read a text the slow way: decode it kindly, and ask whether the bytes are written like that."""
    try:
        decoded = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except ValueError:
        return b""
    return decoded if base64.urlsafe_b64encode(decoded).rstrip(b"=").decode() == text else b""


@given(st.binary(max_size=200))
def test_bytes_are_read_from_their_own_text(content: bytes) -> None:
    """Whatever is written is read back."""
    assert _from_text(_to_text(content)) == content


@given(texts | st.text(max_size=20))
@example("A")
@example("AB")
@example("AAB")
@example("AA==")
@example("AAA=")
@example("AAAA=")
@example("AA AA")
def test_a_text_is_read_as_the_slow_way_reads_it(text: str) -> None:
    """Foreign characters, the other alphabet, padding and spare bits make a text that says nothing."""
    assert _from_text(text) == reference(text)


def test_of_all_short_texts_exactly_one_stands_for_each_content() -> None:
    """Every text of up to three letters: one for no byte, 256 for one byte, and none that is a second spelling."""
    ones = ["", *_ALPHABET]
    read = [_from_text(first + second + third) for first in ones for second in ones for third in ones]
    doubles = [_from_text(first + second) for first in _ALPHABET for second in _ALPHABET]
    assert [_from_text(one) for one in _ALPHABET] == [b""] * 64
    assert len(set(doubles) - {b""}) == 256 == sum(content != b"" for content in doubles)
    assert {content for content in read if len(content) == 1} == {bytes([number]) for number in range(256)}


@given(st.binary(min_size=66, max_size=98), st.data())
def test_one_character_changed_is_another_content_or_none(content: bytes, data: st.DataObject) -> None:
    """At the sizes that envelopes have, no replaced character is overlooked."""
    text = _to_text(content)
    place = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.sampled_from(sorted(set(_ALPHABET + _STRAYS) - {text[place]})))
    changed = text[:place] + other + text[place + 1 :]
    assert _from_text(changed) != content
    assert _from_text(changed) == reference(changed)
