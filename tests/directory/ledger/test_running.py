"""The ledger of a running service: it starts whole or not at all, keeps itself going, and ends with a checkpoint."""

import asyncio
import io
import json
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from consent.ledger.checkpoints import sign_checkpoint
from consent.ledger.latest_map import map_key, verify_latest
from consent.ledger.map_notes import open_map
from consent.ledger.notes import Signer
from directory.ledger import copying, running
from directory.ledger.copying import Copier
from directory.ledger.errors import LedgerKeyMissing, LedgerRolledBack
from directory.ledger.map_shelf import MapShelf
from directory.ledger.publishing import read_map
from directory.ledger.running import RunningLedger, running_ledger
from directory.ledger.sequencer import Sequencer
from directory.ledger.signing_key import read_signing_key
from directory.ledger.status import read_status
from directory.ledger.witness import FolderWitness, HttpsWitness
from directory.settings import Settings
from graph import ledger, ledger_checks
from graph.connection import Graph
from graph.errors import EngineUnavailable
from tests.directory.ledger.conftest import Now
from tests.directory.ledger.witnessing import witness_server
from tests.directory.small_folder import settings_for
from tests.graph.empty_ledger import add_events, add_look, tamper
from tests.loaded_city import DAY, NOW


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Give the settings of a service with a witness, whose tasks do not keep anybody waiting."""
    (tmp_path / "data").mkdir()
    for name in ("_SECOND", "_LOOK_EVERY", "_PUBLISH_EVERY"):
        monkeypatch.setattr(running, name, 0.02)
    monkeypatch.setattr(running, "_CHECK_EVERY", 0)
    return settings_for(tmp_path / "data", ledger_witness=str(tmp_path / "witness"))


async def until(condition: Callable[[], Awaitable[object]]) -> None:
    """Wait until something is so."""
    deadline = time.monotonic() + 20
    while not await condition():
        assert time.monotonic() < deadline
        await asyncio.sleep(0.02)


def events(log: io.StringIO) -> list[tuple[str, str | None]]:
    """Read what was logged of the ledger, with its codes."""
    lines = [json.loads(line) for line in log.getvalue().splitlines()]
    return [(line["event"], line.get("code")) for line in lines if line["event"].startswith("ledger")]


async def test_a_service_places_signs_copies_and_publishes(
    bare: Graph, settings: Settings, now: Now, tmp_path: Path, log: io.StringIO
) -> None:
    """By itself, while it runs; and at its end there is a checkpoint of all, here and at the witness (C3)."""
    witness = FolderWitness(tmp_path / "witness")
    await add_events(bare, "p1", "p2", "p1")
    async with running_ledger(bare, settings, now) as ran:
        await until(lambda: bare.read(ledger.newest_map))
        await until(lambda: asyncio.to_thread(witness.newest))
        now.at += 60_000
        await add_look(bare)
        await until(lambda: _seen(witness, 4))
        await add_look(bare)
    assert events(log) == [("ledger_map_published", None)]
    assert witness.sizes()[-2:] == [4, 5]
    key = read_signing_key(settings.ledger_key).verifier
    assert ran.sequencer.verifier == key
    published = await bare.read(ledger.newest_map)
    assert published is not None
    note = open_map(published.note, key)
    assert (note.subjects, published.day) == (2, "2013-06-20")
    made = await read_map(bare, note.size)
    latest = made.latest(map_key("p1"))
    assert verify_latest(note.root, map_key("p1"), latest, made.prove(map_key("p1")))
    assert (tmp_path / "witness" / "latest-map-2013-06-20.txt").read_text() == published.note
    proof = MapShelf(settings.latest_map).proof(published.note, key, "p1")
    assert proof is not None
    assert proof["latest"] == latest
    status = await read_status(bare, key, settings.ledger_witness)
    assert (status.entries, status.waiting, status.covered, status.witnessed) == (5, 0, 5, 5)
    assert status.witness_failure is None


async def _seen(witness: FolderWitness, size: int) -> bool:
    return size in witness.sizes()


async def test_a_day_has_one_map(bare: Graph, settings: Settings, now: Now) -> None:
    """The day is Seoul's; the next day has another."""
    await add_events(bare, "p1")
    for days, maps in ((0, 1), (0, 1), (1, 2)):
        now.at = NOW + days * DAY
        async with running_ledger(bare, settings, now):
            await until(lambda: bare.read(ledger.newest_map))
            await asyncio.sleep(0.3)

        async def count(tx: ledger.Transaction) -> int:
            record = await (await tx.run("MATCH (m:LatestMap) WHERE m.at > 0 RETURN count(m) AS n")).single(strict=True)
            return int(record["n"])

        assert await bare.read(count) == maps


