"""The made-up cities that the tests look at: a hundredth of the whole one, and all of its people."""

from datetime import date

import pytest

from directory.synthetic.city import SyntheticCity
from directory.synthetic.records import SyntheticPerson

AS_OF = date(2025, 3, 1)


@pytest.fixture(scope="session")
def as_of() -> date:
    """Give the day as of which the cities are made."""
    return AS_OF


@pytest.fixture(scope="session")
def city() -> SyntheticCity:
    """Make a city of 4,767 people: a hundredth."""
    return SyntheticCity(people=4_767, as_of=AS_OF)


@pytest.fixture(scope="session")
def people(city: SyntheticCity) -> list[SyntheticPerson]:
    """Make everybody in the small city."""
    return [person for number in range(city.batch_count) for person in city.batch(number)]


@pytest.fixture(scope="session")
def whole_city() -> SyntheticCity:
    """Plan the city at its full size."""
    return SyntheticCity(as_of=AS_OF)


@pytest.fixture(scope="session")
def some_people(whole_city: SyntheticCity) -> list[SyntheticPerson]:
    """Make some batches of the whole city, with people of every group among them."""
    return [person for number in (0, 2, 5, 15, 26, 28, 31, 50, 70, 90) for person in whole_city.batch(number)]
