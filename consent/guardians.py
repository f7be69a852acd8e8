"""Whether somebody may be a child, for whom a guardian has to decide (P7)."""

from typing import Final

from consent.events import CLOCKS_DIFFER, ConsentEvent, Guardian
from consent.korean_time import in_seoul
from consent.vocabulary import EventKind

CHILD_UNTIL: Final = 14
"""The age from which a person decides for themselves (Act, article 22-2)."""

OF_AGE: Final = "of-age"
"""The basis of an agreement for which whoever took it down saw that the person is fourteen or older."""

CHECK_HOLDS: Final = 30 * 86_400_000
"""For how long, in milliseconds, a guardian who was verified can agree without being verified again."""

_AGREEING: Final = frozenset({EventKind.GRANTED, EventKind.RENEWED})


def guardian_missing(event: ConsentEvent, born: int | None) -> bool:
    """Say whether the event agrees to something for somebody who may be under fourteen, without their guardian.

    `born` is the year of birth, all that the directory holds: in the year of the fourteenth birthday nobody can tell
    whether it was. Where it is not held either, an event needs a guardian, or that whoever took it down saw that the
    person is of age. To refuse or to withdraw needs no guardian.
    """
    if event.kind not in _AGREEING or event.guardian is not None:
        return False
    if born is None:
        return event.basis != OF_AGE
    return may_be_child(born, event.happened)


def may_be_child(born: int, at: int) -> bool:
    """Say whether somebody born in a year may be under fourteen at an instant."""
    return in_seoul(at).year - born <= CHILD_UNTIL


def check_in_time(guardian: Guardian, at: int) -> bool:
    """Say whether a guardian was verified before they agreed, and not so long before that it may be somebody else."""
    return at - CHECK_HOLDS <= guardian.verified_at <= at + CLOCKS_DIFFER
