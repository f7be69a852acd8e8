"""The gate's decisions, over every combination of what it weighs, against rules written as one table."""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.gate import decide
from consent.permit import Permit, Refusal
from consent.scope import Scope
from consent.standing import Enrolment, PurposeStanding, Standing
from consent.vocabulary import CONSENTED_PURPOSES, Channel, Field, Purpose, RefusalReason, State

NOW = 1_700_000_000_000
LATER = NOW + 1
HERE = Scope("actor", "bureau", frozenset(Purpose), ("11010",), frozenset({"fire"}))
SCOPES = {
    "covers": HERE,
    "whole city": Scope("actor", "bureau", frozenset(Purpose), None, None),
    "other region": Scope("actor", "bureau", frozenset(Purpose), ("11020",), None),
    "other group": Scope("actor", "bureau", frozenset(Purpose), None, frozenset({"patrol"})),
}
ENROLMENTS = {
    "none": None,
    "open": Enrolment("bureau", LATER),
    "over": Enrolment("bureau", NOW),
    "other department": Enrolment("district", LATER),
}
BOTH = (True, False)


@dataclass(frozen=True)
class Case:
    """One combination, as facts from which both the gate's input and the expected answer are made."""

    field: Field
    purpose: Purpose
    scope: str
    state: State | None
    in_time: bool
    field_agreed: bool
    channel: Channel | None
    channel_agreed: bool
    sensitive: bool
    sensitive_agreed: bool
    held: bool
    enrolment: str

    def answer(self) -> Permit | Refusal:
        """Ask the gate, with a purpose out of scope spelt as a scope of every purpose but this one."""
        others = frozenset(Purpose) - {self.purpose}
        scope = Scope("actor", "bureau", others, None, None) if self.scope == "other purpose" else SCOPES[self.scope]
        recorded = PurposeStanding(
            self.state or State.NOT_ASKED,
            frozenset(Field) if self.field_agreed else frozenset(Field) - {self.field},
            frozenset(Channel) if self.channel_agreed else frozenset(Channel) - {self.channel},
            LATER if self.in_time else NOW,
            self.sensitive_agreed,
        )
        standing = Standing(
            "p1",
            "1101053",
            "fire",
            frozenset(Field) if self.held else frozenset(Field) - {self.field},
            {} if self.state is None else {self.purpose: recorded},
            ENROLMENTS[self.enrolment],
        )
        return decide(standing, self.field, self.purpose, scope, NOW, channel=self.channel, sensitive=self.sensitive)

    def expected(self) -> str:
        """Return the first refusal of the table that applies, or PERMIT."""
        enrolling = self.purpose is Purpose.ENROLMENT
        basis = self.enrolment if enrolling else "consent"
        state = "NOT_ASKED" if self.state is None else self.state.value
        discloses = {"NAME", "PHONE", "EMAIL"} if enrolling else {f.value for f in Field}
        agreed = enrolling or (self.field_agreed and (self.channel is None or self.channel_agreed))
        table = (
            ("OUT_OF_SCOPE", self.scope.startswith("other")),
            ("OUT_OF_SCOPE", basis == "other department"),
            ("NOT_ASKED", basis == "none" or (not enrolling and state == "NOT_ASKED")),
            ("REFUSED", state == "REFUSED"),
            ("WITHDRAWN", state == "WITHDRAWN"),
            ("EXPIRED", state == "EXPIRED"),
            ("EXPIRED", not self.in_time if not enrolling else basis == "over"),
            ("NOT_COVERED", self.field.value not in discloses or not agreed),
            ("SENSITIVE", self.sensitive and self.field.value == "AFFILIATION" and not self.sensitive_agreed),
            ("NOT_HELD", not self.held),
        )
        return next((reason for reason, applies in table if applies), "PERMIT")


def cases(field: Field, purpose: Purpose) -> Iterator[Case]:
    """Every combination of the other facts."""
    scopes = (*SCOPES, "other purpose")
    channels = (None, *Channel)
    enrolments = tuple(ENROLMENTS) if purpose is Purpose.ENROLMENT else ("none", "open")
    states = (None, *State)
    product = itertools.product(scopes, states, BOTH, BOTH, channels, BOTH, BOTH, BOTH, BOTH, enrolments)
    for facts in product:
        yield Case(field, purpose, *facts)


