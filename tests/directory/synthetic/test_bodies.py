"""The bodies: those that such a city has, at sizes that one believes."""

from collections import Counter

import pytest

from directory.reference.programme import programme
from directory.reference.regions import dongs, regions_by_code
from directory.synthetic.bodies import make_bodies
from directory.synthetic.city import SyntheticCity, headcounts
from directory.synthetic.population import dong_residents
from directory.synthetic.records import SyntheticBody
from graph.vocabulary import BodyKind, RegionLevel

SIZES = [
    # kind, how many in the whole city, fewest and most people of one
    (BodyKind.RESIDENT_COMMITTEE, 423, 15, 25),
    (BodyKind.NEIGHBOURHOOD_HEADS, 423, 10, 700),
    (BodyKind.CRIME_PREVENTION_PATROL, 423, 10, 60),
    (BodyKind.FIRE_BRIGADE, 100, 20, 80),
    (BodyKind.APARTMENT_COMPLEX, 2_600, 4, 30),
    (BodyKind.VOLUNTEER_GROUP, 5_400, 8, 900),
    (BodyKind.DISASTER_SAFETY_NETWORK, 1_050, 10, 250),
    (BodyKind.ADVISORY_COMMITTEE, 195, 10, 40),
    (BodyKind.PUBLICITY_CORPS, 30, 15, 150),
    (BodyKind.MONITOR_GROUP, 255, 20, 250),
]


@pytest.fixture(scope="module")
def sizes() -> dict[BodyKind, list[int]]:
    """Give the head count of every body of the whole city that counts towards a target, by kind."""
    found: dict[BodyKind, list[int]] = {}
    for staffed in make_bodies(2013, headcounts(476_705), dong_residents(2013)).staffed:
        found.setdefault(staffed.body.kind, []).append(staffed.size)
    return found


@pytest.mark.parametrize(("kind", "count", "fewest", "most"), SIZES)
def test_bodies_are_as_many_and_as_large_as_one_believes(
    sizes: dict[BodyKind, list[int]], kind: BodyKind, count: int, fewest: int, most: int
) -> None:
    """Each kind occurs as often as it should, and none of its bodies is absurd."""
    assert len(sizes[kind]) == count
    assert fewest <= min(sizes[kind])
    assert max(sizes[kind]) <= most


def test_every_group_has_its_people_in_its_bodies(sizes: dict[BodyKind, list[int]]) -> None:
    """The sizes of a kind's bodies add up to the head count of its group."""
    counted = [group.headcount for group in programme().groups if group.headcount]
    assert sorted(sum(found) for found in sizes.values()) == sorted(counted)


@pytest.mark.parametrize(
    "kind", [BodyKind.RESIDENT_COMMITTEE, BodyKind.NEIGHBOURHOOD_HEADS, BodyKind.CRIME_PREVENTION_PATROL]
)
def test_every_dong_has_one(whole_city: SyntheticCity, kind: BodyKind) -> None:
    """A resident committee, its neighbourhood heads and a patrol in each of the 423 dongs."""
    regions = Counter(body.region for body in whole_city.bodies if body.kind is kind)
    assert regions == {dong.code: 1 for dong in dongs()}


def test_names_and_ids_are_their_own(whole_city: SyntheticCity) -> None:
    """No two bodies have a name or an id in common, though two dongs have."""
    for told in ([b.id for b in whole_city.bodies], [b.name_ko for b in whole_city.bodies]):
        assert len(set(told)) == len(whole_city.bodies)
    assert not any(ord(sign) >= ord("가") for body in whole_city.bodies for sign in body.name_en)
    assert all(body.name_en for body in whole_city.bodies)


def test_only_committees_have_seats(whole_city: SyntheticCity) -> None:
    """Resident and advisory committees have seats, no other kind has."""
    kinds = {BodyKind.RESIDENT_COMMITTEE, BodyKind.ADVISORY_COMMITTEE}
    for body in whole_city.bodies:
        assert body.committee == (body.kind in kinds) == (body.seats is not None)


def test_bodies_beside_the_programme_count_towards_nothing(whole_city: SyntheticCity) -> None:
    """1,860 organizations and 184 facilities, a quarter of what there are, without a group."""
    beside: list[SyntheticBody] = [body for body in whole_city.bodies if body.group is None]
    assert Counter(body.kind for body in beside) == {
        BodyKind.CIVIL_SOCIETY_ORGANIZATION: 7_440 // 4,
        BodyKind.PUBLIC_FACILITY: 736 // 4,
    }


def test_only_organizations_are_sensitive_and_only_some(whole_city: SyntheticCity) -> None:
    """Faith, union, party and patients' groups are marked, in every city however small."""
    sensitive = [body for body in whole_city.bodies if body.sensitive]
    assert {body.kind for body in sensitive} == {BodyKind.CIVIL_SOCIETY_ORGANIZATION}
    assert 0.05 < len(sensitive) / 1_860 < 0.2
    for word in ("불교", "노동조합", "당 지역위원회", "환우회"):
        assert any(word in body.name_ko for body in sensitive)


def test_the_plans_own_committees_are_there(city: SyntheticCity) -> None:
    """The committees that the plan names are in a small city too."""
    names = {body.name_ko for body in city.bodies}
    named = {"정보공개심의회", "열린광장운영시민위원회", "북한이탈주민지원 지역협의회", "시정 민관협의체"}
    assert {f"서울시 {name}" for name in named} <= names


def test_the_defectors_council_keeps_to_its_size(whole_city: SyntheticCity) -> None:
    """The plan gives the support council up to 20 members."""
    (council,) = (body for body in whole_city.bodies if body.name_en.endswith("Defectors Support Council"))
    assert (council.seats or 0) <= 20


def test_bodies_are_in_regions_of_every_level(whole_city: SyntheticCity) -> None:
    """Some are the whole city's, some a district's, most a dong's."""
    levels = Counter(regions_by_code()[body.region].level for body in whole_city.bodies)
    assert levels[RegionLevel.DONG] > levels[RegionLevel.DISTRICT] > levels[RegionLevel.CITY] > 0
