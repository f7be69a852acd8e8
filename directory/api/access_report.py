"""The access report in the schema: everything that is held about a person, and who was shown what of it."""

from datetime import datetime
from typing import Annotated

import strawberry

from consent.cases import APPEALS
from consent.notice_parts import Language
from directory.api import notices as _notices  # noqa: F401 - it declares the language.
from directory.rights.report import AccessReport as Report
from directory.rights.report import HeldCase
from directory.vocabulary import (
    CaptureMethod,
    CaseKind,
    CaseState,
    Channel,
    EventKind,
    Field,
    GuardianCheck,
    Membership,
    Purpose,
    Sex,
    State,
)
from directory.web.rights import report_page


@strawberry.type(description="A region, a department, a group or a body, by its id and both names.")
class Named:
    """Something with a name."""

    id: strawberry.ID = strawberry.field(description="The id or code.")
    name_ko: str = strawberry.field(description="The Korean name.")
    name_en: str = strawberry.field(description="The English name.")


@strawberry.type(description="One affiliation of the person who asks; sensitive ones are their own to see.")
class MyAffiliation:
    """An affiliation."""

    body: Named = strawberry.field(description="The body.")
    relation: Membership = strawberry.field(description="Member of an organization, or seat on a committee.")
    role: str | None = strawberry.field(description="The role, in Korean.")
    seat: str | None = strawberry.field(description="The seat on a committee.")
    since: str | None = strawberry.field(description="Since when, or the first day of the term: YYYY-MM-DD.")
    until: str | None = strawberry.field(description="Until when, or the last day of the term: YYYY-MM-DD.")
    sensitive: bool = strawberry.field(description="Whether it is shown to others with a separate consent alone.")


@strawberry.type(description="What the person's decisions on one purpose add up to now.")
class MyStanding:
    """A standing."""

    purpose: Purpose = strawberry.field(description="The purpose.")
    state: State = strawberry.field(description="What stands.")
    fields: list[Field] = strawberry.field(description="The fields that may be shown.")
    channels: list[Channel] = strawberry.field(description="By what the person may be reached.")
    sensitive: bool = strawberry.field(description="Whether sensitive affiliations may be shown.")
    until: datetime | None = strawberry.field(description="When that ends.")


@strawberry.type(description="One recorded decision, or a fact about one.")
class MyDecision:
    """A consent event."""

    id: strawberry.ID = strawberry.field(description="The event's id, by which its receipt is asked for.")
    kind: EventKind = strawberry.field(description="What happened.")
    purpose: Purpose | None = strawberry.field(description="The purpose.")
    at: datetime = strawberry.field(description="When it happened.")
    recorded: datetime = strawberry.field(description="When the directory took it in.")
    notice: str = strawberry.field(description="The notice that was shown, such as city-news/1; empty where none was.")
    notice_hash: str = strawberry.field(description="The hash of the notice's text.")
    language: str = strawberry.field(description="The language it was read in.")
    fields: list[Field] = strawberry.field(description="The fields that were agreed to, or taken back.")
    channels: list[Channel] = strawberry.field(description="The channels that were agreed to, or taken back.")
    sensitive: bool = strawberry.field(description="Whether the sensitive part was agreed to, or taken back.")
    until: datetime | None = strawberry.field(description="The end of what was agreed to.")
    method: CaptureMethod = strawberry.field(description="How it came in.")
    operator: str = strawberry.field(description="Through which actor.")
    meeting: str = strawberry.field(description="At which meeting; empty where at none.")
    evidence: str = strawberry.field(description="What proves it, as it was noted; empty where nothing was.")
    guardian: GuardianCheck | None = strawberry.field(description="How the guardian was verified who decided.")
    guardian_verified: datetime | None = strawberry.field(description="When the guardian was verified.")
    basis: str = strawberry.field(
        description="The case that it rests on; of-age where whoever took it down saw that the person is."
    )
    place: int | None = strawberry.field(description="Its leaf in the ledger; null while it waits for one.")


@strawberry.type(description="One answer in which somebody else was shown something of the person.")
class LookAtMe:
    """A look."""

    at: datetime = strawberry.field(description="When.")
    actor: str = strawberry.field(description="The actor who was shown it.")
    department: Named = strawberry.field(description="The department that the actor works for.")
    purpose: Purpose = strawberry.field(description="The purpose that was declared.")
    operation: str = strawberry.field(description="The query that showed it.")
    origin: str = strawberry.field(description="The network address from which it was asked.")
    fields: list[Field] = strawberry.field(description="The fields that were shown; none where it was the id alone.")


@strawberry.type(description="A place to turn to where an answer is not accepted.")
class Appeal:
    """A way to appeal."""

    who_ko: str = strawberry.field(description="Who, in Korean.")
    who_en: str = strawberry.field(description="Who, in English.")
    contact: str = strawberry.field(description="How to reach them.")
    what_ko: str = strawberry.field(description="What they do, in Korean.")
    what_en: str = strawberry.field(description="What they do, in English.")


def appeals() -> list[Appeal]:
    """Resolve the ways to appeal."""
    return [
        Appeal(who_ko=a.who.ko, who_en=a.who.en, contact=a.contact, what_ko=a.what.ko, what_en=a.what.en)
        for a in APPEALS
    ]


def _appeals(root: strawberry.Parent[HeldCase]) -> list[Appeal] | None:
    """Resolve where to appeal against a refusal."""
    return None if root.appeals is None else appeals()


