"""Verifying receipts: what is no receipt, what codes prove, what a given notice adds, and what a day's map shows."""

import hashlib
import zlib
from base64 import b32encode, b64decode
from typing import Any

import orjson
import pytest

from consent.notices import content
from consent.receipt_checking import Checked, check_receipt, fingerprint
from consent.receipt_codes import code_texts
from consent.receipt_errors import WORDING, ReceiptCode, ReceiptError
from consent.receipt_steps import OPEN, Record, Status, Step, StepName, Verdict
from consent.receipts import receipt_bytes
from consent.vocabulary import EventKind
from tests.consent.making_events import event
from tests.consent.making_receipts import (
    ENROLMENT_NOTICE,
    INDEX,
    NOTICE,
    OTHER_SIGNER,
    SIGNER,
    map_proof,
    put,
    receipt_of,
)

KEY = SIGNER.verifier
DOCUMENT = receipt_of()
FILE = receipt_bytes(DOCUMENT)
PERSON = DOCUMENT["proof"]["event"]["person"]
FIRST, SECOND = (text.encode() for text in code_texts(DOCUMENT))


def refusal(document: bytes) -> ReceiptCode | None:
    """Give the code for which a document is no receipt, and see that nothing else is said of it."""
    found = check_receipt(document)
    assert found.verdict is Verdict.UNREADABLE
    assert [step.name for step in found.steps] == [StepName.FORMAT]
    assert found.record is None
    return found.steps[0].code


def step(found: Checked, name: StepName) -> Step:
    """Give one of the steps."""
    return next(each for each in found.steps if each.name is name)


@pytest.mark.parametrize("part", [0, 1, 2, 100, len(FILE) // 2, len(FILE) - 3])
def test_a_receipt_that_is_cut_off_is_refused_by_its_code(part: int) -> None:
    """A receipt cut in half is told to be no whole one, in both languages, and nothing is half proven."""
    assert refusal(FILE[:part]) is ReceiptCode.RECEIPT_UNREADABLE
    words = check_receipt(FILE[:part]).steps[0].words
    assert "cut off" in words.en
    assert "잘렸거나" in words.ko


@pytest.mark.parametrize("text", [FIRST, SECOND, FIRST + b"\n" + SECOND])
def test_codes_that_are_cut_off_are_refused(text: bytes) -> None:
    """Half of a code is no code."""
    assert refusal(text[: len(FIRST) // 2]) in {ReceiptCode.RECEIPT_UNREADABLE, ReceiptCode.RECEIPT_FORMAT}


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"null",
        b"\xff\xfe",
        b'{"a": 1, "a": 1}',
        b'{"a": 1.0}',
        b'{"a": 1e3}',
        b'{"a": NaN}',
        b'{"a": 9007199254740992}',
        b'{"a": ' + b"9" * 5_000 + b"}",
        b'{"a": "\\ud800"}',
        b"[" * 300 + b"]" * 300,
        b"[" * 100_000,
        b" " * 1_000_001,
        b"CIVIC1:",
        b"CIVIC1:AAAA",
        b"CIVIC1:aaaa",
        b"CIVIC1:A",
        b"CIVIC1:AB",
        b"CIVIC1:\xea",
        SECOND,
        FIRST + b"\nmore",
        FIRST + b"AA",
    ],
)
def test_what_is_no_document_is_unreadable(document: bytes) -> None:
    """Everything that two programs could read differently is refused, and so is what is no text at all."""
    assert refusal(document) is ReceiptCode.RECEIPT_UNREADABLE


def test_a_code_that_swells_is_refused() -> None:
    """A small code that unpacks into a large text is not unpacked to its end."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    packed = packer.compress(b" " * 10_000_000) + packer.flush()
    assert refusal(b"CIVIC1:" + b32encode(packed).rstrip(b"=")) is ReceiptCode.RECEIPT_UNREADABLE


def coded(values: Any) -> bytes:  # noqa: ANN401 - anything that a code could hold.
    """Write the first code with other values in it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
    return b"CIVIC1:" + b32encode(packer.compress(orjson.dumps(values)) + packer.flush()).rstrip(b"=")


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (7, ReceiptCode.RECEIPT_UNREADABLE),
        ([1, 2], ReceiptCode.RECEIPT_UNREADABLE),
        ([{}, "salt", -1, "note", "key"], ReceiptCode.RECEIPT_FORMAT),
        ([{}, "salt", True, "note", "key"], ReceiptCode.RECEIPT_FORMAT),
        (["event", "salt", 1, "note", "key"], ReceiptCode.RECEIPT_FORMAT),
    ],
)
def test_codes_of_another_content_are_refused(values: Any, code: ReceiptCode) -> None:  # noqa: ANN401 - as above.
    """A code has the five values, each of its type."""
    assert refusal(coded(values)) is code


