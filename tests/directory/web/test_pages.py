"""The home page and the files around it, as a client without a browser gets them."""

import html
import re

import httpx
import pytest
from starlette.applications import Starlette

from directory.programme.network import Network
from directory.reference.programme import programme
from directory.web.errors import NetworkUnavailable
from directory.web.pages import STATIC, routes
from directory.web.security import PAGE_POLICY
from tests.directory.web.service import Service
from tests.directory.web.stand_in import HALF_WAY, network


def _client(app: Starlette) -> httpx.AsyncClient:
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://127.0.0.1")


async def _home(shown: Network, language: str = "en") -> str:
    async def figures() -> Network:
        return shown

    async with _client(Starlette(routes=routes(figures))) as client:
        answer = await client.get("/", params={"lang": language})
    assert answer.status_code == 200
    return answer.text


def _rows(page: str) -> dict[str, list[str]]:
    """Read the rows of all tables: the row's heading, and its cells as text."""
    rows = {}
    for row in re.findall(r"<tr>(.*?)</tr>", page, re.DOTALL):
        heading = re.search(r'<th scope="row">(.*?)(?:<small|</th>)', row, re.DOTALL)
        if heading:
            cells = re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)
            rows[html.unescape(heading[1])] = [html.unescape(re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells]
    return rows


async def test_the_table_says_what_the_plan_says() -> None:
    """All four categories, three stages and twelve groups stand with their figures, deadline and leader."""
    rows = _rows(await _home(network(missing=HALF_WAY), "ko"))
    assert rows["행정지원"] == ["통·반장, 주민자치위원", "106,902", "106,901", "99.9%"]
    assert rows["시정자문"][1:] == ["3,514", "3,514", "100%"]
    assert rows["1단계"] == ["2013. 5. 31. 한", "135,624", "135,211", "99.6%"]
    assert rows["3단계"] == ["2013. 12. 31. 한", "—", "0", "—"]
    assert rows["합계"] == ["", "476,705", "311,577", "65.3%"]
    assert rows["통·반장"] == ["행정지원", "자치구", "97,660", "97,659", "99.9%"]
    assert rows["서울시 재난안전 네트워크 등"] == ["행정협력", "시·자치구", "62,895", "0", "0%"]
    assert rows["법정단체·이익단체의 대표자 및 임원"] == ["—", "시 실·본부·국", "—", "0", "—"]
    assert {group.name_ko for group in programme().groups} <= set(rows)


async def test_the_whole_city_is_a_hundred_percent() -> None:
    """With everybody enrolled, both totals are the plan's, in English as well."""
    rows = _rows(await _home(network()))
    assert rows["Total"] == ["", "476,705", "476,705", "100%"]
    assert rows["Stage 2"] == ["by 30 September 2013", "341,081", "341,081", "100%"]
    assert rows["volunteer fire brigades"] == [
        "Administrative cooperation",
        "City bureaus",
        "4,529",
        "4,529",
        "100%",
    ]


@pytest.mark.parametrize(
    ("language", "mark"),
    [("ko", "여기 보이는 도시는 지어낸 것입니다"), ("en", "The city shown here is made up")],
)
async def test_a_made_up_city_is_marked_on_top(language: str, mark: str) -> None:
    """The mark comes before the header, and in the title; a real city does not carry it."""
    made_up = await _home(network(synthetic=True), language)
    assert 0 < made_up.index(mark) < made_up.index("<header")
    assert re.search(r"<title>\[", made_up)
    real = await _home(network(synthetic=False), language)
    assert mark not in real
    assert not re.search(r"<title>\[", real)


async def test_the_page_says_where_to_go(service: Service) -> None:
    """The query page, the documents and both health addresses, all as relative links."""
    async with _client(service.app) as client:
        page = (await client.get("/")).text
    links = re.findall(r'href="([^"]+)"', page)
    assert {"graphql", "documents/architecture.md", "health/live", "health/ready"} <= set(links)
    assert not [link for link in links if link.startswith(("/", "http"))]


async def test_without_documents_the_page_says_where_they_are() -> None:
    """An installation without the folder lists none and points to the project."""
    assert "docs folder" in await _home(network())


async def test_the_page_is_in_the_language_that_is_asked_for(service: Service) -> None:
    """The address goes before the browser's wish; a language that we lack is passed over."""
    async with _client(service.app) as client:
        for query, header, language in [
            ("", None, "ko"),
            ("", "en-GB,en;q=0.9", "en"),
            ("?lang=ko", "en", "ko"),
            ("?lang=en", "ko", "en"),
            ("?lang=fr", "en", "en"),
            ("?lang=<script>", None, "ko"),
        ]:
            answer = await client.get(f"/{query}", headers={"Accept-Language": header} if header else {})
            assert f'<html lang="{language}">' in answer.text
            assert answer.headers["content-language"] == language
            assert answer.headers["vary"] == "Accept-Language"
            assert "<script" not in answer.text


async def test_the_page_carries_its_policy(service: Service) -> None:
    """The home page's own policy stands, and no style or script is written into the page."""
    async with _client(service.app) as client:
        answer = await client.get("/")
    assert answer.headers["content-security-policy"] == PAGE_POLICY
    assert answer.headers["cache-control"] == "no-store"
    assert not re.search(r"<script|<style|\sstyle=|\son[a-z]+=", answer.text)


@pytest.mark.parametrize(("language", "words"), [("ko", "불러올 수 없습니다"), ("en", "cannot be read")])
async def test_without_the_graph_the_page_says_so_in_words(service: Service, language: str, words: str) -> None:
    """503 with Retry-After and a sentence, marked as made up once that was known, and back by itself."""
    async with _client(service.app) as client:
        assert (await client.get("/")).status_code == 200
        service.engine_down = True
        answer = await client.get("/", params={"lang": language})
        assert answer.status_code == 503
        assert answer.headers["retry-after"] == "7"
        assert answer.headers["content-security-policy"] == PAGE_POLICY
        assert words in answer.text
        assert 'class="made-up"' in answer.text
        service.engine_down = False
        assert (await client.get("/")).status_code == 200


async def test_a_made_up_city_is_marked_before_its_figures_were_ever_read() -> None:
    """A service that starts while the graph is away still says that the city is made up."""

    async def figures() -> Network:
        raise NetworkUnavailable

    async with _client(Starlette(routes=routes(figures, synthetic=True))) as client:
        answer = await client.get("/")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "5"
    assert 'class="made-up"' in answer.text


async def test_names_from_the_graph_are_never_markup() -> None:
    """A group whose name holds markup is shown as written."""
    whole = network()
    hostile = [type(group)(**{name: getattr(group, name) for name in group.__slots__}) for group in whole.groups]
    object.__setattr__(hostile[0], "name_en", "<img src=x onerror=alert(1)>")
    object.__setattr__(whole, "groups", tuple(hostile))
    page = await _home(whole)
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


@pytest.mark.parametrize(
    "name",
    [
        "civic.css",
        "icon.svg",
        "query-page.js",
        "query-page.css",
        "editor-access.js",
        "vendor/graphiql/graphiql.min.js",
    ],
)
async def test_files_are_served_with_their_type(service: Service, name: str) -> None:
    """Each is read again when it changed, and never guessed at by the browser."""
    async with _client(service.app) as client:
        answer = await client.get(f"/static/{name}")
        again = await client.get(f"/static/{name}", headers={"If-None-Match": answer.headers["etag"]})
    assert answer.content == (STATIC / name).read_bytes()
    assert answer.headers["x-content-type-options"] == "nosniff"
    assert answer.headers["cache-control"] == "no-cache"
    assert again.status_code == 304


@pytest.mark.parametrize("path", ["/static/../pages.py", "/static/%2e%2e/pages.py", "/static/none.css", "/static/"])
async def test_nothing_outside_the_files_is_served(service: Service, path: str) -> None:
    """A path that climbs out, or names nothing, is not found."""
    async with _client(service.app) as client:
        assert (await client.get(path)).status_code == 404
