"""Permits and refusals: only the gate makes a permit, and neither can be mistaken for a yes or no."""

import ast
import copy
import dataclasses
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from consent.gate import decide
from consent.permit import Permit, Refusal
from consent.scope import Scope
from consent.standing import PurposeStanding, Standing
from consent.vocabulary import Field, Purpose, RefusalReason, State

ROOT = Path(__file__).parents[2]


def permit() -> Permit:
    """Have the gate issue a permit."""
    consent = PurposeStanding(State.GRANTED, frozenset(Field), until=2)
    standing = Standing("p1", "11", "g", frozenset(Field), {Purpose.CITY_NEWS: consent})
    scope = Scope("actor", "bureau", frozenset(Purpose), None, None)
    answer = decide(standing, Field.NAME, Purpose.CITY_NEWS, scope, 1)
    assert isinstance(answer, Permit)
    return answer


# The class without its type, for calls that a type checker would refuse as well.
MAKER: Any = Permit
# The general replacement is new in Python 3.13.
REPLACE: Any = getattr(copy, "replace", dataclasses.replace)

FORGERIES: dict[str, Callable[[], Any]] = {
    "constructed": lambda: Permit("p2", Field.NAME, Purpose.CITY_NEWS, None, sensitive=False, at=1),
    "constructed by name": lambda: MAKER(person="p2"),
    "constructed empty": MAKER,
    "replaced": lambda: dataclasses.replace(permit(), person="p2"),
    "replaced as later Pythons do": lambda: REPLACE(permit(), person="p2"),
    "copied": lambda: copy.copy(permit()),
    "copied deeply": lambda: copy.deepcopy(permit()),
    "pickled": lambda: pickle.dumps(permit()),
    "pickled by the oldest protocol": lambda: pickle.dumps(permit(), protocol=0),
    "reduced": lambda: permit().__reduce_ex__(2),
    "subclassed": lambda: type("Wider", (Permit,), {}),
    "made without arguments": lambda: Permit.__new__(Permit).person,
    "made by object": lambda: object.__new__(Permit).field,
    "rewritten": lambda: setattr(permit(), "person", "p2"),
    "cut": lambda: delattr(permit(), "person"),
    "extended": lambda: setattr(permit(), "extra", 1),
}


@pytest.mark.parametrize("forge", FORGERIES.values(), ids=FORGERIES)
def test_a_permit_cannot_be_forged(forge: Callable[[], Any]) -> None:
    """No ordinary way of making, copying or changing an object yields a permit of anyone else's."""
    with pytest.raises((TypeError, AttributeError)):
        forge()


def test_only_the_gate_uses_the_private_maker() -> None:
    """No module but the gate names the function that makes permits."""
    users = set()
    for source in (path for part in ("consent", "graph", "directory") for path in (ROOT / part).rglob("*.py")):
        tree = ast.parse(source.read_text(encoding="utf-8"))
        modules = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        named = {alias.name for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) for alias in node.names}
        reached = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
        if "_Draft" in named | reached or "_issue" in reached or ("_issue" in named and "consent.permit" in modules):
            users.add(source.relative_to(ROOT).as_posix())
    assert users == {"consent/gate.py"}


@pytest.mark.parametrize("answer", [permit(), Refusal(RefusalReason.NOT_ASKED)], ids=["permit", "refusal"])
def test_an_answer_has_no_truth_value(answer: Permit | Refusal) -> None:
    """Testing an answer for truth fails, because a refusal would pass for a permit or lose its reason."""
    with pytest.raises(TypeError):
        bool(answer)


def test_equal_decisions_are_equal_permits() -> None:
    """Two permits for the same facts are equal and hash alike, and show no personal value."""
    assert permit() == permit()
    assert len({permit(), permit()}) == 1
    assert repr(permit()).startswith("Permit(person='p1', field=")
