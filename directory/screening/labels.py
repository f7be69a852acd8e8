"""What the name of a field or a column says about the numbers under it."""

import re
from typing import Final

from consent.identifiers.rules import FieldKind

_EMAIL: Final = re.compile(r"e-?_?mail|이메일|전자우편|메일", re.IGNORECASE)
_CORPORATE: Final = re.compile(r"법인\s*등록\s*번호|법인\s*번호|corporate_?(?:registration_?)?number", re.IGNORECASE)
_DIGITS_OF_HALF: Final = 6
_TELLING: Final = re.compile(
    r"주민|외국인|거소|뒷|뒤|면허|운전|여권|고유식별|rrn|arn|ssn|resident|alien|registration|licen|driv|passport|back|last",
    re.IGNORECASE,
)
RESIDENT: Final = re.compile(r"주민|외국인\s*등록|거소|고유식별|rrn|ssn|resident|alien|registration", re.IGNORECASE)
SECOND_HALF: Final = re.compile(r"뒷|뒤\s*(?:자리|번호|7)|^\s*뒤\s*$|back|last", re.IGNORECASE)


def kind_of(label: str) -> FieldKind:
    """Return the kind of field that a label names."""
    if _CORPORATE.search(label):
        return FieldKind.CORPORATE_NUMBER
    return FieldKind.EMAIL if _EMAIL.search(label) else FieldKind.TEXT


def telling(label: str) -> str:
    """Return the label where it can tell what a number is, or be half of one, else nothing: most only cost time."""
    half = sum(map(str.isdecimal, label)) >= _DIGITS_OF_HALF
    return label if half or _TELLING.search(label) else ""
