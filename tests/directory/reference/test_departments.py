"""The departments: every group is led by those whom the plan names."""

import pytest

from directory.reference.departments import departments, leaders
from directory.reference.programme import Group, programme
from directory.reference.regions import regions_by_code
from graph.vocabulary import RegionLevel


def test_there_are_25_district_offices_and_the_bureaus() -> None:
    """A department has an id of its own and a region of its level."""
    assert len({department.id for department in departments()}) == len(departments())
    offices = [department for department in departments() if department.level is RegionLevel.DISTRICT]
    assert len(offices) == 25
    for department in departments():
        assert regions_by_code()[department.region].level is department.level
    assert all(office.id == f"district-{office.region}" for office in offices)


@pytest.mark.parametrize("group", programme().groups, ids=lambda group: str(group.code))
def test_a_group_is_led_by_whom_the_plan_names(group: Group) -> None:
    """Bureaus lead what the plan gives to bureaus, and all 25 districts what it gives to districts."""
    levels = [department.level for department in leaders(group.code)]
    by_bureaus = levels.count(RegionLevel.CITY)
    by_districts = levels.count(RegionLevel.DISTRICT)
    assert (by_bureaus > 0) == (group.led_by != "districts")
    assert by_districts == (0 if group.led_by == "city bureaus" else 25)


def test_departments_lead_only_groups_of_the_plan() -> None:
    """No department leads a group that is not there."""
    codes = {group.code for group in programme().groups}
    assert all(set(department.leads) <= codes for department in departments())
