"""The programme as the graph holds it: stages and targets, and how many people are enrolled under each target."""

from dataclasses import dataclass
from typing import Final, LiteralString

from consent.vocabulary import Category
from graph.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Target:
    """One row of the programme: a group, whom it counts, by when (ISO date) and who leads; no head count is None."""

    group: str
    name_ko: str
    name_en: str
    category: Category | None
    headcount: int | None
    stage: int
    deadline: str
    led_by: str
    rank: int


_TARGETS: Final[LiteralString] = """
MATCH (t:Target)-[:OF]->(s:Stage)
RETURN t {.group, .name_ko, .name_en, .category, .headcount, .led_by, .rank, stage: s.number, deadline: s.deadline}
       AS target ORDER BY t.rank
"""
_ENROLLED: Final[LiteralString] = "MATCH (p:Participant) RETURN p.group AS code, count(p) AS people"


async def targets(tx: Transaction) -> tuple[Target, ...]:
    """Return the targets in the programme's order."""
    result = await tx.run(_TARGETS)
    rows = [row["target"] async for row in result]
    return tuple(
        Target(**{**row, "category": None if row["category"] is None else Category(row["category"])}) for row in rows
    )


async def enrolled(tx: Transaction) -> dict[str, int]:
    """Return how many participants are enrolled under each target, by its group's code."""
    result = await tx.run(_ENROLLED)
    return {row["code"]: row["people"] async for row in result}
