"""The book of the published notices as it lies in files: read and checked at the start, and added to by publishing.

Each text has a file. `published.json` says of each since when it is published and which hash it had then, so that a
published text that was changed is noticed, whoever changed it.
"""

import json
import os
import re
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Final, Self

from consent.canonical import Content
from consent.errors import ErrorCode
from consent.korean_time import in_seoul
from consent.notice_book import NoticeBook
from consent.notice_parts import Notice, slug
from consent.notice_rules import Fault, faults
from consent.notices import Unpublishable, content, content_hash, publish
from consent.vocabulary import Purpose
from directory.notices.drafts import read_draft
from directory.notices.errors import NoticeTextBroken
from directory.screening.values import refused_in

FOLDER: Final = Path(__file__).parent
_LIST: Final = "published.json"
_TEXTS: Final = "texts"
_ID: Final = re.compile(r"[a-z-]+/[1-9][0-9]{0,5}")


@dataclass(frozen=True, slots=True)
class Listed:
    """A published notice in the list: its id, since when it is published (ISO 8601 with an offset), and its hash."""

    id: str
    published: str
    sha256: str

    @property
    def at(self) -> int:
        """Since when it is published, in epoch milliseconds."""
        return round(datetime.fromisoformat(self.published).timestamp() * 1000)

    def checked(self) -> Self:
        """Return itself where it can be used; raises TypeError or ValueError where it can't."""
        if datetime.fromisoformat(self.published).tzinfo is None or not _ID.fullmatch(self.id):
            raise ValueError("An entry names a notice and an instant.")
        return self


def load_book(folder: Path = FOLDER) -> NoticeBook:
    """Read the published notices; there is one for every purpose.

    Raises NoticeTextBroken for a file that is missing, not published or can't be read, and NoticeRefused for a text
    that was changed since it was published, or that does not follow the one before.
    """
    listed = _read_list(folder)
    stray = {path.name for path in (folder / _TEXTS).glob("*.toml")} - {_file(entry.id) for entry in listed}
    # The next version of a text is what a publishing that was cut off has left: it is not published, and no fault.
    stray -= {_file(_next(entry.id)) for entry in listed}
    if stray:
        raise NoticeTextBroken(min(stray), "which is not published: publish it, or keep it elsewhere")
    notices = [_read_published(folder, entry) for entry in listed]
    book = NoticeBook(notices, {entry.id: entry.sha256 for entry in listed})
    for purpose in Purpose:
        if not any(notice.purpose is purpose for notice in notices):
            raise NoticeTextBroken(_LIST, f"which has no notice of {slug(purpose)}")
    return book


def publish_draft(text: str, at: int, folder: Path = FOLDER) -> Notice | Unpublishable:
    """Publish the text of a draft: add its file and its hash; or return everything that hinders it, and write nothing.

    Raises what `load_book` raises where the book is not in order before.
    """
    found = check_draft(text, at, folder)
    if isinstance(found, Unpublishable):
        return found
    listed = [*_read_list(folder), Listed(found.id, _written(at), content_hash(found))]
    # The text first: a list that names a text that is not there would keep the service from starting.
    _write(folder / _TEXTS / _file(found.id), text)
    written = json.dumps([asdict(entry) for entry in listed], indent=2)
    _write(folder / _LIST, f"{written}\n")
    return found


def check_draft(text: str, at: int, folder: Path = FOLDER) -> Notice | Unpublishable:
    """Return a draft as it would be published at an instant, or everything that hinders it."""
    book = load_book(folder)
    draft = read_draft(text)
    if draft is None:
        return Unpublishable((Fault(ErrorCode.NOTICE_VALUE, "the file, which is no TOML"),))
    *_, last = (notice for notice in book.notices if notice.purpose is draft.notice.purpose)
    published = publish(draft.notice, last, at)
    if not draft.faults:
        return _screened(published)
    if any(fault.part == "purpose" for fault in draft.faults):
        # What it would succeed is not known.
        return Unpublishable(draft.all_faults(faults(draft.notice)))
    return Unpublishable(draft.all_faults(published.faults if isinstance(published, Unpublishable) else ()))


def _screened(published: Notice | Unpublishable) -> Notice | Unpublishable:
    """Refuse a text with a number that identifies somebody (U9): it would stand in every receipt from then on."""
    if isinstance(published, Unpublishable):
        return published
    parts = content(published)
    # The names of a notice's parts are ours, and may be told.
    found = dict.fromkeys(place for place, _ in refused_in(parts, "", known=frozenset(_names(parts))))
    faulty = tuple(Fault(ErrorCode.IDENTIFIER_REFUSED, place) for place in found)
    return Unpublishable(faulty) if faulty else published


def _names(parts: Content) -> Iterator[str]:
    """Give the name of every part, of any depth."""
    if isinstance(parts, dict):
        yield from parts
    inner = parts.values() if isinstance(parts, dict) else parts if isinstance(parts, list) else ()
    for each in inner:
        yield from _names(each)


def _write(path: Path, text: str) -> None:
    """Write a file whole or not at all, also where the machine stops meanwhile."""
    part = path.with_name(f".{path.name}.part")
    with part.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)


def _next(id_: str) -> str:
    name, _, version = id_.rpartition("/")
    return f"{name}/{int(version) + 1}"


def _read_published(folder: Path, entry: Listed) -> Notice:
    name = _file(entry.id)
    path = folder / _TEXTS / name
    draft = read_draft(path.read_text(encoding="utf-8")) if path.is_file() else None
    if draft is None:
        raise NoticeTextBroken(name, "which is not there or no TOML")
    for fault in draft.all_faults(faults(draft.notice)):
        raise NoticeTextBroken(name, str(fault))
    if draft.notice.id != entry.id:
        raise NoticeTextBroken(name, "whose purpose and version are those of another file")
    return replace(draft.notice, published=entry.at)


def _read_list(folder: Path) -> list[Listed]:
    try:
        return [Listed(**entry).checked() for entry in json.loads((folder / _LIST).read_text(encoding="utf-8"))]
    except (OSError, TypeError, ValueError):
        raise NoticeTextBroken(_LIST, "which lists id, published and sha256 of every notice") from None


def _file(id_: str) -> str:
    """Name the file of a notice, in the one folder, whatever the id is."""
    return f"{id_.replace('/', '-')}.toml"


def _written(at: int) -> str:
    return in_seoul(at).isoformat(timespec="milliseconds")
