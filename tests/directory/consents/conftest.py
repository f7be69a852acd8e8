"""Somebody of whom decisions are recorded, as they were before afterwards."""

from collections.abc import AsyncIterator

import pytest_asyncio

from consent.vocabulary import Purpose
from tests.directory.desk import Desk
from tests.graph.test_consents import properties, put_back
from tests.loaded_city import Truth


@pytest_asyncio.fixture
async def someone(desk: Desk) -> AsyncIterator[Truth]:
    """Give somebody with a telephone who was never asked about the city's news, and put them back."""
    truth = next(person for person in desk.city.people if Purpose.CITY_NEWS not in person.purposes and person.phone)
    before = await desk.city.graph.read(properties, truth.id)
    yield truth
    await desk.city.graph.write(put_back, before)
