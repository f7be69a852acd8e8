"""What groups of digits commonly are, telephone numbers, days, times and places, and a text without them."""

import re
from typing import Final

from consent.identifiers.numerals import BLANK

_TELEPHONE: Final = (
    r"(?:\+?(?:00)?82[ .-]?\(?0?\)?[ .-]?|\(?0)(?:2|[3-6][1-5]|1[016-9]|70|80|50[2-8]?)\)?[ .-]{1,2}"
    r"[0-9]{3,4}[ .-]{1,2}[0-9]{4}|1[5-8][0-9]{2}[ .-][0-9]{4}"
)
_IN_ONE_PIECE: Final = (
    r"(?:\+?(?:00)?82[ -]?0?|0)(?:1[016-9][0-9]{7,8}|2[0-9]{7,8}|[3-6][1-5][0-9]{7,8}|70[0-9]{8}|50[2-8][0-9]{7,8})"
)
_DAY: Final = r"(?:19|20)[0-9]{2}(?P<part>[./-] ?| )(?:0?[1-9]|1[0-2])(?P=part)(?:3[01]|[12][0-9]|0?[1-9])\.?"
_TIME: Final = r"(?:[01]?[0-9]|2[0-4]):[0-5][0-9](?::[0-5][0-9](?:[.,][0-9]+)?)?(?:[+-][0-9]{2}:?[0-9]{2})?"
_PLACE: Final = r"-?[0-9]{1,3}\.[0-9]{3,} ?, ?-?[0-9]{1,3}\.[0-9]{3,}"
_BUSINESS: Final = r"[0-9]{3}-[0-9]{2}-[0-9]{5}"
_ORDINARY: Final = re.compile(
    f"(?<![0-9])(?:{_TELEPHONE}|{_IN_ONE_PIECE}|{_DAY}|{_TIME}|{_PLACE}|{_BUSINESS})(?![0-9])"
)


def without_ordinary(text: str) -> str:
    """Return the text with blanks for each of these, so that what stands on either side is not taken together."""
    return _ORDINARY.sub(lambda found: BLANK * len(found[0]), text)
