"""A data folder with the smallest city that there is, and what the application is told of it."""

from dataclasses import replace
from pathlib import Path
from typing import Final

from directory.settings import Settings

FEWEST: Final = 12


def settings_for(folder: Path, **changes: object) -> Settings:
    """Give the settings for a data folder, on any free port."""
    settings = Settings.from_environment({"DATA": str(folder), "PORT": "0", "GRAPH_HEAP": "512m"})
    return replace(settings, **changes)  # type: ignore[arg-type]


def no_progress(_what: str, _done: int, _total: int) -> None:
    """Show nothing."""
