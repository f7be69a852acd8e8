"""Plans answer what graphql-core answers, value for value and error for error, and serve the pages that matter."""

import gc
import os
import re
import weakref
from collections.abc import Callable
from functools import wraps
from inspect import isawaitable
from random import Random
from types import SimpleNamespace
from typing import Any, Final

import pytest
import strawberry
from graphql import DocumentNode, ExecutionResult, parse, validate
from graphql.execution import experimental_execute_incrementally
from hypothesis import given, note, settings
from hypothesis import strategies as st
from strawberry.execution import optimized_is_awaitable
from strawberry.extensions import SchemaExtension
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext as Stock

from directory.api import execution
from directory.api.execution import PlannedExecutor
from directory.api.regions import RegionBook
from directory.api.schema import make_schema
from directory.contacts.regions import RegionMap
from directory.contacts.service import ContactPage
from directory.vocabulary import Field, RefusalReason, RegionLevel, Sex
from graph.opening import ShownAffiliation, ShownPerson
from graph.regions import Region
from tests.directory.api.documents import PLAIN, Document
from tests.directory.api.leaves import READS, SCHEMA, STRANGE, Leaf, Query, a_leaf

# With CIVIC_FUZZ_EXAMPLES=20000 so many documents are tried, and others every time.
LONG: Final = int(os.environ.get("CIVIC_FUZZ_EXAMPLES", "0"))
FUZZ: Final = settings(max_examples=LONG or 300, derandomize=not LONG, deadline=None, database=None)


async def answers(executor: type[Stock], document: Any, make: Callable[[], Any], **variables: bool) -> str:  # noqa: ANN401
    """Return all that an executor answers, with its errors, and what code it ran in the objects on the way."""
    READS.clear()
    result: Any = experimental_execute_incrementally(
        SCHEMA._schema,
        document,
        context_value=make,
        variable_values=variables,
        executor_class=executor,
        is_awaitable=optimized_is_awaitable,
    )
    if isawaitable(result):
        result = await result
    if isinstance(result, ExecutionResult):
        causes = [type(error.original_error) for error in result.errors or ()]
        told = [(result.formatted, causes)]
    else:
        told = [result.initial_result.formatted, *[part.formatted async for part in result.subsequent_results]]
    # Where an object lies in memory is shown by some of them.
    return re.sub(r"0x[0-9a-f]+", "0x", f"{told} {READS}")


def leaves(seed: int, odd: int) -> Callable[[], Leaf]:
    """Return what makes leaves, the same ones in the same order for the same seed."""
    random = Random(seed)  # noqa: S311 - what is wanted of it is that it repeats itself.
    return lambda: a_leaf(random, odd)


@FUZZ
@given(seed=st.integers(0, 2**48), odd=st.sampled_from([0, 0, 150, 25]), plain=st.booleans())
async def test_the_answers_are_those_of_graphql_core(seed: int, odd: int, *, plain: bool) -> None:
    """Whatever is asked of whatever objects, nobody can tell the executors apart, nor a new plan from a kept one."""
    text = Document(Random(seed), plain=plain).text  # noqa: S311 - as above.
    note(text)
    document = parse(text)
    assert validate(SCHEMA._schema, document) == []
    for on, off in ((True, False), (False, True), (True, False)):
        variables = {"on": on, "off": off, "loud": True}
        expected = await answers(Stock, document, leaves(seed, odd), **variables)
        assert await answers(PlannedExecutor, document, leaves(seed, odd), **variables) == expected