async def test_a_database_that_was_rolled_back_is_not_served(
    bare: Graph, settings: Settings, now: Now, tmp_path: Path
) -> None:
    """The witness has seen more than there is: it says so, and nothing is signed."""
    await add_look(bare)
    async with running_ledger(bare, settings, now) as ran:
        await ran.sequencer.flush()
    signer = read_signing_key(settings.ledger_key)
    FolderWitness(tmp_path / "witness").keep_checkpoint(9, sign_checkpoint(9, bytes(32), NOW, signer))
    with pytest.raises(LedgerRolledBack, match="its witness has seen 9"):
        async with running_ledger(bare, settings, now):
            pytest.fail("It was served.")
    assert len(await bare.read(ledger.checkpoints, -1, 9)) == 1


async def test_a_ledger_without_its_key_is_not_served(bare: Graph, settings: Settings, now: Now) -> None:
    """No other key goes on where one has signed."""
    await add_look(bare)
    async with running_ledger(bare, settings, now):
        pass
    settings.ledger_key.unlink()
    with pytest.raises(LedgerKeyMissing):
        async with running_ledger(bare, settings, now):
            pytest.fail("It was served.")


async def test_a_divergence_is_logged_while_it_serves(
    bare: Graph, settings: Settings, now: Now, log: io.StringIO
) -> None:
    """The hourly check tells what it found."""
    await add_events(bare, "p1", "p2")
    async with running_ledger(bare, settings, now) as ran:
        await ran.sequencer.flush()
        await tamper(bare, "MATCH (t:Tile {number: 0}) SET t.hashes = $no + substring(t.hashes, 64)", no="00" * 32)
        await until(lambda: _logged(log, "ledger_diverged"))
    assert ("ledger_diverged", "ROOT_DIFFERS") in events(log)
    status = await read_status(bare, ran.sequencer.verifier, None)
    assert (status.checked, status.finding) == (now.at, "ROOT_DIFFERS")


