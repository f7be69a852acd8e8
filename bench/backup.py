"""`python -m bench.backup`: how long a backup, its verification, a restore onto each engine, and a rotation take."""

import argparse
import asyncio
import json
import shutil
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Final

from bench.engines import City, EngineKind, city_on, ensure_loaded, neo4j_missing, require_room
from bench.errors import BenchStopped
from bench.figures import MEGABYTE
from bench.machine import machine_facts
from bench.processes import civic, ended_early, running
from bench.tables import table
from directory.reference.programme import PARTICIPANTS

_KEYS: Final = ("keyring.json", "ledger-key.json")


@dataclass(frozen=True, slots=True)
class Step:
    """One command: how many seconds from its start to its end, and how many times what was compared with it took."""

    what: str
    seconds: float
    ratio: float


@dataclass(frozen=True, slots=True)
class Figures:
    """What was measured of one city, each command against a plain count of everybody, which starts an engine too."""

    people: int
    archive_megabytes: float
    steps: list[Step]


async def measure(people: int, cities: Path, folder: Path) -> Figures:
    """Back up a city, which is loaded where it is not in `cities` yet, verify and restore it, and rotate its keys."""
    kinds = [EngineKind.EMBEDDED] + ([] if neo4j_missing() else [EngineKind.NEO4J])
    require_room(folder, people, len(kinds) + 1)
    seconds: dict[str, float] = {}
    archive, identity = folder / "archive", folder / "identity.txt"
    async with city_on(EngineKind.EMBEDDED, people, cities) as city:
        _say(f"loading {people:,} people")
        await ensure_loaded(city)
        await _timed(city, "keys", "status")
        # In a folder that is kept there may be a recipient whose identity went with an earlier run.
        (city.data / "backup-recipient.txt").unlink(missing_ok=True)
        await _timed(city, "backup", "key", "--identity", str(identity))
        seconds["starting the engine, for comparison"] = await _timed(city, "key", "list")
        seconds["backup"] = await _timed(city, "backup", "make", str(archive))
        opening = ("--identity", str(identity))
        seconds["verification of the archive"] = await _timed(city, "backup", "verify", str(archive), *opening)
        seconds["rotation"] = await _timed(city, "keys", "rotate")
        keys = folder / "keys"
        keys.mkdir(exist_ok=True)
        for name in _KEYS:
            if (city.data / name).exists():
                shutil.copy(city.data / name, keys)
        for kind in kinds:
            async with city_on(kind, people, folder / "restored") as target:
                restoring = ("restore", str(archive), *opening, "--keys", str(keys))
                with_journal = City(people, target.home, target.environment | {"JOURNAL": str(city.data)})
                seconds[f"restore onto {kind}"] = await _timed(with_journal, *restoring)
    megabytes = sum(path.stat().st_size for path in archive.iterdir()) / MEGABYTE
    baseline = min(seconds.values())
    steps = [Step(what, taken, taken / baseline) for what, taken in seconds.items()]
    return Figures(people, megabytes, steps)


async def _timed(city: City, *arguments: str) -> float:
    """Run a command to its end, and return how long that took."""
    _say(f"civic {arguments[0]} {arguments[1]}")
    begun = time.perf_counter()
    async with running(civic(*arguments), city.environment, city.log) as process:
        if await process.wait() != 0:
            raise ended_early(f"civic {arguments[0]}", city.log)
    return time.perf_counter() - begun


def markdown(figures: Figures) -> str:
    """Return the figures as a table."""
    rows = [(step.what, f"{step.seconds:.1f}", f"{step.ratio:.1f}") for step in figures.steps]
    head = f"{figures.people:,} people; the archive has {figures.archive_megabytes:,.0f} MB.\n\n"
    return head + table(("", "seconds", "times the shortest"), rows)


def _say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.backup", description=__doc__)
    parser.add_argument("--people", type=int, default=PARTICIPANTS, help="a smaller city")
    parser.add_argument("--json", action="store_true", help="print JSON instead of a table")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory(prefix="civic-bench-") as folder:
        try:
            figures = asyncio.run(measure(options.people, Path(folder), Path(folder)))
        except BenchStopped as stopped:
            _say(str(stopped))
            return 1
    if options.json:
        print(json.dumps({"machine": machine_facts(), **asdict(figures)}, indent=2))
    else:
        print(markdown(figures))
    return 0


if __name__ == "__main__":
    sys.exit(main())
