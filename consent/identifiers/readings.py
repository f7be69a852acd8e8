"""A text as the rules read it, in one alphabet, with the way back to where each character stood (U1, U2)."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Self

from consent.identifiers.characters import reading_of
from consent.identifiers.numerals import (
    ALIKE_BASE,
    ALIKES,
    BLANK,
    FAINT_ALIKES,
    HYPHEN_WORDS,
    LETTERS,
    SEPARATOR,
    SPOKEN_BASE,
    SPOKEN_DIGITS,
    SPOKEN_WORDS,
)

# Everything else is read as it stands; several spaces count as one.
_SPECIAL: Final = re.compile(r"\s{2,}|[^\n\t\x20-\x7e가-힣㐀-鿿]")
_SYLLABLE: Final = re.compile("[\u1100-\u1112][\u1161-\u1175][\u11a8-\u11c2]?")
# The other direction of writing: what is sent as 9-8-7 is shown as 7-8-9.
_BACKWARDS: Final = "\u202e"

# Ids of ours are hexadecimal: 32 digits, or groups of 8, 4, 4, 4 and 12. Digests have 40 or 64.
_IDS: Final = re.compile(
    r"(?<![0-9A-Za-z])"
    r"(?:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9A-F]{8}(?:-[0-9A-F]{4}){3}-[0-9A-F]{12}"
    r"|(?:[0-9a-f]{32}){1,2}|[0-9a-f]{40})(?![0-9A-Za-z])"
)
_FEWEST_LETTERS: Final = 3
_AROUND: Final = 40

_HYPHENS: Final = "|".join(HYPHEN_WORDS)
_SPOKEN: Final = f"(?i:{'|'.join(sorted(SPOKEN_WORDS, key=len, reverse=True))})"
_SINGLE: Final = f"[0-9{''.join(SPOKEN_DIGITS)}{re.escape(''.join((*ALIKES, *FAINT_ALIKES)))}\ue000-\ue009]"
_APART: Final = f"{SEPARATOR}{{0,8}}(?:(?:{_HYPHENS}|[년월일]){SEPARATOR}{{0,8}}){{0,3}}"
# A passport's number has eight numerals at most, a licence twelve, a registration thirteen.
_RUN: Final = re.compile(f"(?:{_SPOKEN}|{_SINGLE})(?:{_APART}(?:{_SPOKEN}|{_SINGLE})){{7,}}")
_SOFT: Final = re.compile(f"[{LETTERS}{re.escape(''.join((*ALIKES, *FAINT_ALIKES)))}]")
_PIECE: Final = re.compile(f"({_SPOKEN})|(하이픈|마이너스)|.", re.DOTALL)
_TOKEN: Final = re.compile("[0-9A-Za-z|ㅇㅣ丨○]+")
_FEWEST_FOR_FAINT: Final = 2


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """A text in the alphabet of the rules; `starts` and `ends` say which part of the original each character was.

    Both are None where the text stands as it was.
    """

    text: str
    starts: Sequence[int] | None
    ends: Sequence[int] | None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where in the original a part of this reading stood, which has at least one character."""
        if self.starts is None or self.ends is None:
            return start, end
        first, last = self.starts[start], self.starts[end - 1]
        return min(first, last), max(self.ends[start], self.ends[end - 1])

    def with_text(self, text: str) -> Self:
        """Return the same reading with another text of the same length."""
        return type(self)(text, self.starts, self.ends)


class _Writer:
    """Writes a reading piece by piece, each with the part of an earlier reading that it stands for."""

    def __init__(self, source: Reading) -> None:
        self._source = source
        self._text: list[str] = []
        self._starts: list[int] = []
        self._ends: list[int] = []

    def copy(self, start: int, end: int) -> None:
        source = self._source
        self._text.append(source.text[start:end])
        self._starts.extend(range(start, end) if source.starts is None else source.starts[start:end])
        self._ends.extend(range(start + 1, end + 1) if source.ends is None else source.ends[start:end])

    def put(self, character: str, start: int, end: int) -> None:
        first, last = self._source.span(start, end)
        self._text.append(character)
        self._starts.append(first)
        self._ends.append(last)

    def reading(self) -> Reading:
        return Reading("".join(self._text), self._starts, self._ends)


