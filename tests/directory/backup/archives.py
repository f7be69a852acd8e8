"""An archive of a few made-up rows, and what opens it, without any graph."""

import secrets
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from consent.keyring import LocalKeyring
from directory.backup.archive import Archive
from directory.backup.manifest import Instant, Manifest, Plan, manifest_key
from directory.backup.recipients import Lock, Opener, make_key
from directory.sealing.keyring_file import new_keyring
from graph.inventory import SCHEMA, Kind, Row

PLAN: Final = Plan(
    archive="archive-1",
    begun=1_000,
    engine_clock=1_000,
    engine="ArcadeDB",
    people=4,
    ledger_size=3,
    checkpoint=-1,
    checkpoint_root="",
    recipient="",
    identity_sha256="",
)


@dataclass(frozen=True, slots=True)
class Made:
    """A finished archive, the keyring of its directory, and the identity that opens it."""

    archive: Archive
    keyring: LocalKeyring
    identity: Path
    manifest: Manifest

    @property
    def opener(self) -> Opener:
        """What opens it."""
        return Opener.read(self.identity)


def person(number: int, *, name: str = "as it was", version: int = 1) -> Row:
    """Make the row of a person."""
    keyring = new_keyring()
    for _ in range(version - 1):
        keyring = keyring.rotate(secrets.token_bytes(32))
    identity = f"{number:08x}-0000-4000-8000-000000000000"
    key = keyring.wrap(identity, secrets.token_bytes(32), secrets.token_bytes(12))
    return [["Participant"], {"id": identity, "name": name, "data_key": key}, [["LIVES_IN", "1101053", {}]]]


def entry(leaf: int, *, content: str = "{}") -> Row:
    """Make the row of an entry with its place."""
    return [["ConsentEvent", "Entry"], {"id": f"event-{leaf}", "leaf": leaf, "content": content}, []]


def make(folder: Path, keyring: LocalKeyring | None = None) -> Made:
    """Make an archive: four people, of whom one was changed and one erased meanwhile, and four entries."""
    keyring = keyring or new_keyring()
    folder.mkdir(parents=True, exist_ok=True)
    recipient, identity = folder / "recipient.txt", folder / "identity.txt"
    make_key(recipient, identity)
    archive = Archive(folder / "archive", manifest_key(keyring))
    manifest = Manifest(replace(PLAN, recipient=Lock.read(recipient).recipient), SCHEMA)
    archive.begin(manifest, None)
    base = (
        (Kind.PEOPLE, [person(1), person(2)]),
        (Kind.PEOPLE, [person(3), person(4)]),
        (Kind.ENTRIES, [entry(0), entry(1), entry(2)]),
    )
    for number, (kind, rows) in enumerate(base):
        manifest = manifest.with_base(archive.write(manifest, f"base-{number:05}.age", kind, rows, end=number))
    delta = (
        (str(Kind.PEOPLE), [person(2, name="as it is")]),
        ("gone", [[person(4)[1]["id"]]]),
        (str(Kind.ENTRIES), [entry(1, content="emptied"), entry(3)]),
    )
    parts = tuple(
        archive.write(manifest, f"delta-{number:05}.age", kind, rows) for number, (kind, rows) in enumerate(delta)
    )
    instant = Instant(2_000, 3_000, {"people": 3}, 4, 0, -1, "", (1,))
    manifest = replace(manifest, delta=parts, instant=instant)
    archive.finish(manifest)
    return Made(archive, keyring, identity, manifest)
