"""The report of everything that is held about a person, and who was shown what of it, as plain values (P9, P15)."""

from dataclasses import dataclass
from datetime import UTC, datetime

import orjson

from consent.cases import APPEALS, Appeal, Case, CaseKind, CaseState
from consent.notice_parts import Words
from consent.vocabulary import CaptureMethod, Channel, EventKind, Field, GuardianCheck, Purpose, Sex, State
from directory.vocabulary import Membership


@dataclass(frozen=True, slots=True)
class Named:
    """A region, a department or a body, by its id and both names."""

    id: str
    name_ko: str
    name_en: str


@dataclass(frozen=True, slots=True)
class HeldAffiliation:
    """One affiliation, sensitive ones too: it is the person's own."""

    body: Named
    relation: Membership
    role: str | None
    seat: str | None
    since: str | None
    until: str | None
    sensitive: bool


@dataclass(frozen=True, slots=True)
class HeldStanding:
    """What the decisions on one purpose add up to now."""

    purpose: Purpose
    state: State
    fields: tuple[Field, ...]
    channels: tuple[Channel, ...]
    sensitive: bool
    until: datetime | None


@dataclass(frozen=True, slots=True)
class HeldDecision:
    """One recorded event; `place` is its leaf in the ledger, by which its receipt is asked for."""

    id: str
    kind: EventKind
    purpose: Purpose | None
    at: datetime
    recorded: datetime
    notice: str
    notice_hash: str
    language: str
    fields: tuple[Field, ...]
    channels: tuple[Channel, ...]
    sensitive: bool
    until: datetime | None
    method: CaptureMethod
    operator: str
    meeting: str
    evidence: str
    guardian: GuardianCheck | None
    guardian_verified: datetime | None
    basis: str
    place: int | None


@dataclass(frozen=True, slots=True)
class LookAtMe:
    """One answer in which somebody was shown something of the person."""

    at: datetime
    actor: str
    department: Named
    purpose: Purpose
    operation: str
    origin: str
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class WaitingContact:
    """A new contact that a correction waits to write: which field, and its value, told to the person alone."""

    field: Field
    value: str


@dataclass(frozen=True, slots=True)
class HeldAnswer:
    """The first answer to a case, where there was an appeal against it."""

    at: datetime
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class HeldCase:
    """Something the person asked for, and what came of it.

    `events` are the ids of what was recorded for it, by which receipts are asked for; `appeals` are where to turn to,
    None unless it was refused. `waiting` is in the person's own report alone.
    """

    id: str
    kind: CaseKind
    state: CaseState
    opened: datetime
    due: datetime
    answered: datetime | None
    purposes: tuple[Purpose, ...]
    fields: tuple[Field, ...]
    channels: tuple[Channel, ...]
    reason: str
    seen: int
    by: str
    overdue: bool
    sensitive: bool
    answered_by: str
    first: HeldAnswer | None
    events: tuple[str, ...]
    appeals: tuple[Appeal, ...] | None
    waiting: WaitingContact | None = None


@dataclass(frozen=True, slots=True)
class Source:
    """Where something came from, in both languages, and when where that is known."""

    what_ko: str
    what_en: str
    from_ko: str
    from_en: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class SourceNotice:
    """The answer to who asks where the data came from: sources, purposes, and the right to stop it (P12)."""

    case: HeldCase
    sources: tuple[Source, ...]
    purposes: tuple[HeldStanding, ...]
    rights: Words


@dataclass(frozen=True, slots=True)
class AccessReport:
    """Everything. `codes_sent` are the moments at which a code was asked for, as far as that is still known.

    `technical` names what is kept beside and has no meaning to a person: keys, blind indexes, counters.
    """

    person: str
    at: datetime
    synthetic: bool
    name: str | None
    sex: Sex | None
    born: int | None
    phone: str | None
    email: str | None
    residence: Named | None
    office: Named
    group: Named
    enrolled_by: Named | None
    enrolment_until: datetime | None
    affiliations: tuple[HeldAffiliation, ...]
    standings: tuple[HeldStanding, ...]
    decisions: tuple[HeldDecision, ...]
    looks: tuple[LookAtMe, ...]
    cases: tuple[HeldCase, ...]
    codes_sent: tuple[datetime, ...]
    sources: tuple[Source, ...]
    technical: tuple[str, ...]


def instant(milliseconds: int) -> datetime:
    """Return an instant of the graph as it is shown."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC)


def maybe_instant(milliseconds: int | None) -> datetime | None:
    """Return an instant, None where there is none."""
    return None if not milliseconds else instant(milliseconds)


def held_case(case: Case, now: int, waiting: WaitingContact | None = None) -> HeldCase:
    """Return a case as it is shown."""
    return HeldCase(
        id=case.id,
        kind=case.kind,
        state=case.state,
        opened=instant(case.opened),
        due=instant(case.due),
        answered=maybe_instant(case.answered),
        purposes=tuple(sorted(case.purposes)),
        fields=tuple(sorted(case.fields)),
        channels=tuple(sorted(case.channels)),
        reason=case.reason,
        seen=case.seen,
        by=case.by,
        overdue=case.is_overdue(now),
        sensitive=case.sensitive,
        answered_by=case.answered_by,
        first=None if case.first is None else HeldAnswer(instant(case.first.at), case.first.by, case.first.reason),
        events=case.events,
        appeals=APPEALS if case.state is CaseState.REFUSED_WITH_REASON else None,
        waiting=waiting,
    )


def as_json(value: object) -> bytes:
    """Return a report, or a part of one, as indented JSON: instants in ISO 8601, words by their names."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2 | orjson.OPT_UTC_Z)
