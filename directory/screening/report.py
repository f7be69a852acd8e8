"""What the screening of a file finds: each place with its rule, so many that a person can go through them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Final

from consent.identifiers.rules import Rule

MOST_LISTED: Final = 1_000


@dataclass(frozen=True, slots=True)
class Place:
    """A place in a file: its line or row, its column, and for a workbook its sheet or another part of it.

    `column` is a character's place in a line of a text; in a table it is the column's letter, and `header` its name.
    `start` and `end` are characters of the cell, or of the line in a text.
    """

    row: int | None
    column: str | None
    header: str | None
    part: str | None
    start: int
    end: int

    def __str__(self) -> str:
        """Return it as a person would say it."""
        words = [self.part] if self.part else []
        if self.row is not None:
            words.append(f"row {self.row}" if self.column and self.column.isalpha() else f"line {self.row}")
        if self.column is not None:
            words.append(f"column {self.column}" + (f" ({self.header})" if self.header else ""))
        return ", ".join(words)


@dataclass(frozen=True, slots=True)
class Found:
    """A rule, and the place where it refuses."""

    place: Place
    rule: Rule

    def described(self) -> dict[str, Any]:
        """Return it as JSON."""
        place = self.place
        shown = {"part": place.part, "row": place.row, "column": place.column, "header": place.header}
        return {
            **{name: value for name, value in shown.items() if value is not None},
            "start": place.start,
            "end": place.end,
            "rule": self.rule.value,
            "what": self.rule.meaning,
            "what_ko": self.rule.korean,
        }


@dataclass(slots=True)
class Report:
    """What was found in one file; `unusable` says why it could not be read, and then nothing is known of the rest."""

    file: str
    kind: str = ""
    texts: int = 0
    found: int = 0
    listed: list[Found] = field(default_factory=list)
    unusable: str | None = None

    def add(self, found: Iterable[Found]) -> None:
        """Count what was found, and list the first of it."""
        for each in found:
            self.found += 1
            if len(self.listed) < MOST_LISTED:
                self.listed.append(each)

    def described(self) -> dict[str, Any]:
        """Return it as JSON."""
        return {
            "file": self.file,
            "kind": self.kind,
            "texts": self.texts,
            "found": self.found,
            "findings": [each.described() for each in self.listed],
            "not_listed": self.found - len(self.listed),
            "unusable": self.unusable,
        }
