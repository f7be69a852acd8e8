"""Bodies and groups in the schema."""

from functools import lru_cache
from typing import Any

import strawberry

from directory.api.regions import Region, RegionBook
from directory.contacts.filters import BodyFilter as Filter
from directory.reference.programme import programme
from directory.vocabulary import BodyKind, Category


@strawberry.type(description="A group: a row of the plan, such as volunteer fire brigades (의용소방대).")
class Group:
    """A group that a body counts towards."""

    id: strawberry.ID = strawberry.field(description="The group's code, for filters.")
    name_ko: str = strawberry.field(description="The Korean name, as in the plan.")
    name_en: str = strawberry.field(description="The English name.")
    category: Category | None = strawberry.field(description="The category; null where the plan gives none.")


@strawberry.type(description="An organization or a committee (조직·단체, 위원회).")
class Body:
    """A body as the interface shows it."""

    id: strawberry.ID = strawberry.field(description="The id, for filters.")
    name_ko: str = strawberry.field(description="The Korean name.")
    name_en: str = strawberry.field(description="The English name.")
    kind: BodyKind = strawberry.field(description="What sort of body it is.")
    committee: bool = strawberry.field(description="True for a committee, on which people serve in seats for terms.")
    sensitive: bool = strawberry.field(
        description="True where belonging to it reveals belief, union, party or health: it is shown of nobody "
        "without a separate consent."
    )
    group: Group | None = strawberry.field(
        description="The group whose target its people count towards; null where they count towards none."
    )
    region: Region = strawberry.field(description="The region where it is based.")


@strawberry.type(description="A page of bodies, in the order of region and Korean name.")
class BodyPage:
    """A page of bodies."""

    nodes: list[Body] = strawberry.field(description="The bodies of this page.")
    end_cursor: str | None = strawberry.field(description="Where the next page starts: pass it as `after`.")
    has_next_page: bool = strawberry.field(description="Whether there are more.")
    count: int | None = strawberry.field(description="How many bodies fit the filter in all.")


@strawberry.input(description="Which bodies: every part that is given has to hold.")
class BodyFilter:
    """The filter of bodies."""

    regions: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Based in one of these regions, of any level, or in a region under them."
    )
    groups: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Counting towards one of these groups."
    )
    categories: list[Category] | None = strawberry.field(default=None, description="Of one of these categories.")
    kinds: list[BodyKind] | None = strawberry.field(default=None, description="Of one of these kinds.")
    committee: bool | None = strawberry.field(
        default=None, description="True for committees alone, false for organizations alone."
    )

    def checked(self) -> Filter:
        """Return the filter as the service takes it."""
        return Filter(self.regions, self.groups, self.categories, self.kinds, self.committee)


@lru_cache
def group(code: str | None) -> Group | None:
    """Return a group by its code, None for no group or one that the programme does not have."""
    for row in programme().groups:
        if row.code == code:
            return Group(id=strawberry.ID(row.code), name_ko=row.name_ko, name_en=row.name_en, category=row.category)
    return None


def body(row: Any, regions: RegionBook) -> Body:  # noqa: ANN401 - a row of either service.
    """Return a body from a row of the graph."""
    get = row.__getitem__ if isinstance(row, dict) else lambda name: getattr(row, name)
    return Body(
        id=get("id"),
        name_ko=get("name_ko"),
        name_en=get("name_en"),
        kind=BodyKind(get("kind")),
        committee=get("committee"),
        sensitive=get("sensitive"),
        group=group(get("group")),
        region=regions.get(get("region")),
    )
