"""`civic notice`: the texts that people are shown before they decide, and publishing another version of one."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TextIO, TypeVar

import click
import orjson

from consent.errors import ConsentError, ErrorCode, NoticeRefused
from consent.notice_parts import Language, Notice
from consent.notices import Unpublishable, content
from consent.vocabulary import Purpose
from directory import clock
from directory.cli.running import FAILED, USAGE
from directory.cli.screening import no_identifier
from directory.notices.book import FOLDER, check_draft, load_book, publish_draft
from directory.notices.plain_text import plain_text
from directory.notices.reading import Notices

_R = TypeVar("_R")
_FOLDER = click.option(
    "--folder",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=FOLDER,
    help="The folder of published.json and texts/; the program's own without it.",
)


@click.group()
def notice() -> None:
    """Look after the notices: what people read before they decide."""


@notice.command("list")
@click.option("--purpose", type=click.Choice([purpose.value for purpose in Purpose]), help="Only of this purpose.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@_FOLDER
def list_(purpose: str | None, folder: Path, *, as_json: bool) -> None:
    """List the published notices, each purpose's newest version first."""
    found = _notices(folder).published(None if purpose is None else Purpose(purpose))
    if as_json:
        rows = [{**content(each.notice), "sha256": each.sha256, "in_force": each.in_force} for each in found]
        click.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
        return
    for each in found:
        state = "in force" if each.in_force else f"until {each.successor}"
        click.echo(f"{each.notice.id:<22} {each.sha256[:12]}  {state:<24} {each.notice.title.ko}")


@notice.command("show")
@click.argument("id_", metavar="ID", callback=no_identifier)
@click.option("--language", type=click.Choice([language.value for language in Language]), default=Language.KO.value)
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="JSON is what is hashed.")
@_FOLDER
def show(id_: str, language: str, form: str, folder: Path) -> None:
    """Print a notice, such as city-news/1, in Korean or English."""
    found = _notices(folder).one(id_)
    if found is None:
        click.echo(f"civic: {NoticeRefused(ErrorCode.NOTICE_UNKNOWN, 'civic notice list')}", err=True)
        sys.exit(USAGE)
    if form == "json":
        click.echo(orjson.dumps(content(found.notice), option=orjson.OPT_INDENT_2).decode())
        return
    click.echo(plain_text(found.notice, found.sha256, Language(language)), nl=False)


@notice.command("check")
@click.argument("draft", required=False, type=click.File(encoding="utf-8"))
@_FOLDER
def check(draft: TextIO | None, folder: Path) -> None:
    """Check that every published text is the one that was published; or whether DRAFT (TOML) could be published."""
    if draft is None:
        click.echo(f"{len(_notices(folder).published())} notices are as they were published.")
        return
    _tell(_in_order(lambda: check_draft(draft.read(), clock.now(), folder)), "could be published")


@notice.command("publish")
@click.argument("draft", type=click.File(encoding="utf-8"))
@_FOLDER
def publish(draft: TextIO, folder: Path) -> None:
    """Publish DRAFT (TOML) as the next version of its purpose, from now on and for good."""
    _tell(_in_order(lambda: publish_draft(draft.read(), clock.now(), folder)), "is published")


def _notices(folder: Path) -> Notices:
    return Notices(_in_order(lambda: load_book(folder)), clock.now)


def _in_order(step: Callable[[], _R]) -> _R:
    """Take a step, or end the program with a sentence where the book is not in order."""
    try:
        return step()
    except ConsentError as error:
        click.echo(f"civic: {error}", err=True)
        sys.exit(FAILED)


def _tell(outcome: Notice | Unpublishable, done: str) -> None:
    """Say that it is done, or everything that hinders it."""
    if isinstance(outcome, Unpublishable):
        for fault in outcome.faults:
            click.echo(f"civic: {fault}", err=True)
        sys.exit(FAILED)
    click.echo(f"{outcome.id} {done}.")
