"""Reading the text of a notice as it is written by hand (TOML), with every part that is missing or wrong."""

import tomllib
from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields, is_dataclass
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Final, get_args, get_origin, get_type_hints

from consent.errors import ErrorCode
from consent.notice_parts import Notice
from consent.notice_rules import Fault
from consent.vocabulary import Purpose

_ABSENT: Final = object()
# What stands in the place of a purpose or a version that could not be read, so that the rest can be looked at.
_STAND_INS: Final[dict[str, Any]] = {"purpose": Purpose.ENROLMENT, "version": 0}


@dataclass(frozen=True, slots=True)
class Draft:
    """A notice as its file has it, and the parts that could not be read; a text that is not there is empty."""

    notice: Notice
    faults: tuple[Fault, ...]

    def all_faults(self, further: tuple[Fault, ...]) -> tuple[Fault, ...]:
        """Return the faults of reading and further ones, one for each part: what can't be read is not missing too."""
        return tuple({fault.part: fault for fault in (*reversed(further), *reversed(self.faults))}.values())[::-1]


def read_draft(text: str) -> Draft | None:
    """Read a notice's file; None where it is no TOML at all. When it was published is no part of it."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return None
    found: list[Fault] = []
    if "published" in document:
        found.append(Fault(ErrorCode.NOTICE_PUBLISHED, "published"))
    given = {name: value for name, value in document.items() if name != "published"}
    parts = _parts(Notice, given, "", found)
    return Draft(Notice(**{**_STAND_INS, **parts}), tuple(found))


def _parts(kind: type[Any], given: Mapping[str, Any], part: str, found: list[Fault]) -> dict[str, Any]:
    """Read a table as the parts of a dataclass, noting what is missing, wrong or unknown."""
    hints = get_type_hints(kind)
    # A name that no part has is not repeated: it may be anything.
    if not given.keys() <= hints.keys():
        found.append(Fault(ErrorCode.NOTICE_VALUE, part or "the names of the parts"))
    read = {}
    for field in fields(kind):
        inner = f"{part}.{field.name}" if part else field.name
        if field.name in given:
            value = _value(hints[field.name], given[field.name], inner, found)
            if value is not _ABSENT:
                read[field.name] = value
        elif field.default is MISSING:
            found.append(Fault(ErrorCode.NOTICE_INCOMPLETE, inner))
    return read


def _value(kind: Any, given: object, part: str, found: list[Fault]) -> Any:  # noqa: ANN401 - whatever the part's type is.
    """Read one value as a part of the given type, or note that it can't be one."""
    if isinstance(kind, UnionType):
        kind = next(each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is tuple and isinstance(given, list):
        read = [_value(get_args(kind)[0], each, f"{part}.{place}", found) for place, each in enumerate(given, 1)]
        return tuple(each for each in read if each is not _ABSENT)
    if isinstance(kind, type) and is_dataclass(kind) and isinstance(given, dict):
        parts = _parts(kind, given, part, found)
        needed = {field.name for field in fields(kind) if field.default is MISSING}
        return kind(**parts) if needed <= parts.keys() else _ABSENT
    if isinstance(kind, type) and issubclass(kind, Enum):
        if given in {member.value for member in kind}:
            return kind(given)
    elif type(given) is kind:
        return given
    found.append(Fault(ErrorCode.NOTICE_VALUE, part))
    return _ABSENT
