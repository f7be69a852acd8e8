"""Publishing: a notice that is out is never changed, only succeeded, and any change of substance is seen (P1)."""

import json
from dataclasses import replace
from hashlib import sha256
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from consent.errors import ErrorCode
from consent.notice_parts import Language, Notice, Retention, RetentionRule, Words
from consent.notices import Unpublishable, changes_substance, content, content_hash, publish
from consent.vocabulary import Purpose
from tests.consent.making_notices import (
    ABROAD,
    DAY,
    FIRST,
    Place,
    another,
    draft,
    places,
    published,
    put,
    successor,
    words,
)

EVERYTHING = sorted((at for at, _ in places(draft(promotion=words("promotes")))), key=str)
NEXT = FIRST + DAY
CORRECTED = words("a slip of the pen")
# The parts of which a correction may touch the words.
WORDED = {
    *("title", "purpose_in_words", "items", "channels", "retention", "right_to_refuse", "consequence"),
    *("withdrawal", "rights", "guardian"),
}


def whole() -> Notice:
    """Make a published notice with everything in it, promotion too."""
    optional = tuple(replace(item, required=False) for item in draft().items)
    return published(draft(items=optional, promotion=words("promotes")))


def refusals(notice: Notice, predecessor: Notice | None = None, at: int = NEXT) -> set[tuple[str, str]]:
    """Give why a draft is not published."""
    outcome = publish(notice, predecessor, at, ABROAD)
    assert isinstance(outcome, Unpublishable)
    return {(fault.code.value, fault.part) for fault in outcome.faults}


def is_words(at: Place) -> bool:
    """Say whether a place holds one language of a text that a correction may touch."""
    return at[-1] in {"ko", "en"} and at[0] in WORDED


def test_a_published_notice_says_since_when() -> None:
    """Publishing changes nothing but the date."""
    notice = published()
    assert notice == replace(draft(), published=FIRST)
    assert notice.id == "disaster-response/1"


@pytest.mark.parametrize("at", EVERYTHING, ids=lambda at: ".".join(map(str, at)))
def test_any_change_changes_the_hash(at: Place) -> None:
    """There is no part of a notice that could be changed without being noticed."""
    notice = whole()
    value = dict(places(notice))[at]
    assert content_hash(put(notice, at, another(value))) != content_hash(notice)


@pytest.mark.parametrize(
    "change", [{"version": 2}, {"published": NEXT}, {"purpose": Purpose.CITY_NEWS}, {"correction": CORRECTED}]
)
def test_version_date_and_purpose_are_hashed_too(change: dict[str, Any]) -> None:
    """As is that it is a correction."""
    assert content_hash(replace(published(), **change)) != content_hash(published())


def test_the_hash_is_that_of_the_canonical_content() -> None:
    """Whoever has the content can hash it again by the standard alone, after sending it as JSON."""
    notice = whole()
    sent = json.loads(json.dumps(content(notice)))
    assert sha256(rfc8785.dumps(sent)).hexdigest() == content_hash(notice)
    assert sent["id"] == notice.id
    assert "correction" not in sent


@given(st.sampled_from(EVERYTHING))
def test_any_change_is_substance_unless_it_is_declared(at: Place) -> None:
    """Who agreed under the old text is asked again (P1)."""
    old = whole()
    new = replace(put(old, at, another(dict(places(old))[at])), version=2, published=NEXT)
    assert changes_substance(old, new)


@given(st.sampled_from([at for at in EVERYTHING if is_words(at)]))
def test_a_correction_of_wording_asks_nobody_again(at: Place) -> None:
    """Declared, published, and no change of substance."""
    old = whole()
    changed = put(old, at, another(dict(places(old))[at]))
    new = published(replace(changed, version=2, published=None, correction=CORRECTED), old, NEXT)
    assert not changes_substance(old, new)


