"""Cypher is literal text with parameters and stands in the graph package alone: injection can't be written."""

import ast
import re
from pathlib import Path

import pytest

from tests.graph.cypher_texts import Module

_ROOT = Path(__file__).parents[2]
_GRAPH = sorted((_ROOT / "graph").rglob("*.py"))
_ELSEWHERE = sorted(path for room in ("consent", "directory") for path in (_ROOT / room).rglob("*.py"))
_CYPHER = re.compile(
    r"\b(MATCH|MERGE|CREATE|DETACH DELETE)\s*\(|\bUNWIND \$|\bRETURN [a-z]+[.({]|\bCREATE (CONSTRAINT|INDEX)\b"
)
_RUNNERS = {"tx", "session", "transaction", "driver"}


def name(path: Path) -> str:
    """Name a file in a test's id."""
    return str(path.relative_to(_ROOT))


def texts(tree: ast.AST) -> list[tuple[int, str]]:
    """List the strings of a module that are no docstrings, with their lines."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    return [
        (node.lineno, node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docstrings
    ]


@pytest.mark.parametrize("path", _GRAPH, ids=name)
def test_every_text_that_is_run_is_literal(path: Path) -> None:
    """Each is a literal or a sum of literals, followed to where it is from; no value ever becomes a part of one."""
    assert Module.read(path).open_texts() == []


def test_the_texts_are_found() -> None:
    """The modules that ask the engine are seen to ask it."""
    asking = {path.stem for path in _GRAPH if any(Module.read(path).running())}
    rooms = {"people", "disclosures", "regions", "bodies", "programme", "intake", "actors", "rewrapping", "constraints"}
    assert rooms <= asking


def test_only_the_constraints_take_a_text_from_elsewhere() -> None:
    """No other function that other packages can call takes Cypher, literal or not."""
    taking = {
        (path.stem, function.name)
        for path in _GRAPH
        for function in ast.walk(Module.read(path).tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef) and not function.name.startswith("_")
        for argument in function.args.args
        if isinstance(argument.annotation, ast.Name) and argument.annotation.id == "LiteralString"
    }
    assert taking == {("constraints", "create")}


@pytest.mark.parametrize("path", _GRAPH, ids=name)
def test_no_cypher_is_filled_in(path: Path) -> None:
    """Nor does any string with Cypher in it take part in formatting, replacing or joining."""
    for node in ast.walk(Module.read(path).tree):
        holes: list[ast.AST] = []
        if isinstance(node, ast.JoinedStr):
            holes = list(node.values)
        elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mod):
            holes = [node.left]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            holes = [node.func.value] if node.func.attr in {"format", "replace", "join", "format_map"} else []
        for hole in holes:
            assert not any(_CYPHER.search(text) for _, text in texts(hole)), f"line {node.lineno}"  # type: ignore[attr-defined]


@pytest.mark.parametrize("path", _ELSEWHERE, ids=name)
def test_there_is_no_cypher_elsewhere(path: Path) -> None:
    """Neither a text of it, nor a call that runs one."""
    tree = Module.read(path).tree
    assert [line for line, text in texts(tree) if _CYPHER.search(text)] == []
    calls = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and (
            node.func.attr in {"execute_query", "execute_read", "execute_write", "begin_transaction"}
            or (node.func.attr == "run" and isinstance(node.func.value, ast.Name) and node.func.value.id in _RUNNERS)
        )
    ]
    assert calls == []


_HEAD = "from typing import LiteralString\nTEXT: LiteralString = 'MATCH (n) '\n"


@pytest.mark.parametrize(
    "body",
    [
        "async def f(tx, a):\n    await tx.run(f'MATCH (n {{id: {a}}})')",
        "async def f(tx, a):\n    await tx.run('MATCH (n {id: %s})' % a)",
        "async def f(tx, a):\n    await tx.run('MATCH (n {{id: {}}})'.format(a))",
        "async def f(tx, a):\n    await tx.run(TEXT + a)",
        "async def f(tx, a):\n    await tx.run(a)",
        "async def f(tx, a: str):\n    text = TEXT\n    text += a\n    await tx.run(text)",
        "async def f(tx, a):\n    await tx.run(TEXT if a else a)",
        "async def f(tx, a):\n    await tx.run({'a': TEXT, 'b': a}['b'])",
        "async def f(tx, a):\n    await g(tx, TEXT + str(a))\nasync def g(tx, t: LiteralString):\n    await tx.run(t)",
        "async def f(tx, a):\n    await tx.run(g(a))\ndef g(a):\n    return a",
        "async def f(tx, a):\n    for text in a:\n        await tx.run(text)",
        "async def f(tx, a):\n    await tx.run(text=TEXT)",
        "async def f(tx, a):\n    await tx.run(' '.join([TEXT, TEXT]))",
        "TEXTS = {a: TEXT + str(a) for a in ('x', 'y')}\nasync def f(tx, a):\n    await tx.run(TEXTS[a])",
        "import os\nEVIL = os.environ['X']\nasync def f(tx, a):\n    await tx.run(EVIL)",
    ],
)
def test_a_text_with_a_hole_is_noticed(body: str) -> None:
    """The rule sees through each way to put a value into a text."""
    assert Module(_HEAD + body).open_texts() != []


@pytest.mark.parametrize(
    "body",
    [
        "async def f(tx, a):\n    await tx.run(TEXT + 'RETURN n', a=a)",
        "async def f(tx, a):\n    await tx.run(TEXT if a else 'RETURN 1')",
        "async def f(tx, a):\n    text = TEXT\n    if a:\n        text = 'RETURN 1'\n    await tx.run(text)",
        "TEXTS = {a: b + TEXT for a, b in ((1, 'x'), (2, 'y'))}\nasync def f(tx, a):\n    await tx.run(TEXTS[a])",
        "async def f(tx):\n    await g(tx, TEXT)\nasync def g(tx, text: LiteralString):\n    await tx.run(text)",
    ],
)
def test_a_text_without_a_hole_passes(body: str) -> None:
    """Sums and choices of literal texts are what queries are made of."""
    assert Module(_HEAD + body).open_texts() == []
