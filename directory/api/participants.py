"""Participants in the schema: every personal field can be null, and says so in `withheld`."""

import strawberry

from directory.api.bodies import Body, body
from directory.api.regions import Region, RegionBook
from directory.contacts.filters import ParticipantFilter as Filter
from directory.contacts.filters import year_of
from directory.contacts.service import ContactPage, ShownPerson
from directory.vocabulary import BodyKind, Category, Field, Membership, RefusalReason, Sex


@strawberry.type(description="A field that is not shown, and why.")
class Withheld:
    """A refusal of the gate."""

    field: Field = strawberry.field(description="The field that is null.")
    reason: RefusalReason = strawberry.field(description="Why it is withheld.")


@strawberry.type(description="That a person belongs to a body, or serves on it.")
class Affiliation:
    """One affiliation."""

    body: Body = strawberry.field(description="The body.")
    relation: Membership = strawberry.field(description="Member of an organization, or seat on a committee.")
    role: str | None = strawberry.field(description="The role, in Korean, such as 회장.")
    seat: str | None = strawberry.field(description="The seat on a committee.")
    since: str | None = strawberry.field(description="Since when, or the first day of the term: YYYY-MM-DD.")
    until: str | None = strawberry.field(description="Until when, or the last day of the term: YYYY-MM-DD.")


@strawberry.type(description="A person in the directory (시정참여 인사), as far as they agreed to be shown.")
class Participant:
    """A participant as one caller is shown them for one purpose."""

    id: strawberry.ID = strawberry.field(description="The id: random, and never derived from the person.")
    name: str | None = strawberry.field(description="The name (성명).")
    sex: Sex | None = strawberry.field(description="The sex (성별).")
    age: int | None = strawberry.field(description="The age in years, counted by calendar year (나이).")
    phone: str | None = strawberry.field(description="The telephone number in E.164 form (전화번호).")
    email: str | None = strawberry.field(description="The e-mail address (전자우편).")
    residence: Region | None = strawberry.field(description="The dong where the person lives (거주지).")
    affiliations: list[Affiliation] | None = strawberry.field(
        description="The bodies that the person belongs to or serves on; null when withheld as a whole (소속)."
    )
    withheld: list[Withheld] = strawberry.field(
        description="Every field that is withheld for this purpose, asked for or not, with the reason. An "
        "affiliation that reveals belief, union, party or health is left out without a word where there is no "
        "separate consent, since the word would reveal it."
    )


@strawberry.type(description="A page of participants.")
class ParticipantPage:
    """A page of participants."""

    nodes: list[Participant] = strawberry.field(description="The people of this page.")
    end_cursor: str | None = strawberry.field(
        description="Where the next page starts: pass it as `after`, with the same arguments and key, within a day."
    )
    has_next_page: bool = strawberry.field(description="Whether there are more.")
    count: int | None = strawberry.field(
        description="How many people fit the filter in all: only those whose consent lets them be counted here."
    )


@strawberry.input(
    description="Which participants: every part that is given has to hold. A filter on a personal field reaches only "
    "people who agreed to disclose that field for the purpose, and is recorded as its disclosure."
)
class ParticipantFilter:
    """The filter of participants."""

    regions: list[strawberry.ID] | None = strawberry.field(
        default=None, description="Living in one of these regions, of any level (RESIDENCE)."
    )
    groups: list[strawberry.ID] | None = strawberry.field(
        default=None, description="In a body of one of these groups (AFFILIATION)."
    )
    categories: list[Category] | None = strawberry.field(
        default=None, description="In a body of one of these categories (AFFILIATION)."
    )
    kinds: list[BodyKind] | None = strawberry.field(
        default=None, description="In a body of one of these kinds (AFFILIATION)."
    )
    body: strawberry.ID | None = strawberry.field(default=None, description="In this body (AFFILIATION).")
    based_in: list[strawberry.ID] | None = strawberry.field(
        default=None,
        description="In a body that is based in one of these regions, of any level (AFFILIATION). The conditions on "
        "affiliation have to hold of one and the same body.",
    )
    sex: Sex | None = strawberry.field(default=None, description="Of this sex (SEX).")
    age_from: int | None = strawberry.field(default=None, description="At least so many years old (AGE).")
    age_to: int | None = strawberry.field(default=None, description="At most so many years old (AGE).")

    def checked(self) -> Filter:
        """Return the filter as the service takes it."""
        return Filter(
            self.regions,
            self.groups,
            self.categories,
            self.kinds,
            self.body,
            self.based_in,
            self.sex,
            self.age_from,
            self.age_to,
        )


def participant(shown: ShownPerson, regions: RegionBook, now: int) -> Participant:
    """Return a participant from what the service shows of them; `now` is in epoch milliseconds."""
    affiliations = None
    if shown.affiliations is not None:
        affiliations = [
            Affiliation(
                body=body(row.body, regions),
                relation=Membership(row.relation),
                role=row.role,
                seat=row.seat,
                since=row.since,
                until=row.until,
            )
            for row in shown.affiliations
        ]
    return Participant(
        id=strawberry.ID(shown.id),
        name=shown.name,
        sex=shown.sex,
        age=None if shown.born is None else year_of(now) - shown.born,
        phone=shown.phone,
        email=shown.email,
        residence=None if shown.residence is None else regions.get(shown.residence),
        affiliations=affiliations,
        withheld=[Withheld(field=field, reason=reason) for field, reason in shown.withheld],
    )


def participant_page(page: ContactPage, regions: RegionBook) -> ParticipantPage:
    """Return a page from what the service shows."""
    return ParticipantPage(
        nodes=[participant(person, regions, page.at) for person in page.people],
        end_cursor=page.end_cursor,
        has_next_page=page.has_next_page,
        count=page.count,
    )
