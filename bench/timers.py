"""Where the time of a request goes: timers put round the product's functions from here, and taken off again."""

import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, fields
from statistics import median
from typing import Any
from unittest.mock import patch

from bench import opened as opened_module
from bench.opened import Opened
from bench.questions import Question
from bench.rounds import Effort, settle
from graph import disclosures, opening, people
from graph.opening import Opener

_CALLS = 20_000
_Function = Callable[..., Any]


@dataclass(slots=True)
class Stopwatch:
    """Seconds spent in a function, and how often it was called."""

    seconds: float = 0.0
    calls: int = 0

    def around(self, function: _Function) -> _Function:
        """Return the function with this watch round it."""
        clock = time.perf_counter

        def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any function.
            begun = clock()
            answer = function(*arguments, **named)
            self.seconds += clock() - begun
            self.calls += 1
            return answer

        return timed

    def around_async(self, function: Callable[..., Awaitable[Any]]) -> _Function:
        """Return the coroutine function with this watch round it; waiting counts."""

        async def timed(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - any function.
            begun = time.perf_counter()
            answer = await function(*arguments, **named)
            self.seconds += time.perf_counter() - begun
            self.calls += 1
            return answer

        return timed


@dataclass(frozen=True, slots=True)
class _Watches:
    service: Stopwatch
    reads: Stopwatch
    write: Stopwatch
    query: Stopwatch
    opening: Stopwatch
    deciding: Stopwatch
    recording: Stopwatch
    encoding: Stopwatch

    @classmethod
    def all_new(cls) -> "_Watches":
        return cls(*(Stopwatch() for _ in fields(cls)))

    def reset(self) -> None:
        for each in fields(self):
            watch = getattr(self, each.name)
            watch.seconds, watch.calls = 0.0, 0


@contextmanager
def _watching(opened: Opened) -> Iterator[_Watches]:
    watches = _Watches.all_new()
    contacts, graph = opened.services.contacts, opened.graph
    with ExitStack() as stack:
        for owner, name, watch in (
            (contacts, "page", watches.service),
            (contacts, "one", watches.service),
            (graph, "read", watches.reads),
            (graph, "write", watches.write),
            (people, "page", watches.query),
            (people, "one", watches.query),
            (disclosures, "record", watches.recording),
        ):
            stack.enter_context(patch.object(owner, name, watch.around_async(getattr(owner, name))))
        for owner, name, watch in (
            (opening, "decide_fields", watches.deciding),
            (opened_module, "encoded", watches.encoding),
        ):
            stack.enter_context(patch.object(owner, name, watch.around(getattr(owner, name))))
        # A plain function on the class, so that it is bound to its opener as before.
        stack.enter_context(patch.object(Opener, "open", watches.opening.around(Opener.open)))
        yield watches


async def time_parts(opened: Opened, questions: Sequence[Question], effort: Effort) -> dict[str, float]:
    """Return the median milliseconds of each part of a request that is answered in this process."""
    inside, around = _cost_of_a_timer()
    rounds: dict[str, list[float]] = {}
    with _watching(opened) as watches:
        settle()
        for number in range(-len(questions), effort.rounds):
            question = questions[number % len(questions)]
            watches.reset()
            begun = time.perf_counter()
            await opened.ask(question.query, question.variables)
            total = time.perf_counter() - begun
            if number >= 0:
                for part, seconds in _parts(watches, total, inside, around).items():
                    rounds.setdefault(part, []).append(seconds * 1000)
    return {part: median(values) for part, values in rounds.items()}


def _parts(watches: _Watches, total: float, inside: float, around: float) -> dict[str, float]:
    """Share out one request; what the timers themselves cost is taken off where there are hundreds of calls."""
    calls = watches.deciding.calls
    deciding = watches.deciding.seconds - calls * inside
    opening_alone = watches.opening.seconds - watches.deciding.seconds - calls * (around - inside)
    in_transaction = watches.query.seconds + watches.opening.seconds + watches.recording.seconds
    return {
        "reads before": watches.reads.seconds,
        "query": watches.query.seconds,
        "decide": deciding,
        "open": opening_alone,
        "record": watches.recording.seconds,
        "begin and commit": watches.write.seconds - in_transaction,
        "rest of service": watches.service.seconds - watches.reads.seconds - watches.write.seconds,
        "GraphQL": total - watches.service.seconds - watches.encoding.seconds,
        "JSON": watches.encoding.seconds,
    }


def _cost_of_a_timer() -> tuple[float, float]:
    """Return the seconds that a timer adds to what it measures, and to what calls it."""

    def nothing(*_: object) -> None:
        return None

    watch = Stopwatch()
    timed = watch.around(nothing)
    begun = time.perf_counter()
    for _ in range(_CALLS):
        nothing(1, 2, 3)
    bare = (time.perf_counter() - begun) / _CALLS
    begun = time.perf_counter()
    for _ in range(_CALLS):
        timed(1, 2, 3)
    whole = (time.perf_counter() - begun) / _CALLS
    return max(watch.seconds / _CALLS - bare, 0.0), max(whole - bare, 0.0)
