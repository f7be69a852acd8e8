"""Rotating over the loaded city: everybody opens before, meanwhile and afterwards, whatever cuts it off (E6)."""

import asyncio
from pathlib import Path

import pytest

from consent.errors import ErrorCode, KeyringError
from consent.sealing import envelope_key_version, open_field
from consent.vocabulary import Field
from directory.sealing import rotation
from directory.sealing.key_service import FileKeyService
from directory.sealing.keyring_file import TENANT, read_keyring, require_keyring_of, write_private
from directory.sealing.rotation import add_version, rewrap_everybody
from graph import intake
from graph.connection import Graph
from graph.transaction import Transaction
from tests.loaded_city import City

pytestmark = pytest.mark.slow

Row = dict[str, str | None]


async def sealed(tx: Transaction) -> list[Row]:
    """Read everybody as they are kept."""
    result = await tx.run("MATCH (p:Participant) RETURN p {.id, .data_key, .name, .phone, .email} AS person")
    return [row["person"] async for row in result]


def opened(row: Row, keys: FileKeyService) -> Row:
    """Open what is sealed of somebody."""
    person = row["id"] or ""
    data_key = keys.unwrap(person, row["data_key"] or "")
    found: Row = {"id": person}
    for field in (Field.NAME, Field.PHONE, Field.EMAIL):
        envelope = row[field.lower()]
        found[field.lower()] = (
            None
            if envelope is None
            else open_field(envelope, data_key=data_key, tenant=TENANT, person=person, field=field)
        )
    return found


async def everybody_opens(city: City, keys: FileKeyService) -> None:
    """Verify that the contact details of everybody open to what they are."""
    found = [opened(row, keys) for row in await city.graph.read(sealed)]
    truth: list[Row] = [{"id": one.id, "name": one.name, "phone": one.phone, "email": one.email} for one in city.people]
    assert sorted(found, key=lambda row: row["id"] or "") == truth


async def versions(graph: Graph) -> dict[int, int]:
    """Count how many people are under which version."""
    counts: dict[int, int] = {}
    for row in await graph.read(sealed):
        version = envelope_key_version(row["data_key"] or "")
        counts[version] = counts.get(version, 0) + 1
    return counts


async def test_everybody_is_moved_and_opens(city: City, keyring: Path) -> None:
    """Progress counts everybody once; the second run moves nobody; without the old key everybody still opens."""
    keys = FileKeyService(keyring)
    assert add_version(keyring) == 2
    seen: list[int] = []
    assert await rewrap_everybody(city.graph, FileKeyService(keyring), seen.append) == len(city.people)
    assert sum(seen) == len(city.people)
    assert await versions(city.graph) == {2: len(city.people)}
    await everybody_opens(city, keys)

    again: list[int] = []
    assert await rewrap_everybody(city.graph, FileKeyService(keyring), again.append) == 0
    assert sum(again) == len(city.people)

    write_private(keyring, read_keyring(keyring).retire(1).serialise())
    await everybody_opens(city, FileKeyService(keyring))
    load = await city.graph.read(intake.load)
    assert load is not None
    require_keyring_of(load.key_check, keyring)


async def test_a_key_that_is_retired_too_early_opens_nobody(city: City, keyring: Path) -> None:
    """With the old version gone and nobody moved, nothing opens and nothing can be moved; put back, all is well."""
    before = read_keyring(keyring)
    add_version(keyring)
    both = read_keyring(keyring)
    write_private(keyring, read_keyring(keyring).retire(1).serialise())
    keys = FileKeyService(keyring)
    for row in (await city.graph.read(sealed))[:50]:
        with pytest.raises(KeyringError) as refused:
            opened(row, keys)
        assert refused.value.code is ErrorCode.KEYRING_NO_SUCH_KEY
    with pytest.raises(KeyringError):
        await rewrap_everybody(city.graph, keys, lambda _: None)
    assert await versions(city.graph) == {1: len(city.people)}
    for ring in (before, both):
        write_private(keyring, ring.serialise())
        await everybody_opens(city, FileKeyService(keyring))


async def test_a_rotation_that_is_cut_off_goes_on(city: City, keyring: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Between windows, with both versions in use, everybody opens; the next run moves exactly the rest."""
    monkeypatch.setattr(rotation, "_PEOPLE_A_WINDOW", 300)
    add_version(keyring)
    told: list[int] = []

    class Killed(BaseException):
        """Ends it as nothing else would."""

    def killed_at_the_second(seen: int) -> None:
        told.append(seen)
        if len(told) == 2:
            raise Killed

    with pytest.raises(Killed):
        await rewrap_everybody(city.graph, FileKeyService(keyring), killed_at_the_second)
    load = await city.graph.read(intake.load)
    assert load is not None
    assert envelope_key_version(load.key_check) == 1
    counts = await versions(city.graph)
    assert counts == {1: len(city.people) - sum(told), 2: sum(told)}
    assert counts[1] > 0
    await everybody_opens(city, FileKeyService(keyring))
    assert await rewrap_everybody(city.graph, FileKeyService(keyring), told.append) == counts[1]
    assert await versions(city.graph) == {2: len(city.people)}
    await everybody_opens(city, FileKeyService(keyring))


async def test_readers_go_on_meanwhile(city: City, keyring: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A service that was started before the rotation opens everybody at every moment of it."""
    monkeypatch.setattr(rotation, "_PEOPLE_A_WINDOW", 150)
    reader, before = FileKeyService(keyring), FileKeyService(keyring)
    done = asyncio.Event()
    mixed = looks = 0

    async def read() -> None:
        nonlocal mixed, looks
        while not done.is_set():
            mixed += len(await versions(city.graph)) == 2
            await everybody_opens(city, reader)
            looks += 1

    reading = asyncio.create_task(read())
    add_version(keyring)
    moved = await rewrap_everybody(city.graph, FileKeyService(keyring), lambda _: None)
    done.set()
    await reading
    assert moved == len(city.people)
    assert looks > 0
    await everybody_opens(city, reader)
    assert (reader.current_version, before.current_version) == (2, 1)


async def test_two_rotations_one_after_the_other(city: City, keyring: Path) -> None:
    """Those whom a first rotation left behind are moved by the second one, past the version between."""
    add_version(keyring)
    assert add_version(keyring) == 3
    assert await rewrap_everybody(city.graph, FileKeyService(keyring), lambda _: None) == len(city.people)
    assert await versions(city.graph) == {3: len(city.people)}
    await everybody_opens(city, FileKeyService(keyring))
