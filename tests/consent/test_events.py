"""Consent events: what each kind needs, what it may not have, and that its content reads back as it was."""

import pickle
from typing import Any

import orjson
import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from consent.errors import ErrorCode, EventRefused
from consent.events import CLOCKS_DIFFER, Capture, ConsentEvent, Guardian, read_event
from consent.vocabulary import CaptureMethod, EventKind, Field, GuardianCheck, Purpose
from tests.consent.making_events import AT, FOUND, KIOSK, SHOWN, event, events

NOTHING = {"notice": "", "notice_hash": "", "language": ""}
ROSTER = Capture(CaptureMethod.ROSTER, "actor-1")

# What is wrong, the kind of event, the part that is named, and the parts that make it wrong.
REFUSED: list[tuple[str, EventKind, str, dict[str, Any]]] = [
    ("an id that could be guessed or typed", EventKind.REFUSED, "id", {"id": "1"}),
    ("an id with other characters", EventKind.REFUSED, "id", {"id": "event 0000000000001"}),
    ("an id that is none", EventKind.REFUSED, "id", {"id": 12345678901234567890}),
    ("nobody", EventKind.REFUSED, "person", {"person": ""}),
    ("a person by name", EventKind.REFUSED, "person", {"person": "홍길동"}),
    ("a kind that is a text", EventKind.REFUSED, "kind", {"kind": "REFUSED"}),
    ("an instant that is none", EventKind.REFUSED, "at", {"at": 1.5, "recorded": AT}),
    ("an instant before there were any", EventKind.REFUSED, "at", {"at": -1}),
    ("a recording time that is none", EventKind.REFUSED, "recorded", {"recorded": None}),
    ("fields that are texts", EventKind.GRANTED, "fields", {"fields": frozenset({"NAME"})}),
    ("fields in a list", EventKind.GRANTED, "fields", {"fields": [Field.NAME]}),
    ("channels that are texts", EventKind.GRANTED, "fields", {"channels": frozenset({"SMS"})}),
    ("channels in a list", EventKind.GRANTED, "fields", {"channels": []}),
    ("a sensitive part that is neither yes nor no", EventKind.GRANTED, "fields", {"sensitive": 1}),
    ("fields in a refusal", EventKind.REFUSED, "fields", {"fields": frozenset({Field.NAME})}),
    ("no purpose", EventKind.REFUSED, "purpose", {"purpose": None}),
    ("a purpose of an erasure, which is of everything", EventKind.ERASED, "purpose", {"purpose": Purpose.CITY_NEWS}),
    ("consent to be asked for consent", EventKind.GRANTED, "purpose", {"purpose": Purpose.ENROLMENT}),
    (
        "part of an enrolment taken back",
        EventKind.WITHDRAWN,
        "purpose",
        {"purpose": Purpose.ENROLMENT, "fields": frozenset({Field.NAME})},
    ),
    ("no capture", EventKind.REFUSED, "capture", {"capture": None}),
    ("a method that is a text", EventKind.REFUSED, "capture", {"capture": Capture("KIOSK", "kiosk-7")}),  # type: ignore[arg-type]
    ("no operator", EventKind.REFUSED, "capture", {"capture": Capture(CaptureMethod.KIOSK, "")}),
    ("a meeting of two lines", EventKind.REFUSED, "capture", {"capture": Capture(CaptureMethod.KIOSK, "k", "a\nb")}),
    ("a meeting without end", EventKind.REFUSED, "capture", {"capture": Capture(CaptureMethod.KIOSK, "k", "a" * 201)}),
    ("a roster's word without evidence", EventKind.GRANTED, "capture", {"capture": ROSTER}),
    ("a decision of the directory's own", EventKind.GRANTED, "capture", {"capture": FOUND}),
    ("an end that a person reports", EventKind.EXPIRED, "capture", {"capture": KIOSK}),
    ("a decision without a notice", EventKind.GRANTED, "notice", NOTHING),
    ("a refusal without the notice's hash", EventKind.REFUSED, "notice", {"notice_hash": ""}),
    ("a decision in no language", EventKind.RENEWED, "notice", {"language": ""}),
    ("a withdrawal under a notice", EventKind.WITHDRAWN, "notice", SHOWN),
    ("a consent without end", EventKind.GRANTED, "until", {"until": None}),
    ("a consent that ends as it begins", EventKind.GRANTED, "until", {"until": AT}),
    ("a renewal to an end that is no instant", EventKind.RENEWED, "until", {"until": 2.0**60}),
    ("a refusal with an end", EventKind.REFUSED, "until", {"until": AT + 1}),
    ("a guardian by name", EventKind.GRANTED, "guardian", {"guardian": "홍길동"}),
    ("a guardian's check that is a text", EventKind.GRANTED, "guardian", {"guardian": Guardian("CALL", AT)}),  # type: ignore[arg-type]
    (
        "a guardian checked at no instant",
        EventKind.GRANTED,
        "guardian",
        {"guardian": Guardian(GuardianCheck.CALL, "AT")},  # type: ignore[arg-type]
    ),
    ("an erasure for no reason", EventKind.ERASED, "basis", {"basis": ""}),
    ("an erasure of a place that is none", EventKind.ERASED, "erases", {"erases": ("the first",)}),
    ("an erasure of places in a list", EventKind.ERASED, "erases", {"erases": ["1"]}),
    ("a refusal that destroys", EventKind.REFUSED, "erases", {"erases": ("1",)}),
    ("an override without a legal basis", EventKind.OVERRIDE, "basis", {"basis": ""}),
]


