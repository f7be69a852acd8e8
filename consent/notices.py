"""Notices: publishing a version for good, its hash, and whether a successor has to ask people again."""

import re
from dataclasses import dataclass, fields, is_dataclass, replace
from hashlib import sha256
from typing import Final

from consent.canonical import Content, canonical
from consent.errors import ErrorCode
from consent.notice_parts import Language, Notice, Words
from consent.notice_rules import REGIONS, Fault, faults, texts

__all__ = ["Fault", "Notice", "Unpublishable", "changes_substance", "content", "content_hash", "publish"]

# The parts in which every word says who gets what, or by which right: no change in them is a correction.
_BINDING: Final = (
    "controller",
    "sensitive",
    "recipients_in_words",
    "recipients",
    "overseas_in_words",
    "overseas",
    "promotion",
)
_NUMBER: Final = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Unpublishable:
    """Why a draft was not published: every part that is missing or wrong."""

    faults: tuple[Fault, ...]


def publish(
    draft: Notice, predecessor: Notice | None, at: int, regions: frozenset[str] = REGIONS
) -> Notice | Unpublishable:
    """Return the draft as published at an instant, from when on it is never changed; or everything that hinders it.

    `predecessor` is the last published version of the same purpose, None where there is none; `regions` are the
    countries that may see the data (P13).
    """
    found = [*faults(draft, regions), *_succession(draft, predecessor, at)]
    return Unpublishable(tuple(dict.fromkeys(found))) if found else replace(draft, published=at)


def _succession(draft: Notice, predecessor: Notice | None, at: int) -> list[Fault]:
    found = []
    if draft.published is not None:
        found.append(Fault(ErrorCode.NOTICE_PUBLISHED, "published"))
    if predecessor is None:
        if draft.version != 1:
            found.append(Fault(ErrorCode.NOTICE_VERSION, "version"))
        if draft.correction is not None:
            found.append(Fault(ErrorCode.NOTICE_CORRECTION, "correction"))
        return found
    if predecessor.purpose is not draft.purpose or predecessor.published is None:
        return [*found, Fault(ErrorCode.NOTICE_PREDECESSOR, "purpose")]
    if draft.version != predecessor.version + 1:
        found.append(Fault(ErrorCode.NOTICE_VERSION, "version"))
    if at <= predecessor.published:
        found.append(Fault(ErrorCode.NOTICE_ORDER, "published"))
    if _told(draft) == _told(predecessor):
        found.append(Fault(ErrorCode.NOTICE_UNCHANGED, "version"))
    elif draft.correction is not None and _substance(draft) != _substance(predecessor):
        found.append(Fault(ErrorCode.NOTICE_CORRECTION, "correction"))
    return found


def changes_substance(old: Notice, new: Notice) -> bool:
    """Say whether who agreed under the old version has to be asked again under the new one, its successor.

    Whatever changed is taken for substance, unless the new version declares that it corrects wording alone, and that
    can be true: everything structured is the same, every number in the text is, and every word about who is given
    what. (P1: changing any part needs fresh consent. A slip of the pen must be mendable without asking half a million
    people, or it would never be mended.)
    """
    if _told(old) == _told(new):
        return False
    return new.correction is None or _substance(old) != _substance(new)


def content(notice: Notice) -> dict[str, Content]:
    """Return the notice as the JSON object that is hashed, under its id; parts that it does not have are left out.

    So a part that notices get later leaves the hashes of those that lack it as they were.
    """
    plain = _plain(notice)
    assert isinstance(plain, dict)  # noqa: S101 - a notice is no text and no list.
    return {"id": notice.id, **plain}


def content_hash(notice: Notice) -> str:
    """Return the SHA-256 of the notice's canonical content, in hexadecimal: what an event says that was shown."""
    return sha256(canonical(content(notice))).hexdigest()


def _plain(value: object) -> Content:
    if is_dataclass(value):
        parts = {field.name: getattr(value, field.name) for field in fields(value)}
        return {name: _plain(part) for name, part in parts.items() if part is not None and part != ()}
    if isinstance(value, tuple):
        return [_plain(each) for each in value]
    assert isinstance(value, (str, int))  # noqa: S101 - the parts of a notice are made of nothing else.
    # Plain text, since a word of the vocabulary is a text of its own class.
    return value if isinstance(value, int) else str(value)


def _told(notice: Notice) -> Notice:
    """Return what a notice says, whichever version it is."""
    return replace(notice, version=0, published=None, correction=None)


def _substance(notice: Notice) -> tuple[object, ...]:
    """Return what no correction may touch."""
    binding = tuple(getattr(notice, name) for name in _BINDING)
    numbers = [(part, _numbers(words)) for part, words in texts(_told(notice))]
    return binding, numbers, _without_words(_told(notice))


def _numbers(words: Words) -> list[list[str]]:
    return [sorted(_NUMBER.findall(words.of(language))) for language in Language]


def _without_words(value: object) -> object:
    """Return the structure of a notice: everything in it but its texts."""
    if isinstance(value, Words):
        return None
    if isinstance(value, tuple):
        return [_without_words(each) for each in value]
    if is_dataclass(value):
        return {field.name: _without_words(getattr(value, field.name)) for field in fields(value)}
    return value
