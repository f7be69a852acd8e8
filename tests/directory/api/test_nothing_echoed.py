"""What callers send comes back in no answer and stands in no log line, wherever they put it (L5, L10)."""

import io
import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from graphql import GraphQLArgument, GraphQLInputField, GraphQLInputObjectType, get_named_type

from directory.api.schema import make_schema
from tests.directory.desk import Answer, Desk
from tests.directory.test_errors_documented import rows

# A name of GraphQL, so that it fits everywhere; what is searched for are its parts too. There is no such month, or the
# screen for identifiers would refuse it before anything else looked at it.
CANARY: Final = "canary9595011234567"
PARTS: Final = (b"canary", b"950101", b"959501", b"1234567", "홍길동".encode(), b"gildong")
TEXTS: Final = (
    CANARY,
    "950101-1234567",
    "홍길동 canary",
    "hong.gildong@canary.example",
    "\x00canary\n",
    "\u202ecanary",
)
SELECTIONS: Final = {
    "network": "{ participants }",
    "regions": "{ id }",
    "bodies": "{ count nodes { id } }",
    "participants": "{ count nodes { id name phone } }",
    "participant": "{ id name phone }",
    "disclosures": "{ nodes { participant } }",
    "notices": "{ id }",
    "notice": "{ id }",
    "receipt": "{ __typename }",
    "me": "{ name }",
    "myCases": "{ id }",
    "cases": "{ nodes { id } }",
    "appeals": "{ contact }",
    "recordDecision": "{ id }",
    "requestVerification": "{ messageKo }",
    "confirmVerification": "{ until }",
    "withdrawConsent": "{ id }",
    "restrictProcessing": "{ id }",
    "releaseProcessing": "{ id }",
    "requestCorrection": "{ verification }",
    "confirmCorrection": "{ id }",
    "appealCase": "{ id }",
    "requestErasure": "{ id }",
    "requestSourceNotice": "{ rightsEn }",
    "decideCase": "{ id }",
}
WITHOUT_ARGUMENTS: Final = frozenset({"network", "appeals"})
OFFICERS: Final = frozenset({"disclosures", "cases", "decideCase"})
Input = GraphQLArgument | GraphQLInputField


def queries() -> dict[str, Any]:
    """Give the queries and the mutations of the interface by name."""
    schema = make_schema()._schema
    assert schema.query_type is not None
    assert schema.mutation_type is not None
    fields = schema.query_type.fields | schema.mutation_type.fields
    assert fields.keys() == SELECTIONS.keys()
    return fields


def kind_of(query: str) -> str:
    """Say whether it is a query or a mutation."""
    schema = make_schema()._schema
    assert schema.query_type is not None
    return "query" if query in schema.query_type.fields else "mutation"


def wrong_values(given: Input, depth: int = 0) -> Iterator[Any]:
    """Give values that hold the canary, in the right shape and in wrong ones."""
    yield from TEXTS
    yield from ([CANARY], {"canary": CANARY}, {CANARY: 1}, [[CANARY]], 9595011234567, -9595011234567.5)
    kind = get_named_type(given.type)
    if isinstance(kind, GraphQLInputObjectType) and depth < 2:
        for name, field in kind.fields.items():
            for value in wrong_values(field, depth + 1):
                yield {name: value}


def literal(value: Any) -> str:  # noqa: ANN401 - any JSON value.
    """Write a value as GraphQL does."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {literal(inner)}" for name, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(literal, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


REQUIRED: Final = {
    **dict.fromkeys(("id", "participant", "personToken", "verification", "code", "contact"), '"nobody"'),
    "purpose": "CITY_NEWS",
    "outcome": "DONE",
    "correction": "{born: 1}",
    "decision": '{participant: "nobody", purpose: CITY_NEWS, kind: REFUSED, method: PAPER}',
}


def with_canaries() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Give an operation for every query, argument and value: the query's name, the document, the variables."""
    for query, definition in queries().items():
        operation, required = kind_of(query), {name: REQUIRED[name] for name in REQUIRED if name in definition.args}
        for name, given in definition.args.items():
            others = ", ".join(f"{other}: {value}" for other, value in required.items() if other != name)
            for value in wrong_values(given):
                call = f"{query}({name}: {literal(value)}, {others}) {SELECTIONS[query]}"
                yield query, f"{operation} {{ {call} }}", {}
                call = f"{query}({name}: $value, {others}) {SELECTIONS[query]}"
                yield query, f"{operation} ($value: {given.type}) {{ {call} }}", {"value": value}
            call = f"{query}({name}: {CANARY}, {others}) {SELECTIONS[query]}"
            yield query, f"{operation} {{ {call} }}", {}
            yield query, f"{operation} ($value: {given.type} = {CANARY}) {{ {call} }}", {}


