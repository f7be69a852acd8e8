"""E-mail addresses: which are kept, which are refused, and that the refusal says nothing of them."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consent.email_addresses import parse_email
from consent.errors import EmailRefused


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("gildong@seoul.go.kr", "gildong@seoul.go.kr"),
        (" Gildong.Hong+City@Seoul.GO.KR ", "gildong.hong+city@seoul.go.kr"),
        ("ａ@seoul.go.kr", "a@seoul.go.kr"),
        ("gildong@서울.한국", "gildong@xn--2i4bq6h.xn--3e0b707e"),
    ],
)
def test_an_address_is_kept_normalised(written: str, address: str) -> None:
    """An address is stored in the form in which it is compared, dots and tags included (B4)."""
    assert parse_email(written) == address


@pytest.mark.parametrize(
    "domain", ["example.com", "mail.example.org", "example.net", "seoul.example", "seoul.test", "test"]
)
def test_a_reserved_domain_serves_the_made_up_city_alone(domain: str) -> None:
    """A domain set aside for examples is refused unless it is asked for, because no mail reaches it."""
    with pytest.raises(EmailRefused, match="EMAIL_RESERVED"):
        parse_email(f"gildong@{domain}")
    assert parse_email(f"gildong@{domain}", allow_reserved=True) == f"gildong@{domain}"


@pytest.mark.parametrize(
    "written",
    [
        "",
        "gildong",
        "@seoul.go.kr",
        "gildong@",
        "gildong@seoul",
        "gildong@@seoul.go.kr",
        "gil dong@seoul.go.kr",
        "gildong@seoul..kr",
        "gildong@seoul.go.kr.",
        "gildong@192.168.0.1",
        "gildong@[192.168.0.1]",
        '"gil dong"@seoul.go.kr',
        "Hong <gildong@seoul.go.kr>",
        "gildong@city.local",
        "gildong@city.invalid",
        "gildong@localhost",
        "a" * 65 + "@seoul.go.kr",
        "gildong@" + "a." * 130 + "kr",
    ],
)
@pytest.mark.parametrize("allow_reserved", [False, True])
def test_what_is_no_address_is_refused(written: str, *, allow_reserved: bool) -> None:
    """What cannot be delivered to is refused with a code alone, quoting nothing (B4)."""
    with pytest.raises(EmailRefused) as failure:
        parse_email(written, allow_reserved=allow_reserved)
    assert failure.value.args == ("EMAIL_INVALID",)
    assert failure.value.__context__ is None
    assert "gildong" not in str(failure.value)


@given(st.text(max_size=20) | st.emails())
@example("gildong@seoul.go.kr")
@example("nothing")
def test_any_text_is_an_address_or_a_refusal(written: str) -> None:
    """Whatever is typed is kept in its normal form or refused, and nothing else is raised (B4)."""
    try:
        address = parse_email(written, allow_reserved=True)
    except EmailRefused:
        return
    assert parse_email(address, allow_reserved=True) == address
