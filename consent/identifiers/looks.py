"""One look at a text: a reading, what is worked out of it once where it is needed, and the words around (U1)."""

import re
from functools import cached_property
from typing import Final

from consent.identifiers.keywords import Keywords
from consent.identifiers.numerals import BLANK, NUMERAL
from consent.identifiers.ordinary import without_ordinary
from consent.identifiers.readings import Reading
from consent.identifiers.rules import Finding, Rule

_NEXT_CELL: Final = re.compile(f"{BLANK}+ ?[,;|\\t\\n]")
_NUMERAL: Final = re.compile(NUMERAL)


class Look:
    """A reading with the keywords of the whole text; what the rules find is told of the original text."""

    def __init__(self, reading: Reading, keywords: Keywords) -> None:
        """Take the reading and the keywords."""
        self.reading = reading
        self.text = reading.text
        self.keywords = keywords

    def finding(self, start: int, end: int, rule: Rule) -> Finding:
        """Return a finding for a part of the reading."""
        return Finding(*self.reading.span(start, end), rule)

    def is_ordinary(self, start: int, end: int) -> bool:
        """Say whether a part of the reading is telephone numbers, days, times or places, or cuts one off.

        It may go on in the next cell of a row, as where a house number stands behind a telephone number.
        """
        text = self._unordinary
        return (
            text[end - 1 : end + 1] == BLANK * 2
            or _NEXT_CELL.match(text, start) is not None
            or text[max(start - 1, 0) : start + 1] == BLANK * 2
            or _NUMERAL.search(text, start, end) is None
        )

    @cached_property
    def _unordinary(self) -> str:
        return without_ordinary(self.text)
