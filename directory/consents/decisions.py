"""Recording a decision: held against the notice it was made under, appended to the person's events, once."""

import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from consent.errors import ErrorCode, EventRefused
from consent.events import Capture, ConsentEvent, Guardian
from consent.folding import renews
from consent.guardians import OF_AGE
from consent.ledger.commitments import SALT_BYTES
from consent.notice_book import Decision as NoticedDecision
from consent.notice_book import NoticeBook
from consent.standing import PurposeStanding
from consent.vocabulary import CaptureMethod, Channel, EventKind, Field, GuardianCheck, Purpose, State
from directory.access.caller import Caller
from directory.clock import milliseconds
from directory.consents.errors import DecisionConflict, DecisionRefused, NoSuchParticipant
from directory.errors import BadInput, Forbidden
from directory.rights.desk import Keep, keep_nothing
from graph import consents
from graph.connection import Graph
from graph.consents import Fits, Outcome, Recorded
from graph.vocabulary import ActorKind

DECIDED: Final = frozenset({EventKind.GRANTED, EventKind.REFUSED, EventKind.WITHDRAWN, EventKind.RENEWED})
"""What a person decides before somebody who writes it down; the other kinds of event have their own ways."""
_RECORDERS: Final = frozenset({ActorKind.STAFF, ActorKind.SERVICE, ActorKind.KIOSK})
_WITH_END: Final = frozenset({EventKind.GRANTED, EventKind.RENEWED})
_ID_BYTES: Final = 16
_REFUSED: Final = {
    Outcome.CHILD: (ErrorCode.EVENT_GUARDIAN, "guardian"),
    Outcome.UNFIT: (ErrorCode.EVENT_RENEWS_NOTHING, "kind"),
}


