"""How much one request may ask for, and that everything below the limits is answered (L11)."""

import json

import pytest
from graphql import get_introspection_query, parse

from directory.api.endpoint import LARGEST_BODY
from directory.api.limits import LARGEST_PAGE, MOST_ALIASES, MOST_DEPTH, MOST_TOKENS
from directory.contacts.filters import MOST_VALUES
from tests.directory.desk import Answer, Desk
from tests.directory.test_errors_documented import DOCUMENT


def refused(answer: Answer, code: str = "LIMIT_EXCEEDED") -> None:
    """Verify that nothing was answered but this code."""
    assert set(answer.codes) == {code}
    assert answer.body["data"] is None
    assert code in DOCUMENT


def deep(levels: int) -> str:
    """Write a query of so many levels of fields."""
    inner = "id"
    for _ in range(levels - 2):
        inner = f"partOf {{ {inner} }}"
    return f"{{ regions(level: CITY) {{ {inner} }} }}"


async def test_depth(desk: Desk) -> None:
    """The deepest query that is allowed is answered, and one level more is not."""
    assert (await desk.ask(deep(MOST_DEPTH))).codes == []
    refused(await desk.ask(deep(MOST_DEPTH + 1)))


async def test_depth_through_fragments(desk: Desk) -> None:
    """What a fragment hides counts as well."""
    levels = "".join(f"fragment F{n} on Region {{ partOf {{ ...F{n + 1} }} }} " for n in range(MOST_DEPTH))
    refused(await desk.ask(f"{levels} fragment F{MOST_DEPTH} on Region {{ id }} {{ regions {{ ...F0 }} }}"))


async def test_aliases(desk: Desk) -> None:
    """So many aliases and no more, of the query or of a field, also through fragments."""
    assert (
        await desk.ask("{ network { " + " ".join(f"a{n}: synthetic" for n in range(MOST_ALIASES)) + " } }")
    ).codes == []
    for count in (MOST_ALIASES + 1, 200):
        refused(await desk.ask("{ network { " + " ".join(f"a{n}: synthetic" for n in range(count)) + " } }"))
        refused(
            await desk.ask(
                "{ "
                + " ".join(f"a{n}: __typename network {{ headcount }}" for n in range(1))
                + " ".join(f"b{n}: network {{ headcount }}" for n in range(count))
                + " }"
            )
        )
    spread = "fragment F on Network { " + " ".join(f"a{n}: synthetic" for n in range(11)) + " }"
    refused(await desk.ask(f"{spread} {{ x: network {{ ...F ...F ...F }} }}"))


async def test_aliases_do_not_multiply_looks(desk: Desk) -> None:
    """Many pages under aliases are too many values, few of them are recorded each."""
    pages = " ".join(f"p{n}: participants(purpose: CITY_NEWS, first: 500) {{ nodes {{ name }} }}" for n in range(29))
    withheld = pages.replace("name", "name withheld { field reason } affiliations { body { nameKo } }")
    refused(await desk.ask(f"{{ {withheld} }}"))


async def test_tokens(desk: Desk) -> None:
    """A document of too many words is not read at all."""
    lists = [
        ("regions", '"11"'),
        ("groups", '"volunteers"'),
        ("kinds", "FIRE_BRIGADE"),
        ("categories", "POLICY_ADVICE"),
    ]
    where = " ".join(f"{name}: [{f'{value} ' * (MOST_TOKENS // 4 - 10)}]" for name, value in lists)
    assert (await desk.ask(f"{{ bodies(where: {{ {where} }}) {{ count }} }}")).codes == []
    refused(await desk.ask(f"{{ bodies(where: {{ {where} {where} }}) {{ count }} }}"))


