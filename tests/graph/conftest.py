"""What the tests of query functions share beside the small city."""

from collections.abc import AsyncIterator

import pytest_asyncio

from tests.graph.looking import forget
from tests.loaded_city import City


@pytest_asyncio.fixture
async def looks(city: City) -> AsyncIterator[City]:
    """Give the city, and remove the looks that were recorded."""
    yield city
    await city.graph.write(forget)
