"""The made-up city as a whole: how many people of which group, its bodies, and its people batch by batch."""

from collections.abc import Mapping
from datetime import date
from functools import cached_property
from math import ceil
from types import MappingProxyType

from directory.reference.programme import PARTICIPANTS, programme
from directory.synthetic.bodies import Bodies, make_bodies
from directory.synthetic.errors import SyntheticCode, SyntheticError
from directory.synthetic.people import People
from directory.synthetic.population import dong_residents, participants_by_dong
from directory.synthetic.records import SyntheticBody, SyntheticPerson
from directory.synthetic.residence import settle
from directory.synthetic.shares import allot_to_all

FEWEST_PEOPLE = 12
BATCH_SIZE = 5_000


class SyntheticCity:
    """A city of made-up people in the programme's proportions: the same arguments give the same city.

    `as_of` is the day as of which ages, terms and consents hold. Each batch can be made on its own, so that a
    load that was interrupted goes on where it stopped.
    """

    batch_size = BATCH_SIZE

    def __init__(self, people: int = PARTICIPANTS, seed: int = 2013, *, as_of: date) -> None:
        """Plan the city; raise SyntheticError for fewer than 12 people or more than 476,705."""
        if people < FEWEST_PEOPLE:
            raise SyntheticError(SyntheticCode.CITY_TOO_SMALL, least=FEWEST_PEOPLE)
        if people > PARTICIPANTS:
            raise SyntheticError(SyntheticCode.CITY_TOO_LARGE, most=PARTICIPANTS)
        self.people = people
        self.seed = seed
        self.as_of = as_of
        self.headcounts = MappingProxyType(headcounts(people))
        self.batch_count = ceil(people / BATCH_SIZE)

    @property
    def bodies(self) -> tuple[SyntheticBody, ...]:
        """Give every body of the city, first those that count towards a target."""
        return self._bodies.all

    def batch(self, number: int) -> list[SyntheticPerson]:
        """Make the people of one batch, 0 to batch_count - 1; raise SyntheticError for any other."""
        if not 0 <= number < self.batch_count:
            raise SyntheticError(SyntheticCode.NO_SUCH_BATCH, last=self.batch_count - 1)
        start = number * BATCH_SIZE
        return self._people.between(start, min(start + BATCH_SIZE, self.people))

    @cached_property
    def _residents(self) -> list[float]:
        return dong_residents(self.seed)

    @cached_property
    def _bodies(self) -> Bodies:
        return make_bodies(self.seed, self.headcounts, self._residents)

    @cached_property
    def _people(self) -> People:
        homes = settle(self.seed, self._bodies.staffed, participants_by_dong(self.people, self._residents))
        return People(self.seed, self.as_of, self._bodies, homes)


def headcounts(people: int) -> Mapping[str, int]:
    """Share people out over the groups in the programme's proportions, at least one each."""
    groups = [group for group in programme().groups if group.headcount]
    shares = allot_to_all(people, [group.headcount or 0 for group in groups])
    return {group.code: share for group, share in zip(groups, shares, strict=True)}
