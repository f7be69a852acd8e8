"""How a walk is cut into parts that both engines answer at once: an index into windows, a roster into runs of bodies.

Neither a limit nor an order keeps the embedded engine from reading a whole index, but a range with both ends does
(docs/decisions.md). Ids are random, so that a window's share of the id space is its share of the people: a walk
asks for a window in which it expects a page, and for a wider one when it found less.
"""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Self

_DIGITS: Final = 8
_SPAN: Final = 16**_DIGITS
_AFTER_EVERY_ID: Final = "g"  # ids are hexadecimal, so that every id sorts before this letter


@dataclass(frozen=True, slots=True)
class Window:
    """A range of keys with both ends exclusive, and how far along its axis it ends."""

    low: str
    high: str
    end: int


@dataclass(frozen=True, slots=True)
class Axis:
    """The keys that a walk goes along: each is one of `prefixes`, ascending, followed by a random id.

    A walk by id has the one prefix "", a walk by place one prefix a dong. `borders` are the indexes of the prefixes
    between which and their forerunner other people's keys lie: no window crosses one. `people` is about how many
    keys there are; a wrong number costs time and changes no answer.
    """

    prefixes: tuple[str, ...]
    borders: tuple[int, ...]
    people: int

    @classmethod
    def by_id(cls, people: int) -> Self:
        """Return the axis of all ids."""
        return cls(("",), (), people)

    @classmethod
    def by_place(cls, dongs: Iterable[str], every_dong: Sequence[str], people: int) -> Self:
        """Return the axis of the places in `dongs`, some of `every_dong`, where `people` live in all dongs."""
        ranks = {code: rank for rank, code in enumerate(sorted(every_dong))}
        chosen = sorted(set(dongs))
        borders = [index for index in range(1, len(chosen)) if ranks[chosen[index]] != ranks[chosen[index - 1]] + 1]
        share = len(chosen) / max(len(ranks), 1)
        return cls(tuple(f"{code}:" for code in chosen), tuple(borders), round(people * share))

    @property
    def length(self) -> int:
        """Where the axis ends: so many ids for each prefix."""
        return len(self.prefixes) * _SPAN

    def width_for(self, people: float) -> int:
        """Return the width in which about so many people are expected, at least 1."""
        return int(self.length * people / max(self.people, 1)) + 1

    def position(self, key: str) -> int:
        """Return how far along the axis a key of it stands."""
        index = max(bisect_right(self.prefixes, key) - 1, 0)
        return index * _SPAN + int(key[len(self.prefixes[index]) :][:_DIGITS], 16)

    def window(self, after: str | None, start: int, width: int) -> Window:
        """Return the window from `start`, of `width` or up to the next border, without the keys up to `after`."""
        limit = self.length
        next_border = bisect_right(self.borders, start // _SPAN)
        if next_border < len(self.borders):
            limit = self.borders[next_border] * _SPAN
        end = min(start + width, limit)
        low = self.prefixes[start // _SPAN] + f"{start % _SPAN:0{_DIGITS}x}"
        # Keys are longer than a bound of eight digits, so that an exclusive bound leaves none of them out.
        if end % _SPAN:
            high = self.prefixes[end // _SPAN] + f"{end % _SPAN:0{_DIGITS}x}"
        else:
            high = self.prefixes[end // _SPAN - 1] + _AFTER_EVERY_ID
        return Window(low if after is None or after < low else after, high, end)


def run_length(sizes: Sequence[int], wanted: int) -> int:
    """Return how many bodies of these sizes to read together for about `wanted` people, at least one.

    One that has more by itself is read by itself.
    """
    length = members = 0
    for size in sizes:
        if length and size > wanted:
            break
        length, members = length + 1, members + size
        if members >= wanted:
            break
    return length
