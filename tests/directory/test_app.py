"""The application as a whole: its routes, the headers of every answer, its log, and what becomes of failures."""

import io
import json
from pathlib import Path

import httpx
import pytest

from directory.app import RequestLog, make_application
from graph.connection import Graph
from graph.engines.engine import Endpoint
from graph.engines.neo4j import RemoteEngine
from graph.engines.ports import free_port
from graph.errors import EngineUnavailable, QueryFailed
from tests.directory.desk import Desk
from tests.loaded_city import City

ADDRESSES = (
    "/",
    "/?lang=en",
    "/graphql",
    "/health/live",
    "/health/ready",
    "/static/civic.css",
    "/nothing",
    "/documents/x",
)
HEADERS = ("content-security-policy", "x-content-type-options", "x-frame-options", "referrer-policy", "cache-control")


def events(log: io.StringIO, name: str) -> list[dict[str, object]]:
    """Read the events of a name from the log."""
    return [line for line in map(json.loads, log.getvalue().splitlines()) if line["event"] == name]


@pytest.mark.parametrize("address", ADDRESSES)
async def test_every_answer_has_the_headers_of_caution(desk: Desk, address: str) -> None:
    """Pages, data, files, and what is not there."""
    answer = await desk.client.get(address)
    for header in HEADERS:
        assert header in answer.headers, (address, header)
    refused = await desk.client.put(address)
    assert refused.status_code in (404, 405)
    assert all(header in refused.headers for header in HEADERS)


async def test_it_says_that_it_lives_and_is_ready(desk: Desk) -> None:
    """Without a key, and with the engine's name."""
    live, ready = await desk.client.get("/health/live"), await desk.client.get("/health/ready")
    assert live.json() == {"live": True}
    assert ready.status_code == 200
    assert ready.json()["ready"] is True
    assert ready.json()["synthetic"] is True
    assert ready.json()["engine"]["name"] in {"ArcadeDB", "Neo4j"}


async def test_the_home_page_shows_what_the_graph_holds(desk: Desk, city: City) -> None:
    """The people who are enrolled, in both languages, and that they are made up."""
    for language, word in (("ko", "시정"), ("en", "made up")):
        page = await desk.client.get(f"/?lang={language}")
        assert page.status_code == 200
        assert word in page.text
        assert f"{len(city.people):,}" in page.text
    assert "GraphiQL" in (await desk.client.get("/graphql")).text


async def test_the_network_is_the_graphs(desk: Desk, city: City) -> None:
    """The plan's figures beside those who are enrolled, summed in three ways."""
    query = """{ network { participants headcount synthetic categories { category headcount participants }
      stages { number deadline headcount participants }
      groups { id nameKo nameEn stage deadline ledBy category headcount participants } } }"""
    network = (await desk.ask(query)).data["network"]
    assert network["participants"] == len(city.people) == sum(group["participants"] for group in network["groups"])
    assert network["headcount"] == 476_705 == sum(group["headcount"] or 0 for group in network["groups"])
    for group in network["groups"]:
        assert group["participants"] == sum(person.group == group["id"] for person in city.people)
    for stage in network["stages"]:
        inside = [group for group in network["groups"] if group["stage"] == stage["number"]]
        assert stage["participants"] == sum(group["participants"] for group in inside)
        assert {group["deadline"] for group in inside} == {stage["deadline"]}
    for category in network["categories"]:
        inside = [group for group in network["groups"] if group["category"] == category["category"]]
        assert category["headcount"] == sum(group["headcount"] or 0 for group in inside)
        assert category["participants"] == sum(group["participants"] for group in inside)


