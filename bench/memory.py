"""Resident memory of the service and of its engine, under a mix of requests from several callers at once."""

import asyncio

import orjson

from bench.client import Connection
from bench.figures import Memory
from bench.questions import NETWORK, PAGES, Question, counted, person
from bench.rounds import Effort
from bench.service import RunningService

_CALLERS = 4
# One count and one look at the network in so many requests; the rest are pages and look-ups.
_CYCLE = 25


async def measure_memory(service: RunningService, effort: Effort) -> Memory:
    """Ask as many requests as the effort says, and look at the memory between them."""
    fresh = service.megabytes()
    questions = await _questions(service)
    number, most = 0, fresh

    async def call() -> None:
        nonlocal number, most
        async with Connection(service.port, service.token) as connection:
            while number < effort.requests:
                question = questions[number % len(questions)]
                number += 1
                await connection.post(question.body)
                most = max(most, service.megabytes())

    async with asyncio.TaskGroup() as callers:
        for _ in range(_CALLERS):
            callers.create_task(call())
    return Memory(effort.requests, fresh, most, service.engine_megabytes())


async def _questions(service: RunningService) -> list[Question]:
    """Return a cycle of requests: pages of every audience, each from its start and after it, look-ups, and a count."""
    questions: list[Question] = []
    ids: list[str] = []
    async with Connection(service.port, service.token) as connection:
        for audience in PAGES:
            page = orjson.loads(await connection.post(audience.page(None).body))["data"]["participants"]
            questions += [audience.page(None), audience.page(page["endCursor"])]
            ids += [node["id"] for node in page["nodes"][:3]]
    questions += [person(participant) for participant in ids]
    return [*questions[: _CYCLE - 2], counted()[2].count(), Question(NETWORK)]
