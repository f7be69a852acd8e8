"""What is measured apart from a served city: the gate, the screen, the ledger, and moving a city out and in again."""

import tempfile
from collections.abc import Awaitable, Callable
from dataclasses import asdict, replace
from pathlib import Path

from bench import backup, consent, ledger, screening
from bench.errors import BenchStopped
from bench.figures import Section

NOT_MEASURED = "**Not measured.**"
_LEAVES = 1_500_000
_ENTRIES = 2_000
# A first look goes over so many times fewer of everything.
_QUICKER = 20


async def measure_others(people: int, folder: Path, *, quick: bool) -> list[Section]:
    """Measure each in turn; `folder` has the cities that are loaded already. What fails is told in its section."""
    share = _QUICKER if quick else 1

    def gate() -> Section:
        rates = consent.measure_consent(consent.PEOPLE // share)
        return Section("", consent.markdown(rates), [asdict(rate) for rate in rates], [])

    def screen() -> Section:
        found = screening.measure_screening(screening.STRINGS // share)
        return Section("", screening.markdown(found), asdict(found), [screening.bar_of(found)])

    async def places() -> Section:
        with tempfile.TemporaryDirectory(prefix="ledger-", dir=folder) as scratch:
            rows = await ledger.measure_ledger(_LEAVES // share, _ENTRIES // share, Path(scratch))
        return Section("", ledger.markdown(rows), [asdict(row) for row in rows], [])

    async def moving() -> Section:
        # What was restored the last time would be in the way of a restore.
        with tempfile.TemporaryDirectory(prefix="moving-", dir=folder) as scratch:
            moved = await backup.measure(people, folder, Path(scratch))
        return Section("", backup.markdown(moved), asdict(moved), [])

    return [
        await _section("The gate, and folding events", gate),
        await _section("Refusing identifiers", screen),
        await _section("The ledger", places),
        await _section("Backup, restore, rotation", moving),
    ]


async def _section(title: str, measure: Callable[[], Section | Awaitable[Section]]) -> Section:
    """Measure one section; one that fails takes nothing from the others."""
    try:
        measured = measure()
        found = measured if isinstance(measured, Section) else await measured
    except BenchStopped as stopped:
        return Section(title, f"{NOT_MEASURED} {stopped}", None, [])
    return replace(found, title=title)
