"""A network made from the plan alone, for tests that need no graph."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from directory.programme.network import Network, NetworkCategory, NetworkGroup, NetworkStage
from directory.reference.programme import programme
from graph.vocabulary import Category

HALF_WAY: Final = MappingProxyType(
    {
        "volunteers": 81_000,
        "apartment-representatives": 20_820,
        "disaster-safety-network": 62_895,
        "neighbourhood-heads": 1,
        "fire-brigades": 412,
    }
)
"""People not yet enrolled, by group: bars come out full, empty and between."""


def network(*, synthetic: bool = True, missing: Mapping[str, int] | None = None) -> Network:
    """Make the plan's network, everybody enrolled but the `missing` people of each group."""
    absent = missing or {}
    groups = tuple(
        NetworkGroup(
            code=group.code,
            name_ko=group.name_ko,
            name_en=group.name_en,
            stage=group.stage,
            deadline=group.deadline,
            led_by=group.led_by,
            category=group.category,
            headcount=group.headcount,
            participants=(group.headcount or 0) - absent.get(group.code, 0),
        )
        for group in programme().groups
    )
    categories = tuple(
        NetworkCategory(
            category=category,
            name_ko=category.korean,
            name_en=category.value.replace("_", " ").capitalize(),
            headcount=sum(group.headcount or 0 for group in groups if group.category is category),
            participants=sum(group.participants for group in groups if group.category is category),
        )
        for category in Category
    )
    stages = tuple(
        NetworkStage(
            number=stage.number,
            deadline=stage.deadline,
            headcount=stage.headcount,
            participants=sum(group.participants for group in groups if group.stage == stage.number),
        )
        for stage in programme().stages
    )
    return Network(
        participants=sum(group.participants for group in groups),
        headcount=programme().participants,
        synthetic=synthetic,
        categories=categories,
        stages=stages,
        groups=groups,
    )
