"""Cases: what a person asks of the directory about themselves, by when it is answered, and where they can appeal.

A right that is exercised is a case, even where it takes effect at once, so that what was asked and what was answered
can be shown later (P8 to P12).
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from consent.errors import CaseRefused, ErrorCode
from consent.korean_time import in_seoul
from consent.notice_parts import Words
from consent.vocabulary import Channel, Field, Purpose, Term


class CaseKind(Term):
    """Which right a person exercises (권리 행사)."""

    ACCESS = "ACCESS", "열람", "To see everything that is held, and who was shown it."
    CORRECTION = "CORRECTION", "정정·삭제", "To have what is held put right, or an item deleted."
    RESTRICTION = "RESTRICTION", "처리정지", "To have the use suspended."
    RELEASE = "RELEASE", "처리정지 해제", "To have a suspension lifted."
    WITHDRAWAL = "WITHDRAWAL", "동의 철회", "To take back a consent, or a part of it."
    ERASURE = "ERASURE", "파기", "To have everything destroyed."
    SOURCE_NOTICE = "SOURCE_NOTICE", "수집 출처 고지", "To be told where the data came from."


class CaseState(Term):
    """How far a case is (처리 상태)."""

    OPEN = "OPEN", "접수", "Taken in; it waits for the person's own confirmation, or for an answer."
    IN_REVIEW = "IN_REVIEW", "검토 중", "The privacy officer looks at it."
    DONE = "DONE", "처리 완료", "Done as it was asked."
    REFUSED_WITH_REASON = "REFUSED_WITH_REASON", "거절", "Refused; the reason and the ways to appeal are beside it."


class CaseStep(Term):
    """What moves a case from one state to another (처리 단계)."""

    REVIEW = "REVIEW", "검토 요청", "Put before the privacy officer."
    ANSWER = "ANSWER", "처리", "Done as it was asked."
    REFUSE = "REFUSE", "거절", "Refused, with a reason."
    APPEAL = "APPEAL", "이의제기", "The person does not accept the refusal, and it is looked at again."


TRANSITIONS: Final[dict[CaseState, dict[CaseStep, CaseState]]] = {
    CaseState.OPEN: {
        CaseStep.REVIEW: CaseState.IN_REVIEW,
        CaseStep.ANSWER: CaseState.DONE,
        CaseStep.REFUSE: CaseState.REFUSED_WITH_REASON,
    },
    CaseState.IN_REVIEW: {
        CaseStep.ANSWER: CaseState.DONE,
        CaseStep.REFUSE: CaseState.REFUSED_WITH_REASON,
    },
    CaseState.DONE: {},
    CaseState.REFUSED_WITH_REASON: {CaseStep.APPEAL: CaseState.IN_REVIEW},
}
"""What is not in this table can't happen."""

UNDECIDED: Final = frozenset({CaseState.OPEN, CaseState.IN_REVIEW})
"""The states in which a case still waits for its answer."""

DAYS: Final[dict[CaseKind, int]] = {
    CaseKind.ACCESS: 10,
    CaseKind.CORRECTION: 10,
    CaseKind.RESTRICTION: 10,
    CaseKind.RELEASE: 10,
    # "Without delay" is no number of days (P10). The Standard Guidelines read it as five for destruction (P11), and
    # whoever takes a consent back waits no longer than whoever has everything destroyed.
    CaseKind.WITHDRAWAL: 5,
    CaseKind.ERASURE: 5,
    # "Immediately" (P12). It is answered with the request; the guidelines let three days pass at most.
    CaseKind.SOURCE_NOTICE: 3,
}
"""Within how many days each right is answered (P9 to P12)."""

LONGEST_REASON: Final = 1_000


@dataclass(frozen=True, slots=True)
class Appeal:
    """A place to turn to where an answer is not accepted: who, how to reach them, and what they do."""

    who: Words
    contact: str
    what: Words


