"""E-mail addresses as people write them, checked for form alone: no name server is asked."""

from typing import Final

from email_validator import EmailNotValidError, validate_email

from consent.blind_index import normalise_email
from consent.errors import EmailRefused, ErrorCode

# Domains set aside for examples and tests (RFC 2606, RFC 6761) that can be written in an address; mail to
# them reaches nobody, which is what the synthetic city needs and a real participant does not.
_RESERVED_DOMAINS: Final = ("example", "test", "example.com", "example.net", "example.org")


def parse_email(text: str, *, allow_reserved: bool = False) -> str:
    """Return the address in the normalised form in which it is stored and compared (B4).

    Raises EmailRefused, never quoting the address: EMAIL_RESERVED for a domain set aside for examples,
    unless `allow_reserved`, and EMAIL_INVALID for anything else that is not a deliverable form.
    """
    address = normalise_email(text)
    reserved = _is_reserved(address.rpartition("@")[2])
    if reserved and not allow_reserved:
        raise EmailRefused(ErrorCode.EMAIL_RESERVED)
    if not _is_valid(address, reserved=reserved):
        raise EmailRefused(ErrorCode.EMAIL_INVALID)
    return address


def _is_reserved(domain: str) -> bool:
    return any(domain == name or domain.endswith(f".{name}") for name in _RESERVED_DOMAINS)


def _is_valid(address: str, *, reserved: bool) -> bool:
    """Say whether the library accepts the form; its explanation quotes the address, so it is dropped here."""
    try:
        validate_email(address, check_deliverability=False, strict=True, test_environment=reserved)
    except EmailNotValidError:
        return False
    return True
