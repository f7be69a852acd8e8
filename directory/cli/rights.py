"""`civic rights`: what people ask for at a counter or by telephone, once somebody has checked who they are."""

import os
import re
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final, TypeVar

import click

from consent.cases import Case, CaseState
from consent.notice_parts import Language
from consent.vocabulary import CaptureMethod, Channel, Field, Purpose, Sex
from directory import clock
from directory.backup.journal import Journal
from directory.backup.manifest import journal_key
from directory.cli.running import run
from directory.cli.screening import no_identifier
from directory.contacts.regions import RegionMap
from directory.errors import BadInput
from directory.graph_access import graph_for_command
from directory.rights.changes import Changes, checked
from directory.rights.contacts import read_contact
from directory.rights.corrections import Corrections
from directory.rights.desk import Desk, Requester, TakenBack
from directory.rights.report import as_json, held_case
from directory.sealing.key_service import FileKeyService
from directory.sealing.keyring_file import write_private
from directory.settings import Settings
from directory.web.rights import report_page
from graph import holdings
from graph.connection import Graph

_ACTOR: Final = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*", re.ASCII)
_ID: Final = re.compile(r"[0-9a-f-]{32,36}", re.ASCII)
_BY_HAND: Final = ("PAPER", "TELEPHONE", "KIOSK", "WEB")
_LARGEST_PAGE: Final = 500
_R = TypeVar("_R")


@dataclass(frozen=True, slots=True)
class Counter:
    """What a command at the counter works with."""

    graph: Graph
    keys: FileKeyService
    regions: RegionMap
    desk: Desk
    corrections: Corrections

    async def person(self, named: str) -> str:
        """Return the person's id: as it was given, or that of whoever has the contact that was given."""
        if _ID.fullmatch(named):
            return named
        contact = read_contact(named, self.keys.keyring, "PERSON")
        find = holdings.person_by_phone if contact.field is Field.PHONE else holdings.person_by_email
        # Nobody has the empty id: what follows says that there is nobody.
        return await self.graph.read(find, contact.index) or ""


@asynccontextmanager
async def _counter(settings: Settings) -> AsyncIterator[Counter]:
    keys = FileKeyService(settings.keyring)
    journal = Journal(settings.journal, journal_key(keys.keyring))
    async with graph_for_command(settings) as graph:
        regions = await RegionMap.read(graph)
        desk = Desk(graph, keys, regions, clock.now, journal.record)
        yield Counter(graph, keys, regions, desk, Corrections(graph, keys, clock.now))


_BY: Final = click.option(
    "--by", required=True, callback=no_identifier, help="Who takes it in, or decides it: a name of an account."
)


def _person(command: Callable[..., _R]) -> Callable[..., _R]:
    """Add what every request of a person has: who, through whom, how, and the form of the answer."""
    for option in (
        click.argument("person", callback=no_identifier),
        _BY,
        click.option(
            "--method", type=click.Choice(_BY_HAND), default="PAPER", help="How the request came in; PAPER without it."
        ),
        click.option("--json", "in_json", is_flag=True, help="Answer as JSON."),
    ):
        command = option(command)
    return command


def _requester(by: str, method: str) -> Requester:
    return Requester(_account(by), CaptureMethod(method))


def _account(by: str) -> str:
    if not _ACTOR.fullmatch(by):
        raise BadInput("--by", "must be an account's name: small letters, digits and hyphens, a letter first")
    return by


def _named(person: str) -> str:
    """Return what was given for PERSON; "-" asks for it, so that no contact stays in the shell's history."""
    return str(click.prompt("Telephone or e-mail", err=True)) if person == "-" else person


def _answer(made: Case, *, in_json: bool) -> None:
    held = held_case(made, clock.now())
    if in_json:
        click.echo(as_json(held))
        return
    about = ", ".join([*held.purposes, *held.fields, *held.channels, *(["SENSITIVE"] if held.sensitive else [])])
    late = "  OVERDUE" if held.overdue else ""
    click.echo(f"{held.id}  {held.kind:14}{held.state:20} due {held.due:%Y-%m-%d}{late}  {about}".rstrip())
    for way in held.appeals or ():
        click.echo(f"    {way.who.ko} ({way.who.en}): {way.contact}")


