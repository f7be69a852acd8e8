"""Reminding of deadlines: cases that wait past theirs, or soon will, are told in the log every hour (P9–P12)."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consent.cases import UNDECIDED
from directory.logs import log_event
from graph import cases
from graph.connection import Graph
from graph.errors import GraphError

_HOUR: Final = 3_600.0
_SOON: Final = 2 * 24 * 60 * 60 * 1000
# More than these are as urgent as these.
_MOST: Final = 1_000


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many cases wait past their deadline, and how many will within two days."""

    overdue: int
    soon: int


async def waiting(graph: Graph, now: int) -> Waiting:
    """Count the cases that wait for an answer and are due, or soon are; `now` is in epoch milliseconds."""
    overdue = soon = 0
    for state in sorted(UNDECIDED):
        for case in await graph.read(cases.page, state, None, _MOST):
            overdue += case.is_overdue(now)
            soon += now < case.due <= now + _SOON
    return Waiting(overdue, soon)


async def remind(graph: Graph, clock: Callable[[], int]) -> None:
    """Tell of them at once and every hour, until this is cancelled; an engine that is away is asked again."""
    while True:
        try:
            found = await waiting(graph, clock())
        except GraphError as failure:
            log_event("reminding_failed", logging.WARNING, code=str(failure.code))
        else:
            if found.overdue:
                log_event("cases_overdue", logging.ERROR, cases=found.overdue)
            if found.soon:
                log_event("cases_due_soon", logging.WARNING, cases=found.soon)
        await asyncio.sleep(_HOUR)
