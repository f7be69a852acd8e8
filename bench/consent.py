"""`python -m bench.consent`: decisions a second in the gate, and events a second read and folded into standings."""

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

import orjson

from bench.figures import Spread
from bench.machine import machine_facts
from bench.rounds import settle
from bench.tables import table
from consent.events import read_event
from consent.folding import fold
from consent.gate import decide
from consent.scope import Scope
from consent.standing import Standing
from consent.vocabulary import CONSENTED_PURPOSES, Field, Purpose
from directory.notices.book import load_book
from directory.synthetic.chance import stream
from directory.synthetic.city import SyntheticCity
from directory.synthetic.histories import Histories, shown_by
from directory.synthetic.records import SyntheticPerson
from directory.synthetic.standings import day_start

PEOPLE: Final = 5_000
_AS_OF: Final = date(2026, 1, 1)
_ROUNDS: Final = 7


@dataclass(frozen=True, slots=True)
class Rate:
    """How many of something a second, and how many times the time of the baseline that each takes."""

    what: str
    number: int
    a_second: Spread
    ratio: Spread


def measure_consent(people: int = PEOPLE) -> list[Rate]:
    """Measure over made-up people, each thing in turn with a baseline: a call that does nothing."""
    city = SyntheticCity(people, as_of=_AS_OF)
    somebody = [person for number in range(city.batch_count) for person in city.batch(number)]
    now = day_start(_AS_OF)
    histories, chance = Histories(shown_by(load_book()), now), stream(1, "bench")
    contents = [
        [orjson.dumps(event.content()) for event in histories.of(person.id, person.purposes, chance)]
        for person in somebody
    ]
    events = [[read_event(orjson.loads(content)) for content in mine] for mine in contents]
    standings = [_standing(person) for person in somebody]
    scope = Scope("bench", "bureau", frozenset(Purpose), None, None)

    def decided() -> int:
        for standing in standings:
            for field in Field:
                for purpose in CONSENTED_PURPOSES:
                    decide(standing, field, purpose, scope, now)
        return len(standings) * len(Field) * len(CONSENTED_PURPOSES)

    def folded() -> int:
        for mine in events:
            fold(mine)
        return sum(map(len, events))

    def read_and_folded() -> int:
        for mine in contents:
            fold([read_event(orjson.loads(content)) for content in mine])
        return sum(map(len, contents))

    settle()
    return [
        _rate("decisions in the gate", decided),
        _rate("events folded into standings", folded),
        _rate("events read from their contents and folded", read_and_folded),
    ]


def _standing(person: SyntheticPerson) -> Standing:
    return Standing(person.id, person.jurisdiction, person.group, frozenset(Field), dict(person.purposes))


def _nothing() -> None:
    """Do nothing, as often as what is measured does something."""


def _rate(what: str, work: Callable[[], int]) -> Rate:
    rates, ratios, number = [], [], 0
    for turn in range(-1, _ROUNDS):
        begun = time.process_time()
        number = work()
        taken = time.process_time() - begun
        begun = time.process_time()
        for _ in range(number):
            _nothing()
        baseline = time.process_time() - begun
        if turn >= 0:
            rates.append(number / taken)
            ratios.append(taken / baseline)
    return Rate(what, number, Spread.of(rates), Spread.of(ratios))


def markdown(rates: Sequence[Rate]) -> str:
    """Return the figures as a table."""
    rows = [
        (
            rate.what,
            f"{rate.number:,}",
            f"{rate.a_second.median:,.0f} ({rate.a_second.lower:,.0f}–{rate.a_second.upper:,.0f})",
            f"{rate.ratio.median:.0f}",
        )
        for rate in rates
    ]
    return table(("", "in a round", "a second on one core (quartiles)", "times an empty call"), rows)


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.consent", description=__doc__)
    parser.add_argument("--people", type=int, default=PEOPLE, help="over how many made-up people")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args()
    rates = measure_consent(options.people)
    if options.json:
        print(json.dumps({"machine": machine_facts(), "rates": [asdict(rate) for rate in rates]}, indent=2))
    else:
        print(markdown(rates))
    return 0


if __name__ == "__main__":
    sys.exit(main())
