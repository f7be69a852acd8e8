"""People of the rights' tests: enrolled for one test, with the code that the courier left for them, and their token."""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from tests.directory.desk import Answer, Desk
from tests.loaded_city import City
from tests.own_person import OwnPerson, own_person

REQUEST: Final = "mutation ($contact: String!) { requestVerification(contact: $contact) { verification messageKo } }"
CONFIRM: Final = """
mutation ($verification: ID!, $code: String!) {
  confirmVerification(verification: $verification, code: $code) { personToken until }
}
"""


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody before a kiosk: who they are, and the desk that they speak to."""

    desk: Desk
    person: OwnPerson
    outbox: Path

    async def code(self, verification: str) -> str | None:
        """Read the code that was sent for a verification, None where none was."""
        await self.desk.services.rights.drain()
        path = self.outbox / f"{verification}.json"
        if not path.exists():
            return None
        content = json.loads(path.read_bytes())
        assert content.keys() == {"verification", "code"}
        code: str = content["code"]
        return code

    async def token(self, contact: str | None = None, *, by: str = "kiosk") -> str:
        """Prove who one is, and get a token."""
        asked = await self.desk.ask(REQUEST, {"contact": contact or self.person.phone}, by=by)
        verification = asked.data["requestVerification"]["verification"]
        code = await self.code(verification)
        assert code is not None
        confirmed = await self.desk.ask(CONFIRM, {"verification": verification, "code": code}, by=by)
        token: str = confirmed.data["confirmVerification"]["personToken"]
        return token

    async def do(self, mutation: str, token: str, arguments: str = "", *, by: str = "kiosk", **given: Any) -> Answer:  # noqa: ANN401 - JSON.
        """Do something with a token."""
        declared = "".join(f", ${name}: {kind}" for name, (kind, _) in given.items())
        passed = "".join(f", {name}: ${name}" for name in given)
        query = f"mutation ($token: String!{declared}) {{ {mutation}(personToken: $token{passed}{arguments}) "
        selected = {"requestCorrection": "{ case { id state } verification }"}.get(mutation, "{ id kind state due }")
        values = {name: value for name, (_, value) in given.items()}
        return await self.desk.ask(f"{query}{selected} }}", {"token": token, **values}, by=by)

    async def me(self, token: str, selected: str, *, by: str = "kiosk") -> dict[str, Any]:
        """Ask for one's own report."""
        query = f"query ($token: String!) {{ me(personToken: $token) {{ {selected} }} }}"
        found: dict[str, Any] = (await self.desk.ask(query, {"token": token}, by=by)).data["me"]
        return found


@asynccontextmanager
async def visiting(city: City, desk: Desk, phone: str = "+821000004242") -> AsyncIterator[Visitor]:
    """Let somebody of the test's own come to a kiosk."""
    async with own_person(city, phone) as person:
        yield Visitor(desk, person, desk.folder / "outbox")
