"""What a day of work writes into the graph: decisions, looks, keys, corrections, erasures, places in the ledger."""

import secrets
import uuid
from collections.abc import Awaitable, Callable
from random import Random
from typing import Any, Final

from consent.cases import CaseKind, open_case
from consent.events import Capture, ConsentEvent
from consent.scope import Scope
from consent.vocabulary import CaptureMethod, EventKind, Field, Purpose
from graph import actors, cases, consents, correcting, disclosures, ledger
from graph.actors import AccessKey
from graph.connection import Graph
from graph.disclosures import Look
from graph.erasing import ErasureOrder, ErasureOutcome, erase
from graph.ledger import EntrySeed
from graph.opening import ShownPerson
from graph.vocabulary import ActorKind
from tests.consent.making_events import event

BUREAU: Final = "bureau-administration"
AT: Final = 1_700_000_000_000
CAPTURE: Final = Capture(CaptureMethod.WEB, "portal")


def shown(person: str) -> ShownPerson:
    """Make what somebody was shown of a person."""
    return ShownPerson(person, "이름", None, None, None, None, None, None, (), frozenset({Field.NAME}))


class Writer:
    """Writes at random, one thing after the other, to some people; remembers who was erased."""

    def __init__(self, graph: Graph, people: list[str], seed: int = 7) -> None:
        """Take the graph, the people, and what chance comes from."""
        self.graph = graph
        self.people = list(people)
        self.erased: list[str] = []
        self.keys: list[str] = []
        self.random = Random(seed)  # noqa: S311 - no secret
        self.written = 0

    async def between(self) -> None:
        """Do nothing; a test that looks at every instant looks here too."""

    def somebody(self) -> str:
        """Choose one who is still there."""
        return self.random.choice(self.people)

    async def decide(self, person: str | None = None, kind: EventKind = EventKind.GRANTED) -> ConsentEvent:
        """Record a decision."""
        self.written += 1
        made = event(
            kind,
            person=person or self.somebody(),
            id=uuid.uuid4().hex,
            purpose=self.random.choice((Purpose.CITY_NEWS, Purpose.DISASTER_RESPONSE)),
            at=AT + self.written * 1000,
        )
        await self.graph.write(consents.record, made, secrets.token_bytes(32))
        return made

    async def take_back(self) -> ConsentEvent:
        """Record a withdrawal."""
        return await self.decide(kind=EventKind.WITHDRAWN)

    async def look(self) -> None:
        """Record that some people were shown."""
        self.written += 1
        look = Look(
            id=str(uuid.uuid4()),
            at=AT + self.written * 1000,
            actor="writer",
            department=BUREAU,
            purpose=Purpose.CITY_NEWS,
            operation="participants",
            origin="127.0.0.1",
            trace=uuid.uuid4().hex,
            seed=secrets.token_bytes(32),
        )
        people = [shown(person) for person in self.random.sample(self.people, min(3, len(self.people)))]
        await self.graph.write(disclosures.record, look, people)

    async def issue(self) -> None:
        """Issue an access key."""
        scope = Scope("writer", BUREAU, frozenset({Purpose.CITY_NEWS}), ("11010",), None)
        key = AccessKey(str(uuid.uuid4()), ActorKind.STAFF, "written", scope, AT, None, None)
        seed = EntrySeed(uuid.uuid4().hex, secrets.token_bytes(32))
        assert await self.graph.write(actors.issue, key, secrets.token_hex(32), seed)
        self.keys.append(key.id)

    async def revoke(self) -> None:
        """Revoke an access key, if there is one."""
        if self.keys:
            seed = EntrySeed(uuid.uuid4().hex, secrets.token_bytes(32))
            await self.graph.write(actors.revoke, self.keys.pop(), AT, seed)

    async def open_case(self) -> None:
        """Open a case."""
        made = open_case(CaseKind.ACCESS, id=uuid.uuid4().hex, person=self.somebody(), by="writer", now=AT)
        await self.graph.write(cases.add, made)

    async def correct(self) -> None:
        """Correct somebody's name, and where they live."""
        mark = secrets.token_hex(4)
        await self.graph.write(correcting.correct, self.somebody(), "1101053", lambda _: {"name": mark})

    async def erase(self) -> str:
        """Erase somebody, once everything about them has its place."""
        person = self.people.pop(self.random.randrange(len(self.people)))
        order = ErasureOrder(person, "case-1234567890abcdef", AT, CAPTURE, secrets.token_bytes(32))
        while (await self.graph.write(erase, order)).outcome is ErasureOutcome.PENDING:
            await self.place()
            # Between the two transactions is an instant as good as any other.
            await self.between()
        self.erased.append(person)
        return person

    async def place(self) -> None:
        """Give everything its place in the ledger."""
        await self.graph.write(ledger.sequence, 1_000)

    async def one_of_each(self) -> None:
        """Write one thing of every kind, and leave something without a place."""
        for write in (*self._kinds(), self.decide, self.look, self.issue):
            await write()

    async def anything(self) -> None:
        """Write one thing, mostly a look or a decision."""
        weights = (6, 3, 8, 1, 1, 1, 2, 1, 2)
        await self.random.choices(self._kinds(), weights)[0]()

    def _kinds(self) -> tuple[Callable[[], Awaitable[Any]], ...]:
        return (
            *(self.decide, self.take_back, self.look, self.issue, self.revoke),
            *(self.open_case, self.correct, self.erase, self.place),
        )
