"""A telephone number or an e-mail address as somebody gives it, read into the form in which it is looked up."""

from dataclasses import dataclass

from consent.blind_index import email_index, phone_index
from consent.email_addresses import parse_email
from consent.errors import EmailRefused, PhoneRefused
from consent.keyring import IndexName, LocalKeyring
from consent.phones import parse_phone
from consent.vocabulary import Channel, Field
from directory.errors import BadInput

_LONGEST = 320


@dataclass(frozen=True, slots=True, repr=False)
class Contact:
    """A contact: PHONE or EMAIL, its one spelling, its blind index, and how a code gets there (None: it can't)."""

    field: Field
    value: str
    index: str
    channel: Channel | None

    def __repr__(self) -> str:
        """Show the kind alone."""
        return f"Contact({self.field})"


def read_contact(text: str, keyring: LocalKeyring, argument: str = "contact") -> Contact:
    """Read a contact; raises BadInput for what is neither a Korean number nor an address.

    That depends on what was written alone, and tells nothing of who is registered.
    """
    try:
        if len(text) <= _LONGEST and "@" in text:
            # A reserved domain is what the made-up city has; nobody receives anything there.
            address = parse_email(text, allow_reserved=True)
            index = email_index(address, keyring.index_key(IndexName.EMAIL))
            return Contact(Field.EMAIL, address, index, Channel.EMAIL)
        phone = parse_phone(text)
        index = phone_index(phone.e164, keyring.index_key(IndexName.PHONE))
        channel = next((each for each in (Channel.SMS, Channel.VOICE) if each in phone.channels), None)
        return Contact(Field.PHONE, phone.e164, index, channel)
    except (PhoneRefused, EmailRefused):
        pass
    # Raised here, so that what was written is not in the error's context.
    raise BadInput(argument, "must be a telephone number of Korea or an e-mail address")
