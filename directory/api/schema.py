"""The schema's root: the queries, each a few lines over a service."""

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any, Final

import strawberry
from graphql import GraphQLError
from strawberry.extensions import AddValidationRules, MaxTokensLimiter, ParserCache, ValidationCache
from strawberry.schema.config import StrawberryConfig
from strawberry.types import ExecutionContext

from consent.notice_parts import Language
from directory.access.accounting import Question
from directory.api import access_report, receipts, rights
from directory.api.access_report import AccessReport, Case
from directory.api.bodies import BodyFilter, BodyPage, body
from directory.api.context import Info
from directory.api.disclosures import DisclosurePage, disclosure_page
from directory.api.execution import PlannedExecutor
from directory.api.limits import MOST_TOKENS, RULES, page_size
from directory.api.mutations import Mutation
from directory.api.network import Network, network
from directory.api.notices import ShownNotice, shown_notice
from directory.api.participants import (
    Participant,
    ParticipantFilter,
    ParticipantPage,
    participant,
    participant_page,
)
from directory.api.regions import Region
from directory.api.selection import wanted_of_page, wanted_of_person, wants
from directory.vocabulary import Purpose, RegionLevel

argument = strawberry.argument
_First = Annotated[int | None, argument(description="How many at most: 1 to 500.")]
_After = Annotated[str | None, argument(description="The `endCursor` of the page before.")]
_Language = Annotated[Language, argument(description="The language of the texts.")]
_Declared = Annotated[
    Purpose, argument(description="What for: it decides what may be shown, and is recorded with every look.")
]


@strawberry.type(description="Everything that can be asked.")
class Query:
    """The queries."""

    @strawberry.field(description="The network: the plan's table against what is enrolled.")
    async def network(self, info: Info) -> Network:
        """Resolve the network."""
        return network(await info.context.services.network.read())

    @strawberry.field(description="Regions, by code.")
    def regions(
        self,
        info: Info,
        level: Annotated[RegionLevel | None, argument(description="Only of this level.")] = None,
        within: Annotated[strawberry.ID | None, argument(description="Only inside this region.")] = None,
    ) -> list[Region]:
        """Resolve regions."""
        return info.context.services.regions.select(level, within)

    @strawberry.field(description="Organizations and committees, in the order of region and Korean name.")
    async def bodies(
        self,
        info: Info,
        where: Annotated[BodyFilter | None, argument(description="Which bodies; all without it.")] = None,
        first: _First = 50,
        after: _After = None,
    ) -> BodyPage:
        """Resolve a page of bodies."""
        services, size = info.context.services, page_size(first)
        page = await services.bodies.page(
            info.context.caller, (where or BodyFilter()).checked(), size, after, count=wants(info, "count")
        )
        nodes = [body(row, services.regions) for row in page.bodies]
        return BodyPage(nodes=nodes, end_cursor=page.end_cursor, has_next_page=page.has_next_page, count=page.count)

    @strawberry.field(
        description="People whose consent for the purpose is in force, each shown as far as they agreed. Every look "
        "is recorded."
    )
    async def participants(
        self,
        info: Info,
        purpose: _Declared,
        where: Annotated[ParticipantFilter | None, argument(description="Which people; all without it.")] = None,
        first: _First = 50,
        after: _After = None,
    ) -> ParticipantPage:
        """Resolve a page of participants."""
        context, checked = info.context, (where or ParticipantFilter()).checked()
        page = await context.services.contacts.page(
            context.caller, purpose, checked, wanted_of_page(info), page_size(first), after
        )
        return participant_page(page, context.services.regions)

    @strawberry.field(
        description="One person, with the reason for everything that is withheld; null where there is nobody of this "
        "id, or nobody within your key's scope. The look is recorded."
    )
    async def participant(
        self,
        info: Info,
        id: Annotated[strawberry.ID, argument(description="The id.")],
        purpose: _Declared,
    ) -> Participant | None:
        """Resolve one participant."""
        services = info.context.services
        shown = await services.contacts.one(info.context.caller, purpose, id, wanted_of_person(info))
        return None if shown is None else participant(shown.person, services.regions, shown.at)

    @strawberry.field(
        description="Who was shown what, newest first: of a participant, or to an actor, or both. For privacy officers."
    )
    async def disclosures(
        self,
        info: Info,
        participant: Annotated[strawberry.ID | None, argument(description="Of this participant.")] = None,
        actor: Annotated[str | None, argument(description="To this actor.")] = None,
        since: Annotated[datetime | None, argument(name="from", description="From this instant on.")] = None,
        until: Annotated[datetime | None, argument(name="to", description="Before this instant.")] = None,
        first: _First = 100,
        after: _After = None,
    ) -> DisclosurePage:
        """Resolve a page of disclosures."""
        context = info.context
        asked = Question(participant, actor, since, until)
        page = await context.services.accounting.page(context.caller, asked, page_size(first), after)
        return disclosure_page(page)

    @strawberry.field(description="The published notices, each purpose's newest version first.")
    def notices(
        self,
        info: Info,
        purpose: Annotated[Purpose | None, argument(description="Only of this purpose.")] = None,
        language: _Language = Language.KO,
    ) -> list[ShownNotice]:
        """Resolve notices."""
        return [shown_notice(each, language) for each in info.context.services.notices.published(purpose)]

    @strawberry.field(description="One published notice; null where there is none of this id.")
    def notice(
        self,
        info: Info,
        id: Annotated[strawberry.ID, argument(description="The id, such as city-news/1.")],
        language: _Language = Language.KO,
    ) -> ShownNotice | None:
        """Resolve one notice."""
        found = info.context.services.notices.one(id)
        return None if found is None else shown_notice(found, language)

    me: AccessReport = strawberry.field(
        resolver=rights.me, description="Everything that is held about the person, and who was shown it."
    )
    my_cases: list[Case] = strawberry.field(
        resolver=rights.my_cases, description="What the person asked for by right, oldest first."
    )
    appeals: list[access_report.Appeal] = strawberry.field(
        resolver=access_report.appeals, description="Where to turn to where an answer is not accepted."
    )
    cases: rights.CasePage = strawberry.field(
        resolver=rights.cases, description="Cases in a state, the most urgent first. For privacy officers."
    )
    receipt: receipts.Receipt = strawberry.field(
        resolver=receipts.receipt,
        description="The receipt of an event that was recorded, with a signed checkpoint that covers it. For kiosks, "
        "privacy officers, staff with the purpose ENROLMENT, and any key that brings the token of whose event it is.",
    )


class QuietSchema(strawberry.Schema):
    """A schema that logs nothing by itself: its log lines would repeat what callers sent (L5, L10)."""

    def process_errors(self, errors: list[GraphQLError], execution_context: ExecutionContext | None = None) -> None:
        """Leave errors to the endpoint, which logs their codes alone."""


_EXTENSIONS: Final[list[Callable[[], Any]]] = [
    ParserCache,
    ValidationCache,
    lambda: MaxTokensLimiter(max_token_count=MOST_TOKENS),
    lambda: AddValidationRules(RULES),
]


def make_schema() -> strawberry.Schema:
    """Return the schema."""
    return QuietSchema(
        query=Query,
        mutation=Mutation,
        extensions=_EXTENSIONS,
        config=StrawberryConfig(disable_field_suggestions=True),
        execution_context_class=PlannedExecutor,
    )
