"""Retention: what must go is found and nothing else; nothing changes until told to; then it is gone (P11, P15)."""

import secrets
from dataclasses import replace
from typing import Any

import pytest

from consent.cases import CaseKind, open_case
from consent.vocabulary import EventKind, Field, Purpose
from directory.notices.book import load_book
from directory.rights import retention as sweeps
from directory.rights.retention import ASKED_BEFORE, CASES_KEPT, GONE_AFTER, LOOKS_KEPT, Retention, Sort
from graph import cases, consents, disclosures, ledger
from graph.disclosures import Look, Question
from graph.opening import ShownPerson
from graph.transaction import Transaction
from tests.directory.rights.sweeps import AT, END, Sweeper, record
from tests.loaded_city import BUREAU, DAY, NOW, City
from tests.own_person import mentions


async def test_an_end_is_found_listed_and_recorded_once(sweeper: Sweeper) -> None:
    """At the end, not before; the list changes nothing; recorded, the person can be asked again."""
    await record(sweeper, EventKind.GRANTED, AT)
    assert (await sweeper.sweep(END - 1, Sort.CONSENTS, act=True)).found == 0
    listed = await sweeper.sweep(END, Sort.CONSENTS, act=False)
    assert (listed.found, listed.done, listed.ids) == (1, 0, (f"{sweeper.person.id} CITY_NEWS",))
    early = Retention(sweeper.city.graph, lambda: END - ASKED_BEFORE - 1, "a-sweep")
    assert await early.re_ask_list(Purpose.CITY_NEWS, load_book()) == []
    soon = Retention(sweeper.city.graph, lambda: END - ASKED_BEFORE, "a-sweep")
    assert await soon.re_ask_list(Purpose.CITY_NEWS, load_book()) == [sweeper.person.id]
    assert (await sweeper.sweep(END, Sort.CONSENTS, act=True)).done == 1
    assert await early.re_ask_list(Purpose.CITY_NEWS, load_book()) == [sweeper.person.id]
    assert (await sweeper.sweep(END, Sort.CONSENTS, act=True)).found == 0
    events = await sweeper.city.graph.read(consents.events_of, sweeper.person.id)
    assert [(event.kind, event.at) for event in events] == [(EventKind.GRANTED, AT), (EventKind.EXPIRED, END)]


async def test_somebody_without_a_basis_goes_when_their_time_is_over(sweeper: Sweeper) -> None:
    """Within five days of the end, whenever that was noticed; listed, then erased, and the journal knows (P11)."""
    await record(sweeper, EventKind.GRANTED, AT)
    over = END + GONE_AFTER
    assert over + DAY < END + 5 * DAY
    # That the end was noticed late does not make it later.
    await sweeper.sweep(over - 1, Sort.CONSENTS, act=True)
    assert (await sweeper.sweep(over - 1, Sort.PEOPLE, act=True)).found == 0
    assert (await sweeper.sweep(over, Sort.PEOPLE, act=False)).ids == (sweeper.person.id,)
    assert await sweeper.city.graph.read(mentions, sweeper.person.row["phone_index"], within=60.0)
    swept = await sweeper.sweep(over, Sort.PEOPLE, act=True)
    assert (swept.found, swept.done) == (1, 1)
    assert [(event.kind, event.person) for event in sweeper.kept] == [(EventKind.ERASED, sweeper.person.id)]
    assert await sweeper.city.graph.read(mentions, sweeper.person.row["phone_index"], within=60.0) == []
    assert (await sweeper.sweep(over, Sort.PEOPLE, act=True)).found == 0


async def test_a_consent_that_was_taken_back_is_no_basis(sweeper: Sweeper) -> None:
    """Its end would be in the future; the withdrawal is what counts."""
    await record(sweeper, EventKind.GRANTED, AT, until=AT + 600 * DAY)
    await record(sweeper, EventKind.WITHDRAWN, AT + DAY)
    over = AT + DAY + GONE_AFTER
    assert (await sweeper.sweep(over - 1, Sort.PEOPLE, act=False)).found == 0
    assert (await sweeper.sweep(over, Sort.PEOPLE, act=False)).found == 1


@pytest.mark.parametrize("why", ["a consent goes on", "a later decision", "an open case", "nothing is known"])
async def test_nobody_with_a_reason_to_be_kept_goes(sweeper: Sweeper, why: str) -> None:
    """A consent that goes on, a decision of late, an answer that is owed, and the unknown all keep somebody."""
    graph, over = sweeper.city.graph, AT + 400 * DAY
    if why == "a consent goes on":
        await record(sweeper, EventKind.GRANTED, AT, until=over + DAY)
    elif why == "a later decision":
        await record(sweeper, EventKind.REFUSED, over - DAY)
    elif why == "an open case":
        await record(sweeper, EventKind.REFUSED, AT)
        case = open_case(CaseKind.CORRECTION, id="c" * 32, person=sweeper.person.id, by="kiosk", now=AT)
        await graph.write(cases.add, case)
    else:

        async def forget(tx: Transaction) -> None:
            text = "MATCH (p:Participant {id: $id}) REMOVE p.enrolment_until"
            await (await tx.run(text, id=sweeper.person.id)).consume()

        await graph.write(forget)
    assert (await sweeper.sweep(over, Sort.PEOPLE, act=True)).found == 0


