"""A service from its start to its end, whatever is killed on the way: nothing acknowledged is lost, nothing is left."""

import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest

from tests.journeys.caller import LOOK, Caller, ready
from tests.journeys.command import Service, engine_pid, kill_engine, nothing_left, processes_of, wait_for
from tests.journeys.conftest import PEOPLE

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TRACES = """
query ($after: String) {
  disclosures(actor: "demo-staff", first: 500, after: $after) { nodes { trace participant } endCursor hasNextPage }
}
"""


def recorded(service: Service) -> Counter[str]:
    """Read as a privacy officer how many people were shown in each answer to staff, by its trace."""
    found: Counter[str] = Counter()
    after = None
    while True:
        page = service.data_of(TRACES, {"after": after}, by="privacy_officer")["disclosures"]
        found.update(node["trace"] for node in page["nodes"])
        if not page["hasNextPage"]:
            return found
        after = page["endCursor"]


def test_what_was_shown_stays_recorded_when_all_is_killed(city: Path, serve: Callable[..., Service]) -> None:
    """Application and engine are killed under requests, twice over; each answer that was given is on record."""
    shown: dict[str, int] = {}
    for engine_first in (False, True):
        service = serve()
        callers = [Caller(service) for _ in range(3)]
        for caller in callers:
            caller.start()
        wait_for(lambda: all(len(caller.answers) >= 15 for caller in callers), "answers")  # noqa: B023 - used at once.
        if engine_first:
            kill_engine(city)
        service.kill()
        nothing_left(city)
        for caller in callers:
            caller.stop()
            shown |= caller.shown
    assert len(shown) >= 90
    found = recorded(serve())
    assert {trace: found[trace] for trace in shown} == shown


def test_the_next_start_is_quick_and_the_same(city: Path, serve: Callable[..., Service]) -> None:
    """After a kill it is up in seconds, with the same people and the same demonstration keys."""
    service = serve()
    page = service.data_of(LOOK)
    keys = (city / "demo-keys.json").read_bytes()
    service.kill()
    begun = time.monotonic()
    again = serve()
    assert again.data_of(LOOK) == page
    assert time.monotonic() - begun < 30
    assert (city / "demo-keys.json").read_bytes() == keys
    assert (city / "demo-keys.json").stat().st_mode & 0o777 == 0o600
    assert again.data_of("{ network { participants } }") == {"network": {"participants": PEOPLE}}


def test_an_engine_that_is_killed_comes_back(city: Path, serve: Callable[..., Service]) -> None:
    """Meanwhile callers are told to come back, in every form that there is; then all goes on by itself."""
    service = serve()
    callers = [Caller(service) for _ in range(3)]
    for caller in callers:
        caller.start()
    wait_for(lambda: all(len(caller.answers) >= 10 for caller in callers), "answers")
    killed = kill_engine(city)
    service.says("engine_died")
    # Those who asked before are answered when the engine is back; those who ask now are told when to come back.
    callers.append(Caller(service))
    callers[-1].start()
    health = httpx.get(f"{service.url}/health/ready", timeout=30)
    home = httpx.get(f"{service.url}/?lang=en", timeout=30)
    assert httpx.get(f"{service.url}/health/live", timeout=5).status_code == 200
    assert health.status_code == 503
    assert health.json()["ready"] is False
    assert int(health.headers["retry-after"]) > 0
    # The home page may still have the figures that it read a moment ago.
    assert home.status_code == 200 or int(home.headers["retry-after"]) > 0
    assert "Traceback" not in home.text
    wait_for(lambda: engine_pid(city) != killed and ready(service), "another engine")
    before = [len(caller.answers) for caller in callers]
    wait_for(lambda: all(len(c.answers) > was + 10 for c, was in zip(callers, before, strict=True)), "answers again")
    for caller in callers:
        caller.stop()
    answers = [answer for caller in callers for answer in caller.answers]
    assert {answer.status_code for answer in answers} == {200, 503}
    assert callers[-1].answers[0].status_code == 503
    assert all("errors" not in answer.json() for answer in answers if answer.status_code == 200)
    for answer in answers:
        if answer.status_code == 503:
            assert int(answer.headers["retry-after"]) > 0
            codes = {error["extensions"]["code"] for error in answer.json()["errors"]}
            assert codes <= {"ENGINE_UNAVAILABLE", "ENGINE_BUSY", "QUERY_TOO_SLOW", "COMMIT_UNKNOWN"}
            assert answer.json()["data"] is None
    assert sum(caller.broken for caller in callers) == 0
    shown = {trace: people for caller in callers for trace, people in caller.shown.items()}
    found = recorded(service)
    assert {trace: found[trace] for trace in shown} == shown
    assert "Traceback" not in service.err


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM], ids=["Ctrl-C", "SIGTERM"])
def test_a_service_that_is_stopped_takes_all_with_it(
    city: Path, serve: Callable[..., Service], number: signal.Signals
) -> None:
    """Requests that have begun are answered; then everything ends in order, the engine last."""
    service = serve()
    caller = Caller(service)
    caller.start()
    wait_for(lambda: len(caller.answers) >= 5, "answers")
    assert len(processes_of(city)) >= 2
    service.interrupt(number)
    assert service.ends(40) == 0
    nothing_left(city)
    caller.stop()
    assert {answer.status_code for answer in caller.answers} == {200}
    assert service.sentence == []
    assert service.err.index('"stopped"') < service.err.index('"engine_stopped"')


def test_a_service_can_be_stopped_while_it_starts(city: Path, serve: Callable[..., Service]) -> None:
    """Before it serves, and impatiently: the second signal does no harm."""
    service = serve()
    service.says("engine_starting")
    service.interrupt(signal.SIGINT)
    service.interrupt(signal.SIGINT)
    service.interrupt(signal.SIGTERM)
    assert service.ends(40) in (0, 130)
    nothing_left(city)
    assert "Traceback" not in service.err
    assert serve().data_of("{ network { participants } }") == {"network": {"participants": PEOPLE}}


def test_everything_in_the_folder_is_its_owners_alone(city: Path, serve: Callable[..., Service]) -> None:
    """The folder is 0700 and every file of ours in it 0600."""
    assert serve().url
    assert city.stat().st_mode & 0o777 == 0o700
    for file in city.iterdir():
        if file.is_file():
            assert file.stat().st_mode & 0o777 == 0o600, file.name