async def test_regions_are_a_tree_with_neighbours(desk: Desk) -> None:
    """One city, its districts, their dongs, each at its place; borders go both ways."""
    query = "{ regions { id level nameKo nameEn lat lon partOf { id level } borders { id } } }"
    regions = {region["id"]: region for region in (await desk.ask(query)).data["regions"]}
    levels = [region["level"] for region in regions.values()]
    assert {level: levels.count(level) for level in levels} == {"CITY": 1, "DISTRICT": 25, "DONG": 423}
    for code, region in regions.items():
        assert 37.4 < region["lat"] < 37.75
        assert 126.7 < region["lon"] < 127.25
        whole = region["partOf"]
        assert (whole is None) is (region["level"] == "CITY")
        assert whole is None or code.startswith(whole["id"])
        for other in region["borders"]:
            assert {"id": code} in regions[other["id"]]["borders"]
    inside = (await desk.ask('{ regions(level: DONG, within: "11010") { id } }')).data["regions"]
    assert [row["id"] for row in inside] == sorted(
        code for code in regions if code.startswith("11010") and len(code) == 7
    )
    assert (await desk.ask('{ regions(within: "99") { id } }')).codes == ["BAD_INPUT"]


async def test_requests_are_logged_by_route_caller_and_trace(desk: Desk, log: io.StringIO) -> None:
    """Each once, without its address, its query, or anything that it showed."""
    answer = await desk.ask("{ participants(purpose: CITY_NEWS, first: 20) { nodes { id name phone email } } }")
    await desk.client.get("/?lang=ko&name=홍길동")
    await desk.client.request("BREW", "/graphql")
    first, second, third = events(log, "request")
    assert (first["route"], first["actor"], first["status"]) == ("/graphql", "desk-staff", 200)
    assert first["trace"] == answer.headers["x-trace-id"]
    assert (second["route"], second["status"]) == ("/", 200)
    assert (third["method"], third["status"]) == ("other", 405)
    for node in answer.data["participants"]["nodes"]:
        for value in (node["id"], node["name"], node["phone"], node["email"]):
            assert value is None or len(value) < 3 or value not in log.getvalue()
    assert "홍길동" not in log.getvalue()
    assert desk.tokens["staff"] not in log.getvalue()


async def test_refusals_are_logged_with_their_code(desk: Desk, log: io.StringIO) -> None:
    """So that an operator sees who is refused what, by the trace that the caller can quote."""
    answer = await desk.ask("{ participants(purpose: ENROLMENT) { count } }")
    (event,) = events(log, "query_error")
    assert (event["code"], event["trace"]) == ("FORBIDDEN", answer.headers["x-trace-id"])


@pytest.mark.parametrize(
    ("fault", "status", "code"),
    [
        (QueryFailed("Neo.ClientError.Statement.SyntaxError"), 200, "INTERNAL"),
        (ValueError("홍길동"), 200, "INTERNAL"),
        (EngineUnavailable(retry_after=7), 503, "ENGINE_UNAVAILABLE"),
    ],
)
async def test_faults_tell_callers_their_code_alone(  # noqa: PLR0913, PLR0917 - a table's columns.
    desk: Desk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int, code: str
) -> None:
    """A fault in the middle of a query: its code and the trace; where it came up is in the log, its text is nowhere."""

    async def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(desk.city.graph, "write", fails)
    answer = await desk.ask("{ participants(purpose: CITY_NEWS) { nodes { name } } }")
    assert (answer.status, answer.codes) == (status, [code])
    assert answer.headers.get("retry-after") == ("7" if status == 503 else None)
    assert "홍길동" not in answer.raw.decode() + log.getvalue()
    assert [event["fault"] for event in events(log, "fault")] == ([type(fault).__name__] if status == 200 else [])


