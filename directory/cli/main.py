"""The command `civic` and its parts that load and serve."""

import click

from directory import clock
from directory.cli.access_keys import key
from directory.cli.backup import backup, replay_command, restore, retire_command
from directory.cli.interface import schema
from directory.cli.keyring import keys
from directory.cli.ledger import ledger
from directory.cli.notices import notice
from directory.cli.receipts import receipt, receipts, verify_receipt
from directory.cli.retention import retention
from directory.cli.rights import rights
from directory.cli.running import bars, run
from directory.cli.screening import ScreenedGroup, screen
from directory.cli.verify import verify
from directory.graph_access import graph_for_service
from directory.serving import Serving, load, serve
from directory.settings import Settings
from directory.synthetic.city import SyntheticCity
from graph.intake import Load


@click.group(cls=ScreenedGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="civic-directory")
def civic() -> None:
    """Run the directory through which a city reaches the people who take part in its work.

    Settings come from the environment: DATA (folder, default ./data), PORT (8000), HOST (127.0.0.1), GRAPH_HEAP,
    GRAPH_URL with GRAPH_USER and GRAPH_PASSWORD for a Neo4j server.
    """


@civic.command("serve")
@click.option("--synthetic", is_flag=True, help="Load the whole made-up city first where the directory is empty.")
def serve_command(*, synthetic: bool) -> None:
    """Serve the directory until Ctrl-C."""

    async def serving(settings: Settings) -> None:
        await serve(settings, synthetic=synthetic, progress=bars(), ready=lambda s: _tell(s, settings))

    run(serving)


def _tell(serving: Serving, settings: Settings) -> None:
    lines = [
        "",
        f"Civic Directory: {serving.load.people:,} people on {serving.engine}",
        *(
            ["The people of this city are made up; none of them exists. (가상 데이터)"]
            if serving.load.synthetic
            else []
        ),
        "",
        f"  Home page   {serving.url}/",
        f"  Queries     {serving.url}/graphql",
        f"  Health      {serving.url}/health/ready",
    ]
    if serving.keys:
        width = max(map(len, serving.keys))
        lines += ["", f"Demonstration keys, also in {settings.demo_keys}:"]
        lines += [f"  {kind.ljust(width)}  {token}" for kind, token in serving.keys.items()]
    lines += ["", "Ctrl-C stops everything."]
    click.echo("\n".join(lines))


@civic.command("load")
@click.option(
    "--people",
    type=click.IntRange(1, 10_000_000),
    help="A proportionate smaller city of so many people; the whole city without it.",
)
@click.option("--seed", type=click.IntRange(0, 2**31 - 1), help="Which made-up city: the same seed gives the same one.")
def load_command(people: int | None, seed: int | None) -> None:
    """Load the made-up city, or go on with a load that was cut off."""

    async def loading(settings: Settings) -> Load:
        if people is not None:
            # A city that can't be made is refused before an engine is started and a folder filled.
            SyntheticCity(people, as_of=clock.today())
        async with graph_for_service(settings) as graph:
            return await load(graph, settings, progress=bars(), people=people, seed=seed)

    loaded = run(loading)
    click.echo(f"Loaded {loaded.people:,} made-up people from seed {loaded.seed}.")


keys.add_command(retire_command)
civic.add_command(backup)
civic.add_command(key)
civic.add_command(keys)
civic.add_command(ledger)
civic.add_command(notice)
civic.add_command(receipt)
civic.add_command(receipts)
civic.add_command(replay_command)
civic.add_command(restore)
civic.add_command(retention)
civic.add_command(rights)
civic.add_command(schema)
civic.add_command(screen)
civic.add_command(verify)
verify.add_command(verify_receipt)
