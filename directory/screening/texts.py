"""Text files, read as a stream: a number that is broken over two lines is found as well."""

from collections.abc import Iterator
from typing import Final, TextIO

from consent.identifiers.screen import screen
from directory.screening.report import Found, Place

# So much is read at once. So much before and after a number is seen with it, such as the word that names it.
_CHUNK: Final = 16_384
_AROUND: Final = 256


def screen_text(text: TextIO) -> Iterator[tuple[int, list[Found]]]:
    """Give for each part of a text how many lines ended in it, and what was found there."""
    window, line, column = "", 1, 0
    # Up to where in the window everything that begins was told.
    told = 0
    while True:
        more = text.read(_CHUNK)
        window += more
        whole = len(window) - _AROUND if more else len(window)
        found = []
        for each in screen(window):
            if told <= each.start < whole:
                breaks = window.count("\n", 0, each.start)
                first = each.start - window.rfind("\n", 0, each.start) - 1 if breaks else column + each.start
                last = first + each.end - each.start
                found.append(Found(Place(line + breaks, str(first + 1), None, None, first, last), each.rule))
        yield more.count("\n"), found
        if not more:
            return
        cut = max(whole - _AROUND, 0)
        breaks = window.count("\n", 0, cut)
        line, column = line + breaks, cut - window.rfind("\n", 0, cut) - 1 if breaks else column + cut
        window, told = window[cut:], max(whole, told) - cut