@pytest.mark.parametrize("purpose", Purpose)
@pytest.mark.parametrize("field", Field)
def test_every_combination_is_answered_as_the_table_says(field: Field, purpose: Purpose) -> None:
    """Every combination is answered by the first refusal that applies, else by a permit (P2, P5)."""
    reached = set()
    for case in cases(field, purpose):
        answer = case.answer()
        told = answer.reason.value if isinstance(answer, Refusal) else "PERMIT"
        assert told == case.expected(), case
        reached.add(told)
        if isinstance(answer, Permit):
            facts = (answer.person, answer.field, answer.purpose, answer.channel, answer.at)
            assert facts == ("p1", field, purpose, case.channel, NOW)
            assert answer.sensitive is (case.sensitive and field is Field.AFFILIATION)
    # The combinations met every answer that this field and purpose can meet.
    never = set() if field is Field.AFFILIATION else {"SENSITIVE"}
    if purpose is Purpose.ENROLMENT:
        contact = field in {Field.NAME, Field.PHONE, Field.EMAIL}
        never = {"SENSITIVE", "NOT_COVERED"} if contact else {"SENSITIVE", "NOT_HELD", "PERMIT"}
    assert reached == {*RefusalReason, "PERMIT"} - never


def granted(until: int, **changes: object) -> Standing:
    """Make a standing that permits everything until then, but for the changes."""
    consent = PurposeStanding(State.GRANTED, frozenset(Field), frozenset(Channel), until, sensitive=True)
    facts: dict[str, Any] = {
        "person": "p1",
        "jurisdiction": "1101053",
        "group": "fire",
        "held": frozenset(Field),
        "purposes": dict.fromkeys(CONSENTED_PURPOSES, consent),
        "enrolment": Enrolment("bureau", until),
    }
    return Standing(**facts | changes)


@given(until=st.integers(), offset=st.integers(-2, 2) | st.integers(), purpose=st.sampled_from(Purpose))
def test_consent_ends_at_the_very_instant_of_its_end(until: int, offset: int, purpose: Purpose) -> None:
    """The end is exclusive: a permit until the last millisecond before it, EXPIRED from then on (P11)."""
    # Who has answered everything is asked nothing more: an enrolment is open while somebody has not.
    standing = granted(until, purposes={}) if purpose is Purpose.ENROLMENT else granted(until)
    answer = decide(standing, Field.NAME, purpose, HERE, until + offset)
    if offset < 0:
        assert isinstance(answer, Permit)
    else:
        assert isinstance(answer, Refusal)
        assert answer.reason.value == "EXPIRED"


@pytest.mark.parametrize(
    ("regions", "jurisdiction", "covered"),
    [
        (None, "1101053", True),
        (("11",), "1101053", True),
        (("11010",), "1101053", True),
        (("1101053",), "1101053", True),
        (("11020", "11010"), "1101053", True),
        (("11010",), "11010", True),
        (("11010",), "11", False),
        (("1101054",), "1101053", False),
        ((), "1101053", False),
        (None, "", False),
    ],
)
def test_a_region_covers_itself_and_all_that_lies_under_it(
    regions: tuple[str, ...] | None, jurisdiction: str, *, covered: bool
) -> None:
    """A region's code covers every code that starts with it, and a district office never covers the city."""
    scope = Scope("actor", "bureau", frozenset(Purpose), regions, None)
    assert scope.covers(jurisdiction, "fire") is covered


def test_a_record_without_a_group_is_covered_by_nobody() -> None:
    """An empty group is unknown, and the unknown is never in scope."""
    assert not SCOPES["whole city"].covers("1101053", "")


def test_no_department_matches_no_enrolment() -> None:
    """An actor and an enrolment that both lack a department do not match each other."""
    scope = Scope("actor", "", frozenset(Purpose), None, None)
    standing = granted(LATER, enrolment=Enrolment("", LATER))
    answer = decide(standing, Field.NAME, Purpose.ENROLMENT, scope, NOW)
    assert isinstance(answer, Refusal)
    assert answer.reason.value == "OUT_OF_SCOPE"


def test_standings_may_come_in_any_mapping() -> None:
    """A read-only view of the purposes decides as a dict does."""
    plain = granted(LATER)
    view = granted(LATER, purposes=MappingProxyType(dict(plain.purposes)))
    assert isinstance(decide(view, Field.NAME, Purpose.CITY_NEWS, HERE, NOW), Permit)
