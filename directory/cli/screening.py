"""`civic screen`: what a file holds that must not be uploaded; and a command line that repeats no identifier."""

import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType
from typing import Any, NoReturn, TypeVar

import click
from tqdm import tqdm

from consent.identifiers.screen import is_clean
from directory.cli.running import INTERRUPTED, USAGE
from directory.screening.files import screen_file, shown_name
from directory.screening.report import Report

_FOUND = 1


class ScreenedGroup(click.Group):
    """A command line whose complaints about a wrong argument leave the argument out where it is an identifier (P6)."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Read the options before the command."""
        with _screened_complaints():
            return super().parse_args(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:  # noqa: ANN401 - click's own signature.
        """Run the command."""
        with _screened_complaints():
            return super().invoke(ctx)


@contextmanager
def _screened_complaints() -> Iterator[None]:
    try:
        yield
    except click.UsageError as complaint:
        if is_clean(complaint.format_message()):
            raise
        raise click.UsageError(
            "An argument is wrong, and is not repeated: it holds an identifier.", complaint.ctx
        ) from None


_V = TypeVar("_V", str, tuple[str, ...], str | None)


def no_identifier(_: click.Context, parameter: click.Parameter, value: _V) -> _V:
    """Refuse an argument's value, or any of several, that holds an identifier, before anything is done with it."""
    values = (value,) if isinstance(value, str) else value or ()
    if not all(map(is_clean, values)):
        raise click.BadParameter(
            "holds a number that identifies a person, which is not kept anywhere.", param=parameter
        )
    return value


@click.command("screen")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")
@click.option("--json", "as_json", is_flag=True, help="Answer as JSON.")
def screen(files: tuple[Path, ...], as_json: bool) -> None:  # noqa: FBT001 - click's option.
    """Tell what in text, CSV and XLSX files looks like a number that identifies a person, before they are uploaded.

    Says the place and the rule, never the number. Ends with 0 where nothing was found, 1 where something was, 2 where
    a file can't be read.
    """
    with _stoppable():
        reports = [_screened(path, number) for number, path in enumerate(files, 1)]
    if as_json:
        found = sum(report.found for report in reports)
        described = {"found": found, "files": [report.described() for report in reports]}
        click.echo(json.dumps(described, ensure_ascii=False))
    else:
        for report in reports:
            _tell(report)
    if any(report.unusable for report in reports):
        sys.exit(USAGE)
    sys.exit(_FOUND if any(report.found for report in reports) else 0)


def _screened(path: Path, number: int) -> Report:
    shown = shown_name(path, number)
    # A bar for what takes longer than a second.
    every = 0.2 if sys.stderr.isatty() else 5.0
    what = f"Screening {Path(shown).name}"
    with tqdm(desc=what, unit="B", unit_scale=True, delay=1.0, mininterval=every, leave=False) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            # A workbook's parts are not read in the order in which they lie.
            bar.update(max(done - bar.n, 0))

        return screen_file(path, shown, progress)


def _tell(report: Report) -> None:
    for found in report.listed:
        click.echo(f"{report.file}: {found.place}: {found.rule} {found.rule.korean}. {found.rule.meaning}")
    if report.found > len(report.listed):
        click.echo(f"{report.file}: and {report.found - len(report.listed):,} more.")
    if report.unusable:
        click.echo(f"civic: {report.file}: {report.unusable}", err=True)
        return
    unit = "cells and texts" if report.kind == "workbook" else "cells" if report.kind == "table" else "lines"
    if report.found:
        click.echo(f"{report.file}: {report.found:,} found in {report.texts:,} {unit}. {report.listed[0].rule.mend}")
    else:
        click.echo(f"{report.file}: nothing found in {report.texts:,} {unit}.")


@contextmanager
def _stoppable() -> Iterator[None]:
    """End with a sentence on Ctrl-C and SIGTERM; nothing has to be put away."""

    def stop(_number: int, _frame: FrameType | None) -> NoReturn:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt:
        click.echo("Stopped; the rest was not screened.", err=True)
        sys.exit(INTERRUPTED)
    finally:
        signal.signal(signal.SIGTERM, before)
