"""`civic receipt`, `civic receipts` and `civic verify receipt`: giving receipts, and verifying them without us."""

import sys
from collections.abc import Mapping
from typing import Any, BinaryIO, Final, NoReturn

import click
import orjson

from consent.notice_parts import Language, Words
from consent.receipt_checking import Checked, check_receipt
from consent.receipt_errors import ReceiptError
from consent.receipt_lines import written
from consent.receipt_reading import LARGEST, read_json
from consent.receipt_steps import RECORDS, STATUSES, TITLES, VERDICTS, Verdict
from directory import clock
from directory.cli.public_keys import read_key
from directory.cli.running import FAILED, TRY_AGAIN, USAGE, run
from directory.cli.screening import no_identifier
from directory.graph_access import graph_for_command
from directory.ledger.signing_key import read_signing_key
from directory.notices.book import load_book
from directory.receipts.errors import NoSuchEvent, ReceiptNotYet
from directory.receipts.issuing import Receipt, Receipts
from directory.receipts.offline import one_file, words, words_script
from directory.receipts.standing_ledger import StandingLedger
from directory.settings import Settings
from directory.web.receipts import receipt_html
from graph import intake

_STATUS: Final = {Verdict.PROVEN: 0, Verdict.FAILED: FAILED, Verdict.INCOMPLETE: FAILED, Verdict.UNREADABLE: USAGE}
_LANGUAGE = click.option(
    "--language", type=click.Choice([language.value for language in Language]), default=Language.EN.value
)
_OUT = click.option("--out", type=click.File("wb"), default="-", help="The file to write; standard output without it.")


@click.group()
def receipt() -> None:
    """Look at what people keep of their decisions."""


@receipt.command("show")
@click.argument("event", metavar="EVENT_ID", callback=no_identifier)
@click.option(
    "--format", "form", type=click.Choice(["json", "text", "html"]), default="text", help="HTML is for paper."
)
@_LANGUAGE
@_OUT
def show(event: str, form: str, language: str, out: BinaryIO) -> None:
    """Give the receipt of a recorded event: the file that the person keeps, its lines, or a page to print."""

    async def showing(settings: Settings) -> tuple[Receipt | NoSuchEvent | ReceiptNotYet, bool]:
        async with graph_for_command(settings) as graph:
            loaded = await graph.read(intake.load)
            ledger = StandingLedger(graph, lambda: read_signing_key(settings.ledger_key).verifier)
            try:
                issued = await Receipts(graph, ledger, load_book(), clock.now).issue(event)
            except (NoSuchEvent, ReceiptNotYet) as none:
                return none, False
            return issued, loaded is not None and loaded.synthetic

    issued, synthetic = run(showing)
    if not isinstance(issued, Receipt):
        click.echo(f"civic: {issued}", err=True)
        sys.exit(USAGE if isinstance(issued, NoSuchEvent) else TRY_AGAIN)
    if form == "json":
        out.write(issued.json.encode())
    elif form == "html":
        out.write(receipt_html(issued.document, synthetic=synthetic).encode())
    else:
        out.write(issued.readable(Language(language)).encode() + b"\n")


@click.group()
def receipts() -> None:
    """Give what goes with every receipt: the page that verifies them, and their words."""


@receipts.command("page")
@_OUT
def page(out: BinaryIO) -> None:
    """Give the page that verifies receipts without a network, as one file."""
    out.write(one_file().encode())


@receipts.command("words")
@click.option("--script", is_flag=True, help="As the script that the page loads.")
@_OUT
def words_command(out: BinaryIO, *, script: bool) -> None:
    """Give the words of receipts and of the steps of verifying them as JSON, for other programs."""
    out.write(words_script().encode() if script else orjson.dumps(words(), option=orjson.OPT_INDENT_2) + b"\n")


@click.command("receipt")
@click.argument("file", type=click.File("rb"))
@click.option("--key", callback=no_identifier, help="The key that the city publishes, or a file that holds it.")
@click.option("--notice", type=click.File("rb"), help="The notice as the city publishes it: `civic notice show`, JSON.")
@click.option("--map", "latest", type=click.File("rb"), help="The proof that the event is the person's latest.")
@_LANGUAGE
@click.option("--json", "as_json", is_flag=True, help="Print the steps as JSON, in both languages.")
def verify_receipt(  # noqa: PLR0913 - click's options.
    file: BinaryIO, key: str | None, notice: BinaryIO | None, latest: BinaryIO | None, language: str, *, as_json: bool
) -> None:
    """Verify a receipt's FILE, or what a scanner read from its codes, without the service and without a network.

    Status 0: proven; 1: something does not hold, or is missing; 2: this is no receipt.
    """
    checked = check_receipt(
        file.read(LARGEST + 1),
        None if key is None else read_key(key),
        None if notice is None else _notice(notice.read(LARGEST + 1)),
        None if latest is None else latest.read(LARGEST + 1),
    )
    click.echo(_as_json(checked) if as_json else _in_words(checked, Language(language)))
    sys.exit(_STATUS[checked.verdict])


def _notice(content: bytes) -> Mapping[str, Any]:
    try:
        found: Mapping[str, Any] = read_json(content)
    except ReceiptError as error:
        _refuse("--notice", error)
    return found


def _refuse(option: str, error: Exception) -> NoReturn:
    click.echo(f"civic: {option}: {error}", err=True)
    sys.exit(USAGE)


def _as_json(checked: Checked) -> str:
    steps = [
        {"step": step.name, "status": step.status, "code": step.code, "title": _pair(TITLES[step.name])}
        | {"words": _pair(step.words)}
        for step in checked.steps
    ]
    verdict = {"verdict": checked.verdict, "words": _pair(VERDICTS[checked.verdict])}
    event = {"record": checked.record, "event": None if checked.record is None else checked.event}
    return orjson.dumps({**verdict, "steps": steps, **event}, option=orjson.OPT_INDENT_2).decode()


def _in_words(checked: Checked, language: Language) -> str:
    lines = [VERDICTS[checked.verdict].of(language), ""]
    for step in checked.steps:
        code = "" if step.code is None else f" {step.code}"
        lines.append(f"[{STATUSES[step.status].of(language)}] {TITLES[step.name].of(language)}{code}")
        lines.append(f"    {step.words.of(language)}")
    if checked.record is not None and checked.event is not None:
        lines += ["", RECORDS[checked.record].of(language), "", written(checked.event[language])]
    return "\n".join(lines)


def _pair(each: Words) -> dict[str, str]:
    return {"ko": each.ko, "en": each.en}
