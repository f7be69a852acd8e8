"""Decisions that come after others: sent again, renewed, taken back; and who answers for a child (P1, P7, P8)."""

import asyncio
import secrets
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from consent.vocabulary import Purpose
from directory.receipts.errors import ReceiptNotYet
from graph import consents
from tests.directory.consents.test_decisions import RECORD, agreement, record
from tests.directory.desk import Desk
from tests.graph.test_consents import mislay
from tests.loaded_city import NOW, Truth


def instant(**before: int) -> str:
    """Write an instant so long before now."""
    return (datetime.fromtimestamp(NOW / 1000, UTC) - timedelta(**before)).isoformat()


async def refused(desk: Desk, decision: dict[str, Any]) -> str:
    """Have a decision refused, and return the rule."""
    answer = await desk.ask(RECORD, {"decision": decision}, by="enroller")
    assert answer.codes == ["DECISION_REFUSED"]
    rule: str = answer.body["errors"][0]["extensions"]["rule"]
    return rule


@pytest.mark.parametrize("kind", ["GRANTED", "REFUSED", "WITHDRAWN", "RENEWED"])
async def test_what_was_left_open_is_as_it_was(desk: Desk, someone: Truth, kind: str) -> None:
    """Sent again without an instant it is recorded once, though the clock has gone on; another decision is not it."""
    if kind == "RENEWED":
        await record(desk, agreement(someone, at=instant(days=9)))
    bare = {} if kind == "GRANTED" else {"fields": [], "channels": []}
    decision = agreement(someone, kind=kind, id=secrets.token_urlsafe(16), **bare)
    first, again = await record(desk, decision), await record(desk, decision)
    assert (first["already"], again["already"]) == (False, True)
    assert (first["until"], first["state"]) == (again["until"], again["state"])
    other = await desk.ask(RECORD, {"decision": decision | {"meeting": "another"}}, by="enroller")
    assert other.codes == ["DECISION_CONFLICT"]
    events = await desk.city.graph.read(consents.events_of, someone.id)
    assert [event.id for event in events].count(decision["id"]) == 1


async def test_two_at_once_are_one(desk: Desk, someone: Truth) -> None:
    """Both on their way with an instant of their own: one of them is the other sent again."""
    decision = agreement(someone, id=secrets.token_urlsafe(16))
    answers = await asyncio.gather(*(record(desk, decision) for _ in range(2)))
    assert sorted(answer["already"] for answer in answers) == [False, True]


async def test_an_id_of_somebody_else_fills_nothing_in(desk: Desk, someone: Truth) -> None:
    """Under another person's event it is a conflict, as ever."""
    other = next(person for person in desk.city.people if person.id != someone.id)
    decision = agreement(someone, id=secrets.token_urlsafe(16), at=instant(days=1))
    await record(desk, decision)
    stolen = agreement(other, id=decision["id"])
    assert (await desk.ask(RECORD, {"decision": stolen}, by="enroller")).codes == ["DECISION_CONFLICT"]


@pytest.mark.parametrize(
    "more",
    [
        {"notice": "city-news/1"},
        {"notice": "city-news/99", "noticeHash": "00" * 32, "language": "fr"},
        {"language": "ko"},
        {"until": "2031-01-01T00:00:00+09:00"},
    ],
)
async def test_nothing_about_notices_hinders_a_withdrawal(desk: Desk, someone: Truth, more: dict[str, str]) -> None:
    """P8: what a form sends along is left out, and the withdrawal is recorded."""
    await record(desk, agreement(someone))
    taken = {"participant": someone.id, "purpose": "CITY_NEWS", "kind": "WITHDRAWN", "method": "KIOSK"}
    assert (await record(desk, taken | more))["state"] == "WITHDRAWN"


async def test_only_what_stands_is_renewed(desk: Desk, someone: Truth) -> None:
    """P1: not what was never agreed to, was taken back, or is over by then."""
    renewal = agreement(someone, kind="RENEWED", fields=[], channels=[])
    assert await refused(desk, renewal) == "EVENT_RENEWS_NOTHING"
    await record(desk, agreement(someone, at=instant(days=9), until=instant(days=3)))
    assert await refused(desk, renewal) == "EVENT_RENEWS_NOTHING"
    assert (await record(desk, renewal | {"at": instant(days=4)}))["state"] == "GRANTED"
    taken = {"participant": someone.id, "purpose": "CITY_NEWS", "kind": "WITHDRAWN", "method": "KIOSK"}
    await record(desk, taken)
    assert await refused(desk, renewal) == "EVENT_RENEWS_NOTHING"


async def test_what_the_text_has_changed_since_is_not_renewed(
    desk: Desk, someone: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """P1: whoever has to be asked again is not let go on instead."""
    await record(desk, agreement(someone, at=instant(days=9)))
    book = desk.services.decisions._book
    monkeypatch.setattr(book, "asks_again", lambda *_: True)
    renewal = agreement(someone, kind="RENEWED", fields=[], channels=[])
    assert await refused(desk, renewal) == "EVENT_RENEWS_NOTHING"
    monkeypatch.undo()
    assert (await record(desk, renewal))["state"] == "GRANTED"


@pytest.mark.parametrize(
    ("check", "verified", "rule"),
    [
        ("CALL", instant(days=31), "EVENT_GUARDIAN_CHECK"),
        ("CALL", instant(days=-1), "EVENT_GUARDIAN_CHECK"),
        ("CALL", "1990-01-01T00:00:00Z", "EVENT_GUARDIAN_CHECK"),
    ],
)
async def test_a_check_that_does_not_count_is_refused(
    desk: Desk, someone: Truth, check: str, verified: str, rule: str
) -> None:
    """P7: verified before the decision, and not long before."""
    await desk.city.graph.write(mislay, someone.id, "born", 2001)
    assert await refused(desk, agreement(someone, guardian={"check": check, "at": verified})) == rule
    assert (await record(desk, agreement(someone, guardian={"check": check, "at": instant(days=29)})))["id"]


async def test_whose_year_is_not_held_is_looked_at(desk: Desk, someone: Truth) -> None:
    """P7: without a year of birth nobody agrees unless a guardian does, or somebody saw that they are of age."""
    await desk.city.graph.write(mislay, someone.id, "born", None)
    assert await refused(desk, agreement(someone)) == "EVENT_GUARDIAN"
    assert (await record(desk, agreement(someone, kind="REFUSED", fields=[], channels=[])))["state"] == "REFUSED"
    answer = await record(desk, agreement(someone, ofAge=True))
    assert answer["state"] == "GRANTED"
    event = await desk.city.graph.read(consents.by_id, answer["id"])
    assert event is not None
    assert (event.basis, event.purpose) == ("of-age", Purpose.CITY_NEWS)
    await desk.city.graph.write(mislay, someone.id, "born", 2001)
    assert await refused(desk, agreement(someone, ofAge=True)) == "EVENT_GUARDIAN"


async def test_an_id_is_told_though_the_receipt_is_not_there(
    desk: Desk, someone: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The decision is recorded, and the id that the service made must not be lost with the receipt."""

    async def not_yet(*_: object) -> None:
        raise ReceiptNotYet

    monkeypatch.setattr(type(desk.services.receipts), "issue", not_yet)
    query = "mutation ($decision: DecisionInput!) { recordDecision(decision: $decision) { id receipt { id } } }"
    answer = await desk.ask(query, {"decision": agreement(someone)}, by="enroller")
    found = answer.data["recordDecision"]
    assert found["receipt"] is None
    assert await desk.city.graph.read(consents.by_id, found["id"]) is not None