async def test_everything_is_checked_hourly_whoever_serves(
    bare: Graph, settings: Settings, now: Now, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A service that starts again within the hour does not check anew, one that starts after it does at once (C4)."""
    monkeypatch.setattr(running, "_CHECK_EVERY", 3_600_000)
    for minutes, checked in ((0, 0), (59, 0), (60, 60)):
        now.at = NOW + minutes * 60_000
        async with running_ledger(bare, settings, now):
            await until(lambda: bare.read(ledger_checks.last))
            await asyncio.sleep(0.3)
        last = await bare.read(ledger_checks.last)
        assert last is not None
        assert (last.at, last.finding) == (NOW + checked * 60_000, None)


async def _logged(log: io.StringIO, name: str) -> bool:
    return name in [event for event, _ in events(log)]


async def test_an_engine_that_is_away_is_told_once(
    bare: Graph, settings: Settings, now: Now, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The tasks go on trying; a service that stops meanwhile is not kept from it."""
    await add_look(bare)
    async with running_ledger(bare, settings, now) as ran:
        await ran.sequencer.flush()

        async def down(*_: object, **__: object) -> None:
            raise EngineUnavailable

        monkeypatch.setattr(bare, "read", down)
        await asyncio.sleep(0.3)
        told = events(log)
    assert 1 <= told.count(("ledger_failed", "ENGINE_UNAVAILABLE")) <= 3
    assert events(log)[-1] == ("ledger_failed", "ENGINE_UNAVAILABLE")


async def test_a_stop_does_not_wait_for_ever(
    bare: Graph, settings: Settings, now: Now, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the last checkpoint can't be signed in time, that is told."""
    monkeypatch.setattr(running, "_STOP_TIME", 0.1)
    await add_look(bare)

    async def hangs(_: Sequencer) -> None:
        await asyncio.sleep(60)

    async with running_ledger(bare, settings, now):
        monkeypatch.setattr(Sequencer, "flush", hangs)
    assert ("ledger_failed", "QUERY_TOO_SLOW") in events(log)


async def test_a_witness_that_fails_holds_nobody_up(
    bare: Graph, sequencer: Sequencer, signer: Signer, log: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It is told once, and is sent everything that it missed as soon as it is back."""
    monkeypatch.setattr(copying, "_FIRST_PAUSE", 0.0)
    monkeypatch.setattr(copying, "_AT_ONCE", 2)
    with witness_server() as kept:
        kept.status = 500
        copier = Copier(bare, HttpsWitness(kept.url), sequencer.verifier)
        await copier.compare(*sequencer.tree())
        for _ in range(3):
            await add_look(bare)
            await sequencer.flush()
            await copier.copy(sequencer.tree)
            await copier.publish("2013-06-20", "map")
        assert copier.failing == "LEDGER_WITNESS_FAILED"
        assert kept.notes == []
        status = await read_status(bare, signer.verifier, kept.url)
        assert (status.witnessed, "500" in (status.witness_failure or "")) == (None, True)
        kept.status = 200
        await asyncio.sleep(0.1)
        copier._again = 0.0
        await copier.copy(sequencer.tree)
        assert copier.failing is None
        stored = await bare.read(ledger.checkpoints, -1, 9)
        assert kept.notes == [checkpoint.note for checkpoint in stored]
        await copier.copy(sequencer.tree)
        assert len(kept.notes) == 3
    assert events(log) == [("ledger_witness_failed", "LEDGER_WITNESS_FAILED"), ("ledger_witness_back", None)]


async def test_a_witness_that_failed_is_left_in_peace_for_a_while(
    bare: Graph, sequencer: Sequencer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not asked at every tick; and what it turns out to hold when it is back is compared before anything is copied."""
    with witness_server() as kept:
        kept.status = 500
        copier = Copier(bare, HttpsWitness(kept.url), sequencer.verifier)
        await copier.compare(*sequencer.tree())
        kept.status = 200
        other = Signer("civic-directory/test", bytes(32))
        kept.notes.append(sign_checkpoint(3, bytes(32), NOW, other))
        await add_look(bare)
        await sequencer.flush()
        await copier.copy(sequencer.tree)
        assert copier.failing == "LEDGER_WITNESS_FAILED"
        copier._again = 0.0
        await copier.copy(sequencer.tree)
        assert copier.failing == "LEDGER_WITNESS_FOREIGN"
        assert len(kept.notes) == 1
        status = await read_status(bare, sequencer.verifier, kept.url)
        assert "another ledger" in (status.witness_failure or "")


async def test_the_parts_of_a_running_ledger(bare: Graph, now: Now, tmp_path: Path) -> None:
    """Without a witness there is no copier, and status says that there is none."""
    (tmp_path / "data").mkdir()
    settings = settings_for(tmp_path / "data")
    async with running_ledger(bare, settings, now) as ran:
        assert isinstance(ran, RunningLedger)
        assert ran.copier is None
        await ran.sequencer.tick()
    status = await read_status(bare, ran.sequencer.verifier, None)
    assert (status.witness, status.covered, status.map_day) == (None, 0, None)
    assert status.as_data()["entries"] == 0
