"""The application over the small city, as callers of every kind reach it, and a clock that a test can set."""

import json
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import httpx

from consent.scope import Scope
from consent.vocabulary import CONSENTED_PURPOSES, Purpose
from directory.access import keys
from directory.api.context import Services
from directory.app import make_application
from directory.sealing.keyring_file import write_private
from graph.transaction import Transaction
from graph.vocabulary import ActorKind
from tests.loaded_city import BUREAU, NOW, City, Truth

DISTRICT: Final = "11010"
GROUPS: Final = frozenset({"fire-brigades", "disaster-safety-network"})
ALL: Final = frozenset(CONSENTED_PURPOSES)

CALLERS: Final[dict[str, tuple[ActorKind, Scope]]] = {
    "staff": (ActorKind.STAFF, Scope("desk-staff", BUREAU, ALL, None, None)),
    "colleague": (ActorKind.STAFF, Scope("desk-colleague", BUREAU, ALL, None, None)),
    "enroller": (ActorKind.STAFF, Scope("desk-enroller", BUREAU, frozenset(Purpose), None, None)),
    "district": (ActorKind.STAFF, Scope("desk-district", "district-11010", frozenset(Purpose), (DISTRICT,), None)),
    "news": (ActorKind.STAFF, Scope("desk-news", BUREAU, frozenset({Purpose.CITY_NEWS}), None, None)),
    "service": (
        ActorKind.SERVICE,
        Scope("desk-service", "bureau-fire", frozenset({Purpose.DISASTER_RESPONSE}), None, GROUPS),
    ),
    "nowhere": (ActorKind.STAFF, Scope("desk-nowhere", BUREAU, ALL, (), None)),
    "kiosk": (ActorKind.KIOSK, Scope("desk-kiosk", BUREAU, frozenset({Purpose.ENROLMENT}), None, None)),
    "officer": (ActorKind.PRIVACY_OFFICER, Scope("desk-officer", "bureau-audit", frozenset(), None, None)),
}


class Clock:
    """A clock in epoch milliseconds that goes on by one with each request, unless it is held at an instant."""

    def __init__(self) -> None:
        """Begin at the city's now."""
        self.now = NOW
        self._held = False

    def __call__(self) -> int:
        """Tell the time."""
        return self.now

    def tick(self) -> int:
        """Go on, and tell the time."""
        self.now += not self._held
        return self.now

    @contextmanager
    def at(self, instant: int) -> Iterator[None]:
        """Stand at another instant for a while."""
        before, self.now, self._held = self.now, instant, True
        yield
        self.now, self._held = before, False


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, and when: the status, the headers, and the body as it was sent and as JSON."""

    at: int
    status: int
    headers: Mapping[str, str]
    raw: bytes

    @property
    def body(self) -> dict[str, Any]:
        """The body as JSON."""
        found: dict[str, Any] = json.loads(self.raw)
        return found

    @property
    def data(self) -> dict[str, Any]:
        """The data of an answer without errors."""
        assert "errors" not in self.body, self.body["errors"]
        found: dict[str, Any] = self.body["data"]
        return found

    @property
    def codes(self) -> list[str]:
        """The codes of the errors."""
        return [error["extensions"]["code"] for error in self.body.get("errors", [])]

    @property
    def without_trace(self) -> tuple[int, dict[str, str], bytes]:
        """Everything but the trace, to be compared byte by byte."""
        trace = self.headers["x-trace-id"]
        assert re.fullmatch("[0-9a-f]{32}", trace)
        headers = {name: value for name, value in self.headers.items() if name != "x-trace-id"}
        return self.status, headers, self.raw.replace(trace.encode(), b"TRACE")


class Desk:
    """Asks the application as a caller would; `tokens` has a key for each kind of caller.

    `folder` is the data folder, `services` are those of the application, for what no caller can see.
    """

    folder: Path
    services: Services

    def __init__(self, city: City, client: httpx.AsyncClient, clock: Clock, tokens: dict[str, str]) -> None:
        """Take the city, the way to the application, its clock and the callers' keys."""
        self.city = city
        self.client = client
        self.clock = clock
        self.tokens = tokens
        self.people: dict[str, Truth] = {person.id: person for person in city.people}

    async def ask(
        self, query: str, variables: dict[str, Any] | None = None, *, by: str = "staff", **more: object
    ) -> Answer:
        """Ask a query; `more` are other members of the body."""
        body = {"query": query, "variables": variables, **more}
        return await self.post(json.dumps(body).encode(), {"Authorization": f"Bearer {self.tokens[by]}"})

    async def post(self, content: bytes, headers: Mapping[str, str | bytes]) -> Answer:
        """Post a body as it is."""
        given = {name: value.encode() if isinstance(value, str) else value for name, value in headers.items()}
        at = self.clock.tick()
        response = await self.client.post(
            "/graphql", content=content, headers={"Content-Type": b"application/json", **given}
        )
        return Answer(at, response.status_code, dict(response.headers), response.content)

    async def disclosed(self, answer: Answer, actor: str) -> dict[str, set[str]]:
        """Read as a privacy officer what an answer disclosed to an actor: fields by participant."""
        trace = answer.headers["x-trace-id"]
        between = [datetime.fromtimestamp(at / 1000, UTC).isoformat() for at in (answer.at, answer.at + 1)]
        asked: dict[str, Any] = {"actor": actor, "from": between[0], "to": between[1]}
        found: dict[str, set[str]] = {}
        while True:
            page = (await self.ask(_DISCLOSURES, asked, by="officer")).data["disclosures"]
            for row in page["nodes"]:
                if row["trace"] == trace:
                    assert row["participant"] not in found
                    found[row["participant"]] = set(row["fields"])
            if not page["hasNextPage"]:
                return found
            asked["after"] = page["endCursor"]

    async def recorded_of(self, participant: str, trace: str) -> set[str]:
        """Read as a privacy officer which fields of one participant a request disclosed."""
        query = "query ($id: ID) { disclosures(participant: $id, first: 500) { nodes { trace fields } } }"
        rows = (await self.ask(query, {"id": participant}, by="officer")).data["disclosures"]["nodes"]
        return {field for row in rows if row["trace"] == trace for field in row["fields"]}


_DISCLOSURES: Final = """
query ($actor: String, $from: DateTime, $to: DateTime, $after: String) {
  disclosures(actor: $actor, from: $from, to: $to, first: 500, after: $after) {
    nodes { trace participant fields } endCursor hasNextPage
  }
}
"""


@asynccontextmanager
async def open_desk(city: City, folder: Path) -> AsyncIterator[Desk]:
    """Make the application over the city, with a key for each kind of caller; what was written is removed after."""
    keyring = folder / "keyring.json"
    write_private(keyring, city.keyring.serialise())
    clock = Clock()
    application = await make_application(city.graph, keyring, clock, synthetic=True)
    tokens = {}
    for name, (kind, scope) in CALLERS.items():
        issued = await keys.issue(city.graph, kind=kind, label="desk", scope=scope, now=NOW)
        tokens[name] = issued.token
    transport = httpx.ASGITransport(application.asgi, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://desk") as client:
        desk = Desk(city, client, clock, tokens)
        desk.folder, desk.services = folder, application.services
        yield desk
    for label in ("Look", "Disclosure", "AccessKey", "Actor"):
        await city.graph.write(_remove, label)


async def _remove(tx: Transaction, label: str) -> None:
    result = await tx.run("MATCH (n) WHERE $label IN labels(n) DETACH DELETE n", label=label)
    await result.consume()
