"""Sealed text: known answers; nothing opens but the whole envelope, with its key, in its place (P17, E2, E3, E5)."""

import base64
from collections.abc import Callable
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import example, given
from hypothesis import strategies as st

from consent.errors import SealingError
from consent.sealing import envelope_key_version, open_field, seal_field, unwrap_data_key, wrap_data_key
from consent.vocabulary import Field

KEY = bytes(range(32))
WRAPPING_KEY = bytes(range(32, 64))
NONCE = bytes(range(100, 112))
RECORD = {"tenant": "seoul", "person": "p-0001"}
SEALED_FIELDS = (Field.NAME, Field.PHONE, Field.EMAIL)

# Made with the cipher alone, from the layout of E2 to E5: version 1, algorithm 1, the key version in four
# bytes, the nonce, and the padded text encrypted with `1|seoul|Participant|p-0001|FIELD|VERSION` beside it.
KNOWN_FIELDS = [
    (
        Field.NAME,
        "홍길동",
        1,
        "AQEAAAABZGVmZ2hpamtsbW5vSBIz__QD7ibV7cbo2mVq_ULCBgqLbPNyp9GsSPujpUgZO0GuNmeWWl0gNVM0n87S",
    ),
    (
        Field.PHONE,
        "+821012345678",
        1,
        "AQEAAAABZGVmZ2hpamtsbW5vSBb1XkvYZq8MUWvd7FJS_ULCBgqLbPNyp9GsSPujpUg-Smu0oLic_pVgb6MDm8k8",
    ),
    (
        Field.EMAIL,
        "gildong.hong@seoul.example",
        258,
        (
            "AQEAAAECZGVmZ2hpamtsbW5vSAG5DxWNOfBZTDeHtAIqjietc2alCYsTyqHALfujpUiU6UDATBKbBP3zeD_9QsrP"
            "G1uY5yBKQSj68azW74GligS-b0GzoxUaegIyyUyIhyk"
        ),
    ),
]
KNOWN_WRAP = "AQEAAAAHZGVmZ2hpamtsbW5vtWyM0Nu08srUXdXThhqQYtmT920q33ha21l0ZGtUOTxDLT-1gsTyhFjETiBczlG5"


def seal(plaintext: str, field: Field = Field.NAME, **changes: Any) -> str:  # noqa: ANN401 - wrong types too.
    """Seal with the known key, nonce and record, but for the changes."""
    parts: dict[str, Any] = {"data_key": KEY, "nonce": NONCE, "key_version": 1, **RECORD} | changes
    return seal_field(plaintext, field=field, **parts)


def unseal(envelope: str, field: Field = Field.NAME) -> str:
    """Open with the known key and record."""
    return open_field(envelope, data_key=KEY, field=field, **RECORD)


def wrap(**changes: Any) -> str:  # noqa: ANN401 - wrong types too.
    """Wrap the known data key, but for the changes."""
    parts: dict[str, Any] = {"data_key": KEY, "key": WRAPPING_KEY, "key_version": 7, "nonce": NONCE, **RECORD}
    parts |= changes
    return wrap_data_key(parts.pop("data_key"), **parts)


def encrypt(content: bytes, name: str = "NAME") -> str:
    """Make an authentic envelope around any content, as a faulty writer with the right key would."""
    associated = f"1|seoul|Participant|p-0001|{name}|1".encode()
    sealed = b"\1\1\0\0\0\1" + NONCE + AESGCM(KEY).encrypt(NONCE, content, associated)
    return base64.urlsafe_b64encode(sealed).rstrip(b"=").decode()


def assert_broken(attempt: Callable[[], object]) -> None:
    """Assert the one opaque failure: the same code and text, with no cause that says more."""
    with pytest.raises(SealingError) as failure:
        attempt()
    assert failure.value.args == ("SEAL_BROKEN",)
    assert failure.value.__context__ is None
    assert failure.value.__cause__ is None


@pytest.mark.parametrize(("field", "plaintext", "key_version", "envelope"), KNOWN_FIELDS)
def test_a_field_seals_to_its_known_answer(field: Field, plaintext: str, key_version: int, envelope: str) -> None:
    """A fixed key and nonce give exactly this envelope, and it opens to the text (E2, E3, E4, E5)."""
    assert seal(plaintext, field, key_version=key_version) == envelope
    assert unseal(envelope, field) == plaintext
    assert envelope_key_version(envelope) == key_version


