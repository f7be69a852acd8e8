"""Cases: which step leads where, by when each right is answered, and no refusal without a reason (P8 to P12)."""

from dataclasses import replace
from datetime import datetime, timedelta, timezone
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.cases import (
    APPEALS,
    DAYS,
    LONGEST_REASON,
    TRANSITIONS,
    UNDECIDED,
    Answer,
    Case,
    CaseKind,
    CaseState,
    CaseStep,
    deadline,
    open_case,
    step,
)
from consent.errors import CaseRefused, ErrorCode
from consent.notice_parts import Language
from consent.vocabulary import Field, Purpose

SEOUL = timezone(timedelta(hours=9))
NOW = 1_700_000_000_000
LEADS = {
    (CaseState.OPEN, CaseStep.REVIEW): CaseState.IN_REVIEW,
    (CaseState.OPEN, CaseStep.ANSWER): CaseState.DONE,
    (CaseState.OPEN, CaseStep.REFUSE): CaseState.REFUSED_WITH_REASON,
    (CaseState.IN_REVIEW, CaseStep.ANSWER): CaseState.DONE,
    (CaseState.IN_REVIEW, CaseStep.REFUSE): CaseState.REFUSED_WITH_REASON,
    (CaseState.REFUSED_WITH_REASON, CaseStep.APPEAL): CaseState.IN_REVIEW,
}


def case(state: CaseState = CaseState.OPEN, kind: CaseKind = CaseKind.CORRECTION) -> Case:
    """Make a case in a state."""
    made = open_case(kind, id="c" * 32, person="p" * 32, by="kiosk-1", now=NOW, fields=frozenset({Field.NAME}))
    return replace(made, state=state)


def test_a_case_begins_open_with_its_deadline_and_what_it_is_about() -> None:
    """Everything that was asked is kept, and nothing is answered yet."""
    made = open_case(
        CaseKind.WITHDRAWAL, id="c" * 32, person="p" * 32, by="kiosk-1", now=NOW, purposes=frozenset(Purpose)
    )
    assert (made.state, made.opened, made.answered, made.reason) == (CaseState.OPEN, NOW, None, "")
    assert made.purposes == frozenset(Purpose)
    assert made.due == deadline(CaseKind.WITHDRAWAL, NOW)


@pytest.mark.parametrize(("state", "taken"), list(product(CaseState, CaseStep)))
def test_a_case_goes_the_ways_of_the_table_alone(state: CaseState, taken: CaseStep) -> None:
    """Every step from every state, against a list that was written down apart; what is done stays done."""
    if (state, taken) not in LEADS:
        with pytest.raises(CaseRefused) as caught:
            step(case(state), taken, at=NOW + 5, reason="because")
        assert caught.value.code is ErrorCode.CASE_CLOSED
        return
    after = step(case(state), taken, at=NOW + 5, reason="because")
    assert after.state is LEADS[state, taken]
    assert after.answered == (None if after.state in UNDECIDED else NOW + 5)
    assert after.reason == "because"


def test_every_state_and_kind_is_in_the_tables() -> None:
    """A new one has to be thought of."""
    assert set(TRANSITIONS) == set(CaseState)
    assert set(DAYS) == set(CaseKind)


@pytest.mark.parametrize("reason", ["", " ", "\n\t", "x" * (LONGEST_REASON + 1)])
def test_a_refusal_needs_a_reason_that_can_be_read(reason: str) -> None:
    """P9: answered with a reason; an empty one is none."""
    with pytest.raises(CaseRefused) as caught:
        step(case(), CaseStep.REFUSE, at=NOW, reason=reason)
    assert caught.value.code is ErrorCode.CASE_REASON


def test_an_appeal_begins_anew_and_keeps_the_first_answer() -> None:
    """P9: it has a deadline of its own, and the next answer is not taken for the first; that one stays for good."""
    opened = case()
    refused = step(opened, CaseStep.REFUSE, at=NOW, by="officer-1", reason=" by law ")
    assert (refused.reason, refused.answered, refused.answered_by) == ("by law", NOW, "officer-1")
    at = NOW + 30 * 86_400_000
    appealed = step(refused, CaseStep.APPEAL, at=at)
    assert (appealed.reason, appealed.answered, appealed.answered_by) == ("", None, "")
    assert appealed.due == deadline(opened.kind, at) > opened.due
    assert appealed.first == Answer(NOW, "officer-1", "by law")
    again = step(appealed, CaseStep.REFUSE, at=at + 1, by="officer-2", reason="still")
    assert (again.reason, again.answered_by, again.first) == ("still", "officer-2", appealed.first)
    assert step(again, CaseStep.APPEAL, at=at + 2).first == appealed.first


def test_a_review_keeps_what_was_said() -> None:
    """Put before the officer, a case is still without an answer."""
    reviewed = step(case(), CaseStep.REVIEW, at=NOW, by="kiosk", reason="look")
    assert (reviewed.reason, reviewed.answered, reviewed.answered_by, reviewed.first) == ("look", None, "", None)


def test_an_answer_needs_no_reason_but_takes_no_endless_one() -> None:
    """Done is done; still, nobody writes a book there."""
    assert step(case(), CaseStep.ANSWER, at=NOW).reason == ""
    with pytest.raises(CaseRefused):
        step(case(), CaseStep.ANSWER, at=NOW, reason="x" * (LONGEST_REASON + 1))


@given(kind=st.sampled_from(CaseKind), opened=st.datetimes(datetime(2013, 1, 1), datetime(2040, 1, 1)))  # noqa: DTZ001 - in Seoul.
def test_a_deadline_is_the_end_of_a_day_in_seoul(kind: CaseKind, opened: datetime) -> None:
    """The day of the request does not count, and the last day counts to its end (P9, P10, P12)."""
    asked = opened.replace(tzinfo=SEOUL)
    due = datetime.fromtimestamp(deadline(kind, int(asked.timestamp() * 1000)) / 1000, SEOUL)
    assert due.time().isoformat() == "00:00:00"
    assert (due.date() - asked.date()).days == DAYS[kind] + 1


def test_no_right_waits_longer_than_the_law_lets_it() -> None:
    """Ten days at most (P9); what ends a use, without delay (P10, P11); the source, at once (P12)."""
    assert max(DAYS.values()) == 10
    assert DAYS[CaseKind.WITHDRAWAL] == DAYS[CaseKind.ERASURE] == 5
    assert DAYS[CaseKind.SOURCE_NOTICE] == 3


@pytest.mark.parametrize(
    ("state", "late", "overdue"),
    [
        (CaseState.OPEN, -1, False),
        (CaseState.OPEN, 0, True),
        (CaseState.IN_REVIEW, 0, True),
        (CaseState.DONE, 5, False),
        (CaseState.REFUSED_WITH_REASON, 5, False),
    ],
)
def test_a_case_is_overdue_from_its_deadline_while_it_waits(state: CaseState, late: int, *, overdue: bool) -> None:
    """The deadline is exclusive; an answered case is never late."""
    made = case(state)
    assert made.is_overdue(made.due + late) is overdue


@pytest.mark.parametrize("language", Language)
def test_every_way_to_appeal_is_told_in_both_languages(language: Language) -> None:
    """P9: the answer says where to turn to."""
    assert len(APPEALS) == 3
    for way in APPEALS:
        assert way.who.of(language).strip()
        assert way.what.of(language).strip()
        assert way.contact.strip()
