"""The first row of a table, where it names the columns."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from consent.identifiers.rules import FieldKind
from consent.identifiers.screen import is_clean
from directory.screening.labels import kind_of, telling

_LONGEST: Final = 30
_WORDS: Final = re.compile(
    r"성명|이름|성함|전화|연락처|휴대|핸드폰|주소|거주|메일|우편|소속|단체|직위|직책|구분|비고|번호|생년|생일|출생|성별|나이|순번|연번|지역"
    r"|자치구|법인|사업자|면허|여권|주민|뒷|날짜|일자|금액|분야|부서|name|phone|mobile|tel|mail|address|birth|sex|age|note|number"
    r"|\bno\b|\bid\b|date|amount|title|role|group|body|region|district|dong|department|passport|licen[cs]e|registration",
    re.IGNORECASE,
)
_BIRTH: Final = re.compile(r"생년|생일|출생|주민|앞|birth|dob|born", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Column:
    """What the name of a column says: how it is shown, the words that tell what is under it, the kind of field."""

    name: str = ""
    shown: str | None = None
    label: str = ""
    kind: FieldKind = FieldKind.TEXT
    is_birth: bool = False

    @classmethod
    def named(cls, name: str) -> Self:
        """Read a name."""
        shown = name if name and len(name) <= _LONGEST and is_clean(name) else None
        return cls(name, shown, telling(name), kind_of(name), _BIRTH.search(name) is not None)


NAMELESS: Final = Column()


class Header:
    """The names of the columns, and what each says; there are none where the first row names none."""

    def __init__(self, names: Sequence[str]) -> None:
        """Take the names."""
        self._columns = [Column.named(name) for name in names]

    def __getitem__(self, column: int) -> Column:
        """Return what a column's name says."""
        return self._columns[column] if column < len(self._columns) else NAMELESS


def header_of(first: Sequence[str]) -> Header:
    """Return the header that a first row is, an empty one where it is a row like the others.

    A row of people is none, so that nobody's name is shown for a column's.
    """
    named = any(_WORDS.search(text) for text in first)
    if not named or any(sum(map(str.isdecimal, text)) > 2 or "@" in text for text in first):  # noqa: PLR2004 - as in 전화2.
        return Header(())
    return Header([" ".join(text.split()) for text in first])