@strawberry.type(description="A new contact that a correction waits to write, or kept for an appeal after a refusal.")
class WaitingContact:
    """A contact that was wanted."""

    field: Field = strawberry.field(description="PHONE or EMAIL.")
    value: str = strawberry.field(description="The contact.")


@strawberry.type(description="The first answer to a case, where the person appealed against it.")
class FirstAnswer:
    """An answer before an appeal."""

    at: datetime = strawberry.field(description="When it was given.")
    by: str = strawberry.field(description="By which actor.")
    reason: str = strawberry.field(description="What the person was told.")


@strawberry.type(description="Something that a person asked for by right, and what came of it.")
class Case:
    """A case."""

    id: strawberry.ID = strawberry.field(description="The id: random.")
    kind: CaseKind = strawberry.field(description="Which right.")
    state: CaseState = strawberry.field(description="How far it is.")
    opened: datetime = strawberry.field(description="When it was asked.")
    due: datetime = strawberry.field(description="Before which instant it is answered, by law.")
    answered: datetime | None = strawberry.field(description="When it was answered; null while it waits.")
    purposes: list[Purpose] = strawberry.field(description="The purposes that it is about.")
    fields: list[Field] = strawberry.field(description="The fields that it is about; none where it is about all.")
    channels: list[Channel] = strawberry.field(description="The channels that it is about.")
    reason: str = strawberry.field(description="What the person is told beside the answer; why it was refused.")
    seen: int = strawberry.field(description="Of an access, how often it was used.")
    by: str = strawberry.field(description="Through which actor it came in.")
    overdue: bool = strawberry.field(description="Whether it still waits after its deadline.")
    sensitive: bool = strawberry.field(description="Whether it is about the sensitive part.")
    answered_by: str = strawberry.field(description="Which actor answered; empty while it waits.")
    first: FirstAnswer | None = strawberry.field(description="The first answer, where there was an appeal against it.")
    events: list[strawberry.ID] = strawberry.field(
        description="The ids of what was recorded for it, a purpose each, by which receipts are asked for."
    )
    waiting: WaitingContact | None = strawberry.field(
        description="What a correction waits to write; told to the person alone, in their report."
    )
    appeals: list[Appeal] | None = strawberry.field(
        resolver=_appeals, description="Where to turn to against a refusal; null unless it was refused."
    )


@strawberry.type(description="Where something came from.")
class Source:
    """A source."""

    what_ko: str = strawberry.field(description="What, in Korean.")
    what_en: str = strawberry.field(description="What, in English.")
    from_ko: str = strawberry.field(description="From whom or what, in Korean.")
    from_en: str = strawberry.field(description="From whom or what, in English.")
    at: datetime | None = strawberry.field(description="When, where that is known.")


def _page(
    root: strawberry.Parent[Report],
    language: Annotated[Language, strawberry.argument(description="The language of the page.")] = Language.KO,
) -> str:
    """Resolve the report as a page."""
    return report_page(root, language)


@strawberry.type(
    description="Everything that is held about the person whose token was given. That they looked is in a case of "
    "theirs, and counts as a look of nobody else's."
)
class AccessReport:
    """The report."""

    person: strawberry.ID = strawberry.field(description="The person's id: random.")
    at: datetime = strawberry.field(description="When it was read.")
    synthetic: bool = strawberry.field(description="Whether the directory is of a made-up city.")
    name: str | None = strawberry.field(description="The name (성명).")
    sex: Sex | None = strawberry.field(description="The sex (성별).")
    born: int | None = strawberry.field(description="The year of birth (출생연도).")
    phone: str | None = strawberry.field(description="The telephone number in E.164 form (전화번호).")
    email: str | None = strawberry.field(description="The e-mail address (전자우편).")
    residence: Named | None = strawberry.field(description="The dong of residence (거주지).")
    office: Named = strawberry.field(description="The region whose office keeps the record.")
    group: Named = strawberry.field(description="The group under whose target the person was enrolled.")
    enrolled_by: Named | None = strawberry.field(description="The department that may ask the person for consent.")
    enrolment_until: datetime | None = strawberry.field(description="Until when it may ask.")
    affiliations: list[MyAffiliation] = strawberry.field(description="Every affiliation (소속).")
    standings: list[MyStanding] = strawberry.field(description="What stands, purpose by purpose.")
    decisions: list[MyDecision] = strawberry.field(description="Everything that was decided, oldest first.")
    looks: list[LookAtMe] = strawberry.field(description="Who was shown what, newest first.")
    cases: list[Case] = strawberry.field(description="What the person asked for, this access included, oldest first.")
    codes_sent: list[datetime] = strawberry.field(description="When a code was asked for, within the last day.")
    sources: list[Source] = strawberry.field(description="Where it all came from.")
    technical: list[str] = strawberry.field(
        description="What is kept beside, by its name alone: keys, blind indexes and counters."
    )
    page: str = strawberry.field(
        resolver=_page, description="The report as a page of HTML, to be read or printed; it needs no other file."
    )


@strawberry.type(description="Where the data came from, what it is for, and the right to stop that.")
class SourceNotice:
    """The answer to a request for the source."""

    case: Case = strawberry.field(description="The case.")
    sources: list[Source] = strawberry.field(description="The sources.")
    purposes: list[MyStanding] = strawberry.field(description="The purposes, and what stands for each.")
    rights_ko: str = strawberry.field(description="The right to stop and to withdraw, in Korean.")
    rights_en: str = strawberry.field(description="The same in English.")
