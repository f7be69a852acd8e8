"""Which failures pass by themselves, and what is said of them."""

import pytest

from directory.outages import Outage, outage_of
from graph.errors import EngineUnavailable, GraphError


def test_an_engine_that_is_away_is_an_outage() -> None:
    """It has a code, a sentence, and whole seconds to wait, at least one."""
    failure = EngineUnavailable()
    outage = outage_of(failure)
    assert outage == Outage(str(failure.code), failure.sentence, failure.retry_after)
    assert type(outage.retry_after) is int
    assert outage.retry_after >= 1
    assert outage.sentence.endswith(".")


@pytest.mark.parametrize("failure", [ValueError("x"), KeyError("x"), BaseException(), TimeoutError()])
def test_any_other_failure_is_none(failure: BaseException) -> None:
    """Asking again would not mend it."""
    assert outage_of(failure) is None


def test_no_other_failure_of_the_graph_passes_by_itself() -> None:
    """Of the graph's failures, only this one and its kinds are outages."""
    for kind in GraphError.__subclasses__():
        failure = kind.__new__(kind)
        if not isinstance(failure, EngineUnavailable):
            assert outage_of(failure) is None
