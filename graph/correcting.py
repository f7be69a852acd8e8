"""Correcting what is held of one person: values sealed anew, blind indexes rewritten, the residence moved (P9)."""

from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, Final, LiteralString

from graph.transaction import Transaction


class CorrectionOutcome(StrEnum):
    """What became of a correction."""

    CORRECTED = "CORRECTED"
    HELD_BY_ANOTHER = "HELD_BY_ANOTHER"
    """Another record has this telephone or address; nothing was written, and the privacy officer has to look."""
    UNKNOWN = "UNKNOWN"
    """There is nobody of this id, or no dong of this code."""


_LOCK: Final[LiteralString] = """
MATCH (p:Participant {id: $person}) SET p.revision = coalesce(p.revision, 0) + 1, p.changed = timestamp()
RETURN p.data_key AS data_key
"""
_BORN: Final[LiteralString] = "MATCH (p:Participant {id: $person}) RETURN p.born AS born"
_BY_PHONE: Final[LiteralString] = "MATCH (p:Participant {phone_index: $index}) RETURN p.id AS id"
_BY_EMAIL: Final[LiteralString] = "MATCH (p:Participant {email_index: $index}) RETURN p.id AS id"
_WRITE: Final[LiteralString] = "MATCH (p:Participant {id: $person}) SET p += $properties"
_DONG: Final[LiteralString] = "MATCH (r:Region {code: $dong}) WHERE r.level = 'DONG' RETURN r.code AS code"
_LEAVE: Final[LiteralString] = "MATCH (p:Participant {id: $person})-[lives:LIVES_IN]->(:Region) DELETE lives"
_SETTLE: Final[LiteralString] = """
MATCH (p:Participant {id: $person}) MATCH (r:Region {code: $dong}) CREATE (p)-[:LIVES_IN]->(r)
SET p.dong = $dong, p.place = $place
"""


async def correct(
    tx: Transaction, person: str, dong: str | None, seal: Callable[[str], Mapping[str, Any]]
) -> CorrectionOutcome:
    """Write a correction of one person, or nothing.

    `seal` is given the person's wrapped data key, as it is in this transaction, and returns the properties: the values
    sealed under it, the blind indexes, and None for what goes. `dong` is where the person lives now, None where that
    stays. A blind index that another record has answers HELD_BY_ANOTHER.
    """
    locked = await (await tx.run(_LOCK, person=person)).single()
    if locked is None or (dong is not None and await (await tx.run(_DONG, dong=dong)).single() is None):
        return CorrectionOutcome.UNKNOWN
    properties = dict(seal(locked["data_key"]))
    if await _held_by_another(tx, person, properties):
        return CorrectionOutcome.HELD_BY_ANOTHER
    if properties:
        await (await tx.run(_WRITE, person=person, properties=properties)).consume()
    if dong is not None:
        await (await tx.run(_LEAVE, person=person)).consume()
        await (await tx.run(_SETTLE, person=person, dong=dong, place=f"{dong}:{person}")).consume()
    return CorrectionOutcome.CORRECTED


async def born(tx: Transaction, person: str) -> int | None:
    """Return the year of birth of somebody, None where it is not held, or there is nobody."""
    found = await (await tx.run(_BORN, person=person)).single()
    return None if found is None else found["born"]


async def _held_by_another(tx: Transaction, person: str, properties: Mapping[str, Any]) -> bool:
    """Look both indexes up, whichever is wanted, so that a correction costs the same whatever it is of."""
    found = []
    for text, name in ((_BY_PHONE, "phone_index"), (_BY_EMAIL, "email_index")):
        result = await tx.run(text, index=properties.get(name) or "")
        holder = await result.single()
        found.append(holder is not None and holder["id"] != person)
    return any(found)
