"""Moving everybody's data key to the newest key-encryption key, a window of ids at a time, while reads go on (E6)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final, LiteralString

from graph.transaction import Transaction
from graph.windows import Axis

_IN_WINDOW: Final[LiteralString] = """
MATCH (p:Participant) WHERE p.id > $low AND p.id < $high
RETURN p.id AS id, p.data_key AS data_key
"""
_REWRAP: Final[LiteralString] = """
UNWIND $rows AS row MATCH (p:Participant {id: row.id}) SET p.data_key = row.data_key
"""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one window did: people seen, people rewrapped, and where the next window starts."""

    seen: int
    rewrapped: int
    end: int


async def rewrap_window(
    tx: Transaction, axis: Axis, start: int, width: int, rewrap: Callable[[str, str], str]
) -> Stretch:
    """Rewrap the data keys of one window; those that are on the newest key already are left alone.

    `rewrap` takes a person's id and wrapped key and returns the wrapped key as it should be. Repeating a window does
    no harm, so that a rotation which was cut off goes on from the last window that it knows of, or from the start.
    """
    window = axis.window(None, start, width)
    result = await tx.run(_IN_WINDOW, low=window.low, high=window.high)
    wrapped = [(row["id"], row["data_key"]) async for row in result]
    rows = [{"id": person, "data_key": new} for person, old in wrapped if (new := rewrap(person, old)) != old]
    if rows:
        written = await tx.run(_REWRAP, rows=rows)
        await written.consume()
    return Stretch(len(wrapped), len(rows), window.end)
