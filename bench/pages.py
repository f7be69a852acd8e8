"""Pages of a contact list: 100 people with their bodies and region, from the whole city down to one group."""

from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from unittest.mock import patch

import orjson

from bench.errors import BenchStopped
from bench.figures import Ladder
from bench.ladder import Case, measure_ladder, values_in
from bench.opened import Opened
from bench.questions import EVERYTHING, PAGE_SIZE, PURPOSE, Audience
from bench.rounds import Effort
from directory.contacts.service import ContactPage
from graph import people
from graph.people import PageRequest


async def measure_page(opened: Opened, audience: Audience, effort: Effort) -> Ladder | None:
    """Measure pages of an audience, None where there is nobody in it."""
    cases = await page_cases(opened, audience, effort)
    return await measure_ladder(opened, f"page of {PAGE_SIZE}, {audience.what}", cases, effort) if cases else None


async def page_cases(opened: Opened, audience: Audience, effort: Effort, size: int = PAGE_SIZE) -> list[Case]:
    """Walk over the first pages of an audience; the last one, which is not full, only where there is no other.

    Raises BenchStopped where the four ways of asking do not give the same people.
    """
    cases: list[Case] = []
    after: str | None = None
    while len(cases) < effort.pages:
        requests: list[PageRequest] = []
        with patch.object(opened.graph, "write", _spying(opened.graph.write, requests)):
            page = await _page(opened, audience, after, size)
        shown = [person.id for person in page.people]
        if not shown or (cases and len(shown) < size):
            break
        question = audience.page(after, size)
        raw = partial(opened.raw, people.page, requests[0])
        values = await _same_people(opened, shown, [row["id"] for row, _ in (await raw())[:size]], question.body)
        cases.append(Case(raw, partial(_page, opened, audience, after, size), question, len(shown), values))
        after = page.end_cursor
        if after is None:
            break
    return cases


async def _page(opened: Opened, audience: Audience, after: str | None, size: int) -> ContactPage:
    contacts = opened.services.contacts
    return await contacts.page(opened.caller, PURPOSE, audience.where, EVERYTHING, size, after)


def _spying(write: Callable[..., Awaitable[Any]], requests: list[PageRequest]) -> Callable[..., Awaitable[Any]]:
    """Return `write` with an eye on the request that the service makes of a question: the raw query takes the same."""

    async def seen(work: Callable[..., Awaitable[Any]], *arguments: Any, **named: Any) -> Any:  # noqa: ANN401
        requests.extend(argument for argument in arguments if isinstance(argument, PageRequest))
        return await write(work, *arguments, **named)

    return seen


async def _same_people(opened: Opened, shown: list[str], raw: list[str], body: bytes) -> int:
    """Return how many values the answer has; raises BenchStopped unless all answers are of the same people."""
    answer = orjson.loads(await opened.http.post(body))
    served = [person["id"] for person in answer["data"]["participants"]["nodes"]]
    if "errors" in answer or not shown == raw == served:
        raise BenchStopped("The raw query, the service and the answer over HTTP do not give the same people.")
    return values_in(answer)
