"""The network in the schema: the plan's table against what is enrolled."""

from datetime import date

import strawberry

from directory.programme import network as programme
from directory.vocabulary import Category


@strawberry.type(description="A category of the plan against what is enrolled.")
class NetworkCategory:
    """A category's sums."""

    category: Category = strawberry.field(description="The category.")
    name_ko: str = strawberry.field(description="The Korean name.")
    name_en: str = strawberry.field(description="The English name.")
    headcount: int = strawberry.field(description="How many people the plan counts.")
    participants: int = strawberry.field(description="How many people are enrolled.")


@strawberry.type(description="A stage of the plan against what is enrolled.")
class NetworkStage:
    """A stage's sums."""

    number: int = strawberry.field(description="1, 2 or 3.")
    deadline: date = strawberry.field(description="The day by which its groups are to be enrolled.")
    headcount: int | None = strawberry.field(
        description="How many people the plan counts; null where it gives no number."
    )
    participants: int = strawberry.field(description="How many people are enrolled.")


@strawberry.type(description="A group of the plan against what is enrolled.")
class NetworkGroup:
    """A row of the plan."""

    id: strawberry.ID = strawberry.field(description="The group's code, for filters.")
    stage: int = strawberry.field(description="The stage in which it is enrolled.")
    deadline: date = strawberry.field(description="The stage's deadline.")
    led_by: str = strawberry.field(description="Who leads its enrolment, as the plan says.")
    name_ko: str = strawberry.field(description="The Korean name, as in the plan.")
    name_en: str = strawberry.field(description="The English name.")
    category: Category | None = strawberry.field(description="The category; null where the plan gives none.")
    headcount: int | None = strawberry.field(
        description="How many people the plan counts; null where it gives no number."
    )
    participants: int = strawberry.field(description="How many people are enrolled.")


@strawberry.type(description="The network: the plan's table against what is enrolled, from the graph.")
class Network:
    """The whole."""

    participants: int = strawberry.field(description="How many people are enrolled.")
    headcount: int = strawberry.field(description="How many people the plan counts: 476,705.")
    synthetic: bool = strawberry.field(description="True where the people of this directory are made up.")
    categories: list[NetworkCategory] = strawberry.field(description="By category.")
    stages: list[NetworkStage] = strawberry.field(description="By stage.")
    groups: list[NetworkGroup] = strawberry.field(description="By group, in the plan's order.")


def network(read: programme.Network) -> Network:
    """Return the network from what the service read."""
    return Network(
        participants=read.participants,
        headcount=read.headcount,
        synthetic=read.synthetic,
        categories=[
            NetworkCategory(
                category=row.category,
                name_ko=row.name_ko,
                name_en=row.name_en,
                headcount=row.headcount,
                participants=row.participants,
            )
            for row in read.categories
        ],
        stages=[
            NetworkStage(
                number=row.number,
                deadline=row.deadline,
                headcount=row.headcount,
                participants=row.participants,
            )
            for row in read.stages
        ],
        groups=[
            NetworkGroup(
                id=strawberry.ID(row.code),
                stage=row.stage,
                deadline=row.deadline,
                led_by=row.led_by,
                name_ko=row.name_ko,
                name_en=row.name_en,
                category=row.category,
                headcount=row.headcount,
                participants=row.participants,
            )
            for row in read.groups
        ],
    )
