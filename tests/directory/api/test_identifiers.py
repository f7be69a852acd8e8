"""An identifier in a request is refused before anything is done with it, wherever it stands (P6, U9)."""

import io
import json
from collections.abc import Callable
from typing import Any, Final

import pytest
from graphql import GraphQLError

from consent.errors import IdentifierRefused
from consent.identifiers.rules import Rule
from directory.api.errors import told
from tests.directory.desk import Answer, Desk
from tests.directory.test_errors_documented import rows

NUMBER: Final = "991231-3001239"
DIGITS: Final = "9912313001239"
# What must be found nowhere, however it was written.
PARTS: Final = ("991231", "3001239", "구구일이삼일", "９９１２３１", "M00000000", "00000000", "119900000000")
NETWORK: Final = "{ network { participants } }"
PEOPLE: Final = "query ($where: ParticipantFilter) { participants(purpose: CITY_NEWS, where: $where) { count } }"

Request = tuple[dict[str, Any], str]


def variables(value: object, **more: object) -> dict[str, Any]:
    """Give a body whose filter is this value."""
    return {"query": PEOPLE, "variables": {"where": value}, **more}


# Each body with where the message says that the identifier is.
BODIES: Final[dict[str, Request]] = {
    "a literal": (
        {"query": f'{{ participant(id: "{NUMBER}", purpose: CITY_NEWS) {{ id }} }}'},
        "query, line 1, column 20",
    ),
    "a block literal": (
        {"query": f'{{ participant(id: """\n{NUMBER}""", purpose: CITY_NEWS) {{ id }} }}'},
        "query, line 2, column 1",
    ),
    "an escaped literal": (
        {"query": '{ participant(id: "\\u0039\\u{39}1231-3001239", purpose: CITY_NEWS) { id } }'},
        "query, line 1, column 20",
    ),
    "a literal in pairs of surrogates": (
        {"query": '{ participant(id: "\\uD835\\uDFD7\\uD835\\uDFD71231-3001239\\uD800\\n", purpose: ALL) { id } }'},
        "query, line 1, column 20",
    ),
    "an integer": ({"query": f"{{ regions(within: {DIGITS}) {{ id }} }}"}, "query, line 1, column 19"),
    "a float": ({"query": "{ regions(within: 9.912313001239e12) { id } }"}, "query, line 1, column 19"),
    "a comment": ({"query": f"{NETWORK}\n# 구구일이삼일 삼공공일이삼구"}, "query, line 2, column 3"),
    "an alias": ({"query": f"{{ a{DIGITS}: network {{ participants }} }}"}, "query, line 1, column 4"),
    "a field": ({"query": f"{{ a{DIGITS} }}"}, "query, line 1, column 4"),
    "an argument's name": ({"query": f"{{ network(a{DIGITS}: 1) {{ participants }} }}"}, "query, line 1, column 12"),
    "a directive": ({"query": f"{{ network @a{DIGITS} {{ participants }} }}"}, "query, line 1, column 13"),
    "a default": (
        {"query": f'query ($id: ID! = "{NUMBER}") {{ participant(id: $id, purpose: CITY_NEWS) {{ id }} }}'},
        "query, line 1, column 20",
    ),
    "an enumeration": ({"query": f"{{ participants(purpose: A{DIGITS}) {{ count }} }}"}, "query, line 1, column 26"),
    "what is no GraphQL": ({"query": f"}} {NUMBER}"}, "query, line 1, column 3"),
    "a variable": ({"query": NETWORK, "variables": {"id": NUMBER}}, "variables.id"),
    "a nested variable": (variables({"body": NUMBER}), "variables.where.body"),
    "a list": (variables({"regions": ["11010", NUMBER]}), "variables.where.regions[1]"),
    "an unknown key's value": (variables({"nobody": {"body": NUMBER}}), "variables.where.(key 1).body"),
    "a key": (variables({NUMBER: 1}), "a key of variables.where"),
    "a variable's name": ({"query": NETWORK, "variables": {f"a{DIGITS}": 1}}, "a key of variables"),
    "a number": (variables({"body": int(DIGITS)}), "variables.where.body"),
    "a number with a fraction": (variables({"body": float(DIGITS)}), "variables.where.body"),
    "full-width digits": (variables({"body": "９９１２３１－３００１２３９"}), "variables.where.body"),
    "words": (variables({"body": "구구일이삼일다시삼공공일이삼구"}), "variables.where.body"),
    "a passport": (variables({"body": "m00000000"}), "variables.where.body"),
    "a licence by its key": (variables({"면허": "119900000000"}), "variables.where.(key 1)"),
    "the operation's name": ({"query": NETWORK, "operationName": f"a{DIGITS}"}, "operationName"),
    "the extensions": ({"query": NETWORK, "extensions": {"a": [NUMBER]}}, "extensions.(key 1)[0]"),
    "an unknown member": ({"query": NETWORK, "nobody": NUMBER}, "(key 1)"),
    "an unknown member's name": ({"query": NETWORK, NUMBER: None}, "a key of the body"),
    "a body without a query": ({"variables": {"id": NUMBER}}, "variables.id"),
    "a query of another kind": ({"query": [NUMBER]}, "query[0]"),
    "deep down": (
        variables(json.loads('{"body":' * 200 + f'"{NUMBER}"' + "}" * 200)),
        "variables.where" + ".body" * 200,
    ),
}


