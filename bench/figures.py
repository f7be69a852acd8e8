"""The figures that a run gives, as plain values that become JSON and tables; times are in milliseconds unless named."""

import statistics
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, Self

MEGABYTE: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Spread:
    """A median with its quartiles, over so many measurements."""

    median: float
    lower: float
    upper: float
    count: int

    @classmethod
    def of(cls, values: Sequence[float]) -> Self:
        """Return the spread of at least one value."""
        if len(values) == 1:
            return cls(values[0], values[0], values[0], 1)
        lower, median, upper = statistics.quantiles(values, n=4, method="inclusive")
        return cls(median, lower, upper, len(values))


@dataclass(frozen=True, slots=True)
class Bar:
    """What a figure may be at most; `met` says whether it is."""

    what: str
    value: float
    limit: float
    unit: str

    @property
    def met(self) -> bool:
        """Whether the figure is at most its bar."""
        return self.value <= self.limit


@dataclass(frozen=True, slots=True)
class Ladder:
    """One question asked in four ways: the raw query, the service, the whole request in process, and over HTTP.

    `rows` and `values` are medians of how many people and JSON values an answer has. The ratios are of pairs measured
    side by side, each against the raw query of its own round. `parts` says where the time of the request goes, by
    timers in a separate pass.
    """

    what: str
    rows: int
    values: int
    raw: Spread
    service: Spread
    request: Spread
    http: Spread
    service_ratio: Spread
    request_ratio: Spread
    http_ratio: Spread
    parts: dict[str, float]


@dataclass(frozen=True, slots=True)
class Counted:
    """How long it takes to count an audience of so many `people`; `limit` is the bar."""

    what: str
    people: int
    service: Spread
    http: Spread
    limit: float


@dataclass(frozen=True, slots=True)
class Growth:
    """How many times as much a question costs with all the people as with a tenth of them, by pairs of a round."""

    what: str
    raw: Spread
    service: Spread
    http: Spread


@dataclass(frozen=True, slots=True)
class Timed:
    """How many milliseconds each of `number` pieces of work took, and each of what they are compared with."""

    what: str
    number: int
    each: Spread
    baseline: Spread

    @property
    def ratio(self) -> float:
        """How many times the baseline each took."""
        return self.each.median / self.baseline.median


@dataclass(frozen=True, slots=True)
class Section:
    """What was measured apart from a served city: its title, its tables as Markdown, its values, what it is held to."""

    title: str
    text: str
    values: Any
    bars: list[Bar]


@dataclass(frozen=True, slots=True)
class Loaded:
    """A load: people and rows (nodes and edges) written, seconds from the command to its end, and the most memory.

    `seconds` and `megabytes` are None where the load was cut off and gone on with, or done by another program.
    """

    people: int
    rows: int
    seconds: float | None
    megabytes: float | None


@dataclass(frozen=True, slots=True)
class Start:
    """Seconds from the command, on loaded data, to readiness and to the first contact page."""

    ready: float
    first_page: float


@dataclass(frozen=True, slots=True)
class Memory:
    """Resident megabytes after `requests` requests, the most that was seen; `fresh` is before the first of them."""

    requests: int
    fresh: float
    service: float
    engine: float


@dataclass(frozen=True, slots=True)
class EngineFigures:
    """Everything that was measured on one engine; `left_out` says in sentences what could not be."""

    name: str
    version: str
    load: Loaded
    tenth_load: Loaded
    start: Start
    pages: list[Ladder]
    lookup: Ladder
    counts: list[Counted]
    growth: list[Growth]
    memory: Memory
    recording: list[Timed]
    left_out: list[str]


@dataclass(frozen=True, slots=True)
class Run:
    """A whole run: the machine, the city's size, whether it was the quick one, and the figures of each engine."""

    machine: dict[str, str]
    people: int
    whole_city: bool
    quick: bool
    seconds: float
    engines: list[EngineFigures]
    sections: list[Section]