def test_a_data_key_wraps_to_its_known_answer() -> None:
    """A data key under a fixed key and nonce wraps to exactly this envelope, and unwraps from it (E1)."""
    assert wrap() == KNOWN_WRAP
    assert unwrap_data_key(KNOWN_WRAP, key=WRAPPING_KEY, **RECORD) == KEY
    assert envelope_key_version(KNOWN_WRAP) == 7


@given(
    plaintext=st.text(max_size=300),
    field=st.sampled_from(SEALED_FIELDS),
    nonce=st.binary(min_size=12, max_size=12),
)
def test_any_text_comes_back_as_it_was(plaintext: str, field: Field, nonce: bytes) -> None:
    """Whatever valid Unicode is sealed comes back unchanged, zero characters and empty text included (E2)."""
    assert unseal(seal(plaintext, field, nonce=nonce), field) == plaintext


@pytest.mark.parametrize(
    "envelope",
    [*(known[3] for known in KNOWN_FIELDS), seal("가" * 30)],
    ids=["name", "phone", "email", "long"],
)
def test_no_character_can_be_changed(envelope: str) -> None:
    """Every character replaced by every other of the alphabet, spare bits included, fails to open (E3)."""
    alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
    field = next((known[0] for known in KNOWN_FIELDS if known[3] == envelope), Field.NAME)
    unseal(envelope, field)
    for place, original in enumerate(envelope):
        for other in alphabet.replace(original, ""):
            changed = envelope[:place] + other + envelope[place + 1 :]
            assert_broken(lambda changed=changed: unseal(changed, field))  # type: ignore[misc]


@pytest.mark.parametrize("index", range(len(base64.urlsafe_b64decode(KNOWN_WRAP))))
def test_no_bit_of_a_wrapped_key_can_be_changed(index: int) -> None:
    """Every bit of every byte, head, nonce, key and tag, is authenticated (E3)."""
    sealed = bytearray(base64.urlsafe_b64decode(KNOWN_WRAP))
    for bit in range(8):
        sealed[index] ^= 1 << bit
        text = base64.urlsafe_b64encode(sealed).decode()
        assert_broken(lambda text=text: unwrap_data_key(text, key=WRAPPING_KEY, **RECORD))  # type: ignore[misc]
        sealed[index] ^= 1 << bit


def test_no_part_can_be_cut_off_or_added() -> None:
    """Every envelope cut at either end fails, and every longer or differently spelt one (E3)."""
    envelope = KNOWN_FIELDS[2][3]
    cut = [envelope[:length] for length in range(len(envelope))] + [envelope[n:] for n in range(1, len(envelope))]
    spelt = [
        envelope + "A",
        envelope + "AAAA",
        envelope + "=",
        envelope + "\n",
        " " + envelope,
        envelope + "é",
    ]
    spelt += [envelope.replace("_", "/"), envelope.replace("-", "+")]
    for changed in cut + spelt:
        assert_broken(lambda changed=changed: unseal(changed, Field.EMAIL))  # type: ignore[misc]


@pytest.mark.parametrize(
    "changes",
    [
        {"data_key": bytes(32)},
        {"data_key": KEY[:16]},
        {"data_key": b""},
        {"tenant": "busan"},
        {"tenant": ""},
        {"tenant": "seoul|Participant"},
        {"person": "p-0002"},
        {"person": ""},
        {"person": "홍길동"},
        {"field": Field.PHONE},
        {"field": Field.EMAIL},
        {"field": Field.RESIDENCE},
        {"field": "DATA_KEY"},
    ],
    ids=str,
)
def test_nothing_opens_elsewhere(changes: dict[str, Any]) -> None:
    """A wrong key, tenant, person or field fails, and all of them fail alike (E3)."""
    parts: dict[str, Any] = {"data_key": KEY, "field": Field.NAME, **RECORD} | changes
    assert_broken(lambda: open_field(KNOWN_FIELDS[0][3], **parts))


@pytest.mark.parametrize("changes", [{"key": KEY}, {"key": b""}, {"tenant": "busan"}, {"person": "p-0002"}], ids=str)
def test_a_data_key_unwraps_nowhere_else(changes: dict[str, Any]) -> None:
    """A wrapped data key opens with its own key, for its own person and tenant, alone (E1, E3)."""
    parts: dict[str, Any] = {"key": WRAPPING_KEY, **RECORD} | changes
    assert_broken(lambda: unwrap_data_key(KNOWN_WRAP, **parts))


