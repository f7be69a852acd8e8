"""The one clock of the application; everything below it is told what time it is."""

import time
from datetime import UTC, date, datetime, timedelta


def now() -> int:
    """Return the instant in epoch milliseconds."""
    return time.time_ns() // 1_000_000


def today() -> date:
    """Return the day that it is in Seoul."""
    return (datetime.now(UTC) + timedelta(hours=9)).date()
