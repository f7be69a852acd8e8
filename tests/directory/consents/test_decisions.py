"""Decisions through the interface: taken down once, under their notice, by those who may, and in force at once."""

import secrets
from typing import Any, Final

import pytest

from consent.vocabulary import Field, Purpose
from directory.notices.book import load_book
from tests.directory.desk import Desk
from tests.graph.test_consents import mislay
from tests.loaded_city import Truth

BOOK: Final = load_book()
RECORD: Final = """
mutation ($decision: DecisionInput!) {
  recordDecision(decision: $decision) { id already state fields channels until }
}
"""
ONE: Final = """
query ($id: ID!, $purpose: Purpose!) {
  participant(id: $id, purpose: $purpose) { name phone withheld { field reason } }
}
"""
NEWS: Final = "CITY_NEWS"


def agreement(person: Truth, **parts: Any) -> dict[str, Any]:  # noqa: ANN401 - any part of a decision.
    """Give a decision that can be recorded."""
    given = {
        "participant": person.id,
        "purpose": NEWS,
        "kind": "GRANTED",
        "method": "PAPER",
        "notice": "city-news/1",
        "language": "ko",
        "fields": ["NAME", "PHONE"],
        "channels": ["SMS"],
    }
    return {name: value for name, value in (given | parts).items() if value is not None}


async def record(desk: Desk, decision: dict[str, Any], by: str = "enroller") -> dict[str, Any]:
    """Record a decision that is accepted."""
    found: dict[str, Any] = (await desk.ask(RECORD, {"decision": decision}, by=by)).data["recordDecision"]
    return found


async def shown(desk: Desk, person: Truth, by: str = "staff") -> dict[str, Any]:
    """Ask for the person for the purpose of the city's news."""
    found: dict[str, Any] = (await desk.ask(ONE, {"id": person.id, "purpose": NEWS}, by=by)).data["participant"]
    return found


async def test_an_agreement_is_in_force_at_once(desk: Desk, someone: Truth) -> None:
    """What was withheld before is shown after it, to the fields that were agreed to, for as long as the notice says."""
    assert {row["reason"] for row in (await shown(desk, someone))["withheld"]} == {"NOT_ASKED"}
    answer = await record(desk, agreement(someone))
    assert not answer["already"]
    assert (answer["state"], answer["fields"], answer["channels"]) == ("GRANTED", ["NAME", "PHONE"], ["SMS"])
    after = await shown(desk, someone)
    assert (after["name"], after["phone"]) == (someone.name, someone.phone)
    withheld = {row["field"] for row in after["withheld"]}
    assert withheld == {str(field) for field in Field} - {"NAME", "PHONE"}


async def test_a_withdrawal_is_as_easy_as_the_agreement(desk: Desk, someone: Truth) -> None:
    """It needs no notice, can be of a part, and acts at once (P8, P10)."""
    await record(desk, agreement(someone))
    part = {"participant": someone.id, "purpose": NEWS, "kind": "WITHDRAWN", "method": "KIOSK", "fields": ["PHONE"]}
    assert (await record(desk, part))["fields"] == ["NAME"]
    assert (await shown(desk, someone))["phone"] is None
    whole = {"participant": someone.id, "purpose": NEWS, "kind": "WITHDRAWN", "method": "TELEPHONE"}
    answer = await record(desk, whole)
    assert (answer["state"], answer["fields"], answer["until"]) == ("WITHDRAWN", [], None)
    after = await shown(desk, someone)
    assert after["name"] is None
    assert {row["reason"] for row in after["withheld"]} == {"WITHDRAWN"}


async def test_sent_again_it_is_recorded_once(desk: Desk, someone: Truth) -> None:
    """A device that had no answer sends the decision again under its id."""
    decision = agreement(someone, id=secrets.token_urlsafe(16), at="2013-06-19T10:00:00+09:00")
    first, again = await record(desk, decision), await record(desk, decision)
    assert (first["already"], again["already"]) == (False, True)
    assert first["id"] == again["id"] == decision["id"]
    other = await desk.ask(RECORD, {"decision": decision | {"fields": ["NAME"]}}, by="enroller")
    assert other.codes == ["DECISION_CONFLICT"]
    assert (await shown(desk, someone))["phone"] == someone.phone


REFUSED: Final[list[tuple[str, str, dict[str, Any]]]] = [
    ("a notice that there is not", "NOTICE_UNKNOWN", {"notice": "city-news/99"}),
    ("no notice", "NOTICE_UNKNOWN", {"notice": None}),
    ("another text than the published one", "NOTICE_CHANGED", {"noticeHash": "00" * 32}),
    ("a language that nobody wrote", "NOTICE_LANGUAGE", {"language": "fr"}),
    ("a notice of another purpose", "NOTICE_PURPOSE", {"notice": "policy-advice/1"}),
    ("before there was the notice", "NOTICE_NOT_YET", {"at": "2001-01-01T00:00:00+09:00"}),
    ("longer than the notice says", "NOTICE_TOO_LONG", {"until": "2031-01-01T00:00:00+09:00"}),
    ("an end before the beginning", "EVENT_INVALID", {"until": "2012-01-01T00:00:00+09:00"}),
    ("not yet decided", "EVENT_IN_FUTURE", {"at": "2013-06-21T10:00:00+09:00"}),
    ("an id that anybody could choose", "EVENT_INVALID", {"id": "1"}),
    ("a roster's word without evidence", "EVENT_INVALID", {"method": "ROSTER"}),
    ("a decision of nobody", "EVENT_INVALID", {"method": "SYSTEM"}),
    ("a meeting of two lines", "EVENT_INVALID", {"meeting": "canary\nmeeting"}),
    ("items in a refusal", "EVENT_INVALID", {"kind": "REFUSED"}),
]


