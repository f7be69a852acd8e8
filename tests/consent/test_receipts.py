"""Receipts: whatever is decided gives one, it holds before strangers, and nothing in it can be changed."""

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from consent.events import ConsentEvent
from consent.notices import content_hash
from consent.receipt_checking import Checked, check_receipt
from consent.receipt_codes import code_texts
from consent.receipt_errors import ReceiptCode, ReceiptError
from consent.receipt_steps import Status, StepName, Verdict
from consent.receipts import make_receipt, receipt_bytes
from consent.vocabulary import CaptureMethod, EventKind, Purpose
from tests.consent.independent_receipts import from_codes, problems, proof_problems
from tests.consent.making_events import event, events
from tests.consent.making_receipts import (
    ENROLMENT_NOTICE,
    NOTICE,
    OTHER_SIGNER,
    SIGNER,
    another,
    beside,
    kinds,
    place_of,
    places,
    put,
    receipt_of,
    shown,
)

KEY = SIGNER.verifier


def checked(document: dict[str, Any], **given: Any) -> Checked:  # noqa: ANN401 - what check_receipt takes.
    """Verify a receipt as the file that it is."""
    return check_receipt(receipt_bytes(document), KEY, **given)


def failures(found: Checked) -> dict[StepName, ReceiptCode | None]:
    """Give the steps that failed, with their codes."""
    return {step.name: step.code for step in found.steps if step.status is Status.FAILED}


@pytest.mark.parametrize("one", kinds(), ids=lambda one: one.kind)
def test_every_kind_of_event_has_a_receipt_that_holds(one: ConsentEvent) -> None:
    """C5: each is proven, by us and by a program that shares nothing with us."""
    document = receipt_of(one)
    assert checked(document).verdict is Verdict.PROVEN
    assert problems(json.loads(receipt_bytes(document)), str(KEY)) == []


@given(events(), st.sampled_from([(0, 1), (0, 2), (1, 2), (2, 3), (255, 256), (256, 257), (700, 1000), (511, 513)]))
@settings(max_examples=40, deadline=None)
def test_any_event_at_any_place_has_a_receipt_that_holds(one: ConsentEvent, place: tuple[int, int]) -> None:
    """Whatever is decided, wherever it lies, by file and by codes."""
    one = shown(replace(one, purpose=None if one.purpose is None else Purpose.CITY_NEWS))
    index, size = place
    document = receipt_of(one, index=index, size=size)
    assert checked(document).verdict is Verdict.PROVEN
    assert problems(document, str(KEY)) == []
    texts = code_texts(document)
    assert proof_problems(from_codes(*texts), str(KEY)) == []
    assert check_receipt("\n".join(texts).encode(), KEY).verdict is Verdict.PROVEN


@pytest.mark.parametrize("one", kinds(), ids=lambda one: one.kind)
def test_no_single_value_can_be_changed(one: ConsentEvent) -> None:
    """Whichever value of a receipt is another, a step fails by name and code; there are some hundred and fifty."""
    document = receipt_of(one)
    unnoticed = []
    for at, value in places(document):
        found = checked(put(document, at, another(value)))
        if not failures(found) or None in failures(found).values() or found.verdict is Verdict.PROVEN:
            unnoticed.append(at)
    assert unnoticed == []
    assert len(list(places(document))) > 100


@pytest.mark.parametrize("one", kinds(), ids=lambda one: one.kind)
def test_no_member_can_be_left_out_or_added(one: ConsentEvent) -> None:
    """Every object of a receipt has the members that it has, and no other."""
    document = receipt_of(one)
    for at in {at[:-1] for at, _ in places(document)} - {()}:
        holder = document
        for step in at:
            holder = holder[step]
        if isinstance(holder, dict):
            assert failures(checked(put(document, (*at, "more"), None))), at
            for name in holder:
                without = {key: each for key, each in holder.items() if key != name}
                assert failures(checked(put(document, at, without))), (at, name)


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_whatever_a_value_becomes_it_is_noticed(data: st.DataObject) -> None:
    """A leaf of the JSON replaced by any other value, of whatever type, fails."""
    document = receipt_of(data.draw(st.sampled_from(kinds())))
    at, value = data.draw(st.sampled_from(list(places(document))))
    new = data.draw(
        st.none()
        | st.booleans()
        | st.integers(-(2**53) + 1, 2**53 - 1)
        | st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
        | st.lists(st.none(), max_size=1)
    )
    if json.dumps(new) != json.dumps(value):
        assert failures(checked(put(document, at, new)))


@pytest.mark.parametrize(
    ("at", "step"),
    [
        (("format",), StepName.FORMAT),
        (("proof", "algorithms", "tree"), StepName.FORMAT),
        (("proof", "event", "kind"), StepName.EVENT),
        (("proof", "event", "at"), StepName.ROOT),
        (("proof", "salt"), StepName.LEAF),
        (("proof", "tree_size"), StepName.ROOT),
        (("proof", "inclusion_path", 0), StepName.ROOT),
        (("proof", "checkpoint"), StepName.SIGNATURE),
        (("proof", "public_key"), StepName.SIGNATURE),
        (("notice", "withdrawal", "ko"), StepName.NOTICE),
        (("receipt", "header", "receipt_id"), StepName.PARTS),
        (("kantara", "consentTimestamp"), StepName.PARTS),
        (("readable", "ko", 0, "text"), StepName.PARTS),
    ],
)
def test_the_step_that_fails_says_what_was_changed(at: tuple[str | int, ...], step: StepName) -> None:
    """Each part has its own step."""
    document = receipt_of()
    assert step in failures(checked(put(document, at, another(dict(places(document))[at]))))


