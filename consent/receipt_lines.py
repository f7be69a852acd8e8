"""The readable part of a receipt: what was decided, in plain lines, worked out from the event and its notice alone."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Final

from consent.events import ConsentEvent
from consent.korean_time import SEOUL
from consent.notice_parts import Language, Notice, Words
from consent.receipt_wording import (
    AFTERWARDS,
    CHANNELS,
    CHECKS,
    FIELDS,
    KINDS,
    LABELS,
    METHODS,
    MONTHS,
    PURPOSES,
    TEXTS,
    Table,
    filled,
)
from consent.vocabulary import Channel, EventKind, Field, Term

LEAVES_A_CONSENT: Final = frozenset({EventKind.GRANTED, EventKind.RENEWED})

_KOREA: Final = SEOUL.utcoffset(None)
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
# The last millisecond that a calendar of four digits has in Korea; what is later reads as this.
_LAST: Final = 253_402_268_399_999
_BETWEEN: Final = " · "


def readable(event: ConsentEvent, notice: Notice | None) -> dict[str, list[dict[str, str]]]:
    """Return the lines in both languages, each with its label; `notice` is the one that goes with the event."""
    return {
        str(language): [
            {"label": LABELS[name].of(language), "text": text}
            for name, text in _Writer(event, notice, language).lines()
            if text
        ]
        for language in Language
    }


class _Writer:
    """Writes the lines of one event in one language; a line without a text is left out."""

    def __init__(self, event: ConsentEvent, notice: Notice | None, language: Language) -> None:
        self._event = event
        self._notice = notice
        self._language = language

    def lines(self) -> Iterable[tuple[str, str]]:
        """Give every line as its label's name and its text."""
        event, notice = self._event, self._notice
        yield "what", self._what()
        yield "purpose", self._purpose()
        yield "items", self._items()
        yield "left_out", self._left_out()
        yield "sensitive", self._sensitive()
        yield "channels", self._channels()
        yield "until", "" if event.until is None else self._text("until", instant=self._instant(event.until))
        yield "notice", self._shown()
        yield "decided", self._instant(event.at)
        yield "recorded", self._instant(event.recorded)
        yield "how", self._how()
        yield "guardian", self._guardian()
        yield "basis", event.basis
        yield "erased", self._text("erased", count=str(len(event.erases))) if event.erases else ""
        if event.kind in LEAVES_A_CONSENT:
            yield "take_back", "" if notice is None else self._of(notice.withdrawal)
        else:
            yield "afterwards", self._of(AFTERWARDS[event.kind])
        yield "responsible", self._responsible()
        yield "number", event.id
        yield "person", event.person

    def _what(self) -> str:
        event = self._event
        if event.kind is EventKind.WITHDRAWN and not event.takes_back_everything:
            return self._text("taken_back_in_part")
        return self._of(KINDS[event.kind])

    def _purpose(self) -> str:
        if self._event.purpose is None:
            return self._text("every_purpose")
        name = self._of(PURPOSES[self._event.purpose])
        return name if self._notice is None else f"{name}: {self._of(self._notice.purpose_in_words)}"

    def _items(self) -> str:
        event = self._event
        if event.kind is EventKind.RENEWED:
            return self._text("as_before")
        if event.kind is EventKind.WITHDRAWN and event.takes_back_everything:
            return self._text("everything")
        if event.kind is EventKind.WITHDRAWN and event.sensitive:
            return ", ".join(filter(None, (self._list(FIELDS, Field, event.fields), self._text("sensitive"))))
        if event.kind is EventKind.GRANTED:
            return self._list(FIELDS, Field, event.fields) or self._text("none")
        return self._list(FIELDS, Field, event.fields)

    def _left_out(self) -> str:
        if self._event.kind is not EventKind.GRANTED or self._notice is None:
            return ""
        return self._list(FIELDS, Field, self._notice.fields - self._event.fields)

    def _sensitive(self) -> str:
        asked = None if self._notice is None else self._notice.sensitive
        if self._event.kind is not EventKind.GRANTED or asked is None:
            return ""
        return f"{self._of(asked.items)}: {self._text('yes' if self._event.sensitive else 'no')}"

    def _channels(self) -> str:
        found = self._list(CHANNELS, Channel, self._event.channels)
        if self._event.kind is EventKind.RENEWED:
            return self._text("as_before")
        return found or (self._text("none") if self._event.kind is EventKind.GRANTED else "")

    def _shown(self) -> str:
        event = self._event
        if not event.notice:
            return ""
        name = TEXTS.get(f"language_{event.language}")
        language = event.language if name is None else self._of(name)
        shown = self._text("notice", id=event.notice, language=language)
        return _BETWEEN.join((shown, self._text("hash", hash=event.notice_hash)))

    def _how(self) -> str:
        capture = self._event.capture
        parts = [self._of(METHODS[capture.method]), self._text("operator", value=capture.operator)]
        if capture.meeting:
            parts.append(self._text("meeting", value=capture.meeting))
        if capture.evidence:
            parts.append(self._text("evidence", value=capture.evidence))
        return _BETWEEN.join(parts)

    def _guardian(self) -> str:
        guardian = self._event.guardian
        if guardian is None:
            return ""
        instant_text = self._instant(guardian.verified_at)
        return self._text("guardian", check=self._of(CHECKS[guardian.check]), instant=instant_text)

    def _responsible(self) -> str:
        if self._notice is None:
            return ""
        controller = self._notice.controller
        named = (self._of(controller.name), self._of(controller.office), self._of(controller.address))
        return _BETWEEN.join((*named, controller.phone, controller.email))

    def _list(self, table: Table, order: Iterable[Term], chosen: frozenset[Field] | frozenset[Channel]) -> str:
        return ", ".join(self._of(table[word]) for word in order if word in chosen)

    def _instant(self, at: int) -> str:
        return self._of(instant(at))

    def _text(self, name: str, **values: str) -> str:
        return self._of(TEXTS[name]).format(**values)

    def _of(self, words: Words) -> str:
        return words.of(self._language)


def instant(at: int) -> Words:
    """Write an instant (epoch milliseconds) as the clock in Korea shows it."""
    when = _EPOCH + timedelta(milliseconds=min(at, _LAST)) + _KOREA
    return filled(
        TEXTS["instant"],
        year=str(when.year),
        month=str(when.month),
        month_name=MONTHS[when.month - 1],
        day=str(when.day),
        hour=f"{when.hour:02}",
        minute=f"{when.minute:02}",
    )


def written(lines: Sequence[dict[str, str]]) -> str:
    """Return lines as a text, a line each."""
    return "\n".join(f"{line['label']}: {line['text']}" for line in lines)
