"""Korean time: nine hours before Greenwich, summer and winter."""

from datetime import UTC, datetime

import pytest

from consent.korean_time import in_seoul


@pytest.mark.parametrize(
    ("instant", "there"),
    [
        (datetime(2013, 6, 20, 14, 59, 59, tzinfo=UTC), "2013-06-20T23:59:59+09:00"),
        (datetime(2013, 6, 20, 15, 0, tzinfo=UTC), "2013-06-21T00:00:00+09:00"),
        (datetime(2013, 12, 31, 15, 0, tzinfo=UTC), "2014-01-01T00:00:00+09:00"),
    ],
)
def test_the_day_changes_at_midnight_in_seoul(instant: datetime, there: str) -> None:
    """An instant has its day and year by Korean time."""
    assert in_seoul(int(instant.timestamp() * 1000)).isoformat() == there
