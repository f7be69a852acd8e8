"""The notices in the interface: each part in the language that is asked for, and nothing else."""

from datetime import datetime
from typing import Any, Final

import pytest
from graphql import GraphQLObjectType

from consent.notice_parts import Language
from directory.api.limits import _ENTRIES
from directory.api.notices import shown_notice
from directory.api.schema import make_schema
from directory.notices.book import load_book
from directory.notices.reading import Published
from directory.vocabulary import Purpose
from tests.consent.making_notices import draft, published, words
from tests.directory.desk import Desk

BOOK: Final = load_book()
EVERYTHING: Final = """
  id purpose version published sha256 inForce successor asksAgain language title purposeInWords promotion
  items { field required words } channels { channel words } sensitive { items words } retentionDays retention
  rightToRefuse consequence recipientsInWords recipients { who purpose items retention refusal } overseasInWords
  overseas { country recipient items when how purpose retention refusal } withdrawal rights
  guardian { under checks words } controller { name address office phone email } correction
"""


@pytest.mark.parametrize("language", Language)
async def test_everything_of_a_notice(desk: Desk, language: Language) -> None:
    """As it is published, in either language."""
    query = (
        f'query ($language: NoticeLanguage!) {{ notice(id: "city-news/1", language: $language) {{ {EVERYTHING} }} }}'
    )
    shown = (await desk.ask(query, {"language": language.name})).data["notice"]
    notice = BOOK.get("city-news/1")
    assert notice is not None
    assert notice.sensitive is not None
    assert notice.promotion is not None
    assert datetime.fromisoformat(shown["published"]).timestamp() * 1000 == notice.published
    assert (shown["id"], shown["purpose"], shown["version"]) == ("city-news/1", "CITY_NEWS", 1)
    assert (shown["inForce"], shown["successor"], shown["asksAgain"]) == (True, None, False)
    assert shown["sha256"] == BOOK.hash_of(notice)
    assert shown["language"] == language.name
    assert shown["items"] == [
        {"field": item.field, "required": item.required, "words": item.words.of(language)} for item in notice.items
    ]
    assert shown["channels"] == [
        {"channel": offer.channel, "words": offer.words.of(language)} for offer in notice.channels
    ]
    said = {
        "title": notice.title,
        "purposeInWords": notice.purpose_in_words,
        "promotion": notice.promotion,
        "retention": notice.retention.words,
        "rightToRefuse": notice.right_to_refuse,
        "consequence": notice.consequence,
        "recipientsInWords": notice.recipients_in_words,
        "overseasInWords": notice.overseas_in_words,
        "withdrawal": notice.withdrawal,
        "rights": notice.rights,
    }
    assert {name: shown[name] for name in said} == {name: text.of(language) for name, text in said.items()}
    assert shown["sensitive"]["items"] == notice.sensitive.items.of(language)
    assert (shown["retentionDays"], shown["guardian"]["under"]) == (730, 14)
    assert shown["controller"]["email"] == notice.controller.email
    assert (shown["recipients"], shown["overseas"], shown["correction"]) == ([], [], None)


def test_the_parts_that_no_real_notice_has() -> None:
    """Recipients, other countries and a correction are shown where there are any; what is not sensitive is null."""
    items = draft().items[:2]
    whole = published(draft(items=items, sensitive=None))
    shown: Any = shown_notice(Published(whole, "0", False, "disaster-response/2", True), Language.EN)  # noqa: FBT003 - a row.
    assert (shown.successor, shown.asks_again, shown.in_force) == ("disaster-response/2", True, False)
    assert (shown.sensitive, shown.promotion) == (None, None)
    assert (shown.recipients[0].who, shown.recipients[0].refusal) == ("English who", "English refuse")
    assert (shown.overseas[0].country, shown.overseas[0].when) == ("XX", "English daily")


def test_a_correction_is_told() -> None:
    """In the language of the rest."""
    corrected = published(draft())
    object.__setattr__(corrected, "correction", words("a slip"))
    shown = shown_notice(Published(corrected, "0", True, None, False), Language.KO)  # noqa: FBT003 - a row.
    assert shown.correction == "한글 a slip"


@pytest.mark.parametrize("by", ["staff", "officer", "nowhere"])
async def test_the_list(desk: Desk, by: str) -> None:
    """Every purpose's, for every key, in Korean where no language is named."""
    listed = (await desk.ask("{ notices { id language title } }", by=by)).data["notices"]
    assert [each["id"] for each in listed] == [notice.id for notice in BOOK.notices]
    assert {each["language"] for each in listed} == {"KO"}
    assert listed[0]["title"] == BOOK.notices[0].title.ko


@pytest.mark.parametrize("purpose", Purpose)
async def test_of_one_purpose(desk: Desk, purpose: Purpose) -> None:
    """That purpose's alone."""
    query = "query ($p: Purpose) { notices(purpose: $p, language: EN) { purpose title } }"
    (only,) = (await desk.ask(query, {"p": purpose.value})).data["notices"]
    assert only["purpose"] == purpose


@pytest.mark.parametrize("id_", ["city-news/2", "gossip/1", "", "홍길동"])
async def test_a_notice_that_is_not_there(desk: Desk, id_: str) -> None:
    """It is null, and not repeated."""
    answer = await desk.ask("query ($id: ID!) { notice(id: $id) { id } }", {"id": id_})
    assert answer.data == {"notice": None}
    assert "gossip" not in answer.raw.decode()


@pytest.mark.parametrize("language", ["JA", "ko", "Korean"])
async def test_an_unknown_language(desk: Desk, language: str) -> None:
    """It does not fit the schema, which lists those that there are."""
    answer = await desk.ask(f"{{ notices(language: {language}) {{ id }} }}")
    assert answer.codes == ["GRAPHQL_INVALID"]
    assert language not in answer.raw.decode()


async def test_everything_of_all_notices_is_one_request(desk: Desk) -> None:
    """As a kiosk takes them along."""
    assert len((await desk.ask(f"{{ notices {{ {EVERYTHING} }} }}")).data["notices"]) == len(BOOK.notices)


def test_the_limits_know_the_lists_of_a_notice() -> None:
    """A list that is not known would be weighed as a single value (L11)."""
    kinds = make_schema()._schema.type_map
    lists = {
        name
        for kind in kinds.values()
        if isinstance(kind, GraphQLObjectType) and kind.name.startswith("Notice")
        for name, field in kind.fields.items()
        if "[" in str(field.type)
    }
    assert lists == {"items", "channels", "recipients", "overseas", "checks"}
    assert {*lists, "notices"} <= _ENTRIES.keys()
