"""For whom a guardian has to decide: whoever may be under fourteen, and only to agree (P7)."""

import pytest

from consent.events import CLOCKS_DIFFER, Guardian
from consent.guardians import OF_AGE, check_in_time, guardian_missing
from consent.vocabulary import EventKind, GuardianCheck
from tests.consent.making_events import AT, DAY, event

YEAR = 2023
# The last instant of the year in Seoul, and the first of the next.
NEW_YEAR = 1_704_034_800_000


@pytest.mark.parametrize(
    ("born", "missing"),
    [(YEAR, True), (YEAR - 13, True), (YEAR - 14, True), (YEAR - 15, False), (1950, False), (None, True)],
)
def test_who_may_be_a_child_needs_a_guardian(born: int | None, missing: bool) -> None:  # noqa: FBT001 - a column.
    """In the year of the fourteenth birthday it can't be told, and counts as before it."""
    assert guardian_missing(event(EventKind.GRANTED, at=AT), born) is missing


def test_years_are_those_of_seoul() -> None:
    """At midnight in Seoul somebody is a year older."""
    assert guardian_missing(event(EventKind.GRANTED, at=NEW_YEAR - 1, until=NEW_YEAR + 9), 2009)
    assert not guardian_missing(event(EventKind.GRANTED, at=NEW_YEAR, until=NEW_YEAR + 9), 2009)


def test_a_guardian_who_was_verified_decides() -> None:
    """With the check the child's consent stands."""
    checked = Guardian(GuardianCheck.CALL, AT)
    assert not guardian_missing(event(EventKind.GRANTED, guardian=checked), YEAR - 10)


def test_of_whom_no_year_is_held_it_is_seen_or_a_guardian_decides() -> None:
    """Whoever took it down saw that they are fourteen or older; that helps nobody whose year says otherwise."""
    seen = event(EventKind.GRANTED, basis=OF_AGE)
    assert not guardian_missing(seen, None)
    assert not guardian_missing(event(EventKind.GRANTED, guardian=Guardian(GuardianCheck.CALL, AT)), None)
    assert guardian_missing(event(EventKind.GRANTED, basis="case-1"), None)
    assert guardian_missing(seen, YEAR - 10)


def test_a_check_is_of_its_time() -> None:
    """Verified before the decision, as clocks go, and at most thirty days before."""
    for verified, holds in ((0, True), (CLOCKS_DIFFER, True), (CLOCKS_DIFFER + 1, False)):
        assert check_in_time(Guardian(GuardianCheck.CALL, AT + verified), AT) is holds
    for before, holds in ((30 * DAY, True), (30 * DAY + 1, False)):
        assert check_in_time(Guardian(GuardianCheck.CALL, AT - before), AT) is holds


@pytest.mark.parametrize("kind", sorted(set(EventKind) - {EventKind.GRANTED, EventKind.RENEWED}))
def test_saying_no_needs_nobody(kind: EventKind) -> None:
    """A child may refuse and withdraw alone, for that protects them."""
    assert not guardian_missing(event(kind), YEAR - 10)