@dataclass(frozen=True, slots=True)
class GuardianCheckedAt:
    """How and when the consent of a guardian was verified (P7)."""

    check: GuardianCheck
    at: datetime


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided of one purpose, as it was captured; an absent `at` is now, an absent `until` the longest.

    `id` is chosen at random by whoever captured it, so that it can be sent again when no answer came. `of_age` is that
    whoever captured it saw that the person is fourteen or older, which counts where no year of birth is held (P7).
    """

    participant: str
    purpose: Purpose
    kind: EventKind
    method: CaptureMethod
    id: str | None = None
    notice: str = ""
    notice_hash: str | None = None
    language: str = ""
    fields: frozenset[Field] = frozenset()
    channels: frozenset[Channel] = frozenset()
    sensitive: bool = False
    at: datetime | None = None
    until: datetime | None = None
    meeting: str = ""
    evidence: str = ""
    guardian: GuardianCheckedAt | None = None
    of_age: bool = False


@dataclass(frozen=True, slots=True)
class RecordedDecision:
    """The event as it was recorded, whether it had been before, and what stands for its purpose now."""

    event: ConsentEvent
    already: bool
    standing: PurposeStanding


class Decisions:
    """Takes decisions down, for callers whose key allows to ask people for consent."""

    def __init__(self, graph: Graph, book: NoticeBook, clock: Callable[[], int], keep: Keep = keep_nothing) -> None:
        """Take the graph, the notices, a clock in epoch milliseconds, and what writes into the journal."""
        self._graph = graph
        self._book = book
        self._clock = clock
        self._keep = keep

    async def record(self, caller: Caller, decision: Decision) -> RecordedDecision:
        """Record a decision for a caller; raises Forbidden, DecisionRefused, DecisionConflict, NoSuchParticipant."""
        if caller.kind not in _RECORDERS or Purpose.ENROLMENT not in caller.scope.purposes:
            raise Forbidden("recording decisions; a key for the purpose ENROLMENT does")
        if decision.kind not in DECIDED:
            raise BadInput("kind", f"must be one of {', '.join(sorted(DECIDED))}")
        event, recorded = await self._append(caller, decision)
        if recorded.outcome in {Outcome.UNKNOWN, Outcome.GONE}:
            raise NoSuchParticipant
        if recorded.outcome is Outcome.CONFLICT:
            raise DecisionConflict
        if recorded.outcome in _REFUSED:
            raise DecisionRefused.of_event(EventRefused(*_REFUSED[recorded.outcome]))
        # Sent again, it is written again where a crash came between the commit and the journal (E7).
        await self._keep(event)
        standing = recorded.purposes.get(decision.purpose, PurposeStanding(State.NOT_ASKED))
        return RecordedDecision(event, recorded.outcome is Outcome.ALREADY, standing)

    async def _append(self, caller: Caller, decision: Decision) -> tuple[ConsentEvent, Recorded]:
        """Append a decision; sent again under its id, it takes from the first what it leaves to be filled in."""
        event, recorded = await self._tried(caller, decision, await self._stored(decision))
        if recorded.outcome is Outcome.CONFLICT:
            # Where both were on their way at once, it is seen only now when the first of them was decided.
            event, recorded = await self._tried(caller, decision, await self._stored(decision))
        return event, recorded

    async def _tried(
        self, caller: Caller, decision: Decision, again: ConsentEvent | None
    ) -> tuple[ConsentEvent, Recorded]:
        event = self._event(decision, caller.actor, again)
        fits = self._renews(event) if event.kind is EventKind.RENEWED else None
        salt = secrets.token_bytes(SALT_BYTES)
        return event, await consents.append(self._graph, event, salt, caller.scope, fits)

    async def _stored(self, decision: Decision) -> ConsentEvent | None:
        """Return what was recorded of the same person under the decision's id, where it is left to be filled in."""
        if decision.id is None or (decision.at is not None and decision.until is not None):
            return None
        stored = await self._graph.read(consents.by_id, decision.id)
        return stored if stored is not None and stored.person == decision.participant else None

    def _renews(self, renewal: ConsentEvent) -> Fits:
        """Return what says whether there is something to renew, under a notice that need not be asked anew (P1)."""

        def fits(events: Sequence[ConsentEvent]) -> bool:
            granted = renews(events, renewal)
            return granted is not None and self._book.may_be_renewed(granted.notice, renewal.happened)

        return fits

    def _event(self, decision: Decision, operator: str, again: ConsentEvent | None) -> ConsentEvent:
        """Return the decision as an event that fits its notice; raises DecisionRefused.

        `again` is the event that was recorded under its id before: what the decision leaves open is as it was then.
        """
        if decision.kind is EventKind.WITHDRAWN:
            # Nothing about notices ever stands in the way of a withdrawal (P8), so that nobody has to leave it out.
            decision = replace(decision, notice="", notice_hash=None, language="", until=None)
        now = self._clock()
        at = milliseconds(decision.at, "at") if decision.at is not None else now if again is None else again.at
        notice_hash, until = self._under_notice(decision, at)
        until = until if decision.until is not None or again is None else again.until
        guardian = None
        if decision.guardian is not None:
            guardian = Guardian(decision.guardian.check, milliseconds(decision.guardian.at, "guardian"))
        fault = self._book.accepts(
            NoticedDecision(
                decision.kind,
                decision.notice,
                notice_hash,
                decision.language,
                decision.purpose,
                at,
                decision.fields,
                decision.channels,
                sensitive=decision.sensitive,
                until=until,
                guardian=guardian,
            )
        )
        if fault is not None:
            raise DecisionRefused.of_fault(fault)
        try:
            return ConsentEvent(
                id=decision.id or secrets.token_hex(_ID_BYTES),
                person=decision.participant,
                kind=decision.kind,
                purpose=decision.purpose,
                at=at,
                recorded=now,
                capture=Capture(decision.method, operator, decision.meeting, decision.evidence),
                notice=decision.notice,
                notice_hash=notice_hash,
                language=decision.language,
                fields=decision.fields,
                channels=decision.channels,
                sensitive=decision.sensitive,
                until=until,
                guardian=guardian,
                basis=OF_AGE if decision.of_age and decision.kind in _WITH_END else "",
            )
        except EventRefused as refused:
            refusal = DecisionRefused.of_event(refused)
        raise refusal

    def _under_notice(self, decision: Decision, at: int) -> tuple[str, int | None]:
        """Return the hash of the notice that was shown, and the end of what was agreed to under it."""
        until = None if decision.until is None else milliseconds(decision.until, "until")
        notice = self._book.get(decision.notice)
        if notice is None:
            return decision.notice_hash or "", until
        if until is None and decision.kind in _WITH_END:
            until = self._book.latest_end(notice, at)
        # A device that says which text it showed is held to it; one that does not showed the published one.
        return decision.notice_hash or self._book.hash_of(notice), until
