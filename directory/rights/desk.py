"""The desk where rights are exercised once it is known who the person is: each request a case, answered with it.

The interface comes here with a token, the command line with a person whose identity was checked at a counter.
"""

import secrets
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, replace
from typing import Final, TypeVar

from consent.cases import Case, CaseKind, CaseStep, open_case, step
from consent.errors import EventRefused
from consent.events import Capture, ConsentEvent
from consent.ledger.commitments import SALT_BYTES
from consent.vocabulary import CONSENTED_PURPOSES, CaptureMethod, Channel, EventKind, Field, Purpose
from directory.consents.errors import NoSuchParticipant
from directory.contacts.regions import RegionMap
from directory.errors import BadInput
from directory.rights.access import AccessReports, sources, standings
from directory.rights.erasure import erase_person
from directory.rights.report import AccessReport, SourceNotice, held_case
from directory.rights.wording import RIGHTS
from directory.sealing.key_service import FileKeyService
from graph import cases, consents, holdings, intake, verifications
from graph.connection import Graph
from graph.consents import Outcome
from graph.erasing import ErasureOrder
from graph.transaction import Transaction
from graph.verifications import StoredVerification

Keep = Callable[[ConsentEvent], Awaitable[None]]
"""Writes an event into the journal, after its commit, so that no restore of a backup undoes it."""

_ID_BYTES: Final = 16
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Requester:
    """Through whom a request comes in, an actor's id, and how: at a kiosk, on paper, on the web, by telephone."""

    actor: str
    method: CaptureMethod


@dataclass(frozen=True, slots=True)
class TakenBack:
    """What of a purpose is taken back: the listed fields and channels, or everything where nothing is listed."""

    fields: frozenset[Field] = frozenset()
    channels: frozenset[Channel] = frozenset()
    sensitive: bool = False


def new_case(  # noqa: PLR0913 - the facts of a case.
    kind: CaseKind,
    person: str,
    by: Requester,
    now: int,
    *,
    purposes: Iterable[Purpose] = (),
    fields: Iterable[Field] = (),
    channels: Iterable[Channel] = (),
    sensitive: bool = False,
) -> Case:
    """Return a case as it begins, under a random id."""
    return open_case(
        kind,
        id=secrets.token_hex(_ID_BYTES),
        person=person,
        by=by.actor,
        now=now,
        purposes=frozenset(purposes),
        fields=frozenset(fields),
        channels=frozenset(channels),
        sensitive=sensitive,
    )


def done(case: Case) -> Case:
    """Return a case that was answered when it was opened, by whom it came in through."""
    return step(case, CaseStep.ANSWER, at=case.opened, by=case.by)


async def keep_nothing(_event: ConsentEvent) -> None:
    """Stand in the place of a journal where none is kept."""


async def found(graph: Graph, work: Callable[[Transaction], Awaitable[_R | None]]) -> _R:
    """Run what is about a person; raises NoSuchParticipant where it finds nobody, and nothing was written then."""
    answer = await graph.write(work)
    if answer is None:
        raise NoSuchParticipant
    return answer


