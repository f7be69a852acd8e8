"""`civic retention`: what must go, listed and swept (P11, P15)."""

import click

from consent.vocabulary import CONSENTED_PURPOSES, Purpose
from directory import clock
from directory.backup.journal import Journal
from directory.backup.manifest import journal_key
from directory.cli.running import Bars, run
from directory.graph_access import graph_for_command
from directory.notices.book import load_book
from directory.rights.report import as_json
from directory.rights.retention import Retention, SweepReport
from directory.rights.sweeping import OPERATOR
from directory.sealing.keyring_file import read_keyring
from directory.settings import Settings
from graph.connection import Graph


@click.group()
def retention() -> None:
    """Find what may be kept no longer, and destroy it."""


def _retention(graph: Graph, settings: Settings) -> Retention:
    journal = Journal(settings.journal, journal_key(read_keyring(settings.keyring)))
    return Retention(graph, clock.now, OPERATOR, journal.record)


def _swept(*, record: bool, destroy: bool) -> list[SweepReport]:
    async def sweeping(settings: Settings) -> list[SweepReport]:
        async with graph_for_command(settings) as graph:
            return await _retention(graph, settings).sweep(Bars(""), record=record, destroy=destroy)

    return run(sweeping)


def _tell(reports: list[SweepReport], *, in_json: bool) -> None:
    if in_json:
        click.echo(as_json(reports))
        return
    for report in reports:
        click.echo(f"{report.sort}: {report.found:,} found, {report.done:,} done")


@retention.command("list")
@click.option("--json", "in_json", is_flag=True, help="Answer as JSON, with the ids.")
def list_command(*, in_json: bool) -> None:
    """List what must go, and change nothing."""
    _tell(_swept(record=False, destroy=False), in_json=in_json)


@retention.command("sweep")
@click.option("--destroy", is_flag=True, help="Destroy what is listed, for good; without it only ends are recorded.")
@click.option("--json", "in_json", is_flag=True, help="Answer as JSON, with the ids.")
def sweep(*, destroy: bool, in_json: bool) -> None:
    """Record that consents have ended, and refuse corrections that nobody confirmed; destroy with --destroy alone.

    A service sweeps daily by itself, and destroys. Cut off, run it again: it goes on with what is left.
    """
    _tell(_swept(record=True, destroy=destroy), in_json=in_json)


@retention.command("re-ask")
@click.option("--purpose", required=True, type=click.Choice([str(purpose) for purpose in CONSENTED_PURPOSES]))
def re_ask(purpose: str) -> None:
    """List the ids of those to be asked again for a purpose.

    Their consent has ended or will within thirty days, or the notice they agreed under has changed in substance.
    """

    async def listing(settings: Settings) -> list[str]:
        async with graph_for_command(settings) as graph:
            return await _retention(graph, settings).re_ask_list(Purpose(purpose), load_book())

    for person in run(listing):
        click.echo(person)
