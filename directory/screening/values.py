"""Values as they come in, of any depth: every text, number and key in them passes the screen (U9)."""

from collections.abc import Iterator, Mapping
from typing import Final

from consent.errors import IdentifierRefused
from consent.identifiers.rules import FieldKind, Rule
from consent.identifiers.screen import screen_labelled
from directory.screening.labels import telling

Step = tuple[object, str, str]
NOTHING_KNOWN: Final[frozenset[str]] = frozenset()


def require_clean(
    value: object, where: str, *, known: frozenset[str] = NOTHING_KNOWN, field: FieldKind = FieldKind.TEXT
) -> None:
    """Raise IdentifierRefused where a value, or anything in it, looks like an identifier; it says the rule and where.

    `where` names the value, as `variables` does. Keys are named where they are in `known`, and counted otherwise:
    a key is something that was sent, and can be personal itself. `field` is what the value is meant to be.
    """
    for place, rule in refused_in(value, where, known=known, field=field):
        raise IdentifierRefused(rule, place)


def refused_in(
    value: object, where: str, *, known: frozenset[str] = NOTHING_KNOWN, field: FieldKind = FieldKind.TEXT
) -> Iterator[tuple[str, Rule]]:
    """Give each place in a value that a rule refuses, in order."""
    # Not by recursion: what was sent can be deeper than the stack.
    steps: list[Step] = [(value, where, "")]
    while steps:
        found, place, label = steps.pop()
        text = _text_of(found)
        if text is not None:
            for finding in screen_labelled(label, text, field=field):
                yield place, finding.rule
        elif isinstance(found, Mapping):
            inner: list[Step] = []
            for number, (key, below) in enumerate(found.items(), 1):
                name = str(key)
                yield from refused_in(name, f"a key of {place or 'the body'}")
                named = f".{name}" if name in known else f".(key {number})"
                inner.append((below, f"{place}{named}".lstrip("."), telling(name)))
            steps += reversed(inner)
        elif isinstance(found, list | tuple | set | frozenset):
            steps += reversed([(each, f"{place}[{number}]", label) for number, each in enumerate(found)])


def _text_of(value: object) -> str | None:
    """Return a text or a number as it would be written, None for anything else."""
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if isinstance(value, float) and "e" in repr(value):
        return f"{value:f}"
    return repr(value)