def _do(person: str, by: str, method: str, work: Callable[[Counter, str, Requester], Any]) -> Any:  # noqa: ANN401 - what it gives.
    named = _named(person)

    async def doing(settings: Settings) -> Any:  # noqa: ANN401 - as above.
        requester = _requester(by, method)
        async with _counter(settings) as counter:
            return await work(counter, await counter.person(named), requester)

    return run(doing)


@click.group()
def rights() -> None:
    """Do what people ask for by right, after their identity was checked.

    PERSON is an id, a telephone number, an e-mail address, or "-" to be asked for one of these.
    """


@rights.command("list")
@click.option("--state", type=click.Choice([str(state) for state in CaseState]), default="IN_REVIEW")
@click.option("--first", type=click.IntRange(1, _LARGEST_PAGE), default=100, help="How many at most.")
@click.option("--json", "in_json", is_flag=True, help="Answer as JSON.")
def list_command(state: str, first: int, *, in_json: bool) -> None:
    """List the cases in a state, the most urgent first; those that wait for a decision without --state."""

    async def listing(settings: Settings) -> list[Case]:
        async with _counter(settings) as counter:
            return await counter.corrections.page(CaseState(state), None, first)

    rows = run(listing)
    if in_json:
        click.echo(as_json([held_case(row, clock.now()) for row in rows]))
        return
    for row in rows:
        _answer(row, in_json=False)


@rights.command("show")
@click.argument("case_id", callback=no_identifier)
def show(case_id: str) -> None:
    """Show one case as JSON."""

    async def showing(settings: Settings) -> Case:
        async with _counter(settings) as counter:
            return await counter.corrections.one(case_id)

    click.echo(as_json(held_case(run(showing), clock.now())))


@rights.command("access")
@_person
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write the report here, for you alone.")
@click.option("--language", type=click.Choice([str(language) for language in Language]), default="ko")
def access(person: str, by: str, method: str, *, out: Path | None, language: str, in_json: bool) -> None:  # noqa: PLR0913 - click's options.
    """Give a person everything that is held about them: as a page, or as JSON with --json."""
    report = _do(person, by, method, lambda counter, who, requester: counter.desk.access(who, requester))
    content = as_json(report) if in_json else report_page(report, Language(language)).encode()
    if out is None:
        click.echo(content)
        return
    _write(out, content)
    click.echo(f"Written to {out}. It is personal: hand it over, and delete it.")


def _write(out: Path, content: bytes) -> None:
    if not os.access(out.parent, os.W_OK):
        raise click.UsageError("The folder of --out can't be written.")
    write_private(out, content)


@rights.command("correct")
@_person
@click.option("--name", callback=no_identifier, help="The name.")
@click.option("--sex", type=click.Choice([str(sex) for sex in Sex]), help="The sex.")
@click.option("--born", type=int, help="The year of birth.")
@click.option("--residence", callback=no_identifier, help="The code of the dong of residence.")
@click.option("--phone", callback=no_identifier, help='The new telephone number, checked; "-" asks for it.')
@click.option("--email", callback=no_identifier, help='The new e-mail address, checked; "-" asks for it.')
@click.option("--remove", multiple=True, type=click.Choice(["SEX", "AGE", "PHONE", "EMAIL"]), help="Delete an item.")
def correct(person: str, by: str, method: str, *, in_json: bool, remove: tuple[str, ...], **given: Any) -> None:  # noqa: ANN401 - click's options.
    """Put right what is held; a contact that another record has goes to the privacy officer."""
    asked: dict[str, Any] = {
        name: click.prompt(name, err=True) if value == "-" else value for name, value in given.items()
    }
    changes = Changes(
        name=asked["name"],
        sex=None if asked["sex"] is None else Sex(asked["sex"]),
        born=asked["born"],
        residence=asked["residence"],
        phone=asked["phone"],
        email=asked["email"],
        remove=frozenset(Field(field) for field in remove),
    )

    async def work(counter: Counter, who: str, requester: Requester) -> Case:
        fitting = checked(changes, counter.keys, counter.regions, clock.now())
        return await counter.corrections.correct(who, requester, fitting, at_counter=True)

    _answer(_do(person, by, method, work), in_json=in_json)


