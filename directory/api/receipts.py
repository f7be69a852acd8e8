"""Receipts in the schema: what a person keeps of a decision, as a file and in plain lines."""

from typing import Annotated

import orjson
import strawberry

from consent.notice_parts import Language
from directory.api.context import Info
from directory.api.notices import ShownNotice  # noqa: F401 - declares the languages to the schema.
from directory.receipts.issuing import Receipt as Issued


@strawberry.type(description="A line of what a receipt says in words.")
class ReceiptLine:
    """A label and its text."""

    label: str = strawberry.field(description="What the line is about.")
    text: str = strawberry.field(description="What it says.")


def _lines(
    root: "Receipt",
    language: Annotated[Language, strawberry.argument(description="The language.")] = Language.KO,
) -> list[ReceiptLine]:
    return [ReceiptLine(label=label, text=text) for label, text in root.issued.lines(language)]


async def _latest(root: "Receipt", info: Info) -> str | None:
    found = await info.context.services.ledger.latest_of(root.issued.person)
    return None if found is None else orjson.dumps(found, option=orjson.OPT_INDENT_2).decode()


@strawberry.type(description="What a person keeps of a decision, verifiable without this service: docs/receipts.md.")
class Receipt:
    """A receipt."""

    id: strawberry.ID = strawberry.field(description="The receipt's number, which is the event's id.")
    json: str = strawberry.field(description="The receipt as the file to keep.")
    readable: list[ReceiptLine] = strawberry.field(resolver=_lines, description="What it says, in plain lines.")
    latest: str | None = strawberry.field(
        resolver=_latest,
        description="The proof, by the map that is published daily, which entry is the person's latest, as the file to "
        "keep beside the receipt; null until the day's map is there.",
    )
    issued: strawberry.Private[Issued]


def receipt_of(issued: Issued) -> Receipt:
    """Return a receipt as the interface shows it."""
    return Receipt(id=strawberry.ID(issued.id), json=issued.json, issued=issued)


async def receipt(
    info: Info,
    event: Annotated[strawberry.ID, strawberry.argument(description="The event's id, as recordDecision returned it.")],
    person_token: Annotated[
        str | None, strawberry.argument(description="The token of whose event it is: then any key may hand it over.")
    ] = None,
) -> Receipt:
    """Resolve the receipt of an event."""
    context, services = info.context, info.context.services
    if person_token is None:
        return receipt_of(await services.receipts.for_caller(context.caller, event))
    person = await services.rights.person(context.caller, person_token)
    return receipt_of(await services.receipts.for_person(person, event))
