"""`python -m bench.screening`: how many ordinary strings are refused, and how many cells a second are read."""

import argparse
import json
import re
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from random import Random

from bench.figures import Bar, Spread
from bench.machine import machine_facts
from bench.ordinary_strings import Maker, makers, unusual_makers
from bench.rounds import settle
from bench.tables import table
from consent.identifiers.rules import FieldKind
from consent.identifiers.screen import is_clean

STRINGS = 1_000_000
_SEED = 2013
_UNUSUAL = 50_000
_CELLS = 100_000
_ROUNDS = 7
CELLS_A_SECOND = 200_000.0
# What a cell of a roster is; the others are longer, or stand in no roster.
_SHORT = ("names", "bodies", "addresses", "telephone numbers", "e-mail addresses", "dates", "business numbers")
# What is compared with: the simplest search that finds the usual spelling alone.
_SIMPLEST = re.compile(r"\d{6}-\d{7}")


@dataclass(frozen=True, slots=True)
class Refused:
    """Of so many strings of a kind, how many were refused."""

    kind: str
    strings: int
    refused: int

    @property
    def a_million(self) -> float:
        """How many of a million that would be."""
        return self.refused / self.strings * 1_000_000


@dataclass(frozen=True, slots=True)
class Throughput:
    """Cells a second on one core: the screen, the simplest search on the same cells, and how many times its time."""

    screen: Spread
    simplest: Spread
    ratio: Spread


@dataclass(frozen=True, slots=True)
class ScreenFigures:
    """What was measured: ordinary kinds, numbers that no field holds, and the throughput."""

    ordinary: list[Refused]
    unusual: list[Refused]
    throughput: Throughput


def measure_screening(strings: int = STRINGS) -> ScreenFigures:
    """Measure; `strings` are shared out evenly over the ordinary kinds."""
    ordinary = makers(_SEED)
    each = -(-strings // len(ordinary))
    return ScreenFigures(
        [_refused(kind, make, each) for kind, make in ordinary.items()],
        [_refused(kind, make, min(_UNUSUAL, each)) for kind, make in unusual_makers().items()],
        _throughput(ordinary),
    )


def bar_of(figures: ScreenFigures) -> Bar:
    """Return the time of a cell against its bar."""
    return Bar("screen, microseconds a cell", 1e6 / figures.throughput.screen.median, 1e6 / CELLS_A_SECOND, "µs")


def markdown(figures: ScreenFigures) -> str:
    """Return the figures as tables."""
    throughput = figures.throughput
    strings, refused = sum(each.strings for each in figures.ordinary), sum(each.refused for each in figures.ordinary)
    speed = (
        f"{throughput.screen.median:,.0f} short cells a second on one core "
        f"({throughput.screen.lower:,.0f} to {throughput.screen.upper:,.0f}); the simplest search, which finds one "
        f"spelling, {throughput.simplest.median:,.0f}: {throughput.ratio.median:.1f} times its time."
    )
    share = f"Of {strings:,} ordinary strings {refused:,} were refused, {refused / strings * 1e6:,.0f} of a million."
    others = "Numbers that no field of the directory holds:"
    return "\n\n".join((speed, share, _table(figures.ordinary), others, _table(figures.unusual)))


def _refused(kind: str, make: Maker, count: int) -> Refused:
    of = Random(f"{_SEED}/{kind}")  # noqa: S311 - nothing secret is drawn.
    field = FieldKind.EMAIL if kind == "e-mail addresses" else FieldKind.TEXT
    return Refused(kind, count, sum(not is_clean(make(of), field=field) for _ in range(count)))


def _throughput(ordinary: dict[str, Maker]) -> Throughput:
    of = Random(_SEED)  # noqa: S311 - nothing secret is drawn.
    cells = [ordinary[of.choice(_SHORT)](of) for _ in range(_CELLS)]
    settle()
    seconds: dict[str, list[float]] = {"screen": [], "simplest": []}
    for number in range(-1, _ROUNDS):
        for name, look in (("screen", is_clean), ("simplest", _SIMPLEST.search)):
            taken = _seconds(look, cells)
            if number >= 0:
                seconds[name].append(taken)
    rates = {name: Spread.of([_CELLS / taken for taken in each]) for name, each in seconds.items()}
    pairs = zip(seconds["screen"], seconds["simplest"], strict=True)
    return Throughput(rates["screen"], rates["simplest"], Spread.of([one / other for one, other in pairs]))


def _seconds(look: Callable[[str], object], cells: Sequence[str]) -> float:
    begun = time.process_time()
    for cell in cells:
        look(cell)
    return time.process_time() - begun


def _table(rows: Sequence[Refused]) -> str:
    shown = [(each.kind, f"{each.strings:,}", f"{each.refused:,}", f"{each.a_million:,.0f}") for each in rows]
    return table(("kind", "strings", "refused", "of a million"), shown)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.screening", description=__doc__)
    parser.add_argument("--strings", type=int, default=STRINGS, help="how many ordinary strings")
    parser.add_argument("--json", action="store_true", help="print JSON alone instead of tables and JSON")
    options = parser.parse_args(arguments)
    figures = measure_screening(options.strings)
    if not options.json:
        print(markdown(figures))
        print()
    print(json.dumps({"machine": machine_facts(), **asdict(figures)}, ensure_ascii=False))
    return 0 if bar_of(figures).met else 1


if __name__ == "__main__":
    sys.exit(main())