_PURPOSE: Final = click.option(
    "--purpose", type=click.Choice([str(purpose) for purpose in Purpose]), help="The purpose; all of them without it."
)


@rights.command("restrict")
@_person
@_PURPOSE
def restrict(person: str, by: str, method: str, purpose: str | None, *, in_json: bool) -> None:
    """Suspend the use of a person's data."""
    of = None if purpose is None else Purpose(purpose)
    _answer(_do(person, by, method, lambda c, who, via: c.desk.restrict(who, via, of)), in_json=in_json)


@rights.command("release")
@_person
@_PURPOSE
def release(person: str, by: str, method: str, purpose: str | None, *, in_json: bool) -> None:
    """Lift a suspension."""
    of = None if purpose is None else Purpose(purpose)
    _answer(_do(person, by, method, lambda c, who, via: c.desk.release(who, via, of)), in_json=in_json)


@rights.command("withdraw")
@_person
@click.option("--purpose", required=True, type=click.Choice([str(purpose) for purpose in Purpose]))
@click.option("--field", "fields", multiple=True, type=click.Choice([str(f) for f in Field]), help="Only this field.")
@click.option("--channel", "channels", multiple=True, type=click.Choice([str(c) for c in Channel]))
@click.option("--sensitive", is_flag=True, help="Only the sensitive part.")
def withdraw(person: str, by: str, method: str, *, in_json: bool, **parts: Any) -> None:  # noqa: ANN401 - click's options.
    """Take back a consent; everything of the purpose where no field, channel or sensitive part is named."""
    taken = TakenBack(
        frozenset(map(Field, parts["fields"])), frozenset(map(Channel, parts["channels"])), parts["sensitive"]
    )
    of = Purpose(parts["purpose"])
    _answer(_do(person, by, method, lambda c, who, via: c.desk.withdraw(who, via, of, taken)), in_json=in_json)


@rights.command("source")
@_person
def source(person: str, by: str, method: str, *, in_json: bool) -> None:
    """Say where a person's data came from, what for, and that it can be stopped."""
    notice = _do(person, by, method, lambda counter, who, via: counter.desk.source_notice(who, via))
    if in_json:
        click.echo(as_json(notice))
        return
    for each in notice.sources:
        click.echo(f"{each.what_ko} ({each.what_en}): {each.from_ko} ({each.from_en})")
    click.echo(f"{notice.rights.ko}\n{notice.rights.en}")


@rights.command("erase")
@_person
@click.confirmation_option(prompt="Destroy everything that is held about this person, for good?")
def erase(person: str, by: str, method: str, *, in_json: bool) -> None:
    """Destroy everything that is held about a person."""
    _answer(_do(person, by, method, lambda counter, who, via: counter.desk.erase(who, via)), in_json=in_json)


@rights.command("decide")
@click.argument("case_id", callback=no_identifier)
@click.option("--outcome", required=True, type=click.Choice(["DONE", "REFUSED_WITH_REASON", "IN_REVIEW"]))
@_BY
@click.option("--reason", default="", callback=no_identifier, help="What the person is told; a refusal needs it.")
@click.option("--json", "in_json", is_flag=True, help="Answer as JSON.")
def decide(case_id: str, outcome: str, reason: str, by: str, *, in_json: bool) -> None:
    """Decide a case: done, refused with a reason, or looked at again after an appeal."""

    async def deciding(settings: Settings) -> Case:
        officer = _account(by)
        async with _counter(settings) as counter:
            return await counter.corrections.decide(case_id, CaseState(outcome), reason, officer)

    _answer(run(deciding), in_json=in_json)
