"""What the connection needs to know of an engine, whichever it is: where it answers, and as whom to ask."""

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where an engine answers Bolt: its URL, the user and password, and the name of the database."""

    url: str
    user: str
    password: str = field(repr=False)
    database: str


class Engine(Protocol):
    """An engine that answers now, will answer again, or is known to be down."""

    @property
    def endpoint(self) -> Endpoint:
        """Where it answers; may change with `generation`."""

    @property
    def generation(self) -> int:
        """A number that grows whenever the engine was started anew, so that old connections are dead."""

    @property
    def available(self) -> bool:
        """False while the engine is known to be down, so that nobody waits for it."""
