"""Telephone numbers: the table of accepted and refused spellings, row by row."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consent.errors import PhoneRefused
from consent.phones import Phone, PhoneKind, parse_phone
from consent.vocabulary import Channel

CALL_AND_TEXT = {Channel.SMS, Channel.VOICE}

ACCEPTED = [
    # Spellings of one mobile number.
    ("010-1234-5678", "+821012345678", "MOBILE", CALL_AND_TEXT),
    ("+82 10 1234 5678", "+821012345678", "MOBILE", CALL_AND_TEXT),
    ("8210-1234-5678", "+821012345678", "MOBILE", CALL_AND_TEXT),
    ("00821012345678", "+821012345678", "MOBILE", CALL_AND_TEXT),
    ("０１０－１２３４－５６７８", "+821012345678", "MOBILE", CALL_AND_TEXT),
    ("010\u200b12345678", "+821012345678", "MOBILE", CALL_AND_TEXT),
    ("+82(0)10-1234-5678", "+821012345678", "MOBILE", CALL_AND_TEXT),
    ("10-1234-5678", "+821012345678", "MOBILE", CALL_AND_TEXT),
    (" 010.1234.5678\n", "+821012345678", "MOBILE", CALL_AND_TEXT),
    ("٠١٠ ١٢٣٤ ٥٦٧٨", "+821012345678", "MOBILE", CALL_AND_TEXT),
    # Ranges that look unassigned, which the made-up city uses.
    ("010-0123-4567", "+821001234567", "MOBILE", CALL_AND_TEXT),
    ("010-1000-0000", "+821010000000", "MOBILE", CALL_AND_TEXT),
    # Mobile networks that were closed: no text message arrives.
    ("011-234-5678", "+82112345678", "RETIRED_MOBILE", set()),
    ("016-234-5678", "+82162345678", "RETIRED_MOBILE", set()),
    ("017-234-5678", "+82172345678", "RETIRED_MOBILE", set()),
    ("018-234-5678", "+82182345678", "RETIRED_MOBILE", set()),
    ("019-9234-5678", "+821992345678", "RETIRED_MOBILE", set()),
    # Lines that ring and show no text.
    ("02-2133-5678", "+82221335678", "FIXED_LINE", {Channel.VOICE}),
    ("031-123-4567", "+82311234567", "FIXED_LINE", {Channel.VOICE}),
    ("070-1234-5678", "+827012345678", "VOIP", {Channel.VOICE}),
    ("0505-123-4567", "+825051234567", "PERSONAL_NUMBER", {Channel.VOICE}),
    ("0507-1234-5678", "+8250712345678", "PERSONAL_NUMBER", {Channel.VOICE}),
]

REFUSED = [
    ("1588-1234", "PHONE_KIND"),
    ("080-123-4567", "PHONE_KIND"),
    ("060-700-1234", "PHONE_KIND"),
    ("015-1234-5678", "PHONE_KIND"),
    ("012-1234-5678", "PHONE_KIND"),
    ("120", "PHONE_INVALID"),
    ("010-1234-56789", "PHONE_INVALID"),
    ("010-123-4567", "PHONE_LENGTH"),
    ("010-1234-567a", "PHONE_CHARACTERS"),
    ("공일공-1234-5678", "PHONE_CHARACTERS"),
    ("", "PHONE_CHARACTERS"),
    ("010-1234-5678;ext=1", "PHONE_CHARACTERS"),
    ("010-1234-5678, 02-2133-5678", "PHONE_CHARACTERS"),
    ("0" * 41, "PHONE_CHARACTERS"),
    ("+", "PHONE_INVALID"),
    ("+999 1234 5678", "PHONE_INVALID"),
    ("+1 650 253 0000", "FOREIGN_REVIEW"),
    ("+81 3-1234-5678", "FOREIGN_REVIEW"),
    ("+1 650 253", "PHONE_INVALID"),
]


@pytest.mark.parametrize(("written", "e164", "kind", "channels"), ACCEPTED)
def test_a_number_is_read(written: str, e164: str, kind: str, channels: set[Channel]) -> None:
    """Every accepted spelling gives the number in E.164 form, its kind and its channels (T1 to T6)."""
    phone = parse_phone(written)
    assert phone == Phone(e164, PhoneKind(kind))
    assert phone.channels == channels
    assert parse_phone(phone.e164) == phone


@pytest.mark.parametrize(("written", "code"), REFUSED)
def test_a_number_is_refused(written: str, code: str) -> None:
    """Every refused spelling gives a code that says why, and no word of what was written (T2, T4, T5)."""
    with pytest.raises(PhoneRefused) as failure:
        parse_phone(written)
    assert failure.value.code.value == code
    assert failure.value.__context__ is None
    assert not written or written not in str(failure.value)


@given(
    st.text(max_size=45)
    | st.text("0123456789+-() ", max_size=20)
    | st.from_regex(r"(\+82|0)(10[0-9]{8}|2[0-9]{7,8}|70[0-9]{8}|1[16-9][0-9]{7,8})", fullmatch=True)
)
@example("010-1234-5678")
@example("nothing")
def test_any_text_is_a_number_or_a_refusal(written: str) -> None:
    """Whatever is typed is read as E.164 or refused, and nothing else is raised (T6)."""
    try:
        phone = parse_phone(written)
    except PhoneRefused:
        return
    assert phone.e164.startswith("+82")
    assert phone.e164[1:].isascii()
    assert phone.e164[1:].isdigit()


def test_a_phone_does_not_show_its_number() -> None:
    """The representation of a phone shows its kind alone (L5)."""
    assert repr(parse_phone("010-1234-5678")) == str(parse_phone("010-1234-5678")) == "Phone(kind=MOBILE)"
