"""The public key that a command is given to verify against: its line, or the file that holds it."""

import re
import sys
from pathlib import Path
from typing import Final

import click

from consent.ledger.errors import LedgerError
from consent.ledger.notes import Verifier
from directory.cli.running import USAGE

_LINE: Final = re.compile(r"\S+\+[0-9a-f]{8}\+\S+")


def read_key(given: str) -> Verifier:
    """Read a public key from its line, or from the file that holds it; ends the program where it is none."""
    line = given
    if not _LINE.fullmatch(given):
        path = Path(given)
        try:
            # The fingerprint may follow on the key, as `/ledger/key` gives it.
            line = (path.read_text(encoding="utf-8", errors="replace").split() or [""])[0] if path.is_file() else ""
        except (OSError, ValueError):
            line = ""
    try:
        return Verifier.parse(line)
    except LedgerError as error:
        click.echo(f"civic: --key: it is no public key as `civic ledger key` prints it: {error}", err=True)
    sys.exit(USAGE)
