"""The departments that lead the programme: the city's bureaus of 2013 and the 25 district offices."""

from dataclasses import dataclass
from functools import cache

from directory.reference.programme import CITY_BUREAUS, programme
from directory.reference.regions import CITY_CODE, districts
from graph.vocabulary import RegionLevel


@dataclass(frozen=True, slots=True)
class Department:
    """An office that acts: its id, names, level (CITY or DISTRICT), region code, and the groups it leads."""

    id: str
    name_ko: str
    name_en: str
    level: RegionLevel
    region: str
    leads: tuple[str, ...]


BUREAUS = (
    (
        "bureau-administration",
        "행정국",
        "Administration Bureau",
        ("crime-prevention-patrols", "volunteers", "statutory-bodies"),
    ),
    ("bureau-planning", "기획조정실", "Planning and Coordination Office", ("advisory-committees",)),
    ("bureau-communication", "시민소통기획관", "Citizen Communication Bureau", ("publicity-corps",)),
    ("bureau-audit", "감사관", "Audit and Inspection Bureau", ("watch-and-evaluation",)),
    ("bureau-fire", "소방재난본부", "Fire and Disaster Headquarters", ("fire-brigades",)),
    ("bureau-city-safety", "도시안전실", "City Safety Office", ("disaster-safety-network",)),
    ("bureau-housing", "주택정책실", "Housing Policy Office", ("apartment-representatives",)),
    ("bureau-welfare", "복지건강실", "Welfare and Health Office", ("facility-staff",)),
    ("bureau-women", "여성가족정책실", "Women and Family Policy Office", ("facility-staff",)),
    ("bureau-culture", "문화관광디자인본부", "Culture, Tourism and Design Headquarters", ("facility-staff",)),
)
"""Which bureau leads which group is ours to say: the plan says only that bureaus lead."""


@cache
def departments() -> tuple[Department, ...]:
    """Give the bureaus first, then the district offices in the order of their codes.

    A group led by the city's bureaus is led by bureaus alone, one led by the districts by all 25 offices, and
    one led by both by a bureau and all 25.
    """
    shared = tuple(group.code for group in programme().groups if group.led_by != CITY_BUREAUS)
    bureaus = tuple(
        Department(code, name_ko, name_en, RegionLevel.CITY, CITY_CODE, leads)
        for code, name_ko, name_en, leads in BUREAUS
    )
    offices = tuple(
        Department(
            id=f"district-{district.code}",
            name_ko=f"{district.name_ko}청",
            name_en=f"{district.name_en} District Office",
            level=RegionLevel.DISTRICT,
            region=district.code,
            leads=shared,
        )
        for district in districts()
    )
    return bureaus + offices


def leaders(group: str) -> tuple[Department, ...]:
    """Give the departments that lead the group with this code, bureaus first."""
    return tuple(department for department in departments() if group in department.leads)
