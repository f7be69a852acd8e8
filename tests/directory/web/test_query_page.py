"""The query page as it is written: no other host, no code in the page, and the examples as data."""

import html
import json
import re

import pytest
from graphql import build_schema, get_introspection_query, parse, validate

from directory.api.schema import make_schema
from directory.web.examples import EXAMPLES, Example
from directory.web.graphiql import graphiql_html, graphiql_response
from directory.web.pages import STATIC
from directory.web.security import GRAPHIQL_POLICY


def test_the_page_loads_only_files_that_are_there() -> None:
    """Every address in it is relative, and every file behind it exists."""
    addresses = re.findall(r'(?:src|href)="([^"]+)"', graphiql_html(synthetic=True))
    assert len(addresses) == 10
    for address in addresses:
        assert address == "./" or (STATIC.parent / address).is_file(), address


def test_the_page_holds_no_code_of_its_own() -> None:
    """Styles and scripts are files; the one block in the page is data."""
    page = graphiql_html(synthetic=True)
    assert re.findall(r"<script(?![^>]*\ssrc=)[^>]*>", page) == ['<script type="application/json" id="tabs">']
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", page)


def test_the_page_carries_its_policy() -> None:
    """The response comes with the policy that the page needs, and is not stored."""
    response = graphiql_response(synthetic=False)
    assert response.headers["content-security-policy"] == GRAPHIQL_POLICY
    assert response.headers["cache-control"] == "no-store"


def test_the_mark_of_a_made_up_city_is_on_top_in_both_languages() -> None:
    """It comes before the header; a real city does not carry it."""
    page = graphiql_html(synthetic=True)
    assert page.index("지어낸") < page.index("<header")
    assert page.index("made up") < page.index("<header")
    assert "made-up" not in graphiql_html(synthetic=False)


def test_each_example_is_a_tab_with_the_header_prefilled() -> None:
    """The page's data are the examples in their order, the header waiting for a key."""
    page = graphiql_html(synthetic=True)
    block = re.search(r'id="tabs">(.*?)</script>', page, re.DOTALL)
    assert block is not None
    tabs = json.loads(html.unescape(block[1]))
    assert [tab["query"] for tab in tabs] == [example.query for example in EXAMPLES]
    assert {tab["headers"] for tab in tabs} == {'{\n  "Authorization": "Bearer "\n}'}


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_is_a_query_with_its_variables(example: Example) -> None:
    """It parses, its one operation has the tab's name, and its variables are those that it declares."""
    (operation,) = parse(example.query).definitions
    assert operation.name.value == example.name  # type: ignore[attr-defined]
    declared = {variable.variable.name.value for variable in operation.variable_definitions or ()}  # type: ignore[attr-defined]
    assert declared == set(json.loads(example.variables) if example.variables else {})


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.name)
def test_an_example_fits_the_interface(example: Example) -> None:
    """Whoever runs it as it stands gets an answer, not a complaint."""
    assert validate(build_schema(make_schema().as_str()), parse(example.query)) == []


async def test_the_page_can_read_the_schema() -> None:
    """The limits on queries leave room for the query that GraphiQL builds its documentation from."""
    query = get_introspection_query(input_value_deprecation=True)
    result = await make_schema().execute(query, operation_name="IntrospectionQuery")
    assert result.errors is None
    assert result.data is not None
