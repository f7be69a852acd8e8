"""The words that the graph adds to those of consent: levels of region, kinds of body, memberships."""

from consent.vocabulary import Category, Term

__all__ = ["ActorKind", "BodyKind", "Category", "Membership", "RegionLevel"]


class RegionLevel(Term):
    """How large a region is; each level is part of the one above it."""

    CITY = "CITY", "시", "The whole city."
    DISTRICT = "DISTRICT", "자치구", "One of the 25 districts."
    DONG = "DONG", "동", "One of the 423 dongs, the smallest region with an office of its own."


class BodyKind(Term):
    """What sort of organization or committee a body is."""

    RESIDENT_COMMITTEE = "RESIDENT_COMMITTEE", "주민자치위원회", "A dong's resident autonomy committee."
    NEIGHBOURHOOD_HEADS = "NEIGHBOURHOOD_HEADS", "통·반장", "The heads of a dong's neighbourhoods and blocks."
    FIRE_BRIGADE = "FIRE_BRIGADE", "의용소방대", "A volunteer fire brigade."
    CRIME_PREVENTION_PATROL = "CRIME_PREVENTION_PATROL", "자율방범대", "A volunteer crime-prevention patrol."
    APARTMENT_COMPLEX = (
        "APARTMENT_COMPLEX",
        "입주자대표회의",
        "The residents' council of an apartment complex, and its manager.",
    )
    VOLUNTEER_GROUP = "VOLUNTEER_GROUP", "자원봉사단", "A group of volunteers."
    DISASTER_SAFETY_NETWORK = (
        "DISASTER_SAFETY_NETWORK",
        "재난안전 네트워크",
        "A group of the disaster-safety network.",
    )
    ADVISORY_COMMITTEE = (
        "ADVISORY_COMMITTEE",
        "위원회·자문단",
        "A committee, an advisory group or a public-private council.",
    )
    PUBLICITY_CORPS = "PUBLICITY_CORPS", "홍보조직", "A corps that tells citizens about the city's work."
    MONITOR_GROUP = (
        "MONITOR_GROUP",
        "시민감시·평가단",
        "A group of citizens who watch and evaluate the city's work.",
    )
    CIVIL_SOCIETY_ORGANIZATION = (
        "CIVIL_SOCIETY_ORGANIZATION",
        "시민사회단체",
        "A civil-society organization; counts towards no target.",
    )
    PUBLIC_FACILITY = (
        "PUBLIC_FACILITY",
        "공공시설",
        "A public facility open to citizens; counts towards no target.",
    )


class Membership(Term):
    """How a participant belongs to a body."""

    MEMBER_OF = "MEMBER_OF", "소속", "A member of an organization, with a role."
    SERVES_ON = "SERVES_ON", "위촉", "Appointed to a seat of a committee, for a term."


class ActorKind(Term):
    """What kind of caller an access key is for."""

    STAFF = "STAFF", "담당 공무원", "A department's staff: asks for contact lists."
    SERVICE = "SERVICE", "연계 시스템", "Another system of a department: asks for contact lists."
    KIOSK = "KIOSK", "무인단말기", "A kiosk at a meeting: takes decisions down, and lets people exercise their rights."
    PRIVACY_OFFICER = (
        "PRIVACY_OFFICER",
        "개인정보 보호책임자",
        "Reads who was shown what, and no contact lists.",
    )
