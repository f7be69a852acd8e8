"""Phone numbers and e-mail addresses of made-up people: none a real person's, and none occurs twice."""

from directory.synthetic.chance import Scatter, stream

PHONE_PREFIX = "+8210"
PHONE_GRID = (4_000, 5_000)
"""As many numbers as 010-0xxx-xxxx and 010-1xxx-xxxx hold, the ranges of 010 that are not assigned."""
MAIL_GRID = (600, 800)
"""As many addresses, and a few more, as the largest city has people."""

MAIL_SLOTS = (
    *("example.com", "example.com", "example.com", "example.com", "example.com"),
    *("example.org", "example.org", "example.org", "example.net", "example.net", "example.net"),
    *("seoul.example", "hangang.example", "namsan.example", "maeul.test", "dongne.test"),
)
"""Reserved domains (RFC 2606, RFC 6761), each as often as its share of the addresses."""


def _rank_in_domain(slot: int) -> int:
    return MAIL_SLOTS[:slot].count(MAIL_SLOTS[slot])


SLOTS = tuple((domain, MAIL_SLOTS.count(domain), _rank_in_domain(i)) for i, domain in enumerate(MAIL_SLOTS))
STYLES = ("{given}.{surname}", "{surname}{given}", "{initial}{surname}", "{given}")
"""What stands before the number; it must end in a letter, for the number to stay the place's own."""


class Contacts:
    """Gives the person at each place of the city a number and an address of their own, from the seed."""

    __slots__ = ("_mail", "_phone")

    def __init__(self, seed: int) -> None:
        """Draw how places are scattered over numbers and addresses."""
        self._phone = Scatter(*PHONE_GRID, stream(seed, "phones"))
        self._mail = Scatter(*MAIL_GRID, stream(seed, "mail"))

    def phone(self, index: int) -> str:
        """Give the mobile number, in E.164, of the person at this place."""
        return f"{PHONE_PREFIX}{self._phone(index):08d}"

    def email(self, index: int, surname: str, given: str) -> str:
        """Give the address of the person at this place.

        The number at its end is the place's own within the domain, so that no two addresses are alike
        whatever the names are.
        """
        row, slot = divmod(self._mail(index), len(SLOTS))
        domain, slots, rank = SLOTS[slot]
        number = row * slots + rank
        local = STYLES[(row + slot) % len(STYLES)].format(surname=surname, given=given, initial=given[0])
        return f"{local}{number}@{domain}"