@pytest.mark.parametrize(
    "document",
    [
        [],
        {"format": "civic-receipt/2"},
        {**DOCUMENT, "format": "civic-receipt/2"},
        {**DOCUMENT, "more": 1},
        {**DOCUMENT, "notice": 7},
        put(DOCUMENT, ("proof", "leaf_index"), -1),
        put(DOCUMENT, ("proof", "leaf_index"), new=True),
        put(DOCUMENT, ("proof", "inclusion_path", 0), "AB" * 32),
        put(DOCUMENT, ("proof", "inclusion_path", 0), 7),
        put(DOCUMENT, ("proof", "inclusion_path"), ["ab" * 32] * 65),
        put(DOCUMENT, ("proof", "salt"), None),
    ],
)
def test_what_is_another_document_is_no_receipt(document: Any) -> None:  # noqa: ANN401 - any JSON.
    """A document without every part in its form is refused as a whole."""
    assert refusal(orjson.dumps(document)) is ReceiptCode.RECEIPT_FORMAT


def test_both_codes_prove_the_record_and_not_the_paper() -> None:
    """C5: the paper alone is enough to verify what was recorded; its words are compared by eye."""
    for text in (FIRST + b"\r\n" + SECOND, b"\n" + SECOND + b" " + FIRST):
        found = check_receipt(text, KEY)
        assert found.verdict is Verdict.PROVEN
        assert step(found, StepName.PARTS).status is Status.NOT_CHECKED
        assert step(found, StepName.NOTICE).words == OPEN["NO_NOTICE"]
        assert found.record is Record.RECORDED
        assert found.event is not None
        assert found.event["en"][0]["text"].startswith("You agreed")


def test_the_first_code_alone_shows_no_place_in_the_ledger() -> None:
    """Without the path nothing says that the event is in the tree, and so nothing is called proven."""
    found = check_receipt(FIRST, KEY)
    assert found.verdict is Verdict.INCOMPLETE
    assert found.record is Record.CLAIMED
    assert step(found, StepName.ROOT).status is Status.NOT_CHECKED
    assert step(found, StepName.SIGNATURE).status is Status.PASSED


def test_codes_with_the_notice_that_the_city_publishes() -> None:
    """A notice that is given is held against the hash in the event."""
    text = FIRST + b"\n" + SECOND
    assert step(check_receipt(text, KEY, content(NOTICE)), StepName.NOTICE).status is Status.PASSED
    other = check_receipt(text, KEY, content(ENROLMENT_NOTICE))
    assert step(other, StepName.NOTICE).code is ReceiptCode.RECEIPT_NOTICE
    withdrawn = "\n".join(code_texts(receipt_of(event(EventKind.WITHDRAWN)))).encode()
    assert step(check_receipt(withdrawn), StepName.NOTICE).words == OPEN["NOT_SHOWN"]


def test_a_notice_that_is_given_has_to_be_the_one_inside() -> None:
    """The published text and the one in the receipt are the same, to the letter."""
    assert check_receipt(FILE, KEY, content(NOTICE)).verdict is Verdict.PROVEN
    changed = {**content(NOTICE), "version": 2}
    assert step(check_receipt(FILE, KEY, changed), StepName.NOTICE).code is ReceiptCode.RECEIPT_NOTICE
    without = receipt_bytes({**DOCUMENT, "notice": None})
    assert step(check_receipt(without, KEY), StepName.NOTICE).code is ReceiptCode.RECEIPT_NOTICE


def test_what_follows_from_a_broken_part_is_left_open() -> None:
    """A step that needs what failed before is not called failed itself."""
    found = check_receipt(receipt_bytes(put(DOCUMENT, ("proof", "event", "v"), 2)), KEY, latest=b"{}")
    assert step(found, StepName.EVENT).status is Status.FAILED
    assert {step(found, name).words for name in (StepName.NOTICE, StepName.PARTS, StepName.LATEST)} == {OPEN["EARLIER"]}
    assert (found.record, found.event) == (None, None)
    unsalted = check_receipt(receipt_bytes(put(DOCUMENT, ("proof", "salt"), "AAAA")), KEY)
    assert step(unsalted, StepName.ROOT).words == OPEN["EARLIER"]
    keyless = check_receipt(receipt_bytes(put(DOCUMENT, ("proof", "public_key"), "no key")), KEY, latest=b"{}")
    assert step(keyless, StepName.KEY).words == step(keyless, StepName.LATEST).words == OPEN["EARLIER"]
    unread = check_receipt(receipt_bytes(put(DOCUMENT, ("notice", "title"), 7)), KEY)
    assert step(unread, StepName.PARTS).words == OPEN["EARLIER"]


