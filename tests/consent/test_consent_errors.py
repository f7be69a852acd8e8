"""The errors of consent: every code has its wording, and none has room for a value."""

import pickle

import pytest

from consent.errors import (
    WORDING,
    ConsentError,
    EmailRefused,
    ErrorCode,
    KeyringError,
    NameRefused,
    PhoneRefused,
    SealingError,
)


@pytest.mark.parametrize("code", ErrorCode)
def test_every_code_has_a_sentence(code: ErrorCode) -> None:
    """Each code equals its name and has one sentence of wording, which is all that the error says (L5)."""
    assert code.value == code.name
    assert WORDING[code].endswith(".")
    assert str(ConsentError(code)) == f"{code.value}: {WORDING[code]}"
    assert set(WORDING) == set(ErrorCode)


@pytest.mark.parametrize("kind", [SealingError, KeyringError, PhoneRefused, EmailRefused, NameRefused])
def test_every_error_is_a_consent_error_and_travels(kind: type[ConsentError]) -> None:
    """One base catches them all, and an error that crosses processes keeps its class and code."""
    again = pickle.loads(pickle.dumps(kind(ErrorCode.SEAL_BROKEN)))  # noqa: S301 - what was pickled here.
    assert isinstance(again, ConsentError)
    assert type(again) is kind
    assert again.code is ErrorCode.SEAL_BROKEN
