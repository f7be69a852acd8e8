"""The people of the made-up city: one after the other, body after body."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import accumulate
from random import Random

from consent.vocabulary import Channel, Field, Purpose, RefusalReason, Sex, State
from directory.reference.departments import departments
from directory.reference.programme import programme
from directory.reference.regions import CITY_CODE, DISTRICT_CODE_LENGTH, all_regions, dongs
from directory.synthetic.ages import MIXES, mail_share
from directory.synthetic.bodies import Bodies
from directory.synthetic.chance import draw_uuid, stream
from directory.synthetic.contact import Contacts
from directory.synthetic.names import Names
from directory.synthetic.records import SyntheticAffiliation, SyntheticBody, SyntheticPerson
from directory.synthetic.roles import Affiliations, public_words
from directory.synthetic.second_plans import FACILITY_SHARE, SOCIETY_SHARE
from directory.synthetic.standings import Standings, day_end
from graph.vocabulary import BodyKind, Category, Membership, RegionLevel

NO_PHONE = 0.03
NEARBY = 0.7
"""How often a second body is one of the person's own district, when the district has one."""
MANY = 1 << 20
"""Members of a second body have no order; a number up to this stands for their place in it."""


class People:
    """Makes the people at given places of the city: the same places give the same people, whenever asked."""

    def __init__(self, seed: int, as_of: date, bodies: Bodies, homes: Sequence[int]) -> None:
        """Prepare what people are drawn from; `homes` holds the place in `dongs()` for every person."""
        self._seed = seed
        self._year = as_of.year
        self._staffed = bodies.staffed
        self._ends = list(accumulate(staffed.size for staffed in bodies.staffed))
        self._homes = homes
        self._dongs = [dong.code for dong in dongs()]
        self._names = Names(_public_texts(bodies))
        self._contacts = Contacts(seed)
        self._standings = Standings(seed, as_of)
        self._affiliations = Affiliations(as_of)
        self._societies = _by_region(bodies.societies)
        self._facilities = _by_region(bodies.facilities)
        self._deadlines = {group.code: day_end(group.deadline) for group in programme().groups}

    def between(self, start: int, end: int) -> list[SyntheticPerson]:
        """Make the people from the place `start` up to `end`, from a stream of their own."""
        rng = stream(self._seed, "people", start, end)
        return [self._person(rng, index, staffed) for index, staffed in self._places(start, end)]

    def _places(self, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Give each place with the number of its body."""
        number = bisect_right(self._ends, start)
        for index in range(start, end):
            while index >= self._ends[number]:
                number += 1
            yield index, number

    def _person(self, rng: Random, index: int, number: int) -> SyntheticPerson:
        random = rng.random
        staffed = self._staffed[number]
        body = staffed.body
        group = body.group or ""
        mix = MIXES[group]
        sex = Sex.FEMALE if random() < mix.women else Sex.MALE
        age = int(rng.triangular(mix.youngest, mix.oldest + 1, mix.usual))
        born = self._year - age
        name, surname, given = self._names.draw(rng, sex, born)
        dong = self._dongs[self._homes[index]]
        first = self._affiliations.make(rng, body, index - self._ends[number] + staffed.size, age)
        return SyntheticPerson(
            id=draw_uuid(rng),
            name=name,
            sex=sex,
            born=born,
            phone=None if random() < NO_PHONE else self._contacts.phone(index),
            email=self._contacts.email(index, surname, given) if random() < mail_share(age) else None,
            dong=dong,
            jurisdiction=body.region,
            group=group,
            affiliations=(first, *self._second(rng, dong, age)),
            purposes=self._standings.draw(rng, group, age),
            enrolment_until=self._deadlines[group],
        )

    def _second(self, rng: Random, dong: str, age: int) -> list[SyntheticAffiliation]:
        """Draw the affiliations that count towards no target: mostly none."""
        joined = []
        for share, by_region in ((SOCIETY_SHARE, self._societies), (FACILITY_SHARE, self._facilities)):
            if rng.random() < share:
                near = by_region.get(dong[:DISTRICT_CODE_LENGTH])
                among = near if near and rng.random() < NEARBY else by_region[CITY_CODE]
                body = among[int(rng.random() * len(among))]
                joined.append(self._affiliations.make(rng, body, int(rng.random() * MANY), age))
        return joined


def _by_region(bodies: Sequence[SyntheticBody]) -> dict[str, list[SyntheticBody]]:
    """Give the bodies of each region; under the city's code, all of them."""
    found: dict[str, list[SyntheticBody]] = {CITY_CODE: list(bodies)}
    for body in bodies:
        if body.region != CITY_CODE:
            found.setdefault(body.region, []).append(body)
    return found


def _public_texts(bodies: Bodies) -> Iterator[str]:
    """Give every Korean text that the database holds in the open."""
    yield from (body.name_ko for body in bodies.all)
    yield from (region.name_ko for region in all_regions())
    yield from (department.name_ko for department in departments())
    for group in programme().groups:
        yield group.name_ko
    for vocabulary in (
        Category,
        BodyKind,
        Membership,
        RegionLevel,
        Field,
        Purpose,
        Channel,
        State,
        RefusalReason,
    ):
        yield from (term.korean for term in vocabulary)
    yield from public_words()