def test_a_salt_of_another_event_does_not_open_it() -> None:
    """C2: with another salt of the right form, the way leads to another root."""
    document = put(receipt_of(), ("proof", "salt"), "A" * 42 + "E")
    assert failures(checked(document)) == {StepName.ROOT: ReceiptCode.RECEIPT_ROOT}


def test_a_receipt_that_somebody_else_signed_is_told_from_ours() -> None:
    """A forger's receipt is whole in itself: only the key that the city publishes tells it apart."""
    forged = receipt_of(signer=OTHER_SIGNER)
    assert failures(checked(forged)) == {StepName.KEY: ReceiptCode.RECEIPT_KEY}
    alone = check_receipt(receipt_bytes(forged))
    assert alone.verdict is Verdict.PROVEN
    key = next(step for step in alone.steps if step.name is StepName.KEY)
    assert key.status is Status.NOT_CHECKED
    assert key.words.en.startswith("Not proven")


def test_other_signatures_are_left_out_of_a_receipt() -> None:
    """A witness's signature could be changed without a trace by whoever has no key of it."""
    one = shown(event(EventKind.GRANTED))
    place = place_of(one)
    witnessed = replace(place, checkpoint=f"{place.checkpoint}— witness.example AAAA\n")
    document = make_receipt(one, witnessed, KEY, NOTICE)
    assert document["proof"]["checkpoint"] == place.checkpoint
    beside_ours = put(document, ("proof", "checkpoint"), witnessed.checkpoint)
    assert StepName.SIGNATURE in failures(checked(beside_ours))


@pytest.mark.parametrize(
    ("one", "notice"),
    [
        (event(EventKind.GRANTED), NOTICE),
        (shown(event(EventKind.GRANTED)), None),
        (shown(event(EventKind.GRANTED)), ENROLMENT_NOTICE),
        (event(EventKind.WITHDRAWN), ENROLMENT_NOTICE),
        (event(EventKind.ERASED), NOTICE),
    ],
)
def test_no_receipt_is_made_with_another_notice(one: ConsentEvent, notice: Any) -> None:  # noqa: ANN401 - a notice or none.
    """P1: what the person was shown is what the receipt carries."""
    with pytest.raises(ReceiptError) as refused:
        make_receipt(one, place_of(one), KEY, notice)
    assert refused.value.code is ReceiptCode.RECEIPT_NOTICE
    assert str(refused.value).startswith("RECEIPT_NOTICE: ")


@pytest.mark.parametrize("one", [each for each in kinds() if each.notice == ""], ids=lambda one: one.kind)
def test_an_event_under_no_notice_has_a_receipt_without_one(one: ConsentEvent) -> None:
    """A withdrawal needs no notice, and its receipt none either (P8)."""
    document = make_receipt(one, place_of(one), KEY, None)
    found = checked(document)
    assert found.verdict is Verdict.PROVEN
    assert document["receipt"]["parties"] == []
    assert [step.status for step in found.steps if step.name is StepName.NOTICE] == [Status.NOT_CHECKED]


def test_a_notice_that_only_stands_beside_is_not_said_to_be_proven() -> None:
    """Who is responsible is told on a withdrawal's receipt, and the check says that nothing proves it."""
    document = receipt_of(event(EventKind.WITHDRAWN))
    step = next(step for step in checked(document).steps if step.name is StepName.NOTICE)
    assert step.status is Status.NOT_CHECKED
    assert "no notice" in step.words.en
    swapped = put(document, ("notice",), receipt_of(event(EventKind.ERASED))["notice"])
    assert failures(checked(swapped)).keys() >= {StepName.NOTICE}


def test_nothing_personal_is_asked_for_or_shown() -> None:
    """A receipt holds the random reference, and no name, number or address of the person."""
    document = receipt_of(event(EventKind.GRANTED, capture=event(EventKind.GRANTED).capture))
    assert document["receipt"]["header"]["pii_principal_id"] == document["proof"]["event"]["person"]
    assert document["kantara"]["services"][0]["purposes"][0]["piiCategory"] == ["NAME", "PHONE"]
    assert content_hash(NOTICE) == document["receipt"]["processing"]["privacy_notice"]["sha256"]
    assert document["receipt"]["processing"]["collection_method"] == CaptureMethod.KIOSK


def test_a_refusal_is_never_written_as_a_consent() -> None:
    """Kantara's form knows only consents: it is there for GRANTED and RENEWED alone."""
    given = {one.kind for one in kinds() if receipt_of(one)["kantara"] is not None}
    assert given == {EventKind.GRANTED, EventKind.RENEWED}
    assert make_receipt(kinds()[0], place_of(kinds()[0]), KEY, beside(kinds()[0]))["kantara"]["sensitive"] is False
