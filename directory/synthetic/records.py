"""What the made-up city consists of: bodies, people, and how people belong to bodies."""

from collections.abc import Mapping
from dataclasses import dataclass

from consent.standing import PurposeStanding
from consent.vocabulary import Purpose, Sex
from graph.vocabulary import BodyKind, Membership


@dataclass(frozen=True, slots=True)
class SyntheticBody:
    """An organization or committee: `id` is a UUID, `group` the programme group that it counts towards.

    `region` is a region's code, of any level. `sensitive` is true when belonging to the body reveals belief,
    union, party or health. `seats` is how many seats a committee has, filled or not.
    """

    id: str
    name_ko: str
    name_en: str
    kind: BodyKind
    committee: bool
    group: str | None
    region: str
    sensitive: bool
    seats: int | None


@dataclass(frozen=True, slots=True)
class SyntheticAffiliation:
    """One person's belonging to one body, in ISO dates; for a seat, `since` and `until` are its term."""

    body: str
    relation: Membership
    role: str | None
    seat: str | None
    since: str
    until: str | None


@dataclass(frozen=True, slots=True)
class SyntheticPerson:
    """A made-up participant: `born` is a year, `phone` E.164, `dong` and `jurisdiction` region codes.

    The first affiliation is the one that counts towards a target (`group`); its body's region is the
    `jurisdiction`. `purposes` leaves out what was never asked. `enrolment_until` is in epoch milliseconds,
    exclusive.
    """

    id: str
    name: str
    sex: Sex
    born: int
    phone: str | None
    email: str | None
    dong: str
    jurisdiction: str
    group: str
    affiliations: tuple[SyntheticAffiliation, ...]
    purposes: Mapping[Purpose, PurposeStanding]
    enrolment_until: int
