"""Looking up one participant by id, with bodies and region."""

from functools import partial

import orjson

from bench.errors import BenchStopped
from bench.figures import Ladder
from bench.ladder import Case, measure_ladder, values_in
from bench.opened import Opened
from bench.questions import EVERYTHING, PURPOSE, WHOLE_CITY, person
from bench.rounds import Effort
from graph import people

_PEOPLE = 50


async def measure_lookup(opened: Opened, effort: Effort) -> Ladder:
    """Measure looking up people by id, some more often than they are likely to be looked up."""
    return await measure_ladder(opened, "look-up by id", await lookup_cases(opened), effort)


async def lookup_cases(opened: Opened) -> list[Case]:
    """Take people from a page, whose ids are random; raises BenchStopped where there is nobody."""
    answer = orjson.loads(await opened.http.post(WHOLE_CITY.page(None).body))
    ids = [node["id"] for node in answer["data"]["participants"]["nodes"]][:_PEOPLE]
    if not ids:
        raise BenchStopped("There is nobody to look up: the city is too small.")
    contacts = opened.services.contacts
    values = values_in(orjson.loads(await opened.http.post(person(ids[0]).body)))
    return [
        Case(
            raw=partial(opened.raw, people.one, participant, PURPOSE),
            service=partial(contacts.one, opened.caller, PURPOSE, participant, EVERYTHING),
            question=person(participant),
            rows=1,
            values=values,
        )
        for participant in ids
    ]
