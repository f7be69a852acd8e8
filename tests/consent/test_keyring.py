"""The keyring: rotation, retirement, its document, and that no key shows."""

import base64
import copy
import json
import pickle
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.errors import KeyringError, SealingError
from consent.keyring import IndexName, KeyService, LocalKeyring
from consent.sealing import envelope_key_version

DATA_KEY = b"d" * 32
NONCES = [bytes([n]) * 12 for n in range(3)]
INDEX = {name: {1: name.value.encode().ljust(32, b"i")} for name in IndexName}


def keyring(**changes: Any) -> LocalKeyring:  # noqa: ANN401 - wrong types too.
    """Make a keyring of one key-encryption key, but for the changes."""
    parts: dict[str, Any] = {"tenant": "seoul", "keys": {1: b"1" * 32}, "index": INDEX, "cursor": b"c" * 32}
    return LocalKeyring(**parts | changes)


def document(**changes: Any) -> bytes:  # noqa: ANN401 - wrong types too.
    """Write the document of that keyring, but for the changes."""
    return json.dumps(json.loads(keyring().serialise()) | changes).encode()


def test_a_keyring_is_a_key_service() -> None:
    """The local keyring stands behind the same interface as a key service would (E1)."""
    service: KeyService = keyring()
    wrapped = service.wrap("p1", DATA_KEY, NONCES[0])
    assert service.unwrap("p1", wrapped) == DATA_KEY
    assert envelope_key_version(wrapped) == service.current_version == 1


def test_a_wrapped_key_opens_for_its_person_and_tenant_alone() -> None:
    """A wrapped key that was moved to another person or another directory fails (E3)."""
    wrapped = keyring().wrap("p1", DATA_KEY, NONCES[0])
    for ring, person in (
        (keyring(), "p2"),
        (keyring(tenant="busan"), "p1"),
        (keyring(keys={1: b"x" * 32}), "p1"),
    ):
        with pytest.raises(SealingError):
            ring.unwrap(person, wrapped)


def test_rotation_keeps_what_was_wrapped_before() -> None:
    """After a rotation the old version opens, and rewrapping moves a key to the new one (E6)."""
    old = keyring()
    wrapped = old.wrap("p1", DATA_KEY, NONCES[0])
    new = old.rotate(b"2" * 32)
    assert (old.versions, new.versions, new.current_version) == ((1,), (1, 2), 2)
    assert new.unwrap("p1", wrapped) == DATA_KEY
    moved = new.rewrap("p1", wrapped, NONCES[1])
    assert envelope_key_version(moved) == 2
    assert new.unwrap("p1", moved) == DATA_KEY
    assert new.rewrap("p1", moved, NONCES[2]) == moved
    with pytest.raises(KeyringError, match="KEYRING_NO_SUCH_KEY"):
        old.unwrap("p1", moved)


def test_a_retired_key_opens_nothing() -> None:
    """What only a retired key could open is lost, what was rewrapped in time is not (E7)."""
    both = keyring().rotate(b"2" * 32)
    left_behind = keyring().wrap("p1", DATA_KEY, NONCES[0])
    moved = both.rewrap("p1", left_behind, NONCES[1])
    retired = both.retire(1)
    assert retired.versions == (2,)
    assert retired.unwrap("p1", moved) == DATA_KEY
    for attempt in (
        lambda: retired.unwrap("p1", left_behind),
        lambda: retired.rewrap("p1", left_behind, NONCES[2]),
        lambda: retired.retire(1),
    ):
        with pytest.raises(KeyringError, match="KEYRING_NO_SUCH_KEY"):
            attempt()
    assert retired.rotate(b"3" * 32).current_version == 3


def test_the_current_key_cannot_be_retired() -> None:
    """Retiring the current key would leave nothing to wrap with (E6)."""
    with pytest.raises(KeyringError, match="KEYRING_KEY_IN_USE"):
        keyring().retire(1)