OPERATIONS: Final = list(with_canaries())


def found_in(content: bytes) -> list[bytes]:
    """Give what of the canary is in some bytes."""
    return [part for part in PARTS if part in content]


def check(answer: Answer) -> None:
    """Verify that an answer echoes nothing, and that its errors carry a documented code and the trace."""
    assert not found_in(answer.raw)
    assert not found_in(repr(answer.headers).encode())
    for error in answer.body.get("errors", []):
        assert error["extensions"]["code"] in rows("What callers are told")
        assert error["extensions"]["code"] != "INTERNAL"
        assert error["extensions"]["trace"] == answer.headers["x-trace-id"]
        assert error.keys() <= {"message", "extensions", "locations", "path"}
        assert error["extensions"].keys() <= {"code", "trace", "rule"}


@pytest.mark.parametrize("query", SELECTIONS)
async def test_no_argument_is_echoed(desk: Desk, log: io.StringIO, query: str) -> None:
    """As a literal, as a variable and as its default, in every type, also those that do not fit."""
    by = "officer" if query in OFFICERS else "kiosk" if kind_of(query) == "mutation" else "staff"
    refused = 0
    for name, document, variables in OPERATIONS:
        if name == query:
            answer = await desk.ask(document, variables, by=by)
            check(answer)
            refused += bool(answer.codes)
    assert refused > 0 or query in WITHOUT_ARGUMENTS
    assert not found_in(log.getvalue().encode())


@pytest.mark.parametrize(
    "document",
    [
        CANARY,
        f'"{CANARY}"',
        f"{{ network {{ {CANARY} }} }}",
        f"{{ {CANARY} }}",
        f"{{ {CANARY}(id: 1) {{ id }} }}",
        f"{{ network({CANARY}: 1) {{ participants }} }}",
        f"{{ network @{CANARY} {{ participants }} }}",
        f"{{ network @include(if: {CANARY}) {{ participants }} }}",
        f'{{ network @include(if: "{CANARY}") {{ participants }} }}',
        f"{{ network @skip(if: ${CANARY}) {{ participants }} }}",
        f"{{ ...{CANARY} }}",
        f"{{ ... on {CANARY} {{ id }} }}",
        f"fragment {CANARY} on Query {{ network {{ participants }} }} {{ ...{CANARY} {{",
        f"fragment {CANARY} on Query {{ ...{CANARY} }} query {{ ...{CANARY} }}",
        f"query {CANARY} {{ network {{ participants }} }} query {CANARY} {{ network {{ participants }} }}",
        f"query ({CANARY}: Int) {{ network {{ participants }} }}",
        f"query (${CANARY}: Int) {{ network {{ participants }} }}",
        f"query ($a: {CANARY}) {{ network {{ participants }} }}",
        f"mutation {{ {CANARY} }}",
        f"subscription {{ {CANARY} }}",
        f"{CANARY} {{ network {{ participants }} }}",
        f"type {CANARY} {{ a: Int }}",
        f'{{ __type(name: "{CANARY}") {{ name }} }}',
        f'{{ participant(id: """{CANARY}""", purpose: CITY_NEWS) {{ id }} }}',
        f'{{ participant(id: "{CANARY}\\uD83D", purpose: CITY_NEWS) {{ id }} }}',
        f"# {CANARY}\n{{ network {{ participants }} }}",
        f"# {CANARY}\n",
        f"{{ regions(within: {'[' * 900}{CANARY}{']' * 900}) {{ id }} }}",
        "{ " + f"{CANARY}: network {{ participants }} " * 31 + "}",
    ],
)
async def test_no_part_of_a_document_is_echoed(desk: Desk, log: io.StringIO, document: str) -> None:
    """Names, directives, fragments, types, comments: none of it comes back, whatever is wrong with it."""
    check(await desk.ask(document))
    assert not found_in(log.getvalue().encode())