def check(answer: Answer, log: io.StringIO, rule: str | None = None) -> None:
    """Verify that a request was refused, and that nothing of the identifier came back or stands in the log."""
    assert answer.status == 400
    assert answer.body["data"] is None
    (error,) = answer.body["errors"]
    assert error["extensions"]["code"] == "IDENTIFIER_REFUSED"
    assert error["extensions"]["trace"] == answer.headers["x-trace-id"]
    assert rule is None or error["extensions"]["rule"] == rule
    assert "IDENTIFIER_REFUSED" in rows("What callers are told")
    for place in (answer.raw.decode(), repr(answer.headers), log.getvalue()):
        assert not [part for part in PARTS if part in place]


@pytest.mark.parametrize(("body", "where"), BODIES.values(), ids=list(BODIES))
async def test_it_is_refused_wherever_it_stands(desk: Desk, log: io.StringIO, body: dict[str, Any], where: str) -> None:
    """The message says the rule and the place; the log has the code and the trace alone."""
    answer = await post(desk, body)
    check(answer, log)
    assert f" in {where} (rule U" in answer.body["errors"][0]["message"]
    assert json.loads(log.getvalue().splitlines()[0])["code"] == "IDENTIFIER_REFUSED"


async def test_nothing_is_recorded(desk: Desk, log: io.StringIO) -> None:
    """Nobody is looked at: a request that is refused leaves no look behind."""
    answer = await post(desk, {"query": "{ participants(purpose: CITY_NEWS) { count } }", "operationName": NUMBER})
    check(answer, log, "U3")
    assert await desk.disclosed(answer, "desk-staff") == {}


async def test_who_is_not_known_is_told_so_first(desk: Desk, log: io.StringIO) -> None:
    """Without a key nothing else is said, and nothing is echoed either."""
    answer = await desk.post(json.dumps(variables({"body": NUMBER})).encode(), {"Authorization": f"Bearer {NUMBER}"})
    assert (answer.status, answer.codes) == (401, ["UNAUTHENTICATED"])
    assert not [part for part in PARTS if part in answer.raw.decode() + log.getvalue()]


async def test_what_is_asked_again_and_again(desk: Desk) -> None:
    """A document that was clean is answered again, and its variables are looked at every time."""
    for _ in range(3):
        assert (await post(desk, variables({}))).status == 200
        assert (await post(desk, variables({"body": NUMBER}))).status == 400


async def test_cursors_and_ids_pass(desk: Desk) -> None:
    """Paging goes through the whole list: neither the cursors nor the ids of people are taken for identifiers."""
    asked = "participants(purpose: CITY_NEWS, first: 50, after: $after)"
    query = f"query ($after: String) {{ {asked} {{ nodes {{ id }} endCursor hasNextPage }} }}"
    after, ids = None, []
    while True:
        page = (await desk.ask(query, {"after": after})).data["participants"]
        ids += [node["id"] for node in page["nodes"]]
        after = page["endCursor"]
        if not page["hasNextPage"]:
            break
    assert ids
    for person in ids[:50]:
        found = await desk.ask(f'{{ participant(id: "{person}", purpose: CITY_NEWS) {{ id }} }}')
        assert found.data["participant"]["id"] == person


async def test_the_callers_address_is_screened_as_well(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """What a proxy forwards for an address is recorded with the look, and may be anything."""
    seen: list[str] = []
    endpoint: Any = next(route for route in _routes(desk) if getattr(route, "name", "") == "graphql").endpoint.__self__
    authenticate: Callable[..., Any] = endpoint._authenticate

    async def noting(header: str | None, origin: str, trace: str) -> object:
        seen.append(origin)
        return await authenticate(header, origin, trace)

    monkeypatch.setattr(endpoint, "_authenticate", noting)
    transport: Any = desk.client._transport
    for client in ((NUMBER, 1), ("192.0.2.7", 1)):
        monkeypatch.setattr(transport, "client", client)
        assert (await desk.ask(NETWORK)).status == 200
    assert seen == ["unknown", "192.0.2.7"]


def test_a_service_that_refuses_is_told_in_the_same_way() -> None:
    """A refusal out of a resolver has the code, the rule and the place, as one at the door."""
    message = told(GraphQLError("", original_error=IdentifierRefused(Rule.U8, "row 3")))
    assert (message.code, message.rule, message.fault) == ("IDENTIFIER_REFUSED", "U8", None)
    assert "row 3" in message.message


async def post(desk: Desk, body: dict[str, Any]) -> Answer:
    """Post a body with a key that is open."""
    return await desk.post(json.dumps(body).encode(), {"Authorization": f"Bearer {desk.tokens['staff']}"})


def _routes(desk: Desk) -> list[Any]:
    """Return the routes of the application that the desk asks."""
    transport: Any = desk.client._transport
    routes: list[Any] = transport.app._application.routes
    return routes
