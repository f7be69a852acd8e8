"""The programme of 2013: which groups are enrolled, how many people, by when, and who leads."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from directory.reference.errors import ReferenceCode, ReferenceDataError
from directory.reference.tables import read_table
from graph.vocabulary import Category

TABLE = "programme_2013.csv"
COLUMNS = ("stage", "deadline", "led_by", "group_ko", "group_en", "category", "headcount")

CITY_BUREAUS = "city bureaus"
DISTRICTS = "districts"
CITY_AND_DISTRICTS = "city and districts"

PARTICIPANTS = 476_705
"""Everybody whom stages 1 and 2 enrol: the plan's 476 thousand."""

CATEGORY_HEADCOUNTS = {
    Category.ADMINISTRATIVE_SUPPORT: 106_902,
    Category.ADMINISTRATIVE_COOPERATION: 345_610,
    Category.POLICY_ADVICE: 3_514,
    Category.CIVIC_PARTICIPATION: 20_679,
}
STAGE_HEADCOUNTS = {1: 135_624, 2: 341_081, 3: None}
STAGE_LEADER_HEADCOUNTS = {
    (1, CITY_BUREAUS): 28_722,
    (1, DISTRICTS): 106_902,
    (2, CITY_AND_DISTRICTS): 341_081,
}

CODES = {
    "위원회·자문단": "advisory-committees",
    "홍보조직": "publicity-corps",
    "시민감시·평가단": "watch-and-evaluation",
    "의용소방대": "fire-brigades",
    "통·반장": "neighbourhood-heads",
    "주민자치위원": "resident-committees",
    "자율방범대": "crime-prevention-patrols",
    "아파트 입주자 대표 및 관리소장": "apartment-representatives",
    "자원봉사자": "volunteers",
    "서울시 재난안전 네트워크 등": "disaster-safety-network",
    "시 지원 복지·여성·보육·문화·체육시설 종사자": "facility-staff",
    "법정단체·이익단체의 대표자 및 임원": "statutory-bodies",
}
"""The code of each group, by the plan's own name for it; codes are ours, and stay."""


@dataclass(frozen=True, slots=True)
class Group:
    """A row of the plan: a group of participants with its head count (None where the plan gives none).

    `led_by` is one of "city bureaus", "districts" and "city and districts".
    """

    code: str
    name_ko: str
    name_en: str
    stage: int
    deadline: date
    led_by: str
    category: Category | None
    headcount: int | None


@dataclass(frozen=True, slots=True)
class Stage:
    """A stage of the plan: its number, its last day, and its head count (None where the plan gives none)."""

    number: int
    deadline: date
    headcount: int | None


@dataclass(frozen=True, slots=True)
class Programme:
    """The whole plan: its groups in the plan's order and its three stages."""

    groups: tuple[Group, ...]
    stages: tuple[Stage, ...]

    @property
    def participants(self) -> int:
        """How many people the plan enrols where it gives a number."""
        return sum(group.headcount or 0 for group in self.groups)

    def group(self, code: str) -> Group:
        """Give the group with this code; KeyError when there is none."""
        return {group.code: group for group in self.groups}[code]


@cache
def programme() -> Programme:
    """Give the plan as it stands in the table; ReferenceDataError when its sums do not hold."""
    groups = tuple(_group(row) for row in read_table(TABLE, COLUMNS))
    check_sums(groups)
    return Programme(groups=groups, stages=_stages(groups))


def check_sums(groups: Sequence[Group]) -> None:
    """Raise ReferenceDataError unless the head counts add up to every total that the plan states."""
    if {group.code for group in groups} != set(CODES.values()) or len(groups) != len(CODES):
        raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{TABLE}: groups missing or doubled")
    sums = [("all", PARTICIPANTS, sum(group.headcount or 0 for group in groups))]
    for category, stated in CATEGORY_HEADCOUNTS.items():
        found = sum(group.headcount or 0 for group in groups if group.category is category)
        sums.append((category.value, stated, found))
    for stage, whole in STAGE_HEADCOUNTS.items():
        found = sum(group.headcount or 0 for group in groups if group.stage == stage)
        sums.append((f"stage {stage}", whole or 0, found))
    for (stage, led_by), stated in STAGE_LEADER_HEADCOUNTS.items():
        found = sum(group.headcount or 0 for group in groups if (group.stage, group.led_by) == (stage, led_by))
        sums.append((f"stage {stage}, {led_by}", stated, found))
    for what, stated, found in sums:
        if stated != found:
            raise ReferenceDataError(ReferenceCode.SUM_BROKEN, f"{what}: {found}, stated {stated}")


def _group(row: dict[str, str]) -> Group:
    try:
        group = Group(
            code=CODES[row["group_ko"]],
            name_ko=row["group_ko"],
            name_en=row["group_en"],
            stage=int(row["stage"]),
            deadline=date.fromisoformat(row["deadline"]),
            led_by=row["led_by"],
            category=Category[row["category"]] if row["category"] else None,
            headcount=int(row["headcount"]) if row["headcount"] else None,
        )
    except (KeyError, ValueError):
        raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{TABLE}: {row['group_ko']}") from None
    if group.led_by not in {CITY_BUREAUS, DISTRICTS, CITY_AND_DISTRICTS}:
        raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{TABLE}: {group.name_ko}: led by")
    return group


def _stages(groups: Sequence[Group]) -> tuple[Stage, ...]:
    stages = []
    for number, headcount in STAGE_HEADCOUNTS.items():
        deadlines = {group.deadline for group in groups if group.stage == number}
        if len(deadlines) != 1:
            raise ReferenceDataError(ReferenceCode.VALUE_BROKEN, f"{TABLE}: stage {number} has no one deadline")
        stages.append(Stage(number=number, deadline=deadlines.pop(), headcount=headcount))
    return tuple(stages)
