"""Putting right what is held, and the privacy officer's word on what could not be put right at once (P9)."""

from collections.abc import Awaitable, Callable

from consent.cases import Case, CaseKind, CaseState, CaseStep, step
from consent.errors import CaseRefused, ErrorCode
from consent.guardians import may_be_child
from consent.vocabulary import Field
from directory.errors import BadInput
from directory.rights.changes import CheckedChanges, Sealer, waiting_properties
from directory.rights.desk import Requester, done, found, new_case
from directory.rights.errors import CaseClosed, NoSuchCase
from directory.screening.values import require_clean
from directory.sealing.key_service import FileKeyService
from graph import cases
from graph.cases import CasePosition, StoredCase
from graph.connection import Graph
from graph.correcting import CorrectionOutcome, born, correct
from graph.errors import Conflict
from graph.transaction import Transaction

_STEPS = {
    CaseState.DONE: CaseStep.ANSWER,
    CaseState.REFUSED_WITH_REASON: CaseStep.REFUSE,
    CaseState.IN_REVIEW: CaseStep.APPEAL,
}
_CONTACTS = frozenset({Field.PHONE, Field.EMAIL})


class Corrections:
    """Writes corrections, lets those wait that have to, and takes decisions on cases."""

    def __init__(self, graph: Graph, keys: FileKeyService, clock: Callable[[], int]) -> None:
        """Take the graph, the keys, and a clock in epoch milliseconds."""
        self._graph = graph
        self._keys = keys
        self._clock = clock

    async def correct(self, person: str, by: Requester, changes: CheckedChanges, *, at_counter: bool) -> Case:
        """Put right what is held, and return the case as it is now; raises NoSuchParticipant.

        A new contact is written where it was checked `at_counter` that it is the person's; otherwise it waits on the
        case until its holder confirms it. One that another record has waits for the privacy officer. Whoever may be
        under fourteen does not change by themselves on what that is told: raises BadInput (P7).
        """
        case = new_case(CaseKind.CORRECTION, person, by, self._clock(), fields=changes.fields)
        try:
            return await found(self._graph, self._correcting(case, changes, at_counter=at_counter))
        except Conflict:
            # Somebody else got the contact between our look and our write. Now our look finds them.
            return await found(self._graph, self._correcting(case, changes, at_counter=at_counter))

    def _correcting(
        self, case: Case, changes: CheckedChanges, *, at_counter: bool
    ) -> Callable[[Transaction], Awaitable[Case | None]]:
        sealer = Sealer(self._keys, case.person)

        async def work(tx: Transaction) -> Case | None:
            if Field.AGE in changes.fields and not at_counter:
                await self._require_of_age(tx, case)
            outcome = await correct(tx, case.person, changes.dong, sealer.properties(changes, with_contact=at_counter))
            held = outcome is CorrectionOutcome.HELD_BY_ANOTHER
            if held:
                await correct(tx, case.person, changes.dong, sealer.properties(changes, with_contact=False))
            if outcome is CorrectionOutcome.UNKNOWN:
                return None
            waiting = None
            if changes.contact is not None and (held or not at_counter):
                waiting = sealer.waiting(changes.contact)
            after = done(case) if waiting is None else case
            if held:
                after = step(case, CaseStep.REVIEW, at=case.opened)
            await cases.add(tx, after, waiting)
            return after

        return work

    async def _require_of_age(self, tx: Transaction, case: Case) -> None:
        held = await born(tx, case.person)
        if held is not None and may_be_child(held, case.opened):
            raise BadInput("born", "must be put right at a counter, where somebody can see how old the person is")

    async def confirmed(self, tx: Transaction, stored: StoredCase) -> Case | None:
        """Write the contact that a correction waited for; None where it waits for none, or no longer.

        Where another record has the contact, the privacy officer looks: whoever confirmed it holds it now, and the
        directory still has it as somebody else's.
        """
        case = stored.case
        if stored.waiting is None or case.state is not CaseState.OPEN:
            return None
        held = await self._write_waiting(tx, stored)
        after = step(case, CaseStep.REVIEW if held else CaseStep.ANSWER, at=self._clock(), by=case.by)
        return after if await cases.move(tx, case, after) else None

    async def _write_waiting(self, tx: Transaction, stored: StoredCase) -> bool:
        """Write a waiting contact, and say whether another record has it, so that it could not be written."""
        assert stored.waiting is not None  # noqa: S101 - asked by whoever calls.
        properties = waiting_properties(stored.waiting)
        outcome = await correct(tx, stored.case.person, None, lambda _: properties)
        return outcome is CorrectionOutcome.HELD_BY_ANOTHER

    async def appeal(self, case_id: str, person: str) -> Case:
        """Have a refusal looked at again, as the person whose case it is (P9); raises NoSuchCase, CaseClosed."""
        return await self.decide(case_id, CaseState.IN_REVIEW, "", "", person)

    async def decide(self, case_id: str, outcome: CaseState, reason: str, by: str, person: str | None = None) -> Case:
        """Decide a case as the privacy officer `by`: DONE, REFUSED_WITH_REASON, or IN_REVIEW again after an appeal.

        With `person`, only a case of theirs. Raises NoSuchCase, CaseClosed, and BadInput for a refusal without a
        reason, or for what can't be done: another record has the contact, or what was wanted is kept no longer.
        """
        if outcome not in _STEPS:
            raise BadInput("outcome", f"must be one of {', '.join(_STEPS)}")
        require_clean(reason, "reason")
        now = self._clock()

        async def work(tx: Transaction) -> Case | None:
            stored = await cases.one(tx, case_id)
            if stored is None or person not in {None, stored.case.person}:
                raise NoSuchCase
            after = _stepped(stored.case, outcome, now, by, reason)
            if outcome is CaseState.DONE and after.kind is CaseKind.CORRECTION and after.fields & _CONTACTS:
                if stored.waiting is None:
                    raise BadInput("outcome", "can't be DONE: the contact that was wanted is kept no longer")
                if await self._write_waiting(tx, stored):
                    raise BadInput("outcome", "can't be DONE while another record has the contact: put that one right")
            return after if await cases.move(tx, stored.case, after) else None

        decided = await self._graph.write(work)
        if decided is None:
            raise CaseClosed
        return decided

    async def one(self, case_id: str) -> Case:
        """Return one case; raises NoSuchCase."""
        stored = await self._graph.read(cases.one, case_id)
        if stored is None:
            raise NoSuchCase
        return stored.case

    async def page(self, state: CaseState, after: CasePosition | None, limit: int) -> list[Case]:
        """Return the cases in a state, the most urgent first, from after a position."""
        return await self._graph.read(cases.page, state, after, limit)


def _stepped(case: Case, outcome: CaseState, now: int, by: str, reason: str) -> Case:
    try:
        return step(case, _STEPS[outcome], at=now, by=by, reason=reason)
    except CaseRefused as refused:
        code = refused.code
    if code is ErrorCode.CASE_REASON:
        raise BadInput("reason", "must say why a case is refused, in at most 1,000 characters")
    raise CaseClosed