async def test_somebody_who_decides_while_they_are_swept_stays(
    sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was found is looked at again in the transaction that destroys."""
    await record(sweeper, EventKind.REFUSED, AT)
    over, real, calls = AT + 400 * DAY, sweeps.retention.without_basis, []

    async def at_first(tx: Transaction, window: Any, ended: int) -> list[str]:  # noqa: ANN401 - a window.
        calls.append(1)
        return await real(tx, window, ended) if len(calls) == 1 else []

    monkeypatch.setattr(sweeps.retention, "without_basis", at_first)
    swept = await sweeper.sweep(over, Sort.PEOPLE, act=True)
    assert (swept.found, swept.done) == (1, 0)
    assert await sweeper.city.graph.read(mentions, sweeper.person.row["phone_index"], within=60.0)


async def look_at(sweeper: Sweeper, at: int) -> None:
    """Record that somebody was shown the person."""
    look = Look(
        secrets.token_hex(16), at, "actor", BUREAU, Purpose.CITY_NEWS, "participant", "127.0.0.1", "trace",
        seed=secrets.token_bytes(32),
    )  # fmt: skip
    parts: dict[str, Any] = dict.fromkeys(("name", "sex", "born", "phone", "email", "residence", "affiliations"))
    shown = ShownPerson(id=sweeper.person.id, **parts, withheld=(), shown=frozenset({Field.NAME}))
    await sweeper.city.graph.write(disclosures.record, look, [shown])


async def test_looks_go_after_two_years_and_their_proofs_stay(sweeper: Sweeper) -> None:
    """P15: an old disclosure is emptied down to its commitment, a tombstone names its place, a younger one stays."""
    await look_at(sweeper, AT)
    await look_at(sweeper, AT + DAY)
    graph, late = sweeper.city.graph, AT + LOOKS_KEPT + 1
    assert (await sweeper.sweep(late - 2, Sort.LOOKS, act=True)).found == 0
    listed = await sweeper.sweep(late, Sort.LOOKS, act=False)
    assert (listed.found, listed.done) == (1, 0)
    swept = await sweeper.sweep(late, Sort.LOOKS, act=True)
    assert (swept.found, swept.done) == (1, 1)
    left = await graph.read(disclosures.read, Question(sweeper.person.id, None, 0, 2**53, None, 10))
    assert [each.look.at for each in left] == [AT + DAY]
    (event,) = sweeper.kept
    leaf, _, number = event.erases[0].partition("/")
    assert (event.kind, event.basis, number) == (EventKind.ERASED, "retention", "0")

    async def emptied(tx: Transaction) -> list[dict[str, Any]]:
        text = "MATCH (l:Look {leaf: $leaf})-[:SHOWED]->(d:Disclosure) RETURN properties(d) AS row"
        return [row["row"] async for row in await tx.run(text, leaf=int(leaf))]

    (row,) = await graph.read(emptied)
    assert row.keys() == {"at", "n", "commitment"}
    assert await graph.write(ledger.sequence, 1_000)
    assert (await sweeper.sweep(late, Sort.LOOKS, act=True)).found == 0

    async def tidy(tx: Transaction) -> None:
        await (await tx.run("MATCH (t:Tombstone {id: $id}) DETACH DELETE t", id=event.id)).consume()
        await (await tx.run("MATCH (l:Look {actor: 'actor'})-[:SHOWED]->(d:Disclosure) DETACH DELETE d, l")).consume()

    await graph.write(tidy)


async def test_answered_cases_and_old_codes_go(sweeper: Sweeper) -> None:
    """Cases three years after their answer, codes and counters after a day; what waits for an answer stays."""
    graph = sweeper.city.graph
    case = open_case(CaseKind.ACCESS, id="a" * 32, person=sweeper.person.id, by="kiosk", now=AT)
    await graph.write(cases.add, case)
    await graph.write(cases.add, replace(case, id="b" * 32, answered=AT))

    async def leave_codes(tx: Transaction) -> None:
        for text in ("CREATE (v:Verification {id: 'v', at: $at})", "CREATE (a:Attempts {key: 'k', at: $at})"):
            await (await tx.run(text, at=AT)).consume()

    await graph.write(leave_codes)
    assert (await sweeper.sweep(AT + CASES_KEPT, Sort.CASES, act=True)).found == 0
    assert (await sweeper.sweep(AT + CASES_KEPT + 1, Sort.CASES, act=False)).ids == ("b" * 32,)
    assert (await sweeper.sweep(AT + CASES_KEPT + 1, Sort.CASES, act=True)).done == 1
    assert [left.id for left in await graph.read(cases.of_person, sweeper.person.id)] == ["a" * 32]
    assert (await sweeper.sweep(AT + DAY, Sort.VERIFICATIONS, act=True)).found == 0
    assert (await sweeper.sweep(AT + DAY + 1, Sort.VERIFICATIONS, act=False)).found == 2
    assert (await sweeper.sweep(AT + DAY + 1, Sort.VERIFICATIONS, act=True)).done == 2
    assert (await sweeper.sweep(AT + DAY + 1, Sort.VERIFICATIONS, act=True)).found == 0


async def test_a_sweep_reports_every_sort_with_progress(city: City) -> None:
    """Over the whole city, without changing anything: a report each, and progress that ends at the end."""
    told: list[tuple[str, int, int]] = []
    retention = Retention(city.graph, lambda: NOW, "a-sweep")
    reports = await retention.sweep(lambda *step: told.append(step), record=False, destroy=False)
    assert [report.sort for report in reports] == list(Sort)
    assert all(report.done == 0 and report.found >= len(report.ids) for report in reports)
    for sort in (Sort.CONSENTS, Sort.PEOPLE, Sort.LOOKS):
        (*_, last) = [step for step in told if step[0] == sort]
        assert last[1] == last[2] == len(city.people)
    past = {
        f"{person.id} {purpose}"
        for person in city.people
        for purpose, standing in person.purposes.items()
        if standing.state == "GRANTED" and standing.until <= NOW and purpose is not Purpose.ENROLMENT
    }
    assert set(reports[0].ids) == past
