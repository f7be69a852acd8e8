"""Erasure: all of it or nothing, no trace but the tombstone, and everybody else's proofs still fit (E7, C7)."""

import secrets
from collections.abc import AsyncIterator
from typing import Any, Final

import orjson
import pytest
import pytest_asyncio

from consent.cases import CaseKind, open_case
from consent.errors import KeyringError, SealingError
from consent.events import Capture, ConsentEvent, read_event
from consent.ledger.commitments import leaf_hash, salt_bytes
from consent.ledger.tiles import leaves_of
from consent.sealing import open_field
from consent.vocabulary import CaptureMethod, Channel, EventKind, Field, Purpose
from graph import cases, consents, disclosures, erasing, ledger, ledger_entries, verifications
from graph.cases import Waiting
from graph.disclosures import Look
from graph.erasing import Erased, ErasureOrder, ErasureOutcome
from graph.opening import ShownPerson
from graph.transaction import Transaction
from graph.verifications import CodeRequest
from tests.loaded_city import BUREAU, NOW, City
from tests.own_person import OwnPerson, mentions, own_person

CASE: Final = "c" * 32
OTHER_NUMBER: Final = "+821000004343"
PARTS: Final = ("name", "sex", "born", "phone", "email", "residence", "affiliations")


@pytest_asyncio.fixture
async def two(city: City) -> AsyncIterator[tuple[OwnPerson, OwnPerson]]:
    """Enrol somebody who will be erased, and somebody who will not, with all that there can be about both."""
    async with own_person(city) as person, own_person(city, OTHER_NUMBER) as other:
        for each in (person, other):
            await city.graph.write(consents.record, granted(each), secrets.token_bytes(32))
        await city.graph.write(disclosures.record, look(), [shown(person), shown(other)])
        await city.graph.write(disclosures.record, look(), [shown(other)])
        await fill(city, person)
        yield person, other
        await city.graph.write(tidy)


async def tidy(tx: Transaction) -> None:
    """Remove the looks."""
    await (await tx.run("MATCH (l:Look {actor: 'erasing'})-[:SHOWED]->(d) DETACH DELETE d, l")).consume()


def granted(person: OwnPerson) -> ConsentEvent:
    """Make a decision of somebody."""
    return ConsentEvent(
        secrets.token_hex(16),
        person.id,
        EventKind.GRANTED,
        Purpose.CITY_NEWS,
        NOW,
        NOW,
        Capture(CaptureMethod.PAPER, "desk"),
        "city-news/1",
        "ab" * 32,
        "ko",
        frozenset({Field.NAME}),
        frozenset({Channel.SMS}),
        until=NOW + 1_000,
    )


def look() -> Look:
    """Make a look."""
    seed, identity = secrets.token_bytes(32), secrets.token_hex(16)
    purpose = Purpose.CITY_NEWS
    return Look(identity, NOW, "erasing", BUREAU, purpose, "participants", "127.0.0.1", "trace", seed=seed)


def shown(person: OwnPerson) -> ShownPerson:
    """Show somebody's name."""
    return ShownPerson(person.id, **dict.fromkeys(PARTS), withheld=(), shown=frozenset({Field.NAME}))


async def fill(city: City, person: OwnPerson) -> None:
    """Leave cases, a correction that waits, and a verification of somebody."""
    case = open_case(CaseKind.CORRECTION, id="d" * 32, person=person.id, by="kiosk", now=NOW)
    await city.graph.write(cases.add, case, Waiting(Field.PHONE, "sealed", "f" * 32))
    erasure = open_case(
        CaseKind.ERASURE, id=CASE, person=person.id, by="kiosk", now=NOW, purposes=frozenset({Purpose.CITY_NEWS})
    )
    await city.graph.write(cases.add, erasure)
    index = person.row["phone_index"]
    request = CodeRequest("v" * 32, Field.PHONE, index, "kiosk", "kiosk", "hash", NOW, NOW + 1_000, "decoy")
    assert (await city.graph.write(verifications.ask, request)).send
    wanted = CodeRequest(
        "w" * 32,
        Field.PHONE,
        "f" * 32,
        "kiosk",
        "kiosk",
        "hash",
        NOW,
        NOW + 1_000,
        "decoy",
        person=person.id,
        case="d" * 32,
    )
    assert (await city.graph.write(verifications.ask, wanted)).send


