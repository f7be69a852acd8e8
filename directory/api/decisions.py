"""Decisions in the schema: what a person decided of one purpose goes in, what stands now comes back."""

from datetime import UTC, datetime
from typing import Annotated

import strawberry

from directory.api.context import Info
from directory.api.receipts import Receipt, receipt_of
from directory.consents.decisions import Decision, GuardianCheckedAt
from directory.consents.decisions import RecordedDecision as Answer
from directory.receipts.errors import ReceiptNotYet
from directory.vocabulary import CaptureMethod, Channel, EventKind, Field, GuardianCheck, Purpose, State


@strawberry.input(description="That a guardian decided for somebody under fourteen, and how that was verified.")
class GuardianInput:
    """A guardian's check (P7)."""

    check: GuardianCheck = strawberry.field(description="How it was verified.")
    at: datetime = strawberry.field(description="When it was verified, with its offset from UTC.")

    def checked(self) -> GuardianCheckedAt:
        """Return the check as the service takes it."""
        return GuardianCheckedAt(self.check, self.at)


@strawberry.input(
    description="What a person decided of one purpose, under the notice that they were shown. Nothing in it is "
    "personal but the participant's random id."
)
class DecisionInput:
    """One decision."""

    participant: strawberry.ID = strawberry.field(description="Who decided.")
    purpose: Purpose = strawberry.field(description="The one purpose that was decided.")
    kind: EventKind = strawberry.field(
        description="GRANTED, REFUSED, WITHDRAWN or RENEWED. A withdrawal that lists no field, no channel and not the "
        "sensitive part takes back everything."
    )
    method: CaptureMethod = strawberry.field(description="How the decision came in; not SYSTEM.")
    id: strawberry.ID | None = strawberry.field(
        default=None,
        description="Chosen at random by whoever captured it: 16 to 64 letters, digits, - and _. Sent again with the "
        "same id, it is recorded once; what was left to be filled in stays as it was.",
    )
    notice: strawberry.ID | None = strawberry.field(
        default=None, description="The notice that was shown, such as city-news/1; a withdrawal needs none."
    )
    notice_hash: str | None = strawberry.field(
        default=None, description="The hash of the text that was shown, where the device knows it: it is held to it."
    )
    language: str | None = strawberry.field(default=None, description="The language it was read in: ko or en.")
    fields: list[Field] | None = strawberry.field(default=None, description="What may be shown, or is taken back.")
    channels: list[Channel] | None = strawberry.field(
        default=None, description="By what the person may be reached, or no longer."
    )
    sensitive: bool = strawberry.field(
        default=False, description="Whether the sensitive part is agreed to, or taken back."
    )
    at: datetime | None = strawberry.field(
        default=None, description="When it was decided, with its offset from UTC; now without it."
    )
    until: datetime | None = strawberry.field(
        default=None, description="When what is agreed to ends; without it as late as the notice says."
    )
    meeting: str | None = strawberry.field(default=None, description="The meeting, such as 6월 정례회.")
    evidence: str | None = strawberry.field(
        default=None, description="What proves it, such as the mark of a signed sheet; a roster's decision needs it."
    )
    guardian: GuardianInput | None = strawberry.field(
        default=None,
        description="The guardian's check, for somebody under fourteen: in a way that the notice lists, and at most "
        "thirty days before the decision.",
    )
    of_age: bool = strawberry.field(
        default=False,
        description="Whether whoever took it down saw that the person is fourteen or older: where no year of birth is "
        "held, an agreement needs that, or a guardian.",
    )

    def checked(self) -> Decision:
        """Return the decision as the service takes it."""
        return Decision(
            participant=self.participant,
            purpose=self.purpose,
            kind=self.kind,
            method=self.method,
            id=self.id,
            notice=self.notice or "",
            notice_hash=self.notice_hash,
            language=self.language or "",
            fields=frozenset(self.fields or ()),
            channels=frozenset(self.channels or ()),
            sensitive=self.sensitive,
            at=self.at,
            until=self.until,
            meeting=self.meeting or "",
            evidence=self.evidence or "",
            guardian=None if self.guardian is None else self.guardian.checked(),
            of_age=self.of_age,
        )


async def _receipt(root: "RecordedDecision", info: Info) -> Receipt | None:
    """Resolve the receipt of the decision that was recorded just now; null as long as the ledger has no place for it.

    Whatever fails here, the decision is recorded, and its id is told.
    """
    try:
        return receipt_of(await info.context.services.receipts.issue(root.id))
    except ReceiptNotYet:
        return None


@strawberry.type(description="A decision as it was recorded, and what stands for its purpose now.")
class RecordedDecision:
    """A recorded decision."""

    id: strawberry.ID = strawberry.field(description="The decision's id, by which its receipt is asked for.")
    already: bool = strawberry.field(description="Whether it had been recorded before: then nothing changed now.")
    state: State = strawberry.field(description="What the person's decisions on the purpose add up to now.")
    fields: list[Field] = strawberry.field(description="The fields that may be shown now.")
    channels: list[Channel] = strawberry.field(description="By what the person may be reached now.")
    until: datetime | None = strawberry.field(description="When that ends; null where nothing is agreed to.")
    receipt: Receipt | None = strawberry.field(
        resolver=_receipt,
        description="What the person keeps of it; null as long as the ledger has no place for it: ask for it later, "
        "with the query `receipt`.",
    )


def recorded(answer: Answer) -> RecordedDecision:
    """Return what the service recorded."""
    standing = answer.standing
    return RecordedDecision(
        id=strawberry.ID(answer.event.id),
        already=answer.already,
        state=standing.state,
        fields=sorted(standing.fields),
        channels=sorted(standing.channels),
        until=datetime.fromtimestamp(standing.until / 1000, UTC) if standing.until else None,
    )


async def record_decision(
    info: Info, decision: Annotated[DecisionInput, strawberry.argument(description="What was decided.")]
) -> RecordedDecision:
    """Resolve the recording of a decision."""
    context = info.context
    return recorded(await context.services.decisions.record(context.caller, decision.checked()))