@pytest.mark.parametrize(("rule", "parts"), [row[1:] for row in REFUSED], ids=[row[0] for row in REFUSED])
async def test_what_does_not_fit_is_refused(desk: Desk, someone: Truth, rule: str, parts: dict[str, Any]) -> None:
    """The rule is named, no value is repeated (L5), and nothing is recorded."""
    answer = await desk.ask(RECORD, {"decision": agreement(someone, **parts)}, by="enroller")
    assert answer.codes == ["DECISION_REFUSED"]
    extensions = answer.body["errors"][0]["extensions"]
    assert extensions["rule"] == rule
    told = answer.without_trace[2].decode()
    assert not [value for value in parts.values() if value and len(value) > len("REFUSED") and value in told]
    assert {row["reason"] for row in (await shown(desk, someone))["withheld"]} == {"NOT_ASKED"}


@pytest.mark.parametrize("kind", ["EXPIRED", "ERASED", "OVERRIDE", "RESTRICTED", "RELEASED"])
async def test_what_no_person_decides_is_not_taken_down(desk: Desk, someone: Truth, kind: str) -> None:
    """The other kinds of event have ways of their own."""
    answer = await desk.ask(RECORD, {"decision": agreement(someone, kind=kind)}, by="enroller")
    assert answer.codes == ["BAD_INPUT"]


@pytest.mark.parametrize("name", ["at", "until"])
async def test_an_instant_has_its_offset(desk: Desk, someone: Truth, name: str) -> None:
    """Nobody guesses where the clock stood."""
    answer = await desk.ask(RECORD, {"decision": agreement(someone, **{name: "2013-06-19T10:00:00"})}, by="enroller")
    assert answer.codes == ["BAD_INPUT"]
    assert f"The argument {name} " in answer.body["errors"][0]["message"]


@pytest.mark.parametrize("by", ["staff", "news", "service", "officer"])
async def test_who_may_not_ask_may_not_record(desk: Desk, someone: Truth, by: str) -> None:
    """A key without the purpose ENROLMENT takes nothing down: no data, no write."""
    answer = await desk.ask(RECORD, {"decision": agreement(someone)}, by=by)
    assert answer.codes == ["FORBIDDEN"]
    assert answer.body["data"] is None
    assert {row["reason"] for row in (await shown(desk, someone))["withheld"]} == {"NOT_ASKED"}


async def test_nobody_and_somebody_elsewhere_are_alike(desk: Desk, someone: Truth) -> None:
    """Out of the key's scope there is nobody (L3): the same words, byte for byte but for the trace."""
    elsewhere = next(
        person
        for person in desk.city.people
        if not person.jurisdiction.startswith("11010") and Purpose.CITY_NEWS not in person.purposes
    )
    answers = []
    for participant in (elsewhere.id, "nobody-0000000000"):
        decision = agreement(someone, participant=participant)
        answer = await desk.ask(RECORD, {"decision": decision}, by="district")
        answers.append(answer.without_trace)
        assert answer.codes == ["NO_SUCH_PARTICIPANT"]
    assert answers[0] == answers[1]


async def test_a_guardian_decides_for_a_child(desk: Desk, someone: Truth) -> None:
    """Of somebody who may be under fourteen nothing is agreed to without a guardian who was verified (P7)."""
    await desk.city.graph.write(mislay, someone.id, "born", 2001)
    alone = await desk.ask(RECORD, {"decision": agreement(someone)}, by="enroller")
    assert alone.codes == ["DECISION_REFUSED"]
    assert alone.body["errors"][0]["extensions"]["rule"] == "EVENT_GUARDIAN"
    assert {row["reason"] for row in (await shown(desk, someone))["withheld"]} == {"NOT_ASKED"}
    checked = {"check": "SIGNED_PAPER", "at": "2013-06-18T10:00:00+09:00"}
    assert (await record(desk, agreement(someone, guardian=checked)))["state"] == "GRANTED"
    taken_back = {"participant": someone.id, "purpose": NEWS, "kind": "WITHDRAWN", "method": "KIOSK"}
    assert (await record(desk, taken_back))["state"] == "WITHDRAWN"


async def test_a_kiosk_sees_no_list(desk: Desk) -> None:
    """It takes decisions down, and asks for nobody."""
    query = "{ participants(purpose: ENROLMENT) { nodes { id } } }"
    assert (await desk.ask(query, by="kiosk")).codes == ["FORBIDDEN"]
