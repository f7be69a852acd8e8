"""What the leaf of an entry commits to, that erasing leaves every leaf as it is, and that nothing else changes one."""

import re
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from consent.ledger.commitments import row_commitment, salt_bytes
from graph import disclosures, ledger_entries, ledger_erasure
from graph.connection import Graph
from graph.disclosures import Look, Question
from graph.look_entries import FACTS, commitment_of, look_content
from graph.transaction import Transaction
from tests.graph.cypher_texts import Module
from tests.graph.empty_ledger import add_events, add_look, empty_ledger, misfits, person, sequence_all, tamper
from tests.graph.looking import ALWAYS
from tests.graph.test_cypher_is_literal import texts
from tests.loaded_city import NOW, City

GRAPH = sorted((Path(__file__).parents[2] / "graph").rglob("*.py"))


@pytest_asyncio.fixture
async def graph_of(city: City) -> AsyncIterator[Graph]:
    """Give the graph with an empty ledger."""
    async with empty_ledger(city.graph) as graph:
        yield graph


async def rows_of(graph: Graph) -> list[dict[str, Any]]:
    """Read the disclosures of the first look."""
    (look, *_) = await graph.read(ledger_entries.entries, 0, 1)
    return [dict(row) for row in look.rows]


async def test_a_disclosure_is_committed_to_under_its_own_salt(graph_of: Graph) -> None:
    """Person, fields and number of each row; the look lists the commitments in their order (C2)."""
    await add_look(graph_of, [person("a", "NAME", "AGE"), person("b"), person("c", "NAME")])
    await sequence_all(graph_of)
    rows = await rows_of(graph_of)
    assert [(row["n"], row["participant"], row["fields"]) for row in rows] == [
        *((0, "a", "AGE NAME"), (1, "b", ""), (2, "c", "NAME")),
    ]
    salts = [salt_bytes(row["salt"]) for row in rows]
    assert {len(salt) for salt in salts} == {16}
    assert len(set(salts)) == 3
    (look,) = await graph_of.read(ledger_entries.entries, 0, 1)
    commitments = [row_commitment(row["participant"], row["fields"], row["n"], salt_bytes(row["salt"])) for row in rows]
    assert look.content is not None
    assert f'"disclosures":["{commitments[0]}","{commitments[1]}","{commitments[2]}"]' in look.content
    assert await misfits(graph_of) == []


async def test_a_look_without_its_seed_is_not_recorded(graph_of: Graph) -> None:
    """Nothing is shown that can't be committed to."""
    look = Look("x" * 32, NOW, "actor", "d", "CITY_NEWS", "participants", "127.0.0.1", "trace")  # type: ignore[arg-type]
    with pytest.raises(Exception, match="LEDGER_SALT"):
        await graph_of.write(disclosures.record, look, [])


async def test_every_fact_of_a_look_is_committed_to(graph_of: Graph) -> None:
    """Whatever is changed of it, or of whom it showed, no longer fits the leaf."""
    await add_look(graph_of, [person("a", "NAME"), person("b", "NAME")])
    await sequence_all(graph_of)
    assert await misfits(graph_of) == []
    for name in FACTS:
        change = f"MATCH (l:Look {{leaf: 0}}) SET l.was = l.{name}, l.{name} = 'other'"
        back = f"MATCH (l:Look {{leaf: 0}}) SET l.{name} = l.was REMOVE l.was"
        await tamper(graph_of, change)
        assert await misfits(graph_of) == [0], name
        await tamper(graph_of, back)
    for change in (
        "SET d.participant = 'z'",
        "SET d.fields = 'NAME PHONE'",
        "SET d.salt = 'AAAAAAAAAAAAAAAAAAAAAA'",
        "SET d.commitment = 'ff' REMOVE d.participant, d.fields, d.salt",
        "DETACH DELETE d",
    ):
        await add_look(graph_of, [person("a", "NAME"), person("b", "NAME")])
        size = await sequence_all(graph_of)
        await tamper(graph_of, f"MATCH (:Look {{leaf: {size - 1}}})-[:SHOWED]->(d:Disclosure {{n: 1}}) {change}")
        assert (await misfits(graph_of))[-1] == size - 1, change


