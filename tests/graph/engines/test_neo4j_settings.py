"""The settings that name a Neo4j server."""

import pytest

from graph.engines.engine import Endpoint
from graph.engines.neo4j import remote_engine
from graph.errors import SettingRefused

COMPLETE = {"GRAPH_URL": "neo4j://db.example:7687", "GRAPH_USER": "civic", "GRAPH_PASSWORD": "secret-word"}


@pytest.mark.parametrize("url", [None, "", "  "])
def test_without_a_url_there_is_no_server(url: str | None) -> None:
    """Then the embedded engine serves."""
    assert remote_engine({} if url is None else {"GRAPH_URL": url}) is None


@pytest.mark.parametrize(
    "url",
    [
        "neo4j://h",
        "bolt://h:7687",
        "neo4j+s://h.example",
        "bolt+ssc://127.0.0.1:1",
        "bolt://[::1]:7687",
        "neo4j+ssc://h",
    ],
)
def test_every_kind_of_url_of_the_driver_is_taken(url: str) -> None:
    """With the scheme goes the choice of TLS and of routing."""
    engine = remote_engine({**COMPLETE, "GRAPH_URL": url})
    assert engine is not None
    assert engine.endpoint == Endpoint(url, "civic", "secret-word", "neo4j")
    assert engine.available
    assert engine.generation == 1


def test_the_database_can_be_named_and_the_password_is_not_printed() -> None:
    """A representation ends up in a log sooner or later."""
    engine = remote_engine({**COMPLETE, "GRAPH_DATABASE": "seoul"})
    assert engine is not None
    assert engine.endpoint.database == "seoul"
    assert "secret-word" not in repr(engine)


@pytest.mark.parametrize(
    "url",
    [
        "http://h:7474",
        "h:7687",
        "bolt://",
        "neo4j://:7687",
        "bolt://h:0",
        "bolt://h:99999",
        "bolt://[",
        "localhost",
    ],
)
def test_a_url_of_another_kind_is_refused(url: str) -> None:
    """The sentence says what it must look like."""
    with pytest.raises(SettingRefused, match=r"^GRAPH_URL must look like neo4j://host:7687"):
        remote_engine({**COMPLETE, "GRAPH_URL": url})


def test_a_password_in_the_url_is_refused_and_not_repeated() -> None:
    """URLs are logged."""
    with pytest.raises(SettingRefused, match="GRAPH_URL must not carry") as caught:
        remote_engine({**COMPLETE, "GRAPH_URL": "bolt://civic:hunter2@h:7687"})
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("name", ["GRAPH_USER", "GRAPH_PASSWORD"])
def test_a_missing_user_or_password_is_named(name: str) -> None:
    """Both are needed as soon as the URL is set."""
    with pytest.raises(SettingRefused, match=f"^{name} must be set"):
        remote_engine({**COMPLETE, name: ""})
