"""How a standing lies on the participant as plain properties, so that queries can filter on it, and is read back.

Per purpose three properties: `<purpose>_state`, `<purpose>_until` (epoch milliseconds, only while consent may be
in force) and `<purpose>_covers`, a line of marks such as ` NAME PHONE by:SMS `. One line costs a query a third
less than a property for every field (docs/decisions.md); the spaces round each mark make a search for it exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from consent.standing import Enrolment, PurposeStanding, Standing, answered
from consent.vocabulary import Channel, Field, Purpose, State

SENSITIVE_MARK: Final = " SENSITIVE "
_ENROLMENT_COVERS: Final = " NAME PHONE EMAIL "


@dataclass(frozen=True, slots=True)
class PropertyNames:
    """The names under which one purpose's standing is stored, for queries that take them as parameters."""

    state: str
    until: str
    covers: str


PROPERTIES: Final[Mapping[Purpose, PropertyNames]] = {
    purpose: PropertyNames(f"{purpose.lower()}_state", f"{purpose.lower()}_until", f"{purpose.lower()}_covers")
    for purpose in Purpose
}

_FIELD_MARKS: Final = {field: f" {field} " for field in Field}
_CHANNEL_MARKS: Final = {channel: f" by:{channel} " for channel in Channel}


def field_mark(field: Field) -> str:
    """Return what a covers line contains where consent covers the field."""
    return _FIELD_MARKS[field]


def to_properties(purposes: Mapping[Purpose, PurposeStanding], enrolment: Enrolment | None) -> dict[str, Any]:
    """Return the properties that hold these standings; what was never asked has none."""
    properties: dict[str, Any] = {}
    for purpose, standing in purposes.items():
        if standing.state is State.NOT_ASKED:
            continue
        names = PROPERTIES[purpose]
        properties[names.state] = str(standing.state)
        if standing.state is State.GRANTED and purpose is not Purpose.ENROLMENT:
            properties[names.until] = standing.until
            properties[names.covers] = _line(standing)
    if enrolment is not None:
        names = PROPERTIES[Purpose.ENROLMENT]
        properties["enrolment_department"] = enrolment.department
        # Somebody who said no to being asked, or who has answered everything, is on no list of people to ask; a yes to
        # being asked leaves the deadline as it is.
        if properties.get(names.state, State.GRANTED) == State.GRANTED and not answered(purposes):
            properties[names.until] = enrolment.until
            properties[names.covers] = _ENROLMENT_COVERS
    return properties


def _line(standing: PurposeStanding) -> str:
    marks = [str(field) for field in Field if field in standing.fields]
    marks += [f"by:{channel}" for channel in Channel if channel in standing.channels]
    if standing.sensitive:
        marks.append(SENSITIVE_MARK.strip())
    return f" {' '.join(marks)} "


# A city of half a million people has a few hundred different lines; reading each once makes a page cheaper.
_READ_LINES: Final[dict[str, tuple[frozenset[Field], frozenset[Channel], bool]]] = {}
_MOST_LINES: Final = 10_000


def _read_line(line: str) -> tuple[frozenset[Field], frozenset[Channel], bool]:
    known = _READ_LINES.get(line)
    if known is None:
        known = (
            frozenset(field for field, mark in _FIELD_MARKS.items() if mark in line),
            frozenset(channel for channel, mark in _CHANNEL_MARKS.items() if mark in line),
            SENSITIVE_MARK in line,
        )
        if len(_READ_LINES) < _MOST_LINES:
            _READ_LINES[line] = known
    return known


def read_standing(row: Mapping[str, Any], purpose: Purpose) -> Standing:
    """Read a person's standing for one purpose from a row as `graph.people` returns it.

    Missing or unknown values read as what refuses: no state is NOT_ASKED, no end is one long past.
    """
    covers: str | None = row["covers"]
    until: int | None = row["until"]
    enrolment = None
    if purpose is Purpose.ENROLMENT:
        department: str | None = row["department"]
        enrolment = None if department is None else Enrolment(department, until or 0)
    fields, channels, sensitive = _read_line(covers or "")
    recorded = PurposeStanding(_state(row["state"]), fields, channels, until or 0, sensitive)
    return Standing(
        person=row["id"],
        jurisdiction=row["jurisdiction"],
        group=row["group"],
        held=frozenset([field for field, key in _HELD_KEYS if row[key] is not None]),
        purposes={purpose: recorded},
        enrolment=enrolment,
    )


_STATES: Final = {str(state): state for state in State}
_HELD_KEYS: Final = (
    (Field.NAME, "name"),
    (Field.SEX, "sex"),
    (Field.AGE, "born"),
    (Field.PHONE, "phone"),
    (Field.EMAIL, "email"),
    (Field.AFFILIATION, "affiliated"),
    (Field.RESIDENCE, "dong"),
)


def _state(text: str | None) -> State:
    return _STATES.get(text or "", State.NOT_ASKED)