@pytest.mark.parametrize(
    "changes",
    [
        {"keys": {1: b"short"}},
        {"keys": {}},
        {"keys": {0: b"1" * 32}},
        {"keys": {2**32: b"1" * 32}},
        {"keys": {1: b"1" * 32, 2: b"1" * 32}},
        {"cursor": b"1" * 32},
        {"cursor": b""},
        {"index": {}},
        {"index": INDEX | {IndexName.NAME: {}}},
        {"index": INDEX | {IndexName.NAME: INDEX[IndexName.PHONE]}},
    ],
    ids=str,
)
def test_keys_that_are_no_keys_are_refused(changes: dict[str, Any]) -> None:
    """Every key is 32 bytes, has a version, and serves one use: B1 forbids sharing it between indexes."""
    with pytest.raises(KeyringError, match="KEYRING_INVALID_KEY"):
        keyring(**changes)


def test_a_key_is_not_rotated_to_itself() -> None:
    """Rotating to a key that was used before is no rotation (E6)."""
    with pytest.raises(KeyringError, match="KEYRING_INVALID_KEY"):
        keyring().rotate(b"1" * 32)


@pytest.mark.parametrize("tenant", ["", "seoul|1", "서울"])
def test_a_tenant_can_be_bound_to(tenant: str) -> None:
    """A tenant that a seal could not be bound to without ambiguity makes no keyring (E3)."""
    with pytest.raises(KeyringError, match="KEYRING_UNREADABLE"):
        keyring(tenant=tenant)


@given(keys=st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=4, unique=True))
def test_a_document_reads_back(keys: list[bytes]) -> None:
    """Whatever versions a keyring holds, its document reads back to the same keyring (E1)."""
    original = keyring(keys=dict(enumerate(keys, start=5)))
    again = LocalKeyring.parse(original.serialise())
    assert again.serialise() == original.serialise()
    assert again.unwrap("p1", original.wrap("p1", DATA_KEY, NONCES[0])) == DATA_KEY
    assert (again.tenant, again.cursor_key) == ("seoul", b"c" * 32)


def test_a_document_has_the_documented_shape() -> None:
    """The document is JSON of format 1 with base64 keys by version, as operators' tools rely on (E1)."""
    content = json.loads(keyring().rotate(b"2" * 32).serialise())
    assert set(content) == {"format", "tenant", "current", "keys", "index", "cursor"}
    assert (content["format"], content["tenant"], content["current"]) == (1, "seoul", 2)
    assert base64.b64decode(content["keys"]["2"]) == b"2" * 32
    assert set(content["index"]) == {"phone", "email", "name"}


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"[]",
        b"null",
        b"\xff",
        b"{}",
        document(format=2),
        document(current=2),
        document(keys={}),
        document(keys=[]),
        document(keys={"one": "MQ=="}),
        document(keys={"1": "*"}),
        document(keys={"1": 1}),
        document(index={"phone": {}}),
        document(cursor=None),
        document(tenant=7),
    ],
)
def test_a_broken_document_is_refused_without_quoting_it(broken: bytes) -> None:
    """A document that is no keyring fails with a code, and no cause that would carry it along (E1)."""
    with pytest.raises(KeyringError) as failure:
        LocalKeyring.parse(broken)
    assert failure.value.args == ("KEYRING_UNREADABLE",)
    assert failure.value.__context__ is None


def test_the_newest_index_key_is_used() -> None:
    """A blind index is computed with the newest of its own keys (B1)."""
    ring = keyring(index=INDEX | {IndexName.PHONE: {1: b"a" * 32, 3: b"z" * 32}})
    assert ring.index_key(IndexName.PHONE) == b"z" * 32
    assert ring.index_key(IndexName.NAME) == INDEX[IndexName.NAME][1]


def test_no_key_shows() -> None:
    """The representation of a keyring shows no key, neither raw nor in hexadecimal or base64 (E1)."""
    ring = keyring()
    shown = f"{ring!r} {ring} {[ring]}"
    for secret in (b"1" * 32, b"c" * 32, *(key for family in INDEX.values() for key in family.values())):
        for spelling in (secret.decode(), secret.hex(), base64.b64encode(secret).decode(), repr(secret)):
            assert spelling not in shown
    assert shown.startswith("LocalKeyring(tenant='seoul', versions=(1,))")


def test_a_keyring_does_not_travel() -> None:
    """Pickling and copying a keyring fail, because its document is the one way to write it (E1)."""
    for attempt in (pickle.dumps, copy.copy, copy.deepcopy):
        with pytest.raises(TypeError):
            attempt(keyring())
