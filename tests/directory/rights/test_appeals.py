"""Appeals: looked at anew, granted as asked, the first answer kept; and what children do not change (P7, P9)."""

from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from consent.cases import APPEALS, deadline
from consent.cases import CaseKind as Kind
from graph import cases
from graph.transaction import Transaction
from tests.directory.desk import Desk
from tests.directory.rights.people import Visitor, visiting
from tests.directory.rights.test_corrections import NEW, appeal, correct, decide
from tests.graph.test_consents import mislay
from tests.loaded_city import DAY, NOW, City

CASES = """
query ($t: String!) { myCases(personToken: $t) {
  id state due reason answeredBy first { at by reason } appeals { contact whoKo } waiting { value } } }
"""


@pytest_asyncio.fixture
async def visitor(city: City, desk: Desk) -> AsyncIterator[Visitor]:
    """Enrol somebody for one test."""
    async with visiting(city, desk) as somebody:
        yield somebody


async def test_a_granted_appeal_writes_the_contact(visitor: Visitor) -> None:
    """P9: done is done as it was asked; meanwhile a new deadline runs, and nobody takes the old reason for the new."""
    desk, token = visitor.desk, await visitor.token()
    case = (await correct(visitor, token, phone=NEW)).data["requestCorrection"]["case"]["id"]
    await decide(desk, case, "REFUSED_WITH_REASON", "확인되지 않았습니다.")
    (told,) = (await desk.ask(CASES, {"t": token}, by="kiosk")).data["myCases"]
    assert (told["answeredBy"], told["first"]) == ("desk-officer", None)
    assert [way["contact"] for way in told["appeals"]] == [way.contact for way in APPEALS]
    report = await visitor.me(token, "cases { kind waiting { field value } }")
    assert {"kind": "CORRECTION", "waiting": {"field": "PHONE", "value": NEW}} in report["cases"]
    with desk.clock.at(NOW + 5 * DAY):
        token = await visitor.token()
        await appeal(visitor, token, case)
        found = (await desk.ask(CASES, {"t": token}, by="kiosk")).data["myCases"]
    (told,) = [each for each in found if each["id"] == case]
    stored = await desk.city.graph.read(cases.one, case)
    assert stored is not None
    assert stored.case.due == deadline(Kind.CORRECTION, NOW + 5 * DAY)
    assert (told["state"], told["reason"], told["appeals"]) == ("IN_REVIEW", "", None)
    assert (told["first"]["by"], told["first"]["reason"]) == ("desk-officer", "확인되지 않았습니다.")
    done = (await decide(desk, case, "DONE")).data["decideCase"]
    assert done["state"] == "DONE"
    with desk.clock.at(NOW + 6 * DAY):
        assert (await visitor.me(await visitor.token(NEW), "phone"))["phone"] == NEW


async def test_what_is_kept_no_longer_can_not_be_done(visitor: Visitor) -> None:
    """An officer is told so, instead of an answer that is not true."""
    desk, token = visitor.desk, await visitor.token()
    case = (await correct(visitor, token, phone=NEW)).data["requestCorrection"]["case"]["id"]

    async def forget(tx: Transaction) -> None:
        text = "MATCH (c:Case {id: $id}) REMOVE c.wanted_field, c.wanted_sealed, c.wanted_index"
        await (await tx.run(text, id=case)).consume()

    await desk.city.graph.write(forget)
    answer = await decide(desk, case, "DONE")
    assert answer.codes == ["BAD_INPUT"]
    assert "kept no longer" in answer.body["errors"][0]["message"]
    assert (await decide(desk, case, "REFUSED_WITH_REASON", "없음")).data["decideCase"][
        "state"
    ] == "REFUSED_WITH_REASON"


@pytest.mark.parametrize("wanted", [{"born": 1960}, {"remove": ["AGE"]}])
async def test_a_child_does_not_grow_up_by_a_correction(visitor: Visitor, wanted: dict[str, object]) -> None:
    """P7: whoever may be under fourteen has their year of birth put right where somebody can see them."""
    token, graph = await visitor.token(), visitor.desk.city.graph
    await graph.write(mislay, visitor.person.id, "born", 2001)
    answer = await correct(visitor, token, **wanted)
    assert answer.codes == ["BAD_INPUT"]
    assert "at a counter" in answer.body["errors"][0]["message"]
    assert (await visitor.me(token, "born"))["born"] == 2001
    assert (await correct(visitor, token, name="홍길순")).data["requestCorrection"]["case"]["state"] == "DONE"
    await graph.write(mislay, visitor.person.id, "born", 1970)
    assert (await correct(visitor, token, **wanted)).data["requestCorrection"]["case"]["state"] == "DONE"
