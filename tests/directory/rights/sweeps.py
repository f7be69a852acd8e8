"""A sweep that sees the person of a test alone, and what is recorded of them before it."""

import secrets
from typing import Any, Final

from consent.events import Capture, ConsentEvent
from consent.vocabulary import CaptureMethod, Channel, EventKind, Field, Purpose
from directory.rights.retention import Retention, Sort, SweepReport
from graph import consents
from tests.loaded_city import DAY, NOW, City
from tests.own_person import OwnPerson

AT: Final = NOW + 40 * DAY
"""When the person of these tests agrees: later than all of the city's people did."""

END: Final = AT + 10 * DAY


class Sweeper:
    """A sweep of the city at any instant, which tells of the person of a test alone."""

    def __init__(self, city: City, person: OwnPerson) -> None:
        """Take the city and the person."""
        self.city = city
        self.person = person
        self.kept: list[ConsentEvent] = []

    async def sweep(self, now: int, sort: Sort, *, act: bool) -> SweepReport:
        """Sweep one sort; what is found of others than the person is left out, and left alone."""

        async def keep(event: ConsentEvent) -> None:
            self.kept.append(event)

        retention = Retention(self.city.graph, lambda: now, "a-sweep", keep)
        if sort is Sort.CONSENTS:
            return await retention.consents(_silent, record=act)
        if sort is Sort.PEOPLE:
            return await retention.people(_silent, destroy=act)
        if sort is Sort.LOOKS:
            return await retention.looks(_silent, destroy=act)
        if sort is Sort.UNCONFIRMED:
            return await retention.unconfirmed(record=act)
        return await retention.aged(sort, destroy=act)


def _silent(_what: str, _done: int, _total: int) -> None:
    """Tell nobody."""


async def record(sweeper: Sweeper, kind: EventKind, at: int, **parts: Any) -> None:  # noqa: ANN401 - parts of an event.
    """Record an event of the person."""
    shown = {"notice": "city-news/1", "notice_hash": "ab" * 32, "language": "ko"}
    granted = {"fields": frozenset({Field.NAME}), "channels": frozenset({Channel.SMS}), "until": END}
    more = (shown if kind in {EventKind.GRANTED, EventKind.REFUSED} else {}) | (
        granted if kind is EventKind.GRANTED else {}
    )
    event = ConsentEvent(
        secrets.token_hex(16),
        sweeper.person.id,
        kind,
        Purpose.CITY_NEWS,
        at,
        at,
        Capture(CaptureMethod.PAPER, "desk"),
        **(more | parts),
    )
    recorded = await sweeper.city.graph.write(consents.record, event, secrets.token_bytes(32))
    assert recorded.outcome is consents.Outcome.RECORDED
