"""Rights through the interface: whoever holds a person's token does what the person may, whichever key brings it."""

import hashlib
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from consent.cases import Case, CaseState
from consent.notice_parts import Language, Words
from consent.vocabulary import CaptureMethod, Purpose
from directory.access.caller import Caller
from directory.contacts.cursors import Cursors
from directory.contacts.regions import RegionMap
from directory.errors import BadInput, Forbidden
from directory.rights.changes import Changes, checked
from directory.rights.corrections import Corrections
from directory.rights.courier import Outbox
from directory.rights.desk import Desk, Keep, Requester, TakenBack, keep_nothing
from directory.rights.errors import VerificationRefused
from directory.rights.report import AccessReport, HeldCase, SourceNotice, held_case
from directory.rights.verification import Asked, Confirmed, Verifications
from directory.sealing.key_service import FileKeyService
from graph import cases, verifications
from graph.cases import CasePosition
from graph.connection import Graph
from graph.transaction import Transaction
from graph.vocabulary import ActorKind

# How a request comes in through each kind of caller.
_METHODS: Final = {
    ActorKind.KIOSK: CaptureMethod.KIOSK,
    ActorKind.SERVICE: CaptureMethod.WEB,
    ActorKind.STAFF: CaptureMethod.PAPER,
    ActorKind.PRIVACY_OFFICER: CaptureMethod.PAPER,
}


_SAID_BY_STAFF: Final = frozenset({CaptureMethod.PAPER, CaptureMethod.TELEPHONE})


@dataclass(frozen=True, slots=True)
class Corrected:
    """A correction's case; where a new contact has to be confirmed, the verification and what to tell."""

    case: HeldCase
    verification: str | None
    message: Words | None


@dataclass(frozen=True, slots=True)
class CasePage:
    """A page of cases, the most urgent first."""

    nodes: tuple[HeldCase, ...]
    end_cursor: str | None
    has_next_page: bool


