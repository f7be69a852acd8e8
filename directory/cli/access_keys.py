"""`civic key`: issuing, listing and revoking access keys."""

import json
import re
from datetime import UTC, datetime
from typing import Any

import click

from consent.scope import Scope
from consent.vocabulary import Purpose
from directory import clock
from directory.access import keys as access_keys
from directory.access.demonstration import DEMONSTRATION
from directory.access.keys import Issued
from directory.cli.running import run
from directory.cli.screening import no_identifier
from directory.contacts.regions import RegionMap
from directory.errors import BadInput
from directory.graph_access import graph_for_command
from directory.reference.departments import departments
from directory.reference.programme import programme
from directory.settings import Settings
from graph import actors
from graph.actors import AccessKey
from graph.vocabulary import ActorKind

# A name of an account; a number that identifies a person does not fit (P6).
_ACTOR = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_DAY = 24 * 60 * 60 * 1000


@click.group()
def key() -> None:
    """Access keys: who may ask, for which purposes, regions and groups."""


@key.command("issue")
@click.option(
    "--actor",
    required=True,
    callback=no_identifier,
    help="Who it is for: a name of an account, never a person's own number.",
)
@click.option(
    "--department", required=True, callback=no_identifier, help="The department's id; see `civic key departments`."
)
@click.option(
    "--kind",
    type=click.Choice([str(kind) for kind in ActorKind], case_sensitive=False),
    default="STAFF",
    help="What kind of caller it is for; STAFF without it.",
)
@click.option(
    "--purpose",
    "purposes",
    multiple=True,
    type=click.Choice([str(purpose) for purpose in Purpose], case_sensitive=False),
    help="A purpose the key may declare; repeat for several.",
)
@click.option(
    "--region",
    "regions",
    multiple=True,
    callback=no_identifier,
    help="A region's code the key reaches; the whole city without it.",
)
@click.option(
    "--group",
    "groups",
    multiple=True,
    callback=no_identifier,
    help="A group's code the key reaches; every group without it.",
)
@click.option("--label", default="", callback=no_identifier, help="A note on what the key is for.")
@click.option("--days", type=click.IntRange(1, 3650), help="How many days it opens; without end when left out.")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def issue(as_json: bool, days: int | None, **facts: Any) -> None:  # noqa: ANN401, FBT001 - click's options.
    """Issue a key and show it, this once: it is kept as a hash alone."""

    async def issuing(settings: Settings) -> Issued:
        async with graph_for_command(settings) as graph:
            scope = _scope(facts, await RegionMap.read(graph))
            now = clock.now()
            return await access_keys.issue(
                graph,
                kind=ActorKind(facts["kind"].upper()),
                label=facts["label"],
                scope=scope,
                now=now,
                until=None if days is None else now + days * _DAY,
            )

    issued = run(issuing)
    if as_json:
        click.echo(json.dumps(_described(issued.key) | {"token": issued.token}, ensure_ascii=False))
    else:
        click.echo(f"{issued.token}\n\nThis is the only time that the key is shown. Its id is {issued.key.id}.")


def _scope(facts: dict[str, Any], regions: RegionMap) -> Scope:
    if not _ACTOR.fullmatch(facts["actor"]):
        raise BadInput("--actor", "must be an account's name: small letters, digits and hyphens, a letter first")
    if facts["label"] == DEMONSTRATION:
        raise BadInput("--label", "is kept for the demonstration keys: name it otherwise")
    known = {group.code for group in programme().groups}
    if any(group not in known for group in facts["groups"]):
        raise BadInput("--group", f"must be one of: {', '.join(sorted(known))}")
    if facts["kind"].upper() == ActorKind.PRIVACY_OFFICER:
        if facts["purposes"]:
            raise BadInput("--purpose", "must be left out: a privacy officer reads records, not contact lists")
        if facts["regions"] or facts["groups"]:
            option = "--region" if facts["regions"] else "--group"
            raise BadInput(option, "must be left out: a privacy officer reads of everybody who was shown what")
    elif not facts["purposes"]:
        raise BadInput("--purpose", "is missing: a key without a purpose would be shown nothing")
    return Scope(
        actor=facts["actor"],
        department=facts["department"],
        purposes=frozenset(Purpose(purpose.upper()) for purpose in facts["purposes"]),
        regions=regions.checked(facts["regions"], "--region") if facts["regions"] else None,
        groups=frozenset(facts["groups"]) if facts["groups"] else None,
    )


@key.command("list")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def list_keys(as_json: bool) -> None:  # noqa: FBT001 - click's option.
    """List every key that was ever issued, without the keys themselves."""

    async def listing(settings: Settings) -> list[AccessKey]:
        async with graph_for_command(settings) as graph:
            return await graph.read(actors.all_keys)

    found = run(listing)
    if as_json:
        click.echo(json.dumps([_described(each) for each in found], ensure_ascii=False))
        return
    for each in found:
        described = _described(each)
        state = "revoked" if each.revoked else "open" if each.opens(clock.now()) else "expired"
        label = f" ({each.label})" if each.label else ""
        end = (
            "" if each.until is None else f", until {datetime.fromtimestamp(each.until / 1000, UTC):%Y-%m-%d %H:%M} UTC"
        )
        click.echo(
            f"{each.id}  {state:8}{each.kind:16} {each.scope.actor} of {each.scope.department}{label}{end}\n"
            f"    for {', '.join(described['purposes']) or 'no purpose'}; regions: "
            f"{', '.join(described['regions'] or ['all'])}; groups: {', '.join(described['groups'] or ['all'])}"
        )


@key.command("revoke")
@click.argument("key_id", callback=no_identifier)
def revoke(key_id: str) -> None:
    """Close the key with this id, at once and everywhere."""

    async def revoking(settings: Settings) -> None:
        async with graph_for_command(settings) as graph:
            await access_keys.revoke(graph, key_id, clock.now())

    run(revoking)
    click.echo("Revoked.")


@key.command("departments")
def list_departments() -> None:
    """List the departments for which keys are issued."""
    for department in departments():
        click.echo(f"{department.id:24} {department.name_ko}  {department.name_en}")


def _described(each: AccessKey) -> dict[str, Any]:
    scope = each.scope
    return {
        "id": each.id,
        "kind": str(each.kind),
        "label": each.label,
        "actor": scope.actor,
        "department": scope.department,
        "purposes": sorted(scope.purposes),
        "regions": None if scope.regions is None else list(scope.regions),
        "groups": None if scope.groups is None else sorted(scope.groups),
        "issued": _instant(each.issued),
        "until": _instant(each.until),
        "revoked": _instant(each.revoked),
    }


def _instant(milliseconds: int | None) -> str | None:
    return None if milliseconds is None else clock.iso(milliseconds)