class Desk:
    """Does what a person asks for, but for corrections, and keeps the case of it. Raises NoSuchParticipant."""

    def __init__(
        self, graph: Graph, keys: FileKeyService, regions: RegionMap, clock: Callable[[], int], keep: Keep
    ) -> None:
        """Take the graph, the keys, the map of regions, a clock in epoch milliseconds, and the journal."""
        self._graph = graph
        self._clock = clock
        self._keep = keep
        self._reports = AccessReports(keys, keys.keyring.tenant, regions, clock)

    async def access(self, person: str, by: Requester, verified: StoredVerification | None = None) -> AccessReport:
        """Return everything about a person, and keep the case of it in the transaction that reads it (P9, P15).

        A token makes one case, however often it is used; how often, the case says.
        """
        case = replace(done(new_case(CaseKind.ACCESS, person, by, self._clock())), seen=1)

        async def work(tx: Transaction) -> AccessReport | None:
            again = verified is not None and verified.access
            if not again or not await cases.count_access(tx, again):
                await cases.add(tx, case)
                if verified is not None:
                    await verifications.set_access(tx, verified.id, case.id)
            # Where there is nobody, the case is not kept either: whoever is erased meanwhile leaves no trace.
            report = await self._reports.read(tx, person)
            if report is None:
                raise NoSuchParticipant
            return report

        return await found(self._graph, work)

    async def withdraw(self, person: str, by: Requester, purpose: Purpose, taken: TakenBack) -> Case:
        """Take back a consent, or the named part of it, at once (P10); raises BadInput for what is no withdrawal."""
        case = new_case(
            CaseKind.WITHDRAWAL,
            person,
            by,
            self._clock(),
            purposes=(purpose,),
            fields=taken.fields,
            channels=taken.channels,
            sensitive=taken.sensitive,
        )
        return await self._decided(case, by, EventKind.WITHDRAWN, taken)

    async def restrict(self, person: str, by: Requester, purpose: Purpose | None) -> Case:
        """Suspend the use for a purpose, or for every purpose, at once (P9)."""
        purposes = CONSENTED_PURPOSES if purpose is None else (purpose,)
        case = new_case(CaseKind.RESTRICTION, person, by, self._clock(), purposes=purposes)
        return await self._decided(case, by, EventKind.RESTRICTED, TakenBack())

    async def release(self, person: str, by: Requester, purpose: Purpose | None) -> Case:
        """Lift the suspension for a purpose, or for every purpose, at once (P9)."""
        purposes = CONSENTED_PURPOSES if purpose is None else (purpose,)
        case = new_case(CaseKind.RELEASE, person, by, self._clock(), purposes=purposes)
        return await self._decided(case, by, EventKind.RELEASED, TakenBack())

    async def erase(self, person: str, by: Requester) -> Case:
        """Destroy everything about a person, at once (P10, E7). Of the case remains that it was asked and answered."""
        case = replace(done(new_case(CaseKind.ERASURE, person, by, self._clock())), person="")
        salt = secrets.token_bytes(SALT_BYTES)
        order = ErasureOrder(person, case.id, case.opened, Capture(by.method, by.actor), salt)
        erased = await erase_person(self._graph, order, case)
        if erased is None:
            raise NoSuchParticipant
        await self._keep(erased)
        return case

    async def source_notice(self, person: str, by: Requester) -> SourceNotice:
        """Say where the person's data came from, what for, and that it can be stopped (P12)."""
        case = done(new_case(CaseKind.SOURCE_NOTICE, person, by, self._clock()))

        async def work(tx: Transaction) -> SourceNotice | None:
            held, loaded = await holdings.holdings(tx, person), await intake.load(tx)
            if held is None:
                return None
            await cases.add(tx, case)
            origins = sources(
                held, "" if loaded is None else loaded.source, synthetic=bool(loaded and loaded.synthetic)
            )
            return SourceNotice(held_case(case, case.opened), origins, standings(held), RIGHTS)

        return await found(self._graph, work)

    async def cases_of(self, person: str) -> list[Case]:
        """Return everything that a person asked for, oldest first."""
        return await self._graph.read(cases.of_person, person)

    async def _decided(self, case: Case, by: Requester, kind: EventKind, taken: TakenBack) -> Case:
        """Record an event for each purpose of the case, and the case, in one transaction."""
        events = [
            (_event(case, by, kind, purpose, taken), secrets.token_bytes(SALT_BYTES))
            for purpose in sorted(case.purposes)
        ]
        answered = replace(done(case), events=tuple(event.id for event, _ in events))

        async def work(tx: Transaction) -> Case | None:
            for event, salt in events:
                recorded = await consents.record(tx, event, salt)
                if recorded.outcome in {Outcome.UNKNOWN, Outcome.GONE}:
                    return None
            await cases.add(tx, answered)
            return answered

        kept = await found(self._graph, work)
        for event, _ in events:
            await self._keep(event)
        return kept


def _event(case: Case, by: Requester, kind: EventKind, purpose: Purpose, taken: TakenBack) -> ConsentEvent:
    try:
        return ConsentEvent(
            id=secrets.token_hex(_ID_BYTES),
            person=case.person,
            kind=kind,
            purpose=purpose,
            at=case.opened,
            recorded=case.opened,
            capture=Capture(by.method, by.actor),
            fields=taken.fields,
            channels=taken.channels,
            sensitive=taken.sensitive,
            basis=case.id,
        )
    except EventRefused as refused:
        part = refused.part
    # Being asked for consent is refused as a whole or not at all; it can't be suspended, since refusing it ends it.
    raise BadInput(part, "must fit the request: of ENROLMENT everything is withdrawn, and nothing else is done to it")
