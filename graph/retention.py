"""What has to go, found window by window: ended consents, people without a basis, old looks and cases (P11)."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final, LiteralString

from consent.cases import UNDECIDED, CaseKind, CaseState
from consent.events import ConsentEvent
from consent.folding import fold, in_order
from consent.vocabulary import EventKind, Purpose, State
from graph.cases import of_person
from graph.consents import events_in, events_of
from graph.erasing import ErasureOrder, erasure_event, tombstone_row
from graph.ledger import PENDING
from graph.look_entries import commitment_of
from graph.standings import PROPERTIES
from graph.transaction import Transaction
from graph.windows import Window


@dataclass(frozen=True, slots=True)
class OldRow:
    """A disclosure that is kept no longer: its look, its number in it, and the place of the look in the ledger."""

    look: str
    number: int | None
    leaf: int | None
    commitment: str


# The range stands alone in its clause, or the embedded engine prefers a scan of everybody.
_LAPSED: Final[LiteralString] = """
MATCH (p:Participant) WHERE p.id > $low AND p.id < $high WITH p WHERE p[$state] = 'GRANTED' AND p[$until] <= $now
RETURN collect(p.id) AS people
"""
_RE_ASK: Final[LiteralString] = """
MATCH (p:Participant) WHERE p.id > $low AND p.id < $high
WITH p WHERE p[$state] = 'EXPIRED' OR (p[$state] = 'GRANTED' AND p[$until] <= $soon)
RETURN collect(p.id) AS people
"""
_AGREED: Final[LiteralString] = """
MATCH (p:Participant) WHERE p.id > $low AND p.id < $high WITH p WHERE p[$state] = 'GRANTED'
RETURN collect(p.id) AS people
"""
_WITHOUT_BASIS: Final[LiteralString] = """
MATCH (p:Participant) WHERE p.id > $low AND p.id < $high
WITH p WHERE coalesce(p.enrolment_until, 0) <= $ended
  AND coalesce(p.city_news_until, 0) <= $ended AND coalesce(p.disaster_response_until, 0) <= $ended
  AND coalesce(p.policy_advice_until, 0) <= $ended AND coalesce(p.city_monitoring_until, 0) <= $ended
