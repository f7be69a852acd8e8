"""Ports for the embedded engine."""

import socket
from collections.abc import Iterator

import pytest

from graph.engines import ports
from graph.engines.ports import FIRST_PORT, LAST_PORT, free_port, is_free
from graph.errors import PortTaken


@pytest.fixture
def taken() -> Iterator[int]:
    """Listen on a port."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


def test_a_port_that_somebody_listens_on_is_not_free(taken: int) -> None:
    """Another one is given in its place, from the range that no outgoing connection takes from."""
    assert not is_free(taken)
    assert FIRST_PORT <= free_port(taken) <= LAST_PORT


def test_the_preferred_port_is_given_where_it_is_free() -> None:
    """An engine comes back where it was."""
    port = free_port()
    assert is_free(port)
    assert free_port(port) == port


def test_no_free_port_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    """The sentence names the range."""
    monkeypatch.setattr(ports, "is_free", lambda _: False)
    with pytest.raises(PortTaken, match=f"{FIRST_PORT} to {LAST_PORT} is taken by another program"):
        free_port()
