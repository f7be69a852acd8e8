"""Commitments: what they are made of, that they bind and hide, and salts in one spelling (C2)."""

import hashlib
import hmac
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.canonical import canonical
from consent.ledger.commitments import (
    leaf_data,
    leaf_hash,
    row_commitment,
    salt_bytes,
    salt_text,
    salts_from,
)
from consent.ledger.errors import WORDING, LedgerCode, LedgerError

SALT = bytes(range(32))
KEYS = st.text(st.characters(codec="ascii", exclude_characters="\x00"), min_size=1, max_size=8)
CONTENTS = st.dictionaries(KEYS, st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text())


def test_a_leaf_is_what_the_rule_says() -> None:
    """HMAC-SHA256 of the canonical content under the salt, and the leaf's hash over that (C2, RFC 9162 2.1)."""
    content = canonical({"b": 1, "a": "가"})
    assert content == '{"a":"가","b":1}'.encode()
    data = hmac.new(SALT, content, hashlib.sha256).digest()
    assert leaf_data(content, SALT) == data
    assert leaf_hash(content, SALT) == hashlib.sha256(b"\x00" + data).digest()
    assert (
        leaf_hash(b"{}", bytes(32)).hex()
        == hashlib.sha256(b"\x00" + hmac.digest(bytes(32), b"{}", "sha256")).hexdigest()
    )


@given(CONTENTS, CONTENTS, st.binary(min_size=32, max_size=32))
def test_a_leaf_binds_its_content_and_its_salt(one: dict[str, object], other: dict[str, object], salt: bytes) -> None:
    """Another content, or another salt, is another leaf; so that a content can't be guessed without its salt."""
    first, second = canonical(one), canonical(other)  # type: ignore[arg-type] # what hypothesis draws.
    assert (leaf_hash(first, salt) == leaf_hash(second, salt)) is (first == second)
    assert (leaf_hash(first, salt) == leaf_hash(first, SALT)) is (salt == SALT)


def test_a_row_is_bound_to_its_number() -> None:
    """Person, fields and place in the look are all committed to, under the row's own salt (C7)."""
    made = row_commitment("someone", "AGE NAME", 3, SALT[:16])
    content = b'{"fields":"AGE NAME","n":3,"participant":"someone"}'
    assert made == hmac.new(SALT[:16], content, hashlib.sha256).hexdigest()
    others = [("other", "AGE NAME", 3), ("someone", "NAME", 3), ("someone", "AGE NAME", 4)]
    assert made not in {row_commitment(*other, SALT[:16]) for other in others}
    assert made != row_commitment("someone", "AGE NAME", 3, SALT[1:17])


@given(st.binary(min_size=32, max_size=32), st.integers(0, 200))
def test_a_seed_gives_salts_that_differ(seed: bytes, rows: int) -> None:
    """One for the entry and one a row, the same for the same seed, whatever the number of rows."""
    salt, salts = salts_from(seed, rows)
    assert (len(salt), {len(one) for one in salts}) == (32, {16} if rows else set())
    assert len({salt[:16], salt[16:], *salts}) == rows + 2
    assert salts_from(seed, rows + 1) == (salt, [*salts, salts_from(seed, rows + 1)[1][-1]])


@pytest.mark.parametrize("length", [0, 16, 31, 33])
def test_a_salt_of_another_length(length: int) -> None:
    """Is refused with its code: a short one hides nothing."""
    with pytest.raises(LedgerError, match="LEDGER_SALT"):
        leaf_hash(b"{}", bytes(length))
    with pytest.raises(LedgerError, match="LEDGER_SALT"):
        salts_from(bytes(length), 1)
    with pytest.raises(LedgerError, match="LEDGER_SALT"):
        row_commitment("someone", "", 0, bytes(length + 1))


@given(st.binary(min_size=1, max_size=40))
def test_a_salt_is_read_as_it_was_written(salt: bytes) -> None:
    """In base64url without padding."""
    assert salt_bytes(salt_text(salt)) == salt
    assert "=" not in salt_text(salt)


@pytest.mark.parametrize("text", ["", "A", "AAA=", "AA==", "A+/A", "A A", "é", "AB", "AAAA\n", "\ud800"])
def test_a_salt_in_another_spelling(text: str) -> None:
    """Is none: a salt has one text, so that an export can't be varied unseen."""
    with pytest.raises(LedgerError, match="LEDGER_SALT"):
        salt_bytes(text)


@pytest.mark.parametrize("code", LedgerCode)
def test_every_refusal_has_its_words(code: LedgerCode) -> None:
    """A code and a sentence without a value, also after it crossed processes (L5)."""
    error = pickle.loads(pickle.dumps(LedgerError(code)))  # noqa: S301 - what was pickled here.
    assert error.code is code
    assert str(error) == f"{code}: {WORDING[code]}"
    assert WORDING[code].endswith(".")
    assert set(WORDING) == set(LedgerCode)
