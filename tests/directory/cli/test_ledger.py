"""`civic ledger` and `civic verify ledger`, from the first key to an export that does not hold."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio

from directory import clock
from directory.graph_access import graph_for_command
from directory.ledger.running import running_ledger
from tests.directory.cli.conftest import Run
from tests.directory.small_folder import settings_for
from tests.graph.empty_ledger import add_look

pytestmark = pytest.mark.slow


@pytest_asyncio.fixture
async def witness(held: Path, tmp_path: Path) -> AsyncIterator[Path]:
    """Sign the city's ledger as a service does, before a witness."""
    settings = settings_for(held, ledger_witness=str(tmp_path / "witness"))
    async with graph_for_command(settings) as graph, running_ledger(graph, settings, clock.now):
        await add_look(graph)
    yield tmp_path / "witness"


def test_a_ledger_that_was_never_served_has_no_key(alone: Run, tmp_path: Path) -> None:
    """It is not made by asking for it."""
    for command in (("ledger", "key"), ("ledger", "status"), ("ledger", "export", str(tmp_path / "export"))):
        result = alone(*command)
        assert result.exit_code == 1
        assert "Nothing of the ledger is signed yet: the first `civic serve` makes its key" in result.stderr
    assert not (tmp_path / "export").exists()


def test_a_key_that_is_lost_is_missed(run: Run, held: Path, witness: Path) -> None:
    """Where something was signed, another key would begin another ledger."""
    assert witness.exists()
    key = held / "ledger-key.json"
    kept = key.read_bytes()
    key.unlink()
    try:
        for command in ("key", "status"):
            result = run("ledger", command)
            assert result.exit_code == 1
            assert "ledger-key.json is not there: put it back from its backup" in result.stderr
    finally:
        key.write_bytes(kept)
        key.chmod(0o600)


def test_status_and_key(run: Run, witness: Path) -> None:
    """In words and as JSON; with a witness and without one."""
    told = run("ledger", "status", LEDGER_WITNESS=str(witness))
    assert told.exit_code == 0, told.output
    found = json.loads(run("ledger", "status", "--json", LEDGER_WITNESS=str(witness)).stdout)
    assert found["entries"] == found["covered"] == found["witnessed"] > 0
    assert f"has seen {found['entries']:,} entries" in told.stdout
    key = run("ledger", "key").stdout.strip()
    assert found["key"] == key
    assert key in told.stdout
    assert "There is no witness" in run("ledger", "status").stdout
    nowhere = run("ledger", "status", LEDGER_WITNESS=f"{witness}/checkpoint-0000000000000000.txt/x")
    assert nowhere.exit_code == 0
    assert "has seen no checkpoint yet" in nowhere.stdout


def test_an_export_is_verified(run: Run, alone: Run, witness: Path, tmp_path: Path) -> None:
    """Without the data folder: with the witness and the key, and with neither."""
    export = tmp_path / "export"
    done = run("ledger", "export", str(export))
    assert done.exit_code == 0, done.output
    assert f"civic verify ledger {export}" in done.stdout
    key = run("ledger", "key").stdout.strip()
    pinned = alone("verify", "ledger", str(export), "--witness", str(witness), "--key", key)
    assert pinned.exit_code == 0, pinned.output
    assert "the key that was given" in pinned.stdout
    assert pinned.stdout.endswith("Everything holds.\n")
    (tmp_path / "key.txt").write_text(f"{key}\nand its fingerprint\n", encoding="utf-8")
    from_file = alone("verify", "ledger", str(export), "--key", str(tmp_path / "key.txt"))
    assert from_file.exit_code == 0, from_file.output
    assert "the key that was given" in from_file.stdout
    bare = alone("verify", "ledger", str(export))
    assert bare.exit_code == 0
    assert "give --key to pin it" in bare.stdout
    assert "no witness was given" in bare.stdout
    report = json.loads(alone("verify", "ledger", str(export), "--json").stdout)
    assert (report["holds"], report["first"]) == (True, None)
    again = run("ledger", "export", str(export))
    assert again.exit_code == 2
    assert "must be a new or an empty folder" in again.stderr


def test_an_export_that_does_not_hold(run: Run, alone: Run, witness: Path, tmp_path: Path) -> None:
    """Status 1, and where: index, kind and id, what was expected and what was found."""
    export = tmp_path / "export"
    assert run("ledger", "export", str(export)).exit_code == 0
    lines = (export / "entries.jsonl").read_text().splitlines()
    for number in range(3, 33):
        entry = json.loads(lines[number])
        entry["content"] = entry["content"].replace('"kind"', '"king"')
        lines[number] = json.dumps(entry)
    (export / "entries.jsonl").write_text("\n".join(lines) + "\n")
    told = alone("verify", "ledger", str(export))
    assert told.exit_code == 1
    assert "IT DOES NOT HOLD, in 30 places. The first:" in told.stdout
    assert f"At entry 3, ConsentEvent {json.loads(lines[3])['id']}: " in told.stdout
    assert "and 10 more." in told.stdout
    report = json.loads(alone("verify", "ledger", str(export), "--json").stdout)
    first = report["first"]
    assert (first["index"], first["code"], first["expected"]) == (3, "ENTRY_CHANGED", json.loads(lines[3])["hash"])
    assert first["found"] != first["expected"]


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (("verify", "ledger"), "Missing argument"),
        (("verify", "ledger", "/no/such/folder"), "does not exist"),
        (("verify", "ledger", ".", "--key", "canary"), "it is no public key"),
        (("verify", "ledger", "."), "no whole export of a ledger: export.json"),
        (("verify", "ledger", ".", "--witness", "/no/such/folder"), "does not exist"),
        (("ledger", "export"), "Missing argument"),
    ],
)
def test_what_is_asked_for_wrongly(
    alone: Run, arguments: tuple[str, ...], sentence: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Status 2, and what is wrong, without repeating it."""
    monkeypatch.chdir(tmp_path)
    result = alone(*arguments)
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert "canary" not in result.stderr
