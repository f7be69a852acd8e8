"""Consent events: what a person decided about one purpose, when, under which notice, and how it was captured.

An event is a fact. It is recorded once, under an id that whoever captured it chose at random, and never edited; what
the events of a person add up to is worked out in `consent.folding`.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from consent.errors import ErrorCode, EventRefused
from consent.vocabulary import (
    CONSENTED_PURPOSES,
    CaptureMethod,
    Channel,
    EventKind,
    Field,
    GuardianCheck,
    Purpose,
    Term,
)

CLOCKS_DIFFER: Final = 15 * 60 * 1000
"""How far a capturing device's clock may be ahead of ours, in milliseconds."""

_FORMAT: Final = 1
_ID: Final = re.compile(r"[0-9A-Za-z_-]{16,64}")
_PLACE: Final = re.compile(r"[0-9]{1,15}(/[0-9]{1,9})?")
_LONGEST_TEXT: Final = 200
_LAST_INSTANT: Final = 2**53 - 1


@dataclass(frozen=True, slots=True)
class Capture:
    """How a decision came in: by which method, which operator, at which meeting.

    `operator` is an actor's id; `meeting` names the meeting, `evidence` what proves the decision, such as the mark of a
    scanned sheet. Neither is personal. A roster's decision has evidence always.
    """

    method: CaptureMethod
    operator: str
    meeting: str = ""
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class Guardian:
    """That a guardian decided for somebody under fourteen, and how that was verified and when (P7)."""

    check: GuardianCheck
    verified_at: int


