"""Access keys and key-encryption keys, changed by the command while a service runs."""

from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.journeys.caller import LOOK, Caller, ready
from tests.journeys.command import Civic, Service, wait_for
from tests.journeys.conftest import PEOPLE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def test_keys_take_effect_at_once(city: Path, serve: Callable[..., Service], run: Callable[..., Civic]) -> None:
    """Issued, listed and revoked by the command while the service runs; the token is shown once and kept nowhere."""
    service = serve()
    assert ready(service)
    command = run(
        "key",
        "issue",
        "--actor",
        "desk-1",
        "--department",
        "bureau-fire",
        "--purpose",
        "CITY_NEWS",
        "--region",
        "11010",
        "--days",
        "7",
        "--label",
        "a journey",
        "--json",
    )
    assert command.ends() == 0, command.err
    issued = httpx.Response(200, content=command.out).json()
    assert issued["purposes"] == ["CITY_NEWS"]
    assert issued["regions"] == ["11010"]
    query = "{ participants(purpose: CITY_NEWS, first: 1) { count } }"
    assert service.ask(query, token=issued["token"]).status_code == 200
    refused = service.ask(LOOK, token=issued["token"]).json()["errors"][0]["extensions"]["code"]
    assert refused == "FORBIDDEN"

    listing = run("key", "list")
    assert listing.ends() == 0
    assert issued["id"] in listing.out
    assert "open" in listing.out.partition(issued["id"])[2].splitlines()[0]
    assert issued["token"] not in listing.out

    revoking = run("key", "revoke", issued["id"])
    assert revoking.ends() == 0
    assert service.ask(query, token=issued["token"]).status_code == 401
    listing = run("key", "list", "--json")
    assert listing.ends() == 0
    (kept,) = [key for key in httpx.Response(200, content=listing.out).json() if key["id"] == issued["id"]]
    assert kept["revoked"] is not None
    assert "token" not in kept
    service.close()
    for file in city.rglob("*"):
        assert not file.is_file() or issued["token"].encode() not in file.read_bytes(), file.name


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("issue", "--actor", "a", "--department", "nowhere", "--purpose", "CITY_NEWS"), "civic key departments"),
        (("issue", "--actor", "a", "--department", "bureau-fire"), "--purpose"),
        (
            ("issue", "--actor", "a", "--department", "bureau-fire", "--purpose", "CITY_NEWS", "--region", "1"),
            "--region",
        ),
        (("issue", "--actor", "a", "--department", "bureau-fire", "--purpose", "CITY_NEWS", "--group", "x"), "--group"),
        (("revoke", "no-such-key"), "civic key list"),
    ],
)
def test_wrong_keys_are_refused(city: Path, run: Callable[..., Civic], arguments: tuple[str, ...], words: str) -> None:
    """A sentence and the status of a wrong request, also where no service runs."""
    command = run("key", *arguments)
    assert command.ends() == 2, command.err
    (sentence,) = command.sentence
    assert words in sentence


def test_keys_are_rotated_while_people_are_read(
    city: Path, serve: Callable[..., Service], run: Callable[..., Civic]
) -> None:
    """No read fails or changes, and a rotation that was cut off is gone on with, without another key."""
    service = serve()
    page = service.data_of(LOOK)
    callers = [Caller(service) for _ in range(2)]
    for caller in callers:
        caller.start()
    first = run("keys", "rotate")
    assert first.ends() == 0, first.err
    assert f"Version 2 of the key is current; {PEOPLE:,} people were moved to it." in first.out

    second = run("keys", "rotate")
    wait_for(lambda: b'"current": 3' in (city / "keyring.json").read_bytes(), "the new key")
    second.kill()
    resumed = run("keys", "rotate", "--resume")
    assert resumed.ends() == 0, resumed.err
    assert "Version 3 of the key is current" in resumed.out
    for caller in callers:
        caller.stop()
        assert len(caller.answers) > 5
        assert caller.broken == 0
        assert all(answer.status_code == 200 and answer.json() == {"data": page} for answer in caller.answers)

    status = run("keys", "status")
    assert status.ends() == 0
    assert "1, 2, 3" in status.out
    assert (city / "keyring.json").stat().st_mode & 0o777 == 0o600
    nobody = run("keys", "rotate", "--resume")
    assert nobody.ends() == 0
    assert "; 0 people were moved" in nobody.out
    service.close()
    assert serve().data_of(LOOK) == page
