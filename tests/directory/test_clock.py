"""The clock: instants in epoch milliseconds, and the day that it is in Seoul."""

import time
from datetime import UTC, date, datetime, timezone
from typing import Self

import pytest

from directory import clock
from directory.errors import BadInput


def test_now_is_in_milliseconds() -> None:
    """It lies between two looks at the machine's own clock."""
    before = int(time.time() * 1000)
    assert before <= clock.now() <= int(time.time() * 1000) + 1


@pytest.mark.parametrize(
    ("instant", "day"),
    [
        (datetime(2013, 6, 20, 14, 59, 59, tzinfo=UTC), date(2013, 6, 20)),
        (datetime(2013, 6, 20, 15, 0, tzinfo=UTC), date(2013, 6, 21)),
        (datetime(2013, 12, 31, 15, 0, tzinfo=UTC), date(2014, 1, 1)),
        (datetime(2013, 6, 20, tzinfo=UTC), date(2013, 6, 20)),
    ],
)
def test_the_day_changes_at_midnight_in_seoul(monkeypatch: pytest.MonkeyPatch, instant: datetime, day: date) -> None:
    """Nine hours before it does in Greenwich, summer and winter."""

    class Stopped(datetime):
        """A clock that stands."""

        @classmethod
        def now(cls, tz: timezone | None = None) -> Self:  # type: ignore[override]
            """Tell the instant."""
            return cls.fromtimestamp(instant.timestamp(), tz)

    monkeypatch.setattr(clock, "datetime", Stopped)
    assert clock.today() == day


def test_an_instant_from_outside_has_its_offset() -> None:
    """Without one nobody knows when it was; the argument is named, and the value is not repeated."""
    assert clock.milliseconds(datetime(2013, 6, 20, tzinfo=UTC), "from") == 1_371_686_400_000
    with pytest.raises(BadInput, match="The argument from must carry its offset") as refusal:
        clock.milliseconds(datetime(2013, 6, 20), "from")  # noqa: DTZ001 - that is what is refused.
    assert "2013" not in str(refusal.value)
