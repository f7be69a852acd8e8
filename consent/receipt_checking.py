"""Verifying a receipt without us: every step from the event to the signature, and what remains unproven."""

import base64
import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from consent.canonical import canonical
from consent.errors import EventRefused
from consent.events import ConsentEvent, read_event
from consent.ledger.checkpoints import Checkpoint, open_checkpoint
from consent.ledger.commitments import leaf_hash, salt_bytes
from consent.ledger.errors import LedgerError
from consent.ledger.merkle import verify_inclusion
from consent.ledger.notes import Verifier
from consent.notice_reading import read_notice
from consent.receipt_errors import ReceiptCode, ReceiptError
from consent.receipt_latest import check_latest
from consent.receipt_lines import instant, readable
from consent.receipt_reading import Document, read_receipt
from consent.receipt_steps import Open, Record, Status, Step, StepName, Verdict, failed, left_open, passed
from consent.receipts import parts, signed_by
from consent.vocabulary import Purpose

_TEXT: Final = re.compile(r"([^\n]+)\n([0-9]{1,16})\n([A-Za-z0-9+/]{43}=)\ntime ([0-9]{1,16})\n\n")

_PROVING: Final = frozenset({StepName.EVENT, StepName.LEAF, StepName.PATH, StepName.ROOT, StepName.SIGNATURE})


@dataclass(frozen=True, slots=True)
class Checked:
    """Every step that was taken, in order, and what the event says in both languages, where it can be read."""

    steps: tuple[Step, ...]
    event: Mapping[str, Any] | None = None

    @property
    def verdict(self) -> Verdict:
        """What the steps come to."""
        if self.steps[0].status is Status.FAILED:
            return Verdict.UNREADABLE
        if any(step.status is Status.FAILED for step in self.steps):
            return Verdict.FAILED
        return Verdict.PROVEN if self._in_ledger else Verdict.INCOMPLETE

    @property
    def record(self) -> Record | None:
        """Whether the event was recorded, or only claims to be; None where it is shown not to be, or by a foreign key.

        Whatever else of a receipt was changed, what the ledger has can still be told from it.
        """
        foreign = any(step.name is StepName.KEY and step.status is Status.FAILED for step in self.steps)
        if self._in_ledger and not foreign:
            return Record.RECORDED
        return Record.CLAIMED if self.verdict is Verdict.INCOMPLETE else None

    @property
    def _in_ledger(self) -> bool:
        return {step.name for step in self.steps if step.status is Status.PASSED} >= _PROVING


def check_receipt(
    document: bytes,
    trusted: Verifier | None = None,
    notice: Mapping[str, Any] | None = None,
    latest: bytes | None = None,
) -> Checked:
    """Verify a receipt's file, or the scanned texts of its codes; whatever is wrong is told in a step.

    `trusted` is the key that the city publishes, `notice` the content of the notice as the city publishes it, `latest`
    the file of a proof from the map of latest entries.
    """
    try:
        read = read_receipt(document)
    except ReceiptError as error:
        return Checked((failed(StepName.FORMAT, error.code),))
    check = _Check(read, trusted, notice, latest)
    event = None if check.event is None else readable(check.event, None)
    return Checked((passed(StepName.FORMAT), *check.steps()), event)


