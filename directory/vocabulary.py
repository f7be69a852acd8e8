"""The words of consent and of the graph in one place, for the interface, which does not import the graph."""

from consent.cases import CaseKind, CaseState
from consent.vocabulary import (
    CaptureMethod,
    Category,
    Channel,
    EventKind,
    Field,
    GuardianCheck,
    Purpose,
    RefusalReason,
    Sex,
    State,
    Term,
)
from graph.vocabulary import ActorKind, BodyKind, Membership, RegionLevel

__all__ = [
    "ActorKind",
    "BodyKind",
    "CaptureMethod",
    "CaseKind",
    "CaseState",
    "Category",
    "Channel",
    "EventKind",
    "Field",
    "GuardianCheck",
    "Membership",
    "Purpose",
    "RefusalReason",
    "RegionLevel",
    "Sex",
    "State",
    "Term",
]