@given(st.sampled_from([at for at in EVERYTHING if not is_words(at)]))
def test_a_correction_changes_nothing_else(at: Place) -> None:
    """What is structured, and who is given what, can't pass for wording; if it could, it would be substance."""
    old = whole()
    new = replace(put(old, at, another(dict(places(old))[at])), version=2, published=None, correction=CORRECTED)
    assert ("NOTICE_CORRECTION", "correction") in refusals(new, old)
    assert changes_substance(old, new)


@pytest.mark.parametrize("language", Language)
def test_a_correction_changes_no_number(language: Language) -> None:
    """From 2 years to 5 is no slip of the pen."""
    old = whole()
    longer = replace(old.retention.words, **{language: old.retention.words.of(language).replace("2", "5")})
    retention = replace(old.retention, words=longer)
    new = replace(old, retention=retention, version=2, published=None, correction=CORRECTED)
    assert refusals(new, old) == {("NOTICE_CORRECTION", "correction")}
    assert changes_substance(old, new)


def test_another_rule_of_retention_is_substance() -> None:
    """When it ends matters as much as after how many days."""
    old = published()
    new = successor(old, NEXT, retention=replace(old.retention, rule=RetentionRule.UNTIL_DEADLINE))
    assert changes_substance(old, new)


def test_a_notice_is_no_change_of_itself() -> None:
    """Nobody is asked twice under the same text."""
    assert not changes_substance(published(), published())


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"version": 2}, ("NOTICE_VERSION", "version")),
        ({"published": FIRST}, ("NOTICE_PUBLISHED", "published")),
        ({"correction": CORRECTED}, ("NOTICE_CORRECTION", "correction")),
    ],
)
def test_a_first_version(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    """It is number one, out for the first time, and corrects nothing."""
    assert refusals(replace(draft(), **changes)) == {expected}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"version": 1}, ("NOTICE_VERSION", "version")),
        ({"version": 3}, ("NOTICE_VERSION", "version")),
        ({"published": FIRST}, ("NOTICE_PUBLISHED", "published")),
        ({"purpose": Purpose.POLICY_ADVICE}, ("NOTICE_PREDECESSOR", "purpose")),
    ],
)
def test_a_successor(changes: dict[str, Any], expected: tuple[str, str]) -> None:
    """It follows without a gap, and nothing that is out is published again."""
    new = replace(draft(), version=2, title=words("another title"))
    assert refusals(replace(new, **changes), published()) == {expected}


def test_a_successor_of_a_draft() -> None:
    """What was never out has no successor."""
    new = replace(draft(), version=2, title=words("another title"))
    assert refusals(new, draft()) == {("NOTICE_PREDECESSOR", "purpose")}


@pytest.mark.parametrize("at", [FIRST, FIRST - 1])
def test_a_successor_comes_later(at: int) -> None:
    """Two notices are never in force at once."""
    new = replace(draft(), version=2, title=words("another title"))
    assert refusals(new, published(), at) == {("NOTICE_ORDER", "published")}


@pytest.mark.parametrize("correction", [None, CORRECTED])
def test_a_successor_says_something_else(correction: Words | None) -> None:
    """A version that changes nothing is none."""
    new = replace(draft(), version=2, correction=correction)
    assert refusals(new, published()) == {("NOTICE_UNCHANGED", "version")}


def test_everything_that_hinders_is_told_at_once() -> None:
    """The missing parts and the succession together, each once."""
    wrong = replace(draft(), version=3, title=Words(), retention=Retention())
    found = refusals(wrong, published(), FIRST)
    assert {code for code, _ in found} == {
        ErrorCode.NOTICE_INCOMPLETE,
        ErrorCode.NOTICE_RETENTION,
        ErrorCode.NOTICE_VERSION,
        ErrorCode.NOTICE_ORDER,
    }


def test_required_and_optional_are_apart() -> None:
    """Every item is one of them."""
    notice = draft()
    assert notice.required | notice.optional == notice.fields
    assert notice.required == {"NAME", "PHONE"}
    assert notice.optional == {"AFFILIATION"}
