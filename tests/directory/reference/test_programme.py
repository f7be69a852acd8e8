"""The programme: the plan's rows, and every sum that the plan states."""

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from directory.reference.errors import ReferenceCode, ReferenceDataError
from directory.reference.programme import CODES, Group, check_sums, programme
from graph.vocabulary import Category


def headcount(**wanted: object) -> int:
    """Add up the head counts of the groups that have these attributes."""
    return sum(
        group.headcount or 0
        for group in programme().groups
        if all(getattr(group, name) == value for name, value in wanted.items())
    )


def test_everybody_adds_up_to_the_plans_476_thousand() -> None:
    """476,705 = 106,902 + 345,610 + 3,514 + 20,679, by category."""
    assert programme().participants == 476_705 == 106_902 + 345_610 + 3_514 + 20_679
    assert headcount(category=Category.ADMINISTRATIVE_SUPPORT) == 106_902 == 97_660 + 9_242
    assert headcount(category=Category.ADMINISTRATIVE_COOPERATION) == 345_610 == 4_529 + 341_081
    assert headcount(category=Category.POLICY_ADVICE) == 3_514
    assert headcount(category=Category.CIVIC_PARTICIPATION) == 20_679 == 1_531 + 19_148


def test_stages_add_up() -> None:
    """Stage 1 is what bureaus and districts lead, stage 2 the rest, and stage 3 has no head count."""
    assert headcount(stage=1, led_by="city bureaus") == 28_722 == 3_514 + 1_531 + 19_148 + 4_529
    assert headcount(stage=1, led_by="districts") == 106_902
    assert headcount(stage=1) == 135_624 == 28_722 + 106_902
    assert headcount(stage=2) == 341_081 == 12_410 + 20_825 + 244_951 + 62_895
    assert headcount(stage=1) + headcount(stage=2) == 476_705
    assert [stage.headcount for stage in programme().stages] == [135_624, 341_081, None]
    assert all(group.headcount is None and group.category is None for group in programme().groups[-2:])


def test_stages_end_when_the_plan_says() -> None:
    """The three deadlines of 2013."""
    assert [(stage.number, stage.deadline) for stage in programme().stages] == [
        (1, date(2013, 5, 31)),
        (2, date(2013, 9, 30)),
        (3, date(2013, 12, 31)),
    ]


def test_every_group_has_its_code() -> None:
    """Twelve groups, each under a code of its own."""
    assert [group.code for group in programme().groups] == list(CODES.values())
    assert programme().group("volunteers").name_ko == "자원봉사자"


@pytest.mark.parametrize("place", range(10))
def test_a_head_count_that_is_off_by_one_is_refused(place: int) -> None:
    """No row may change without the plan's totals failing."""
    groups: list[Group] = list(programme().groups)
    groups[place] = replace(groups[place], headcount=(groups[place].headcount or 0) + 1)
    with pytest.raises(ReferenceDataError) as refused:
        check_sums(groups)
    assert refused.value.code is ReferenceCode.SUM_BROKEN


def test_heads_moved_between_categories_are_refused() -> None:
    """The grand total alone does not make the plan right."""
    groups = [
        replace(group, category=Category.POLICY_ADVICE) if group.code == "publicity-corps" else group
        for group in programme().groups
    ]
    with pytest.raises(ReferenceDataError) as refused:
        check_sums(groups)
    assert refused.value.code is ReferenceCode.SUM_BROKEN


def test_a_missing_group_is_refused() -> None:
    """A plan without one of its rows is not the plan."""
    with pytest.raises(ReferenceDataError) as refused:
        check_sums(programme().groups[:-1])
    assert refused.value.code is ReferenceCode.VALUE_BROKEN


def test_leaders_are_as_the_plan_has_them() -> None:
    """Six groups are led by bureaus, two by districts, four by both."""
    assert Counter(group.led_by for group in programme().groups) == {
        "city bureaus": 6,
        "districts": 2,
        "city and districts": 4,
    }
