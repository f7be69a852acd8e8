"""`civic ledger` and `civic verify ledger`: what every entry is committed to, and that nothing of it was changed."""

import contextlib
import json
import sys
from pathlib import Path

import click

from consent.ledger.notes import Signer, Verifier
from consent.receipt_checking import fingerprint
from directory import clock
from directory.cli.public_keys import read_key
from directory.cli.running import FAILED, USAGE, bars, run
from directory.cli.screening import no_identifier
from directory.cli.verify import verify
from directory.errors import DirectoryError
from directory.graph_access import graph_for_command
from directory.ledger.errors import LedgerUnsigned
from directory.ledger.export_reading import Export
from directory.ledger.exporting import Exported, export_ledger
from directory.ledger.report import Report
from directory.ledger.sequencer import place_everything
from directory.ledger.signing_key import read_signing_key
from directory.ledger.status import LedgerStatus, read_status
from directory.ledger.verifying import verify_export
from directory.ledger.witness import FolderWitness
from directory.settings import Settings
from graph.connection import Graph
from graph.errors import GraphError
from graph.ledger import newest_checkpoint


@click.group()
def ledger() -> None:
    """Look after the ledger: every consent event, look and permission change, in an order that stays as it is."""


@ledger.command("status")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def status(*, as_json: bool) -> None:
    """Show how large the ledger is, what is signed, and whether the witness has it."""

    async def reading(settings: Settings) -> LedgerStatus:
        async with graph_for_command(settings) as graph:
            signer = await _signer(graph, settings)
            return await read_status(graph, signer.verifier, settings.ledger_witness)

    found = run(reading)
    click.echo(json.dumps(found.as_data()) if as_json else _status_in_words(found))


def _status_in_words(found: LedgerStatus) -> str:
    lines = [f"{found.entries:,} entries have their place, {found.waiting:,} wait for theirs."]
    if found.covered is None or found.signed is None:
        lines.append("No checkpoint is signed yet.")
    else:
        lines.append(f"The newest checkpoint covers {found.covered:,} entries, signed on {clock.iso(found.signed)}.")
    if found.checked is None:
        lines.append("All of it was never checked yet: a service that runs does so within minutes, and hourly.")
    else:
        holds = "and all of it held" if found.finding is None else f"and IT DID NOT HOLD: {found.finding}"
        lines.append(f"It was checked on {clock.iso(found.checked)}, {holds}.")
    lines.append(f"Latest map published: {found.map_day or 'none yet'}.")
    if found.witness is None:
        lines.append("There is no witness: set LEDGER_WITNESS, or nobody can tell that history was rewritten.")
    else:
        seen = "no checkpoint yet" if found.witnessed is None else f"{found.witnessed:,} entries"
        lines.append(f"The witness {found.witness} has seen {seen}.")
    if found.witness_failure is not None:
        lines.append(f"THE WITNESS FAILS: {found.witness_failure}")
    return "\n".join([*lines, f"Public key: {found.key}", f"Its fingerprint: {found.fingerprint}"])


async def _signer(graph: Graph, settings: Settings) -> Signer:
    """Read the ledger's key; raises LedgerUnsigned where there is none since nothing was signed yet."""
    if not settings.ledger_key.exists() and await graph.read(newest_checkpoint) is None:
        raise LedgerUnsigned(settings.ledger_key)
    return read_signing_key(settings.ledger_key)


@ledger.command("key")
def show_key() -> None:
    """Print the public key, to be kept where the database's keeper can't change it; its fingerprint goes to stderr."""

    async def reading(settings: Settings) -> Verifier:
        if settings.ledger_key.exists():
            return read_signing_key(settings.ledger_key).verifier
        async with graph_for_command(settings) as graph:
            return (await _signer(graph, settings)).verifier

    key = run(reading)
    click.echo(str(key))
    click.echo(f"Fingerprint, as receipts are checked by it: {fingerprint(key)}", err=True)


@ledger.command("export")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
def export(folder: Path) -> None:
    """Export the ledger into a new FOLDER, for `civic verify ledger`; the service goes on meanwhile."""

    async def exporting(settings: Settings) -> Exported:
        async with graph_for_command(settings) as graph:
            signer = await _signer(graph, settings)
            # Beside a service that is done already. A ledger that takes nothing on is exported all the more.
            with contextlib.suppress(GraphError):
                await place_everything(graph)
            return await export_ledger(graph, signer, folder, clock.now(), bars())

    done = run(exporting)
    click.echo(
        f"Exported {done.entries:,} entries, {done.checkpoints:,} checkpoints and a map of {done.subjects:,} people. "
        f"Verify them with: civic verify ledger {click.format_filename(folder)}"
    )


@verify.command("ledger")
@click.argument("export", type=click.Path(exists=True, path_type=Path, file_okay=False))
@click.option("--witness", type=click.Path(exists=True, path_type=Path, file_okay=False), help="The witness's folder.")
@click.option(
    "--key",
    "public_key",
    callback=no_identifier,
    help="The public key that it must be signed with, or a file that holds it.",
)
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def verify_ledger(export: Path, witness: Path | None, public_key: str | None, *, as_json: bool) -> None:
    """Verify an EXPORT of the ledger offline: status 1 where something does not hold, 2 where it is no export."""
    pinned = None if public_key is None else read_key(public_key)
    watched = None if witness is None else FolderWitness(witness)
    try:
        report = verify_export(Export(export), pinned, watched, bars())
    except DirectoryError as error:
        click.echo(f"civic: {error}", err=True)
        sys.exit(USAGE)
    click.echo(json.dumps(report.as_data(), indent=2) if as_json else _report_in_words(report))
    if not report.holds:
        sys.exit(FAILED)


def _report_in_words(report: Report) -> str:
    whose = "the key that was given" if report.pinned else "the key in the export itself; give --key to pin it"
    lines = [
        f"Export of {clock.iso(report.at)}, signed with {whose}: {report.key}",
        f"  {report.entries:,} entries recomputed; {report.emptied:,} places in them were erased, as tombstones say",
        f"  {report.checkpoints:,} checkpoints: signature, root, and that each goes on from the one before",
        f"  the newest covers {report.covered:,} entries; {max(report.entries - report.covered, 0):,} not signed yet",
        f"  the map of latest leaves, with {report.subjects:,} people",
    ]
    if report.unplaced:
        lines.append(f"  {report.unplaced:,} places were erased a moment ago: their tombstones are not signed yet")
    if report.witnessed is None:
        lines.append("  no witness was given: that no older copy was put back is not shown")
    else:
        lines.append(f"  {report.witnessed:,} checkpoints of the witness, {report.later:,} of them after the export")
    if report.holds:
        return "\n".join([*lines, "Everything holds."])
    lines += ["", f"IT DOES NOT HOLD, in {report.differing:,} places. The first:", report.findings[0].in_words()]
    if len(report.findings) > 1:
        lines += ["Then:", *(finding.in_words() for finding in report.findings[1:])]
    if report.differing > len(report.findings):
        lines.append(f"and {report.differing - len(report.findings):,} more.")
    return "\n".join(lines)
