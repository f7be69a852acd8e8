"""A sweep of one person, for the tests of retention."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio

from directory.rights import retention as sweeps
from tests.directory.rights.sweeps import Sweeper
from tests.loaded_city import City
from tests.own_person import own_person


@pytest_asyncio.fixture
async def sweeper(city: City, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Sweeper]:
    """Enrol somebody, and have sweeps see nobody else: the city's people are other tests'."""
    async with own_person(city) as person:
        real = sweeps.Axis.by_id(1)

        class OnePerson:
            """A walk over one id."""

            length = 1

            def width_for(self, _: float) -> int:
                """Go in one step."""
                return 1

            def window(self, _after: str | None, _start: int, _width: int) -> Any:  # noqa: ANN401 - a window.
                """Look at the one id."""
                return replace(real.window(None, 0, 1), low=person.id[:-1], high=f"{person.id}~", end=1)

        class Axis:
            """Makes that walk."""

            @staticmethod
            def by_id(_people: int) -> OnePerson:
                """Make it."""
                return OnePerson()

        monkeypatch.setattr(sweeps, "Axis", Axis)
        yield Sweeper(city, person)
