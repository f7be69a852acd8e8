"""Correcting: written as a whole or not at all, under the key that is there, and never what another record has."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import pytest
import pytest_asyncio

from graph import correcting, holdings
from graph.correcting import CorrectionOutcome
from tests.loaded_city import City
from tests.own_person import OwnPerson, own_person


@pytest_asyncio.fixture
async def two(city: City) -> AsyncIterator[tuple[OwnPerson, OwnPerson]]:
    """Enrol somebody to be corrected, and somebody whose contacts are taken."""
    async with own_person(city) as person, own_person(city, "+821000004343") as other:
        yield person, other


async def stored(city: City, person: OwnPerson) -> Mapping[str, Any]:
    """Read the participant's properties, but for the marks of a write."""
    held = await city.graph.read(holdings.holdings, person.id)
    assert held is not None
    return {name: value for name, value in held.properties.items() if name not in {"revision", "changed"}}


async def test_values_are_sealed_under_the_key_that_is_there(city: City, two: tuple[OwnPerson, OwnPerson]) -> None:
    """What seals is given the wrapped key as it is in the transaction; None removes, the rest stays."""
    person, _ = two
    given: list[str] = []

    def seal(wrapped: str) -> dict[str, Any]:
        given.append(wrapped)
        return {"name": "sealed anew", "sex": None}

    outcome = await city.graph.write(correcting.correct, person.id, None, seal)
    assert outcome is CorrectionOutcome.CORRECTED
    assert given == [person.row["data_key"]]
    expected = person.row | {"name": "sealed anew"}
    del expected["sex"]
    assert await stored(city, person) == expected


@pytest.mark.parametrize("index", ["phone_index", "email_index"])
async def test_what_another_record_has_is_not_written(city: City, two: tuple[OwnPerson, OwnPerson], index: str) -> None:
    """Nothing at all is, also not what could be; one's own is no other's."""
    person, other = two
    wanted = {index: other.row[index], "born": 1900}
    dong = city.dongs[11]
    outcome = await city.graph.write(correcting.correct, person.id, dong, lambda _: wanted)
    assert outcome is CorrectionOutcome.HELD_BY_ANOTHER
    assert await stored(city, person) == person.row
    again = await city.graph.write(correcting.correct, person.id, None, lambda _: {index: person.row[index]})
    assert again is CorrectionOutcome.CORRECTED


@pytest.mark.parametrize("dong", ["11010", "no such dong"])
async def test_nobody_moves_to_what_is_no_dong(city: City, two: tuple[OwnPerson, OwnPerson], dong: str) -> None:
    """Neither is an id that is nobody's corrected."""
    person, _ = two
    outcome = await city.graph.write(correcting.correct, person.id, dong, lambda _: {"born": 1900})
    assert outcome is CorrectionOutcome.UNKNOWN
    assert await stored(city, person) == person.row
    nobody = await city.graph.write(correcting.correct, "0" * 32, None, lambda _: {"born": 1900})
    assert nobody is CorrectionOutcome.UNKNOWN
