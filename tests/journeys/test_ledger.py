"""The ledger of a real service: killed, stopped, rolled back and tampered with; what was acknowledged stays proven."""

import asyncio
import json
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from directory.graph_access import graph_for_command
from directory.settings import Settings
from tests.graph.empty_ledger import tamper
from tests.journeys.caller import LOOK, Caller
from tests.journeys.command import Civic, Service, nothing_left, wait_for

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

Run = Callable[..., Civic]
Serve = Callable[..., Service]


def status(run: Run, witness: Path) -> dict[str, Any]:
    """Ask how the ledger stands."""
    command = run("ledger", "status", "--json", LEDGER_WITNESS=str(witness))
    assert command.ends() == 0, command.err
    found: dict[str, Any] = json.loads(command.out)
    return found


def verified(run: Run, export: Path, witness: Path) -> tuple[int, dict[str, Any]]:
    """Export the ledger, verify the export, and give the status with the report."""
    command = run("ledger", "export", str(export))
    assert command.ends() == 0, command.err
    verification = run("verify", "ledger", str(export), "--witness", str(witness), "--json")
    return verification.ends(), json.loads(verification.out)


def change(city: Path, text: str) -> None:
    """Change the database behind the service's back."""

    async def changing() -> None:
        settings = Settings.from_environment({"DATA": str(city), "GRAPH_HEAP": "512m"})
        async with graph_for_command(settings) as graph:
            await tamper(graph, text)

    asyncio.run(changing())


def looked(service: Service, times: int) -> None:
    """Look so many times."""
    for _ in range(times):
        service.data_of(LOOK)


def test_every_look_is_proven_whatever_is_killed(city: Path, tmp_path: Path, run: Run, serve: Serve) -> None:
    """Killed in the middle and started again, then stopped: a checkpoint at the end covers all that was shown."""
    witness = tmp_path / "witness"
    settings = {"LEDGER_WITNESS": str(witness), "LEDGER_CHECKPOINT_SECONDS": "1"}
    service = serve(**settings)
    callers = [Caller(service) for _ in range(3)]
    for caller in callers:
        caller.start()
    wait_for(lambda: all(len(caller.answers) >= 20 for caller in callers), "answers")
    wait_for(lambda: list(witness.glob("checkpoint-*")), "a checkpoint at the witness")
    service.kill()
    nothing_left(city)
    for caller in callers:
        caller.stop()
    shown = {trace for caller in callers for trace in caller.shown}
    service = serve(**settings)
    looked(service, 3)
    service.process.terminate()
    assert service.ends(40) == 0
    nothing_left(city)
    found = status(run, witness)
    assert found["waiting"] == 0
    assert found["entries"] == found["covered"] == found["witnessed"]
    code, report = verified(run, tmp_path / "export", witness)
    assert (code, report["holds"]) == (0, True), report
    assert report["witnessed"] == report["checkpoints"] >= 2
    entries = map(json.loads, (tmp_path / "export" / "entries.jsonl").read_text().splitlines())
    recorded = {json.loads(entry["content"])["trace"] for entry in entries if entry["kind"] == "Look"}
    assert shown <= recorded
    kinds = {json.loads(line)["kind"] for line in (tmp_path / "export" / "entries.jsonl").read_text().splitlines()}
    assert kinds == {"ConsentEvent", "Look", "PermissionChange"}


def test_an_older_copy_of_the_data_is_not_served(city: Path, tmp_path: Path, run: Run, serve: Serve) -> None:
    """Put in the place of the newest by whoever would like a look to be forgotten; the newest copy is served again."""
    witness = tmp_path / "witness"
    service = serve(LEDGER_WITNESS=str(witness))
    looked(service, 2)
    service.process.terminate()
    assert service.ends(40) == 0
    nothing_left(city)
    shutil.copytree(city, tmp_path / "older")
    service = serve(LEDGER_WITNESS=str(witness))
    looked(service, 5)
    service.process.terminate()
    assert service.ends(40) == 0
    nothing_left(city)
    shutil.move(city, tmp_path / "newest")
    shutil.copytree(tmp_path / "older", city)
    refused = serve(LEDGER_WITNESS=str(witness))
    assert refused.ends() == 1
    assert any("this is an older copy of the database" in line for line in refused.sentence)
    nothing_left(city)
    code, report = verified(run, tmp_path / "export", witness)
    assert (code, report["first"]["code"]) == (1, "WITNESS_BEYOND")
    shutil.rmtree(city)
    shutil.move(tmp_path / "newest", city)
    assert serve(LEDGER_WITNESS=str(witness)).data_of(LOOK)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("MATCH (e:Entry:Look) WITH e ORDER BY e.leaf LIMIT 1 SET e.actor = 'nobody'", "ENTRY_CHANGED"),
        ("MATCH (e:Entry:Look) WITH e ORDER BY e.leaf LIMIT 1 DETACH DELETE e", "ENTRY_MISSING"),
        (
            "MATCH (a:Entry {leaf: 5}) MATCH (b:Entry {leaf: 6}) SET a.leaf = 6, b.leaf = 5",
            "ENTRY_CHANGED",
        ),
    ],
    ids=["change", "drop", "reorder"],
)
def test_what_was_done_behind_its_back_is_named(  # noqa: PLR0913, PLR0917 - fixtures and a table's columns.
    city: Path, tmp_path: Path, run: Run, serve: Serve, text: str, code: str
) -> None:
    """By the engine's own language, while the service runs: index and kind of the first entry that does not fit."""
    witness = tmp_path / "witness"
    service = serve(LEDGER_WITNESS=str(witness))
    looked(service, 2)
    wait_for(lambda: status(run, witness)["waiting"] == 0, "the places of what was written")
    change(city, text)
    found, report = verified(run, tmp_path / "export", witness)
    first = report["first"]
    assert (found, first["code"]) == (1, code), report
    if code == "ENTRY_CHANGED":
        assert first["kind"] == ("ConsentEvent" if first["index"] == 5 else "Look")


def test_a_tree_that_was_rewritten_is_not_served(city: Path, serve: Serve) -> None:
    """A start holds the last checkpoints against the tree, also without a witness."""
    service = serve()
    looked(service, 1)
    service.process.terminate()
    assert service.ends(40) == 0
    nothing_left(city)
    zeros = "00" * 32
    change(city, "MATCH (t:Tile {number: 0}) SET t.root = '" + zeros + "'")
    nothing_left(city)
    refused = serve()
    assert refused.ends() == 1
    assert any("The ledger is not the one that was signed" in line for line in refused.sentence)
