"""Tells of a module's source whether every text that it runs is literal, by following each text to where it is from.

A text is literal if it is a string without holes, a sum of literal texts, a choice between literal texts, a name of
the module or of the function that is only ever given literal texts, or a parameter that is only ever given them.
"""

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import TypeAlias

_Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef
# What hands a text to the engine, and which argument it is.
_RUNNING = frozenset({"run", "execute_query"})


class Module:
    """One module, and the texts that it runs."""

    def __init__(self, source: str) -> None:
        """Parse the source."""
        self.tree = ast.parse(source)
        self._values = dict(_assigned(self.tree.body))
        self._functions = {node.name: node for node in ast.walk(self.tree) if isinstance(node, _Function)}

    @classmethod
    def read(cls, path: Path) -> "Module":
        """Read a file."""
        return cls(path.read_text("utf-8"))

    def running(self) -> Iterator[tuple[ast.Call, _Function | None]]:
        """Give every call that runs a text, and the function that it stands in."""
        yield from self._calls(_RUNNING)

    def open_texts(self) -> list[int]:
        """List the lines that run a text which is not known to be literal."""
        return [
            call.lineno
            for call, function in self.running()
            if not call.args or not self._literal(call.args[0], function)
        ]

    def _calls(self, names: frozenset[str]) -> Iterator[tuple[ast.Call, _Function | None]]:
        for node, function in _within(self.tree, None):
            if isinstance(node, ast.Call):
                called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                if called in names:
                    yield node, function

    def _literal(self, node: ast.expr, function: _Function | None) -> bool:  # noqa: PLR0911 - a return a kind
        """Say whether an expression is a literal text, or a collection of nothing else."""
        match node:
            case ast.Constant():
                return isinstance(node.value, str)
            case ast.BinOp(op=ast.Add()):
                return self._literal(node.left, function) and self._literal(node.right, function)
            case ast.IfExp():
                return self._literal(node.body, function) and self._literal(node.orelse, function)
            case ast.Dict():
                return all(self._literal(value, function) for value in node.values)
            case ast.Tuple() | ast.List():
                return all(self._literal(value, function) for value in node.elts)
            case ast.DictComp():
                return self._literal_in(node.value, node.generators)
            case ast.Subscript():
                return self._literal(node.value, function)
            case ast.Name():
                return self._literal_name(node.id, function)
            case ast.Call(func=ast.Name(id=name)) if name in self._functions:
                returned = [part for part in ast.walk(self._functions[name]) if isinstance(part, ast.Return)]
                return all(part.value and self._literal(part.value, self._functions[name]) for part in returned)
        return False

    def _literal_in(self, node: ast.expr, generators: list[ast.comprehension]) -> bool:
        """Say whether the value of a comprehension is, whose names run over literal collections."""
        names = {name: value for part in generators for name, value in _unpacked(part.target, part.iter)}
        texts = [part.id for part in ast.walk(node) if isinstance(part, ast.Name)]
        plain = all(isinstance(part, ast.Name | ast.BinOp | ast.Add | ast.Load) for part in ast.walk(node))
        return plain and all(
            all(self._literal(value, None) for value in names[text])
            if text in names
            else self._literal_name(text, None)
            for text in texts
        )

    def _literal_name(self, name: str, function: _Function | None) -> bool:
        if function is None:
            return name in self._values and self._literal(self._values[name], None)
        position = next((n for n, part in enumerate(function.args.args) if part.arg == name), None)
        if position is not None:
            return self._literal_argument(function, position)
        given = [value for target, value in _assigned(ast.walk(function)) if target == name]
        given += [
            node.iter.func.value if _is_items(node.iter) else node.iter  # type: ignore[attr-defined]  # as it tells
            for node in ast.walk(function)
            if isinstance(node, ast.For)
            and name in {part.id for part in ast.walk(node.target) if isinstance(part, ast.Name)}
        ]
        if given:
            return all(self._literal(value, function) for value in given)
        return self._literal_name(name, None)

    def _literal_argument(self, function: _Function, position: int) -> bool:
        """Say whether a parameter that is declared as literal is given literal texts by every call in this module."""
        declared = function.args.args[position].annotation
        if not isinstance(declared, ast.Name) or declared.id != "LiteralString":
            return False
        return all(
            len(call.args) > position and self._literal(call.args[position], caller)
            for call, caller in self._calls(frozenset({function.name}))
        )


def _assigned(nodes: Iterator[ast.AST] | list[ast.stmt]) -> Iterator[tuple[str, ast.expr]]:
    for node in nodes:
        if isinstance(node, ast.Assign):
            yield from ((target.id, node.value) for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, ast.AnnAssign | ast.AugAssign) and isinstance(node.target, ast.Name) and node.value:
            yield node.target.id, node.value


def _within(node: ast.AST, function: _Function | None) -> Iterator[tuple[ast.AST, _Function | None]]:
    for child in ast.iter_child_nodes(node):
        yield child, function
        yield from _within(child, child if isinstance(child, _Function) else function)


def _unpacked(target: ast.expr, source: ast.expr) -> Iterator[tuple[str, list[ast.expr]]]:
    """Give the names of a comprehension with the values that each takes."""
    rows = source.elts if isinstance(source, ast.Tuple | ast.List) else []
    if isinstance(target, ast.Name):
        yield target.id, rows or [source]
    elif isinstance(target, ast.Tuple):
        for number, part in enumerate(target.elts):
            columns = [row.elts[number] for row in rows if isinstance(row, ast.Tuple)]
            yield part.id if isinstance(part, ast.Name) else "", columns or [source]


def _is_items(node: ast.expr) -> bool:
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "items"
