"""The ladder: a question asked raw, of the service, as a whole request, and over HTTP, round by round side by side."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from statistics import median
from typing import Any

from bench.figures import Ladder
from bench.opened import Opened
from bench.questions import Question
from bench.rounds import Effort, Variant, interleaved
from bench.timers import time_parts


@dataclass(frozen=True, slots=True)
class Case:
    """A question by the plain driver, by the service, and as a request; the people and the values in its answer."""

    raw: Variant
    service: Variant
    question: Question
    rows: int
    values: int

    def variants(self, opened: Opened) -> Mapping[str, Variant]:
        """Return the four ways of asking, by name."""
        return {
            "raw": self.raw,
            "service": self.service,
            "request": partial(opened.ask, self.question.query, self.question.variables),
            "http": partial(opened.http.post, self.question.body),
        }


async def measure_ladder(opened: Opened, what: str, cases: Sequence[Case], effort: Effort) -> Ladder:
    """Measure a question over its cases, and then where its time goes."""
    times = await interleaved([case.variants(opened) for case in cases], effort)
    parts = await time_parts(opened, [case.question for case in cases], effort)
    # What the request costs beyond this process can only be had by subtraction.
    http, request = times.spread("http"), times.spread("request")
    parts["HTTP and key"] = max(http.median - request.median, 0.0)
    return Ladder(
        what=what,
        rows=round(median(case.rows for case in cases)),
        values=round(median(case.values for case in cases)),
        raw=times.spread("raw"),
        service=times.spread("service"),
        request=request,
        http=http,
        service_ratio=times.ratio("service", "raw"),
        request_ratio=times.ratio("request", "raw"),
        http_ratio=times.ratio("http", "raw"),
        parts=parts,
    )


def values_in(answer: Any) -> int:  # noqa: ANN401 - any JSON.
    """Return how many values an answer has, nulls and objects included."""
    if isinstance(answer, dict):
        return 1 + sum(values_in(value) for value in answer.values())
    if isinstance(answer, list):
        return 1 + sum(values_in(value) for value in answer)
    return 1
