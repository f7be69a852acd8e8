"""The embedded engine's installation and command line."""

import os
import sys
from pathlib import Path

import pytest

from graph.engines import arcadedb
from graph.engines.arcadedb import Installation, command, environment, find_installation
from graph.errors import EngineMissing


def test_the_engine_is_found_without_importing_it() -> None:
    """Importing the package would start Java inside this process."""
    found = find_installation()
    assert found.java.is_file()
    assert any(jar.name.startswith("arcadedb-bolt-") for jar in found.jars)
    assert "arcadedb_embedded" not in sys.modules
    assert "jpype" not in sys.modules


def test_what_is_not_used_is_left_out() -> None:
    """Extensions on the class path are started, and each is a way in."""
    names = [jar.name for jar in find_installation().jars]
    for part in ("-mcp-", "-postgresw-", "-redisw-", "-graphql-", "-console-"):
        assert not [name for name in names if part in name]


def test_a_missing_engine_is_said() -> None:
    """The sentence says what to install, or what to use in its place."""
    with pytest.raises(EngineMissing, match=r"install the package arcadedb-embedded, or, .* GRAPH_URL"):
        find_installation("no_such_package_at_all")


def test_half_an_engine_is_no_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A package without its Java, without its jars, or a module in place of a package."""
    monkeypatch.syspath_prepend(tmp_path)
    (tmp_path / "half_a_module.py").touch()
    half = tmp_path / "half_an_engine"
    (half / "jars").mkdir(parents=True)
    (half / "__init__.py").touch()
    (half / "jars" / "one.jar").touch()
    for name in ("half_a_module", "half_an_engine"):
        with pytest.raises(EngineMissing):
            find_installation(name)
    java = half / "jre" / "bin" / "java"
    java.parent.mkdir(parents=True)
    java.touch()
    assert find_installation("half_an_engine") == Installation(java, (half / "jars" / "one.jar",))
    (half / "jars" / "one.jar").unlink()
    with pytest.raises(EngineMissing):
        find_installation("half_an_engine")


def test_the_command_line_is_safe_to_be_seen(tmp_path: Path) -> None:
    """Everybody on the machine can read it: it names the password's file, and the safe settings."""
    password = tmp_path / "engine-password"
    line = command(
        Installation(Path("/java"), ()),
        home=tmp_path,
        logging=tmp_path / "l",
        password=password,
        port=21000,
        heap="1g",
    )
    assert str(os.getpid()) in line
    for argument in (
        "-Xmx1g",
        f"-Darcadedb.server.rootPath={tmp_path}",
        f"-Darcadedb.server.rootPasswordPath={password}",
        "-Darcadedb.server.mode=production",
        "-Darcadedb.txWalFlush=2",
        "-Darcadedb.bolt.host=127.0.0.1",
        "-Darcadedb.bolt.port=21000",
        "-Darcadedb.server.httpIncomingHost=127.0.0.1",
        "-Darcadedb.support.autoRegister=false",
    ):
        assert argument in line


def test_the_engine_does_not_inherit_the_applications_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its environment is its own."""
    monkeypatch.setenv("GRAPH_PASSWORD", "secret-word")
    monkeypatch.setenv("JAVA_TOOL_OPTIONS", "-Xmx1m")
    own = environment(Installation(Path("/java"), (Path("/a.jar"), Path("/b.jar"))))
    assert own == {"CLASSPATH": f"/a.jar{os.pathsep}/b.jar", "PATH": os.defpath, "LANG": "C.UTF-8"}


def test_failed_statements_stay_out_of_the_log() -> None:
    """They come with the values that they failed on; in development that is what one wants to see."""
    assert "BoltNetworkExecutor.level = OFF" in arcadedb.LOGGING_WITHOUT_STATEMENTS
    assert "BoltNetworkExecutor" not in arcadedb.LOGGING
