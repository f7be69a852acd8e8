"""One-time codes: fair, short-lived, tried five times at most, worth nothing to who reads the database (P8, L4)."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.one_time_codes import (
    A_CALLER,
    A_CONTACT,
    DIGITS,
    LIFETIME,
    MOST_TRIES,
    SEED_BYTES,
    Limit,
    PendingCode,
    allows,
    code_from,
    code_hash,
    confirms,
    remembered,
)

KEY = b"k" * 32
NOW = 1_700_000_000_000
ID = "verification-1"
CODE = "01234567"
PENDING = PendingCode(code_hash(CODE, key=KEY, verification=ID), NOW + LIFETIME, 1, used=False, sent=True)


def right(pending: PendingCode, code: str = CODE, *, key: bytes = KEY, verification: str = ID, now: int = NOW) -> bool:
    """Try a code."""
    return confirms(pending, code, key=key, verification=verification, now=now)


@given(st.binary(min_size=SEED_BYTES, max_size=SEED_BYTES))
def test_a_code_has_eight_digits(seed: bytes) -> None:
    """Leading zeros stay, so that no code is shorter than another."""
    code = code_from(seed)
    assert len(code) == DIGITS == 8
    assert code.isascii()
    assert code.isdecimal()


def test_a_code_is_the_seed_as_a_number() -> None:
    """Known answers: the lowest seeds, and one past the largest code."""
    assert code_from(bytes(15) + b"\x07") == "00000007"
    assert code_from((10**8 + 3).to_bytes(16)) == "00000003"


@pytest.mark.parametrize("size", [0, 8, 15, 17])
def test_a_code_is_made_of_enough_chance(size: int) -> None:
    """Another number of bytes is a fault of whoever calls."""
    with pytest.raises(ValueError, match="16 random bytes"):
        code_from(bytes(size))


def test_what_is_kept_hangs_on_the_key_and_the_verification() -> None:
    """The same code is kept otherwise under another key, and for another verification; and never as itself."""
    kept = {
        code_hash(CODE, key=KEY, verification=ID),
        code_hash(CODE, key=b"o" * 32, verification=ID),
        code_hash(CODE, key=KEY, verification="verification-2"),
    }
    assert len(kept) == 3
    assert all(len(text) == 64 and CODE not in text for text in kept)


@pytest.mark.parametrize("size", [0, 16, 31, 33])
def test_a_key_of_another_size_is_refused(size: int) -> None:
    """A short key would be a weak one."""
    with pytest.raises(ValueError, match="32 bytes"):
        code_hash(CODE, key=bytes(size), verification=ID)


def test_the_right_code_confirms() -> None:
    """In time, at the first try and at the last."""
    assert right(PENDING)
    assert right(replace(PENDING, tries=MOST_TRIES), now=NOW + LIFETIME - 1)


@pytest.mark.parametrize(
    "parts",
    [
        {"tries": MOST_TRIES + 1},
        {"used": True},
        {"sent": False},
        {"until": NOW},
        {"hash": code_hash("01234568", key=KEY, verification=ID)},
        {"hash": ""},
    ],
)
def test_a_code_that_may_not_be_used_does_not_confirm(parts: dict[str, object]) -> None:
    """Tried too often, used, nobody's, late, or another code's: each alone refuses it."""
    assert not right(replace(PENDING, **parts))


@pytest.mark.parametrize("code", ["", "01234568", "1234567", "０１２３４５６７", "0" * 200])
def test_no_other_code_confirms(code: str) -> None:
    """Neither a near one nor one in other digits."""
    assert not right(PENDING, code)


def test_a_code_confirms_its_own_verification_alone() -> None:
    """Nor does it under another key."""
    assert not right(PENDING, verification="verification-2")
    assert not right(PENDING, key=b"o" * 32)


instants = st.lists(st.integers(NOW - 10_000, NOW), max_size=12)


@given(asked=instants, most=st.integers(1, 5), window=st.integers(1, 5_000))
def test_no_window_ever_holds_more_than_the_limit(asked: list[int], most: int, window: int) -> None:
    """Whenever one more is allowed at each of the instants, any stretch of the window's length has at most `most`."""
    limit, let_through = Limit(most, window), list[int]()
    for at in sorted(asked):
        if allows(let_through, limit, at):
            let_through.append(at)
    for at in let_through:
        assert sum(at - window < other <= at for other in let_through) <= most


@given(asked=instants, most=st.integers(1, 5), window=st.integers(1, 5_000))
def test_what_is_remembered_decides_as_the_whole_would(asked: list[int], most: int, window: int) -> None:
    """Forgetting what no longer counts changes no answer, now or later."""
    limit = Limit(most, window)
    kept = remembered(asked, limit, NOW)
    assert len(kept) <= most
    for later in (0, 1, window // 2, window, window + 1):
        assert allows(kept, limit, NOW + later) is allows(asked, limit, NOW + later)


def test_the_limits_leave_nothing_to_guess() -> None:
    """A contact gets five codes an hour, each with five tries: one in four million guesses an hour hits."""
    guesses = A_CONTACT.most * MOST_TRIES * 3_600_000 // A_CONTACT.window
    assert guesses / 10**DIGITS < 1 / 3_000_000
    assert A_CALLER.most > A_CONTACT.most