@pytest.mark.parametrize("first", [0, -1, LARGEST_PAGE + 1, 2_147_483_647])
@pytest.mark.parametrize("query", ["bodies", "participants", "disclosures"])
async def test_page_size(desk: Desk, query: str, first: int) -> None:
    """A page has from 1 to 500 entries, as a literal and as a variable."""
    arguments = {"bodies": "", "participants": "purpose: CITY_NEWS,", "disclosures": 'actor: "desk-staff",'}[query]
    by = "officer" if query == "disclosures" else "staff"
    literal = await desk.ask(f"{{ {query}({arguments} first: {first}) {{ hasNextPage }} }}", by=by)
    variable = await desk.ask(
        f"query ($n: Int) {{ {query}({arguments} first: $n) {{ hasNextPage }} }}", {"n": first}, by=by
    )
    refused(literal, "BAD_INPUT")
    refused(variable, "BAD_INPUT")
    assert "first must be from 1 to 500" in literal.body["errors"][0]["message"]


@pytest.mark.parametrize("first", [1, LARGEST_PAGE, None])
async def test_page_sizes_that_are_allowed(desk: Desk, first: int | None) -> None:
    """The smallest, the largest, and the usual one for null."""
    query = "query ($n: Int) { bodies(first: $n) { nodes { id } count } }"
    page = (await desk.ask(query, {"n": first})).data["bodies"]
    assert len(page["nodes"]) == min(first or 50, page["count"])


@pytest.mark.parametrize(
    "document",
    [
        "fragment A on Query { ...A } { ...A }",
        "fragment A on Region { partOf { ...B } } fragment B on Region { partOf { ...A } } { regions { ...A } }",
        (
            "fragment A on Region { ...B } fragment B on Region { ...C } fragment C on Region { ...A } "
            "{ regions { ...A } }"
        ),
    ],
)
async def test_fragments_in_a_circle(desk: Desk, document: str) -> None:
    """They end in a refusal, not in a hang."""
    refused(await desk.ask(document), "GRAPHQL_INVALID")


async def test_fragments_that_double(desk: Desk) -> None:
    """Thirty fragments that each spread the next one twice are weighed at once, and refused."""
    doubling = "".join(f"fragment F{n} on Region {{ ...F{n + 1} ...F{n + 1} }} " for n in range(30))
    answer = await desk.ask(f"{doubling} fragment F30 on Region {{ id nameKo }} {{ regions {{ ...F0 }} }}")
    refused(answer)


async def test_values(desk: Desk) -> None:
    """What could return too many values is refused before anything is read."""
    refused(await desk.ask("{ regions { borders { borders { borders { id } } } } }"))
    assert (await desk.ask("{ regions { borders { id nameKo } } }")).codes == []


@pytest.mark.parametrize(
    "document", ["{ network(", "{" * 1_500, "[" * 3_000, "query { a " * 300, "{ a(b: " + "[" * 1_900 + "}"]
)
async def test_nesting_that_no_parser_likes(desk: Desk, document: str) -> None:
    """It is refused with a code, and the service lives on."""
    answer = await desk.ask(document)
    assert set(answer.codes) <= {"GRAPHQL_SYNTAX", "LIMIT_EXCEEDED"}
    assert answer.codes
    assert (await desk.ask("{ network { synthetic } }")).data == {"network": {"synthetic": True}}


async def test_the_largest_page_with_everything_is_allowed(desk: Desk) -> None:
    """Five hundred people with all their fields, bodies and reasons are one request."""
    answer = await desk.ask(
        "{ participants(purpose: CITY_NEWS, first: 500) { count endCursor hasNextPage nodes { id name sex age phone "
        "email "
        "residence { id nameKo } withheld { field reason } "
        "affiliations { role seat since until body { id nameKo kind region { nameKo } } } } } }"
    )
    assert len(answer.data["participants"]["nodes"]) == min(500, answer.data["participants"]["count"])


