"""Access keys: kept as hashes, found by them, with exactly the scope that was issued, until they are revoked."""

import json
import secrets
import uuid
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from consent.ledger.commitments import leaf_hash, salt_bytes
from consent.scope import Scope
from consent.vocabulary import Purpose
from graph import actors
from graph.actors import AccessKey
from graph.connection import Graph
from graph.errors import Conflict
from graph.ledger import EntrySeed
from graph.transaction import Transaction
from graph.vocabulary import ActorKind
from tests.graph.audiences import examples
from tests.loaded_city import BUREAU, NOW, City

SCOPE = Scope("actor of a test", BUREAU, frozenset({Purpose.CITY_NEWS}), None, None)
KEY = AccessKey("key-1", ActorKind.STAFF, "a key of a test", SCOPE, NOW, None, None)


@pytest_asyncio.fixture
async def keyless(city: City) -> AsyncIterator[Graph]:
    """Give the graph, and remove the keys and actors that were written."""
    yield city.graph
    await city.graph.write(_forget)


async def _forget(tx: Transaction) -> None:
    for text in (
        "MATCH (k:AccessKey) WHERE k.label = 'a key of a test' DETACH DELETE k",
        "MATCH (a:Actor) WHERE a.id STARTS WITH 'actor of a test' DETACH DELETE a",
        "MATCH (e:PermissionChange) WHERE e.content CONTAINS 'actor of a test' DELETE e",
    ):
        await (await tx.run(text)).consume()


def entry(by: str | None = None) -> EntrySeed:
    """Draw what an entry of the ledger needs of chance."""
    return EntrySeed(uuid.uuid4().hex, secrets.token_bytes(32), by)


async def ours(graph: Graph) -> list[AccessKey]:
    """Read the keys of these tests."""
    return [key for key in await graph.read(actors.all_keys) if key.label == KEY.label]


@given(
    kind=st.sampled_from(ActorKind),
    purposes=st.frozensets(st.sampled_from(Purpose)),
    regions=st.none() | st.lists(st.sampled_from(["11", "11010", "1101053"]), unique=True).map(sorted).map(tuple),
    groups=st.none() | st.frozensets(st.sampled_from(["volunteers", "fire-brigades"])),
    until=st.none() | st.integers(NOW, NOW + 10),
)
@examples(15)
async def test_a_key_is_found_with_the_scope_that_was_issued(  # noqa: PLR0913, PLR0917 - each is drawn.
    keyless: Graph,
    kind: ActorKind,
    purposes: frozenset[Purpose],
    regions: tuple[str, ...] | None,
    groups: frozenset[str] | None,
    until: int | None,
) -> None:
    """No regions and all regions stay apart, and so do no groups and all groups."""
    await keyless.write(_forget)
    scope = Scope("actor of a test", BUREAU, purposes, regions, groups)
    key = replace(KEY, kind=kind, scope=scope, until=until)
    assert await keyless.write(actors.issue, key, "hash-1", entry())
    assert await keyless.read(actors.by_hash, "hash-1") == key
    assert await ours(keyless) == [key]


@pytest.mark.parametrize("digest", ["", "hash", "hash-11", "key-1"])
async def test_no_other_hash_finds_a_key(keyless: Graph, digest: str) -> None:
    """Only the whole hash does, and not the key's id."""
    await keyless.write(actors.issue, KEY, "hash-1", entry())
    assert await keyless.read(actors.by_hash, digest) is None


async def test_a_key_for_an_unknown_department_is_not_issued(keyless: Graph) -> None:
    """Neither key nor actor is written."""
    key = replace(KEY, scope=replace(SCOPE, department="no such department"))
    assert not await keyless.write(actors.issue, key, "hash-1", entry())
    assert await ours(keyless) == []
    assert await keyless.read(_edges) == (0, 0)


