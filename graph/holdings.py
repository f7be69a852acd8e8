"""Everything that is held of one person, for that person alone: no gate is asked, since they may see all of it (P9).

What others were shown of them is read by `graph.disclosures`, what they asked for by `graph.cases`.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

import orjson

from consent.events import ConsentEvent, read_event
from graph.disclosures import Disclosure, Question, read
from graph.transaction import Transaction

_AT_ONCE: Final = 500
_END_OF_TIME: Final = 2**53


@dataclass(frozen=True, slots=True)
class HeldEvent:
    """A consent event, and its place in the ledger, None while it waits for one."""

    event: ConsentEvent
    leaf: int | None


@dataclass(frozen=True, slots=True)
class Holdings:
    """What lies in the graph about one person: the participant's properties as they are, sealed ones sealed."""

    properties: Mapping[str, Any]
    affiliations: Sequence[Mapping[str, Any]]
    events: Sequence[HeldEvent]


_PERSON: Final[LiteralString] = """
MATCH (p:Participant {id: $person})
RETURN properties(p) AS properties,
  [(p)-[m:MEMBER_OF|SERVES_ON]->(b:Body) | {relation: type(m), role: m.role, seat: m.seat, since: m.since,
    until: m.until, body_id: b.id, name_ko: b.name_ko, name_en: b.name_en, sensitive: b.sensitive}] AS affiliations
"""
_EVENTS: Final[LiteralString] = """
MATCH (e:ConsentEvent {participant: $person}) RETURN e.content AS content, e.leaf AS leaf
"""
_BY_PHONE: Final[LiteralString] = "MATCH (p:Participant {phone_index: $index}) RETURN p.id AS id"
_BY_EMAIL: Final[LiteralString] = "MATCH (p:Participant {email_index: $index}) RETURN p.id AS id"


async def holdings(tx: Transaction, person: str) -> Holdings | None:
    """Return what is held of a person, None where there is nobody of this id."""
    result = await tx.run(_PERSON, person=person)
    record = await result.single()
    if record is None:
        return None
    rows = await tx.run(_EVENTS, person=person)
    events = [HeldEvent(read_event(orjson.loads(row["content"])), row["leaf"]) async for row in rows]
    events.sort(key=lambda held: (held.event.happened, held.event.id))
    affiliations = sorted(record["affiliations"], key=lambda each: (each["since"] or "", each["body_id"]))
    return Holdings(record["properties"], affiliations, events)


async def looks_at(tx: Transaction, person: str) -> list[Disclosure]:
    """Return every disclosure of one person, newest first."""
    found: list[Disclosure] = []
    before: tuple[int, str, str] | None = None
    while True:
        page = await read(tx, Question(person, None, 0, _END_OF_TIME, before, _AT_ONCE))
        found += page
        if len(page) < _AT_ONCE:
            return found
        last = page[-1]
        before = (last.look.at, last.look.id, last.participant)


async def person_by_phone(tx: Transaction, index: str) -> str | None:
    """Return the id of whoever has the telephone of this blind index; for an operator who checked who it is."""
    record = await (await tx.run(_BY_PHONE, index=index)).single()
    return None if record is None else str(record["id"])


async def person_by_email(tx: Transaction, index: str) -> str | None:
    """Return the id of whoever has the e-mail address of this blind index; as above."""
    record = await (await tx.run(_BY_EMAIL, index=index)).single()
    return None if record is None else str(record["id"])
