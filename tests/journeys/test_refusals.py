"""What a start that can't succeed says: one sentence that tells what to do, a status, and nothing left running."""

import os
import re
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.journeys.command import Civic, Service, nothing_left

pytestmark = pytest.mark.slow


def refused(command: Civic, status: int, *words: str) -> None:
    """Verify that a command ended with a status and one sentence that has these words."""
    assert command.ends() == status, command.err
    (sentence,) = command.sentence
    assert sentence.startswith("civic: ")
    assert re.search(r"[.:] ?\S.*\.$|: .*\.$", sentence), sentence
    for word in words:
        assert word in sentence, sentence
    assert "Traceback" not in command.err
    nothing_left(command.data)


def test_a_port_that_is_taken(city: Path, run: Callable[..., Civic]) -> None:
    """The address is named, and how to choose another one; the engine was not even started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = run("serve", PORT=port)
        refused(command, 1, f"127.0.0.1:{port}", "PORT=")
    assert "engine_starting" not in command.err


def test_a_data_folder_in_use(city: Path, run: Callable[..., Civic], serve: Callable[..., Service]) -> None:
    """The process that uses it is named, and it goes on serving."""
    service = serve()
    assert service.url
    for arguments in (("serve",), ("load",)):
        command = run(*arguments, PORT="0")
        assert command.ends() == 1
        (sentence,) = command.sentence
        assert f"in use by process {service.process.pid}" in sentence
        assert "DATA" in sentence
    assert service.ask("{ network { participants } }").status_code == 200


@pytest.mark.parametrize(
    ("setting", "value", "status", "words"),
    [
        ("GRAPH_HEAP", "100m", 2, ["GRAPH_HEAP", "256m"]),
        ("GRAPH_HEAP", "plenty", 2, ["GRAPH_HEAP", "1500m or 2g"]),
        ("GRAPH_HEAP", "900000g", 1, ["memory", "GRAPH_HEAP"]),
        ("PORT", "eight", 2, ["PORT", "65535"]),
        ("PORT", "70000", 2, ["PORT", "65535"]),
        ("HOST", "no such host", 2, ["HOST"]),
        ("GRAPH_ALLOW_UNTESTED", "yes", 2, ["GRAPH_ALLOW_UNTESTED", "1 or 0"]),
        ("GRAPH_URL", "http://127.0.0.1:1", 2, ["GRAPH_URL"]),
        ("GRAPH_URL", "bolt://127.0.0.1:1", 75, ["engine"]),
        ("DATA", "/proc/nothing", 1, ["DATA"]),
    ],
)
def test_a_setting_that_can_not_be_used(  # noqa: PLR0913, PLR0917 - the columns of the table.
    city: Path, run: Callable[..., Civic], setting: str, value: str, status: int, words: list[str]
) -> None:
    """The setting is named with what it may be, and its value is not repeated."""
    environment = {"PORT": "0", "GRAPH_USER": "neo4j", "GRAPH_PASSWORD": "not-the-password", setting: value}
    command = run("serve", **environment)
    refused(command, status, *words)
    assert "not-the-password" not in command.err
    if setting not in {"DATA", "GRAPH_URL"}:
        assert value not in command.sentence[0].replace("256m", "").replace("900000", value[:-1] * 9)


def test_a_keyring_that_others_can_read(city: Path, run: Callable[..., Civic]) -> None:
    """Nothing is opened with keys that may be known."""
    (city / "keyring.json").chmod(0o644)
    refused(run("serve", PORT="0"), 1, str(city / "keyring.json"), "chmod 600")
    refused(run("keys", "rotate"), 1, "chmod 600")


def test_a_keyring_that_is_not_there(city: Path, run: Callable[..., Civic]) -> None:
    """No new one is made, since that would open nobody."""
    (city / "keyring.json").unlink()
    refused(run("serve", PORT="0"), 1, "keyring.json", "backup")
    refused(run("load"), 1, "keyring.json", "backup")
    assert not (city / "keyring.json").exists()


@pytest.mark.parametrize("content", [b"", b"{}", b'{"format": 1}', b"\xff\xfe"])
def test_a_keyring_that_is_none(city: Path, run: Callable[..., Civic], content: bytes) -> None:
    """It is said, without a word of what is in it."""
    (city / "keyring.json").write_bytes(content)
    refused(run("serve", PORT="0"), 1, "KEYRING_UNREADABLE")


def test_a_folder_with_other_files(data: Path, run: Callable[..., Civic]) -> None:
    """Somebody else's folder is neither closed to them nor filled."""
    data.mkdir()
    data.chmod(0o755)  # said apart from mkdir, which a strict umask would narrow
    (data / "letter.txt").write_text("Dear all")
    refused(run("serve", PORT="0"), 1, str(data), "other files")
    assert [entry.name for entry in data.iterdir()] == ["letter.txt"]
    assert data.stat().st_mode & 0o777 == 0o755


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written(data: Path, run: Callable[..., Civic]) -> None:
    """The folder is named, with what is the matter."""
    data.mkdir(mode=0o500)
    refused(run("serve", PORT="0"), 1, str(data))


def test_an_empty_directory_is_not_served(data: Path, run: Callable[..., Civic]) -> None:
    """The command that fills it is named."""
    refused(run("serve", PORT="0"), 1, "civic load")


def test_another_city_than_the_one_there(city: Path, run: Callable[..., Civic]) -> None:
    """It is not mixed with the one that is there."""
    refused(run("load", "--people", "3000"), 1, "2400", "--people", "DATA")
    refused(run("load", "--seed", "7"), 1, "2013", "--seed")


@pytest.mark.parametrize("people", ["11", "476706"])
def test_a_city_of_no_believable_size(data: Path, run: Callable[..., Civic], people: str) -> None:
    """It has somebody in every group, and at most as many people as the plan; nothing is begun."""
    refused(run("load", "--people", people), 2, "12" if people == "11" else "476705")
    assert not data.exists()
    assert run("load", "--people", "12").ends() == 0


@pytest.mark.parametrize("people", ["0", "-1", "many", ""])
def test_a_city_of_no_size_at_all(data: Path, run: Callable[..., Civic], people: str) -> None:
    """It is refused before anything is made, and is never taken for the whole city."""
    command = run("load", "--people", people)
    assert command.ends() == 2
    assert "--people" in command.err
    assert not data.exists()
