"""`civic keys`: the key-encryption keys and their rotation."""

import click
from tqdm import tqdm

from directory.cli.running import run
from directory.graph_access import graph_for_command
from directory.sealing.key_service import FileKeyService
from directory.sealing.rotation import add_version, rewrap_everybody
from directory.settings import Settings
from graph import intake
from graph.errors import LoadIncomplete
from graph.people import population


@click.group()
def keys() -> None:
    """Look after the keys under which people's data keys are wrapped."""


@keys.command("rotate")
@click.option("--resume", is_flag=True, help="Go on with a rotation that was cut off, without another new key.")
def rotate(*, resume: bool) -> None:
    """Add a new key-encryption key and move everybody's data key to it, while the service goes on answering."""

    async def rotating(settings: Settings) -> tuple[int, int]:
        async with graph_for_command(settings) as graph:
            loaded = await graph.read(intake.load)
            if loaded is not None and not loaded.complete:
                # The load seals under the key that it began with, and would leave people behind.
                raise LoadIncomplete
            if not resume:
                add_version(settings.keyring)
            service = FileKeyService(settings.keyring)
            with tqdm(total=await graph.read(population), desc="Rewrapping people", unit=" people") as bar:
                moved = await rewrap_everybody(graph, service, progress=bar.update)
            return service.current_version, moved

    version, moved = run(rotating, "run `civic keys rotate --resume`")
    click.echo(f"Version {version} of the key is current; {moved:,} people were moved to it.")


@keys.command("status")
def status() -> None:
    """Show which versions the keyring has, and no key."""

    async def reading(settings: Settings) -> FileKeyService:
        return FileKeyService(settings.keyring)

    keyring = run(reading).keyring
    versions = ", ".join(map(str, keyring.versions))
    click.echo(f"Versions that open: {versions}. Version {keyring.current_version} is current.")
