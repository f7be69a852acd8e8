"""The made-up city as rows for `graph.intake`: the frame, the bodies, and batches of people ready to be written."""

import secrets
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from consent.ledger.commitments import SALT_BYTES, leaf_hash
from directory.intake.participant import participant_row
from directory.notices.book import load_book
from directory.reference.departments import departments, leaders
from directory.reference.programme import programme
from directory.reference.regions import all_regions
from directory.sealing.keyring_file import read_keyring
from directory.synthetic.chance import stream
from directory.synthetic.city import SyntheticCity
from directory.synthetic.histories import Histories, shown_by
from directory.synthetic.records import SyntheticPerson
from directory.synthetic.standings import day_start
from graph.consents import event_row
from graph.intake import Frame
from graph.vocabulary import Membership, RegionLevel


@dataclass(frozen=True, slots=True)
class Batch:
    """Rows ready to be written: people with their memberships, seats, and consent events with their leaf hashes."""

    people: list[dict[str, Any]]
    seats: list[dict[str, Any]]
    events: list[dict[str, Any]]
    hashes: list[bytes]


def frame() -> Frame:
    """Return the rows of regions, programme and departments, from the reference data."""
    regions = all_regions()
    plan = programme()
    return Frame(
        regions=[
            {
                "code": region.code,
                "name_ko": region.name_ko,
                "name_en": region.name_en,
                "level": str(region.level),
                "lat": region.lat,
                "lon": region.lon,
            }
            for region in regions
        ],
        part_of=[{"part": region.code, "whole": region.part_of} for region in regions if region.part_of],
        borders=[
            {"a": region.code, "b": other} for region in regions for other in region.borders if region.code < other
        ],
        stages=[{"number": stage.number, "deadline": stage.deadline.isoformat()} for stage in plan.stages],
        targets=[
            {
                "group": group.code,
                "name_ko": group.name_ko,
                "name_en": group.name_en,
                "category": None if group.category is None else str(group.category),
                "headcount": group.headcount,
                "led_by": group.led_by,
                "stage": group.stage,
                "rank": rank,
            }
            for rank, group in enumerate(plan.groups)
        ],
        departments=[
            {
                "id": department.id,
                "name_ko": department.name_ko,
                "name_en": department.name_en,
                "level": str(department.level),
                "region": department.region,
            }
            for department in departments()
        ],
        leads=[
            {"department": department.id, "group": group} for department in departments() for group in department.leads
        ],
    )


def body_rows(city: SyntheticCity) -> list[dict[str, Any]]:
    """Return the city's bodies; `sort_key` puts them in the order of region and name."""
    # A tab comes before every digit and letter, so that a region comes before those under it.
    return [
        asdict(body) | {"kind": str(body.kind), "sort_key": f"{body.region}\t{body.name_ko}\t{body.id}"}
        for body in city.bodies
    ]


class BatchMaker:
    """Makes batches of sealed rows; in a process of its own, beside the one that writes them."""

    def __init__(self, people: int, seed: int, as_of: date, keyring: Path) -> None:
        """Plan the city and read the keyring's file."""
        self._city = SyntheticCity(people, seed, as_of=as_of)
        self._keyring = read_keyring(keyring)
        self._histories = Histories(shown_by(load_book()), day_start(as_of))

    def batch(self, number: int) -> Batch:
        """Return batch `number` as `graph.intake.add_people` takes it."""
        people: list[dict[str, Any]] = []
        seats: list[dict[str, Any]] = []
        made = Batch(people, seats, [], [])
        chance = stream(self._city.seed, "histories", number)
        for person in self._city.batch(number):
            for event in self._histories.of(person.id, person.purposes, chance):
                salt = secrets.token_bytes(SALT_BYTES)
                row = event_row(event, salt)
                made.events.append(row)
                made.hashes.append(leaf_hash(row["content"].encode(), salt))
            affiliations = [
                asdict(affiliation) | {"relation": str(affiliation.relation)} for affiliation in person.affiliations
            ]
            people.append(
                {
                    "person": participant_row(person, _enrolling(person), self._keyring),
                    "affiliations": [a for a in affiliations if a["relation"] == Membership.MEMBER_OF],
                }
            )
            seats += [a | {"participant": person.id} for a in affiliations if a["relation"] == Membership.SERVES_ON]
        return made


def _enrolling(person: SyntheticPerson) -> str:
    """Return the department that enrols the person: the district's office where it leads the group, else a bureau."""
    leading = leaders(person.group)
    offices = {department.region: department.id for department in leading if department.level is RegionLevel.DISTRICT}
    return offices.get(person.jurisdiction[:5], leading[0].id)