@pytest.mark.parametrize(("fault", "status"), [(ValueError("홍길동"), 500), (EngineUnavailable(), 503)])
async def test_a_fault_before_the_query_is_told_likewise(
    desk: Desk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    """When even the key can't be looked up: no 401, which would send people looking for another key."""

    async def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(desk.city.graph, "read", fails)
    answer = await desk.ask("{ network { participants } }")
    assert answer.status == status
    assert answer.codes == ["INTERNAL" if status == 500 else "ENGINE_UNAVAILABLE"]
    assert ("retry-after" in answer.headers) is (status == 503)
    assert "홍길동" not in answer.raw.decode() + log.getvalue()


@pytest.mark.parametrize(("fault", "status"), [(ValueError("홍길동"), 500), (EngineUnavailable(), 503)])
async def test_a_fault_on_a_page_is_told_in_a_word(
    desk: Desk, log: io.StringIO, monkeypatch: pytest.MonkeyPatch, fault: Exception, status: int
) -> None:
    """Readiness and home page: a status and a code, no stack trace."""

    async def fails(*_: object, **__: object) -> None:
        raise fault

    monkeypatch.setattr(desk.city.graph, "read", fails)
    # Far past whatever another test had read, so that the page has to be read anew.
    monkeypatch.setattr(desk.clock, "now", desk.clock.now + 10**12)
    for address in ("/health/ready", "/"):
        answer = await desk.client.get(address)
        assert answer.status_code == status
        assert "홍길동" not in answer.text + log.getvalue()
        assert "Traceback" not in answer.text
        assert ("retry-after" in answer.headers) is (status == 503)


async def test_nothing_is_shown_that_can_not_be_recorded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the record can't be written, the answer has no person in it."""

    async def fails(*_: object, **__: object) -> None:
        raise EngineUnavailable

    monkeypatch.setattr("graph.disclosures.record", fails)
    person = desk.city.people[0].id
    page = await desk.ask("{ participants(purpose: CITY_NEWS) { nodes { id name } } }")
    one = await desk.ask(f'{{ participant(id: "{person}", purpose: CITY_NEWS) {{ id name }} }}')
    assert page.codes == ["ENGINE_UNAVAILABLE"]
    assert page.body["data"] is None
    if one.codes:
        assert one.body["data"] == {"participant": None}
    found = await desk.disclosed(page, "desk-staff")
    assert found == {}


async def test_an_application_needs_a_graph_that_answers(city: City, tmp_path: Path) -> None:
    """It is not made over an engine that is not there."""
    nowhere = RemoteEngine(Endpoint(f"bolt://127.0.0.1:{free_port()}", "neo4j", "x", "neo4j"))
    with pytest.raises(EngineUnavailable):
        async with Graph(nowhere, retry_time=0.2) as graph:
            await make_application(graph, tmp_path / "keyring.json", lambda: 0, synthetic=True)


async def test_other_protocols_pass_through_the_log(log: io.StringIO) -> None:
    """What is no request over HTTP is none of its business."""
    seen = []

    async def application(scope: object, receive: object, send: object) -> None:
        seen.append(scope)

    async def never() -> dict[str, str]:
        return {}

    async def nowhere(_: object) -> None:
        return

    await RequestLog(application)({"type": "lifespan"}, never, nowhere)
    assert seen == [{"type": "lifespan"}]
    assert log.getvalue() == ""


async def test_a_caller_who_leaves_is_no_fault(desk: Desk, log: io.StringIO) -> None:
    """The connection breaks while the body is sent: nothing is answered, and no fault is logged."""

    async def receive() -> dict[str, object]:
        return {"type": "http.disconnect"}

    sent: list[dict[str, object]] = []

    async def send(message: dict[str, object]) -> None:
        sent.append(message)

    token = f"Bearer {desk.tokens['staff']}".encode()
    transport = desk.client._transport
    assert isinstance(transport, httpx.ASGITransport)
    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/graphql",
        "raw_path": b"/graphql",
        "query_string": b"",
        "root_path": "",
        "headers": [(b"authorization", token), (b"content-type", b"application/json")],
        "client": None,
        "server": ("desk", 80),
    }
    await transport.app(scope, receive, send)  # type: ignore[arg-type]
    assert events(log, "fault") == []
    assert events(log, "request")[0]["status"] == 499