@dataclass(frozen=True, slots=True)
class ConsentEvent:
    """One fact about one person's consent. Instants are epoch milliseconds.

    `at` is when it happened, `recorded` when the directory took it in. `purpose` is None for ERASED alone. `fields`,
    `channels` and `sensitive` are what was granted or taken back; a withdrawal that lists none takes back everything.
    `until` is the end of a granted or renewed consent, exclusive. `notice` is the id of the text that the person was
    shown, `notice_hash` its hash, `language` the one they read it in; a decision has them, a found fact has none.
    `basis` is the case or the incident that an event rests on where the person decided nothing at that moment. An
    erasure has in `erases` the places in the ledger that were destroyed with it (C7): "123" is the leaf of an event,
    "123/4" the fourth row of the look at that leaf.
    """

    id: str
    person: str
    kind: EventKind
    purpose: Purpose | None
    at: int
    recorded: int
    capture: Capture
    notice: str = ""
    notice_hash: str = ""
    language: str = ""
    fields: frozenset[Field] = frozenset()
    channels: frozenset[Channel] = frozenset()
    sensitive: bool = False
    until: int | None = None
    guardian: Guardian | None = None
    basis: str = ""
    erases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse an event that says nothing or contradicts itself; raises EventRefused with the part that is wrong."""
        for part, holds in _RULES.items():
            if not holds(self):
                raise EventRefused(ErrorCode.EVENT_INVALID, part)
        if self.at > self.recorded + CLOCKS_DIFFER:
            raise EventRefused(ErrorCode.EVENT_IN_FUTURE, "at")

    @property
    def happened(self) -> int:
        """When it happened, as far as can be told: a clock may have been ahead, but nothing is recorded before it."""
        return min(self.at, self.recorded)

    @property
    def takes_back_everything(self) -> bool:
        """Whether a withdrawal lists nothing in particular."""
        return not self.fields and not self.channels and not self.sensitive

    def content(self) -> dict[str, Any]:
        """Return the event as the JSON object that the ledger commits to (C2): no name, number or address is in it."""
        guardian = self.guardian
        return {
            "v": _FORMAT,
            "id": self.id,
            "person": self.person,
            "kind": str(self.kind),
            "purpose": None if self.purpose is None else str(self.purpose),
            "at": self.at,
            "recorded": self.recorded,
            "notice": self.notice,
            "notice_hash": self.notice_hash,
            "language": self.language,
            "fields": sorted(self.fields),
            "channels": sorted(self.channels),
            "sensitive": self.sensitive,
            "until": self.until,
            "capture": {
                "method": str(self.capture.method),
                "operator": self.capture.operator,
                "meeting": self.capture.meeting,
                "evidence": self.capture.evidence,
            },
            "guardian": None
            if guardian is None
            else {"check": str(guardian.check), "verified_at": guardian.verified_at},
            "basis": self.basis,
            "erases": list(self.erases),
        }

    def same_fact(self, other: "ConsentEvent") -> bool:
        """Say whether the other is this very event sent again: equal in all but when it was taken in."""
        mine, theirs = self.content(), other.content()
        return mine | {"recorded": 0} == theirs | {"recorded": 0}


def read_event(content: Mapping[str, Any]) -> ConsentEvent:
    """Read what `ConsentEvent.content` wrote; raises EventRefused EVENT_UNREADABLE for anything else."""
    try:
        event = _read(content)
    except (AttributeError, KeyError, TypeError, ValueError, EventRefused):
        event = None
    # Raised here, since the error that reading failed with carries what it failed on.
    if event is None or event.content() != content:
        raise EventRefused(ErrorCode.EVENT_UNREADABLE, "content")
    return event


def _read(content: Mapping[str, Any]) -> ConsentEvent:
    purpose, capture, guardian = content["purpose"], content["capture"], content["guardian"]
    return ConsentEvent(
        id=content["id"],
        person=content["person"],
        kind=EventKind(content["kind"]),
        purpose=None if purpose is None else Purpose(purpose),
        at=content["at"],
        recorded=content["recorded"],
        capture=Capture(CaptureMethod(capture["method"]), capture["operator"], capture["meeting"], capture["evidence"]),
        notice=content["notice"],
        notice_hash=content["notice_hash"],
        language=content["language"],
        fields=frozenset(Field(field) for field in content["fields"]),
        channels=frozenset(Channel(channel) for channel in content["channels"]),
        sensitive=content["sensitive"],
        until=content["until"],
        guardian=None if guardian is None else Guardian(GuardianCheck(guardian["check"]), guardian["verified_at"]),
        basis=content["basis"],
        erases=tuple(content["erases"]),
    )


_FOUND: Final = frozenset({EventKind.EXPIRED, EventKind.ERASED})
_WITH_END: Final = frozenset({EventKind.GRANTED, EventKind.RENEWED})
_WITH_NOTICE: Final = frozenset({EventKind.GRANTED, EventKind.REFUSED, EventKind.RENEWED})
_WITH_ITEMS: Final = frozenset({EventKind.GRANTED, EventKind.WITHDRAWN})
_WITH_BASIS: Final = frozenset({EventKind.ERASED, EventKind.OVERRIDE})


def _purpose_fits(event: ConsentEvent) -> bool:
    """Hold events to one purpose each (P2); being asked for consent can be refused, and needs no consent."""
    if event.kind is EventKind.ERASED:
        return event.purpose is None
    if event.purpose is Purpose.ENROLMENT:
        return event.kind in {EventKind.REFUSED, EventKind.WITHDRAWN} and event.takes_back_everything
    return event.purpose in CONSENTED_PURPOSES


def _items_fit(event: ConsentEvent) -> bool:
    shaped = (
        type(event.fields) is frozenset
        and all(type(field) is Field for field in event.fields)
        and type(event.channels) is frozenset
        and all(type(channel) is Channel for channel in event.channels)
        and type(event.sensitive) is bool
    )
    return shaped and (event.kind in _WITH_ITEMS or event.takes_back_everything)


def _capture_fits(event: ConsentEvent) -> bool:
    capture = event.capture
    if type(capture) is not Capture or type(capture.method) is not CaptureMethod or not _is_text(capture.operator):
        return False
    texts = _is_text(capture.meeting, least=0) and _is_text(capture.evidence, least=0)
    # Agreement from a roster is somebody else's word for the person's, and is worth its evidence.
    proven = capture.method is not CaptureMethod.ROSTER or bool(capture.evidence)
    if capture.method is CaptureMethod.SYSTEM:
        return texts and event.kind in _FOUND
    return texts and proven and event.kind is not EventKind.EXPIRED


def _notice_fits(event: ConsentEvent) -> bool:
    parts = (event.notice, event.notice_hash, event.language)
    if event.kind in _WITH_NOTICE:
        return all(_is_text(part) for part in parts)
    return all(part == "" for part in parts)


def _until_fits(event: ConsentEvent) -> bool:
    if event.kind in _WITH_END:
        return _is_instant(event.until) and event.until is not None and event.until > event.at
    return event.until is None


def _guardian_fits(event: ConsentEvent) -> bool:
    guardian = event.guardian
    if guardian is None:
        return True
    return type(guardian) is Guardian and type(guardian.check) is GuardianCheck and _is_instant(guardian.verified_at)


def _basis_fits(event: ConsentEvent) -> bool:
    return _is_text(event.basis, least=1 if event.kind in _WITH_BASIS else 0)


def _erases_fit(event: ConsentEvent) -> bool:
    places = event.erases
    if type(places) is not tuple or not all(type(place) is str and _PLACE.fullmatch(place) for place in places):
        return False
    return event.kind is EventKind.ERASED or not places


def _is_text(value: object, *, least: int = 1) -> bool:
    return type(value) is str and least <= len(value) <= _LONGEST_TEXT and value.isprintable()


def _is_instant(value: object) -> bool:
    return type(value) is int and 0 <= value <= _LAST_INSTANT


def _is_term(value: object, kind: type[Term]) -> bool:
    return type(value) is kind


# In the order in which they are tried, since the later ones rely on what the earlier ones hold.
_RULES: Final[dict[str, Callable[[ConsentEvent], bool]]] = {
    "id": lambda event: type(event.id) is str and _ID.fullmatch(event.id) is not None,
    "person": lambda event: type(event.person) is str and _ID.fullmatch(event.person) is not None,
    "kind": lambda event: _is_term(event.kind, EventKind),
    "at": lambda event: _is_instant(event.at),
    "recorded": lambda event: _is_instant(event.recorded),
    "fields": _items_fit,
    "purpose": _purpose_fits,
    "capture": _capture_fits,
    "notice": _notice_fits,
    "until": _until_fits,
    "guardian": _guardian_fits,
    "basis": _basis_fits,
    "erases": _erases_fit,
}
