"""Exactly what is shown is opened and recorded, however the query is written (P15, P18)."""

from typing import Any, Final

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from consent.vocabulary import Purpose
from tests.directory.contacts import expected
from tests.directory.desk import Desk

FIELDS: Final = {
    "name": "NAME",
    "sex": "SEX",
    "age": "AGE",
    "phone": "PHONE",
    "email": "EMAIL",
    "residence": "RESIDENCE",
    "affiliations": "AFFILIATION",
}
BELOW: Final = {"residence": " { id }", "affiliations": " { since }"}

# Each document with its variables, and the fields that it asks for.
DOCUMENTS: Final[list[tuple[str, dict[str, Any], set[str]]]] = [
    ("{ P { nodes { id } } }", {}, set()),
    ("{ P { nodes { __typename } } }", {}, set()),
    ("{ P { nodes { withheld { field reason } } } }", {}, set()),
    ("{ P { count } }", {}, set()),
    ("{ P { count endCursor hasNextPage } }", {}, set()),
    ("{ P { nodes { name } } }", {}, {"NAME"}),
    ("{ P { nodes { a: name b: name } } }", {}, {"NAME"}),
    ("{ P { nodes { phone: name } } }", {}, {"NAME"}),
    ("{ P { a: nodes { name } b: nodes { phone } } }", {}, {"NAME", "PHONE"}),
    ("{ P { nodes { name } nodes { email } } }", {}, {"NAME", "EMAIL"}),
    ("{ P { nodes { name } } P { nodes { age } } }", {}, {"NAME", "AGE"}),
    ("{ P { nodes: count } }", {}, set()),
    ("{ P { count: nodes { sex } } }", {}, {"SEX"}),
    ("{ P { nodes { ... { name } } } }", {}, {"NAME"}),
    ("{ P { nodes { ... on Participant { name ... on Participant { age } } } } }", {}, {"NAME", "AGE"}),
    (
        "{ P { ...F } } fragment F on ParticipantPage { nodes { ...G } } fragment G on Participant { email }",
        {},
        {"EMAIL"},
    ),
    ("{ ...Q } fragment Q on Query { P { nodes { residence { id } } } }", {}, {"RESIDENCE"}),
    ("{ P { nodes { affiliations { body { id } } } } }", {}, {"AFFILIATION"}),
    ("{ P { nodes { affiliations { __typename } } } }", {}, {"AFFILIATION"}),
    ("{ P { nodes { residence { __typename } } } }", {}, {"RESIDENCE"}),
    ("{ P { nodes { name @include(if: false) age @skip(if: false) } } }", {}, {"AGE"}),
    ("{ P { nodes { name @skip(if: true) age @include(if: true) } } }", {}, {"AGE"}),
    ("{ P { nodes { name @skip(if: false) @include(if: false) age } } }", {}, {"AGE"}),
    ("{ P { nodes { name @include(if: true) @skip(if: true) age } } }", {}, {"AGE"}),
    ("{ P { nodes { name @include(if: false) name @include(if: true) } } }", {}, {"NAME"}),
    ("{ P { nodes { ... @include(if: false) { name } ... @skip(if: false) { age } } } }", {}, {"AGE"}),
    ("{ P { nodes { ...G @skip(if: true) sex } } } fragment G on Participant { email }", {}, {"SEX"}),
    ("{ P { nodes @include(if: false) { name } count } }", {}, set()),
    ("query ($y: Boolean!) { P { nodes { name @include(if: $y) age @skip(if: $y) } } }", {"y": True}, {"NAME"}),
    ("query ($y: Boolean!) { P { nodes { name @include(if: $y) age @skip(if: $y) } } }", {"y": False}, {"AGE"}),
    ("query ($y: Boolean! = true) { P { nodes { name @include(if: $y) age @skip(if: $y) } } }", {}, {"NAME"}),
    ("query ($y: Boolean! = true) { P { nodes { name @include(if: $y) age @skip(if: $y) } } }", {"y": False}, {"AGE"}),
    (
        "query ($y: Boolean! = false) { P { nodes { ...G @include(if: $y) } } } fragment G on Participant { name }",
        {},
        set(),
    ),
    ("query ($y: Boolean!) { P @include(if: $y) { nodes { name } } network { synthetic } }", {"y": False}, set()),
    ("query ($y: Boolean!) { ... @skip(if: $y) { P { nodes { name } } } }", {"y": False}, {"NAME"}),
]
PURPOSE: Final = Purpose.POLICY_ADVICE
PEOPLE: Final = f"participants(purpose: {PURPOSE}, first: 40)"


