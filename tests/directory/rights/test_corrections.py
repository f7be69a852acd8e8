"""Corrections: sealed anew, confirmed by the holder of a new contact, and no oracle of who is registered (P9)."""

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest
import pytest_asyncio

from consent.cases import CaseKind, CaseStep, open_case, step
from consent.sealing import open_field
from consent.vocabulary import Field
from graph import cases
from graph.transaction import Transaction
from tests.directory.desk import Answer, Desk
from tests.directory.rights.people import REQUEST, Visitor, visiting
from tests.loaded_city import NOW, City

CORRECT: Final = """
mutation ($t: String!, $c: CorrectionInput!) {
  requestCorrection(personToken: $t, correction: $c) { case { id state fields kind } verification }
}
"""
CONFIRM: Final = """
mutation ($t: String!, $v: ID!, $code: String!) {
  confirmCorrection(personToken: $t, verification: $v, code: $code) { id state answered }
}
"""
DECIDE: Final = """
mutation ($id: ID!, $outcome: CaseState!, $reason: String!) {
  decideCase(id: $id, outcome: $outcome, reason: $reason) { id state reason answered }
}
"""
CASES: Final = """
query ($state: CaseState!, $first: Int, $after: String) {
  cases(state: $state, first: $first, after: $after) { nodes { id state kind fields } endCursor hasNextPage }
}
"""
NEW: Final = "+821000005151"


@pytest_asyncio.fixture
async def visitor(city: City, desk: Desk) -> AsyncIterator[Visitor]:
    """Enrol somebody for one test."""
    async with visiting(city, desk) as somebody:
        yield somebody


async def correct(visitor: Visitor, token: str, **wanted: Any) -> Answer:  # noqa: ANN401 - JSON.
    """Ask for a correction."""
    return await visitor.desk.ask(CORRECT, {"t": token, "c": wanted}, by="kiosk")


async def confirm(visitor: Visitor, token: str, verification: str, code: str) -> Answer:
    """Send the code of a new contact back."""
    return await visitor.desk.ask(CONFIRM, {"t": token, "v": verification, "code": code}, by="kiosk")


async def decide(desk: Desk, case: str, outcome: str, reason: str = "", *, by: str = "officer") -> Answer:
    """Decide a case."""
    return await desk.ask(DECIDE, {"id": case, "outcome": outcome, "reason": reason}, by=by)


async def appeal(visitor: Visitor, token: str, case: str) -> Answer:
    """Have a refusal looked at again."""
    query = "mutation ($t: String!, $id: ID!) { appealCase(personToken: $t, id: $id) { id state answered } }"
    return await visitor.desk.ask(query, {"t": token, "id": case}, by="kiosk")


async def row(visitor: Visitor) -> dict[str, Any]:
    """Read the participant as it is stored."""

    async def read(tx: Transaction) -> dict[str, Any]:
        text = "MATCH (p:Participant {id: $id})-[:LIVES_IN]->(r:Region) RETURN properties(p) AS row, r.code AS home"
        record = await (await tx.run(text, id=visitor.person.id)).single(strict=True)
        marks = {"revision", "changed"}
        return {name: value for name, value in record["row"].items() if name not in marks} | {"home": record["home"]}

    return await visitor.desk.city.graph.read(read)


async def test_every_item_is_put_right_at_once(visitor: Visitor) -> None:
    """The value is sealed anew under the person's own key, the name has a new index, and the edge has moved."""
    before, token, keyring = await row(visitor), await visitor.token(), visitor.desk.city.keyring
    dong = visitor.desk.city.dongs[9]
    answer = await correct(visitor, token, name="Ana Kim", sex="MALE", born=1980, residence=dong)
    case = answer.data["requestCorrection"]["case"]
    assert (case["state"], set(case["fields"])) == ("DONE", {"NAME", "SEX", "AGE", "RESIDENCE"})
    after, person = await row(visitor), visitor.person.id
    assert (after["sex"], after["born"], after["dong"], after["home"]) == ("MALE", 1980, dong, dong)
    assert after["place"] == f"{dong}:{person}"
    assert after["data_key"] == before["data_key"]
    key = keyring.unwrap(person, after["data_key"])
    name = open_field(after["name"], data_key=key, tenant=keyring.tenant, person=person, field=Field.NAME)
    assert name == "Ana Kim"
    assert after["name_index"] != before["name_index"]
    assert (after["phone"], after["email"]) == (before["phone"], before["email"])
    again = await correct(visitor, token, name="Ana Kim")
    assert again.data["requestCorrection"]["case"]["state"] == "DONE"
    assert (await row(visitor))["name"] != after["name"]


