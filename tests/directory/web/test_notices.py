"""The notices as a client without a browser gets them: page, plain text, and the content that is hashed."""

import hashlib
import html
import json
import re

import httpx
import pytest

from consent.notice_parts import Language
from directory.notices.book import load_book
from directory.notices.plain_text import plain_text
from directory.notices.sections import sections
from directory.web.security import PAGE_POLICY
from tests.directory.web.noticed import NEW, OLD, NoticedService

BOOK = load_book()
IDS = [notice.id for notice in BOOK.notices]


async def get(path: str, service: NoticedService | None = None, **headers: str) -> httpx.Response:
    """Ask for a page."""
    app = (service or NoticedService()).app
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1") as client:
        return await client.get(path, headers=headers)


def read(page: str) -> str:
    """Give the text of a page as it is read."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page)).split())


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("id_", IDS)
async def test_a_page_has_every_part(id_: str, language: Language) -> None:
    """Each section with its heading, in the language that is asked for, and the hash."""
    notice = BOOK.get(id_)
    assert notice is not None
    answer = await get(f"/notices/{id_}?lang={language}")
    page = read(answer.text)
    for section in sections(notice, language):
        for each in (section.heading, section.standing_out, *section.text, *(line.text for line in section.lines)):
            assert " ".join(each.split()) in page
    assert BOOK.hash_of(notice) in page
    assert answer.headers["content-language"] == language
    assert answer.headers["content-security-policy"] == PAGE_POLICY
    assert answer.headers["vary"] == "Accept-Language"


@pytest.mark.parametrize("id_", IDS)
async def test_nothing_on_a_page_can_be_ticked(id_: str) -> None:
    """It is for reading: no box, no button, so none that is ticked beforehand (P2)."""
    page = (await get(f"/notices/{id_}")).text
    assert not re.search(r"<(input|button|select|form|textarea)", page)


@pytest.mark.parametrize("language", Language)
async def test_plain_text(language: Language) -> None:
    """By `?format=text`, marked as a made-up city's."""
    notice = BOOK.get("city-news/1")
    assert notice is not None
    answer = await get(f"/notices/city-news/1?format=text&lang={language}")
    assert answer.headers["content-type"] == "text/plain; charset=utf-8"
    assert answer.headers["content-language"] == language
    assert answer.text == plain_text(notice, BOOK.hash_of(notice), language, synthetic=True)


@pytest.mark.parametrize("id_", IDS)
async def test_the_content_can_be_hashed_again(id_: str) -> None:
    """By `?format=json` come the very bytes, so that anybody can compare them with their receipt."""
    answer = await get(f"/notices/{id_}?format=json")
    notice = BOOK.get(id_)
    assert notice is not None
    assert hashlib.sha256(answer.content).hexdigest() == BOOK.hash_of(notice)
    assert json.loads(answer.content)["id"] == id_
    assert answer.headers["content-type"] == "application/json"


async def test_another_format_is_the_page() -> None:
    """As with languages, what is not known is passed over."""
    assert "<html" in (await get("/notices/city-news/1?format=tar")).text


@pytest.mark.parametrize(
    "path", ["city-news/2", "city-news/0", "city-news/one", "gossip/1", "CITY_NEWS/1", "city-news/1/2"]
)
async def test_a_notice_that_is_not_there(path: str) -> None:
    """It is not found, and what was asked for is not repeated (L5)."""
    answer = await get(f"/notices/{path}")
    assert answer.status_code == 404
    assert "gossip" not in answer.text


async def test_the_list_leads_to_every_notice() -> None:
    """Each purpose by its title, and by relative links alone."""
    page = (await get("/notices?lang=en")).text
    links = re.findall(r'href="([^"]+)"', page)
    assert {f"notices/{id_}?lang=en" for id_ in IDS} <= set(links)
    assert not [link for link in links if link.startswith(("/", "http"))]
    for notice in BOOK.notices:
        assert notice.title.en in page


async def test_the_home_page_leads_to_the_list() -> None:
    """In the language that it is read in."""
    assert 'href="notices?lang=ko"' in (await get("/?lang=ko")).text


async def test_an_old_version_says_that_it_is_old() -> None:
    """And that what was agreed to stays, and that people are asked again; the new one says nothing of the kind."""
    service = NoticedService(invented=True)
    old_page = (await get(f"/notices/{OLD.id}?lang=en", service)).text
    new_page = (await get(f"/notices/{NEW.id}?lang=en", service)).text
    assert 'class="superseded"' in old_page
    assert f"notices/{NEW.id}?lang=en" in old_page
    assert "is asked again" in old_page
    assert "In force" not in old_page
    assert 'class="superseded"' not in new_page
    assert "In force" in new_page
    listed = (await get("/notices?lang=en", service)).text
    assert listed.index(f"notices/{NEW.id}") < listed.index("Earlier versions") < listed.index(f"notices/{OLD.id}")


async def test_a_text_is_never_markup() -> None:
    """Whoever writes a notice writes text."""
    page = (await get(f"/notices/{OLD.id}", NoticedService(invented=True))).text
    assert "<b>much</b>" not in page
    assert "&lt;b&gt;much&lt;/b&gt;" in page


@pytest.mark.parametrize("path", ["/notices", "/notices/city-news/1"])
async def test_a_made_up_city_is_marked(path: str) -> None:
    """On top and in the title; a real city's pages are not."""
    made_up, real = (await get(path)).text, (await get(path, NoticedService(synthetic=False))).text
    assert 'class="made-up"' in made_up
    assert "<title>[" in made_up
    assert 'class="made-up"' not in real
    assert "<title>[" not in real


async def test_before_the_first_notice_there_is_none() -> None:
    """Nothing is shown that is not out."""
    early = NoticedService(clock=lambda: 0)
    assert (await get("/notices/city-news/1", early)).status_code == 404
    assert "notices/city-news/1" not in (await get("/notices", early)).text


@pytest.mark.parametrize(("header", "language"), [("en-GB,en;q=0.9", "en"), ("ja", "ko"), ("ko,en;q=0.5", "ko")])
async def test_the_browser_chooses_the_language(header: str, language: str) -> None:
    """Where the address does not say."""
    answer = await get("/notices/enrolment/1", None, **{"Accept-Language": header})
    assert answer.headers["content-language"] == language
