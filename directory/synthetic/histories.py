"""What happened so that made-up people have decided as they have: the consent events behind their standings."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random
from typing import Final

from consent.events import Capture, ConsentEvent
from consent.notice_book import NoticeBook
from consent.standing import PurposeStanding
from consent.vocabulary import CONSENTED_PURPOSES, CaptureMethod, Channel, EventKind, Field, Purpose, State
from directory.synthetic.chance import UUID_BITS
from directory.synthetic.standings import DAY, LONGEST_CONSENT

HOUR: Final = 3_600_000
LANGUAGES: Final = ("ko", "ko", "ko", "ko", "ko", "ko", "ko", "ko", "ko", "en")
# Most people decide at a meeting of their body; the rest sign at home or are asked by telephone (가상: made up).
CAPTURES: Final = (
    Capture(CaptureMethod.KIOSK, "synthetic-kiosk", "가상 정례회의"),
    Capture(CaptureMethod.PAPER, "synthetic-office", "가상 정례회의", "가상 동의서"),
    Capture(CaptureMethod.TELEPHONE, "synthetic-office"),
)
CAPTURE_WEIGHTS: Final = (60, 25, 15)
_SWEEP: Final = Capture(CaptureMethod.SYSTEM, "synthetic-sweep")
_EARLIER: Final = (frozenset({Field.NAME, Field.PHONE}), frozenset({Channel.SMS}))


@dataclass(frozen=True, slots=True)
class Shown:
    """The notice that people were shown for a purpose: its id and hash, and when it was published."""

    notice: str
    hash: str
    published: int


def shown_by(book: NoticeBook) -> Mapping[Purpose, Shown]:
    """Return the first notice of every purpose that rests on consent."""
    first = {notice.purpose: notice for notice in reversed(book.notices)}
    return {
        purpose: Shown(notice.id, book.hash_of(notice), notice.published or 0)
        for purpose, notice in first.items()
        if purpose in CONSENTED_PURPOSES
    }


class Histories:
    """Makes the events that add up to a standing, as of a day; `shown` has the notice of every purpose."""

    def __init__(self, shown: Mapping[Purpose, Shown], as_of: int) -> None:
        """Take the notices and the instant (epoch milliseconds) as of which the standings hold."""
        self._shown = shown
        self._as_of = as_of

    def of(self, person: str, purposes: Mapping[Purpose, PurposeStanding], rng: Random) -> list[ConsentEvent]:
        """Return the events of one person, in the order in which they happened."""
        capture = rng.choices(CAPTURES, CAPTURE_WEIGHTS)[0]
        language = LANGUAGES[int(rng.random() * len(LANGUAGES))]
        teller = _Teller(person, capture, language, rng)
        events = [
            event
            for purpose, standing in purposes.items()
            if purpose is not Purpose.ENROLMENT
            for event in self._decided(teller, purpose, standing)
        ]
        return sorted(events, key=lambda event: (event.at, event.id))

    def _decided(self, teller: "_Teller", purpose: Purpose, standing: PurposeStanding) -> Iterator[ConsentEvent]:
        shown = self._shown[purpose]
        fields, channels = standing.fields, standing.channels
        if standing.state in {State.GRANTED, State.EXPIRED}:
            # As long before its end as a consent lasts, but not before there was a notice to agree to.
            at = min(max(standing.until - LONGEST_CONSENT * DAY, shown.published), self._as_of)
            yield teller.granted(purpose, shown, at, standing.until, fields, channels, sensitive=standing.sensitive)
            if standing.state is State.EXPIRED:
                yield teller.found_expired(purpose, standing.until)
            return
        # Some time between the notice and now: a refusal at the end of it, a withdrawal some time after the consent.
        at = shown.published + int(teller.chance() * (self._as_of - shown.published) / 2)
        if standing.state is State.REFUSED:
            yield teller.refused(purpose, shown, at)
        elif standing.state is State.WITHDRAWN:
            yield teller.granted(purpose, shown, at, at + LONGEST_CONSENT * DAY, *_EARLIER, sensitive=False)
            later = at + 1 + int(teller.chance() * (self._as_of - at - 1) / 2)
            yield teller.withdrawn(purpose, later)


class _Teller:
    """Tells the events of one person, who decided everything in one way and one language."""

    __slots__ = ("_capture", "_language", "_person", "_rng", "chance")

    def __init__(self, person: str, capture: Capture, language: str, rng: Random) -> None:
        self._person = person
        self._capture = capture
        self._language = language
        self._rng = rng
        self.chance = rng.random

    def granted(  # noqa: PLR0913, PLR0917 - what somebody agrees to.
        self,
        purpose: Purpose,
        shown: Shown,
        at: int,
        until: int,
        fields: frozenset[Field],
        channels: frozenset[Channel],
        *,
        sensitive: bool,
    ) -> ConsentEvent:
        return ConsentEvent(
            *self._head(EventKind.GRANTED, purpose, at),
            self._capture,
            shown.notice,
            shown.hash,
            self._language,
            fields,
            channels,
            sensitive,
            until,
        )

    def refused(self, purpose: Purpose, shown: Shown, at: int) -> ConsentEvent:
        return ConsentEvent(
            *self._head(EventKind.REFUSED, purpose, at), self._capture, shown.notice, shown.hash, self._language
        )

    def withdrawn(self, purpose: Purpose, at: int) -> ConsentEvent:
        return ConsentEvent(*self._head(EventKind.WITHDRAWN, purpose, at), self._capture)

    def found_expired(self, purpose: Purpose, until: int) -> ConsentEvent:
        return ConsentEvent(*self._head(EventKind.EXPIRED, purpose, until), _SWEEP)

    def _head(self, kind: EventKind, purpose: Purpose, at: int) -> tuple[str, str, EventKind, Purpose, int, int]:
        identity = f"{self._rng.getrandbits(UUID_BITS):032x}"
        return identity, self._person, kind, purpose, at, at + int(self._rng.random() * HOUR)
