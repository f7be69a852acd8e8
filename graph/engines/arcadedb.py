"""ArcadeDB as installed by its wheel: where its Java and its jars are, and the command that runs it."""

import importlib.util
import os
import sys
from dataclasses import dataclass
from pathlib import Path

from graph.engines.orphans import home_argument
from graph.engines.ports import LOOPBACK, WEB_PORTS
from graph.errors import EngineMissing

DATABASE = "civic"
USER = "root"
_PACKAGE = "arcadedb_embedded"
_MAIN_CLASS = "com.arcadedb.server.ArcadeDBServer"
# Left off the class path, so that the engine does not find them: what is not there needs no turning off. The
# engine starts every extension that it finds, and each is a way in or a megabyte that nobody here uses.
_LEFT_OUT = (
    "arcadedb-mcp-",
    "arcadedb-postgresw-",
    "arcadedb-redisw-",
    "arcadedb-graphql-",
    "arcadedb-console-",
)
# Milliseconds after which the engine gives a statement up. It does not know the time limits that the driver
# sends, so without this a statement that its caller gave up would go on using a core until its end.
_LONGEST_STATEMENT = 120_000

# The engine's own logging would write a second log, readable by everybody, into the folder that it runs in.
LOGGING = """\
handlers = java.util.logging.ConsoleHandler
.level = INFO
io.undertow.level = WARNING
org.xnio.level = WARNING
org.jboss.level = WARNING
com.arcadedb.level = INFO
java.util.logging.ConsoleHandler.level = INFO
java.util.logging.ConsoleHandler.formatter = com.arcadedb.log.LogFormatter
"""
# A failed statement is logged with its text and, for a broken constraint, with the values that broke it.
LOGGING_WITHOUT_STATEMENTS = LOGGING + "com.arcadedb.bolt.BoltNetworkExecutor.level = OFF\n"


@dataclass(frozen=True, slots=True)
class Installation:
    """Where the engine's Java and its jars are."""

    java: Path
    jars: tuple[Path, ...]


def find_installation(package: str = _PACKAGE) -> Installation:
    """Find the engine without importing its package, which would start Java inside this process.

    Raises EngineMissing where it is not installed or not whole.
    """
    spec = importlib.util.find_spec(package)
    if spec is None or not spec.submodule_search_locations:
        raise EngineMissing
    folder = Path(spec.submodule_search_locations[0])
    java = folder / "jre" / "bin" / "java"
    jars = tuple(sorted(jar for jar in (folder / "jars").glob("*.jar") if not jar.name.startswith(_LEFT_OUT)))
    if not java.is_file() or not jars:
        raise EngineMissing
    return Installation(java, jars)


def command(  # noqa: PLR0913 - each has its name at the call
    installation: Installation, *, home: Path, logging: Path, password: Path, port: int, heap: str
) -> list[str]:
    """Give the command of an engine in `home`, answering Bolt on the port, that ends with this process."""
    settings = {
        "server.mode": "production",
        "server.databaseDirectory": home / "databases",
        "server.defaultDatabases": f"{DATABASE}[{USER}]",
        # By a file, since everybody on the machine can read a command line.
        "server.rootPasswordPath": password,
        "server.plugins": "Bolt:com.arcadedb.bolt.BoltProtocolPlugin",
        "bolt.host": LOOPBACK,
        "bolt.port": port,
        "server.httpIncomingHost": LOOPBACK,
        "server.httpIncomingPort": f"{port + 1}-{port + WEB_PORTS}",
        "server.httpWorkerThreads": 2,
        # An acknowledged write is on the disk (2: data and metadata), not only in the system's cache.
        "txWalFlush": 2,
        "command.timeout": _LONGEST_STATEMENT,
        # It calls nobody, and reads nobody's files.
        "support.autoRegister": "false",
        "opencypher.loadCsv.allowFileUrls": "false",
        "opencypher.loadCsv.allowRemoteUrls": "false",
        "polyglotEngineEnabled": "false",
        "serverMetrics": "false",
    }
    return [
        sys.executable,
        "-I",
        "-S",
        str(Path(__file__).with_name("launch.py")),
        str(os.getpid()),
        "--",
        str(installation.java),
        f"-Xmx{heap}",
        # Out of memory it would go on half dead; ended, it is started again.
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:+UseCompactObjectHeaders",
        "-XX:-UsePerfData",
        "-Dfile.encoding=UTF-8",
        "-Djava.awt.headless=true",
        f"-Djava.util.logging.config.file={logging}",
        home_argument(home),
        *(f"-Darcadedb.{name}={value}" for name, value in settings.items()),
        _MAIN_CLASS,
    ]


def environment(installation: Installation) -> dict[str, str]:
    """Give the engine's whole environment: nothing of the application's, which may hold its secrets."""
    return {
        "CLASSPATH": os.pathsep.join(map(str, installation.jars)),
        "PATH": os.defpath,
        "LANG": "C.UTF-8",
    }
