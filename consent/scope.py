"""Who asks, and how far they may act: the actor's purposes, regions and groups."""

from dataclasses import dataclass

from consent.vocabulary import Purpose


@dataclass(frozen=True, slots=True)
class Scope:
    """The authority under which an actor asks the gate.

    `regions` are region codes, each of which covers every code that starts with it; None is the whole city.
    `groups` are the programme's group codes; None is every group. Raises TypeError for parts of another
    shape and ValueError for an empty region code, which would silently cover the whole city.
    """

    actor: str
    department: str
    purposes: frozenset[Purpose]
    regions: tuple[str, ...] | None
    groups: frozenset[str] | None

    def __post_init__(self) -> None:
        """Refuse a malformed authority here, once, so that the gate can rely on its shape."""
        if type(self.actor) is not str or type(self.department) is not str:
            raise TypeError("A scope's actor and department are text.")
        if type(self.purposes) is not frozenset or not all(type(purpose) is Purpose for purpose in self.purposes):
            raise TypeError("A scope's purposes are a frozenset of Purpose.")
        if self.groups is not None and type(self.groups) is not frozenset:
            raise TypeError("A scope's groups are a frozenset of group codes, or None for every group.")
        if self.regions is None:
            return
        if type(self.regions) is not tuple or not all(type(code) is str for code in self.regions):
            raise TypeError("A scope's regions are a tuple of region codes, or None for the whole city.")
        if "" in self.regions:
            raise ValueError("A scope's region code is never empty.")

    def covers(self, jurisdiction: str, group: str) -> bool:
        """Say whether a record kept in this region, under this group, is within the actor's authority.

        A region or group that is empty or not text is unknown, and the unknown is never covered.
        """
        if type(jurisdiction) is not str or not jurisdiction or type(group) is not str or not group:
            return False
        regions, groups = self.regions, self.groups
        return (regions is None or jurisdiction.startswith(regions)) and (groups is None or group in groups)
