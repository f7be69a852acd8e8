"""Where decisions came from, in words that are so (P12); and that the report leaves nothing of them out (P9)."""

from dataclasses import fields
from typing import Any

import pytest

from consent.events import Capture, Guardian
from consent.vocabulary import CaptureMethod, EventKind, GuardianCheck
from directory.api.access_report import MyDecision
from directory.rights.access import _decision
from directory.rights.origins import source_of
from directory.rights.report import HeldDecision
from graph.holdings import HeldEvent
from tests.consent.making_events import AT, event


@pytest.mark.parametrize(
    ("kind", "parts", "ko", "en"),
    [
        (EventKind.GRANTED, {}, "본인(무인단말기)", "Yourself (at a kiosk)"),
        (
            EventKind.GRANTED,
            {"capture": Capture(CaptureMethod.ROSTER, "office", evidence="2013-7")},
            "단체나 위원회의 명부(증빙: 2013-7)",
            "A list of your organization or committee (evidence: 2013-7)",
        ),
        (
            EventKind.GRANTED,
            {"guardian": Guardian(GuardianCheck.CARD, AT)},
            "법정대리인(카드 정보)",
            "Your guardian (The guardian's payment card was checked)",
        ),
        (EventKind.EXPIRED, {}, "시스템 기록(sweep)", "Recorded by the directory (sweep)"),
        (
            EventKind.OVERRIDE,
            {"basis": "PIPA-15-1-5"},
            "kiosk-7의 기록(근거: PIPA-15-1-5)",
            "Recorded by kiosk-7 (basis: PIPA-15-1-5)",
        ),
    ],
)
def test_a_source_is_what_it_was(kind: EventKind, parts: dict[str, Any], ko: str, en: str) -> None:
    """Only what a person decided is from themselves."""
    source = source_of(event(kind, **parts))
    assert (source.from_ko, source.from_en) == (ko, en)


@pytest.mark.parametrize("method", CaptureMethod)
def test_every_method_has_words(method: CaptureMethod) -> None:
    """None is told without a source."""
    kind = EventKind.EXPIRED if method is CaptureMethod.SYSTEM else EventKind.REFUSED
    source = source_of(event(kind, capture=Capture(method, "desk", evidence="x")))
    assert source.from_ko
    assert source.from_en
    assert "{" not in source.from_ko + source.from_en


def test_nothing_of_an_event_is_left_out() -> None:
    """What the ledger commits to is told, but for its format, whose it is, and what of others was destroyed with it."""
    told = {field.name for field in fields(HeldDecision)}
    made = event(EventKind.GRANTED, guardian=Guardian(GuardianCheck.CALL, AT))
    content = made.content()
    parts = (content.keys() | content["capture"].keys() | content["guardian"].keys()) - {"capture"}
    renamed = {"check": "guardian", "verified_at": "guardian_verified"}
    assert {renamed.get(part, part) for part in parts} - {"v", "person", "erases"} == told - {"place"}
    assert {field.name for field in fields(MyDecision)} == told
    held = _decision(HeldEvent(made, 7))
    assert (held.guardian, held.evidence, held.place) == (GuardianCheck.CALL, made.capture.evidence, 7)
