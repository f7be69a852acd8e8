"""Disclosures in the schema: what a privacy officer reads of who was shown what."""

from datetime import UTC, datetime

import strawberry

from directory.access.accounting import DisclosurePage as Page
from directory.vocabulary import Field, Purpose


@strawberry.type(description="The record that somebody was shown something of a participant.")
class Disclosure:
    """One person in one answer."""

    at: datetime = strawberry.field(description="When.")
    actor: str = strawberry.field(description="The actor who was shown it.")
    department: strawberry.ID = strawberry.field(description="The department that the actor works for.")
    purpose: Purpose = strawberry.field(description="The purpose that was declared.")
    participant: strawberry.ID = strawberry.field(description="The participant who was shown.")
    fields: list[Field] = strawberry.field(
        description="The fields that were shown, or disclosed by the filter that found the person."
    )
    operation: str = strawberry.field(description="The query that showed them.")
    origin: str = strawberry.field(description="The network address from which it was asked.")
    trace: str = strawberry.field(description="The trace id of the request, as in the service's logs.")


@strawberry.type(description="A page of disclosures, newest first.")
class DisclosurePage:
    """A page of disclosures."""

    nodes: list[Disclosure] = strawberry.field(description="The disclosures of this page.")
    end_cursor: str | None = strawberry.field(description="Where the next page starts: pass it as `after`.")
    has_next_page: bool = strawberry.field(description="Whether there are more.")


def disclosure_page(page: Page) -> DisclosurePage:
    """Return a page from what the service read."""
    return DisclosurePage(
        nodes=[
            Disclosure(
                at=datetime.fromtimestamp(row.look.at / 1000, UTC),
                actor=row.look.actor,
                department=strawberry.ID(row.look.department),
                purpose=row.look.purpose,
                participant=strawberry.ID(row.participant),
                fields=list(row.fields),
                operation=row.look.operation,
                origin=row.look.origin,
                trace=row.look.trace,
            )
            for row in page.disclosures
        ],
        end_cursor=page.end_cursor,
        has_next_page=page.has_next_page,
    )
