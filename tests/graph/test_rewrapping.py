"""Rewrapping: everybody's data key moves to the newest key, window by window, as often as it is run."""

import secrets
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio

from consent.errors import ErrorCode, KeyringError
from consent.keyring import LocalKeyring
from consent.sealing import envelope_key_version
from graph.errors import EngineUnavailable
from graph.rewrapping import Stretch, rewrap_window
from graph.transaction import Transaction
from graph.windows import Axis
from tests.loaded_city import City

# Few windows for so many people, or each test would take a second.
WINDOWS = 5


async def wrapped(tx: Transaction) -> dict[str, str]:
    """Read everybody's wrapped key."""
    text = "MATCH (p:Participant) RETURN p.id AS id, p.data_key AS data_key"
    return {row["id"]: row["data_key"] async for row in await tx.run(text)}


async def restore(tx: Transaction, keys: dict[str, str]) -> None:
    """Put the wrapped keys back."""
    text = "UNWIND $rows AS row MATCH (p:Participant {id: row.id}) SET p.data_key = row.data_key"
    rows = [{"id": person, "data_key": key} for person, key in keys.items()]
    await (await tx.run(text, rows=rows)).consume()


@pytest_asyncio.fixture
async def sealed(city: City) -> AsyncIterator[City]:
    """Give the city, and put everybody's key back."""
    before = await city.graph.read(wrapped)
    yield city
    await city.graph.write(restore, before)


def rotated(city: City) -> LocalKeyring:
    """Give the keyring with another, newer key."""
    return city.keyring.rotate(secrets.token_bytes(32))


async def rewrap(city: City, keyring: LocalKeyring, windows: int = WINDOWS) -> list[Stretch]:
    """Rewrap the first windows of the city."""

    def moved(person: str, key: str) -> str:
        return keyring.rewrap(person, key, secrets.token_bytes(12))

    axis = Axis.by_id(len(city.people))
    width = axis.length // WINDOWS + 1
    done: list[Stretch] = []
    at = 0
    while at < axis.length and len(done) < windows:
        done.append(await city.graph.write(rewrap_window, axis, at, width, moved))
        at = done[-1].end
    return done


async def test_everybody_is_moved_and_still_opens(sealed: City) -> None:
    """After the last window every key is on the newest version and opens to what it was."""
    before = await sealed.graph.read(wrapped)
    keyring = rotated(sealed)
    done = await rewrap(sealed, keyring)
    assert sum(stretch.seen for stretch in done) == len(sealed.people)
    assert sum(stretch.rewrapped for stretch in done) == len(sealed.people)
    for person, key in (await sealed.graph.read(wrapped)).items():
        assert envelope_key_version(key) == keyring.current_version
        assert keyring.unwrap(person, key) == sealed.keyring.unwrap(person, before[person])


async def test_a_second_run_moves_nobody(sealed: City) -> None:
    """Who is on the newest key is seen and left alone, to the last letter."""
    keyring = rotated(sealed)
    await rewrap(sealed, keyring)
    after = await sealed.graph.read(wrapped)
    again = await rewrap(sealed, keyring)
    assert sum(stretch.seen for stretch in again) == len(sealed.people)
    assert sum(stretch.rewrapped for stretch in again) == 0
    assert await sealed.graph.read(wrapped) == after


async def test_a_rotation_that_was_cut_off_goes_on(sealed: City) -> None:
    """Halfway, both versions are in use and open; run again from the start, only the rest is moved."""
    keyring = rotated(sealed)
    half = await rewrap(sealed, keyring, windows=2)
    between = await sealed.graph.read(wrapped)
    assert {envelope_key_version(key) for key in between.values()} == {1, 2}
    assert all(keyring.unwrap(person, key) for person, key in between.items())
    rest = await rewrap(sealed, keyring)
    moved = sum(stretch.rewrapped for stretch in half), sum(stretch.rewrapped for stretch in rest)
    assert sum(moved) == len(sealed.people)
    assert min(moved) > 0


async def test_a_window_that_fails_moves_nobody(sealed: City) -> None:
    """A window is one transaction: a key that does not open leaves all of its people as they were."""
    before = await sealed.graph.read(wrapped)
    seen: list[str] = []

    def broken(person: str, key: str) -> str:
        seen.append(person)
        if len(seen) > 3:
            raise KeyringError(ErrorCode.KEYRING_NO_SUCH_KEY)
        return key[::-1]

    axis = Axis.by_id(len(sealed.people))
    with pytest.raises(KeyringError):
        await sealed.graph.write(rewrap_window, axis, 0, axis.length, broken)
    assert await sealed.graph.read(wrapped) == before


async def test_a_window_that_is_undone_after_its_write_moves_nobody(sealed: City) -> None:
    """What is written is undone with the transaction that it was written in."""
    before = await sealed.graph.read(wrapped)
    axis = Axis.by_id(len(sealed.people))

    async def cut_off(tx: Transaction) -> None:
        await rewrap_window(tx, axis, 0, axis.length, lambda _, key: key[::-1])
        raise EngineUnavailable

    with pytest.raises(EngineUnavailable):
        await sealed.graph.write(cut_off)
    assert await sealed.graph.read(wrapped) == before
