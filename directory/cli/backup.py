"""`civic backup`, `civic restore`, `civic replay` and `civic keys retire`: moving house, and the end of old keys."""

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

import click

from directory import clock
from directory.backup.archive import Archive, bytes_of
from directory.backup.following import Follower
from directory.backup.journal import Journal
from directory.backup.making import Maker
from directory.backup.manifest import Manifest, journal_key, manifest_key
from directory.backup.recipients import Lock, Opener, make_key
from directory.backup.register import Listed, Register
from directory.backup.replaying import MARGIN, Replayed, replay
from directory.backup.restoring import Restorer, verify
from directory.backup.retiring import retire
from directory.cli.running import Bars, run
from directory.errors import BadInput
from directory.graph_access import graph_for_command, graph_for_service
from directory.sealing.keyring_file import changing, read_keyring, write_private
from directory.settings import Settings
from graph.engines.memory import MEBIBYTE, require_disk

_PASSPHRASE: Final = "BACKUP_PASSPHRASE"  # noqa: S105 - the name of a setting.
# What somebody takes in the embedded engine, with their events and the write-ahead log.
_DISK_A_PERSON: Final = 8 * 1024
_FOLDER: Final = click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
_FILE: Final = click.Path(path_type=Path, exists=True, dir_okay=False)
_IDENTITY: Final = click.option("--identity", type=_FILE, help="The age identity that `civic backup key` wrote.")
_BY_PASSPHRASE: Final = click.option(
    "--passphrase", "by_passphrase", is_flag=True, help=f"Ask for a passphrase, or take it from {_PASSPHRASE}."
)


@click.group()
def backup() -> None:
    """Back the directory up into an encrypted, verified archive, while it is being served."""


@backup.command("key")
@click.option(
    "--identity",
    required=True,
    type=click.Path(path_type=Path, dir_okay=False),
    help="Where to write the identity, which opens backups: a disk that does not stay with this machine.",
)
def key_command(identity: Path) -> None:
    """Make the key that backups are encrypted for; what opens them is written elsewhere, and is not kept here."""

    async def making(settings: Settings) -> str:
        settings.data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return make_key(settings.backup_recipient, identity)

    click.echo(f"Backups are encrypted for {run(making)}. Keep {identity} apart from this machine: it opens them.")


@backup.command("make")
@_FOLDER
@_BY_PASSPHRASE
def make_command(folder: Path, *, by_passphrase: bool) -> None:
    """Back up into FOLDER, or go on with the backup that was begun there; the service may run meanwhile."""
    passphrase = _passphrase(confirm=True) if by_passphrase else None

    async def making(settings: Settings) -> Manifest:
        keyring, register = read_keyring(settings.keyring), Register(settings.backups)
        journal = Journal(settings.journal, journal_key(keyring))

        def lock() -> Lock:
            return Lock.read(settings.backup_recipient) if passphrase is None else Lock.by_passphrase(passphrase)

        async with graph_for_command(settings) as graph:
            follower = Follower(graph, journal, register, clock.now)
            await follower.catch_up()
            manifest = await Maker(graph, keyring, register, clock.now).make(folder, lock, Bars(""))
            # From what the archive shows on, the journal is needed: that it reaches there is said in it.
            await follower.note()
            journal.prune(min((row.begun for row in register.kept(clock.now())), default=manifest.plan.begun) - MARGIN)
            return manifest

    made = run(making)
    instant = made.finished_at
    click.echo(
        f"Backed up {instant.counts['people']:,} people as of {clock.iso(instant.at)}: {len(made.parts)} parts, "
        f"{bytes_of(folder) // MEBIBYTE:,} MiB, versions of the key: {', '.join(map(str, instant.key_versions))}. "
        f"It is kept until {clock.iso(instant.expires)}; destroy it then."
    )


@backup.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def list_command(*, as_json: bool) -> None:
    """List the backups that were made of this directory, until when each is kept, and which keys it needs."""

    async def listing(settings: Settings) -> list[Listed]:
        return Register(settings.backups).rows()

    rows = run(listing)
    if as_json:
        click.echo(json.dumps([_described(row) for row in rows], ensure_ascii=False))
        return
    for row in rows:
        state = "past" if row.is_past(clock.now()) else "kept" if row.finished else "unfinished"
        versions = ", ".join(map(str, row.key_versions))
        click.echo(f"{row.archive}  {state:10} until {clock.iso(row.expires)}  keys {versions}  {row.folder}")


def _described(row: Listed) -> dict[str, Any]:
    return {
        "id": row.archive,
        "folder": row.folder,
        "begun": clock.iso(row.begun),
        "instant": None if row.finished is None else clock.iso(row.finished),
        "until": clock.iso(row.expires),
        "past": row.is_past(clock.now()),
        "keyVersions": list(row.key_versions),
    }


