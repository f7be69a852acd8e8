"""Holding every stored standing against the events it must follow from: `civic verify standing`."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from consent.vocabulary import Purpose
from graph import consents, ledger_entries
from graph.connection import Graph
from graph.people import population
from graph.windows import Axis

_PEOPLE_A_WINDOW: Final = 2_000
_MOST_NAMED: Final = 100
_READ_TIME: Final = 60.0
_SCAN_TIME: Final = 110.0
_COUNTING: Final = frozenset({"ConsentEvent", "Tombstone"})


@dataclass(slots=True)
class StandingReport:
    """What was compared: people, events, and how many people's stored standing is not what their events say.

    `named` has the first hundred of them, by id, with the purposes that differ. `unplaced` are the ids of events and
    tombstones that count and have no place in the ledger, `gone` of people who have events and are not there.
    """

    people: int = 0
    events: int = 0
    differing: int = 0
    named: list[tuple[str, Sequence[Purpose]]] = field(default_factory=list)
    unplaced: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        """Whether everybody's standing is what their events say, and each event is of somebody and in the ledger."""
        return not (self.differing or self.unplaced or self.gone)


async def verify_standing(graph: Graph, progress: Callable[[str, int, int], None]) -> StandingReport:
    """Compare everybody, while the service goes on; `progress` is told what is done, how much, and of how much."""
    everybody = await graph.read(population)
    axis, report, at = Axis.by_id(everybody), StandingReport(), 0
    while at < axis.length:
        window = axis.window(None, at, axis.width_for(_PEOPLE_A_WINDOW))
        compared = await graph.read(consents.compare_window, window, within=_READ_TIME)
        differing, gone = compared.differing, compared.gone
        if differing or gone:
            # A decision may have come between the two reads of a comparison; a second look tells it from a fault.
            again = await graph.read(consents.compare_window, window, within=_READ_TIME)
            differing = {person: wrong for person, wrong in differing.items() if again.differing.get(person) == wrong}
            gone = sorted(set(gone) & set(again.gone))
        report.people += compared.people
        report.events += compared.events
        report.differing += len(differing)
        report.named += list(differing.items())[: _MOST_NAMED - len(report.named)]
        report.gone += gone
        at = window.end
        progress("standings", report.people, max(everybody, report.people))
    strays = await graph.read(ledger_entries.unplaced, within=_SCAN_TIME)
    report.unplaced = sorted(one.id or "" for one in strays if one.kind in _COUNTING)
    return report