class _Check:
    """The steps after reading; each says by itself what it needs from those before."""

    def __init__(
        self, document: Document, trusted: Verifier | None, notice: Mapping[str, Any] | None, latest: bytes | None
    ) -> None:
        self._document = document
        self._trusted = trusted
        self._given = notice
        self._latest = latest
        self.event = _event(document.event)
        self._leaf = _leaf(document)
        self._key = _key(document.public_key)
        self._checkpoint = _checkpoint(document.checkpoint)
        # Codes leave the size to the checkpoint; a file says it as well, and has to say the same.
        self._size = self._checkpoint.size if document.size is None and self._checkpoint else document.size

    def steps(self) -> Iterator[Step]:
        """Take each step in order."""
        yield passed(StepName.EVENT) if self.event else failed(StepName.EVENT, ReceiptCode.RECEIPT_EVENT)
        yield self._leaf_step()
        yield self._path_step()
        yield self._root_step()
        yield self._signature_step()
        yield self._key_step()
        notice = self._notice_step()
        yield notice
        yield self._parts_step(notice)
        yield self._latest_step()

    def _leaf_step(self) -> Step:
        if self._leaf is None:
            return failed(StepName.LEAF, ReceiptCode.RECEIPT_SALT)
        return passed(StepName.LEAF, index=number(self._document.index))

    def _path_step(self) -> Step:
        path, index, size = self._document.path, self._document.index, self._size
        if path is None:
            return left_open(StepName.PATH, Open.NO_PATH)
        if size is None or not index < size or len(path) != _steps_to_root(index, size):
            return failed(StepName.PATH, ReceiptCode.RECEIPT_PATH)
        return passed(StepName.PATH, index=number(index), size=number(size))

    def _root_step(self) -> Step:
        path, index, size, checkpoint = self._document.path, self._document.index, self._size, self._checkpoint
        if path is None:
            return left_open(StepName.ROOT, Open.NO_PATH)
        if checkpoint is None or size != checkpoint.size:
            return failed(StepName.ROOT, ReceiptCode.RECEIPT_ROOT)
        if self._leaf is None:
            return left_open(StepName.ROOT, Open.EARLIER)
        if not verify_inclusion(self._leaf, index, size, path, checkpoint.root):
            return failed(StepName.ROOT, ReceiptCode.RECEIPT_ROOT)
        return passed(StepName.ROOT, instant=instant(checkpoint.at))

    def _signature_step(self) -> Step:
        note, key = self._document.checkpoint, self._key
        if key is None or self._checkpoint is None or not _signed(note, key):
            return failed(StepName.SIGNATURE, ReceiptCode.RECEIPT_SIGNATURE)
        return passed(StepName.SIGNATURE)

    def _key_step(self) -> Step:
        if self._key is None:
            return left_open(StepName.KEY, Open.EARLIER)
        if self._trusted is None:
            return left_open(StepName.KEY, Open.NO_KEY, fingerprint=fingerprint(self._key))
        return passed(StepName.KEY) if self._trusted == self._key else failed(StepName.KEY, ReceiptCode.RECEIPT_KEY)

    def _notice_step(self) -> Step:
        event, given = self.event, self._given
        inside: Mapping[str, Any] | None = self._document.notice
        if event is None:
            return left_open(StepName.NOTICE, Open.EARLIER)
        if self._document.parts is None:
            if event.notice and given is None:
                return left_open(StepName.NOTICE, Open.NO_NOTICE)
            inside = given
        same = given is None or canonical(given) == canonical(inside)
        if not same or not _belongs(inside, event):
            return failed(StepName.NOTICE, ReceiptCode.RECEIPT_NOTICE)
        return passed(StepName.NOTICE) if event.notice else left_open(StepName.NOTICE, Open.NOT_SHOWN)

    def _parts_step(self, notice_step: Step) -> Step:
        inside = self._document.notice
        if self._document.parts is None:
            return left_open(StepName.PARTS, Open.NO_PARTS)
        if self.event is None or notice_step.status is Status.FAILED:
            return left_open(StepName.PARTS, Open.EARLIER)
        notice = None if inside is None else read_notice(inside)
        if inside is None or notice is not None:
            expected = parts(self.event, notice, self._document.public_key)
            if canonical(expected) == canonical(self._document.parts):
                return passed(StepName.PARTS)
        return failed(StepName.PARTS, ReceiptCode.RECEIPT_PARTS)

    def _latest_step(self) -> Step:
        if self._latest is None:
            return left_open(StepName.LATEST, Open.NO_MAP)
        if self.event is None or self._key is None:
            return left_open(StepName.LATEST, Open.EARLIER)
        return check_latest(self._latest, self.event.person, self._document.index, self._key)


def fingerprint(key: Verifier) -> str:
    """Return the SHA-256 of a public key in groups that people can compare."""
    digits = hashlib.sha256(key.public).hexdigest()
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))


def number(value: int) -> str:
    """Write a number as people read it."""
    return f"{value:,}"


def _steps_to_root(index: int, size: int) -> int:
    """Return how many hashes the path of a leaf has (RFC 9162 2.1.3)."""
    inner = (index ^ (size - 1)).bit_length()
    return inner + (index >> inner).bit_count()


def _belongs(notice: Mapping[str, Any] | None, event: ConsentEvent) -> bool:
    """Say whether a notice is the one that the event names, or, where it names none, whether it may stand beside it."""
    if event.notice:
        found = {} if notice is None else notice
        return found.get("id") == event.notice and hashlib.sha256(canonical(found)).hexdigest() == event.notice_hash
    return notice is None or notice.get("purpose") == (event.purpose or Purpose.ENROLMENT)


def _event(content: Mapping[str, Any]) -> ConsentEvent | None:
    try:
        return read_event(content)
    except EventRefused:
        return None


def _leaf(document: Document) -> bytes | None:
    try:
        return leaf_hash(canonical(document.event), salt_bytes(document.salt))
    except LedgerError:
        return None


def _key(text: str) -> Verifier | None:
    try:
        return Verifier.parse(text)
    except LedgerError:
        return None


def _signed(note: str, key: Verifier) -> bool:
    """Say whether the note is a checkpoint with the signature of this key, and with no other."""
    try:
        open_checkpoint(note, key)
    except LedgerError:
        return False
    return signed_by(note, key) == note


def _checkpoint(note: str) -> Checkpoint | None:
    """Read the text of a checkpoint, whoever signed it, so that the root can be compared where the signature fails."""
    match = _TEXT.match(note)
    if match is None:
        return None
    read = Checkpoint(match[1], int(match[2]), base64.b64decode(match[3]), int(match[4]))
    return read if note.startswith(read.text() + "\n") else None