@backup.command("verify")
@_FOLDER
@_IDENTITY
@_BY_PASSPHRASE
def verify_command(folder: Path, identity: Path | None, *, by_passphrase: bool) -> None:
    """Read the whole archive in FOLDER as a restore would, without restoring it."""
    opening = _opening(identity, by_passphrase=by_passphrase)

    async def verifying(settings: Settings) -> Manifest:
        keyring = read_keyring(settings.keyring)
        archive = Archive(folder, manifest_key(keyring))
        return verify(archive, keyring, opening(archive), Bars(""), clock.now())

    instant = run(verifying).finished_at
    click.echo(f"The archive is whole: {instant.counts['people']:,} people as of {clock.iso(instant.at)}.")


@click.command("restore")
@_FOLDER
@_IDENTITY
@_BY_PASSPHRASE
@click.option(
    "--keys",
    "keys_folder",
    type=click.Path(path_type=Path, exists=True, file_okay=False),
    help="The folder with the copies of keyring.json, ledger-key.json and backups.json, to be put into DATA.",
)
@click.option("--replay/--no-replay", "replays", default=True, help="Whether to replay the journal at once.")
def restore(
    folder: Path, identity: Path | None, keys_folder: Path | None, *, by_passphrase: bool, replays: bool
) -> None:
    """Restore the archive in FOLDER into an empty DATA or GRAPH_URL, or go on with a restore that was cut off.

    The service must not run meanwhile, and refuses to until the journal was replayed.
    """
    opening = _opening(identity, by_passphrase=by_passphrase)

    async def restoring(settings: Settings) -> tuple[Manifest, Replayed | None]:
        async with graph_for_service(settings) as graph:
            if keys_folder is not None:
                _put_keys(settings, keys_folder)
            keyring = read_keyring(settings.keyring)
            archive = Archive(folder, manifest_key(keyring))
            if settings.server is None:
                people = archive.manifest().finished_at.counts["people"]
                require_disk(settings.data, people * _DISK_A_PERSON)
            manifest = await Restorer(graph, keyring, clock.now).restore(folder, opening(archive), Bars(""))
            if not replays:
                return manifest, None
            journal = Journal(settings.journal, journal_key(keyring))
            return manifest, await replay(graph, journal, accept_cut=False, progress=Bars(""))

    manifest, replayed = run(restoring)
    instant = manifest.finished_at
    click.echo(f"Restored {instant.counts['people']:,} people as of {clock.iso(instant.at)}.")
    click.echo("Run `civic replay` before it is served." if replayed is None else _told(replayed))


@click.command("replay")
@click.option("--accept-cut", is_flag=True, help="Replay although the journal's last line is cut off.")
@click.option(
    "--accept-stale",
    is_flag=True,
    help="Replay although the journal ends before the backup does: who had themselves erased between may be back.",
)
@click.option("--without-journal", is_flag=True, help="The journal is lost: let the directory be served without it.")
def replay_command(*, accept_cut: bool, accept_stale: bool, without_journal: bool) -> None:
    """Do again what people had erased or took back since the backup that was restored."""

    async def replaying(settings: Settings) -> Replayed:
        async with graph_for_service(settings) as graph:
            key = journal_key(read_keyring(settings.keyring))
            journal = None if without_journal else Journal(settings.journal, key)
            return await replay(graph, journal, accept_cut=accept_cut, accept_stale=accept_stale, progress=Bars(""))

    click.echo(_told(run(replaying)))


@click.command("retire")
@click.argument("version", type=click.IntRange(1))
def retire_command(version: int) -> None:
    """Destroy an old version of the key, once no backup that is kept needs it and nobody is sealed under it."""

    async def retiring(settings: Settings) -> None:
        async with graph_for_command(settings) as graph:
            register = Register(settings.backups)
            await retire(graph, settings.keyring, register, version, clock=clock.now, progress=Bars(""))

    run(retiring)
    click.echo(f"Version {version} of the key is destroyed here. Destroy it in every copy of the keyring as well.")


def _opening(identity: Path | None, *, by_passphrase: bool) -> Callable[[Archive], Callable[[Manifest], Opener]]:
    """Return how an archive is opened, as the options say."""
    if (identity is None) is not by_passphrase:
        raise click.UsageError("Say what opens the archive: --identity FILE, or --passphrase.")
    passphrase = _passphrase(confirm=False) if by_passphrase else ""

    def opening(archive: Archive) -> Callable[[Manifest], Opener]:
        return lambda _: archive.opener(passphrase) if identity is None else Opener.read(identity)

    return opening


def _passphrase(*, confirm: bool) -> str:
    given = os.environ.get(_PASSPHRASE)
    return given or str(click.prompt("Passphrase", hide_input=True, confirmation_prompt=confirm, err=True))


def _put_keys(settings: Settings, folder: Path) -> None:
    """Put the keys into DATA, where they are not there yet; never in the place of others."""
    for path in (settings.keyring, settings.ledger_key, settings.backups):
        given = folder / path.name
        if not given.exists():
            continue
        with changing(path):
            if not path.exists():
                write_private(path, given.read_bytes())
            elif path != settings.backups and path.read_bytes() != given.read_bytes():
                raise BadInput("--keys", f"must be left out: DATA has another {path.name} already")


def _told(done: Replayed) -> str:
    return (
        f"Replayed: {done.erased} people erased again, {done.taken_back} decisions taken back again, "
        f"{done.already} that the backup had. It can be served."
    )
