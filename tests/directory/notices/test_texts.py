"""The real texts: complete, plain, and able to carry what the made-up city's people have agreed to."""

import re

import pytest

from consent.notice_book import DAY
from consent.notice_parts import Language, Notice, Words, slug
from consent.notice_rules import LONGEST_RETENTION, faults, texts
from consent.vocabulary import CONSENTED_PURPOSES, Channel, Field, GuardianCheck, Purpose
from directory.notices.book import load_book
from directory.synthetic import standings

BOOK = load_book()
FIRST = {notice.purpose: notice for notice in BOOK.notices if notice.version == 1}
# The law took effect the day before, and the plan, with its first deadline, is of 2013.
PUBLISHED = 1_317_394_800_000
_SENTENCE = re.compile(r"[^.?!]+[.?!]")


@pytest.mark.parametrize("purpose", Purpose)
def test_every_purpose_has_its_notice(purpose: Purpose) -> None:
    """Published for good, before anybody was asked, and complete."""
    notice = FIRST[purpose]
    assert notice.id == f"{slug(purpose)}/1"
    assert notice.published == PUBLISHED
    assert faults(notice) == ()


@pytest.mark.parametrize("purpose", CONSENTED_PURPOSES)
def test_what_the_made_up_people_agreed_to_is_offered(purpose: Purpose) -> None:
    """Each set of fields and channels in the made-up city can have been agreed to under the notice."""
    notice = FIRST[purpose]
    channels = {offer.channel for offer in notice.channels}
    for level in standings.FIELDS:
        for fields, _ in level:
            assert notice.required <= set(fields) <= notice.fields
    for chosen, _ in standings.CHANNELS:
        assert set(chosen) <= channels
    assert notice.sensitive is not None
    assert BOOK.latest_end(notice, 0) >= standings.LONGEST_CONSENT * DAY


def test_nothing_is_required_for_any_of_the_four_purposes() -> None:
    """Whoever names one item agrees as much as whoever names all (P2)."""
    assert all(not FIRST[purpose].required for purpose in CONSENTED_PURPOSES)
    assert all(FIRST[purpose].fields == set(Field) for purpose in CONSENTED_PURPOSES)


def test_asking_for_consent_takes_name_and_contact_alone() -> None:
    """As the gate discloses them, and for no longer than the enrolment."""
    notice = FIRST[Purpose.ENROLMENT]
    assert notice.required == {Field.NAME}
    assert notice.optional == {Field.PHONE, Field.EMAIL}
    assert notice.sensitive is None
    assert notice.retention.days < LONGEST_RETENTION


@pytest.mark.parametrize("notice", BOOK.notices, ids=lambda notice: notice.id)
def test_the_days_in_words_are_the_days_that_count(notice: Notice) -> None:
    """In both languages."""
    for language in Language:
        assert str(notice.retention.days) in notice.retention.words.of(language)


@pytest.mark.parametrize("notice", BOOK.notices, ids=lambda notice: notice.id)
def test_a_guardian_is_verified_in_every_listed_way(notice: Notice) -> None:
    """Under fourteen (P7)."""
    assert notice.guardian.under == 14
    assert set(notice.guardian.checks) == set(GuardianCheck)
    assert all("14" in notice.guardian.words.of(language) for language in Language)


def test_only_city_news_promotes() -> None:
    """And says so; nobody else is given the data, and nothing goes abroad (P4, P13)."""
    assert {notice.purpose for notice in BOOK.notices if notice.promotion} == {Purpose.CITY_NEWS}
    assert not any(notice.recipients or notice.overseas for notice in BOOK.notices)


@pytest.mark.parametrize("notice", BOOK.notices, ids=lambda notice: notice.id)
def test_the_city_is_marked_as_made_up(notice: Notice) -> None:
    """In the controller's name; its number and its domain reach nobody."""
    assert "지어낸" in notice.controller.name.ko
    assert "made-up" in notice.controller.name.en
    assert notice.controller.phone == "02-000-0000"
    assert notice.controller.email.endswith(".example")


def _everything(language: Language) -> list[tuple[str, str]]:
    return [(f"{notice.id} {part}", words.of(language)) for notice in BOOK.notices for part, words in texts(notice)]


def test_the_sentences_are_short() -> None:
    """Somebody who hears them read aloud once can follow (P7: plain language)."""
    lengths = {Language.KO: 75, Language.EN: 160}
    long = [
        sentence
        for language, most in lengths.items()
        for _, text in _everything(language)
        for sentence in _SENTENCE.findall(text)
        if len(sentence.strip()) > most
    ]
    assert long == []


@pytest.mark.parametrize(
    "hard", ["개인정보처리자", "정보주체", "제3자 제공", "처리정지", "파기", "열람", "위탁", "등을"]
)
def test_korean_officialese_stays_out(hard: str) -> None:
    """Words of the statute that a neighbourhood head would have to look up."""
    assert [part for part, text in _everything(Language.KO) if hard in text] == []


@pytest.mark.parametrize("hard", ["data subject", "controller", "processing", "pursuant", "third party", "hereby"])
def test_english_officialese_stays_out(hard: str) -> None:
    """The same in English."""
    assert [part for part, text in _everything(Language.EN) if hard in text.lower()] == []


def test_every_channel_is_offered_everywhere() -> None:
    """How to be reached is for people to choose."""
    assert all({offer.channel for offer in notice.channels} == set(Channel) for notice in BOOK.notices)


def test_a_language_keeps_to_itself() -> None:
    """No English is left in the Korean, and no Korean in the English."""
    assert [part for part, text in _everything(Language.EN) if re.search("[가-힣]", text)] == []
    assert [part for part, text in _everything(Language.KO) if re.search("[A-Za-z]", text)] == []
    assert Words("a", "b").of("ko") == "a"
