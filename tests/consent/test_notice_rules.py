"""What a notice must have: take any part away, or make it wrong, and it is not published (P1 to P5, P7, P13)."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.errors import WORDING, ErrorCode
from consent.notice_parts import Controller, GuardianRule, Item, Notice, Offer, Retention, Sensitive, Words
from consent.notice_rules import LONGEST_RETENTION, REACHES_BY, Fault, faults, texts
from consent.notices import Unpublishable, publish
from consent.vocabulary import Channel, Field, GuardianCheck
from tests.consent.making_notices import ABROAD, FIRST, Place, draft, places, put, words

TEXTS = sorted(at for at, value in places(draft()) if at[-1] in {"ko", "en"} and isinstance(value, str))
EMPTY = st.sampled_from(["", " ", "\u200b", "—", "1234", "\t\n"])


def codes(notice: Notice, regions: frozenset[str] = ABROAD) -> set[tuple[str, str]]:
    """Give the faults as pairs."""
    return {(fault.code.value, fault.part) for fault in faults(notice, regions)}


def test_a_complete_notice_has_no_fault() -> None:
    """What the other tests take apart is whole."""
    assert codes(draft()) == set()


def part_of(at: Place) -> Iterator[str]:
    """Name a place as a fault does: by the word of the vocabulary, or counted from one."""
    notice = draft()
    for index, step in enumerate(at):
        if isinstance(step, str):
            yield step
            continue
        each: Any = getattr(notice, str(at[index - 1]))[step]
        yield each.field if isinstance(each, Item) else each.channel if isinstance(each, Offer) else str(step + 1)


@given(st.sampled_from(TEXTS), EMPTY)
def test_a_text_that_is_not_there_is_missed(at: Place, empty: str) -> None:
    """Each text in each language is needed; one without a letter says nothing (P1)."""
    notice = put(draft(), at, empty)
    assert codes(notice) == {("NOTICE_INCOMPLETE", ".".join(part_of(at)))}
    assert isinstance(publish(notice, None, FIRST, ABROAD), Unpublishable)


@given(st.sampled_from(TEXTS))
def test_a_text_in_the_other_language_is_missed(at: Place) -> None:
    """Korean is written in Korean, and English in English."""
    other = "한글뿐입니다" if at[-1] == "en" else "English only"
    assert codes(put(draft(), at, other)) == {("NOTICE_INCOMPLETE", ".".join(part_of(at)))}


@given(st.sets(st.sampled_from(TEXTS), min_size=2, max_size=6))
def test_every_missing_part_is_named_at_once(gone: set[Place]) -> None:
    """Nobody has to publish in order to learn of the next one."""
    notice = draft()
    for at in gone:
        notice = put(notice, at, "")
    assert codes(notice) == {("NOTICE_INCOMPLETE", ".".join(part_of(at))) for at in gone}


PARTS: dict[str, tuple[Any, str, str]] = {
    "controller": (Controller(), "NOTICE_INCOMPLETE", "controller.phone"),
    "title": (Words(), "NOTICE_INCOMPLETE", "title.ko"),
    "purpose_in_words": (Words(), "NOTICE_INCOMPLETE", "purpose_in_words.en"),
    "items": ((), "NOTICE_INCOMPLETE", "items"),
    "channels": ((), "NOTICE_INCOMPLETE", "channels"),
    "sensitive": (None, "NOTICE_SENSITIVE_PART", "sensitive"),
    "retention": (Retention(), "NOTICE_RETENTION", "retention.days"),
    "right_to_refuse": (Words(), "NOTICE_INCOMPLETE", "right_to_refuse.ko"),
    "consequence": (Words(), "NOTICE_INCOMPLETE", "consequence.ko"),
    "recipients_in_words": (Words(), "NOTICE_INCOMPLETE", "recipients_in_words.ko"),
    "overseas_in_words": (Words(), "NOTICE_INCOMPLETE", "overseas_in_words.ko"),
    "withdrawal": (Words(), "NOTICE_INCOMPLETE", "withdrawal.ko"),
    "rights": (Words(), "NOTICE_INCOMPLETE", "rights.en"),
    "guardian": (GuardianRule(), "NOTICE_GUARDIAN", "guardian"),
}


@pytest.mark.parametrize("part", PARTS)
def test_a_part_that_is_taken_away_is_missed(part: str) -> None:
    """Each part as a whole; only other recipients, other countries and promotion may be none."""
    empty, code, named = PARTS[part]
    assert (code, named) in codes(replace(draft(), **{part: empty}))


def test_the_parts_that_may_be_none() -> None:
    """A notice with no recipients and nothing abroad says so in words, and can be published."""
    assert codes(draft(recipients=(), overseas=()), frozenset({"KR"})) == set()


WRONG: dict[str, tuple[dict[str, Any], str, str]] = {
    "version": ({"version": 0}, "NOTICE_VERSION", "version"),
    "no days": ({"retention": Retention(0, words=words("none"))}, "NOTICE_RETENTION", "retention.days"),
    "too long": (
        {"retention": Retention(LONGEST_RETENTION + 1, words=words("long"))},
        "NOTICE_RETENTION",
        "retention.days",
    ),
    "unreachable": (
        {"channels": (Offer(Channel.EMAIL, words("mail")),)},
        "NOTICE_CHANNEL_ITEM",
        "channels.EMAIL",
    ),
    "channel twice": ({"channels": (Offer(Channel.SMS, words("a")),) * 2}, "NOTICE_DOUBLED", "channels.SMS"),
    "promotion": ({"promotion": words("promotes")}, "NOTICE_PROMOTION", "items"),
    "too young": (
        {"guardian": GuardianRule(13, (GuardianCheck.CALL,), words("under 13"))},
        "NOTICE_GUARDIAN",
        "guardian",
    ),
    "unchecked": ({"guardian": GuardianRule(14, (), words("under 14"))}, "NOTICE_GUARDIAN", "guardian"),
    "no telephone": (
        {"controller": replace(draft().controller, phone=" ")},
        "NOTICE_INCOMPLETE",
        "controller.phone",
    ),
    "no mail": ({"controller": replace(draft().controller, email="")}, "NOTICE_INCOMPLETE", "controller.email"),
    "given nothing": (
        {"recipients": (replace(draft().recipients[0], items=()),)},
        "NOTICE_INCOMPLETE",
        "recipients.1.items",
    ),
    "given more": (
        {"recipients": (replace(draft().recipients[0], items=(Field.SEX,)),)},
        "NOTICE_SHARED_ITEM",
        "recipients.1.items",
    ),
    "abroad nothing": (
        {"overseas": (replace(draft().overseas[0], items=()),)},
        "NOTICE_INCOMPLETE",
        "overseas.1.items",
    ),
    "abroad more": (
        {"overseas": (replace(draft().overseas[0], items=(Field.AGE,)),)},
        "NOTICE_SHARED_ITEM",
        "overseas.1.items",
    ),
    "elsewhere": (
        {"overseas": (replace(draft().overseas[0], country="YY"),)},
        "NOTICE_REGION",
        "overseas.1.country",
    ),
}


@pytest.mark.parametrize("what", WRONG)
def test_a_part_that_can_not_be_right(what: str) -> None:
    """Each rule has its code, and names the part alone."""
    changes, code, part = WRONG[what]
    assert codes(draft(**changes)) == {(code, part)}


def test_an_item_stands_once() -> None:
    """Required and optional at once would be neither."""
    item = Item(Field.NAME, required=False, words=words("again"))
    assert codes(draft(items=(*draft().items, item))) == {("NOTICE_DOUBLED", "items.NAME")}


def test_sensitive_is_asked_where_the_affiliation_is() -> None:
    """Without the affiliation there is nothing sensitive to ask (P5)."""
    items = tuple(item for item in draft().items if item.field is not Field.AFFILIATION)
    assert codes(draft(items=items)) == {("NOTICE_SENSITIVE_PART", "sensitive")}
    assert codes(draft(items=items, sensitive=None)) == set()
    assert codes(draft(sensitive=Sensitive(words("a"), words("b")))) == set()


def test_nothing_is_required_where_it_promotes() -> None:
    """Refusing promotion never blocks anything (P2)."""
    optional = tuple(replace(item, required=False) for item in draft().items)
    assert codes(draft(items=optional, promotion=words("promotes"))) == set()


def test_nothing_goes_abroad_unless_a_country_is_allowed() -> None:
    """Korea alone is, where nobody says otherwise (P13)."""
    assert {(fault.code, fault.part) for fault in faults(draft())} == {(ErrorCode.NOTICE_REGION, "overseas.1.country")}


@pytest.mark.parametrize("channel", Channel)
def test_every_channel_reaches_by_a_field(channel: Channel) -> None:
    """A channel that is added has to be given one."""
    assert REACHES_BY[channel] in {Field.PHONE, Field.EMAIL}


def test_every_text_is_looked_at() -> None:
    """The walk finds each text of the complete notice, those in lists too."""
    found = {part for part, _ in texts(draft())}
    assert {"title", "items.PHONE.words", "channels.VOICE.words", "recipients.1.who", "overseas.1.how"} <= found
    assert 2 * len(found) == len(TEXTS)


def test_a_fault_is_a_sentence_without_values() -> None:
    """It has the code, its wording, and the part."""
    fault = Fault(ErrorCode.NOTICE_REGION, "overseas.1.country")
    assert str(fault) == f"NOTICE_REGION: {WORDING[ErrorCode.NOTICE_REGION]} See: overseas.1.country."
