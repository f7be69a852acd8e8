"""Looking for people's names, numbers and addresses in bytes, in every encoding in which they could stand there."""

import base64
import re
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

# No needle is shorter: three syllables take six bytes in the shortest of the encodings.
_SHORTEST: Final = 6
_ZEROS: Final = re.compile(rb"\x00{16,}")
_TEXT: Final = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "cp949")


def numbers(phone: str) -> set[str]:
    """Give the forms of a number in E.164: international, national, with every usual separator."""
    area, middle, last = phone[3:5], phone[5:9], phone[9:]
    parts = [("0" + area, middle, last), ("+82", area, middle, last), ("82", area, middle, last), (area, middle, last)]
    return {separator.join(form) for form in parts for separator in ("", "-", " ", ".")}


def encodings(text: str) -> Iterator[bytes]:
    """Give the bytes that a text could be written as, hexadecimal, base64 and escapes among them."""
    forms = {text, unicodedata.normalize("NFD", text), text.upper()}
    for form in forms:
        for codec in _TEXT:
            try:
                raw = form.encode(codec)
            except UnicodeEncodeError:
                continue
            yield raw
            yield raw.hex().encode()
            yield raw.hex().upper().encode()
            yield from _base64(raw)
        yield form.encode("ascii", "backslashreplace")
        yield form.encode("ascii", "xmlcharrefreplace")
    yield text[::-1].encode()


def _base64(raw: bytes) -> Iterator[bytes]:
    """Give what base64 makes of the bytes wherever they begin, without the characters that its neighbours decide."""
    for shift in range(3):
        encoded = base64.b64encode(b"\x00" * shift + raw)
        inner = encoded[-(-shift * 4 // 3) : len(encoded) - 4 if len(encoded) > 12 else -3]
        yield inner
        yield inner.translate(bytes.maketrans(b"+/", b"-_"))


class Search:
    """Finds any of many texts in bytes, in one pass."""

    def __init__(self, texts: Iterable[str]) -> None:
        """Take the texts, each of at least three syllables or six letters."""
        self._needles: dict[bytes, set[tuple[bytes, str]]] = {}
        for text in texts:
            for needle in encodings(text):
                if len(needle) >= _SHORTEST:
                    self._needles.setdefault(needle[:_SHORTEST], set()).add((needle, text))

    def found_in(self, content: bytes) -> set[str]:
        """Give the texts that are in some bytes."""
        found: set[str] = set()
        needles = self._needles
        for part in _ZEROS.split(content):
            for at in range(len(part) - _SHORTEST + 1):
                if (begun := part[at : at + _SHORTEST]) in needles:
                    found |= {text for needle, text in needles[begun] if part.startswith(needle, at)}
        return found

    def found_under(self, folder: Path) -> dict[str, set[str]]:
        """Give what is found in the files of a folder, by file."""
        found = {}
        for file in sorted(folder.rglob("*")):
            if file.is_file() and (texts := self.found_in(file.read_bytes())):
                found[str(file.relative_to(folder))] = texts
        return found