def order(person: str) -> ErasureOrder:
    """Order an erasure."""
    return ErasureOrder(person, CASE, NOW, Capture(CaptureMethod.KIOSK, "kiosk-1"), b"s" * 32)


async def erase(city: City, person: OwnPerson) -> Erased:
    """Give everything its place, and erase."""
    await city.graph.write(ledger.sequence, 10_000)
    return await city.graph.write(erasing.erase, order(person.id))


async def test_nothing_is_left_but_the_tombstone(city: City, two: tuple[OwnPerson, OwnPerson]) -> None:
    """No property of any node or edge has the id or an index; what the tombstone says is an event that can be read."""
    person, other = two
    erased = await erase(city, person)
    assert (erased.outcome, erased.events, erased.disclosures) == (ErasureOutcome.ERASED, 1, 1)
    traces = await city.graph.read(
        mentions, person.id, person.row["phone_index"], person.row["email_index"], within=60.0
    )
    assert sorted((*sorted(labels), name) for labels, name in traces) == [
        ("Entry", "Tombstone", "content"),
        ("Entry", "Tombstone", "id"),
    ]
    assert await city.graph.read(mentions, person.row["name"], person.row["data_key"], "f" * 32, within=60.0) == []
    assert await city.graph.read(mentions, other.id, within=60.0)
    assert (await city.graph.read(consents.events_of, other.id))[0].kind is EventKind.GRANTED

    async def content(tx: Transaction) -> str:
        found = await tx.run("MATCH (t:Tombstone {id: $id}) RETURN t.content AS content", id=person.id)
        return str((await found.single(strict=True))["content"])

    event = read_event(orjson.loads(await city.graph.read(content)))
    assert event == erased.event
    assert (event.kind, event.person, event.basis, len(event.erases)) == (EventKind.ERASED, person.id, CASE, 2)


async def test_of_its_case_remains_that_it_was_answered(city: City, two: tuple[OwnPerson, OwnPerson]) -> None:
    """The case of the erasure is blank, the others are gone."""
    await erase(city, two[0])
    kept = await city.graph.read(cases.one, CASE)
    assert kept is not None
    assert (kept.case.person, kept.case.kind, kept.case.opened, kept.waiting) == ("", CaseKind.ERASURE, NOW, None)
    assert not kept.case.purposes
    assert await city.graph.read(cases.one, "d" * 32) is None


async def test_nothing_decrypts_any_more(city: City, two: tuple[OwnPerson, OwnPerson]) -> None:
    """E7: what somebody kept of the sealed values opens with no key that is left in graph or keyring."""
    person, other = two
    await erase(city, person)

    async def wrapped(tx: Transaction) -> list[str]:
        found = await tx.run("MATCH (p:Participant) RETURN collect(p.data_key) AS keys")
        keys: list[str] = (await found.single(strict=True))["keys"]
        return keys

    left = await city.graph.read(wrapped)
    assert person.row["data_key"] not in left
    assert other.row["data_key"] in left
    for key in left:
        with pytest.raises((SealingError, KeyringError)):
            city.keyring.unwrap(person.id, key)
    tenant, data_key = city.keyring.tenant, city.keyring.unwrap(other.id, other.row["data_key"])
    with pytest.raises(SealingError):
        open_field(person.row["name"], data_key=data_key, tenant=tenant, person=person.id, field=Field.NAME)


