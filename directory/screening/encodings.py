"""In which encoding a text file is: UTF-8, CP949 as Korean offices have it, or UTF-16 with its mark."""

import codecs
from typing import BinaryIO, Final

from directory.screening.errors import FileUnusable

_CHUNK: Final = 1 << 20
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_TRIED: Final = ("utf-8", "cp949")
# What begins like one of these is no text, whatever its name.
_BINARY: Final = (
    (b"\xd0\xcf\x11\xe0", "is an old or a protected Office file: save it as XLSX without a password, or as CSV"),
    (b"%PDF", "is a PDF, which is not screened: export the table as XLSX or CSV"),
)


def encoding_of(file: BinaryIO) -> str:
    """Return the encoding of a file that is at its beginning, reading it whole; raises FileUnusable for no text."""
    head = file.read(8)
    for begins, what in _BINARY:
        if head.startswith(begins):
            raise FileUnusable(f"The file {what}.")
    for mark, encoding in _MARKS:
        if head.startswith(mark):
            return encoding
    for encoding in _TRIED:
        file.seek(0)
        if _is_in(file, encoding):
            return encoding
    raise FileUnusable(
        "The file is neither text in UTF-8, CP949 or UTF-16 with a byte order mark, nor XLSX: save it as one of these."
    )


def _is_in(file: BinaryIO, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            # No text has this byte; a text in UTF-16 has its mark.
            if b"\0" in chunk:
                return False
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True
