"""Rounds: every variant of a question once a round, in turn, so that a slow moment of the machine hits all alike."""

import gc
import random
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field

from bench.figures import Spread

Variant = Callable[[], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Effort:
    """How much is measured: rounds that count, rounds before them that warm up, pages to walk over, requests."""

    rounds: int
    warm_up: int
    pages: int
    requests: int


QUICK = Effort(rounds=12, warm_up=6, pages=4, requests=200)
# The engines run on Java, which compiles what it runs often only after some thousand times.
THOROUGH = Effort(rounds=60, warm_up=40, pages=10, requests=1_000)


@dataclass(slots=True)
class Times:
    """Milliseconds by variant, one entry a round, so that entries of one round can be held against each other."""

    by_variant: dict[str, list[float]] = field(default_factory=dict)

    def spread(self, variant: str) -> Spread:
        """Return the spread of a variant."""
        return Spread.of(self.by_variant[variant])

    def ratio(self, variant: str, base: str) -> Spread:
        """Return the spread of a variant's time over another's in the same round."""
        pairs = zip(self.by_variant[variant], self.by_variant[base], strict=True)
        return Spread.of([one / other for one, other in pairs])


async def interleaved(cases: Sequence[Mapping[str, Variant]], effort: Effort) -> Times:
    """Measure the variants of each case in turn; a round takes one case, its variants in an order drawn by lot.

    A fixed order would let each variant pay for what the one before it left to do: the same lots are drawn every time.
    """
    settle()
    names, lots = list(cases[0]), random.Random(len(cases))  # noqa: S311 - nothing secret is drawn.
    times = Times({name: [] for name in names})
    for number in range(-effort.warm_up, effort.rounds):
        case = cases[number % len(cases)]
        for name in lots.sample(names, len(names)):
            begun = time.perf_counter()
            await case[name]()
            taken = (time.perf_counter() - begun) * 1000
            if number >= 0:
                times.by_variant[name].append(taken)
    return times


def settle() -> None:
    """Collect what is garbage now and leave the rest out of later collections, as the service does at its start."""
    gc.collect()
    gc.freeze()
