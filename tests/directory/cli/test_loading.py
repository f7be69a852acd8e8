"""`civic load` and `civic serve` on a city that is there: the same again, never another, never under other keys."""

import shutil
from pathlib import Path

import pytest

from directory.sealing.keyring_file import ensure_keyring
from graph.engines.folder import DataFolder
from tests.directory.cli.conftest import PEOPLE, command_on

pytestmark = pytest.mark.slow


@pytest.fixture
def data(loaded: Path, tmp_path: Path) -> Path:
    """Give a copy of the loaded city that nobody uses."""
    return Path(shutil.copytree(loaded, tmp_path / "data"))


def test_loading_again_says_the_same(data: Path) -> None:
    """It is there already; another size is refused with a sentence that says which city it is."""
    run = command_on(data)
    for arguments in ((), ("--people", str(PEOPLE), "--seed", "7")):
        result = run("load", *arguments)
        assert result.exit_code == 0, result.output
        assert result.stdout == f"Loaded {PEOPLE} made-up people from seed 7.\n"
        assert "Loading" not in result.stderr
    result = run("load", "--people", str(PEOPLE + 1))
    assert result.exit_code == 1
    assert f"a city of {PEOPLE} people from seed 7" in result.stderr
    assert not DataFolder(data).in_use()


@pytest.mark.parametrize("command", ["serve", "load"])
@pytest.mark.parametrize("there", [False, True], ids=["no keyring", "another keyring"])
def test_sealed_people_without_their_keyring(data: Path, command: str, *, there: bool) -> None:
    """The file is named, no new one is made, nothing is served, and the engine is stopped again."""
    path = data / "keyring.json"
    path.unlink()
    if there:
        ensure_keyring(path, people=0)
    result = command_on(data)(command)
    assert result.exit_code == 1
    assert str(path) in result.stderr
    assert "Traceback" not in result.output
    assert path.exists() is there
    assert not DataFolder(data).in_use()
