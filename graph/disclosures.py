"""The record of who was shown what: written with the opening it records, and read by privacy officers.

A look is one answer to one caller; it has a disclosure for each person in it, with the fields that were shown. The
disclosure names its person by a property with an index, not by an edge: an edge to each of a hundred people costs a
page three times as much, since it rewrites every one of their records (docs/decisions.md).

A look is an entry of the ledger. Its leaf commits to its facts and, row by row, to its disclosures, each under a salt
of its own, so that one person's row can be erased and the look still fits its leaf (C2, C7).
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any, Final, LiteralString, Protocol

from consent.ledger.commitments import leaf_hash, row_commitment, salt_text, salts_from
from consent.vocabulary import Field, Purpose
from graph import people
from graph.ledger import PENDING
from graph.look_entries import look_content
from graph.opening import Asked, Opener, ShownPerson
from graph.people import PageRequest
from graph.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Look:
    """Who looks, for what, when (epoch milliseconds) and from where.

    `trace` finds the request in the logs, `filtered` names the fields that the request filtered on. `seed` has the 32
    random bytes from which the salts of its record come; it is kept nowhere, and a look that is read back has none.
    """

    id: str
    at: int
    actor: str
    department: str
    purpose: Purpose
    operation: str
    origin: str
    trace: str
    filtered: str = ""
    seed: bytes = field(default=b"", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """One person shown to one caller: the look it was part of, and the fields shown."""

    look: Look
    participant: str
    fields: tuple[Field, ...]


class Shown(Protocol):
    """Somebody who was shown, and with which fields."""

    @property
    def id(self) -> str:
        """Whom."""
        ...

    @property
    def shown(self) -> frozenset[Field]:
        """What."""
        ...


@dataclass(frozen=True, slots=True)
class Decided:
    """Somebody of whom a decision was shown, and no field."""

    id: str
    shown: frozenset[Field] = frozenset()


@dataclass(frozen=True, slots=True)
class ShownPage:
    """A page of people as they were shown; `last` is the key to go on after, None where there is no next page."""

    people: tuple[ShownPerson, ...]
    last: str | None


_WRITE: Final[LiteralString] = """
CREATE (l:Entry:Look) SET l = $look
WITH l UNWIND $disclosures AS row
CREATE (l)-[:SHOWED]->(d:Disclosure) SET d = row
"""


async def disclose_page(tx: Transaction, request: PageRequest, asked: Asked, opener: Opener, look: Look) -> ShownPage:
    """Read a page, open what the gate permits, and record it, all in this transaction (P15).

    Nothing is shown that is not recorded: when the record can't be written, this raises and the caller gets nothing.
    """
    rows = await people.page(tx, request)
    more = len(rows) > request.size
    shown = [opener.open(person, affiliations, asked) for person, affiliations in rows[: request.size]]
    visible = tuple(person for person in shown if person is not None)
    await record(tx, look, visible if asked.people else ())
    return ShownPage(visible, request.key_of(rows[request.size - 1][0]) if more else None)


async def disclose_one(
    tx: Transaction, participant: str, asked: Asked, opener: Opener, look: Look
) -> ShownPerson | None:
    """Read one person, open what the gate permits, and record it; None for nobody and for out of scope alike (L3)."""
    row = await people.one(tx, participant, asked.purpose)
    if row is None:
        return None
    shown = opener.open(*row, asked)
    if shown is not None:
        await record(tx, look, [shown])
    return shown


async def record(tx: Transaction, look: Look, shown: Sequence[Shown]) -> None:
    """Write the look, and a disclosure for everybody in the answer, be it that their id alone was shown.

    A look at nobody is written as well: a count, and an empty page, tell something too.
    """
    salt, salts = salts_from(look.seed, len(shown))
    disclosures: list[dict[str, Any]] = []
    commitments = []
    for number, (person, own_salt) in enumerate(zip(shown, salts, strict=True)):
        participant, fields = person.id, " ".join(sorted(person.shown))
        commitments.append(row_commitment(participant, fields, number, own_salt))
        disclosures.append(
            {
                "participant": participant,
                "fields": fields,
                "at": look.at,
                "n": number,
                "salt": salt_text(own_salt),
            }
        )
    row: dict[str, Any] = {
        "id": look.id,
        "at": look.at,
        "actor": look.actor,
        "department": look.department,
        "purpose": str(look.purpose),
        "operation": look.operation,
        "origin": look.origin,
        "trace": look.trace,
        "filtered": look.filtered,
        "people": len(disclosures),
    }
    row |= {
        "salt": salt_text(salt),
        "leaf_hash": leaf_hash(look_content(row, commitments), salt).hex(),
        "ledger_queue": PENDING,
    }
    result = await tx.run(_WRITE, look=row, disclosures=disclosures)
    await result.consume()


@dataclass(frozen=True, slots=True)
class Question:
    """Which disclosures a privacy officer asks for: of a participant or by an actor, `since` to `until` exclusive.

    `before` and `limit` page backwards from the newest: only what comes after that position, which is an instant, a
    look's id and a participant's.
    """

    participant: str | None
    actor: str | None
    since: int
    until: int
    before: tuple[int, str, str] | None
    limit: int


_LOOK: Final[LiteralString] = "l {.id, .at, .actor, .department, .purpose, .operation, .origin, .trace, .filtered}"
# A second MATCH would make the embedded engine read every look there is, hence the patterns in the answers.
_READ_OF_PARTICIPANT: Final[LiteralString] = (
    "MATCH (d:Disclosure {participant: $participant}) WITH d "
    "WHERE d.at >= $since AND d.at < $until AND ($at IS NULL OR d.at <= $at) "
    "RETURN [[d.participant, d.fields]] AS shown, [(d)<-[:SHOWED]-(l:Look) | " + _LOOK + "][0] AS look"
)
# So many looks at somebody hold at least so many disclosures, and those after them all come later in the order. Looks
# at nobody, or at people who were all erased, are passed over, or enough of them would hide whatever was shown before.
# Looks of one instant are told apart by their ids, or a page could be filled with those that were read before.
_READ_BY_ACTOR: Final[LiteralString] = (
    "MATCH (l:Look {actor: $actor}) WITH l "
    "WHERE l.people > 0 AND l.nobody_left IS NULL AND l.at >= $since AND l.at < $until "
    "AND ($at IS NULL OR l.at < $at OR (l.at = $at AND l.id >= $look)) "
    "WITH l ORDER BY l.at DESC, l.id LIMIT $limit "
    "RETURN [(l)-[:SHOWED]->(d:Disclosure) WHERE d.participant IS NOT NULL | [d.participant, d.fields]] AS shown, "
    + _LOOK
    + " AS look"
)


async def read(tx: Transaction, question: Question) -> list[Disclosure]:
    """Return the disclosures that were asked for, newest first, at most `limit`."""
    result = await tx.run(
        _READ_BY_ACTOR if question.participant is None else _READ_OF_PARTICIPANT,
        participant=question.participant,
        actor=question.actor,
        since=question.since,
        until=question.until,
        at=None if question.before is None else question.before[0],
        look=None if question.before is None else question.before[1],
        limit=question.limit + 1,
    )
    found = []
    async for row in result:
        if question.actor is None or row["look"]["actor"] == question.actor:
            look = Look(**{**row["look"], "purpose": Purpose(row["look"]["purpose"])})
            found += [
                Disclosure(look, participant, tuple(Field(name) for name in fields.split()))
                for participant, fields in row["shown"]
            ]
    found.sort(key=_newest_first)
    if question.before is not None:
        at, look_id, participant = question.before
        found = [disclosure for disclosure in found if _newest_first(disclosure) > (-at, look_id, participant)]
    return found[: question.limit]


def _newest_first(disclosure: Disclosure) -> tuple[int, str, str]:
    return -disclosure.look.at, disclosure.look.id, disclosure.participant
