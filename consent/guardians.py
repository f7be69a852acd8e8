"""Whether somebody may be a child, for whom a guardian has to decide (P7)."""

from typing import Final

from consent.events import ConsentEvent
from consent.korean_time import in_seoul
from consent.vocabulary import EventKind

CHILD_UNTIL: Final = 14
"""The age from which a person decides for themselves (Act, article 22-2)."""

_AGREEING: Final = frozenset({EventKind.GRANTED, EventKind.RENEWED})


def guardian_missing(event: ConsentEvent, born: int | None) -> bool:
    """Say whether the event agrees to something for somebody who may be under fourteen, without their guardian.

    `born` is the year of birth, all that the directory holds: in the year of the fourteenth birthday nobody can tell
    whether it was. To refuse or to withdraw needs no guardian.
    """
    if event.kind not in _AGREEING or event.guardian is not None or born is None:
        return False
    return in_seoul(event.at).year - born <= CHILD_UNTIL
