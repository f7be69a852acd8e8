"""Constraints: every way in is unique where it must be, and a violation is refused without a word of its values."""

import re
import traceback
from typing import Any

import pytest

from graph import constraints
from graph.errors import Conflict
from graph.transaction import Transaction
from tests.loaded_city import City

UNIQUE = [
    tuple(match.groups())
    for statement in constraints.STATEMENTS
    if (match := re.search(r"FOR \(n:(\w+)\) REQUIRE n\.(\w+) IS UNIQUE", statement))
]
INDEXED = [
    tuple(match.groups())
    for statement in constraints.STATEMENTS
    if (match := re.search(r"FOR \(n:(\w+)\) ON \(n\.(\w+)\)", statement))
]
VALUE = "hong-gildong@example.org"


async def write_twice(tx: Transaction, label: str, key: str) -> None:
    """Write two nodes of one identity."""
    text = f"UNWIND [1, 2] AS time CREATE (n:{label}) SET n.{key} = $value"
    await (await tx.run(text, value=VALUE)).consume()


def test_every_statement_is_one_of_the_two_kinds() -> None:
    """Each is a unique key or an index, harmless when repeated, with a name of its own; none is of a surname (B5)."""
    assert len(UNIQUE) + len(INDEXED) == len(constraints.STATEMENTS)
    assert all("IF NOT EXISTS" in statement for statement in constraints.STATEMENTS)
    assert len({statement.split()[2] for statement in constraints.STATEMENTS}) == len(constraints.STATEMENTS)
    assert not [statement for statement in constraints.STATEMENTS if "surname" in statement or "family" in statement]


async def test_creating_them_again_does_no_harm(city: City) -> None:
    """A start on a graph that has them is the usual start."""
    for statement in constraints.STATEMENTS:
        await city.graph.write(constraints.create, statement)


@pytest.mark.parametrize(("label", "key"), UNIQUE)
async def test_a_second_of_one_identity_is_a_conflict_without_values(city: City, label: str, key: str) -> None:
    """The write is refused as a whole, and the error repeats nothing of it, in no part of its chain."""
    with pytest.raises(Conflict) as caught:
        await city.graph.write(write_twice, label, key)
    told = "".join(traceback.format_exception(caught.value))
    assert VALUE not in told
    assert caught.value.__context__ is None

    async def left(tx: Transaction) -> int:
        text = f"MATCH (n:{label}) WHERE n.{key} = $value RETURN count(n) AS n"
        number: int = (await (await tx.run(text, value=VALUE)).single(strict=True))["n"]
        return number

    assert await city.graph.read(left) == 0


async def test_a_second_participant_with_a_known_number_is_refused(city: City) -> None:
    """The blind index of a telephone number is a person's alone."""

    async def again(tx: Transaction) -> None:
        found = await tx.run("MATCH (p:Participant) WHERE p.phone_index IS NOT NULL RETURN p.phone_index AS i LIMIT 1")
        known: Any = (await found.single(strict=True))["i"]
        await (await tx.run("CREATE (:Participant {id: 'new', phone_index: $i})", i=known)).consume()

    with pytest.raises(Conflict):
        await city.graph.write(again)


async def test_people_without_number_or_address_are_no_conflict(city: City) -> None:
    """What is absent is nobody's, so that many can lack it."""
    assert sum(person.phone is None for person in city.people) > 1
    assert sum(person.email is None for person in city.people) > 1


@pytest.mark.parametrize(("label", "key"), UNIQUE + INDEXED)
async def test_the_engine_lists_every_index(city: City, label: str, key: str) -> None:
    """Both engines tell that they keep it."""

    async def listed(tx: Transaction) -> set[tuple[str, ...]]:
        rows = await tx.run("SHOW INDEXES")
        return {
            (name, found)
            async for row in rows
            for name in row["labelsOrTypes"] or ()
            for found in row["properties"] or ()
        }

    assert (label, key) in await city.graph.read(listed)
