"""A version of the key is destroyed when nobody and no backup that is kept needs it, and not a day before (E7)."""

import secrets
from dataclasses import replace

import pytest

from consent.errors import ErrorCode, KeyringError
from directory.backup.errors import BackupCode, BackupError
from directory.backup.manifest import KEPT
from directory.backup.retiring import retire, versions_in_use
from directory.sealing.key_service import FileKeyService
from directory.sealing.keyring_file import key_check, read_keyring, write_private
from directory.sealing.rotation import add_version, rewrap_everybody
from graph import exporting, intake
from graph.rewrapping import rewrap_window
from graph.windows import Axis
from tests.directory.backup.conftest import House
from tests.directory.small_folder import no_progress

pytestmark = pytest.mark.slow


async def retired(house: House, version: int, now: int) -> None:
    """Retire a version at an instant."""
    register = house.register
    await retire(house.graph, house.keyring_file, register, version, clock=lambda: now, progress=no_progress)


async def refusal(house: House, version: int, now: int) -> BackupError:
    """Give what stands in the way of retiring; the keyring stays as it is."""
    before = house.keyring_file.read_bytes()
    with pytest.raises(BackupError) as refused:
        await retired(house, version, now)
    assert house.keyring_file.read_bytes() == before
    return refused.value


async def test_a_key_goes_when_its_last_backup_is_past(house: House) -> None:
    """First nobody may be sealed under it, then every backup that was made under it has to have expired."""
    ring = house.keyring_file
    before = await house.graph.read(exporting.wrapped_keys, Axis.by_id(1_200).window(None, 0, 16**8))
    assert len(before) > 1_000
    load = await house.graph.read(intake.load)
    assert load is not None
    await house.graph.write(intake.renew_key_check, key_check(house.keyring))
    try:
        made = await house.make()
        assert made.finished_at.key_versions == (1,)
        assert add_version(ring) == 2
        assert (await refusal(house, 1, house.now)).code is BackupCode.KEY_IN_BACKUP
        later = house.now + KEPT
        assert (await refusal(house, 1, later)).code is BackupCode.KEY_WRAPS_PEOPLE
        await rewrap_everybody(house.graph, FileKeyService(ring), lambda _: None)
        assert await versions_in_use(house.graph, no_progress) == {2}
        refused = await refusal(house, 1, later - 1)
        assert refused.code is BackupCode.KEY_IN_BACKUP
        assert refused.where == "2023-12-14 (UTC)"
        await retired(house, 1, later)
        assert read_keyring(ring).versions == (2,)
        # What was copied before opens no more; whoever is in the directory does.
        with pytest.raises(KeyringError) as gone:
            read_keyring(ring).unwrap("somebody", before[0])
        assert gone.value.code is ErrorCode.KEYRING_NO_SUCH_KEY
    finally:
        await put_back(house, load.key_check)


async def put_back(house: House, check: str) -> None:
    """Wrap everybody under the first version again."""
    keys = read_keyring(house.keyring_file)
    both = keys if 1 in keys.versions else None

    def back(person: str, wrapped: str) -> str:
        data_key = (both or keys).unwrap(person, wrapped)
        return house.keyring.wrap(person, data_key, secrets.token_bytes(12))

    axis = Axis.by_id(1_200)
    await house.graph.write(rewrap_window, axis, 0, axis.length, back)
    await house.graph.write(intake.renew_key_check, check)


async def test_a_backup_that_is_being_made_needs_every_version(house: House) -> None:
    """What it has read is sealed under any of them, until its manifest says under which."""
    add_version(house.keyring_file)
    rotated = replace(house.maker, keyring=read_keyring(house.keyring_file))

    def stop(what: str, done: int, _total: int) -> None:
        if done and "people" in what:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await rotated.make(house.archive, lambda: house.lock, stop)
    assert house.register.rows()[0].key_versions == (1, 2)
    assert (await refusal(house, 1, house.now)).code is BackupCode.KEY_IN_BACKUP


async def test_versions_that_can_never_be_retired(house: House) -> None:
    """The current one, and one that is not there."""
    for version, code in ((1, ErrorCode.KEYRING_KEY_IN_USE), (7, ErrorCode.KEYRING_NO_SUCH_KEY)):
        with pytest.raises(KeyringError) as refused:
            await retired(house, version, house.now)
        assert refused.value.code is code
    write_private(house.keyring_file, house.keyring.serialise())
