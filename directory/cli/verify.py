"""`civic verify`: holding what is stored against what it must follow from, and proofs against what they prove."""

import json
from typing import Final

import click

from directory.cli.running import FAILED, bars, run
from directory.consents.verifying import StandingReport, verify_standing
from directory.graph_access import graph_for_command
from directory.settings import Settings

_MOST_NAMED: Final = 100


@click.group()
def verify() -> None:
    """Verify standings, the ledger and receipts; status 1 where something does not hold."""


@verify.command("standing")
@click.option("--json", "as_json", is_flag=True, help="Print the report as JSON.")
def standing(*, as_json: bool) -> None:
    """Compare everybody's stored standing with what their consent events add up to, while the service goes on."""

    async def verifying(settings: Settings) -> StandingReport:
        async with graph_for_command(settings, unreplayed=True) as graph:
            return await verify_standing(graph, bars())

    report = run(verifying)
    click.echo(_as_json(report) if as_json else _in_words(report))
    if not report.agrees:
        raise SystemExit(FAILED)


def _as_json(report: StandingReport) -> str:
    named = [{"participant": person, "purposes": list(purposes)} for person, purposes in report.named]
    counted = {"people": report.people, "events": report.events, "differing": report.differing, "named": named}
    return json.dumps(counted | {"unplaced": report.unplaced, "gone": report.gone}, indent=2)


def _in_words(report: StandingReport) -> str:
    compared = f"Compared the standing of {report.people:,} people with {report.events:,} consent events"
    if report.agrees:
        return f"{compared}: every standing is what the events add up to."
    lines = [f"{compared}: {report.differing:,} people's standing is not what their events add up to."]
    lines += [f"  {person}: {', '.join(purposes)}" for person, purposes in report.named]
    if report.differing > len(report.named):
        lines.append(f"  and {report.differing - len(report.named):,} more")
    for what, found in (
        ("events that the ledger does not have: somebody put them beside it", report.unplaced),
        ("people have events and are not there, and nobody erased them", report.gone),
    ):
        if found:
            lines += [f"{len(found):,} {what}.", *(f"  {identity}" for identity in found[:_MOST_NAMED])]
    return "\n".join(lines)
