"""Which engine answers, and whether it is one that was tested."""

import pytest

from graph.connection import Graph
from graph.engines import probe as probe_module
from graph.engines.probe import EngineIdentity, EngineName, identify
from graph.errors import EngineRefused


@pytest.mark.parametrize(
    ("agent", "name", "version", "tested"),
    [
        ("Neo4j/5.26.0 compatible (ArcadeDB 26.10.2)", EngineName.ARCADEDB, "26.10.2", True),
        ("Neo4j/5.26.0 compatible (ArcadeDB 26.9.1)", EngineName.ARCADEDB, "26.9.1", False),
        ("Neo4j/5.26.0 compatible (ArcadeDB 26.100.1)", EngineName.ARCADEDB, "26.100.1", False),
        ("Neo4j/5.26.29", EngineName.NEO4J, "5.26.29", True),
        ("Neo4j/5.26", EngineName.NEO4J, "5.26", True),
        ("Neo4j/5.25.1", EngineName.NEO4J, "5.25.1", False),
        ("Neo4j/2025.10.1", EngineName.NEO4J, "2025.10.1", False),
        ("Neo4j/5.26.0 compatible (Memgraph 3)", EngineName.UNKNOWN, "unknown", False),
        ("Memgraph", EngineName.UNKNOWN, "unknown", False),
        ("", EngineName.UNKNOWN, "unknown", False),
    ],
)
def test_an_engine_is_named_by_its_introduction(agent: str, name: EngineName, version: str, *, tested: bool) -> None:
    """Only the versions that the suite runs on count as tested."""
    identity = identify(agent)
    assert identity == EngineIdentity(name, version)
    assert identity.tested is tested


async def test_each_engine_is_known_by_its_own_name(graph: Graph, request: pytest.FixtureRequest) -> None:
    """ArcadeDB, which answers as Neo4j, is told from it."""
    assert graph.identity is not None
    expected = EngineName.ARCADEDB if "embedded" in request.node.name else EngineName.NEO4J
    assert graph.identity.name == expected
    assert graph.identity.tested


async def test_an_engine_that_was_not_tested_is_refused_unless_allowed(
    graph: Graph, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The sentence names the engine, what was tested and the way round."""
    monkeypatch.setattr(probe_module, "TESTED", {EngineName.NEO4J: "4.4"})
    with pytest.raises(EngineRefused, match=r"tested on Neo4j 4\.4: use one .* GRAPH_ALLOW_UNTESTED=1"):
        await Graph(graph._engine).open()
    async with Graph(graph._engine, allow_untested=True) as allowed:
        assert allowed.identity == graph.identity
