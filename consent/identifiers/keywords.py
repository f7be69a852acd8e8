"""Words that say what a number is, such as 주민등록번호, and how near a number they stand."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from consent.identifiers.readings import Reading
from consent.identifiers.rules import Finding

_S: Final = r"[\s·_-]?"
_RESIDENT: Final = re.compile(
    rf"주{_S}민{_S}(?:등{_S}록{_S})?(?:번{_S}호|증|no\b|넘버)|주{_S}민{_S}등{_S}록(?!지|인구|법)|주민앞|주민뒤|\b주번\b|민증번호"
    rf"|외{_S}국{_S}인{_S}(?:등{_S}록{_S})?(?:번{_S}호|증)|외국인등록|(?:국내)?거소{_S}(?:신고)?{_S}(?:번호|증)|고유식별"
    r"|住民|外國人登錄|\b(?:rrn|arn|arc|ssn|jumin)\b|resident[\s_-]*(?:registration|reg|number|no\b|id\b)"
    r"|(?:alien|foreigner)[\s_-]*(?:registration|reg|number|no\b|card)|registration[\s_-]*(?:number|no\b)",
    re.IGNORECASE,
)
_LICENCE: Final = re.compile(
    rf"면{_S}허|운{_S}전|driver|driving|licen[cs]e|\bDL\b|\blic(?:ense|ence)?{_S}no\b", re.IGNORECASE
)
_PASSPORT: Final = re.compile(rf"여{_S}권|passport|travel[\s_-]*document|\bpp(?:t|no)?\b|旅券|護照", re.IGNORECASE)
BEFORE: Final = 40
AFTER: Final = 20


@dataclass(frozen=True, slots=True)
class Words:
    """Where in the original text the words of one kind begin and end, in order."""

    starts: Sequence[int]
    ends: Sequence[int]


class Keywords:
    """The words of each kind of number in a text, each kind looked for where it is asked for."""

    def __init__(self, reading: Reading) -> None:
        """Take the text as it was read."""
        self._reading = reading

    @cached_property
    def resident(self) -> Words:
        """Words for a registration of a resident or an alien."""
        return _words(self._reading, _RESIDENT)

    @cached_property
    def licence(self) -> Words:
        """Words for a driver's licence."""
        return _words(self._reading, _LICENCE)

    @cached_property
    def passport(self) -> Words:
        """Words for a passport."""
        return _words(self._reading, _PASSPORT)


def near(words: Words, found: Finding, before: int = BEFORE, after: int = AFTER) -> bool:
    """Say whether one of the words stands at most so many characters before or after a finding."""
    last_before = bisect_right(words.ends, found.start)
    first_after = bisect_left(words.starts, found.end)
    return (last_before > 0 and words.ends[last_before - 1] >= found.start - before) or (
        first_after < len(words.starts) and words.starts[first_after] <= found.end + after
    )


def _words(reading: Reading, pattern: re.Pattern[str]) -> Words:
    spans = [reading.span(*found.span()) for found in pattern.finditer(reading.text)]
    return Words(sorted(start for start, _ in spans), sorted(end for _, end in spans))
