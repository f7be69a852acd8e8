"""GraphQL documents: names, literals, numbers and comments, as they stand and as their escapes are read (U9)."""

import re
from collections import OrderedDict
from typing import Final

from consent.errors import IdentifierRefused
from consent.identifiers.rules import Finding
from consent.identifiers.screen import screen

_ESCAPE: Final = re.compile(
    r"\\u\{([0-9A-Fa-f]{1,8})\}|\\u([dD][89abAB][0-9A-Fa-f]{2})\\u([dD][c-fC-F][0-9A-Fa-f]{2})"
    r"|\\u([0-9A-Fa-f]{4})|\\(.)",
    re.DOTALL,
)
_POWER: Final = re.compile(r"-?[0-9]+(?:\.[0-9]+)?[eE][+-]?[0-9]{1,3}(?![0-9])")
_PLAIN: Final = {"n": "\n", "t": "\t", "r": "\r", "b": "\b", "f": "\f"}
_SURROGATES: Final = range(0xD800, 0xE000)
_LAST_CHARACTER: Final = 0x10FFFF
# Programs send the same few documents again and again.
_MOST_KEPT: Final = 256
_LONGEST_KEPT: Final = 8_192


class DocumentScreen:
    """Screens documents, and remembers some that were clean."""

    def __init__(self) -> None:
        """Begin with none remembered."""
        self._clean: OrderedDict[str, None] = OrderedDict()

    def require_clean(self, document: str) -> None:
        """Raise IdentifierRefused with line and column where a document holds what looks like an identifier."""
        if document in self._clean:
            self._clean.move_to_end(document)
            return
        for finding in _findings(document):
            line = document.count("\n", 0, finding.start) + 1
            column = finding.start - document.rfind("\n", 0, finding.start)
            raise IdentifierRefused(finding.rule, f"query, line {line}, column {column}")
        if len(document) <= _LONGEST_KEPT:
            self._clean[document] = None
            if len(self._clean) > _MOST_KEPT:
                self._clean.popitem(last=False)


def _findings(document: str) -> tuple[Finding, ...]:
    found = screen(document)
    if not found and "\\" in document:
        text, starts = _read(document)
        found = tuple(Finding(starts[each.start], starts[each.end - 1] + 1, each.rule) for each in screen(text))
    return found or _powers(document)


def _powers(document: str) -> tuple[Finding, ...]:
    """Screen numbers that are written with an exponent as the numbers that they are."""
    return tuple(
        Finding(*number.span(), each.rule)
        for number in _POWER.finditer(document)
        for each in screen(f"{float(number[0]):f}")
    )


def _read(document: str) -> tuple[str, list[int]]:
    """Return the document with its escapes read, and where each character began."""
    text: list[str] = []
    starts: list[int] = []
    place = 0
    for escape in _ESCAPE.finditer(document):
        text += document[place : escape.start()]
        starts += range(place, escape.start())
        text.append(_escaped(escape))
        starts.append(escape.start())
        place = escape.end()
    text += document[place:]
    starts += range(place, len(document))
    return "".join(text), starts


def _escaped(escape: re.Match[str]) -> str:
    wide, high, low, narrow, plain = escape.groups()
    if plain is not None:
        return _PLAIN.get(plain, plain)
    if high is not None:
        return chr(0x10000 + ((int(high, 16) - 0xD800) << 10) + int(low, 16) - 0xDC00)
    code = int(wide or narrow, 16)
    return "\ufffd" if code in _SURROGATES or code > _LAST_CHARACTER else chr(code)
