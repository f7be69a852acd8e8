"""How figures are written on a page: numbers with separators, days, and shares that never claim too much."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from directory.web.languages import Language

NONE: Final = "—"
"""What stands where the plan gives no figure."""

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True, slots=True)
class Share:
    """A share of a whole: its text, as in "94.3%", and its bar in tenths of a percent (0..1000).

    `tenths` is None where there is no whole to take a share of, and then there is no bar.
    """

    text: str
    tenths: int | None


def number(value: int | None) -> str:
    """Write a count with thousands separators, as in 476,705; a dash where there is none."""
    return NONE if value is None else f"{value:,}"


def day(value: date, language: Language) -> str:
    """Write a day as each language does: 2013. 5. 31. or 31 May 2013."""
    if language is Language.KOREAN:
        return f"{value.year}. {value.month}. {value.day}."
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def share(part: int, whole: int | None) -> Share:
    """Give the share of the plan's head count that is enrolled.

    It is rounded down, so that 100% is said only when nobody is missing; more than the plan says so.
    """
    if not whole:
        return Share(NONE, None)
    tenths = part * 1000 // whole
    if part and not tenths:
        return Share("<0.1%", 1)
    text = f"{tenths // 10:,}%" if tenths % 10 == 0 else f"{tenths // 10:,}.{tenths % 10}%"
    return Share(text, min(tenths, 1000))