RETURN collect([p.id, p.enrolment_until]) AS people
"""
_OLD_ROWS: Final[LiteralString] = """
MATCH (d:Disclosure) WHERE d.participant > $low AND d.participant < $high
WITH d WHERE d.at < $before WITH d LIMIT $limit
RETURN properties(d) AS row, [(d)<-[:SHOWED]-(l:Look) | [l.id, l.leaf, l.ledger_queue]] AS looks
"""
_COUNT_OLD_ROWS: Final[LiteralString] = """
MATCH (d:Disclosure) WHERE d.participant > $low AND d.participant < $high
WITH d WHERE d.at < $before RETURN count(d) AS rows
"""
_EMPTY_ROWS: Final[LiteralString] = """
MATCH (d:Disclosure) WHERE d.participant > $low AND d.participant < $high
WITH d, [(d)<-[:SHOWED]-(l:Look) | l.id][0] AS look
WITH d, $commitments[look + '/' + toString(coalesce(d.n, -1))] AS commitment WHERE commitment IS NOT NULL
SET d.commitment = commitment REMOVE d.participant, d.fields, d.salt
"""
# As graph.ledger_erasure does it: who reads what an actor was shown passes over looks that show nobody any more.
_MARK_EMPTY: Final[LiteralString] = """
UNWIND $looks AS look MATCH (l:Look {id: look})
WITH l WHERE size([(l)-[:SHOWED]->(d:Disclosure) WHERE d.participant IS NOT NULL | d.n]) = 0
SET l.nobody_left = true
"""
_ADD_TOMBSTONE: Final[LiteralString] = "CREATE (t:Entry:Tombstone) SET t = $row"
_OLD_VERIFICATIONS: Final[LiteralString] = "MATCH (v:Verification) WHERE v.at < $before RETURN v.id AS id LIMIT $limit"
_OLD_ATTEMPTS: Final[LiteralString] = "MATCH (a:Attempts) WHERE a.at < $before RETURN a.key AS id LIMIT $limit"
_OLD_CASES: Final[LiteralString] = """
MATCH (c:Case) WHERE c.answered < $before RETURN c.id AS id LIMIT $limit
"""
_UNCONFIRMED: Final[LiteralString] = """
MATCH (c:Case {state: $state}) WITH c WHERE c.kind = $kind AND c.due <= $before RETURN c.id AS id LIMIT $limit
"""
_OLD_WAITING: Final[LiteralString] = """
MATCH (c:Case {state: $state}) WITH c WHERE c.wanted_field IS NOT NULL AND c.answered < $before
RETURN c.id AS id LIMIT $limit
"""
_DROP_WAITING: Final[LiteralString] = """
UNWIND $ids AS id MATCH (c:Case {id: id}) WITH c WHERE c.state = $state
REMOVE c.wanted_field, c.wanted_sealed, c.wanted_index
"""
_DROP_VERIFICATIONS: Final[LiteralString] = "UNWIND $ids AS id MATCH (v:Verification {id: id}) DETACH DELETE v"
_DROP_ATTEMPTS: Final[LiteralString] = "UNWIND $ids AS id MATCH (a:Attempts {key: id}) DETACH DELETE a"
_DROP_CASES: Final[LiteralString] = "UNWIND $ids AS id MATCH (c:Case {id: id}) DETACH DELETE c"


async def lapsed(tx: Transaction, window: Window, purpose: Purpose, now: int) -> list[str]:
    """Return who in a window has a consent for the purpose that ended without that being recorded yet."""
    names = PROPERTIES[purpose]
    return await _people(tx, _LAPSED, window, state=names.state, until=names.until, now=now)


async def to_be_asked_again(tx: Transaction, window: Window, purpose: Purpose, soon: int) -> list[str]:
    """Return who in a window has a consent for the purpose that is recorded as ended, or ends by an instant."""
    names = PROPERTIES[purpose]
    return await _people(tx, _RE_ASK, window, state=names.state, until=names.until, soon=soon)


async def agreed_under(tx: Transaction, window: Window, purpose: Purpose, notices: frozenset[str]) -> list[str]:
    """Return who in a window agrees to the purpose, and agreed last under one of these notices."""
    people = await _people(tx, _AGREED, window, state=PROPERTIES[purpose].state)
    events = await events_in(tx, window)
    return [person for person in people if _last_notice(events.get(person, ()), purpose) in notices]


def _last_notice(events: Sequence[ConsentEvent], purpose: Purpose) -> str | None:
    granted = [event for event in in_order(events) if event.kind is EventKind.GRANTED and event.purpose is purpose]
    return granted[-1].notice if granted else None


async def _people(tx: Transaction, text: LiteralString, window: Window, **parameters: Any) -> list[str]:  # noqa: ANN401 - the driver's own type.
    result = await tx.run(text, low=window.low, high=window.high, **parameters)
    people: list[str] = (await result.single(strict=True))["people"]
    return sorted(people)


async def without_basis(tx: Transaction, window: Window, ended: int) -> list[str]:
    """Return who in a window is held without any basis since before `ended`.

    Nobody with a consent or an enrolment that goes on, be it suspended, or that ended later; nobody who decided
    anything later; nobody who waits for an answer; and nobody of whom no end is known, since the unknown is not
    destroyed by a sweep. When an end was noticed counts for nothing.
    """
    result = await tx.run(_WITHOUT_BASIS, low=window.low, high=window.high, ended=ended)
    rows: list[tuple[str, int | None]] = (await result.single(strict=True))["people"]
    found = []
    for person, enrolled in sorted(rows):
        decided = [event for event in await events_of(tx, person) if event.kind is not EventKind.EXPIRED]
        # A consent that was taken back has an end in the future, which no longer counts; one that is suspended stands.
        beneath = fold(decided, suspensions=False).values()
        lasts = any(standing.state is State.GRANTED and standing.until > ended for standing in beneath)
        later = any(event.happened > ended for event in decided)
        waits = any(case.state in UNDECIDED for case in await of_person(tx, person))
        if (decided or enrolled) and not (lasts or later or waits):
            found.append(person)
    return found


async def old_rows(tx: Transaction, window: Window, before: int, limit: int) -> list[OldRow] | None:
    """Return disclosures in a window of participants that are older than `before`, at most `limit`.

    None where a look among them waits for its place in the ledger, which has to be given first.
    """
    result = await tx.run(_OLD_ROWS, low=window.low, high=window.high, before=before, limit=limit)
    rows = [(row["row"], row["looks"][0]) async for row in result]
    if any(look[2] == PENDING for _, look in rows):
        return None
    return [OldRow(look[0], row.get("n"), look[1], commitment_of(row) or "") for row, look in rows]


async def count_old_rows(tx: Transaction, window: Window, before: int) -> int:
    """Return how many disclosures in a window of participants are older than `before`."""
    result = await tx.run(_COUNT_OLD_ROWS, low=window.low, high=window.high, before=before)
    rows: int = (await result.single(strict=True))["rows"]
    return rows


async def empty_rows(tx: Transaction, window: Window, rows: Sequence[OldRow], order: ErasureOrder) -> ConsentEvent:
    """Empty disclosures, and return the fact of it, which the tombstone commits to; its id is nobody's."""
    commitments = {f"{row.look}/{-1 if row.number is None else row.number}": row.commitment for row in rows}
    await (await tx.run(_EMPTY_ROWS, low=window.low, high=window.high, commitments=commitments)).consume()
    await (await tx.run(_MARK_EMPTY, looks=sorted({row.look for row in rows}))).consume()
    known = sorted((row.leaf, row.number) for row in rows if row.leaf is not None and row.number is not None)
    event = erasure_event(order, [f"{leaf}/{number}" for leaf, number in known])
    await (await tx.run(_ADD_TOMBSTONE, row=tombstone_row(event, order.salt))).consume()
    return event


