"""Counting audiences: the whole city for a purpose, with and without a filter, and twenty dongs."""

from dataclasses import replace
from functools import partial

import orjson

from bench.bars import COUNT_CITY, COUNT_DONGS
from bench.errors import BenchStopped
from bench.figures import Counted
from bench.opened import Opened
from bench.questions import COUNT_ALONE, PAGE_SIZE, PURPOSE, Audience, counted
from bench.rounds import Effort, interleaved


async def measure_counts(opened: Opened, effort: Effort) -> list[Counted]:
    """Measure every count."""
    # A count of the whole city takes many times as long as a page, and varies less.
    effort = replace(effort, rounds=max(effort.rounds // 3, 1), warm_up=effort.warm_up // 3)
    everybody, filtered, twenty = counted()
    return [
        await _measure(opened, everybody, COUNT_CITY, effort),
        await _measure(opened, filtered, COUNT_CITY, effort),
        await _measure(opened, twenty, COUNT_DONGS, effort),
    ]


async def _measure(opened: Opened, audience: Audience, limit: float, effort: Effort) -> Counted:
    contacts, question = opened.services.contacts, audience.count()
    service = partial(contacts.page, opened.caller, PURPOSE, audience.where, COUNT_ALONE, PAGE_SIZE, after=None)
    http = partial(opened.http.post, question.body)
    counted_people = (await service()).count
    if counted_people is None or orjson.loads(await http())["data"]["participants"]["count"] != counted_people:
        raise BenchStopped("The service and the answer over HTTP do not count the same people.")
    times = await interleaved([{"service": service, "http": http}], effort)
    return Counted(audience.what, counted_people, times.spread("service"), times.spread("http"), limit)
