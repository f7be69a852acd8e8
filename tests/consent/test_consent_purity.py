"""The purity of consent: values in, decisions out, read from its source."""

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2] / "consent"
SOURCES = sorted(ROOT.rglob("*.py"))

# The outside world: files, processes, network, environment, clock, randomness, logs, and the layers above.
FORBIDDEN_IMPORTS = {
    *("asyncio", "fileinput", "glob", "http", "io", "logging", "multiprocessing", "os", "pathlib", "random"),
    *("secrets", "select", "shutil", "signal", "socket", "ssl", "subprocess", "sys", "tempfile", "threading"),
    *(
        "time",
        "urllib",
        "uuid",
        "dns",
        "directory",
        "graph",
        "httpx",
        "neo4j",
        "starlette",
        "strawberry",
        "uvicorn",
    ),
}
FORBIDDEN_CALLS = {
    *("open", "input", "print", "breakpoint", "exec", "eval", "__import__"),
    *("now", "utcnow", "today", "time", "time_ns", "monotonic", "perf_counter"),
    *("urandom", "token_bytes", "token_hex", "generate_key", "getenv", "uuid4"),
}


def impurities(source: str) -> set[str]:
    """Return the forbidden imports and calls of a module's source."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names} & FORBIDDEN_IMPORTS
        elif isinstance(node, ast.ImportFrom):
            found |= {(node.module or "").partition(".")[0]} & FORBIDDEN_IMPORTS
        elif isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            found |= {called} & FORBIDDEN_CALLS
    return found


@pytest.mark.parametrize("path", SOURCES, ids=[path.stem for path in SOURCES])
def test_a_module_of_consent_touches_nothing_outside(path: Path) -> None:
    """No module opens a file, asks the clock, draws randomness or reads the environment."""
    assert impurities(path.read_text(encoding="utf-8")) == set()


@pytest.mark.parametrize(
    "source",
    [
        "import os",
        "import os.path as p",
        "from socket import socket",
        "from datetime import datetime\ndatetime.now()",
        "def f():\n    import random",
        "open('x')",
        "Path('x').open()",
        "AESGCM.generate_key(256)",
    ],
)
def test_an_impure_module_would_be_found(source: str) -> None:
    """The search finds what it is there to find."""
    assert impurities(source)
