"""Rotating the key-encryption key: a new version in the keyring, then everybody's data key moved to it (E6)."""

import secrets
from collections.abc import Callable
from pathlib import Path

from consent.keyring import KeyService
from consent.sealing import KEY_BYTES, NONCE_BYTES
from directory.sealing.keyring_file import CHECK, changing, read_keyring, write_private
from graph import intake
from graph.connection import Graph
from graph.people import population
from graph.rewrapping import rewrap_window
from graph.windows import Axis

_PEOPLE_A_WINDOW = 2_000


def add_version(path: Path) -> int:
    """Put a new current key into the keyring's file and return its version; every older one still opens."""
    # Two rotations that took the same version would lose the key under which one of them wraps people.
    with changing(path):
        keyring = read_keyring(path).rotate(secrets.token_bytes(KEY_BYTES))
        write_private(path, keyring.serialise())
    return keyring.current_version


async def rewrap_everybody(graph: Graph, keys: KeyService, progress: Callable[[int], object]) -> int:
    """Move everybody's data key, and the graph's key check, to the current version; return how many people were moved.

    `progress` is told after every window how many people were seen in it. Reads go on meanwhile, since every version
    in the keyring opens. Cut off, it is simply run again: who was moved is seen and left alone.
    """

    def rewrap(person: str, wrapped: str) -> str:
        return keys.rewrap(person, wrapped, secrets.token_bytes(NONCE_BYTES))

    axis = Axis.by_id(await graph.read(population))
    at = moved = 0
    while at < axis.length:
        stretch = await graph.write(rewrap_window, axis, at, axis.width_for(_PEOPLE_A_WINDOW), rewrap)
        at, moved = stretch.end, moved + stretch.rewrapped
        progress(stretch.seen)
    load = await graph.read(intake.load)
    if load is not None and load.key_check:
        # Last: as long as it is under an older version, so may people be, and that version may not be retired.
        await graph.write(intake.renew_key_check, rewrap(CHECK, load.key_check))
    return moved
