"""The arithmetic of the numbers: dates, centuries, and check digits."""

from calendar import isleap
from typing import Final

_CENTURIES: Final = {**dict.fromkeys("90", 1800), **dict.fromkeys("1256", 1900), **dict.fromkeys("3478", 2000)}
_DAYS: Final = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_FEBRUARY: Final = 2
_RESIDENT_WEIGHTS: Final = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
_ALIEN: Final = "5678"
_CORPORATE_WEIGHTS: Final = (1, 2) * 6
# The first two digits of the register offices, as far as they are known.
_OFFICES: Final = range(11, 30)
_YEARS: Final = range(1800, 2200)
_HOURS: Final = range(24)
_SIXTIES: Final = range(60)
LIVING: Final = "12345678"
"""The seventh digits that are given to people who can be alive."""


def is_date(year: int, month: int, day: int) -> bool:
    """Say whether there is such a day."""
    if not 1 <= month <= len(_DAYS):
        return False
    return 1 <= day <= _DAYS[month - 1] + (month == _FEBRUARY and isleap(year))


def born_on_a_day(number: str) -> bool:
    """Say whether the first six of at least seven digits are a day in the century of the seventh."""
    year = _CENTURIES[number[6]] + int(number[:2])
    return is_date(year, int(number[2:4]), int(number[4:6]))


def is_full_date(number: str) -> bool:
    """Say whether eight digits are a year of four digits, a month and a day."""
    year = int(number[:4])
    return year in _YEARS and is_date(year, int(number[4:6]), int(number[6:8]))


def is_of_century(year: int, seventh: str) -> bool:
    """Say whether the seventh digit is one of those that are given to people born in the century of the year."""
    return seventh in LIVING and _CENTURIES[seventh] == year - year % 100


def is_timestamp(number: str) -> bool:
    """Say whether the digits are a date with hours, minutes and seconds, and perhaps milliseconds."""
    if len(number) not in {14, 17} or not is_full_date(number):
        return False
    hours, minutes, seconds = (int(number[place : place + 2]) for place in (8, 10, 12))
    return hours in _HOURS and minutes in _SIXTIES and seconds in _SIXTIES


def resident_check_holds(number: str) -> bool:
    """Say whether the last of 13 digits is the check digit: of an alien registration by its own formula."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _RESIDENT_WEIGHTS, strict=False))
    return int(number[12]) == ((13 if number[6] in _ALIEN else 11) - total % 11) % 10


def is_corporate(number: str) -> bool:
    """Say whether 13 digits are a corporate registration number: of a register office, with its check digit."""
    total = sum(int(digit) * weight for digit, weight in zip(number, _CORPORATE_WEIGHTS, strict=False))
    return int(number[:2]) in _OFFICES and int(number[12]) == -total % 10
