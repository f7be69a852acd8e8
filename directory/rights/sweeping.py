"""The daily sweep of a service: what may be kept no longer goes by itself, and the log says how much (P10, P11)."""

import asyncio
from collections.abc import Callable
from typing import Final

from directory.logs import log_event, log_fault
from directory.rights.desk import Keep
from directory.rights.retention import Retention
from graph.connection import Graph

OPERATOR: Final = "retention-sweep"
"""Under which actor a sweep is recorded, whoever has it run."""

# Not at the very start, when whoever waits for the service asks first.
_FIRST: Final = 600.0
_DAILY: Final = 86_400.0


async def sweep_daily(graph: Graph, clock: Callable[[], int], keep: Keep) -> None:
    """Sweep soon and every day, until this is cancelled; a sweep that fails is logged, and made up for the next day."""
    retention = Retention(graph, clock, OPERATOR, keep)
    pause = _FIRST
    while True:
        await asyncio.sleep(pause)
        pause = _DAILY
        try:
            reports = await retention.sweep(_silent, record=True, destroy=True)
        except Exception as failure:  # noqa: BLE001 - whatever it is, tomorrow's sweep has to run.
            log_fault(OPERATOR, failure)
        else:
            for report in reports:
                log_event("swept", sort=str(report.sort), found=report.found, done=report.done)


def _silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""
