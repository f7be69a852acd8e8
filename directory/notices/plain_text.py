"""A notice as plain text, for a terminal, an e-mail, or whoever reads without pages."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final
from unicodedata import east_asian_width

from consent.korean_time import in_seoul
from consent.notice_parts import Language, Notice
from directory.notices.labels import LABELS, named
from directory.notices.sections import Section, sections

WIDTH: Final = 76
"""How wide a line is at most, where a Korean letter is two wide."""

STANDS_OUT: Final = "▶ "
"""What a line opens with that stands out on a page by its size, weight and colour (P3)."""


def plain_text(notice: Notice, sha256: str, language: Language, *, synthetic: bool = False) -> str:
    """Write a notice as text, marked on top where its city is made up."""
    labels = LABELS[language]
    title = notice.title.of(language)
    lines = [*([_made_up(language), ""] if synthetic else []), title, "=" * min(width(title), WIDTH), ""]
    lines += [named(notice.purpose, language), _version(notice, language), ""]
    for section in sections(notice, language):
        lines += [f"■ {section.heading}", *_section(section), ""]
    return "\n".join([*lines, f"{labels.hash}: {sha256}", ""])


def day_of(notice: Notice) -> datetime:
    """Give the day, in Seoul, on which a notice was published."""
    return in_seoul(notice.published or 0)


def width(text: str) -> int:
    """Count the columns that a text takes."""
    return sum(2 if east_asian_width(letter) in "WF" else 1 for letter in text)


def _made_up(language: Language) -> str:
    if language == Language.KO:
        return "[가상 자료] 이 안내문의 도시는 지어낸 것입니다."
    return "[Synthetic data] The city of this notice is made up."


def _version(notice: Notice, language: Language) -> str:
    labels = LABELS[language]
    since = labels.since.format(day=day_of(notice).date().isoformat())
    return f"{notice.id} · {labels.version.format(number=notice.version)} · {since}"


def _section(section: Section) -> Iterator[str]:
    if section.standing_out:
        yield from _wrapped(section.standing_out, STANDS_OUT)
    for text in section.text:
        yield from _wrapped(text, "  ")
    for line in section.lines:
        yield from _wrapped(f"{line.name}: {line.text}", STANDS_OUT if line.stands_out else "- ")


def _wrapped(text: str, mark: str) -> Iterator[str]:
    """Break a text between words, each line after the first set in as far as the mark is wide."""
    indent = " " * width(mark)
    line = mark
    for word in text.split():
        joined = f"{line}{word}" if line in {mark, indent} else f"{line} {word}"
        if width(joined) > WIDTH and line not in {mark, indent}:
            yield line
            joined = f"{indent}{word}"
        line = joined
    yield line