async def test_items_are_deleted(visitor: Visitor) -> None:
    """What is removed is gone with its index, and what is left is not touched."""
    token = await visitor.token(visitor.person.email)
    answer = await correct(visitor, token, remove=["SEX", "AGE", "PHONE"])
    assert answer.data["requestCorrection"]["case"]["state"] == "DONE"
    after = await row(visitor)
    assert not {"sex", "born", "phone", "phone_index"} & after.keys()
    assert {"email", "email_index", "name"} <= after.keys()
    report = await visitor.me(token, "sex born phone email")
    assert report == {"sex": None, "born": None, "phone": None, "email": visitor.person.email}


async def test_a_new_contact_is_written_when_its_holder_says_so(visitor: Visitor) -> None:
    """Until the code comes back nothing has changed; then the person is found by the new one."""
    token, before = await visitor.token(), await row(visitor)
    asked = (await correct(visitor, token, phone=NEW)).data["requestCorrection"]
    assert asked["case"]["state"] == "OPEN"
    assert await row(visitor) == before
    code = await visitor.code(asked["verification"])
    assert code is not None
    wrong = f"{(int(code) + 1) % 10**8:08d}"
    assert (await confirm(visitor, token, asked["verification"], wrong)).codes == ["VERIFICATION_REFUSED"]
    done = (await confirm(visitor, token, asked["verification"], code)).data["confirmCorrection"]
    assert (done["id"], done["state"]) == (asked["case"]["id"], "DONE")
    after = await row(visitor)
    assert after["phone_index"] != before["phone_index"]
    assert (await visitor.me(token, "phone"))["phone"] == NEW
    assert (await visitor.me(await visitor.token(NEW), "person"))["person"] == visitor.person.id
    old = await visitor.desk.ask(REQUEST, {"contact": visitor.person.phone}, by="kiosk")
    assert await visitor.code(old.data["requestVerification"]["verification"]) is None
    assert (await confirm(visitor, token, asked["verification"], code)).codes == ["VERIFICATION_REFUSED"]


async def test_the_code_of_a_new_contact_is_no_way_in(visitor: Visitor) -> None:
    """Whoever is sent the code of somebody's correction does not become that person by it."""
    token = await visitor.token()
    asked = (await correct(visitor, token, email="new@example.org")).data["requestCorrection"]
    code = await visitor.code(asked["verification"])
    query = "mutation ($v: ID!, $code: String!) { confirmVerification(verification: $v, code: $code) { personToken } }"
    refused = await visitor.desk.ask(query, {"v": asked["verification"], "code": code}, by="kiosk")
    assert refused.codes == ["VERIFICATION_REFUSED"]
    query = "mutation ($c: String!) { requestVerification(contact: $c) { verification } }"
    sent = (await visitor.desk.ask(query, {"c": visitor.person.email}, by="kiosk")).data["requestVerification"]
    code = await visitor.code(sent["verification"])
    assert code is not None
    assert (await confirm(visitor, token, sent["verification"], code)).codes == ["VERIFICATION_REFUSED"]


async def test_a_contact_of_another_record_waits_for_the_officer(visitor: Visitor, city: City) -> None:
    """Asking for it is answered as for any other; only who holds it gets on, and the officer decides."""
    desk, other = visitor.desk, next(person for person in city.people if person.phone is not None)
    token, before = await visitor.token(), await row(visitor)
    taken = (await correct(visitor, token, phone=other.phone)).data["requestCorrection"]
    free = (await correct(visitor, token, phone=NEW)).data["requestCorrection"]
    for asked in (taken, free):
        assert asked["case"] | {"id": ""} == {"id": "", "state": "OPEN", "fields": ["PHONE"], "kind": "CORRECTION"}
    code = await visitor.code(taken["verification"])
    assert code is not None
    case = (await confirm(visitor, token, taken["verification"], code)).data["confirmCorrection"]
    assert (case["state"], case["answered"]) == ("IN_REVIEW", None)
    assert (await row(visitor))["phone_index"] == before["phone_index"]
    waiting = (await desk.ask(CASES, {"state": "IN_REVIEW"}, by="officer")).data["cases"]["nodes"]
    assert [each["id"] for each in waiting] == [case["id"]]
    assert (await decide(desk, case["id"], "DONE")).codes == ["BAD_INPUT"]
    assert (await decide(desk, case["id"], "REFUSED_WITH_REASON")).codes == ["BAD_INPUT"]
    refused = (await decide(desk, case["id"], "REFUSED_WITH_REASON", "확인되지 않았습니다.")).data["decideCase"]
    assert (refused["state"], refused["reason"]) == ("REFUSED_WITH_REASON", "확인되지 않았습니다.")
    assert (await decide(desk, case["id"], "DONE")).codes == ["CASE_CLOSED"]
    appealed = (await appeal(visitor, token, case["id"])).data["appealCase"]
    assert (appealed["state"], appealed["answered"]) == ("IN_REVIEW", None)
    # What is looked at already is no more looked at for being asked again; and nobody appeals another's case.
    assert (await appeal(visitor, token, case["id"])).codes == ["CASE_CLOSED"]
    assert (await appeal(visitor, token, "c" * 32)).codes == ["NO_SUCH_CASE"]


