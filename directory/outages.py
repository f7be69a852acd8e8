"""Failures of the graph that pass: what a caller is told, and when asking again is worth it."""

from dataclasses import dataclass

from graph.errors import EngineUnavailable


@dataclass(frozen=True, slots=True)
class Outage:
    """A failure that passes; `retry_after` is in seconds, for the header of that name."""

    code: str
    sentence: str
    retry_after: int


def outage_of(failure: BaseException) -> Outage | None:
    """Return the outage that a failure is, None for any other failure."""
    if isinstance(failure, EngineUnavailable):
        return Outage(failure.code, failure.sentence, failure.retry_after)
    return None
