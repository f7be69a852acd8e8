"""Reading a notice back from its content: exactly what was written, and nothing else."""

from typing import Any

import pytest

from consent.notice_parts import Words
from consent.notice_reading import read_notice
from consent.notices import content
from tests.consent.making_notices import draft, published
from tests.consent.making_receipts import another, places, put

WHOLE = content(published())


@pytest.mark.parametrize(
    "notice",
    [
        published(),
        published(draft(sensitive=None, items=draft().items[:2], recipients=(), overseas=())),
        draft(),
        draft(correction=Words("고침", "put right")),
    ],
)
def test_a_notice_comes_back_as_it_was(notice: Any) -> None:  # noqa: ANN401 - a notice.
    """Whatever parts it has."""
    assert read_notice(content(notice)) == notice


@pytest.mark.parametrize(
    "given",
    [
        {},
        {**WHOLE, "more": 1},
        {**WHOLE, "version": "1"},
        {**WHOLE, "version": True},
        {**WHOLE, "purpose": "NEWS"},
        {**WHOLE, "items": 7},
        {**WHOLE, "title": "title"},
        {**WHOLE, "title": {"ko": "제목", "fr": "titre"}},
        {**WHOLE, "id": "city-news/1"},
        {**WHOLE, "recipients": []},
        {**WHOLE, "channels": [{"channel": "SMS"}]},
    ],
)
def test_what_is_no_notice_is_none(given: Any) -> None:  # noqa: ANN401 - any JSON.
    """A part too many, too few, or of another kind; or an id that is another's."""
    assert read_notice(given) is None


def test_every_value_counts() -> None:
    """A notice that reads back is the one that was written, value by value."""
    for at, value in places(WHOLE):
        changed = put(WHOLE, at, another(value))
        assert read_notice(changed) != published(), at