@pytest.mark.parametrize("kind", EventKind)
def test_each_kind_can_be_recorded(kind: EventKind) -> None:
    """An event of every kind can be made, and its content reads back as the same event."""
    made = event(kind)
    assert read_event(orjson.loads(orjson.dumps(made.content()))) == made


@pytest.mark.parametrize(("kind", "part", "parts"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
def test_what_contradicts_itself_is_refused(kind: EventKind, part: str, parts: dict[str, Any]) -> None:
    """The part that is wrong is named, and nothing that was given is repeated (L5)."""
    with pytest.raises(EventRefused) as refusal:
        event(kind, **parts)
    assert refusal.value.code is ErrorCode.EVENT_INVALID
    assert refusal.value.part == part
    assert "홍길동" not in str(refusal.value)


def test_the_future_is_refused() -> None:
    """A device's clock may be a quarter of an hour ahead of ours, and no more."""
    assert event(EventKind.REFUSED, at=AT + CLOCKS_DIFFER, recorded=AT)
    with pytest.raises(EventRefused) as refusal:
        event(EventKind.REFUSED, at=AT + CLOCKS_DIFFER + 1, recorded=AT)
    assert refusal.value.code is ErrorCode.EVENT_IN_FUTURE


def test_a_roster_with_evidence_is_believed() -> None:
    """What a roster says of a person stands where there is something to show for it."""
    proven = Capture(CaptureMethod.ROSTER, "actor-1", evidence="sheet-0042")
    assert event(EventKind.GRANTED, capture=proven).capture.evidence == "sheet-0042"


def test_a_sweep_erases_by_itself() -> None:
    """What must go by its age goes without anybody's decision (P11)."""
    assert event(EventKind.ERASED, capture=FOUND).capture is FOUND


def test_an_erasure_says_what_it_destroyed() -> None:
    """The leaves of events, and the rows of looks, so that nothing else can go missing under its name (C7)."""
    erasure = event(EventKind.ERASED, erases=("17", "23/4"))
    assert read_event(erasure.content()).erases == ("17", "23/4")


def test_being_asked_can_be_refused() -> None:
    """A person may say that they do not want to be asked."""
    assert event(EventKind.REFUSED, purpose=Purpose.ENROLMENT).purpose is Purpose.ENROLMENT


@given(events())
def test_the_content_reads_back(made: ConsentEvent) -> None:
    """The content is the whole event, in types of which canonical JSON has one form (C2)."""
    content = made.content()
    assert orjson.dumps(content, option=orjson.OPT_SORT_KEYS) == rfc8785.dumps(content)
    assert read_event(content) == made


@given(events(), st.data())
def test_other_content_is_not_read(made: ConsentEvent, data: st.DataObject) -> None:
    """A content that lacks a part, has one more, or has another value in one, is no event: no cause is told."""
    content = made.content()
    part = data.draw(st.sampled_from(sorted(content)))
    changed = data.draw(
        st.sampled_from(
            [
                {key: value for key, value in content.items() if key != part},
                content | {"name": "홍길동"},
                content | {part: ["홍길동"]},
                content | {part: {"홍길동": 1}},
            ]
        )
    )
    with pytest.raises(EventRefused) as refusal:
        read_event(changed)
    assert refusal.value.code is ErrorCode.EVENT_UNREADABLE
    assert refusal.value.__cause__ is None
    assert refusal.value.__context__ is None


def test_the_same_fact_sent_again() -> None:
    """An event that is sent twice differs in when it was taken in, and in nothing else."""
    first = event(EventKind.GRANTED)
    assert first.same_fact(event(EventKind.GRANTED, recorded=AT + 999_999))
    assert not first.same_fact(event(EventKind.GRANTED, fields=frozenset({Field.NAME})))


def test_a_refusal_travels() -> None:
    """It keeps its code and part when it crosses processes."""
    again = pickle.loads(pickle.dumps(EventRefused(ErrorCode.EVENT_INVALID, "until")))  # noqa: S301 - pickled here.
    assert (again.code, again.part) == (ErrorCode.EVENT_INVALID, "until")
    assert str(again).endswith("See: until.")
