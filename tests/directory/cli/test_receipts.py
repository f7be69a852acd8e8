"""`civic verify receipt`, `civic receipt` and `civic receipts`: what they print, and with which status they end."""

import asyncio
import json
from pathlib import Path

import pytest

from consent.notices import content
from consent.receipt_codes import code_texts
from consent.receipts import receipt_bytes
from directory import clock
from directory.ledger.sequencer import Sequencer
from directory.ledger.signing_key import ensure_signing_key
from directory.receipts import offline
from graph.connection import Graph
from graph.engines.attached import attach
from tests.consent.making_receipts import INDEX, NOTICE, OTHER_SIGNER, SIGNER, map_proof, put, receipt_of
from tests.directory.cli.conftest import Run
from tests.directory.receipts.recorded import event_ids

DOCUMENT = receipt_of()
KEY = str(SIGNER.verifier)
PERSON = DOCUMENT["proof"]["event"]["person"]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """Write a receipt as the person keeps it."""
    path = tmp_path / "receipt.json"
    path.write_bytes(receipt_bytes(DOCUMENT))
    return path


def test_a_receipt_that_holds_ends_with_0(alone: Run, file: Path) -> None:
    """What was proven and what was not is said in words, and no engine is started for it."""
    result = alone("verify", "receipt", str(file))
    assert result.exit_code == 0, result.output
    assert result.stdout.startswith("This very event is in the ledger that the key in the receipt signed.")
    assert "[proven] The root is the checkpoint's\n" in result.stdout
    assert "[not proven] Nothing was decided later\n" in result.stdout
    assert "Compare its fingerprint with the one that the city publishes: " in result.stdout
    assert "Items: name, telephone number" in result.stdout
    assert not file.with_name("data").exists()
    korean = alone("verify", "receipt", "--language", "ko", str(file))
    assert "[증명되지 않음] 그 뒤의 결정" in korean.stdout


def test_everything_that_can_be_given_is_used(alone: Run, file: Path, tmp_path: Path) -> None:
    """With the key, as a line or a file, the notice and the map, nothing is left open."""
    (tmp_path / "key.txt").write_text(f"{KEY}\n", encoding="utf-8")
    (tmp_path / "notice.json").write_text(json.dumps(content(NOTICE)), encoding="utf-8")
    (tmp_path / "map.json").write_text(json.dumps(map_proof(PERSON, INDEX)), encoding="utf-8")
    for key in (KEY, str(tmp_path / "key.txt")):
        options = ["--key", key, "--notice", str(tmp_path / "notice.json"), "--map", str(tmp_path / "map.json")]
        result = alone("verify", "receipt", "--json", *options, str(file))
        assert result.exit_code == 0, result.output
        found = json.loads(result.stdout)
        assert found["verdict"] == "PROVEN"
        assert {step["status"] for step in found["steps"]} == {"PASSED"}
        assert set(found["steps"][0]["words"]) == {"ko", "en"}
    later = tmp_path / "later.json"
    later.write_text(json.dumps(map_proof(PERSON, INDEX + 1)), encoding="utf-8")
    result = alone("verify", "receipt", "--map", str(later), str(file))
    assert result.exit_code == 1
    assert "RECEIPT_SUPERSEDED" in result.stdout


def test_a_receipt_that_does_not_hold_ends_with_1(alone: Run, file: Path) -> None:
    """The step that failed is named, with its code."""
    file.write_bytes(receipt_bytes(put(DOCUMENT, ("readable", "en", 0, "text"), "You agreed to everything.")))
    result = alone("verify", "receipt", str(file))
    assert result.exit_code == 1
    assert "[failed] The words agree with the record RECEIPT_PARTS" in result.stdout
    assert "Decision: You agreed to the use of the items below" in result.stdout.partition("What was recorded\n")[2]
    file.write_bytes(receipt_bytes(put(DOCUMENT, ("proof", "event", "sensitive"), new=True)))
    changed = alone("verify", "receipt", str(file))
    assert "RECEIPT_ROOT" in changed.stdout
    assert "Decision: " not in changed.stdout
    file.write_bytes(receipt_bytes(DOCUMENT))
    foreign = alone("verify", "receipt", "--key", str(OTHER_SIGNER.verifier), str(file))
    assert foreign.exit_code == 1
    assert "RECEIPT_KEY" in foreign.stdout


