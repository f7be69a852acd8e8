"""Verifications in the graph: a code that was asked for, the tries at it, and the token that it turned into.

One is written for a contact that is nobody's as well, by the same statements with values of the same size, so that
neither an answer nor its time tells who is registered (L4). A contact stands here as its blind index alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from consent.one_time_codes import A_CALLER, A_CONTACT, Limit, PendingCode, allows, remembered
from consent.vocabulary import Field
from graph.transaction import Transaction

KEPT: Final = 24 * 60 * 60 * 1000
"""How long a verification is kept, in milliseconds: past every code and token, and then it is a trace of somebody."""


@dataclass(frozen=True, slots=True)
class CodeRequest:
    """A code that is asked for: for which contact, by which caller, and what will be kept of the code.

    `asker` is under what requests are counted: the caller, or one of those who reach us through it. `decoy` is a random
    id that stands in the place of a person where the contact is nobody's. A `case` is the correction that the code
    confirms, `person` whose it is: then the contact is new, and nobody is looked for.
    """

    id: str
    field: Field
    index: str
    caller: str
    asker: str
    hash: str
    at: int
    until: int
    decoy: str
    person: str = ""
    case: str = ""

    @property
    def contact(self) -> str:
        """Name the contact as its attempts are counted under."""
        return f"{self.field}:{self.index}"


@dataclass(frozen=True, slots=True)
class CodeAsked:
    """Whether the caller may ask at all now, and whether a code is to be sent, which the sender alone is told."""

    allowed: bool
    send: bool


@dataclass(frozen=True, slots=True)
class StoredVerification:
    """A verification as it is kept. `case` is empty unless it confirms a correction; `access` is the case of a look."""

    id: str
    person: str
    caller: str
    case: str
    at: int
    code: PendingCode
    token_until: int
    access: str


# Written before it is read, so that two requests of one instant count each other.
_ATTEMPTS: Final[LiteralString] = """
MERGE (a:Attempts {key: $key}) SET a.turn = coalesce(a.turn, 0) + 1 RETURN a.instants AS instants
"""
_COUNT: Final[LiteralString] = "MATCH (a:Attempts {key: $key}) SET a.instants = $instants, a.at = $at"
_BY_PHONE: Final[LiteralString] = "MATCH (p:Participant {phone_index: $index}) RETURN p.id AS id"
_BY_EMAIL: Final[LiteralString] = "MATCH (p:Participant {email_index: $index}) RETURN p.id AS id"
_ADD: Final[LiteralString] = "CREATE (v:Verification) SET v = $row"
_TRY: Final[LiteralString] = """
MATCH (v:Verification {id: $id}) SET v.tries = v.tries + 1 RETURN properties(v) AS verification
"""
# As many writes for a wrong code as for a right one.
_WRONG: Final[LiteralString] = "MATCH (v:Verification {id: $id}) SET v.wrong = $token, v.tried = $until"
_RIGHT: Final[LiteralString] = """
MATCH (v:Verification {id: $id}) SET v.used = true, v.token_hash = $token, v.token_until = $until
"""
_TURNED_INTO: Final[LiteralString] = """
MATCH (v:Verification {token_hash: $token}) RETURN properties(v) AS verification
"""
_OF_PERSON: Final[LiteralString] = """
MATCH (v:Verification {participant: $person}) RETURN properties(v) AS verification
"""
_SET_ACCESS: Final[LiteralString] = "MATCH (v:Verification {id: $id}) SET v.access = $case"


async def ask(tx: Transaction, request: CodeRequest) -> CodeAsked:
    """Keep a verification for whoever's contact it is, within the limits of the contact and the caller.

    A contact that is asked for too often gets none sent, and the answer is as ever; a caller that asks too often is
    told, which is about the caller alone. What is not sent counts against no contact, or anybody could keep somebody
    out for as long as they go on asking; a caller that goes on asking goes on waiting.
    """
    caller = await _within(tx, f"caller:{request.asker}", A_CALLER, request.at, counts_refused=True)
    if not caller:
        return CodeAsked(allowed=False, send=False)
    contact = await _within(tx, request.contact, A_CONTACT, request.at, counts_refused=False)
    result = await tx.run(_BY_PHONE if request.field is Field.PHONE else _BY_EMAIL, index=request.index)
    found = await result.single()
    person = request.person or (request.decoy if found is None else found["id"])
    send = contact and (bool(request.person) or found is not None)
    row = {
        "id": request.id,
        "participant": person,
        "caller": request.caller,
        "contact": request.contact,
        "hash": request.hash,
        "at": request.at,
        "until": request.until,
        "tries": 0,
        "used": False,
        "sent": send,
        "case": request.case,
        "access": "",
    }
    await (await tx.run(_ADD, row=row)).consume()
    return CodeAsked(allowed=True, send=send)


async def _within(tx: Transaction, key: str, limit: Limit, now: int, *, counts_refused: bool) -> bool:
    """Say whether one more fits, and count it."""
    result = await tx.run(_ATTEMPTS, key=key)
    instants: list[int] = (await result.single(strict=True))["instants"] or []
    fits = allows(instants, limit, now)
    kept = remembered([*instants, now] if fits or counts_refused else instants, limit, now)
    await (await tx.run(_COUNT, key=key, instants=kept, at=now)).consume()
    return fits


async def begin_try(tx: Transaction, verification: str) -> StoredVerification | None:
    """Count a try at a code and return what it is tried against; None for a verification that is not there."""
    result = await tx.run(_TRY, id=verification)
    record = await result.single()
    return None if record is None else _stored(record["verification"])


async def end_try(tx: Transaction, verification: str, *, right: bool, token: str, until: int) -> None:
    """Write down how a try ended; `token` is the hash of the token that a right code turns into, until an instant."""
    text = _RIGHT if right else _WRONG
    await (await tx.run(text, id=verification, token=token, until=until)).consume()


async def by_token(tx: Transaction, token: str) -> StoredVerification | None:
    """Return the verification that turned into the token of this hash, or None."""
    result = await tx.run(_TURNED_INTO, token=token)
    record = await result.single()
    return None if record is None else _stored(record["verification"])


async def of_person(tx: Transaction, person: str) -> list[StoredVerification]:
    """Return the verifications of one person that are still kept, oldest first."""
    result = await tx.run(_OF_PERSON, person=person)
    found = [_stored(row["verification"]) async for row in result]
    return sorted(found, key=lambda verification: (verification.at, verification.id))


async def set_access(tx: Transaction, verification: str, case: str) -> None:
    """Remember the case of the access for which a token was used."""
    await (await tx.run(_SET_ACCESS, id=verification, case=case)).consume()


def _stored(row: Mapping[str, Any]) -> StoredVerification:
    return StoredVerification(
        id=row["id"],
        person=row["participant"],
        caller=row["caller"],
        case=row["case"],
        at=row["at"],
        code=PendingCode(row["hash"], row["until"], row["tries"], used=row["used"], sent=row["sent"]),
        token_until=row.get("token_until") or 0,
        access=row["access"],
    )