async def test_everybody_elses_proofs_still_fit(city: City, two: tuple[OwnPerson, OwnPerson]) -> None:
    """C7: no leaf has changed; every entry that is not the person's fits its leaf, the look at both included."""
    person, other = two
    await city.graph.write(ledger.sequence, 10_000)
    before = await leaves(city)
    others = {entry.index for entry in await city.graph.read(ledger_entries.entries, 0, len(before)) if entry.content}
    erased = await erase(city, person)
    await city.graph.write(ledger.sequence, 10_000)
    after = await leaves(city)
    assert after[: len(before)] == before
    assert len(after) == len(before) + 1
    entries = await city.graph.read(ledger_entries.entries, 0, len(after))
    assert erased.event is not None
    emptied = {int(place) for place in erased.event.erases if "/" not in place}
    assert len(emptied) == 1
    assert emptied < others
    fitting = set()
    for entry in entries:
        if entry.index in emptied:
            assert (entry.content, entry.salt, entry.erased) == (None, None, True)
        elif entry.content is not None and entry.salt is not None:
            assert leaf_hash(entry.content.encode(), salt_bytes(entry.salt)) == after[entry.index]
            fitting.add(entry.index)
    assert fitting == others - emptied | {len(before)}
    (row,) = [place for place in erased.event.erases if "/" in place]
    (both,) = [entry for entry in entries if str(entry.index) == row.partition("/")[0]]
    assert [each.get("participant") for each in both.rows] == [None, other.id]


async def leaves(city: City) -> list[bytes]:
    """Read every leaf of the ledger."""
    size = await city.graph.read(ledger.size)
    tiles = await city.graph.read(ledger.tiles, range(size // 256 + 1))
    return [leaf for number in sorted(tiles) for leaf in leaves_of(hashes(tiles[number]))]


def hashes(tile: Any) -> bytes:  # noqa: ANN401 - a stored tile.
    """Give the hashes of a stored tile."""
    return tile if isinstance(tile, bytes) else tile.hashes


@pytest.mark.parametrize(
    "breaking",
    ["_EMPTY_EVENTS", "_DROP_CASES", "_DROP_CONTACT", "_DROP_ATTEMPTS", "_DROP_PERSON", "_ADD_TOMBSTONE"],
)
async def test_a_crash_leaves_all_or_nothing(
    city: City, two: tuple[OwnPerson, OwnPerson], breaking: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Broken off at any statement, nothing of the erasure is there; taken up again, all of it is."""
    person, _ = two
    await city.graph.write(ledger.sequence, 10_000)
    text, before = getattr(erasing, breaking), await picture(city, person)

    class Crash(Exception):
        """The end of the process."""

    async def crashing(tx: Transaction) -> None:
        class Broken:
            async def run(self, asked: str, **parameters: Any) -> Any:  # noqa: ANN401 - the driver's.
                answer = await tx.run(asked, **parameters)
                if asked == text:
                    await answer.consume()
                    raise Crash
                return answer

        await erasing.erase(Broken(), order(person.id))

    with pytest.raises(Crash):
        await city.graph.write(crashing)
    assert await picture(city, person) == before
    assert (await erase(city, person)).outcome is ErasureOutcome.ERASED


async def picture(city: City, person: OwnPerson) -> list[tuple[str, ...]]:
    """List where somebody is mentioned."""
    texts = (person.id, person.row["phone_index"], person.row["name"])
    return sorted((*sorted(labels), name) for labels, name in await city.graph.read(mentions, *texts, within=60.0))


async def test_an_entry_without_a_place_puts_it_off(city: City, two: tuple[OwnPerson, OwnPerson]) -> None:
    """The tombstone could not name the place; nothing is written until there is one."""
    person, _ = two
    before = await picture(city, person)
    assert (await city.graph.write(erasing.erase, order(person.id))).outcome is ErasureOutcome.PENDING
    assert await picture(city, person) == before
    assert (await erase(city, person)).outcome is ErasureOutcome.ERASED


async def test_somebody_is_erased_once(city: City, two: tuple[OwnPerson, OwnPerson]) -> None:
    """Again, they are gone; somebody who never was is unknown; nothing can be recorded of either."""
    person, _ = two
    await erase(city, person)
    assert (await erase(city, person)).outcome is ErasureOutcome.GONE
    assert (await city.graph.write(erasing.erase, order("0" * 32))).outcome is ErasureOutcome.UNKNOWN
    recorded = await city.graph.write(consents.record, granted(person), b"t" * 32)
    assert recorded.outcome is consents.Outcome.GONE
