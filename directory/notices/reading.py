"""Reading the published notices as of now: which are out, which is in force, and what came in its place."""

from collections.abc import Callable
from dataclasses import dataclass

from consent.notice_book import NoticeBook
from consent.notice_parts import Notice
from consent.vocabulary import Purpose


@dataclass(frozen=True, slots=True)
class Published:
    """A notice that is out, with its hash.

    `in_force` says that people who decide now decide under it; `successor` is the id of the version after it, where
    that is out; `asks_again` says that who agreed under it is asked again, since a later one changed substance.
    """

    notice: Notice
    sha256: str
    in_force: bool
    successor: str | None
    asks_again: bool


class Notices:
    """The published notices, as they are at the moment of asking."""

    def __init__(self, book: NoticeBook, clock: Callable[[], int]) -> None:
        """Take the book, and what tells the time in epoch milliseconds."""
        self.book = book
        self._clock = clock

    def published(self, purpose: Purpose | None = None) -> tuple[Published, ...]:
        """Return what is out, of one purpose or of all in their order, each purpose's newest version first."""
        now = self._clock()
        return tuple(
            self._as_of(notice, now)
            for each in Purpose
            for notice in reversed(self.book.notices)
            if notice.purpose is each and purpose in {None, each} and _is_out(notice, now)
        )

    def one(self, id_: str) -> Published | None:
        """Return a notice by its id; None where there is none that is out."""
        notice, now = self.book.get(id_), self._clock()
        return self._as_of(notice, now) if notice is not None and _is_out(notice, now) else None

    def _as_of(self, notice: Notice, now: int) -> Published:
        later = [each for each in self.book.successors(notice) if _is_out(each, now)]
        return Published(
            notice=notice,
            sha256=self.book.hash_of(notice),
            in_force=not later,
            successor=later[0].id if later else None,
            asks_again=self.book.asks_again(notice, now),
        )


def _is_out(notice: Notice, now: int) -> bool:
    return notice.published is not None and notice.published <= now
