"""A file of any of the kinds that are screened: text, CSV, XLSX; nothing of it is copied, and nothing kept."""

import io
import stat
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Final

from consent.identifiers.screen import is_clean, screen
from directory.screening.encodings import encoding_of
from directory.screening.errors import FileUnusable
from directory.screening.report import Found, Place, Report
from directory.screening.tables import screen_table
from directory.screening.texts import screen_text
from directory.screening.workbooks import screen_workbook

Progress = Callable[[int, int], None]
_ARCHIVE: Final = b"PK"
_TABLES: Final = frozenset({".csv", ".tsv"})
_NAME: Final = "the file's name"


def screen_file(path: Path, shown: str, progress: Progress) -> Report:
    """Return what is found in a file, which the report calls `shown`; `progress` is told bytes, and how many there are.

    What can't be read as a whole is reported as unusable, in a sentence.
    """
    report = Report(shown)
    report.add(Found(Place(None, None, None, _NAME, each.start, each.end), each.rule) for each in screen(path.name))
    try:
        with _opened(path) as file:
            size = path.stat().st_size
            for kind, texts, found in _steps(file, path.suffix.lower()):
                report.kind = kind
                report.texts += texts
                report.add(found)
                progress(min(file.tell(), size), size)
    except FileUnusable as unusable:
        report.unusable = str(unusable)
    except OSError as failure:
        report.unusable = f"The file can't be read: {failure.strerror or type(failure).__name__}."
    return report


def shown_name(path: Path, number: int) -> str:
    """Return a file's name as it may be shown: a number in its place where it holds an identifier itself."""
    return str(path) if is_clean(str(path)) else f"file {number}"


def _opened(path: Path) -> BinaryIO:
    mode = path.stat().st_mode
    if stat.S_ISDIR(mode):
        raise FileUnusable("This is a folder: name the files in it.")
    if not stat.S_ISREG(mode):
        raise FileUnusable("This is no regular file: save what it gives as a file first.")
    return path.open("rb")


def _steps(file: BinaryIO, suffix: str) -> Iterator[tuple[str, int, list[Found]]]:
    head = file.read(2)
    file.seek(0)
    if not head:
        raise FileUnusable("The file is empty.")
    if head == _ARCHIVE:
        yield from (("workbook", *step) for step in screen_workbook(file))
        return
    encoding = encoding_of(file)
    file.seek(0)
    kind, screened = ("table", screen_table) if suffix in _TABLES else ("text", screen_text)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield from ((kind, *step) for step in screened(text))
    except UnicodeDecodeError:
        raise FileUnusable("The file's encoding changes within it, or it is cut off: save it again in UTF-8.") from None
    finally:
        text.detach()