async def test_body(desk: Desk) -> None:
    """A request of more than 256 KiB is refused, one of exactly that is read."""
    headers = {"Authorization": f"Bearer {desk.tokens['staff']}"}
    body = json.dumps({"query": "{ network { synthetic } }", "padding": ""}).encode()
    fits = body.replace(b'""', b'"' + b"x" * (LARGEST_BODY - len(body)) + b'"')
    assert len(fits) == LARGEST_BODY
    assert (await desk.post(fits, headers)).codes == []
    answer = await desk.post(fits + b" ", headers)
    assert answer.status == 413
    refused(answer)


@pytest.mark.parametrize("argument", ["regions", "groups", "kinds", "categories", "basedIn"])
async def test_values_of_a_filter(desk: Desk, argument: str) -> None:
    """A list in a filter is neither empty nor endless."""
    value = {"kinds": "FIRE_BRIGADE", "categories": "POLICY_ADVICE", "groups": "volunteers"}.get(argument, "11")
    query = "query ($w: ParticipantFilter) { participants(purpose: CITY_NEWS, where: $w, first: 1) { hasNextPage } }"
    assert (await desk.ask(query, {"w": {argument: [value] * MOST_VALUES}})).codes == []
    refused(await desk.ask(query, {"w": {argument: [value] * (MOST_VALUES + 1)}}))
    refused(await desk.ask(query, {"w": {argument: []}}), "BAD_INPUT")


async def test_the_query_page_reads_the_schema(desk: Desk) -> None:
    """Introspection as GraphiQL asks for it is within every limit."""
    asked = get_introspection_query(
        descriptions=True, specified_by_url=True, schema_description=True, input_value_deprecation=True
    )
    assert parse(asked)
    kinds = (await desk.ask(asked, operationName="IntrospectionQuery")).data["__schema"]["types"]
    assert {"Participant", "WithheldReason"} <= {kind["name"] for kind in kinds}


async def test_introspection_shows_the_schema_alone(desk: Desk) -> None:
    """Nothing about anybody is in it, and nothing of it is recorded."""
    answer = await desk.ask(get_introspection_query())
    for truth in desk.city.people[:200]:
        if truth.name is not None and len(truth.name) > 2:
            assert truth.name.encode() not in answer.raw
        assert truth.id.encode() not in answer.raw
    assert await desk.disclosed(answer, "desk-staff") == {}


async def test_a_slip_is_not_taken_for_too_much(desk: Desk) -> None:
    """A message of the parser quotes the document, and so may have any word in it."""
    refused(await desk.ask("{ network } tokens"), "GRAPHQL_SYNTAX")


TOOLS = get_introspection_query(
    descriptions=True,
    specified_by_url=True,
    directive_is_repeatable=True,
    schema_description=True,
    input_value_deprecation=True,
)


async def test_introspection_as_tools_ask_for_it(desk: Desk) -> None:
    """The whole schema is told to editors and clients."""
    answer = await desk.ask(TOOLS)
    assert answer.codes == []
    assert len(answer.data["__schema"]["types"]) < 150


@pytest.mark.parametrize(
    "document",
    [
        "{ " + " ".join(f"a{n}: __schema {{ types {{ name }} }}" for n in range(MOST_ALIASES + 1)) + " }",
        "{ __schema { " + " ".join(f"a{n}: types {{ name }}" for n in range(MOST_ALIASES + 1)) + " } }",
        "{ a: __schema { ...S } b: __schema { ...S } } fragment S on __Schema { "
        + " ".join(f"t{n}: types {{ ...T }}" for n in range(MOST_ALIASES // 2))
        + " } fragment T on __Type { name fields { name args { name type { name ofType { name } } } } }",
        '{ __type(name: "Query") { ' + "ofType { " * 20 + "name" + " }" * 20 + " } }",
    ],
    ids=["schemas", "types", "multiplied by fragments", "levels"],
)
async def test_introspection_has_limits_too(desk: Desk, document: str) -> None:
    """What would keep the service busy for others is refused, whatever it is about."""
    refused(await desk.ask(document, by="service"))
