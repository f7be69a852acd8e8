"""Recording consent events: once, with the standing that follows, and only of people who are there."""

import asyncio
import secrets
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import orjson
import pytest
import pytest_asyncio

from consent.errors import EventRefused
from consent.events import ConsentEvent, read_event
from consent.folding import fold
from consent.ledger.commitments import leaf_hash, salt_bytes
from consent.scope import Scope
from consent.vocabulary import Channel, EventKind, Field, Purpose, State
from graph import consents
from graph.consents import Outcome
from graph.errors import Conflict
from graph.standings import PROPERTIES
from graph.transaction import Transaction
from graph.windows import Axis, Window
from tests.consent.making_events import AT, DAY, event
from tests.loaded_city import City, Truth

NEWS = Purpose.CITY_NEWS
SALT = b"\x01" * 32
EVERYBODY = Window("", "g", 0)


async def properties(tx: Transaction, person: str) -> dict[str, Any]:
    """Read everything that lies on a participant."""
    result = await tx.run("MATCH (p:Participant {id: $id}) RETURN properties(p) AS found", id=person)
    found: dict[str, Any] = (await result.single(strict=True))["found"]
    return found


async def put_back(tx: Transaction, before: dict[str, Any]) -> None:
    """Give a participant the properties they had, and remove the events that the tests recorded."""
    await (await tx.run("MATCH (p:Participant {id: $id}) SET p = $row", id=before["id"], row=before)).consume()
    text = "MATCH (e:ConsentEvent {participant: $id}) WHERE e.leaf IS NULL DETACH DELETE e"
    await (await tx.run(text, id=before["id"])).consume()


async def bury(tx: Transaction, person: str) -> None:
    """Put a tombstone where nobody is."""
    await (await tx.run("CREATE (t:Tombstone {id: $id})", id=person)).consume()


async def unbury(tx: Transaction) -> None:
    """Remove the tombstones."""
    await (await tx.run("MATCH (t:Tombstone) DETACH DELETE t")).consume()


async def node_of(tx: Transaction, identity: str) -> dict[str, Any]:
    """Read the node of an event."""
    result = await tx.run(
        "MATCH (e:Entry {ledger_queue: 'pending'}) WHERE e.id = $id RETURN properties(e) AS row", id=identity
    )
    row: dict[str, Any] = (await result.single(strict=True))["row"]
    return row


async def mislay(tx: Transaction, person: str, key: str, value: object) -> None:
    """Change a stored standing behind the directory's back."""
    await (await tx.run("MATCH (p:Participant {id: $id}) SET p += $row", id=person, row={key: value})).consume()


@pytest_asyncio.fixture
async def someone(city: City) -> AsyncIterator[Truth]:
    """Give somebody who was never asked about the city's news, and put them back."""
    truth = next(person for person in city.people if NEWS not in person.purposes)
    before = await city.graph.read(properties, truth.id)
    yield truth
    await city.graph.write(put_back, before)


def decision(person: Truth, kind: EventKind, **parts: Any) -> ConsentEvent:  # noqa: ANN401 - any part of an event.
    """Make an event of somebody, later than everything that the city's people decided."""
    at = parts.pop("at", AT)
    if kind is EventKind.GRANTED:
        parts = {"until": at + 30 * DAY} | parts
    return event(kind, person=person.id, at=at, id=secrets.token_hex(16), **parts)


async def test_a_decision_is_recorded_with_its_standing(city: City, someone: Truth) -> None:
    """The event is kept as the ledger commits to it, and the person's properties say what follows (P2, C2)."""
    agreed = decision(someone, EventKind.GRANTED)
    recorded = await city.graph.write(consents.record, agreed, SALT)
    assert recorded.outcome is Outcome.RECORDED
    assert recorded.purposes[NEWS].fields == agreed.fields
    row = await city.graph.read(node_of, agreed.id)
    assert read_event(orjson.loads(row["content"])) == agreed
    assert row["leaf_hash"] == leaf_hash(row["content"].encode(), salt_bytes(row["salt"])).hex()
    stored = await city.graph.read(properties, someone.id)
    names = PROPERTIES[NEWS]
    assert (stored[names.state], stored[names.until], stored[names.covers]) == (
        "GRANTED",
        agreed.until,
        " NAME PHONE by:SMS ",
    )
    assert (await city.graph.read(consents.events_of, someone.id))[-1] == agreed