@pytest.mark.parametrize(
    ("at", "value", "failing"),
    [
        ("checkpoint", "no note", {StepName.ROOT, StepName.SIGNATURE}),
        ("tree_size", 700, {StepName.PATH, StepName.ROOT}),
        ("inclusion_path", [], {StepName.PATH, StepName.ROOT}),
        ("leaf_index", 701, {StepName.ROOT}),
    ],
)
def test_the_way_to_the_root_has_to_be_whole(at: str, value: object, failing: set[StepName]) -> None:
    """C5: the path, the place, the size and the checkpoint fit each other or fail by name."""
    found = check_receipt(receipt_bytes(put(DOCUMENT, ("proof", at), value)), KEY)
    assert {each.name for each in found.steps if each.status is Status.FAILED} == failing


def test_codes_without_a_readable_checkpoint_lead_nowhere() -> None:
    """The size of the ledger is the checkpoint's where the codes say none of their own."""
    proof = DOCUMENT["proof"]
    first = coded([proof["event"], proof["salt"], INDEX, "no note", proof["public_key"]])
    found = check_receipt(first + b"\n" + SECOND, KEY)
    assert step(found, StepName.PATH).code is ReceiptCode.RECEIPT_PATH


def test_what_is_disproven_is_not_told_as_recorded() -> None:
    """A changed event is not shown; where only words around it were changed, what the ledger has is."""
    changed = check_receipt(receipt_bytes(put(DOCUMENT, ("proof", "event", "recorded"), 1_700_000_000_001)), KEY)
    assert changed.event is not None
    assert changed.record is None
    assert check_receipt(FILE, OTHER_SIGNER.verifier).record is None
    reworded = check_receipt(receipt_bytes(put(DOCUMENT, ("readable", "en", 0, "text"), "You said no.")), KEY)
    assert (reworded.verdict, reworded.record) == (Verdict.FAILED, Record.RECORDED)
    assert reworded.event is not None
    assert reworded.event["en"][0]["text"].startswith("You agreed")


def latest(proof: dict[str, Any]) -> Step:
    """Give the step that a proof from the map leads to."""
    return step(check_receipt(FILE, KEY, latest=orjson.dumps(proof)), StepName.LATEST)


def test_the_map_shows_that_nothing_was_decided_later() -> None:
    """With the day's map the last open question is answered, and without it the answer is that it is open."""
    assert latest(map_proof(PERSON, INDEX)).status is Status.PASSED
    assert step(check_receipt(FILE, KEY), StepName.LATEST).words == OPEN["NO_MAP"]


@pytest.mark.parametrize("other", [INDEX + 1, INDEX - 1, None])
def test_the_map_tells_of_a_later_decision(other: int | None) -> None:
    """A genuine receipt that is no longer the last word is told from one that is."""
    assert latest(map_proof(PERSON, other)).code is ReceiptCode.RECEIPT_SUPERSEDED


def test_a_map_that_is_older_than_the_event_says_nothing() -> None:
    """Yesterday's map can't know of today's decision."""
    assert latest(map_proof(PERSON, None, size=INDEX)).words == OPEN["OLD_MAP"]


@pytest.mark.parametrize(
    "proof",
    [
        [],
        {},
        map_proof("somebody who is not in it", None),
        map_proof(PERSON, INDEX, signer=OTHER_SIGNER),
        map_proof(PERSON, INDEX) | {"format": "civic-latest/2"},
        map_proof(PERSON, INDEX) | {"latest": INDEX + 1},
        map_proof(PERSON, INDEX) | {"latest": "700"},
        map_proof(PERSON, INDEX) | {"siblings": ["zz"]},
        map_proof(PERSON, INDEX) | {"map": DOCUMENT["proof"]["checkpoint"]},
    ],
)
def test_a_proof_that_does_not_fit_its_map_is_refused(proof: Any) -> None:  # noqa: ANN401 - any JSON.
    """Nothing is concluded from a proof of somebody else, of another map, or of none."""
    assert latest(proof).code is ReceiptCode.RECEIPT_MAP


def test_a_proof_that_is_no_json_is_refused() -> None:
    """The file of a proof is read as strictly as a receipt."""
    found = check_receipt(FILE, KEY, latest=b"{")
    assert step(found, StepName.LATEST).code is ReceiptCode.RECEIPT_MAP


def test_the_fingerprint_is_the_hash_of_the_key() -> None:
    """Sixteen groups of four digits, which anybody can compute from the key's line."""
    raw = b64decode(str(KEY).split("+", 2)[2])[1:]
    groups = fingerprint(KEY).split(" ")
    assert "".join(groups) == hashlib.sha256(raw).hexdigest()
    assert {len(group) for group in groups} == {4}


@pytest.mark.parametrize("code", ReceiptCode)
def test_every_code_has_a_sentence_in_both_languages(code: ReceiptCode) -> None:
    """Each code equals its name, and the sentence has no room for a value (L5)."""
    assert code.value == code.name
    assert "{" not in WORDING[code].ko + WORDING[code].en
    assert str(ReceiptError(code)) == f"{code}: {WORDING[code].en}"
    assert set(WORDING) == set(ReceiptCode)