@pytest.mark.parametrize(
    "more",
    [
        {"operationName": CANARY},
        {"operationName": [CANARY]},
        {"operationName": ""},
        {"variables": CANARY},
        {"variables": [CANARY]},
        {"variables": {CANARY: CANARY}},
        {"extensions": {"persistedQuery": {"sha256Hash": CANARY}}},
        {CANARY: CANARY},
        {"query": [CANARY]},
        {"query": ""},
        {"query": None},
    ],
)
async def test_no_member_of_a_body_is_echoed(desk: Desk, log: io.StringIO, more: dict[str, Any]) -> None:
    """The members of the body that are known, wrong and unknown."""
    body = {"query": "query A { network { participants } }", **more}
    answer = await desk.post(json.dumps(body).encode(), {"Authorization": f"Bearer {desk.tokens['staff']}"})
    assert answer.status in (200, 400)
    check(answer)
    assert not found_in(log.getvalue().encode())


@pytest.mark.parametrize(
    "body",
    [
        CANARY.encode(),
        f'"{CANARY}"'.encode(),
        f'["{CANARY}"]'.encode(),
        f'{{"query": "{CANARY}'.encode(),
        f'{{"query": "{{ {CANARY} }}", "variables": {{"a": 1e999}}}}'.encode(),
        f'{{"{CANARY}": {"[" * 2_000}{"]" * 2_000}}}'.encode(),
        f'{{"query": "\\ud800{CANARY}"}}'.encode(),
        CANARY.encode("utf-16"),
        b"\xff" + CANARY.encode(),
        CANARY.encode() * 20_000,
    ],
)
async def test_no_broken_body_is_echoed(desk: Desk, log: io.StringIO, body: bytes) -> None:
    """What is no JSON object with a query is refused with a code as everything else."""
    answer = await desk.post(body, {"Authorization": f"Bearer {desk.tokens['staff']}"})
    assert answer.status in (200, 400, 413)
    assert answer.codes
    check(answer)
    assert not found_in(log.getvalue().encode())


@pytest.mark.parametrize(
    "name",
    [
        *("Authorization", "Content-Type", "Accept", "Accept-Language", "User-Agent", "Cookie", "Origin", "Referer"),
        *("X-Forwarded-For", "X-Trace-Id", "X-Request-Id", "Forwarded", "X-Canary"),
    ],
)
@pytest.mark.parametrize("value", [CANARY, f"Bearer {CANARY}", "홍길동 canary".encode()])
async def test_no_header_is_echoed(desk: Desk, log: io.StringIO, name: str, value: str | bytes) -> None:
    """Neither a known nor an unknown one; a trace is ours, never the caller's."""
    body = json.dumps({"query": "{ regions(within: 1) { id } }"}).encode()
    answer = await desk.post(body, {"Authorization": f"Bearer {desk.tokens['staff']}", name: value})
    check(answer)
    assert not found_in(log.getvalue().encode())


@pytest.mark.parametrize("method", ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "CANARY"])
@pytest.mark.parametrize(
    "path",
    ["/", "/graphql", "/graphql/", "/health/live", "/health/ready", "/static/", "/documents/", "/nothing/"],
)
async def test_no_address_is_echoed(desk: Desk, log: io.StringIO, method: str, path: str) -> None:
    """Neither a path nor a query string, on every route and on none."""
    for address in (f"{path}?lang=canary&query={CANARY}&{CANARY}", f"{path}canary959501", f"{path}canary.md?canary"):
        response = await desk.client.request(method, address)
        assert response.status_code < 500
        assert not found_in(response.content)
        assert not found_in(repr(response.headers).encode())
    assert not found_in(log.getvalue().encode())


async def test_the_search_would_find_an_echo(desk: Desk, log: io.StringIO) -> None:
    """An alias is a key of the answer, as GraphQL has it: there the canary is found, and still not in the log."""
    answer = await desk.ask(f"{{ {CANARY}: network {{ participants }} }}")
    assert found_in(answer.raw)
    assert answer.headers["x-trace-id"] in log.getvalue()
    assert not found_in(log.getvalue().encode())