def test_a_field_and_a_data_key_never_pass_for_each_other() -> None:
    """A wrapped key does not open as a field, nor a field as a key, even under the same key (E3)."""
    assert_broken(lambda: open_field(KNOWN_WRAP, data_key=WRAPPING_KEY, field=Field.NAME, **RECORD))
    assert_broken(lambda: unwrap_data_key(KNOWN_FIELDS[0][3], key=KEY, **RECORD))


@pytest.mark.parametrize(
    "content",
    [b"", b"\0", b"\0\x05four", b"\xff\xff", b"\0\x02ab\1", b"\0\x01\xff", b"\0\x02\xed\xa0"],
    ids=["nothing", "half a length", "short", "huge length", "padding", "no text", "cut text"],
)
def test_authentic_nonsense_does_not_open(content: bytes) -> None:
    """What a faulty writer sealed with the right key fails as everything else does (E5)."""
    assert unseal(encrypt(b"\0\x02ab\0")) == "ab"
    assert_broken(lambda: unseal(encrypt(content)))


def test_a_data_key_of_another_size_does_not_unwrap() -> None:
    """An authentic envelope around anything but 32 bytes is no data key (E1)."""
    assert unwrap_data_key(encrypt(bytes(32), "DATA_KEY"), key=KEY, **RECORD) == bytes(32)
    assert_broken(lambda: unwrap_data_key(encrypt(bytes(16), "DATA_KEY"), key=KEY, **RECORD))


@pytest.mark.parametrize("head", ["", "AQEA", "AQEAAAA", "AgEAAAAB", "AQIAAAAB", "AQEAAAA=", "가나다라마바사아"])
def test_an_unknown_head_names_no_key_version(head: str) -> None:
    """A head of another version or algorithm, or cut short, fails as broken (E4)."""
    assert_broken(lambda: envelope_key_version(head))
    assert_broken(lambda: unseal(head + KNOWN_FIELDS[0][3][8:] if len(head) == 8 else head))


@given(first=st.text(max_size=30), second=st.text(max_size=30), field=st.sampled_from(SEALED_FIELDS))
@example(first="김", second="남궁민수", field=Field.NAME)
@example(first="+82212345678", second="+8250712345678", field=Field.PHONE)
def test_padding_hides_the_length(first: str, second: str, field: Field) -> None:
    """Texts that fit the same step have envelopes of the same length (E5)."""
    step = 64 if field is Field.EMAIL else 32
    steps = [-(-(len(text.encode()) + 2) // step) for text in (first, second)]
    lengths = [len(seal(text, field)) for text in (first, second)]
    assert (lengths[0] == lengths[1]) is (steps[0] == steps[1])


@pytest.mark.parametrize(
    "changes",
    [
        {"plaintext": "가" * 342},
        {"plaintext": "\ud800"},
        {"field": Field.RESIDENCE},
        {"data_key": KEY[:16]},
        {"nonce": NONCE[:8]},
        {"nonce": NONCE + b"\0"},
        {"tenant": ""},
        {"tenant": "seoul|Participant"},
        {"person": "p|1"},
        {"person": ""},
        {"person": "홍길동"},
        {"key_version": 0},
        {"key_version": -1},
        {"key_version": 2**32},
    ],
    ids=lambda changes: next(iter(changes)),
)
def test_what_would_not_be_safe_is_not_sealed(changes: dict[str, Any]) -> None:
    """Wrong sizes, ambiguous records and overlong text are refused without quoting anything (E2, E3)."""
    parts: dict[str, Any] = {"plaintext": "홍길동"} | changes
    with pytest.raises(SealingError) as failure:
        seal(**parts)
    assert failure.value.args == ("SEAL_REFUSED",)
    assert failure.value.__context__ is None
    assert "홍길동" not in str(failure.value)


def test_the_longest_text_is_sealed() -> None:
    """A text of 1,024 bytes still comes back (E5)."""
    assert unseal(seal("a" * 1024)) == "a" * 1024


@pytest.mark.parametrize("changes", [{"data_key": KEY[:31]}, {"key": KEY[:16]}, {"nonce": b""}, {"person": "|"}])
def test_a_wrong_key_is_not_wrapped(changes: dict[str, Any]) -> None:
    """A data key, wrapping key or nonce of a wrong size is refused (E1)."""
    with pytest.raises(SealingError) as failure:
        wrap(**changes)
    assert failure.value.code.value == "SEAL_REFUSED"
