"""`civic keys`: which versions there are, and moving everybody to a new one, at once or after being cut off."""

import asyncio
import os
import subprocess
import sys
from pathlib import Path

import pytest

from directory.sealing.keyring_file import ensure_keyring, read_keyring, write_private
from directory.sealing.rotation import add_version
from graph import intake
from graph.connection import Graph
from graph.engines.embedded import EmbeddedEngine
from graph.intake import Load
from tests.directory.cli.conftest import PEOPLE, Run

pytestmark = pytest.mark.slow


def test_rotation_beside_a_service(run: Run, held: Path) -> None:
    """Everybody is moved to a new version, with progress; the old one still opens, and no key is shown."""
    before = read_keyring(held / "keyring.json")
    result = run("keys", "rotate")
    assert result.exit_code == 0, result.output
    version = before.current_version + 1
    assert result.stdout == f"Version {version} of the key is current; {PEOPLE} people were moved to it.\n"
    assert "Rewrapping people" in result.stderr
    assert f"{PEOPLE}/{PEOPLE}" in result.stderr
    assert read_keyring(held / "keyring.json").versions == (*before.versions, version)
    status = run("keys", "status")
    versions = ", ".join(map(str, (*before.versions, version)))
    assert status.stdout == f"Versions that open: {versions}. Version {version} is current.\n"
    for key in (before._keys | read_keyring(held / "keyring.json")._keys).values():
        assert key.hex() not in result.output + status.output


def test_a_rotation_that_was_cut_off_is_resumed(run: Run, held: Path) -> None:
    """The version that was added is used, no further one; once everybody is there, nobody is moved."""
    version = add_version(held / "keyring.json")
    first = run("keys", "rotate", "--resume")
    assert first.stdout == f"Version {version} of the key is current; {PEOPLE} people were moved to it.\n"
    again = run("keys", "rotate", "--resume")
    assert again.stdout == f"Version {version} of the key is current; 0 people were moved to it.\n"
    assert read_keyring(held / "keyring.json").current_version == version


def test_a_keyring_without_the_key_of_the_people(run: Run, held: Path) -> None:
    """Somebody put back too old or too new a file: the rotation says so and moves nobody."""
    path = held / "keyring.json"
    content = path.read_bytes()
    ring = read_keyring(path)
    try:
        add_version(path)
        write_private(path, read_keyring(path).retire(ring.current_version).serialise())
        result = run("keys", "rotate", "--resume")
    finally:
        write_private(path, content)
    assert result.exit_code == 1
    assert "civic: " in result.stderr
    assert "Traceback" not in result.output
    assert run("keys", "rotate", "--resume").stdout.endswith("; 0 people were moved to it.\n")


def test_a_keyring_that_others_can_read(run: Run, held: Path) -> None:
    """Neither its versions are shown nor is it rotated."""
    path = held / "keyring.json"
    content = path.read_bytes()
    path.chmod(0o644)
    try:
        for command in ("status", "rotate"):
            result = run("keys", command)
            assert result.exit_code == 1
            assert f"chmod 600 on {path}" in result.stderr or "chmod 600" in result.stderr
    finally:
        path.chmod(0o600)
    assert path.read_bytes() == content


async def test_keys_are_not_rotated_within_a_load(tmp_path: Path) -> None:
    """The load would go on sealing under the key that it began with: it has to be finished first."""
    data = tmp_path / "data"
    engine = EmbeddedEngine(data, heap="512m")
    await engine.start()
    try:
        ensure_keyring(data / "keyring.json", people=0)
        async with Graph(engine) as graph:
            begun = Load("a city", True, 12, 1, "2013-06-20", 1, 0, False)  # noqa: FBT003 - a row.
            await graph.write(intake.begin, begun)
        result = await asyncio.to_thread(subprocess_of, data, "keys", "rotate")
    finally:
        await engine.stop()
    assert result.returncode == 1
    assert "civic: " in result.stderr
    assert read_keyring(data / "keyring.json").versions == (1,)


def subprocess_of(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command in a process of its own, since a loop runs in this one."""
    program = "from directory.cli.main import civic; civic(prog_name='civic')"
    return subprocess.run(  # noqa: S603 - our own program.
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, "DATA": str(data)},
        cwd=Path(__file__).parents[3],
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
