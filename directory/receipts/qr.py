"""The codes on a printed receipt: small enough to scan, with as much correction of errors as fits."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import segno
from segno import DataOverflowError, QRCode

from consent.receipt_codes import code_texts

SCANNABLE: Final = 25
"""The largest version that is scanned with ease: 117 modules, 0.6 mm each where two codes stand beside each other."""

# Of the smaller correction only where the usual one would make the code too fine.
_CORRECTIONS: Final = ("m", "l")


@dataclass(frozen=True, slots=True)
class Code:
    """A code with its text; `svg` is the drawing, in black, scaled by whoever shows it."""

    text: str
    svg: str
    version: int
    correction: str


def codes(document: Mapping[str, Any]) -> tuple[Code, ...]:
    """Return a receipt's codes: the record and the path; one that is too long for any code is left out."""
    drawn = (draw(text) for text in code_texts(document))
    return tuple(code for code in drawn if code is not None)


def draw(text: str) -> Code | None:
    """Draw a code, None where no code holds that much."""
    made = [code for correction in _CORRECTIONS if (code := _made(text, correction)) is not None]
    small = [code for code in made if _version(code) <= SCANNABLE]
    best = (small or made)[:1]
    return _code(text, best[0]) if best else None


def _made(text: str, correction: str) -> QRCode | None:
    try:
        return segno.make_qr(text, error=correction, mode="alphanumeric", boost_error=False)
    except DataOverflowError:
        return None


def _code(text: str, code: QRCode) -> Code:
    svg = code.svg_inline(border=4, omitsize=True, svgclass=None, lineclass=None)
    return Code(text, svg, _version(code), str(code.error))


def _version(code: QRCode) -> int:
    return int(code.version)
