"""The interface as a document: what is committed, described and promised is what is served."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLObjectType,
    GraphQLSchema,
    build_schema,
    get_introspection_query,
    graphql_sync,
    is_specified_scalar_type,
    parse,
    validate,
)

from directory.api.schema import make_schema
from directory.cli.main import civic

COMMITTED = Path(__file__).parents[3] / "schema.graphql"

# The names that design.md promises, each with what is selected or given.
PROMISED = {
    "Query": {"network", "regions", "bodies", "participants", "participant", "disclosures"},
    "Participant": {
        *("id", "name", "sex", "age", "phone", "email", "residence"),
        *("affiliations", "withheld"),
    },
    "Withheld": {"field", "reason"},
    "ParticipantPage": {"nodes", "endCursor", "hasNextPage", "count"},
    "BodyPage": {"nodes", "endCursor", "hasNextPage", "count"},
    "Network": {"participants", "categories", "stages", "groups"},
    "NetworkCategory": {"category", "nameKo", "headcount", "participants"},
    "NetworkStage": {"number", "deadline", "headcount", "participants"},
    "NetworkGroup": {
        *("stage", "deadline", "ledBy", "nameKo", "nameEn"),
        *("category", "headcount", "participants"),
    },
    "ParticipantFilter": {"regions", "groups", "categories", "kinds", "body"},
    "BodyFilter": {"regions", "groups", "categories", "kinds"},
}
ENUMS = {
    "Field": {"NAME", "SEX", "AGE", "PHONE", "EMAIL", "AFFILIATION", "RESIDENCE"},
    "Purpose": {"CITY_NEWS", "DISASTER_RESPONSE", "POLICY_ADVICE", "CITY_MONITORING", "ENROLMENT"},
    "RegionLevel": {"CITY", "DISTRICT", "DONG"},
    "Category": {
        "ADMINISTRATIVE_SUPPORT",
        "ADMINISTRATIVE_COOPERATION",
        "POLICY_ADVICE",
        "CIVIC_PARTICIPATION",
    },
    "WithheldReason": {
        *("NOT_ASKED", "REFUSED", "WITHDRAWN", "EXPIRED"),
        *("NOT_COVERED", "OUT_OF_SCOPE", "SENSITIVE", "NOT_HELD"),
    },
}


@pytest.fixture(scope="module")
def schema() -> GraphQLSchema:
    """Read the schema as it is committed."""
    return build_schema(COMMITTED.read_text(encoding="utf-8"))


def test_the_committed_schema_is_what_is_served() -> None:
    """It is written by `civic schema > schema.graphql`, so that a change of the interface is seen as one."""
    printed = CliRunner().invoke(civic, ["schema"])
    assert printed.exit_code == 0
    assert printed.output == make_schema().as_str() + "\n"
    assert COMMITTED.read_text(encoding="utf-8") == printed.output


def undescribed(schema: GraphQLSchema) -> Iterator[str]:
    """Give the coordinates of everything that has no description."""
    for name, kind in schema.type_map.items():
        if name.startswith("__") or is_specified_scalar_type(kind):
            continue
        if not kind.description:
            yield name
        if isinstance(kind, GraphQLObjectType | GraphQLInputObjectType):
            for field, definition in kind.fields.items():
                if not definition.description:
                    yield f"{name}.{field}"
                for argument, given in getattr(definition, "args", {}).items():
                    if not given.description:
                        yield f"{name}.{field}({argument}:)"
        if isinstance(kind, GraphQLEnumType):
            yield from (f"{name}.{value}" for value, known in kind.values.items() if not known.description)


def test_everything_is_described(schema: GraphQLSchema) -> None:
    """Every type, field, argument and value says what it is."""
    assert list(undescribed(schema)) == []


def test_a_gap_in_the_descriptions_would_be_found() -> None:
    """The search for gaps finds each kind of them."""
    bare = build_schema("type Query { a(b: C): D } input C { e: Int } enum D { F }")
    found = {"Query", "Query.a", "Query.a(b:)", "C", "C.e", "D", "D.F"}
    assert set(undescribed(bare)) == found


@pytest.mark.parametrize("name", PROMISED)
def test_the_promised_names_are_there(schema: GraphQLSchema, name: str) -> None:
    """What others rely on keeps its name."""
    kind = schema.type_map[name]
    assert isinstance(kind, GraphQLObjectType | GraphQLInputObjectType)
    assert PROMISED[name] <= kind.fields.keys()


@pytest.mark.parametrize("name", ENUMS)
def test_the_words_are_those_of_the_vocabulary(schema: GraphQLSchema, name: str) -> None:
    """No word is missing and none was added."""
    kind = schema.type_map[name]
    assert isinstance(kind, GraphQLEnumType)
    assert kind.values.keys() == ENUMS[name]


def test_the_promised_queries_are_valid(schema: GraphQLSchema) -> None:
    """Arguments have the promised types: variables of exactly those types fit, null ones too."""
    document = """
      query All($level: RegionLevel, $within: ID, $bodies: BodyFilter, $first: Int, $after: String,
                $purpose: Purpose!, $where: ParticipantFilter, $id: ID!) {
        network { participants }
        regions(level: $level, within: $within) { id }
        bodies(where: $bodies, first: $first, after: $after) { count }
        participants(purpose: $purpose, where: $where, first: $first, after: $after) { count }
        participant(id: $id, purpose: $purpose) { id }
      }
    """
    assert validate(schema, parse(document)) == []


def test_purpose_is_required(schema: GraphQLSchema) -> None:
    """Nobody looks at people without saying what for."""
    for query in ("{ participants { count } }", '{ participant(id: "x") { id } }'):
        assert validate(schema, parse(query))


def test_personal_fields_can_be_null(schema: GraphQLSchema) -> None:
    """A refused field comes back as null and never fails the rest."""
    kind = schema.type_map["Participant"]
    assert isinstance(kind, GraphQLObjectType)
    always = {name for name, field in kind.fields.items() if str(field.type).endswith("!")}
    assert always == {"id", "withheld"}


def test_the_query_page_can_read_the_schema() -> None:
    """Introspection as GraphiQL asks for it is answered, whatever the limits are."""
    served = make_schema()
    assert (
        validate(served._schema, parse(get_introspection_query(descriptions=True, input_value_deprecation=True))) == []
    )
    answer = served.execute_sync(get_introspection_query())
    assert answer.errors is None
    assert graphql_sync(served._schema, get_introspection_query()).data == answer.data
