"""Which commands there are, and what they refuse before any engine is started."""

from collections.abc import Iterator
from pathlib import Path

import click
import pytest

from directory.cli.main import _tell, civic
from directory.serving import Serving
from directory.settings import Settings
from graph.intake import Load
from tests.directory.cli.conftest import Run

ROOT = Path(__file__).parents[3]


def commands(group: click.Group, *path: str) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    """Walk over every command, with the words that it is called by."""
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


ALL = dict(commands(civic))


def test_these_are_the_commands() -> None:
    """A new one belongs into this list, and into docs/operations.md."""
    assert {" ".join(path) for path in ALL} == {
        "serve",
        "load",
        "schema",
        "screen",
        "key",
        "key issue",
        "key list",
        "key revoke",
        "key departments",
        "keys",
        "keys rotate",
        "keys status",
        "keys retire",
        "backup",
        *(f"backup {name}" for name in ("key", "make", "list", "verify")),
        "restore",
        "replay",
        "ledger",
        "ledger status",
        "ledger key",
        "ledger export",
        "verify",
        "verify standing",
        "verify ledger",
        "notice",
        "notice list",
        "notice show",
        "notice check",
        "notice publish",
        "receipt",
        "receipt show",
        "receipts",
        "receipts page",
        "receipts words",
        "verify receipt",
        "rights",
        *(f"rights {name}" for name in ("list", "show", "access", "correct", "restrict", "release", "withdraw")),
        *(f"rights {name}" for name in ("source", "erase", "decide")),
        "retention",
        "retention list",
        "retention sweep",
        "retention re-ask",
    }


def test_the_schema_is_the_one_at_the_root(alone: Run) -> None:
    """The printed interface is the committed one."""
    result = alone("schema")
    assert result.exit_code == 0
    assert result.stdout.strip() == (ROOT / "schema.graphql").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    "arguments",
    [
        ("no-such-command",),
        ("key", "issue"),
        ("key", "issue", "--actor", "desk"),
        ("key", "issue", "--actor", "desk", "--department", "bureau-audit", "--purpose", "GOSSIP"),
        ("key", "issue", "--actor", "desk", "--department", "bureau-audit", "--kind", "CITIZEN"),
        ("key", "issue", "--actor", "desk", "--department", "bureau-audit", "--days", "0"),
        ("key", "issue", "--actor", "desk", "--department", "bureau-audit", "--days", "soon"),
        ("key", "revoke"),
        ("load", "--people", "many"),
    ],
)
def test_a_command_that_is_called_wrongly(alone: Run, arguments: tuple[str, ...], tmp_path: Path) -> None:
    """It says how it is called and ends with 2; no folder is made."""
    result = alone(*arguments)
    assert result.exit_code == 2
    assert "Usage: civic" in result.stderr
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize(
    ("setting", "value"), [("PORT", "eight"), ("GRAPH_ALLOW_UNTESTED", "yes"), ("GRAPH_URL", "canary://x")]
)
@pytest.mark.parametrize("arguments", [("load",), ("serve",), ("key", "list"), ("keys", "status")])
def test_a_setting_that_can_not_be_used(alone: Run, arguments: tuple[str, ...], setting: str, value: str) -> None:
    """It is refused before anything is done, by every command that needs settings."""
    result = alone(*arguments, **{setting: value})
    assert result.exit_code == 2
    assert result.stderr.startswith((f"civic: The setting {setting} ", f"civic: {setting} "))
    assert value not in result.output


def test_keys_of_a_directory_that_is_not_there(alone: Run) -> None:
    """No keyring is made by asking for its versions."""
    result = alone("keys", "status")
    assert result.exit_code == 1
    assert "from its backup" in result.stderr


def test_departments_are_listed_without_a_directory(alone: Run, tmp_path: Path) -> None:
    """Every one with both names; they are reference data, so that nothing has to be loaded first."""
    result = alone("key", "departments")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len([line for line in lines if line.startswith("district-")]) == 25
    assert any(line.startswith("bureau-administration") for line in lines)
    assert not (tmp_path / "data").exists()


@pytest.mark.parametrize("synthetic", [True, False])
def test_what_is_told_when_it_serves(capsys: pytest.CaptureFixture[str], tmp_path: Path, *, synthetic: bool) -> None:
    """The address, the city, whether it is made up, and the keys where there are any."""
    settings = Settings.from_environment({"DATA": str(tmp_path)})
    load = Load("a city", synthetic, 1_200, 1, "2013-06-20", 1, 1, True)  # noqa: FBT003 - a row.
    keys = {"staff": "civic_made-up"} if synthetic else {}
    _tell(Serving("http://127.0.0.1:8000", load, "ArcadeDB 26.10.1", keys), settings)
    told = capsys.readouterr().out
    assert "1,200 people on ArcadeDB 26.10.1" in told
    assert "http://127.0.0.1:8000/graphql" in told
    assert ("가상 데이터" in told) is synthetic
    assert ("civic_made-up" in told) is synthetic
    assert (str(settings.demo_keys) in told) is synthetic