APPEALS: Final = (
    Appeal(
        Words("서울특별시 개인정보 보호책임자", "The city's privacy officer"),
        "02-000-0000 · privacy@seoul.example",
        Words(
            "결과에 이의가 있으면 다시 검토해 달라고 요구할 수 있습니다.",
            "Looks at the case again when you do not accept the answer.",
        ),
    ),
    Appeal(
        Words("개인정보침해 신고센터(한국인터넷진흥원)", "Privacy violation centre (KISA)"),
        "118 · privacy.kisa.or.kr",
        Words("개인정보 침해를 신고하고 상담합니다.", "Takes reports of violations and gives advice."),
    ),
    Appeal(
        Words("개인정보 분쟁조정위원회(개인정보보호위원회)", "Dispute mediation committee (PIPC)"),
        "1833-6972 · kopico.go.kr",
        Words("분쟁을 조정합니다. 비용은 들지 않습니다.", "Mediates disputes, free of charge."),
    ),
)
"""Where to appeal, which every answer says (P9)."""


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer that was appealed against: when it was given, by which actor, and the reason that was told."""

    at: int
    by: str
    reason: str


@dataclass(frozen=True, slots=True)
class Case:
    """One right that one person exercises. Instants are epoch milliseconds; `due` is exclusive.

    `person` is empty where the person was erased. `by` is the actor through whom it came in, `purposes`, `fields`,
    `channels` and `sensitive` what it is about where it is about a part. `reason` is why it was refused, or what the
    person is told beside the answer, and `answered_by` the actor who answered; `seen` counts how often an access was
    used. `first` is the first answer, where there was an appeal. `events` are the ids of what was recorded for it.
    """

    id: str
    person: str
    kind: CaseKind
    state: CaseState
    opened: int
    due: int
    by: str
    purposes: frozenset[Purpose] = frozenset()
    fields: frozenset[Field] = frozenset()
    channels: frozenset[Channel] = frozenset()
    answered: int | None = None
    reason: str = ""
    seen: int = 0
    sensitive: bool = False
    answered_by: str = ""
    first: Answer | None = None
    events: tuple[str, ...] = ()

    def is_overdue(self, now: int) -> bool:
        """Say whether the case still waits after its deadline."""
        return self.state in UNDECIDED and now >= self.due


def open_case(  # noqa: PLR0913 - the facts of a case.
    kind: CaseKind,
    *,
    id: str,  # noqa: A002 - the case's own.
    person: str,
    by: str,
    now: int,
    purposes: frozenset[Purpose] = frozenset(),
    fields: frozenset[Field] = frozenset(),
    channels: frozenset[Channel] = frozenset(),
    sensitive: bool = False,
) -> Case:
    """Return a case as it begins, with its deadline."""
    due = deadline(kind, now)
    return Case(id, person, kind, CaseState.OPEN, now, due, by, purposes, fields, channels, sensitive=sensitive)


def deadline(kind: CaseKind, opened: int) -> int:
    """Return the end of the last day in Seoul on which the case is answered in time; the day of the request is none."""
    day = in_seoul(opened).replace(hour=0, minute=0, second=0, microsecond=0)
    return int((day + timedelta(days=DAYS[kind] + 1)).timestamp() * 1000)


def step(case: Case, taken: CaseStep, *, at: int, by: str = "", reason: str = "") -> Case:
    """Return the case after a step, which the actor `by` took.

    An appeal has a deadline of its own, and keeps the first answer apart, so that the next one is not taken for it.

    Raises CaseRefused CASE_CLOSED where the table has no such step from its state, and CASE_REASON for a refusal
    without a reason, or a reason that is too long.
    """
    state = TRANSITIONS[case.state].get(taken)
    if state is None:
        raise CaseRefused(ErrorCode.CASE_CLOSED)
    told = reason.strip()
    if len(told) > LONGEST_REASON or (taken is CaseStep.REFUSE and not told):
        raise CaseRefused(ErrorCode.CASE_REASON)
    if taken is CaseStep.APPEAL:
        first = case.first or Answer(case.answered or at, case.answered_by, case.reason)
        due = deadline(case.kind, at)
        return replace(case, state=state, due=due, answered=None, answered_by="", reason=told, first=first)
    if state in UNDECIDED:
        return replace(case, state=state, reason=told or case.reason)
    return replace(case, state=state, answered=at, answered_by=by, reason=told or case.reason)