async def test_sent_again_it_is_recorded_once(city: City, someone: Truth) -> None:
    """A decision whose answer was lost is sent again, and changes nothing."""
    agreed = decision(someone, EventKind.GRANTED)
    await city.graph.write(consents.record, agreed, SALT)
    again = await city.graph.write(consents.record, replace(agreed, recorded=agreed.recorded + 5), SALT)
    assert again.outcome is Outcome.ALREADY
    assert again.purposes[NEWS].state is State.GRANTED
    known = await city.graph.read(consents.events_of, someone.id)
    assert [one.id for one in known].count(agreed.id) == 1


async def test_an_id_means_one_fact(city: City, someone: Truth) -> None:
    """Another fact under a known id is refused, be it of the same person or of somebody else."""
    agreed = decision(someone, EventKind.GRANTED)
    await city.graph.write(consents.record, agreed, SALT)
    for other in (
        replace(agreed, fields=frozenset({Field.NAME})),
        replace(agreed, person=city.special["no affiliation"].id),
    ):
        assert (await city.graph.write(consents.record, other, SALT)).outcome is Outcome.CONFLICT
    assert (await city.graph.read(properties, someone.id))[PROPERTIES[NEWS].covers] == " NAME PHONE by:SMS "


async def test_late_events_change_nothing_that_came_after(city: City, someone: Truth) -> None:
    """A yes of yesterday that arrives after today's no leaves the no standing."""
    await city.graph.write(consents.record, decision(someone, EventKind.REFUSED), SALT)
    late = await city.graph.write(consents.record, decision(someone, EventKind.GRANTED, at=AT - DAY), SALT)
    assert late.purposes[NEWS].state is State.REFUSED
    stored = await city.graph.read(properties, someone.id)
    assert stored[PROPERTIES[NEWS].state] == "REFUSED"
    assert PROPERTIES[NEWS].until not in stored


async def test_a_withdrawal_leaves_no_mark(city: City, someone: Truth) -> None:
    """What covered the fields is gone from the person with the consent, so that no query finds them (P10)."""
    await city.graph.write(consents.record, decision(someone, EventKind.GRANTED), SALT)
    await city.graph.write(consents.record, decision(someone, EventKind.WITHDRAWN, at=AT + 1), SALT)
    stored = await city.graph.read(properties, someone.id)
    names = PROPERTIES[NEWS]
    assert stored[names.state] == "WITHDRAWN"
    assert names.until not in stored
    assert names.covers not in stored


async def test_a_part_can_be_taken_back(city: City, someone: Truth) -> None:
    """Without the channel the fields are still covered (P8)."""
    await city.graph.write(consents.record, decision(someone, EventKind.GRANTED), SALT)
    no_texts = decision(someone, EventKind.WITHDRAWN, at=AT + 1, channels=frozenset({Channel.SMS}))
    await city.graph.write(consents.record, no_texts, SALT)
    assert (await city.graph.read(properties, someone.id))[PROPERTIES[NEWS].covers] == " NAME PHONE "


@pytest.mark.parametrize("kind", [EventKind.REFUSED, EventKind.WITHDRAWN])
async def test_who_does_not_want_to_be_asked_is_asked_no_more(city: City, someone: Truth, kind: EventKind) -> None:
    """The enrolment's end goes; for any other decision it stays as it is."""
    names = PROPERTIES[Purpose.ENROLMENT]
    await city.graph.write(consents.record, decision(someone, EventKind.REFUSED), SALT)
    assert names.until in await city.graph.read(properties, someone.id)
    await city.graph.write(consents.record, decision(someone, kind, purpose=Purpose.ENROLMENT), SALT)
    stored = await city.graph.read(properties, someone.id)
    assert names.until not in stored
    assert names.covers not in stored
    assert stored["enrolment_department"]


async def test_nobody_and_somebody_out_of_scope_are_alike(city: City, someone: Truth) -> None:
    """Who may not act for the person is told what they are told of nobody (L3), and nothing is recorded."""
    elsewhere = "11020" if someone.jurisdiction.startswith("11010") else "11010"
    agreed = decision(someone, EventKind.GRANTED)
    out_of_scope = Scope("actor", "bureau", frozenset(Purpose), (elsewhere,), None)
    of_nobody = replace(agreed, person="nobody-0000000000")
    refused = await city.graph.write(consents.record, agreed, SALT, out_of_scope)
    assert refused == await city.graph.write(consents.record, of_nobody, SALT, out_of_scope)
    assert refused.outcome is Outcome.UNKNOWN
    assert agreed not in await city.graph.read(consents.events_of, someone.id)
    within = Scope("actor", "bureau", frozenset(Purpose), (someone.jurisdiction,), None)
    assert (await city.graph.write(consents.record, agreed, SALT, within)).outcome is Outcome.RECORDED


