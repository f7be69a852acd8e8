"""Who brings a request, and how: the limits of those behind one key, by telephone through staff, receipts (P8)."""

import hmac
import json
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from consent import one_time_codes
from consent.one_time_codes import A_CALLER, A_CONTACT
from directory.access.caller import Caller
from directory.ledger.sequencer import Sequencer
from directory.ledger.signing_key import ensure_signing_key
from graph import verifications
from graph.transaction import Transaction
from tests.consent.independent_receipts import problems
from tests.directory.desk import Desk
from tests.directory.rights.people import REQUEST, Visitor, visiting
from tests.loaded_city import NOW, City

RECEIPT = "query ($e: ID!, $t: String) { receipt(event: $e, personToken: $t) { id json } }"
WITHDRAW = """
mutation ($t: String!, $m: CaptureMethod) {
  withdrawConsent(personToken: $t, purpose: CITY_NEWS, sensitive: true, method: $m) { id events sensitive state }
}
"""


@pytest_asyncio.fixture
async def visitor(city: City, desk: Desk) -> AsyncIterator[Visitor]:
    """Enrol somebody for one test."""
    async with visiting(city, desk) as somebody:
        yield somebody


async def test_what_is_not_sent_keeps_nobody_out(visitor: Visitor) -> None:
    """Whoever goes on asking for a victim's code takes up its hour, and no more: then a code is sent again."""
    desk = visitor.desk
    with desk.clock.at(NOW + 100 * A_CONTACT.window):
        for _ in range(A_CONTACT.most):
            await desk.ask(REQUEST, {"contact": visitor.person.phone}, by="kiosk")
    with desk.clock.at(NOW + 101 * A_CONTACT.window - 1):
        for _ in range(A_CONTACT.most):
            await desk.ask(REQUEST, {"contact": visitor.person.phone}, by="kiosk")
    with desk.clock.at(NOW + 101 * A_CONTACT.window):
        asked = await desk.ask(REQUEST, {"contact": visitor.person.phone}, by="kiosk")
        assert await visitor.code(asked.data["requestVerification"]["verification"]) is not None


async def test_one_address_does_not_use_up_a_services_key(visitor: Visitor, monkeypatch: pytest.MonkeyPatch) -> None:
    """At a self-service many people share a key; an address is counted for itself, and kept as a keyed hash alone."""
    monkeypatch.setattr(verifications, "A_CALLER", one_time_codes.Limit(1, A_CALLER.window))
    desk, origins = visitor.desk, ["198.51.100.7", "198.51.100.7", "203.0.113.9"]
    real = Caller.__init__
    given = iter(origins)

    def from_elsewhere(self: Caller, key, _: str, trace: str) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
        real(self, key, next(given), trace)

    monkeypatch.setattr(Caller, "__init__", from_elsewhere)
    with desk.clock.at(NOW + 200 * A_CALLER.window):
        answers = [await desk.ask(REQUEST, {"contact": "010-0999-9999"}, by="service") for _ in origins]
    assert [answer.codes for answer in answers] == [[], ["RATE_LIMITED"], []]

    async def counted(tx: Transaction) -> str:
        found = await tx.run("MATCH (a:Attempts) RETURN collect(a.key) AS keys")
        return str((await found.single(strict=True))["keys"])

    kept = await desk.city.graph.read(counted)
    assert "caller:desk-service@" in kept
    assert "198.51" not in kept
    key = desk.services.rights._verifications._key
    assert hmac.digest(key, b"203.0.113.9", "sha256").hex() in kept


@pytest.mark.parametrize(
    ("by", "method", "recorded"),
    [("staff", "TELEPHONE", "TELEPHONE"), ("staff", None, "PAPER"), ("kiosk", None, "KIOSK"), ("service", None, "WEB")],
)
async def test_a_request_is_written_down_as_it_came(
    visitor: Visitor, by: str, method: str | None, recorded: str
) -> None:
    """P8: by telephone is not on paper."""
    token = await visitor.token(by=by)
    case = (await visitor.desk.ask(WITHDRAW, {"t": token, "m": method}, by=by)).data["withdrawConsent"]
    decisions = (await visitor.me(token, "decisions { id method sensitive }", by=by))["decisions"]
    assert decisions == [{"id": case["events"][0], "method": recorded, "sensitive": True}]
    # Of the sensitive part alone, and not of the whole purpose.
    assert case["sensitive"] is True


@pytest.mark.parametrize(("by", "method"), [("kiosk", "TELEPHONE"), ("service", "PAPER"), ("staff", "KIOSK")])
async def test_only_staff_say_how_it_came(visitor: Visitor, by: str, method: str) -> None:
    """What a key says by itself is not said otherwise."""
    token = await visitor.token(by=by)
    answer = await visitor.desk.ask(WITHDRAW, {"t": token, "m": method}, by=by)
    assert answer.codes == ["BAD_INPUT"]
    assert (await visitor.me(token, "decisions { id }", by=by))["decisions"] == []


async def test_a_person_gets_the_receipt_by_any_key(visitor: Visitor, sequencer: Sequencer) -> None:
    """C5, P8: at the self-service too, of their own events alone; without the token that key gets none."""
    desk, token = visitor.desk, await visitor.token(by="service")
    case = (await desk.ask(WITHDRAW, {"t": token}, by="service")).data["withdrawConsent"]
    (event,) = case["events"]
    key = desk.folder / "ledger-key.json"
    ours = Sequencer(desk.city.graph, ensure_signing_key(key, signed=False), lambda: NOW, 1_000)
    try:
        await ours.open()
        await ours.flush()
        desk.services.receipts._ledger.newest = None
        found = (await desk.ask(RECEIPT, {"e": event, "t": token}, by="service")).data["receipt"]
        assert found["id"] == event
        assert problems(json.loads(found["json"])) == []
        assert (await desk.ask(RECEIPT, {"e": event}, by="service")).codes == ["FORBIDDEN"]
        assert (await desk.ask(RECEIPT, {"e": event, "t": "person_x"}, by="service")).codes == ["VERIFICATION_REFUSED"]
        async with visiting(desk.city, desk, "+821000004343") as other:
            theirs = await other.token(by="service")
            assert (await desk.ask(RECEIPT, {"e": event, "t": theirs}, by="service")).codes == ["NO_SUCH_EVENT"]
    finally:
        key.unlink()