@pytest.mark.parametrize(("document", "variables", "fields"), DOCUMENTS)
async def test_what_is_shown_on_a_page_is_recorded(
    desk: Desk, document: str, variables: dict[str, Any], fields: set[str]
) -> None:
    """Neither a field more than the answer has nor one less, whatever aliases, fragments and directives do."""
    await check(desk, document.replace("P {", f"{PEOPLE} {{").replace("P @", f"{PEOPLE} @"), variables, fields)


@pytest.mark.parametrize(
    ("selection", "fields"),
    [
        ("id", set()),
        ("__typename withheld { reason }", set()),
        ("a: name b: phone", {"NAME", "PHONE"}),
        ("... { name ... on Participant @include(if: $yes) { email } }", {"NAME", "EMAIL"}),
        ("name @skip(if: $yes) ...G", {"AGE", "SEX"}),
        ("...G @skip(if: $yes) residence { nameKo }", {"RESIDENCE"}),
        ("name @include(if: false) affiliations { __typename }", {"AFFILIATION"}),
    ],
)
async def test_what_is_shown_of_one_person_is_recorded(desk: Desk, selection: str, fields: set[str]) -> None:
    """The same of a person asked for by id, who shows everything."""
    found = [person for person in desk.city.people if len(expected.fields_shown(desk, "staff", PURPOSE, person)) == 7]
    head = "query ($id: ID!, $yes: Boolean!)" if "$yes" in selection else "query ($id: ID!)"
    fragment = " fragment G on Participant { age sex }" if "...G" in selection else ""
    document = f"{head} {{ participant(id: $id, purpose: {PURPOSE}) {{ {selection} }} }}{fragment}"
    answer = await desk.ask(document, {"id": found[0].id, "yes": True})
    assert answer.codes == []
    assert await desk.recorded_of(found[0].id, answer.headers["x-trace-id"]) == fields


async def check(desk: Desk, document: str, variables: dict[str, Any], fields: set[str]) -> None:
    """Compare what an answer shows of the people on the page with what is recorded of it."""
    whole = await desk.ask(f"{{ {PEOPLE} {{ nodes {{ id }} }} }}")
    ids = [node["id"] for node in whole.data["participants"]["nodes"]]
    assert len(ids) == 40
    answer = await desk.ask(document, variables)
    assert answer.codes == []
    recorded = await desk.disclosed(answer, "desk-staff")
    allowed = {one: expected.fields_shown(desk, "staff", PURPOSE, desk.people[one]) & fields for one in ids}
    # Everybody on the page is recorded, be it that their id alone was shown; nobody where the page shows no people.
    pages = [value for value in answer.data.values() if isinstance(value, dict)]
    shows_people = any(isinstance(nodes, list) for page in pages for nodes in page.values())
    assert recorded == (allowed if shows_people else {})


@st.composite
def selections(draw: st.DrawFn, depth: int = 0) -> tuple[str, set[str]]:
    """Draw a selection under a participant, with the fields that it asks for when $yes is true."""
    parts: list[str] = []
    asked: set[str] = set()
    for _ in range(draw(st.integers(1, 4))):
        text, included = draw(
            st.sampled_from(
                [
                    ("", True),
                    ("@include(if: $yes)", True),
                    ("@skip(if: $yes)", False),
                    ("@include(if: $no)", False),
                    ("@skip(if: $no)", True),
                    ("@skip(if: $no) @include(if: $yes)", True),
                    ("@include(if: true) @skip(if: $yes)", False),
                ]
            )
        )
        if depth < 3 and draw(st.booleans()):
            inner, fields = draw(selections(depth + 1))
            parts.append(f"... {draw(st.sampled_from(['', 'on Participant']))} {text} {{ {inner} }}")
        else:
            name = draw(st.sampled_from([*FIELDS, "id"]))
            alias = draw(st.sampled_from(["", f"{name[0]}{depth}{len(parts)}: "]))
            # Under one key there is one field, or the document is invalid.
            parts.append(f"{alias and f'{name}_{alias}'}{name} {text}{BELOW.get(name, '')}")
            fields = {FIELDS[name]} if name in FIELDS else set()
        asked |= fields if included else set()
    return " ".join(parts), asked


@given(drawn=selections())
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
async def test_whatever_is_selected_is_recorded(desk: Desk, drawn: tuple[str, set[str]]) -> None:
    """Selections at random, nested, aliased and switched by variables."""
    selection, fields = drawn
    selection = selection or "id"
    document = (
        f"query ($yes: Boolean! = true, $no: Boolean! = false) {{ {PEOPLE} {{ nodes {{ __typename {selection} }} }} }}"
    )
    uses = [name for name in ("yes", "no") if f"${name})" in selection]
    declared = ", ".join(f"${name}: Boolean! = {str(name == 'yes').lower()}" for name in uses)
    document = document.replace("($yes: Boolean! = true, $no: Boolean! = false)", f"({declared})" if declared else "")
    await check(desk, document, {}, fields)
