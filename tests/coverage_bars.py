"""The bars that the tests' coverage has to reach, package by package, branches included."""

import json
import sys
from pathlib import Path

BARS = {"consent": 100.0, "graph": 99.0, "directory": 90.0}


def main(report: str) -> int:
    """Print each package's coverage against its bar, from coverage's JSON report, and return 1 where one is missed."""
    files = json.loads(Path(report).read_text(encoding="utf-8"))["files"]
    missed = 0
    for package, bar in BARS.items():
        covered = total = 0
        for name, file in files.items():
            if name.startswith(f"{package}/"):
                summary = file["summary"]
                covered += summary["covered_lines"] + summary["covered_branches"]
                total += summary["num_statements"] + summary["num_branches"]
        reached = 100.0 * covered / max(total, 1)
        met = reached >= bar
        missed += not met
        print(f"{package}: {reached:.2f} % covered, bar {bar:.0f} %{'' if met else ': MISSED'}")  # noqa: T201
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