async def test_keys_are_listed_from_the_oldest(keyless: Graph) -> None:
    """By the instant of issue, and by id within one instant."""
    made = [replace(KEY, id=f"key-{number}", issued=NOW - number // 2) for number in range(4)]
    for number, key in enumerate(made):
        await keyless.write(actors.issue, key, f"hash-{number}", entry())
    assert await ours(keyless) == [made[2], made[3], made[0], made[1]]


async def test_two_keys_of_one_actor_share_the_actor(keyless: Graph) -> None:
    """The actor is there once, and works for the department once."""
    for number in (1, 2):
        await keyless.write(actors.issue, replace(KEY, id=f"key-{number}"), f"hash-{number}", entry())
    assert await keyless.read(_edges) == (2, 1)


async def _edges(tx: Transaction) -> tuple[int, int]:
    text = (
        "MATCH (a:Actor) WHERE a.id STARTS WITH 'actor of a test' "
        "RETURN size([(k:AccessKey)-[:OPENS_FOR]->(a) | k]) AS keys, size([(a)-[:WORKS_FOR]->(d) | d]) AS departments"
    )
    record = await (await tx.run(text)).single()
    return (0, 0) if record is None else (record["keys"], record["departments"])


@pytest.mark.parametrize(("identity", "digest"), [("key-1", "hash-2"), ("key-2", "hash-1")])
async def test_an_id_or_a_hash_is_issued_once(keyless: Graph, identity: str, digest: str) -> None:
    """A second key of one id or hash is refused, and the first one stays."""
    await keyless.write(actors.issue, KEY, "hash-1", entry())
    with pytest.raises(Conflict):
        await keyless.write(actors.issue, replace(KEY, id=identity), digest, entry())
    assert await ours(keyless) == [KEY]


async def test_revoking_closes_a_key_at_its_first_instant(keyless: Graph) -> None:
    """Revoking again changes nothing, and an id that is no key's is told so."""
    await keyless.write(actors.issue, KEY, "hash-1", entry())
    assert await keyless.write(actors.revoke, "key-1", NOW + 5, entry())
    assert await keyless.write(actors.revoke, "key-1", NOW + 9, entry())
    revoked = await keyless.read(actors.by_hash, "hash-1")
    assert revoked == replace(KEY, revoked=NOW + 5)
    assert not revoked.opens(NOW)
    assert not await keyless.write(actors.revoke, "no such key", NOW, entry())


@pytest.mark.parametrize(
    ("until", "revoked", "opens"),
    [
        (None, None, True),
        (NOW + 1, None, True),
        (NOW, None, False),
        (NOW - 1, None, False),
        (None, NOW + 5, False),
        (NOW + 1, NOW - 5, False),
    ],
)
def test_a_key_opens_until_its_end_or_its_revocation(
    until: int | None,
    revoked: int | None,
    opens: bool,  # noqa: FBT001 - from the table
) -> None:
    """The end is exclusive, and whatever is revoked stays closed."""
    assert replace(KEY, until=until, revoked=revoked).opens(NOW) is opens


async def test_the_token_is_nowhere_in_the_graph(keyless: Graph) -> None:
    """What is kept of a key is its hash and what it is for."""

    async def kept(tx: Transaction) -> set[str]:
        text = "MATCH (k:AccessKey {id: 'key-1'}) RETURN keys(k) AS names"
        return set((await (await tx.run(text)).single(strict=True))["names"])

    await keyless.write(actors.issue, KEY, "hash-1", entry())
    assert not await keyless.read(kept) & {"token", "key", "secret"}


async def changes(graph: Graph) -> list[dict[str, Any]]:
    """Read the entries that these tests wrote, in the order of their instants, each with its content."""

    async def reading(tx: Transaction) -> list[dict[str, Any]]:
        text = (
            "MATCH (e:Entry:PermissionChange) WHERE e.content CONTAINS 'actor of a test' "
            "RETURN properties(e) AS entry ORDER BY e.at"
        )
        return [row["entry"] async for row in await tx.run(text)]

    return await graph.read(reading)


async def test_issuing_and_revoking_are_entries_of_the_ledger(keyless: Graph) -> None:
    """Who, what and by whom, committed to and waiting for a place; revoking again is no other change (C2)."""
    scope = replace(SCOPE, regions=("11010", "11"), groups=frozenset({"volunteers", "fire-brigades"}))
    seed = entry(by="an officer")
    await keyless.write(actors.issue, replace(KEY, scope=scope, until=NOW + 9), "hash-1", seed)
    for at in (NOW + 5, NOW + 7):
        await keyless.write(actors.revoke, "key-1", at, entry())
    issued, revoked = await changes(keyless)
    assert json.loads(issued["content"]) == {
        "id": seed.id,
        "at": NOW,
        "change": "ISSUED",
        "by": "an officer",
        "key": "key-1",
        "kind": "STAFF",
        "actor": "actor of a test",
        "department": BUREAU,
        "purposes": ["CITY_NEWS"],
        "regions": ["11", "11010"],
        "groups": ["fire-brigades", "volunteers"],
        "until": NOW + 9,
    }
    content = json.loads(revoked["content"])
    assert (content["change"], content["at"], content["by"], content["regions"]) == (
        *("REVOKED", NOW + 5, None, ["11", "11010"]),
    )
    for change in (issued, revoked):
        assert change["ledger_queue"] == "pending"
        assert change["leaf_hash"] == leaf_hash(change["content"].encode(), salt_bytes(change["salt"])).hex()


async def test_what_is_not_issued_or_revoked_is_no_entry(keyless: Graph) -> None:
    """No department, no key: no change of permissions."""
    unknown = replace(KEY, scope=replace(SCOPE, department="no such department"))
    assert not await keyless.write(actors.issue, unknown, "hash-1", entry())
    assert not await keyless.write(actors.revoke, "no such key", NOW, entry())
    assert await changes(keyless) == []