@pytest.fixture
def by_graphql_core(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the names of the fields that graphql-core resolves one by one, as it comes to them."""
    names: list[str] = []
    resolve = Stock.execute_field

    def execute_field(self: Stock, parent: Any, source: Any, details: Any, *others: Any) -> Any:  # noqa: ANN401
        names.append(details[0].node.name.value)
        return resolve(self, parent, source, details, *others)

    monkeypatch.setattr(Stock, "execute_field", execute_field)
    return names


EVERYTHING: Final = " ".join(PLAIN)


async def test_plain_fields_of_every_sort_are_served_by_a_plan(by_graphql_core: list[str]) -> None:
    """Every sort of plain field that the comparison above is about is indeed one that plans are made for."""
    within = f"{{ {EVERYTHING} next {{ {EVERYTHING} firm {{ tags }} }} leaves {{ grid }} }}"
    document = parse(f"{{ leaf {within} leaves {within} }}")
    for seed in range(20):
        by_graphql_core.clear()
        await answers(PlannedExecutor, document, leaves(seed, 0))
        assert by_graphql_core == ["leaf", "leaves"]


@pytest.mark.parametrize("kind", STRANGE)
async def test_objects_of_strange_classes_are_left_to_graphql_core(kind: type[Leaf]) -> None:
    """Errors are raised, awaitables awaited, and code that answers for attributes runs as often as without plans."""
    document = parse("{ leaf { text maybe } leaves { text maybe next { maybe } } }")
    for seed in range(5):
        strange, plain = (a_leaf(Random(seed), 0, kind=each) for each in (kind, Leaf))  # noqa: S311 - as above.
        plain.next = strange
        for leaf in (strange, plain):
            expected = await answers(Stock, document, lambda leaf=leaf: leaf)
            assert await answers(PlannedExecutor, document, lambda leaf=leaf: leaf) == expected


async def test_one_odd_object_costs_no_other_its_plan(by_graphql_core: list[str]) -> None:
    """The objects around an odd one are completed by graphql-core, those beside it by their plans."""
    odd, even = (leaves(0, 0)() for _ in range(2))
    odd.number, even.firm, even.leaves = 2**31, [], [odd, even]
    assert "non 32-bit" in await answers(PlannedExecutor, parse("{ leaf { leaves { text number } } }"), lambda: even)
    assert by_graphql_core == ["leaf", "leaves", "text", "number"]


@pytest.mark.parametrize(
    ("selection", "planned"),
    [
        (" ".join(f"a{number}: text" for number in range(600)), False),
        ("next { text " * 30 + "}" * 30, False),
        ("text @skip(if: true)", True),
        ("next { text @skip(if: true) }", True),
        ("... on Leaf @skip(if: true) { text }", True),
    ],
    ids=["very wide", "very deep", "nothing", "nothing within", "no fragment"],
)
async def test_selections_of_unusual_size_are_answered_too(
    selection: str, by_graphql_core: list[str], *, planned: bool
) -> None:
    """What is too large for a plan, or leaves nothing to be planned, is answered like all the rest."""
    document = parse(f"{{ leaf {{ {selection} }} }}")
    for seed in range(5):
        expected = await answers(Stock, document, leaves(seed, 0))
        by_graphql_core.clear()
        assert await answers(PlannedExecutor, document, leaves(seed, 0)) == expected
        assert (by_graphql_core == ["leaf"]) is planned


async def test_documents_that_nobody_validated_are_answered_alike() -> None:
    """Unknown fields, arguments and directives, and variables of the wrong type, mean what they mean without plans."""
    for selection in (
        "nobody text",
        "text(loud: true)",
        "text @unknown",
        "text @include(if: $no)",
        "text @include(if: 1)",
        "next { nobody }",
    ):
        document = parse(f"query($yes: Int, $no: Int) {{ leaf {{ {selection} number @skip(if: $yes) }} }}")
        for yes in ({"yes": 1}, {"yes": 0}, {}):
            expected = await answers(Stock, document, leaves(1, 0), **yes)
            assert await answers(PlannedExecutor, document, leaves(1, 0), **yes) == expected


async def test_a_plan_is_used_for_nothing_but_what_it_was_made_for() -> None:
    """Fragments that are exchanged, or are given arguments, make another selection of the same nodes."""
    document = parse("{ leaf { ...F } } fragment F on Leaf { text }")
    other = parse("fragment F on Leaf { number }")
    exchanged = DocumentNode(definitions=(document.definitions[0], other.definitions[0]))
    given_arguments = parse(
        "{ leaf { slow { ...F(on: true) } } b: leaf { slow { ...F(on: false) } } }"
        "fragment F($on: Boolean!) on Leaf { slow { id } next { text @include(if: $on) id } }",
        experimental_fragment_arguments=True,
    )
    for each in (document, exchanged, given_arguments):
        for seed in range(9):
            expected = await answers(Stock, each, leaves(seed, 0))
            assert await answers(PlannedExecutor, each, leaves(seed, 0)) == expected


def upper(resolve: Callable[..., Any]) -> Callable[..., Any]:
    """Wrap a resolver without a word about it."""
    return lambda source, info: resolve(source, info).upper()


@pytest.mark.parametrize(
    "wrap", [upper, lambda resolve: wraps(resolve)(upper(resolve))], ids=["plainly", "in disguise"]
)
async def test_resolvers_that_somebody_wrapped_are_called(wrap: Callable[..., Any]) -> None:
    """What takes the place of strawberry's own resolver is not passed over."""
    schema = strawberry.Schema(Query, execution_context_class=PlannedExecutor)
    note = schema._schema.type_map["Leaf"].fields["note"]  # type: ignore[attr-defined]
    note.resolve = wrap(note.resolve)
    answer = await schema.execute("{ leaf { note } }", context_value=leaves(0, 0))
    assert answer.data == {"leaf": {"note": "AS DECLARED"}}


async def test_extensions_that_resolve_see_every_field(by_graphql_core: list[str]) -> None:
    """Where an extension resolves, nothing is done past it."""

    class Upper(SchemaExtension):
        def resolve(self, following: Any, source: Any, info: Any, *_: Any, **given: Any) -> Any:  # noqa: ANN401
            result = following(source, info, **given)
            return result.upper() if isinstance(result, str) else result

    schema = strawberry.Schema(Query, extensions=[Upper], execution_context_class=PlannedExecutor)
    answer = await schema.execute("{ leaf { note } }", context_value=leaves(0, 0))
    assert answer.data == {"leaf": {"note": "AS DECLARED"}}
    assert by_graphql_core == ["leaf", "note"]


async def test_plans_are_kept_but_not_without_end_and_nothing_that_they_served_with_them(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A plan is made once for a document; there are so many at most; and no object or context lives on in one."""
    monkeypatch.setattr(PlannedExecutor, "_plans", {})
    document = parse("{ leaf { text next { text } } }")
    made = leaves(3, 0)
    given_out = [made()]
    gone = weakref.ref(given_out[0])
    await answers(PlannedExecutor, document, lambda: given_out[0])
    kept = list(PlannedExecutor._plans.values())
    await answers(PlannedExecutor, document, given_out.pop)
    assert len(kept) == 1
    assert list(PlannedExecutor._plans.values()) == kept
    gc.collect()
    assert gone() is None
    for _ in range(2 * execution._MOST_PLANS):
        await answers(PlannedExecutor, parse("{ leaf { text } }"), made)
    assert 0 < len(PlannedExecutor._plans) <= execution._MOST_PLANS


PAGE: Final = """{ participants(purpose: CITY_NEWS, first: 100) { endCursor hasNextPage nodes {
  id name sex age phone email residence { id nameKo level lat partOf { nameKo } borders { id } }
  affiliations { relation role seat since until
    body { id nameKo kind committee group { nameKo category } region { id } } }
  withheld { field reason } } } }"""


def services() -> SimpleNamespace:
    """Return services that show the same page to everybody: a person shown in full and one who shows nothing."""
    district = Region("11010", "종로구", "Jongno-gu", RegionLevel.DISTRICT, 37.5, 127.0, None, ())
    dong = Region("1101053", "사직동", "Sajik-dong", RegionLevel.DONG, 37.5, 126.9, "11010", ("1101053",))
    body = {"id": "b", "name_ko": "소방대", "name_en": "Brigade", "kind": "FIRE_BRIGADE", "committee": False}
    body |= {"sensitive": False, "group": "fire-brigades", "region": "11010"}
    belongs = ShownAffiliation("MEMBER_OF", "대원", None, "2013-01-01", None, body)
    full = ShownPerson("1", "김", Sex.FEMALE, 1970, "+821001234567", None, "1101053", (belongs,), (), frozenset())
    withheld = tuple((field, RefusalReason.REFUSED) for field in Field)
    empty = ShownPerson("2", None, None, None, None, None, None, None, withheld, frozenset())
    page = ContactPage((full, empty) * 50, "next", has_next_page=True, count=None, at=1_367_000_000_000)

    async def answer(*_: object) -> ContactPage:
        return page

    regions = RegionBook(RegionMap({region.code: region for region in (district, dong)}))
    return SimpleNamespace(contacts=SimpleNamespace(page=answer), regions=regions)


async def test_our_own_pages_are_served_by_plans(by_graphql_core: list[str]) -> None:
    """A page of contacts and a list of regions cost graphql-core one field: a new version might end that unseen."""
    ours, plain, context = make_schema(), make_schema(), SimpleNamespace(caller=None, services=services())
    plain.execution_context_class = Stock
    for query, field in ((PAGE, "participants"), ("{ regions { id level partOf { id } } }", "regions")):
        by_graphql_core.clear()
        planned = await ours.execute(query, context_value=context)
        assert by_graphql_core == [field]
        expected = await plain.execute(query, context_value=context)
        assert len(by_graphql_core) > 2
        assert (planned.errors, str(planned.data)) == (None, str(expected.data))