class Rights:
    """Verifies people, and does for them what they ask."""

    def __init__(  # noqa: PLR0913, PLR0917 - what it is made of.
        self,
        graph: Graph,
        keys: FileKeyService,
        regions: RegionMap,
        clock: Callable[[], int],
        outbox: Outbox,
        keep: Keep = keep_nothing,
    ) -> None:
        """Take the graph, the keys, the map of regions, a clock in epoch milliseconds, what sends, and the journal."""
        self._graph = graph
        self._keys = keys
        self._regions = regions
        self._clock = clock
        self._cursors = Cursors(keys.keyring.cursor_key)
        self._outbox = outbox
        self._verifications = Verifications(graph, keys, clock, outbox)
        self._desk = Desk(graph, keys, regions, clock, keep)
        self._corrections = Corrections(graph, keys, clock)

    async def request_verification(self, caller: Caller, contact: str, language: Language) -> Asked:
        """Have a code sent to a contact, if it is somebody's; the answer does not say (L4)."""
        return await self._verifications.request(caller, contact, language)

    async def confirm_verification(self, caller: Caller, verification: str, code: str) -> Confirmed:
        """Return a token for a right code; raises VerificationRefused."""
        return await self._verifications.confirm(caller, verification, code)

    async def drain(self) -> None:
        """Wait until every code that was asked for is on its way."""
        await self._outbox.drain()

    async def person(self, caller: Caller, token: str) -> str:
        """Return whose token this is; raises VerificationRefused."""
        return (await self._verifications.whose(caller, token)).person

    async def me(self, caller: Caller, token: str) -> AccessReport:
        """Return everything that is held about the person, and who looked."""
        verified = await self._verifications.whose(caller, token)
        return await self._desk.access(verified.person, _requester(caller), verified)

    async def my_cases(self, caller: Caller, token: str) -> list[HeldCase]:
        """Return everything that the person asked for."""
        verified = await self._verifications.whose(caller, token)
        return [self._held(case) for case in await self._desk.cases_of(verified.person)]

    async def withdraw(
        self, caller: Caller, token: str, purpose: Purpose, taken: TakenBack, method: CaptureMethod | None = None
    ) -> HeldCase:
        """Take back a consent, or the named part of it."""
        verified = await self._verifications.whose(caller, token)
        return self._held(await self._desk.withdraw(verified.person, _requester(caller, method), purpose, taken))

    async def restrict(
        self, caller: Caller, token: str, purpose: Purpose | None, method: CaptureMethod | None = None
    ) -> HeldCase:
        """Suspend the use for a purpose, or for all."""
        verified = await self._verifications.whose(caller, token)
        return self._held(await self._desk.restrict(verified.person, _requester(caller, method), purpose))

    async def release(
        self, caller: Caller, token: str, purpose: Purpose | None, method: CaptureMethod | None = None
    ) -> HeldCase:
        """Lift the suspension for a purpose, or for all."""
        verified = await self._verifications.whose(caller, token)
        return self._held(await self._desk.release(verified.person, _requester(caller, method), purpose))

    async def erase(self, caller: Caller, token: str, method: CaptureMethod | None = None) -> HeldCase:
        """Destroy everything about the person; the token opens nothing any more then."""
        verified = await self._verifications.whose(caller, token)
        return self._held(await self._desk.erase(verified.person, _requester(caller, method)))

    async def source_notice(self, caller: Caller, token: str) -> SourceNotice:
        """Say where the person's data came from."""
        verified = await self._verifications.whose(caller, token)
        return await self._desk.source_notice(verified.person, _requester(caller))

    async def correct(self, caller: Caller, token: str, changes: Changes, language: Language) -> Corrected:
        """Put right what is held; a new contact gets a code, and is written when that comes back."""
        verified = await self._verifications.whose(caller, token)
        fitting = checked(changes, self._keys, self._regions, self._clock())
        case = await self._corrections.correct(verified.person, _requester(caller), fitting, at_counter=False)
        if fitting.contact is None:
            return Corrected(self._held(case), None, None)
        asked = await self._verifications.request_for_case(caller, fitting.contact, language, verified.person, case.id)
        return Corrected(self._held(case), asked.verification, asked.message)

    async def confirm_correction(self, caller: Caller, token: str, verification: str, code: str) -> HeldCase:
        """Write the new contact, whose holder has sent the code back; raises VerificationRefused."""
        verified = await self._verifications.whose(caller, token)
        # What the code turns into opens nothing: its end is in the past.
        ended = hashlib.sha256(secrets.token_bytes(32)).hexdigest()

        async def work(tx: Transaction) -> Case | None:
            tried = await self._verifications.try_code(tx, caller, verification, code)
            ours = tried is not None and tried.person == verified.person and bool(tried.case)
            await verifications.end_try(tx, verification, right=ours, token=ended, until=0)
            stored = await cases.one(tx, tried.case) if tried is not None and ours else None
            return None if stored is None else await self._corrections.confirmed(tx, stored)

        case = await self._graph.write(work)
        if case is None:
            raise VerificationRefused
        return self._held(case)

    async def appeal(self, caller: Caller, token: str, case: str) -> HeldCase:
        """Have the refusal of the person's own case looked at again; raises NoSuchCase, CaseClosed."""
        verified = await self._verifications.whose(caller, token)
        return self._held(await self._corrections.appeal(case, verified.person))

    async def cases(self, caller: Caller, state: CaseState, first: int, after: str | None) -> CasePage:
        """Return a page of the cases in a state, for privacy officers alone."""
        _require_officer(caller)
        now, query, position = self._clock(), {"cases": str(state)}, None
        if after is not None:
            due, last = self._cursors.open(after, caller=caller.actor, query=query, now=now)
            position = CasePosition(due, last)
        rows = await self._corrections.page(state, position, first + 1)
        cursor = None
        if len(rows) > first:
            end = rows[first - 1]
            cursor = self._cursors.seal([end.due, end.id], caller=caller.actor, query=query, now=now)
        return CasePage(tuple(self._held(case) for case in rows[:first]), cursor, cursor is not None)

    async def decide(self, caller: Caller, case: str, outcome: CaseState, reason: str) -> HeldCase:
        """Decide a case, as a privacy officer."""
        _require_officer(caller)
        return self._held(await self._corrections.decide(case, outcome, reason, caller.actor))

    def _held(self, case: Case) -> HeldCase:
        return held_case(case, self._clock())


def _requester(caller: Caller, method: CaptureMethod | None = None) -> Requester:
    """Return how a request comes in: as the key says, or by telephone or on paper as its staff say."""
    if method is None:
        return Requester(caller.actor, _METHODS[caller.kind])
    if caller.kind is not ActorKind.STAFF or method not in _SAID_BY_STAFF:
        raise BadInput("method", "must be PAPER or TELEPHONE, and is for keys of kind STAFF: any other says it itself")
    return Requester(caller.actor, method)


def _require_officer(caller: Caller) -> None:
    if caller.kind is not ActorKind.PRIVACY_OFFICER:
        raise Forbidden("reading or deciding cases; a privacy officer's key does")
