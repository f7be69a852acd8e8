"""Values of any depth, and documents: everything in them is screened, and named without what was sent."""

from typing import Any

import pytest

from consent.errors import IdentifierRefused
from consent.identifiers.rules import FieldKind
from directory.screening.documents import DocumentScreen
from directory.screening.labels import kind_of, telling
from directory.screening.requests import RequestScreen
from directory.screening.values import refused_in, require_clean

NUMBER = "991231-3001230"
KNOWN = frozenset({"where", "body", "note"})


def place_of(value: Any, **named: Any) -> str:  # noqa: ANN401 - any value.
    """Return where a value is refused."""
    with pytest.raises(IdentifierRefused) as refused:
        require_clean(value, "input", **named)
    assert NUMBER not in str(refused.value)
    return refused.value.where


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (NUMBER, "input"),
        ({"where": {"body": NUMBER}}, "input.where.body"),
        ({"where": [1, {"note": ("a", NUMBER)}]}, "input.where[1].note[1]"),
        ({"who": "a", "whom": NUMBER}, "input.(key 2)"),
        ({"note": {NUMBER: "a"}}, "a key of input.note"),
        ({9912313001230: "a"}, "a key of input"),
        (9912313001230, "input"),
        (9912313001230.0, "input"),
        ([0.25, 991231300.123, "M00000000"], "input[2]"),
        ({NUMBER}, "input[0]"),
        ({"991231": "3001230"}, "input.(key 1)"),
        ({"면허번호": ["119900000000"]}, "input.(key 1)[0]"),
        ({"passport": "M-2099-12-31"}, "input.(key 1)"),
    ],
)
def test_a_value_is_refused_at_its_place(value: Any, place: str) -> None:  # noqa: ANN401 - any value.
    """Known keys are named, others are counted: a key is something that was sent."""
    assert place_of(value, known=KNOWN) == place


@pytest.mark.parametrize(
    "value",
    [
        *(None, True, False, 0, -1.5, 1e300, float("inf"), float("nan"), "", "010-0123-4567", b"bytes", object()),
        *({}, [], {"a": {"b": [None, True]}}, {"주민등록번호": None}, {"passport": "no"}, 1_767_225_600_000),
    ],
)
def test_other_values_pass(value: Any) -> None:  # noqa: ANN401 - any value.
    """Whatever has no identifier in it."""
    require_clean(value, "input")


def test_a_value_deeper_than_the_stack() -> None:
    """It is walked over all the same."""
    value: Any = NUMBER
    for _ in range(50_000):
        value = [value]
    assert place_of(value) == "input" + "[0]" * 50_000


def test_every_place_is_told_in_order() -> None:
    """Where all of them are wanted."""
    found = [(place, rule.value) for place, rule in refused_in({"a": NUMBER, "b": ["M00000000"]}, "x")]
    assert found == [("x.(key 1)", "U3"), ("x.(key 2)[0]", "U8")]


def test_the_kind_of_a_field() -> None:
    """In its own field a corporate number and a mailbox pass, and only there."""
    require_clean("110111-0000010", "number", field=FieldKind.CORPORATE_NUMBER)
    require_clean("s20231234", "mailbox", field=FieldKind.EMAIL)
    for text in ("110111-0000010", "s20231234"):
        with pytest.raises(IdentifierRefused):
            require_clean(text, "text")
    assert [kind_of(label) for label in ("이메일", "e-mail", "법인등록번호", "corporateNumber", "비고")] == [
        *(FieldKind.EMAIL, FieldKind.EMAIL, FieldKind.CORPORATE_NUMBER, FieldKind.CORPORATE_NUMBER, FieldKind.TEXT),
    ]
    assert telling("면허번호") == "면허번호"
    assert telling("성명") == ""


@pytest.mark.parametrize(
    ("document", "line", "column"),
    [
        (f"# {NUMBER}", 1, 3),
        (f'{{\n  a(b: "{NUMBER}")\n}}', 2, 9),
        ('{ a(b: "\\u0039\\u0039\\u{31}231\\u002d3001230") }', 1, 9),
        ('{ a(b: "991231\\n3001230") }', 1, 9),
        ('{ a(b: "\\uD835\\uDFD7\\uD835\\uDFD71231-3001230") }', 1, 9),
        ("{ a(b: 9.912313001230E+12) }", 1, 8),
    ],
)
def test_a_document_is_refused_at_its_place(document: str, line: int, column: int) -> None:
    """Line and column, as editors count them; escapes are read first."""
    for screen in (DocumentScreen(), DocumentScreen()):
        for _ in range(2):
            with pytest.raises(IdentifierRefused) as refused:
                screen.require_clean(document)
            assert refused.value.where == f"query, line {line}, column {column}"


@pytest.mark.parametrize("document", ["", "{ a }", '{ a(b: "\\uD800\\u{FFFFFFFF}\\q\\"") }', "{ a(b: 1e999) }", "\\"])
def test_other_documents_pass(document: str) -> None:
    """Also broken ones, again and again."""
    screen = DocumentScreen()
    for _ in range(3):
        screen.require_clean(document)


def test_few_documents_are_remembered() -> None:
    """The memory for clean documents has a bound, and none is taken by long ones."""
    screen = DocumentScreen()
    for number in range(1_000):
        screen.require_clean(f"{{ a{number} }}")
    screen.require_clean("{ a }" + " " * 10_000)
    assert len(screen._clean) == 256
    assert list(screen._clean)[-1] == "{ a999 }"


def test_names_of_the_schema_are_shown() -> None:
    """Fields and arguments are known to everybody; what else is called like a key is not."""
    screen = RequestScreen("type Query { people(where: Filter): Int } input Filter { body: ID }")
    for body, place in (
        ({"variables": {"where": {"body": NUMBER}}}, "variables.where.body"),
        ({"variables": {"gildong": {"body": NUMBER}}}, "variables.(key 1).body"),
        ({"query": 9912313001230}, "query"),
        ({"query": "{ a }", "operationName": NUMBER}, "operationName"),
        ({"query": f"# {NUMBER}"}, "query, line 1, column 3"),
    ):
        with pytest.raises(IdentifierRefused) as refused:
            screen.require_clean(body)
        assert refused.value.where == place
