"""The graph's errors: one class a code, one sentence a class."""

import ast
from pathlib import Path

import pytest

from graph import errors
from graph.errors import (
    EngineDidNotStart,
    EngineUnavailable,
    FolderInUse,
    FolderRefused,
    GraphCode,
    GraphError,
    PortTaken,
    SettingRefused,
    TooLittleDisk,
    TooLittleMemory,
)

CLASSES = [
    found
    for found in vars(errors).values()
    if isinstance(found, type) and issubclass(found, GraphError) and found is not GraphError
]


def test_every_code_has_one_class_and_every_class_one_code() -> None:
    """Callers can rely on either."""
    assert sorted(found.code for found in CLASSES) == sorted(GraphCode)
    assert all(code == code.name for code in GraphCode)


@pytest.mark.parametrize("found", CLASSES)
def test_every_class_has_a_sentence_of_its_own(found: type[GraphError]) -> None:
    """Nobody is left with a code alone."""
    assert found.sentence[0].isupper()
    assert found.sentence.endswith(".")
    assert [other for other in CLASSES if other.sentence == found.sentence] == [found]
    assert found.__doc__


@pytest.mark.parametrize(
    "error",
    [
        EngineDidNotStart(because="it ended", log=Path("/d/engine.log")),
        FolderInUse(folder=Path("/d"), holder=7),
        FolderRefused(folder=Path("/d"), because="permission denied"),
        PortTaken(ports="8000"),
        TooLittleDisk(folder=Path("/d"), needed=2, free=1),
        TooLittleMemory(needed=2, there=1),
        SettingRefused(setting="GRAPH_URL", must="must be set"),
        EngineUnavailable(),
        EngineUnavailable("The engine is away.", retry_after=9),
    ],
)
def test_every_message_is_a_sentence(error: GraphError) -> None:
    """It begins and ends as one, and fits on a screen."""
    assert str(error)[0].isupper()
    assert str(error).endswith(".")
    assert len(str(error)) < 300


def test_the_edge_learns_when_to_ask_again() -> None:
    """Seconds, as Retry-After wants them."""
    assert EngineUnavailable().retry_after == 2
    assert EngineUnavailable(retry_after=9).retry_after == 9


def test_nothing_in_the_graph_raises_within_an_except_that_caught_the_driver() -> None:
    """The driver's failure quotes values, and would hang on the new one as its context."""
    for path in Path(errors.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.ExceptHandler) or node.type is None:
                continue
            caught = ast.unparse(node.type)
            if "DRIVER_FAILURES" in caught or "Neo4jError" in caught or "DriverError" in caught:
                assert not [inner for inner in ast.walk(node) if isinstance(inner, ast.Raise)], path
