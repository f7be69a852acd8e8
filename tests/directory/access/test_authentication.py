"""Who gets in: an open key alone, and whoever does not is told nothing."""

import json

import pytest

from consent.scope import Scope
from directory.access import keys
from directory.errors import NoSuchDepartment, NoSuchKey
from graph import actors
from graph.transaction import Transaction
from graph.vocabulary import ActorKind
from tests.directory.desk import ALL, Answer, Desk
from tests.loaded_city import BUREAU, DAY, NOW

QUERY = json.dumps({"query": "{ network { participants } }"}).encode()
SCOPE = Scope("desk-temporary", BUREAU, ALL, None, None)


async def knock(desk: Desk, header: str | bytes | None, content: bytes = QUERY) -> Answer:
    """Send a request with this Authorization header."""
    return await desk.post(content, {} if header is None else {"Authorization": header})


async def test_every_wrong_key_gets_the_same_answer(desk: Desk) -> None:
    """None, nonsense, too long, another scheme, revoked, past its end: not a byte apart but for the trace."""
    revoked = await keys.issue(desk.city.graph, kind=ActorKind.STAFF, label="", scope=SCOPE, now=NOW)
    await keys.revoke(desk.city.graph, revoked.key.id, NOW)
    ended = await keys.issue(desk.city.graph, kind=ActorKind.STAFF, label="", scope=SCOPE, now=NOW, until=NOW)
    staff = desk.tokens["staff"]
    headers: list[str | bytes | None] = [
        None,
        "",
        "Bearer",
        "Bearer ",
        "Bearer civic_" + "A" * 43,
        "Bearer " + "x" * 5_000,
        f"Basic {staff}",
        staff,
        f"Bearer {staff}x",
        f"Bearer {staff[:-1]}",
        f"Bearer {staff.upper()}",
        "Bearer 열쇠".encode(),
        b"Bearer \xff\xfe",
        f"Bearer {revoked.token}",
        f"Bearer {ended.token}",
    ]
    answers = [await knock(desk, header) for header in headers]
    assert {answer.status for answer in answers} == {401}
    assert {answer.headers["www-authenticate"] for answer in answers} == {"Bearer"}
    first = answers[0].without_trace
    assert all(answer.without_trace == first for answer in answers)
    assert answers[0].body["data"] is None
    assert answers[0].codes == ["UNAUTHENTICATED"]


@pytest.mark.parametrize("content", [b"", b"{", b'{"query": "{"}', b"x" * 300_000])
async def test_nobody_learns_of_the_interface_without_a_key(desk: Desk, content: bytes) -> None:
    """What is asked is not looked at before it is known who asks."""
    assert (await knock(desk, None, content)).without_trace == (await knock(desk, None)).without_trace


async def test_two_authorization_headers_do_not_add_up(desk: Desk) -> None:
    """Two keys in one request are no way in for a wrong one."""
    response = await desk.client.post(
        "/graphql",
        content=QUERY,
        headers=[
            ("Content-Type", "application/json"),
            ("Authorization", "Bearer wrong"),
            ("Authorization", f"Bearer {desk.tokens['staff']}"),
        ],
    )
    assert response.status_code == 401


async def test_a_key_opens_whatever_the_case_of_its_scheme(desk: Desk) -> None:
    """The scheme is written as one likes, as HTTP has it."""
    for scheme in ("Bearer", "bearer", "BEARER"):
        assert (await knock(desk, f"{scheme} {desk.tokens['staff']}")).status == 200


async def test_a_key_opens_until_its_end(desk: Desk) -> None:
    """The end is the first instant at which it no longer does."""
    issued = await keys.issue(desk.city.graph, kind=ActorKind.STAFF, label="", scope=SCOPE, now=NOW, until=NOW + DAY)
    header = f"Bearer {issued.token}"
    with desk.clock.at(NOW + DAY - 1):
        assert (await knock(desk, header)).status == 200
    with desk.clock.at(NOW + DAY):
        assert (await knock(desk, header)).status == 401


async def test_a_revoked_key_is_closed_at_the_next_request(desk: Desk) -> None:
    """Nothing remembers that it was open; revoking again changes nothing."""
    issued = await keys.issue(desk.city.graph, kind=ActorKind.STAFF, label="", scope=SCOPE, now=NOW)
    assert (await knock(desk, f"Bearer {issued.token}")).status == 200
    await keys.revoke(desk.city.graph, issued.key.id, NOW)
    await keys.revoke(desk.city.graph, issued.key.id, NOW + DAY)
    assert (await knock(desk, f"Bearer {issued.token}")).status == 401
    kept = await desk.city.graph.read(actors.by_hash, keys.token_hash(issued.token))
    assert kept is not None
    assert kept.revoked == NOW


async def test_a_key_is_kept_as_a_hash_alone(desk: Desk) -> None:
    """No property of any key is, or holds, a token; each is long enough that its hash can't be turned back."""
    rows = await desk.city.graph.read(_stored_keys)
    assert len(rows) >= len(desk.tokens)
    stored = json.dumps(rows)
    for token in desk.tokens.values():
        assert len(token.removeprefix("civic_")) == 43
        assert token not in stored
        assert token.removeprefix("civic_")[:12] not in stored
        assert keys.token_hash(token) in stored


async def _stored_keys(tx: Transaction) -> list[dict[str, object]]:
    result = await tx.run("MATCH (k:AccessKey) RETURN properties(k) AS key")
    return [row["key"] async for row in result]


async def test_an_issued_key_does_not_show_its_token(desk: Desk) -> None:
    """It can be logged by mistake without harm."""
    issued = await keys.issue(desk.city.graph, kind=ActorKind.STAFF, label="", scope=SCOPE, now=NOW)
    assert issued.token not in repr(issued)
    assert issued.key.id in repr(issued)


async def test_keys_are_for_departments_that_there_are(desk: Desk) -> None:
    """Neither a key for nobody nor the end of a key that is not there."""
    scope = Scope("desk-temporary", "bureau-of-nothing", ALL, None, None)
    with pytest.raises(NoSuchDepartment):
        await keys.issue(desk.city.graph, kind=ActorKind.STAFF, label="", scope=scope, now=NOW)
    with pytest.raises(NoSuchKey):
        await keys.revoke(desk.city.graph, "no-such-key", NOW)
