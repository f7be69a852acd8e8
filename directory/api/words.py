"""The enums of the schema: the vocabulary with its meanings and Korean terms as descriptions."""

from typing import Final

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition

from directory.vocabulary import (
    BodyKind,
    CaptureMethod,
    CaseKind,
    CaseState,
    Category,
    Channel,
    EventKind,
    Field,
    GuardianCheck,
    Membership,
    Purpose,
    RefusalReason,
    RegionLevel,
    Sex,
    State,
    Term,
)

_NAMES: Final[dict[type[Term], str]] = {
    Field: "Field",
    Purpose: "Purpose",
    Category: "Category",
    Sex: "Sex",
    RegionLevel: "RegionLevel",
    BodyKind: "BodyKind",
    Membership: "Membership",
    RefusalReason: "WithheldReason",
    Channel: "Channel",
    State: "ConsentState",
    EventKind: "ConsentEventKind",
    CaptureMethod: "CaptureMethod",
    GuardianCheck: "GuardianCheck",
    CaseKind: "CaseKind",
    CaseState: "CaseState",
}


def _declare(term: type[Term], name: str) -> None:
    """Make an enum known to the schema, each member described by its meaning and its Korean term."""
    summary = (term.__doc__ or "").partition("\n")[0]
    declared = strawberry.enum(term, name=name, description=summary)
    definition: StrawberryEnumDefinition = declared.__strawberry_definition__  # type: ignore[attr-defined]
    for value in definition.values:
        member = term[value.name]
        value.description = f"{member.meaning} ({member.korean})"


def declare_words() -> None:
    """Make every enum known; called once, before the types that use them are made."""
    for term, name in _NAMES.items():
        _declare(term, name)
