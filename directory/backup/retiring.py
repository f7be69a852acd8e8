"""The end of an old key: destroyed once nobody is sealed under it and no backup that is kept needs it (E7)."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from consent.sealing import envelope_key_version
from directory.backup.errors import BackupCode, BackupError
from directory.backup.reading import WITHIN, Progress
from directory.backup.register import Register
from directory.sealing.keyring_file import changing, read_keyring, write_private
from graph import exporting, intake
from graph.connection import Graph
from graph.windows import Axis

_PEOPLE_A_WINDOW: Final = 10_000


async def retire(  # noqa: PLR0913 - everything that may still need the key.
    graph: Graph, keyring: Path, register: Register, version: int, *, clock: Callable[[], int], progress: Progress
) -> None:
    """Destroy a version of the key-encryption key, under which nothing opens any more.

    Raises KeyringError KEYRING_KEY_IN_USE for the current version and KEYRING_NO_SUCH_KEY for an unknown one,
    BackupError KEY_IN_BACKUP with the day on which it may go, and KEY_WRAPS_PEOPLE.
    """
    # Tried first, without being written: it says what is wrong with the version itself.
    read_keyring(keyring).retire(version)
    _require_no_backup(register, version, clock())
    if version in await versions_in_use(graph, progress):
        raise BackupError(BackupCode.KEY_WRAPS_PEOPLE, version)
    with changing(keyring):
        # Again, now that no backup can begin and no rotation can add a version.
        _require_no_backup(register, version, clock())
        write_private(keyring, read_keyring(keyring).retire(version).serialise())


async def versions_in_use(graph: Graph, progress: Progress) -> set[int]:
    """Return every version under which somebody, or the graph's key check, is sealed."""
    people = await graph.read(exporting.count_people)
    axis, at = Axis.by_id(people), 0
    versions: set[int] = set()
    while at < axis.length:
        progress("Looking under which keys people are", at * people // axis.length, people)
        window = axis.window(None, at, axis.width_for(_PEOPLE_A_WINDOW))
        keys = await graph.read(exporting.wrapped_keys, window, within=WITHIN)
        versions |= {envelope_key_version(key) for key in keys}
        at = window.end
    progress("Looking under which keys people are", people, people)
    load = await graph.read(intake.load)
    if load is not None and load.key_check:
        versions.add(envelope_key_version(load.key_check))
    return versions


def _require_no_backup(register: Register, version: int, now: int) -> None:
    ends = [row.expires for row in register.kept(now) if version in row.key_versions]
    if ends:
        day = datetime.fromtimestamp(max(ends) / 1000, UTC).date()
        raise BackupError(BackupCode.KEY_IN_BACKUP, f"{day} (UTC)")
