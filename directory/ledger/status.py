"""What is to be said of the ledger at a glance: its size, its newest checkpoint, and whether the witness has it."""

import asyncio
from dataclasses import dataclass
from typing import Any

from consent.ledger.notes import Verifier
from consent.receipt_checking import fingerprint
from directory.ledger.checking import opened
from directory.ledger.errors import LedgerWitnessFailed
from directory.ledger.witness import make_witness
from graph import ledger, ledger_checks, ledger_entries
from graph.connection import Graph


@dataclass(frozen=True, slots=True)
class LedgerStatus:
    """How the ledger stands. Instants are epoch milliseconds; None is what there is not.

    `checked` is when all of it was checked last, `finding` the code of what did not fit, `fingerprint` what to compare
    with a receipt's. `witnessed` is the size of the witness's newest checkpoint, `witness_failure` what is the matter
    with the witness.
    """

    key: str
    fingerprint: str
    entries: int
    waiting: int
    covered: int | None
    signed: int | None
    map_day: str | None
    checked: int | None
    finding: str | None
    witness: str | None
    witnessed: int | None
    witness_failure: str | None

    def as_data(self) -> dict[str, Any]:
        """Return it for a program."""
        return {name: getattr(self, name) for name in self.__slots__}


async def read_status(graph: Graph, verifier: Verifier, setting: str | None) -> LedgerStatus:
    """Read how the ledger stands, and ask the witness that is set."""
    newest = await graph.read(ledger.newest_checkpoint)
    published = await graph.read(ledger.newest_map)
    checked = await graph.read(ledger_checks.last)
    witness = make_witness(setting)
    note = witnessed = failure = None
    if witness is not None:
        try:
            note = await asyncio.to_thread(witness.newest)
        except LedgerWitnessFailed as failed:
            failure = str(failed)
    if note is not None:
        checkpoint = opened(note, verifier)
        witnessed = None if checkpoint is None else checkpoint.size
        failure = "It holds another ledger's checkpoints." if checkpoint is None else None
    return LedgerStatus(
        key=str(verifier),
        fingerprint=fingerprint(verifier),
        entries=await graph.read(ledger.size),
        waiting=await graph.read(ledger_entries.waiting),
        covered=None if newest is None else newest.size,
        signed=None if newest is None else newest.at,
        map_day=None if published is None else published.day,
        checked=None if checked is None else checked.at,
        finding=None if checked is None else checked.finding,
        witness=None if witness is None else witness.where,
        witnessed=witnessed,
        witness_failure=failure,
    )