def read(text: str) -> Reading:
    """Return the text with its digits, letters, dashes and spaces made one, and without what shows nothing (U1)."""
    whole = Reading(text, None, None)
    writer = _Writer(whole)
    copied = 0
    for special in _SPECIAL.finditer(text):
        writer.copy(copied, special.start())
        for read_as in " " if special[0].isspace() else reading_of(special[0]):
            writer.put(read_as, *special.span())
        copied = special.end()
    if copied:
        writer.copy(copied, len(text))
        whole = _composed(writer.reading())
    return _without_ids(whole)


def backwards(text: str) -> Reading | None:
    """Return the text as it is shown where a character turns the direction of writing, None where none does."""
    if _BACKWARDS not in text:
        return None
    reading = read(text[::-1])
    assert reading.starts is not None  # noqa: S101 - a text with such a character is not ASCII.
    assert reading.ends is not None  # noqa: S101 - the same.
    length = len(text)
    return Reading(reading.text, [length - end for end in reading.ends], [length - start for start in reading.starts])


def with_words(reading: Reading) -> Reading | None:
    """Return the runs of numerals that are words or look-alikes made digits, with what is around them (U2).

    Returns None where there are none. What is far from all of them was read before.
    """
    runs = [run for run in _RUN.finditer(reading.text) if _SOFT.search(run[0])]
    if not runs:
        return None
    writer = _Writer(reading)
    # What is around each run is kept up to a space, so that no number is cut.
    begins = [max(reading.text.rfind(" ", 0, max(run.start() - _AROUND, 0)), 0) for run in runs]
    ends = [_space_from(reading.text, run.end() + _AROUND) for run in runs]
    copied = 0
    for run, begin, end in zip(runs, begins, [0, *ends], strict=False):
        if begin > max(copied, end):
            writer.copy(copied, max(copied, end))
            writer.put(BLANK, begin, begin + 1)
            copied = begin
        writer.copy(copied, run.start())
        faint = _in_numbers(run[0])
        for piece in _PIECE.finditer(reading.text, run.start(), run.end()):
            read_as = _piece(piece, faint=piece.start() - run.start() in faint)
            writer.put(read_as, piece.start(), piece.end())
        copied = run.end()
    writer.copy(copied, ends[-1])
    return writer.reading()


def _space_from(text: str, place: int) -> int:
    """Return where the first space from a place on stands, the end of the text where there is none."""
    found = text.find(" ", place)
    return len(text) if found < 0 else found


def _piece(piece: re.Match[str], *, faint: bool) -> str:
    """Return what a character or a word in a run of numerals is read as."""
    if piece[1]:
        return chr(SPOKEN_BASE + SPOKEN_WORDS[piece[1].lower()])
    if piece[2]:
        return "-"
    if (spoken := SPOKEN_DIGITS.get(piece[0])) is not None:
        return chr(SPOKEN_BASE + spoken)
    alike = ALIKES.get(piece[0])
    if alike is None and faint:
        alike = FAINT_ALIKES.get(piece[0])
    return piece[0] if alike is None else chr(ALIKE_BASE + alike)


def _in_numbers(run: str) -> set[int]:
    """Return the places in tokens that have digits, where a letter that faintly looks like a digit may be one."""
    return {
        place
        for token in _TOKEN.finditer(run)
        if sum(character.isdigit() for character in token[0]) >= _FEWEST_FOR_FAINT
        for place in range(*token.span())
    }


def _composed(reading: Reading) -> Reading:
    """Compose syllables that were written as their parts."""
    writer = _Writer(reading)
    copied = 0
    for syllable in _SYLLABLE.finditer(reading.text):
        writer.copy(copied, syllable.start())
        writer.put(unicodedata.normalize("NFC", syllable[0]), *syllable.span())
        copied = syllable.end()
    if not copied:
        return reading
    writer.copy(copied, len(reading.text))
    return writer.reading()


def _without_ids(reading: Reading) -> Reading:
    return reading.with_text(_IDS.sub(_blank, reading.text))


def _blank(found: re.Match[str]) -> str:
    """Return a blank for an id; what has hardly a letter in it is no random one."""
    letters = sum(character.isalpha() for character in found[0])
    return BLANK * len(found[0]) if letters >= _FEWEST_LETTERS else found[0]
