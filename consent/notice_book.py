"""The book of published notices: which one is in force, which came after, and whether a decision fits its notice."""

from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise
from types import MappingProxyType
from typing import Final

from consent.errors import ErrorCode, NoticeRefused
from consent.events import Guardian
from consent.guardians import check_in_time
from consent.notice_parts import Language, Notice
from consent.notice_rules import Fault
from consent.notices import changes_substance, content_hash
from consent.vocabulary import EventKind, Field, Purpose

DAY: Final = 86_400_000

GRACE: Final = 7 * DAY
"""How long after its successor a notice may still be decided under, in milliseconds.

A kiosk without a network can't know that a new text is out. Of a decision counts when it was made, not when it arrived.
"""

_UNDER_A_NOTICE: Final = frozenset({EventKind.GRANTED, EventKind.RENEWED, EventKind.REFUSED})


@dataclass(frozen=True, slots=True)
class Decision:
    """A decision as it came in, in the words it came in with: which notice was shown, and what was agreed to.

    `at` is when it was made, `until` the end of what was granted or renewed, both in epoch milliseconds.
    """

    kind: EventKind
    notice: str
    notice_hash: str
    language: str
    purpose: str
    at: int
    fields: AbstractSet[str] = frozenset()
    channels: AbstractSet[str] = frozenset()
    sensitive: bool = False
    until: int | None = None
    guardian: Guardian | None = None


class NoticeBook:
    """All published notices."""

    def __init__(self, notices: Iterable[Notice], hashes: Mapping[str, str]) -> None:
        """Take published notices and, by id, the hashes that were recorded when they were.

        Raises NoticeRefused for a draft, a gap in the versions of a purpose, one that stands twice, two that are in
        force at once, and a text that is not the one that was published.
        """
        by_purpose: dict[Purpose, list[Notice]] = {}
        for notice in sorted(notices, key=lambda notice: notice.version):
            by_purpose.setdefault(notice.purpose, []).append(notice)
            if notice.published is None:
                raise NoticeRefused(ErrorCode.NOTICE_NOT_YET, notice.id)
            if hashes.get(notice.id) != content_hash(notice):
                raise NoticeRefused(ErrorCode.NOTICE_CHANGED, notice.id)
        for versions in by_purpose.values():
            _check_order(versions)
        self._versions = {purpose: tuple(versions) for purpose, versions in by_purpose.items()}
        self._by_id = {notice.id: notice for versions in self._versions.values() for notice in versions}
        self._hashes = MappingProxyType({id_: hashes[id_] for id_ in self._by_id})

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice, in the order of the purposes and their versions."""
        return tuple(notice for purpose in Purpose for notice in self._versions.get(purpose, ()))

    def get(self, id_: str) -> Notice | None:
        """Return a notice by its id."""
        return self._by_id.get(id_)

    def hash_of(self, notice: Notice) -> str:
        """Return the recorded hash of a notice of this book."""
        return self._hashes[notice.id]

    def current(self, purpose: Purpose, at: int) -> Notice | None:
        """Return the notice of a purpose that is in force at an instant; None before the first was published."""
        published = [notice for notice in self._versions.get(purpose, ()) if _published(notice) <= at]
        return published[-1] if published else None

    def successors(self, notice: Notice) -> tuple[Notice, ...]:
        """Return the versions that came after a notice, the next one first."""
        return self._versions[notice.purpose][notice.version :]

    def asks_again(self, notice: Notice, at: int) -> bool:
        """Say whether who agreed under a notice has to be asked again at an instant.

        So it is where any version since then changed substance. What was agreed stays what it was meanwhile.
        """
        since = [later for later in self.successors(notice) if _published(later) <= at]
        return any(changes_substance(old, new) for old, new in pairwise((notice, *since)))

    def outdated(self, purpose: Purpose, at: int) -> frozenset[str]:
        """Return the ids of the notices of a purpose under which whoever agreed has to be asked again at an instant."""
        return frozenset(notice.id for notice in self._versions.get(purpose, ()) if self.asks_again(notice, at))

    def may_be_renewed(self, grant: str, at: int) -> bool:
        """Say whether what was agreed to under a notice, by its id, can be renewed at an instant."""
        notice = self.get(grant)
        return notice is not None and not self.asks_again(notice, at)

    def latest_end(self, notice: Notice, at: int) -> int:
        """Return until when what is agreed to at an instant can last, under the retention that the person is told."""
        return at + notice.retention.days * DAY

    def accepts(self, decision: Decision) -> Fault | None:
        """Return why a decision does not fit the notice that it was made under, None where it does.

        A withdrawal is made under no notice, and nothing about notices ever stands in its way (P8).
        """
        if decision.kind not in _UNDER_A_NOTICE:
            return None
        notice = self.get(decision.notice)
        if notice is None:
            return Fault(ErrorCode.NOTICE_UNKNOWN, "notice")
        checks = [
            (decision.notice_hash == self.hash_of(notice), ErrorCode.NOTICE_CHANGED, "notice_hash"),
            (decision.language in set(Language), ErrorCode.NOTICE_LANGUAGE, "language"),
            (decision.purpose == notice.purpose, ErrorCode.NOTICE_PURPOSE, "purpose"),
            (decision.at >= _published(notice), ErrorCode.NOTICE_NOT_YET, "at"),
            (decision.at < self._decided_until(notice), ErrorCode.NOTICE_SUPERSEDED, "at"),
            *self._agreed(decision, notice),
            *_guarded(decision, notice),
        ]
        return next((Fault(code, part) for holds, code, part in checks if not holds), None)

    def _decided_until(self, notice: Notice) -> float:
        after = self.successors(notice)
        return _published(after[0]) + GRACE if after else float("inf")

    def _agreed(self, decision: Decision, notice: Notice) -> list[tuple[bool, ErrorCode, str]]:
        """List what is checked of that which was agreed to."""
        channels = {offer.channel for offer in notice.channels}
        granted = decision.kind is EventKind.GRANTED
        apart = notice.sensitive is not None and Field.AFFILIATION in decision.fields
        ends = decision.until is None or decision.until <= self.latest_end(notice, decision.at)
        return [
            (decision.fields <= notice.fields, ErrorCode.NOTICE_ITEM, "fields"),
            (not granted or notice.required <= decision.fields, ErrorCode.NOTICE_REQUIRED_MISSING, "fields"),
            (decision.channels <= channels, ErrorCode.NOTICE_CHANNEL, "channels"),
            (not decision.sensitive or apart, ErrorCode.NOTICE_SENSITIVE, "sensitive"),
            (ends, ErrorCode.NOTICE_TOO_LONG, "until"),
        ]


def _guarded(decision: Decision, notice: Notice) -> list[tuple[bool, ErrorCode, str]]:
    """List what is checked of how a guardian was verified (P7)."""
    guardian = decision.guardian
    if guardian is None:
        return []
    return [
        (guardian.check in notice.guardian.checks, ErrorCode.NOTICE_CHECK, "guardian.check"),
        (check_in_time(guardian, decision.at), ErrorCode.EVENT_GUARDIAN_CHECK, "guardian.at"),
    ]


def _published(notice: Notice) -> int:
    assert notice.published is not None  # noqa: S101 - a book takes no drafts.
    return notice.published


def _check_order(versions: list[Notice]) -> None:
    for expected, notice in enumerate(versions, start=1):
        if notice.version != expected:
            raise NoticeRefused(ErrorCode.NOTICE_VERSION, notice.id)
    for old, new in pairwise(versions):
        if _published(new) <= _published(old):
            raise NoticeRefused(ErrorCode.NOTICE_ORDER, new.id)
