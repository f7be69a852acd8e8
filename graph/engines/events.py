"""What happens to the embedded engine, told to whoever keeps the log."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum


class EngineEventKind(StrEnum):
    """What happened to the engine."""

    ORPHAN_ENDED = "ORPHAN_ENDED"
    """An engine that outlived a killed application was ended."""
    STARTING = "STARTING"
    """A process was started, and does not answer yet."""
    READY = "READY"
    """The engine answers; the detail is its URL."""
    DIED = "DIED"
    """The process ended without being told to; the detail is its exit status."""
    RESTART_FAILED = "RESTART_FAILED"
    """It could not be started again, and will be tried again; the detail says why."""
    STOPPING = "STOPPING"
    """The engine was told to end."""
    STOPPED = "STOPPED"
    """The engine ended as it was told."""


@dataclass(frozen=True, slots=True)
class EngineEvent:
    """One thing that happened: the process where there is one, and a detail without personal values."""

    kind: EngineEventKind
    pid: int | None = None
    detail: str = ""


Listener = Callable[[EngineEvent], None]


def nobody(event: EngineEvent) -> None:
    """Listen to nothing."""
