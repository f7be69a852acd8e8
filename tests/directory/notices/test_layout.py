"""A notice laid out: every part of it on page, paper and as text, and what P3 names standing out."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.notice_book import NoticeBook
from consent.notice_parts import Language, Notice
from consent.notice_rules import texts
from consent.notices import content_hash
from consent.vocabulary import Channel, Field, GuardianCheck, Purpose
from directory.notices.book import load_book
from directory.notices.labels import named
from directory.notices.plain_text import STANDS_OUT, WIDTH, plain_text, width
from directory.notices.reading import Notices
from directory.notices.sections import Section, sections
from tests.consent.making_notices import DAY, FIRST, draft, published, successor, words

OPTIONAL = tuple(replace(item, required=False) for item in draft().items)
WHOLE = replace(published(draft(items=OPTIONAL, promotion=words("promotes"))), correction=words("corrected"))
EVERY = [*load_book().notices, WHOLE, published()]


def said(section: Section) -> list[str]:
    """Give everything that a section says under its heading."""
    return [section.standing_out, *section.text, *(line.text for line in section.lines)]


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("notice", EVERY, ids=lambda notice: notice.id)
def test_no_text_is_left_out(notice: Notice, language: Language) -> None:
    """Whatever the notice says stands in a section; the title stands above them."""
    found = {text for section in sections(notice, language) for text in said(section)}
    wanted = {text.of(language) for part, text in texts(notice) if part != "title"}
    assert wanted <= found
    assert {notice.controller.phone, notice.controller.email} <= found


@pytest.mark.parametrize("language", Language)
def test_what_the_law_names_stands_out(language: Language) -> None:
    """Promotion, what is sensitive, how long, and who is given it for what and how long; nothing else (P3)."""
    found = {section.standing_out for section in sections(WHOLE, language)} - {""}
    found |= {line.text for section in sections(WHOLE, language) for line in section.lines if line.stands_out}
    assert WHOLE.promotion is not None
    assert WHOLE.sensitive is not None
    (recipient,), (abroad,) = WHOLE.recipients, WHOLE.overseas
    named_by_law = (
        *(WHOLE.promotion, WHOLE.sensitive.items, WHOLE.retention.words, WHOLE.recipients_in_words),
        *(recipient.who, recipient.purpose, recipient.retention),
        *(abroad.recipient, abroad.purpose, abroad.retention),
    )
    assert found == {text.of(language) for text in named_by_law}


@pytest.mark.parametrize("language", Language)
def test_required_and_optional_are_apart(language: Language) -> None:
    """Each under its own heading, also where there are none of a sort (P2)."""
    parts = {section.key: section for section in sections(published(), language)}
    names = {key: [line.name for line in parts[key].lines] for key in ("required", "optional")}
    assert names["required"] == [named(Field.NAME, language), named(Field.PHONE, language)]
    assert names["optional"] == [named(Field.AFFILIATION, language)]
    none = {section.key: section for section in sections(WHOLE, language)}["required"]
    assert none.lines == ()
    assert none.text


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("notice", EVERY, ids=lambda notice: notice.id)
def test_the_plain_text_says_the_same(notice: Notice, language: Language) -> None:
    """Every section with its heading, what stands out marked, and no line too wide; the hash closes it."""
    text = plain_text(notice, "0" * 64, language)
    flat = "".join(text.split())
    for section in sections(notice, language):
        assert f"■ {section.heading}\n" in text
        for each in said(section):
            assert "".join(each.split()) in flat
        if section.standing_out:
            assert "".join(f"{STANDS_OUT}{section.standing_out}".split()) in flat
    *lines, _, last = text.rstrip("\n").split("\n")
    assert max(map(width, lines)) <= WIDTH
    assert last.endswith("0" * 64)


@pytest.mark.parametrize(("language", "mark"), [(Language.KO, "[가상 자료]"), (Language.EN, "[Synthetic data]")])
def test_a_made_up_city_is_marked_first(language: Language, mark: str) -> None:
    """Only where it is one."""
    assert plain_text(WHOLE, "0", language, synthetic=True).startswith(mark)
    assert mark not in plain_text(WHOLE, "0", language)


@given(st.text(alphabet="가나다 abc　ﬀ", max_size=40))
def test_wide_letters_count_twice(text: str) -> None:
    """As a terminal shows them."""
    assert len(text) <= width(text) <= 2 * len(text)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("term", [*Purpose, *Field, *Channel, *GuardianCheck])
def test_every_word_has_a_name(term: Purpose | Field | Channel | GuardianCheck, language: Language) -> None:
    """A word that is added to the vocabulary needs one; a channel is not named as the field is."""
    assert named(term, language)
    assert named(Channel.EMAIL, Language.EN) != named(Field.EMAIL, Language.EN)


def test_what_is_out_is_read_as_of_now() -> None:
    """A version that is not out yet is not there; once it is, the one before says so."""
    old = published()
    new = successor(old, FIRST + DAY, title=words("another"))
    now = [FIRST - 1]
    notices = Notices(NoticeBook([old, new], {each.id: content_hash(each) for each in (old, new)}), lambda: now[0])
    assert notices.published() == ()
    assert notices.one(old.id) is None
    now[0] = FIRST
    (alone,) = notices.published(Purpose.DISASTER_RESPONSE)
    assert (alone.notice, alone.in_force, alone.successor, alone.asks_again) == (old, True, None, False)
    assert notices.one(new.id) is None
    now[0] = FIRST + DAY
    newest, before = notices.published()
    assert (newest.notice, newest.in_force) == (new, True)
    assert (before.in_force, before.successor, before.asks_again) == (False, new.id, True)
    assert before.sha256 == content_hash(old)
    assert notices.published(Purpose.CITY_NEWS) == ()
    assert notices.one("disaster-response/9") is None
