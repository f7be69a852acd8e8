"""The Neo4j that the tests run on: one that GRAPH_TEST_URL names, or one started here from Maven's jars."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from neo4j import GraphDatabase
from neo4j.exceptions import DriverError, Neo4jError

from graph.engines.engine import Endpoint
from graph.engines.ports import free_port

_HERE = Path(__file__).parent / "neo4j"
_VERSION = "5.26.29"
_PASSWORD = "for-tests-only"
_START_TIME = 180.0


_OLDEST_JAVA = 17


class Neo4jMissing(Exception):
    """There is no Neo4j to test on; the sentence says what is missing."""


def java_version(java: str) -> int:
    """Give the major version of a Java, 0 where it does not tell."""
    answer = subprocess.run([java, "-version"], capture_output=True, text=True, check=False)  # noqa: S603 - the Java that was found
    match = re.search(r'version "(\d+)', answer.stderr)
    return int(match[1]) if match else 0


def _require_java_and_jars(environment: Mapping[str, str]) -> Path:
    java = shutil.which("java", path=environment.get("PATH"))
    if java is None or java_version(java) < _OLDEST_JAVA:
        sentence = "there is no Java 17 on this machine, and GRAPH_TEST_URL is not set"
        raise Neo4jMissing(sentence)
    jars = _jars(environment)
    if jars.is_dir():
        return jars
    if shutil.which("mvn", path=environment.get("PATH")) is None:
        sentence = "there is no Maven on this machine, and GRAPH_TEST_URL is not set"
        raise Neo4jMissing(sentence)
    if subprocess.run([_HERE / "fetch", jars], env=dict(environment), check=False).returncode:  # noqa: S603 - our own script
        sentence = "Maven could not fetch its jars"
        raise Neo4jMissing(sentence)
    return jars


@contextmanager
def running_neo4j(home: Path, environment: Mapping[str, str] = os.environ) -> Iterator[Endpoint]:
    """Provide a Neo4j with an empty database, for as long as the context lasts; raises Neo4jMissing."""
    if url := environment.get("GRAPH_TEST_URL"):
        endpoint = Endpoint(
            url,
            environment.get("GRAPH_TEST_USER", "neo4j"),
            environment.get("GRAPH_TEST_PASSWORD", "neo4j"),
            environment.get("GRAPH_TEST_DATABASE", "neo4j"),
        )
        _require_empty(endpoint)
        yield endpoint
        return
    jars = _require_java_and_jars(environment)
    home.mkdir(parents=True, exist_ok=True)
    port = free_port()
    log_path = home / "neo4j.log"
    with log_path.open("wb") as log:
        process = subprocess.Popen(  # noqa: S603 - our own script
            [_HERE / "start", home, str(port)],
            env={**environment, "NEO4J_JARS": str(jars)},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        endpoint = Endpoint(f"bolt://127.0.0.1:{port}", "neo4j", _PASSWORD, "neo4j")
        _await_ready(process, endpoint, log_path)
        yield endpoint
    finally:
        # Its data goes with it, so it need not close its files, which would take it ten seconds.
        process.kill()
        process.wait()


def _jars(environment: Mapping[str, str]) -> Path:
    if given := environment.get("NEO4J_JARS"):
        return Path(given)
    cache = environment.get("CIVIC_CACHE")
    folder = Path(cache) if cache else Path.home() / ".cache" / "civic-directory"
    return folder / f"neo4j-{_VERSION}"


def _await_ready(process: subprocess.Popen[bytes], endpoint: Endpoint, log: Path) -> None:
    deadline = time.monotonic() + _START_TIME
    while process.poll() is None and time.monotonic() < deadline:
        if b"ready" in log.read_bytes():
            _set_password(endpoint)
            return
        time.sleep(0.2)
    tail = log.read_text(errors="replace").splitlines()[-15:]
    sentence = "Neo4j did not start for the tests:\n" + "\n".join(tail)
    raise RuntimeError(sentence)


def _set_password(endpoint: Endpoint) -> None:
    # The first password has to be changed before anything else is allowed.
    with (
        GraphDatabase.driver(endpoint.url, auth=("neo4j", "neo4j")) as driver,
        driver.session(database="system") as session,
    ):
        session.run("ALTER CURRENT USER SET PASSWORD FROM 'neo4j' TO $new", new=endpoint.password).consume()


def _require_empty(endpoint: Endpoint) -> None:
    sentence = None
    try:
        with (
            GraphDatabase.driver(endpoint.url, auth=(endpoint.user, endpoint.password)) as driver,
            driver.session(database=endpoint.database) as session,
        ):
            if session.run("MATCH (n) RETURN n LIMIT 1").peek() is not None:
                sentence = "The database that GRAPH_TEST_URL names is not empty, and tests delete what they find."
    except (DriverError, Neo4jError) as error:
        sentence = f"GRAPH_TEST_URL is set, and there is no Neo4j to use ({type(error).__name__})."
    if sentence is not None:
        raise RuntimeError(sentence)