async def test_erasing_a_person_leaves_every_leaf(graph_of: Graph) -> None:
    """Person, fields and salt of their rows go; the looks, and everybody else's rows, still fit their leaves (C7)."""
    for at in range(3):
        await add_look(graph_of, [person("a", "NAME"), person("b", "NAME")], at=NOW + 1 + at)
    await add_look(graph_of, [person("a", "NAME")], at=NOW + 9)
    await sequence_all(graph_of)
    # One that waits for its place is erased likewise: its leaf comes all the same.
    await add_look(graph_of, [person("a", "NAME")], at=NOW + 10)
    assert await graph_of.write(ledger_erasure.erase_disclosures, "a") == 5
    assert await sequence_all(graph_of) == 5
    assert await misfits(graph_of) == []
    found = await graph_of.read(ledger_entries.entries, 0, 10)
    assert len(found) == 5
    for entry in found:
        assert '"a"' not in str(entry)
        for row in entry.rows:
            assert ("participant" in row) is ("salt" in row) is ("fields" in row) is (row["n"] == 1)
            assert ("commitment" in row) is (row["n"] == 0)
    assert await graph_of.write(ledger_erasure.erase_disclosures, "a") == 0


async def test_an_emptied_event_keeps_its_place(graph_of: Graph) -> None:
    """What `graph.erasing` leaves of an event is read as erased, with nothing of the person (C7)."""
    await add_events(graph_of, "a", "b")
    await sequence_all(graph_of)
    empty = "MATCH (e:ConsentEvent {participant: 'a'}) WITH e, e.leaf AS leaf SET e = {leaf: leaf, erased: true}"
    await tamper(graph_of, empty)
    assert await misfits(graph_of) == []
    (erased,) = [entry for entry in await graph_of.read(ledger_entries.entries, 0, 2) if entry.erased]
    assert (erased.id, erased.at, erased.salt, erased.content, erased.subject) == ("", None, None, None, None)


async def test_what_an_actor_was_shown_is_read_past_those_who_were_erased(graph_of: Graph) -> None:
    """Looks of which nobody is left take no other's place on a page."""
    for at in range(4):
        await add_look(graph_of, [person("a", "NAME")], at=NOW + 10 + at)
    await add_look(graph_of, [person("a", "NAME"), person("b", "NAME")], at=NOW)
    await graph_of.write(ledger_erasure.erase_disclosures, "a")
    found = await graph_of.read(disclosures.read, Question(None, "an actor", 0, ALWAYS, None, 2))
    assert [(entry.look.at, entry.participant) for entry in found] == [(NOW, "b")]


def test_a_row_that_lacks_its_parts_has_no_commitment() -> None:
    """Neither kept nor to be worked out."""
    whole = {"participant": "a", "fields": "NAME", "n": 0, "salt": "AAAAAAAAAAAAAAAAAAAAAA"}
    assert commitment_of(whole) == row_commitment("a", "NAME", 0, bytes(16))
    assert commitment_of({"commitment": "kept"}) == "kept"
    for name in whole:
        lacking = {key: value for key, value in whole.items() if key != name}
        assert commitment_of(lacking) is commitment_of(lacking | {"commitment": "kept"}) is None
    assert look_content({}, []).startswith(b'{"actor":null,"at":null')


def test_what_is_there_goes_before_what_is_kept() -> None:
    """Whoever keeps the commitment of what was shown beside something else changes what the look commits to (C2)."""
    row = {"participant": "a", "fields": "NAME", "n": 0, "salt": "AAAAAAAAAAAAAAAAAAAAAA"}
    kept = {"commitment": row_commitment("b", "NAME", 0, bytes(16))}
    assert commitment_of(row | kept) == row_commitment("a", "NAME", 0, bytes(16))


