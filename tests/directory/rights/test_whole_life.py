"""A person's whole life through the interface: asked, agreed, looked at, corrected, withdrew, erased (P9, E7)."""

from collections.abc import AsyncIterator
from typing import Any, Final

import pytest_asyncio

from tests.directory.desk import Desk
from tests.directory.rights.people import Visitor, visiting
from tests.loaded_city import City
from tests.own_person import mentions

RECORD: Final = "mutation ($decision: DecisionInput!) { recordDecision(decision: $decision) { state } }"
LOOKS: Final = "looks { at actor department { id } purpose operation origin fields }"
NEWS: Final = ("Purpose!", "CITY_NEWS")


@pytest_asyncio.fixture
async def visitor(city: City, desk: Desk) -> AsyncIterator[Visitor]:
    """Enrol somebody for one test."""
    async with visiting(city, desk) as somebody:
        yield somebody


def decision(visitor: Visitor, kind: str, **parts: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON.
    """Write down a decision as a kiosk does."""
    facts = {"participant": visitor.person.id, "purpose": "CITY_NEWS", "kind": kind, "method": "KIOSK"}
    return facts | {"notice": "city-news/1", "language": "ko"} | parts


async def agree(visitor: Visitor) -> None:
    """Ask the person, who agrees to being shown and reached in part."""
    parts = {"fields": ["NAME", "PHONE", "EMAIL", "AGE"], "channels": ["SMS", "EMAIL"]}
    answer = await visitor.desk.ask(RECORD, {"decision": decision(visitor, "GRANTED", **parts)}, by="kiosk")
    assert answer.data["recordDecision"]["state"] == "GRANTED"


async def look(visitor: Visitor, selected: str, *, by: str = "staff") -> dict[str, Any] | None:
    """Look at the person as somebody does who has news of the city for them."""
    query = f"query ($id: ID!) {{ participant(id: $id, purpose: CITY_NEWS) {{ {selected} }} }}"
    found: dict[str, Any] | None = (await visitor.desk.ask(query, {"id": visitor.person.id}, by=by)).data["participant"]
    return found


async def looked_at_three_times(visitor: Visitor) -> list[tuple[str, set[str]]]:
    """Look by id, in a list that is filtered, and at the bare id; return who was really shown what."""
    person, desk = visitor.person, visitor.desk
    found = await look(visitor, "id name phone sex")
    assert found == {"id": person.id, "name": person.name, "phone": person.phone, "sex": None}
    query = "{ participants(purpose: CITY_NEWS, where: {ageFrom: 40}, first: 500) { nodes { id email } } }"
    nodes = (await desk.ask(query, by="colleague")).data["participants"]["nodes"]
    assert {"id": person.id, "email": person.email} in nodes
    assert await look(visitor, "id", by="news") == {"id": person.id}
    return [("desk-staff", {"NAME", "PHONE"}), ("desk-colleague", {"EMAIL", "AGE"}), ("desk-news", set())]


async def test_a_whole_life(visitor: Visitor) -> None:
    """At each step, "who looked at me" is what was really shown; after the last one, nothing is left."""
    await agree(visitor)
    seen = await looked_at_three_times(visitor)
    token = await visitor.token()
    report = await visitor.me(token, f"name phone email born residence {{ id }} decisions {{ kind notice }} {LOOKS}")
    person = visitor.person
    facts = [report[name] for name in ("name", "phone", "email", "born")]
    assert facts == [person.name, person.phone, person.email, 1970]
    assert report["residence"]["id"] == person.dong
    assert report["decisions"] == [{"kind": "GRANTED", "notice": "city-news/1"}]
    assert [(each["actor"], set(each["fields"])) for each in reversed(report["looks"])] == seen
    assert {each["purpose"] for each in report["looks"]} == {"CITY_NEWS"}
    assert {each["department"]["id"] for each in report["looks"]} == {"bureau-administration"}
    await corrected(visitor, token)
    await taken_back(visitor, token)
    report = await visitor.me(token, f"{LOOKS} cases {{ kind state seen }}")
    # One of the looks after the first three was at a person who had taken everything back, another while suspended.
    assert [len(each["fields"]) for each in reversed(report["looks"])] == [2, 2, 0, 2, 1, 0, 1, 0]
    kinds = ["ACCESS", "CORRECTION", "WITHDRAWAL", "RESTRICTION", "RELEASE", "WITHDRAWAL"]
    assert [case["kind"] for case in report["cases"]] == kinds
    assert {case["state"] for case in report["cases"]} == {"DONE"}
    # Both accesses of the one token are in its one case, and none of them is a look of somebody else's (P15).
    assert report["cases"][0]["seen"] == 2
    await erased(visitor, token)


async def corrected(visitor: Visitor, token: str) -> None:
    """Put name and year of birth right: whoever looks next sees the new ones."""
    wanted = {"name": "홍길순", "born": 1971}
    answer = await visitor.do("requestCorrection", token, correction=("CorrectionInput!", wanted))
    assert answer.data["requestCorrection"]["case"]["state"] == "DONE"
    assert answer.data["requestCorrection"]["verification"] is None
    assert await look(visitor, "name age") == {"name": "홍길순", "age": 2013 - 1971}


async def taken_back(visitor: Visitor, token: str) -> None:
    """Take back a field, suspend all and lift it, take back the rest: the gate follows at once."""
    answer = await visitor.do("withdrawConsent", token, purpose=NEWS, fields=("[Field!]", ["PHONE"]))
    assert answer.data["withdrawConsent"]["state"] == "DONE"
    found = await look(visitor, "name phone withheld { field reason }")
    assert found is not None
    assert (found["name"], found["phone"]) == ("홍길순", None)
    assert {"field": "PHONE", "reason": "NOT_COVERED"} in found["withheld"]
    await visitor.do("restrictProcessing", token)
    assert await look(visitor, "name") == {"name": None}
    await visitor.do("releaseProcessing", token, purpose=("Purpose", "CITY_NEWS"))
    assert await look(visitor, "name") == {"name": "홍길순"}
    await visitor.do("withdrawConsent", token, purpose=NEWS)
    found = await look(visitor, "name withheld { reason }")
    assert found == {"name": None, "withheld": [{"reason": "WITHDRAWN"}] * 7}


async def erased(visitor: Visitor, token: str) -> None:
    """Have everything destroyed: no token, no look-up, no node knows of the person but the tombstone."""
    desk, person = visitor.desk, visitor.person
    answer = await visitor.do("requestErasure", token)
    assert answer.data["requestErasure"]["state"] == "DONE"
    query = "query ($t: String!) { me(personToken: $t) { person } }"
    assert (await desk.ask(query, {"t": token}, by="kiosk")).codes == ["VERIFICATION_REFUSED"]
    assert await look(visitor, "id") is None
    traces = await desk.city.graph.read(
        mentions, person.id, person.row["phone_index"], person.row["email_index"], within=60.0
    )
    assert {(*sorted(labels), name) for labels, name in traces} == {
        ("Entry", "Tombstone", "id"),
        ("Entry", "Tombstone", "content"),
    }
    query = "query ($id: ID) { disclosures(participant: $id) { nodes { at } } }"
    assert (await desk.ask(query, {"id": person.id}, by="officer")).data["disclosures"]["nodes"] == []
    again = {"decision": decision(visitor, "WITHDRAWN", notice=None, language=None)}
    assert (await desk.ask(RECORD, again, by="kiosk")).codes == ["NO_SUCH_PARTICIPANT"]


async def test_the_report_holds_everything_that_is_kept(visitor: Visitor) -> None:
    """Each property of the participant is told as a value, or named among the technical ones (P9)."""
    await agree(visitor)
    token = await visitor.token()
    report = await visitor.me(token, "person technical affiliations { body { id } role } sources { fromEn } codesSent")

    async def names(tx: Any) -> set[str]:  # noqa: ANN401 - a transaction.
        found = await tx.run("MATCH (p:Participant {id: $id}) RETURN keys(p) AS names", id=visitor.person.id)
        return set((await found.single(strict=True))["names"])

    kept = await visitor.desk.city.graph.read(names)
    told = {
        *("id", "name", "sex", "born", "phone", "email", "dong", "jurisdiction", "group"),
        *("enrolment_department", "enrolment_until", "enrolment_covers"),
        *("city_news_state", "city_news_until", "city_news_covers"),
    }
    assert kept == told | set(report["technical"])
    assert not told & set(report["technical"])
    assert report["affiliations"] == [{"body": {"id": visitor.person.body}, "role": "회원"}]
    assert [source["fromEn"] for source in report["sources"]] == ["The data of a made-up city", "Yourself (at a kiosk)"]
    assert len(report["codesSent"]) == 1
    pages = await visitor.me(token, "ko: page en: page(language: EN)")
    assert visitor.person.name in pages["ko"]
    assert "누가 나를 보았나" in pages["ko"]
    assert "Who looked at you" in pages["en"]


async def test_the_source_is_told_on_request(visitor: Visitor) -> None:
    """P12: the source, the purposes and the right to stop, at once, and a case of it."""
    await agree(visitor)
    token = await visitor.token()
    query = """mutation ($t: String!) { requestSourceNotice(personToken: $t) {
      case { kind state answered } sources { whatKo fromKo } purposes { purpose state } rightsKo rightsEn } }"""
    notice = (await visitor.desk.ask(query, {"t": token}, by="kiosk")).data["requestSourceNotice"]
    assert (notice["case"]["kind"], notice["case"]["state"]) == ("SOURCE_NOTICE", "DONE")
    assert notice["case"]["answered"] is not None
    assert notice["purposes"] == [{"purpose": "CITY_NEWS", "state": "GRANTED"}]
    assert notice["sources"][0]["fromKo"] == "지어낸 도시의 자료"
    assert notice["sources"][1]["fromKo"] == "본인(무인단말기)"
    assert "철회" in notice["rightsKo"]
    query = "query ($t: String!) { myCases(personToken: $t) { kind } appeals { contact } }"
    found = (await visitor.desk.ask(query, {"t": token}, by="kiosk")).data
    assert found["myCases"] == [{"kind": "SOURCE_NOTICE"}]
    assert len(found["appeals"]) == 3