async def old_verifications(tx: Transaction, before: int, limit: int) -> list[str]:
    """Return verifications from before an instant."""
    return await _ids(tx, _OLD_VERIFICATIONS, before, limit)


async def old_attempts(tx: Transaction, before: int, limit: int) -> list[str]:
    """Return counters of attempts that were not touched since an instant."""
    return await _ids(tx, _OLD_ATTEMPTS, before, limit)


async def old_cases(tx: Transaction, before: int, limit: int) -> list[str]:
    """Return cases that were answered before an instant."""
    return await _ids(tx, _OLD_CASES, before, limit)


async def unconfirmed(tx: Transaction, before: int, limit: int) -> list[str]:
    """Return corrections that nobody confirmed, and that were due by an instant."""
    open_, correction = str(CaseState.OPEN), str(CaseKind.CORRECTION)
    return await _ids(tx, _UNCONFIRMED, before, limit, state=open_, kind=correction)


async def old_waiting(tx: Transaction, before: int, limit: int) -> list[str]:
    """Return cases that were refused before an instant, and still keep what they waited to write."""
    return await _ids(tx, _OLD_WAITING, before, limit, state=str(CaseState.REFUSED_WITH_REASON))


async def _ids(tx: Transaction, text: LiteralString, before: int, limit: int, **more: Any) -> list[str]:  # noqa: ANN401 - the driver's own type.
    result = await tx.run(text, before=before, limit=limit, **more)
    return sorted([row["id"] async for row in result])


async def drop_verifications(tx: Transaction, ids: Sequence[str]) -> None:
    """Remove verifications."""
    await (await tx.run(_DROP_VERIFICATIONS, ids=ids)).consume()


async def drop_attempts(tx: Transaction, keys: Sequence[str]) -> None:
    """Remove counters of attempts."""
    await (await tx.run(_DROP_ATTEMPTS, ids=keys)).consume()


async def drop_waiting(tx: Transaction, ids: Sequence[str]) -> None:
    """Forget what refused cases waited to write; one that was appealed meanwhile keeps it."""
    await (await tx.run(_DROP_WAITING, ids=ids, state=str(CaseState.REFUSED_WITH_REASON))).consume()


async def drop_cases(tx: Transaction, ids: Sequence[str]) -> None:
    """Remove cases."""
    await (await tx.run(_DROP_CASES, ids=ids)).consume()