# Labels of what the ledger consists of, and how a text names a node of one.
_OF_LEDGER = re.compile(
    r"\((\w+):[\w:]*\b(Entry|Look|ConsentEvent|PermissionChange|Tombstone|Disclosure|Tile|Checkpoint|LedgerHead)\b"
)
_CREATED = re.compile(r"CREATE (?:\(\w+\)-\[:\w+\]->)?\((\w+)")
_CLAUSES = re.compile(r"\b(MATCH|CREATE|MERGE|WITH|RETURN|UNWIND|WHERE|DETACH DELETE|DELETE|REMOVE|SET|ON|CALL)\b")
# The node that a part of a clause changes: a property of it, a label, all of its properties, or the node itself.
_TARGET = re.compile(r"(?:^|,)\s*(\w+)(?=\s*(?:[.:]|\+?=|\[|,|$))")
# What may change something of the ledger, and where: erasure and sequencing.
ALLOWED = {
    *(("erasing", "e"), ("ledger_erasure", "d"), ("ledger_erasure", "l"), ("retention", "d"), ("retention", "l")),
    *(("ledger", "h"), ("ledger", "t"), ("ledger", "e")),
}


_CHANGING = {"SET", "REMOVE", "DELETE", "DETACH DELETE"}


def changed_by(text: str) -> set[str]:
    """Name the nodes of the ledger that a text changes and did not create."""
    known = {match[1] for match in _OF_LEDGER.finditer(text)}
    created = {match[1] for match in _CREATED.finditer(text)}
    parts = _CLAUSES.split(text)
    changing = [part for word, part in zip(parts[1::2], parts[2::2], strict=True) if word in _CHANGING]
    changed = {match[1] for part in changing for match in _TARGET.finditer(part.strip())}
    return (known - created) & changed


def test_no_text_changes_an_entry_but_erasure_and_sequencing() -> None:
    """C1: every Cypher text of the package is read; what an entry says is never written twice."""
    found = {
        (path.stem, name) for path in GRAPH for _, text in texts(Module.read(path).tree) for name in changed_by(text)
    }
    assert found == ALLOWED


def test_nothing_is_deleted_from_the_ledger() -> None:
    """C1: no text deletes anything that it names as a part of it, or that it does not name at all."""
    for path in GRAPH:
        for _, text in texts(Module.read(path).tree):
            for match in re.finditer(r"\bDELETE (\w+)", text):
                assert not _OF_LEDGER.search(text), (path.stem, text)
                assert re.search(rf"[(\[]{match[1]}:\w+", text), (path.stem, text)


@pytest.mark.parametrize(
    ("text", "changed"),
    [
        ("MATCH (e:Entry {id: $id}) SET e.content = $content", {"e"}),
        ("MATCH (l:Entry:Look) REMOVE l.salt", {"l"}),
        ("MATCH (x:Checkpoint) DETACH DELETE x", {"x"}),
        ("MATCH (d:Disclosure) SET d += $row", {"d"}),
        ("MATCH (l:Look) WITH l SET p.x = 1, l.at = 2", {"l"}),
        ("CREATE (e:Entry:ConsentEvent) SET e = $row", set()),
        ("MATCH (l:Look) RETURN l.at AS at, l.id AS id", set()),
        ("MATCH (p:Participant) SET p.x = 1", set()),
    ],
)
def test_a_text_that_changes_an_entry_would_be_found(text: str, changed: set[str]) -> None:
    """The search sees each way to change or delete a node."""
    assert changed_by(text) == changed


async def test_the_sequencer_changes_the_place_alone(graph_of: Graph) -> None:
    """C1: of an entry's properties, only its waiting gives way to its place."""

    async def properties(tx: Transaction) -> list[dict[str, Any]]:
        result = await tx.run(
            "MATCH (e:Entry) WHERE e.leaf_aside IS NULL AND e.queue_aside IS NULL RETURN properties(e) AS e"
        )
        return sorted([row["e"] async for row in result], key=lambda entry: entry["id"])

    await add_look(graph_of, [person("a", "NAME")])
    await add_events(graph_of, "a")
    before = await graph_of.read(properties)
    await sequence_all(graph_of)
    after = await graph_of.read(properties)
    for old, new in zip(before, after, strict=True):
        assert old.keys() - new.keys() == {"leaf_hash", "ledger_queue"}
        assert new.keys() - old.keys() == {"leaf"}
        assert all(new[name] == old[name] for name in old.keys() & new.keys())
