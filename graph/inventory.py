"""What there is in the graph: every label and type of relationship, and under which kind a backup keeps it, or why not.

A test holds this table against all Cypher texts of the package, so that nothing new is left out of a backup unnoticed.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final, TypeAlias

SCHEMA: Final = 1
"""The number of this table; it goes up where an older archive can't be restored as it is."""

Row: TypeAlias = Sequence[Any]
"""A node as it is carried: its labels, its properties, and its relationships or the nodes that hang on it alone."""


class Kind(StrEnum):
    """What rows are of, in the order in which they are restored: what others hang on comes first."""

    REGIONS = "regions"
    STAGES = "stages"
    TARGETS = "targets"
    DEPARTMENTS = "departments"
    BODIES = "bodies"
    ACTORS = "actors"
    ACCESS_KEYS = "access_keys"
    CASES = "cases"
    MAPS = "maps"
    HEAD = "head"
    PEOPLE = "people"
    ENTRIES = "entries"
    TILES = "tiles"
    CHECKPOINTS = "checkpoints"
    LOADS = "loads"


WHOLE: Final = (
    *(Kind.REGIONS, Kind.STAGES, Kind.TARGETS, Kind.DEPARTMENTS, Kind.BODIES),
    *(Kind.ACTORS, Kind.ACCESS_KEYS, Kind.CASES, Kind.MAPS, Kind.LOADS),
)
"""The kinds that are few enough to be read in one answer; the others are read in stretches."""

LABELS: Final[Mapping[tuple[str, ...], Kind]] = {
    ("City", "Region"): Kind.REGIONS,
    ("District", "Region"): Kind.REGIONS,
    ("Dong", "Region"): Kind.REGIONS,
    ("Stage",): Kind.STAGES,
    ("Target",): Kind.TARGETS,
    ("Department",): Kind.DEPARTMENTS,
    ("Body", "Organization"): Kind.BODIES,
    ("Body", "Committee"): Kind.BODIES,
    ("Actor",): Kind.ACTORS,
    ("AccessKey",): Kind.ACCESS_KEYS,
    ("Case",): Kind.CASES,
    ("LatestMap",): Kind.MAPS,
    ("LedgerHead",): Kind.HEAD,
    ("Participant",): Kind.PEOPLE,
    ("ConsentEvent", "Entry"): Kind.ENTRIES,
    ("Entry", "Look"): Kind.ENTRIES,
    ("Entry", "PermissionChange"): Kind.ENTRIES,
    ("Entry", "Tombstone"): Kind.ENTRIES,
    ("Tile",): Kind.TILES,
    ("Checkpoint",): Kind.CHECKPOINTS,
    ("Load",): Kind.LOADS,
}
"""The labels of every kind of node that is kept, sorted."""

HANGING: Final[Mapping[str, str]] = {"Disclosure": "Look"}
"""Labels of nodes that are carried within another, which is theirs alone."""

NOT_KEPT: Final[Mapping[str, str]] = {
    "Verification": "A code of some minutes; after a restore a person asks for another.",
    "Attempts": "How often somebody asked within the hour.",
    "LedgerCheck": "What a check of this copy found; a restored one is checked anew.",
    "Restore": "What was done to this graph, not what is in it.",
}
"""Labels that no backup has, each with the reason."""


@dataclass(frozen=True, slots=True)
class Ends:
    """Between which nodes a type of relationship goes, and the property by which each of them is found."""

    start: str
    start_key: str
    end: str
    end_key: str


RELATIONSHIPS: Final[Mapping[str, Ends]] = {
    "PART_OF": Ends("Region", "code", "Region", "code"),
    "BORDERS": Ends("Region", "code", "Region", "code"),
    "OF": Ends("Target", "group", "Stage", "number"),
    "SERVES": Ends("Department", "id", "Region", "code"),
    "LEADS": Ends("Department", "id", "Target", "group"),
    "BASED_IN": Ends("Body", "id", "Region", "code"),
    "COUNTS_TOWARDS": Ends("Body", "id", "Target", "group"),
    "WORKS_FOR": Ends("Actor", "id", "Department", "id"),
    "OPENS_FOR": Ends("AccessKey", "id", "Actor", "id"),
    "LIVES_IN": Ends("Participant", "id", "Region", "code"),
    "MEMBER_OF": Ends("Participant", "id", "Body", "id"),
    "SERVES_ON": Ends("Participant", "id", "Body", "id"),
}
"""Every type of relationship but SHOWED, between a look and the disclosures that are carried within it."""

WITHIN: Final = "SHOWED"


def unlisted(kind: Kind, rows: Iterable[Row]) -> str | None:
    """Name the first label or type of relationship in rows of a kind that this table does not have; None for none."""
    for labels, _, hanging in rows:
        if LABELS.get(tuple(labels)) is not kind:
            return " ".join(labels)
        if kind is not Kind.ENTRIES:
            strange = next((edge[0] for edge in hanging if edge[0] not in RELATIONSHIPS), None)
            if strange is not None:
                return str(strange)
    return None
