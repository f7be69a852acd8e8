"""The rules of the house that no linter knows: short files that say what belongs in them, and thin resolvers."""

import ast
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST_LINES = 300
MOST_RESOLVER_LINES = 8
# A registry's address in a tracked file would bind everybody to it.
_INDEX = re.compile(r"(--(extra-)?index-url|--find-links|^\s*\"?resolved\"?:)", re.MULTILINE)


def main() -> int:
    """Print every breach with its place, and return how the checks went: 0 or 1."""
    files = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "--cached", "--others", "--exclude-standard"],  # noqa: S607 - git is on the path.
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout.splitlines()
    breaches = [breach for name in files if (ROOT / name).is_file() for breach in _breaches(name)]
    for breach in breaches:
        print(breach)  # noqa: T201 - a command line program.
    return 1 if breaches else 0


def _breaches(name: str) -> list[str]:
    if name.endswith((".lock", "Makefile")):
        text = (ROOT / name).read_text(encoding="utf-8")
        named = _INDEX.search(_commands_aside(text))
        return [f"{name}: names a package index or a folder of packages"] if named else []
    if not name.endswith(".py"):
        return []
    text = (ROOT / name).read_text(encoding="utf-8")
    tree = ast.parse(text)
    found = []
    if (lines := text.count("\n")) > MOST_LINES:
        found.append(f"{name}: {lines} lines, at most {MOST_LINES}")
    if not (ast.get_docstring(tree) or "").partition("\n")[0].endswith((".", ",")):
        found.append(f"{name}:1: opens without a sentence that says what belongs there")
    if name.rpartition("/")[2] in {"utils.py", "helpers.py", "common.py", "misc.py"}:
        found.append(f"{name}: is a drawer, not a room")
    if name.startswith("directory/api/schema"):
        found += _thick_resolvers(name, tree)
    return found


def _commands_aside(text: str) -> str:
    """Leave out the options with which the lock files are made, which say that no index is named."""
    return re.sub(r"--no-emit-(index-url|find-links)", "", text)


def _thick_resolvers(name: str, tree: ast.Module) -> list[str]:
    found = []
    for query in ast.walk(tree):
        if not (isinstance(query, ast.ClassDef) and query.name in {"Query", "Mutation", "Subscription"}):
            continue
        for resolver in query.body:
            if isinstance(resolver, ast.FunctionDef | ast.AsyncFunctionDef):
                body = resolver.body[1:]
                lines = (body[-1].end_lineno or 0) - body[0].lineno + 1
                if lines > MOST_RESOLVER_LINES:
                    found.append(f"{name}:{resolver.lineno}: {resolver.name} has {lines} lines")
    return found


if __name__ == "__main__":
    sys.exit(main())
