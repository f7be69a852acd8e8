"""Reading a notice from its content as `consent.notices.content` writes it, as a receipt carries it along."""

from collections.abc import Mapping
from dataclasses import is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from consent.canonical import canonical
from consent.notice_parts import Notice
from consent.notices import content


def read_notice(given: Mapping[str, Any]) -> Notice | None:
    """Return the notice; None for what is not, to the letter, the content of one."""
    try:
        notice: Notice = _read(Notice, {name: part for name, part in given.items() if name != "id"})
        same = canonical(content(notice)) == canonical(given)
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    return notice if same else None


@cache
def _hints(kind: type[Any]) -> dict[str, Any]:
    return get_type_hints(kind)


def _read(kind: Any, given: Any) -> Any:  # noqa: ANN401 - whatever the part's type is.
    """Read one value as a part of the given type; raises one of the errors that `read_notice` waits for."""
    if isinstance(kind, UnionType):
        kind = next(each for each in get_args(kind) if each is not NoneType)
    if get_origin(kind) is tuple:
        return tuple(_read(get_args(kind)[0], each) for each in given)
    if is_dataclass(kind):
        make: Any = kind
        hints = _hints(make)
        return make(**{name: _read(hints[name], part) for name, part in given.items()})
    if issubclass(kind, Enum):
        return kind(given)
    if type(given) is not kind:
        raise TypeError
    return given
