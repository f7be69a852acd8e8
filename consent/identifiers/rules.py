"""What the screen answers: which rule refuses, and where in the text, never what stands there."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from consent.vocabulary import Term

_MEND: Final = "Leave it out; nothing in the directory needs it."
_MEND_KOREAN: Final = "해당 번호를 지우고 다시 입력하세요. 이 시스템은 고유식별정보를 받지 않습니다."


class Rule(Term):
    """Which rule of docs/identifiers.md refuses a text; `korean` and `meaning` say what was found."""

    U3 = (
        "U3",
        "주민등록번호 또는 외국인등록번호",
        "A resident or alien registration number: a date, and seven digits.",
    )
    U4 = (
        "U4",
        "생년월일에 이어 쓴 주민등록번호",
        "A resident or alien registration number behind a date of birth that is written out.",
    )
    U5 = (
        "U5",
        "나누어 쓴 주민등록번호",
        "A resident or alien registration number, its digits spread over separators.",
    )
    U6 = (
        "U6",
        "일부를 가린 주민등록번호 또는 그 뒷자리",
        "A resident or alien registration number that is masked in part, or the second half of one.",
    )
    U7 = "U7", "운전면허번호", "A driver's licence number."
    U8 = "U8", "여권번호", "A passport number."

    @property
    def mend(self) -> str:
        """What to do about it, in a sentence."""
        return _MEND

    @property
    def mend_korean(self) -> str:
        """What to do about it, in Korean."""
        return _MEND_KOREAN


class FieldKind(Enum):
    """What a text is meant to be, where that decides: a few kinds of number are at home in one field alone."""

    TEXT = "TEXT"
    EMAIL = "EMAIL"
    CORPORATE_NUMBER = "CORPORATE_NUMBER"


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """A place in a text that a rule refuses, from `start` up to `end`; the text itself is not kept."""

    start: int
    end: int
    rule: Rule