async def test_nobody_appeals_for_somebody_else(visitor: Visitor, city: City) -> None:
    """Another person's case is answered as none (L3), and stays as it was."""
    other = next(person for person in city.people if person.id != visitor.person.id)
    theirs = step(
        open_case(CaseKind.CORRECTION, id="a" * 32, person=other.id, by="kiosk", now=NOW),
        CaseStep.REFUSE,
        at=NOW,
        reason="확인되지 않았습니다.",
    )
    await city.graph.write(cases.add, theirs)
    token = await visitor.token()
    assert (await appeal(visitor, token, theirs.id)).codes == ["NO_SUCH_CASE"]
    kept = await city.graph.read(cases.one, theirs.id)
    assert kept is not None
    assert kept.case == theirs


async def test_the_officer_lets_a_waiting_contact_through(visitor: Visitor) -> None:
    """A case that waits for its confirmation can be decided as well: the contact is written."""
    token = await visitor.token()
    asked = (await correct(visitor, token, phone=NEW)).data["requestCorrection"]
    done = (await decide(visitor.desk, asked["case"]["id"], "DONE", "창구에서 확인했습니다.")).data["decideCase"]
    assert done["state"] == "DONE"
    assert (await visitor.me(token, "phone"))["phone"] == NEW
    code = await visitor.code(asked["verification"])
    assert code is not None
    assert (await confirm(visitor, token, asked["verification"], code)).codes == ["VERIFICATION_REFUSED"]


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        ({}, "correction"),
        ({"name": ""}, "name"),
        ({"name": "\u3164"}, "name"),
        ({"name": "canary" * 40}, "name"),
        ({"born": 1899}, "born"),
        ({"born": 2014}, "born"),
        ({"residence": "11010"}, "residence"),
        ({"residence": "canary"}, "residence"),
        ({"phone": "canary"}, "phone"),
        ({"phone": "canary@example.org"}, "phone"),
        ({"email": "010-0000-4242"}, "email"),
        ({"phone": "010-0000-5151", "email": "canary@example.org"}, "email"),
        ({"remove": ["NAME"]}, "remove"),
        ({"remove": ["SEX"], "sex": "MALE"}, "remove"),
    ],
)
async def test_what_can_not_be_written_is_refused(visitor: Visitor, wanted: dict[str, Any], words: str) -> None:
    """The argument is named, its value is not repeated, and nothing is changed."""
    token, before = await visitor.token(), await row(visitor)
    answer = await correct(visitor, token, **wanted)
    assert answer.codes == ["BAD_INPUT"]
    assert f"The argument {words} " in answer.body["errors"][0]["message"]
    assert b"canary" not in answer.raw
    assert await row(visitor) == before
    assert (await visitor.me(token, "cases { kind }"))["cases"] == [{"kind": "ACCESS"}]


async def test_cases_are_the_officers_alone(visitor: Visitor) -> None:
    """Nobody else reads or decides them, and an unknown one is not found."""
    for by in ("staff", "service", "kiosk"):
        assert (await visitor.desk.ask(CASES, {"state": "OPEN"}, by=by)).codes == ["FORBIDDEN"]
        assert (await decide(visitor.desk, "0" * 32, "DONE", by=by)).codes == ["FORBIDDEN"]
    assert (await decide(visitor.desk, "0" * 32, "DONE")).codes == ["NO_SUCH_CASE"]
    assert (await decide(visitor.desk, "0" * 32, "OPEN")).codes == ["BAD_INPUT"]


async def test_cases_are_paged_by_their_deadline(visitor: Visitor) -> None:
    """Page by page each once; a cursor of another state is none."""
    token = await visitor.token()
    made = [(await visitor.do("restrictProcessing", token)).data["restrictProcessing"]["id"] for _ in range(3)]
    found: list[str] = []
    after = None
    while True:
        asked = {"state": "DONE", "first": 2, "after": after}
        page = (await visitor.desk.ask(CASES, asked, by="officer")).data["cases"]
        found += [node["id"] for node in page["nodes"]]
        after = page["endCursor"]
        if not page["hasNextPage"]:
            break
        wrong = {"state": "OPEN", "first": 2, "after": after}
        assert (await visitor.desk.ask(CASES, wrong, by="officer")).codes == ["BAD_CURSOR"]
    assert sorted(found) == sorted(made)
