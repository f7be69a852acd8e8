"""Korean time, in which days and years are counted; it has no summer time, so that no time zone database is needed."""

from datetime import datetime, timedelta, timezone
from typing import Final

SEOUL: Final = timezone(timedelta(hours=9))


def in_seoul(at: int) -> datetime:
    """Return an instant (epoch milliseconds) as the date and time that it is in Seoul."""
    return datetime.fromtimestamp(at / 1000, SEOUL)
