"""The one clock of the application; everything below it is told what time it is."""

import time
from datetime import UTC, date, datetime

from consent.korean_time import SEOUL
from directory.errors import BadInput


def now() -> int:
    """Return the instant in epoch milliseconds."""
    return time.time_ns() // 1_000_000


def today() -> date:
    """Return the day that it is in Seoul."""
    return datetime.now(SEOUL).date()


def milliseconds(instant: datetime, argument: str) -> int:
    """Return an instant that came in as epoch milliseconds; raises BadInput, naming the argument, without an offset."""
    if instant.tzinfo is None:
        raise BadInput(argument, "must carry its offset from UTC, as in 2026-01-31T09:00:00+09:00")
    return int(instant.timestamp() * 1000)


def iso(at: int) -> str:
    """Return an instant in epoch milliseconds as operators read it: ISO 8601, to the second, in UTC."""
    return datetime.fromtimestamp(at / 1000, UTC).isoformat(timespec="seconds")
