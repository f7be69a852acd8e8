"""The texts of a workbook outside its cells: names of sheets, comments, drawings, headings, and who made it."""

import html
import re
import zipfile
from collections.abc import Iterator
from typing import IO, Final
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import iterparse

_NAMES: Final = {
    "xl/workbook": "names of sheets and cells",
    "xl/comments": "comments",
    "xl/threadedComments": "comments",
    "xl/drawings": "drawings",
    "xl/charts": "charts",
    "xl/tables": "names of tables",
    "xl/persons": "authors",
    "docProps": "properties of the file",
}
_SHEETS: Final = "xl/worksheets/"
# A text can be cut into runs of letters that look alike: it is read as the whole that it is shown as.
_WHOLE: Final = frozenset({"comment", "threadedComment", "p", "definedName", "si"})
_END_OF_CELLS: Final = re.compile(rb"</(?:\w{1,20}:)?sheetData>|<(?:\w{1,20}:)?sheetData\s{0,9}/>")
_LONGEST_TAG: Final = 64
_SLICE: Final = 1 << 20
_MOST_BEHIND: Final = 1 << 24
_TEXTS: Final = re.compile(r">([^<]+)<|=\"([^\"]*)\"")
_SHOWN_ATTRIBUTES: Final = (
    "name",
    "displayName",
    "descr",
    "title",
    "author",
    "tooltip",
    "display",
    "prompt",
    "promptTitle",
)


def texts_of_parts(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    """Give each text with the name of the part that it is in."""
    for part in archive.infolist():
        name = next((said for begins, said in _NAMES.items() if part.filename.startswith(begins)), None)
        if not part.filename.endswith((".xml", ".vml")):
            continue
        if name is not None:
            yield from ((name, text) for text in _texts(archive, part))
        elif part.filename.startswith(_SHEETS):
            yield from (("headings, links and hints of a sheet", text) for text in _of_sheet(archive, part))


def _texts(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[str]:
    inside = 0
    with archive.open(part) as content:
        for event, element in iterparse(content, events=("start", "end"), forbid_dtd=True):
            whole = _local(element) in _WHOLE
            if event == "start":
                inside += whole
                continue
            inside -= whole
            yield from _shown(element)
            if whole and not inside:
                yield "".join(element.itertext())
            elif not inside and element.text and element.text.strip():
                yield element.text
            if not inside:
                element.clear()


def _of_sheet(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> Iterator[str]:
    """Give the texts that stand behind a sheet's cells: headings, links, hints, lists to choose from."""
    with archive.open(part) as content:
        behind = _behind_cells(content)
    for text, attribute in _TEXTS.findall(behind.decode(errors="replace")):
        if shown := html.unescape(text or attribute).strip():
            yield shown


def _behind_cells(content: IO[bytes]) -> bytes:
    before = b""
    while piece := content.read(_SLICE):
        before = before[-_LONGEST_TAG:] + piece
        if end := _END_OF_CELLS.search(before):
            return before[end.end() :] + content.read(_MOST_BEHIND)
    return b""


def _shown(element: Element) -> Iterator[str]:
    for attribute in _SHOWN_ATTRIBUTES:
        if value := element.get(attribute):
            yield value


def _local(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]
