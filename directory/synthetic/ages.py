"""Ages and sexes of made-up people, by the group that they are enrolled in."""

from typing import NamedTuple


class Mix(NamedTuple):
    """The share of women in a group, and its youngest, most frequent and oldest age."""

    women: float
    youngest: int
    usual: int
    oldest: int


ADULT = 20
"""Years since the year of birth from which nobody is under 19, whatever their birthday."""
YOUNGEST_VOLUNTEER = 15
"""The same for volunteers, who may be 14."""

MIXES: dict[str, Mix] = {
    "advisory-committees": Mix(0.36, 32, 52, 76),
    "publicity-corps": Mix(0.62, ADULT, 36, 72),
    "watch-and-evaluation": Mix(0.58, ADULT, 44, 76),
    "fire-brigades": Mix(0.41, ADULT, 47, 66),
    "neighbourhood-heads": Mix(0.72, 28, 55, 80),
    "resident-committees": Mix(0.44, 27, 54, 78),
    "crime-prevention-patrols": Mix(0.24, ADULT, 48, 72),
    "apartment-representatives": Mix(0.34, 30, 60, 84),
    "volunteers": Mix(0.63, YOUNGEST_VOLUNTEER, 42, 84),
    "disaster-safety-network": Mix(0.46, ADULT, 48, 76),
}

MAIL_SHARES = (0.96, 0.93, 0.88, 0.78, 0.62, 0.42, 0.26)
"""How many have an e-mail address, from those under 25 by steps of ten years to those of 75 and more."""


def mail_share(age: int) -> float:
    """Give how likely somebody of that age is to have an e-mail address."""
    return MAIL_SHARES[min(max((age - 15) // 10, 0), len(MAIL_SHARES) - 1)]
