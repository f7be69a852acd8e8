"""The made-up city's rows: the frame of the reference data, bodies in order, and batches that fit both."""

from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from directory.intake.synthetic_rows import Batch, BatchMaker, body_rows, frame
from directory.reference.departments import departments
from directory.reference.programme import PARTICIPANTS
from directory.sealing.keyring_file import ensure_keyring
from directory.synthetic.city import SyntheticCity
from graph.vocabulary import Membership, RegionLevel

AS_OF = date(2013, 6, 20)
PEOPLE = 900


@pytest.fixture(scope="module")
def city() -> SyntheticCity:
    """Plan a small city."""
    return SyntheticCity(PEOPLE, 7, as_of=AS_OF)


@pytest.fixture(scope="module")
def keyring(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give the file of a keyring."""
    path = tmp_path_factory.mktemp("keys") / "keyring.json"
    ensure_keyring(path, people=0)
    return path


@pytest.fixture(scope="module")
def batch(keyring: Path) -> Batch:
    """Make the city's one batch."""
    return BatchMaker(PEOPLE, 7, AS_OF, keyring).batch(0)


def test_the_regions_are_the_citys() -> None:
    """The city, 25 districts and 423 dongs, each with a code, names and a point, each part of one above it."""
    rows = frame()
    levels = Counter(row["level"] for row in rows.regions)
    assert levels == {RegionLevel.CITY: 1, RegionLevel.DISTRICT: 25, RegionLevel.DONG: 423}
    level = {row["code"]: row["level"] for row in rows.regions}
    assert len(level) == 449
    assert all(row["name_ko"] and row["name_en"] for row in rows.regions)
    assert all(37.4 < row["lat"] < 37.71 and 126.7 < row["lon"] < 127.2 for row in rows.regions)
    above = {RegionLevel.DISTRICT: RegionLevel.CITY, RegionLevel.DONG: RegionLevel.DISTRICT}
    assert len({row["part"] for row in rows.part_of}) == len(rows.part_of) == 448
    for row in rows.part_of:
        assert level[row["whole"]] == above[level[row["part"]]]
        assert row["part"].startswith(row["whole"])


def test_a_border_is_there_once() -> None:
    """Each pair of neighbours, in one direction, of the same level."""
    rows = frame()
    level = {row["code"]: row["level"] for row in rows.regions}
    pairs = [(row["a"], row["b"]) for row in rows.borders]
    assert len(set(pairs)) == len(pairs) > 1000
    assert all(a < b and level[a] == level[b] for a, b in pairs)
    assert {code for pair in pairs for code in pair if level[code] == RegionLevel.DONG} == {
        code for code in level if level[code] == RegionLevel.DONG
    }


def test_the_targets_are_the_programmes() -> None:
    """Twelve targets in five stages or fewer, and their head counts make the whole."""
    rows = frame()
    assert len(rows.targets) == 12
    assert sum(row["headcount"] or 0 for row in rows.targets) == PARTICIPANTS == 476_705
    assert [row["rank"] for row in rows.targets] == list(range(12))
    stages = {row["number"]: row["deadline"] for row in rows.stages}
    assert {row["stage"] for row in rows.targets} == set(stages)
    assert all(date.fromisoformat(deadline) for deadline in stages.values())
    assert [stages[number] for number in sorted(stages)] == sorted(stages.values())
    by_category = Counter[str | None]()
    for row in rows.targets:
        by_category[row["category"]] += row["headcount"] or 0
    assert by_category[None] == 0
    assert len([category for category in by_category if category]) == 4


def test_departments_serve_regions_and_lead_targets() -> None:
    """Every target is led by somebody, and every department has a region that is there."""
    rows = frame()
    codes = {row["code"] for row in rows.regions}
    known = {row["id"] for row in rows.departments}
    assert all(row["region"] in codes for row in rows.departments)
    assert {row["group"] for row in rows.leads} == {row["group"] for row in rows.targets}
    assert {row["department"] for row in rows.leads} <= known
    assert len([row for row in rows.departments if row["level"] == RegionLevel.DISTRICT]) == 25


def test_bodies_sort_by_region_and_name(city: SyntheticCity) -> None:
    """A region comes before those under it, and within one the names are in order."""
    rows = sorted(body_rows(city), key=lambda row: row["sort_key"])
    assert len({row["sort_key"] for row in rows}) == len(rows) == len(city.bodies)
    assert [row["id"] for row in rows] == [
        row["id"] for row in sorted(rows, key=lambda row: (row["region"], row["name_ko"], row["id"]))
    ]
    assert all(type(row["kind"]) is str for row in rows)


def test_a_batch_is_everybody_with_their_affiliations(city: SyntheticCity, batch: Batch) -> None:
    """Memberships go with the person, seats by themselves, and nothing is lost or doubled."""
    people, seats = batch.people, batch.seats
    truth = city.batch(0)
    assert [row["person"]["id"] for row in people] == [person.id for person in truth]
    for person, row in zip(truth, people, strict=True):
        mine = [seat for seat in seats if seat["participant"] == person.id]
        assert len(mine) + len(row["affiliations"]) == len(person.affiliations)
        assert {a["body"] for a in [*mine, *row["affiliations"]]} == {a.body for a in person.affiliations}
        assert all(a["relation"] == Membership.MEMBER_OF for a in row["affiliations"])
        assert all(a["relation"] == Membership.SERVES_ON for a in mine)
    assert len(seats) > 0


def test_affiliations_are_with_bodies_of_their_kind(city: SyntheticCity, batch: Batch) -> None:
    """Seats are on committees, memberships in organizations, and every body is one of the city's."""
    committee = {body.id: body.committee for body in city.bodies}
    people, seats = batch.people, batch.seats
    assert all(committee[seat["body"]] for seat in seats)
    assert not any(committee[a["body"]] for row in people for a in row["affiliations"])


def test_the_office_that_leads_the_group_enrols(city: SyntheticCity, batch: Batch) -> None:
    """A district's own office where districts lead the group; else a bureau that leads it."""
    known = {department.id: department for department in departments()}
    by_district = by_bureau = 0
    for person, row in zip(city.batch(0), batch.people, strict=True):
        department = known[row["person"]["enrolment_department"]]
        assert person.group in department.leads
        if department.level is RegionLevel.DISTRICT:
            assert person.jurisdiction.startswith(department.region)
            by_district += 1
        else:
            offices = [
                each.id
                for each in known.values()
                if each.level is RegionLevel.DISTRICT
                and person.group in each.leads
                and each.region == person.jurisdiction[:5]
            ]
            assert not offices
            by_bureau += 1
    assert min(by_district, by_bureau) > 0


def test_rows_are_what_the_driver_takes(batch: Batch) -> None:
    """Nothing but text, numbers, flags and lists of them: an enum would be refused, or kept as something else."""
    people, seats = batch.people, batch.seats
    plain = {str, int, bool, type(None)}
    rows = [*seats, *batch.events, *(one["person"] for one in people)]
    for row in [*rows, *(a for one in people for a in one["affiliations"])]:
        odd = {key: type(value) for key, value in row.items() if type(value) not in plain}
        assert odd.keys() <= {"relation"}