async def test_whom_a_scope_reaches(city: City, someone: Truth) -> None:
    """Somebody whose record is kept within it, and nobody else."""
    elsewhere = "11020" if someone.jurisdiction.startswith("11010") else "11010"
    for region, reached in ((someone.jurisdiction, True), (elsewhere, False)):
        scope = Scope("actor", "bureau", frozenset(Purpose), (region,), None)
        assert await city.graph.read(consents.reaches, someone.id, scope) is reached
        assert not await city.graph.read(consents.reaches, "nobody-0000000000", scope)


async def test_of_the_erased_nothing_is_recorded(city: City) -> None:
    """What arrives after the erasure brings nobody back (E7)."""
    gone = "erased-0000000000"
    await city.graph.write(bury, gone)
    try:
        late = event(EventKind.GRANTED, person=gone)
        assert (await city.graph.write(consents.record, late, SALT)).outcome is Outcome.GONE
        assert await city.graph.read(consents.events_of, gone) == []
    finally:
        await city.graph.write(unbury)


async def test_the_stored_standings_are_those_of_the_events(city: City, someone: Truth) -> None:
    """Everybody is compared, and who differs is named with the purposes."""
    compared = await city.graph.read(consents.compare_window, EVERYBODY)
    assert compared.people == len(city.people)
    expected = {person.id for person in city.people if Purpose.ENROLMENT in person.purposes}
    assert not compared.differing.keys() - expected
    for key, value in (
        (PROPERTIES[NEWS].state, "GRANTED"),
        (PROPERTIES[NEWS].covers, " NAME "),
        (PROPERTIES[NEWS].until, 1),
    ):
        await city.graph.write(mislay, someone.id, key, value)
        found = await city.graph.read(consents.compare_window, EVERYBODY)
        assert found.differing[someone.id] == [NEWS]
        await city.graph.write(mislay, someone.id, key, None)


async def test_people_are_compared_window_by_window(city: City) -> None:
    """The windows together hold everybody with all their events, once."""
    axis = Axis.by_id(len(city.people))
    at = people = events = 0
    while at < axis.length:
        window = axis.window(None, at, axis.width_for(300))
        compared = await city.graph.read(consents.compare_window, window)
        people, events, at = people + compared.people, events + compared.events, window.end
    whole = await city.graph.read(consents.compare_window, EVERYBODY)
    assert (people, events) == (whole.people, whole.events)


async def test_two_decisions_at_once_are_both_in_the_standing(city: City, someone: Truth) -> None:
    """Neither overlooks the other, whichever is first."""
    advice = decision(someone, EventKind.GRANTED, purpose=Purpose.POLICY_ADVICE, at=AT + 1)
    news = decision(someone, EventKind.GRANTED)
    await asyncio.gather(
        *(consents.append(city.graph, one, secrets.token_bytes(32)) for one in (advice, news, news, advice))
    )
    known = [one.id for one in await city.graph.read(consents.events_of, someone.id)]
    assert (known.count(advice.id), known.count(news.id)) == (1, 1)
    stored = await city.graph.read(properties, someone.id)
    expected = consents.standing_properties(fold(await city.graph.read(consents.events_of, someone.id)))
    assert {key: stored.get(key) for key in expected} == expected
    assert stored[PROPERTIES[NEWS].state] == stored[PROPERTIES[Purpose.POLICY_ADVICE].state] == "GRANTED"


async def test_an_event_that_another_was_faster_with_is_found(
    city: City, someone: Truth, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the same event is committed between our look and our commit, we look again."""
    agreed, write = decision(someone, EventKind.GRANTED), city.graph.write
    attempts = 0

    async def beaten(work: Any, *args: Any) -> Any:  # noqa: ANN401 - as the graph has it.
        nonlocal attempts
        attempts += 1
        if attempts == 1:
            await write(work, *args)
            raise Conflict
        return await write(work, *args)

    monkeypatch.setattr(city.graph, "write", beaten)
    try:
        recorded = await consents.append(city.graph, agreed, SALT)
    finally:
        monkeypatch.undo()
    assert recorded.outcome is Outcome.ALREADY


async def test_an_event_of_an_unknown_form_is_not_passed_over(city: City, someone: Truth) -> None:
    """What can't be read stops the reading: a standing without it would be somebody's consent by accident."""
    await city.graph.write(consents.record, decision(someone, EventKind.GRANTED), SALT)
    await city.graph.write(break_content, someone.id)
    with pytest.raises(EventRefused):
        await city.graph.read(consents.events_of, someone.id)


async def break_content(tx: Transaction, person: str) -> None:
    """Change what an event says behind the directory's back."""
    text = "MATCH (e:ConsentEvent {participant: $id}) WHERE e.leaf IS NULL SET e.content = '{}'"
    await (await tx.run(text, id=person)).consume()