def test_half_a_receipt_ends_with_2(alone: Run, file: Path) -> None:
    """A clear refusal with its code, and nothing that was in it."""
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])
    result = alone("verify", "receipt", str(file))
    assert result.exit_code == 2
    assert "RECEIPT_UNREADABLE" in result.stdout
    assert PERSON not in result.output


def test_what_was_scanned_is_verified_like_a_file(alone: Run, file: Path) -> None:
    """Both codes prove the record; the first alone does not show it to be in the ledger."""
    first, second = code_texts(DOCUMENT)
    file.write_text(f"{second}\n{first}\n", encoding="ascii")
    assert alone("verify", "receipt", str(file)).exit_code == 0
    file.write_text(first, encoding="ascii")
    result = alone("verify", "receipt", str(file))
    assert result.exit_code == 1
    assert "the second code, with the path, is missing" in result.stdout


@pytest.mark.parametrize("option", ["--key", "--notice"])
def test_what_is_given_beside_has_to_be_usable(alone: Run, file: Path, tmp_path: Path, option: str) -> None:
    """A key or a notice that is none ends with 2, and is not repeated."""
    (tmp_path / "canary").write_text("canary{", encoding="utf-8")
    result = alone("verify", "receipt", option, str(tmp_path / "canary"), str(file))
    assert result.exit_code == 2
    assert "canary{" not in result.output
    assert result.stderr.startswith(f"civic: {option}: ")
    assert alone("verify", "receipt", "--key", "no key", str(file)).exit_code == 2


def test_the_page_and_the_words_are_written(alone: Run, tmp_path: Path) -> None:
    """The page as one file, and the words as data or as the script of the page."""
    page = tmp_path / "check.html"
    assert alone("receipts", "page", "--out", str(page)).exit_code == 0
    assert page.read_text(encoding="utf-8") == offline.one_file()
    assert json.loads(alone("receipts", "words").stdout)["fields"]["NAME"]["en"] == "name"
    assert alone("receipts", "words", "--script").stdout == offline.words_script()


async def _an_event(data: Path) -> str:
    """Give an event of the loaded city."""
    async with Graph(await attach(data)) as graph:
        (found,) = await graph.read(event_ids, "GRANTED", 1)
        return found


async def _sign(data: Path) -> None:
    """Sign the ledger as the service beside which the command runs does."""
    async with Graph(await attach(data)) as graph:
        signer = ensure_signing_key(data / "ledger-key.json", signed=False)
        sequencer = Sequencer(graph, signer, clock.now, 1_000)
        await sequencer.open()
        await sequencer.flush()


@pytest.mark.slow
def test_a_receipt_is_asked_for_beside_a_service(run: Run, held: Path, tmp_path: Path) -> None:
    """An id that is none ends with 2, what is not signed yet with 75; then there are the file, its words, its paper."""
    result = run("receipt", "show", "no-such-event-0000001")
    assert result.exit_code == 2
    assert "There is no event of this id" in result.stderr
    event = asyncio.run(_an_event(held))
    result = run("receipt", "show", event)
    assert result.exit_code == 75
    assert "ask again in a minute" in result.stderr
    asyncio.run(_sign(held))
    file = tmp_path / "receipt.json"
    assert run("receipt", "show", event, "--format", "json", "--out", str(file)).exit_code == 0
    key = run("ledger", "key").stdout.strip()
    assert run("verify", "receipt", "--key", key, str(file)).exit_code == 0
    assert f"Receipt number: {event}" in run("receipt", "show", event).stdout
    assert f"접수증 번호: {event}" in run("receipt", "show", event, "--language", "ko").stdout
    paper = run("receipt", "show", event, "--format", "html").stdout
    assert "가상 자료" in paper
    assert paper.count("<svg") == 2
