"""A person of a test's own in the small city: enrolled for it, with an affiliation, and gone again after it."""

import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, Final

from consent.vocabulary import Sex
from directory.intake.participant import participant_row
from directory.synthetic.records import SyntheticPerson
from graph.transaction import Transaction
from tests.loaded_city import BUREAU, DAY, NOW, City

NAME: Final = "홍길동"


@dataclass(frozen=True, slots=True)
class OwnPerson:
    """Who it is."""

    id: str
    name: str
    phone: str
    email: str
    dong: str
    body: str
    row: dict[str, Any]


@asynccontextmanager
async def own_person(city: City, phone: str = "+821000004242") -> AsyncIterator[OwnPerson]:
    """Enrol somebody who was not asked for anything yet, and remove all about them afterwards."""
    identity, body = str(uuid.uuid4()), next(body for body in city.bodies.values() if not body.committee)
    person = SyntheticPerson(
        id=identity,
        name=NAME,
        sex=Sex.FEMALE,
        born=1970,
        phone=phone,
        email=f"{identity}@example.org",
        dong=city.dongs[3],
        jurisdiction=city.dongs[3],
        group="volunteers",
        affiliations=(),
        purposes={},
        enrolment_until=NOW + 30 * DAY,
    )
    row = participant_row(person, BUREAU, city.keyring)
    await city.graph.write(_enrol, row, body.id)
    contacts = [f"PHONE:{row['phone_index']}", f"EMAIL:{row['email_index']}"]
    try:
        yield OwnPerson(identity, NAME, phone, f"{identity}@example.org", city.dongs[3], body.id, row)
    finally:
        await city.graph.write(_remove, identity, contacts)


_ENROL: Final = """
MATCH (home:Region {code: $row.dong}) CREATE (p:Participant) SET p = $row CREATE (p)-[:LIVES_IN]->(home)
WITH p MATCH (b:Body {id: $body}) CREATE (p)-[:MEMBER_OF {role: '회원', since: '2012-01-01'}]->(b)
"""


async def _enrol(tx: Transaction, row: dict[str, Any], body: str) -> None:
    await (await tx.run(_ENROL, row=row, body=body)).consume()


async def _remove(tx: Transaction, person: str, contacts: list[str]) -> None:
    for text in (
        "MATCH (p:Participant {id: $person}) DETACH DELETE p",
        "MATCH (e:ConsentEvent {participant: $person}) DETACH DELETE e",
        "MATCH (d:Disclosure {participant: $person}) DETACH DELETE d",
        "MATCH (c:Case) DETACH DELETE c",
        "MATCH (v:Verification) DETACH DELETE v",
        "MATCH (a:Attempts) DETACH DELETE a",
        "MATCH (t:Tombstone {id: $person}) DETACH DELETE t",
    ):
        await (await tx.run(text, person=person)).consume()


async def mentions(tx: Transaction, *texts: str) -> list[tuple[list[str], str]]:
    """Find every property of every node and edge in which one of the texts stands, by its labels and its name."""
    found = []
    for query in (
        "MATCH (n) RETURN labels(n) AS labels, properties(n) AS row",
        "MATCH (a)-[r]->() RETURN [type(r)] AS labels, properties(r) AS row",
    ):
        async for record in await tx.run(query):
            for name, value in record["row"].items():
                if any(text in str(value) for text in texts):
                    found.append((record["labels"], name))
    return found
