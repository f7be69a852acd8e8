"""The words of consent and of the graph in one place, for the interface, which does not import the graph."""

from consent.vocabulary import Category, Channel, Field, Purpose, RefusalReason, Sex, Term
from graph.vocabulary import ActorKind, BodyKind, Membership, RegionLevel

__all__ = [
    "ActorKind",
    "BodyKind",
    "Category",
    "Channel",
    "Field",
    "Membership",
    "Purpose",
    "RefusalReason",
    "RegionLevel",
    "Sex",
    "Term",
]
