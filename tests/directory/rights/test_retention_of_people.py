"""Whom a sweep leaves alone, whom it lists, and what no longer holds it up (P9, P11)."""

from typing import Any

import pytest

from consent.cases import CaseKind, CaseState, open_case, step
from consent.cases import CaseStep as Step
from consent.notice_book import NoticeBook
from consent.notice_parts import Words
from consent.notices import content_hash
from consent.vocabulary import EventKind, Field, Purpose
from directory.notices.book import load_book
from directory.rights import retention as sweeps
from directory.rights.retention import GONE_AFTER, WAITING_KEPT, Retention, Sort
from graph import cases
from graph.cases import Waiting
from tests.consent.making_notices import successor
from tests.directory.rights.sweeps import AT, END, Sweeper, record
from tests.loaded_city import DAY

WANTED = Waiting(Field.PHONE, "sealed", "f" * 32)


async def test_whoever_asked_for_a_pause_is_kept(sweeper: Sweeper) -> None:
    """P9: a suspended consent reads as none for every use, and is none of the reasons to destroy anybody."""
    await record(sweeper, EventKind.GRANTED, AT, until=AT + 600 * DAY)
    await record(sweeper, EventKind.RESTRICTED, AT + DAY)
    assert (await sweeper.sweep(AT + 300 * DAY, Sort.PEOPLE, act=False)).found == 0
    await record(sweeper, EventKind.RELEASED, AT + 301 * DAY)
    await record(sweeper, EventKind.RESTRICTED, AT + 302 * DAY)
    assert (await sweeper.sweep(AT + 600 * DAY + GONE_AFTER - 1, Sort.PEOPLE, act=False)).found == 0
    assert (await sweeper.sweep(AT + 600 * DAY + GONE_AFTER, Sort.PEOPLE, act=False)).found == 1


async def test_a_pause_of_what_was_taken_back_keeps_nobody(sweeper: Sweeper) -> None:
    """Beneath the suspension nothing stands any more."""
    await record(sweeper, EventKind.GRANTED, AT, until=AT + 600 * DAY)
    await record(sweeper, EventKind.RESTRICTED, AT + DAY)
    await record(sweeper, EventKind.WITHDRAWN, AT + 2 * DAY)
    assert (await sweeper.sweep(AT + 2 * DAY + GONE_AFTER - 1, Sort.PEOPLE, act=False)).found == 0
    assert (await sweeper.sweep(AT + 2 * DAY + GONE_AFTER, Sort.PEOPLE, act=False)).found == 1


@pytest.fixture
def changed() -> tuple[NoticeBook, int]:
    """Give a book in which another text of the city's news came out, and when."""
    book = load_book()
    first = book.get("city-news/1")
    assert first is not None
    notices = [*book.notices, successor(first, AT + 2 * DAY, title=Words("새 제목", "A new title"))]
    hashes = {notice.id: content_hash(notice) for notice in notices}
    return NoticeBook(notices, hashes), AT + 2 * DAY


async def test_whoever_agreed_to_another_text_is_asked_again(sweeper: Sweeper, changed: tuple[NoticeBook, int]) -> None:
    """P1: from the day of the new text on, and no more once they agreed to that; others are not on the list."""
    book, out = changed
    await record(sweeper, EventKind.GRANTED, AT, until=AT + 600 * DAY)

    async def listed(now: int, of: NoticeBook) -> list[str]:
        return await Retention(sweeper.city.graph, lambda: now, "a-sweep").re_ask_list(Purpose.CITY_NEWS, of)

    assert await listed(out, load_book()) == []
    assert await listed(out - 1, book) == []
    assert await listed(out, book) == [sweeper.person.id]
    await record(sweeper, EventKind.GRANTED, out + DAY, until=AT + 600 * DAY, notice="city-news/2")
    assert await listed(out + DAY, book) == []


async def test_a_correction_that_nobody_confirmed_holds_nothing_up(sweeper: Sweeper) -> None:
    """P11: past its deadline it is refused, in both languages, so that the person goes when their time has come."""
    graph, over = sweeper.city.graph, AT + 400 * DAY
    await record(sweeper, EventKind.REFUSED, AT)
    case = open_case(CaseKind.CORRECTION, id="c" * 32, person=sweeper.person.id, by="kiosk", now=AT)
    await graph.write(cases.add, case, WANTED)
    assert (await sweeper.sweep(over, Sort.PEOPLE, act=False)).found == 0
    assert (await sweeper.sweep(case.due - 1, Sort.UNCONFIRMED, act=True)).found == 0
    listed = await sweeper.sweep(case.due, Sort.UNCONFIRMED, act=False)
    assert (listed.found, listed.done, listed.ids) == (1, 0, (case.id,))
    assert (await sweeper.sweep(case.due, Sort.UNCONFIRMED, act=True)).done == 1
    stored = await graph.read(cases.one, case.id)
    assert stored is not None
    assert (stored.case.state, stored.case.answered) == (CaseState.REFUSED_WITH_REASON, case.due)
    assert stored.case.answered_by == "a-sweep"
    assert "기한" in stored.case.reason
    assert "in time" in stored.case.reason
    # What was wanted is still there for an appeal.
    assert stored.waiting == WANTED
    assert (await sweeper.sweep(case.due, Sort.UNCONFIRMED, act=True)).found == 0
    assert (await sweeper.sweep(over, Sort.PEOPLE, act=True)).done == 1


async def test_what_was_answered_meanwhile_is_not_closed(sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch) -> None:
    """A case that was decided between the look and the write stays as it was decided."""
    graph = sweeper.city.graph
    case = open_case(CaseKind.CORRECTION, id="c" * 32, person=sweeper.person.id, by="kiosk", now=AT)
    done = step(case, Step.ANSWER, at=AT, by="officer")
    await graph.write(cases.add, done)
    calls: list[int] = []

    async def stale(*_: Any) -> list[str]:  # noqa: ANN401 - the arguments of a look.
        calls.append(1)
        return [case.id, "d" * 32] if len(calls) == 1 else []

    monkeypatch.setattr(sweeps.retention, "unconfirmed", stale)
    await sweeper.sweep(case.due, Sort.UNCONFIRMED, act=True)
    stored = await graph.read(cases.one, case.id)
    assert stored is not None
    assert stored.case == done


async def test_a_refused_contact_is_forgotten_after_ninety_days(sweeper: Sweeper) -> None:
    """As long as an appeal may be granted it stays, and no longer; the case itself stays."""
    graph = sweeper.city.graph
    case = open_case(CaseKind.CORRECTION, id="c" * 32, person=sweeper.person.id, by="kiosk", now=AT)
    refused = step(case, Step.REFUSE, at=AT, by="officer", reason="because")
    await graph.write(cases.add, refused, WANTED)
    assert (await sweeper.sweep(AT + WAITING_KEPT, Sort.WAITING, act=True)).found == 0
    assert (await sweeper.sweep(AT + WAITING_KEPT + 1, Sort.WAITING, act=False)).ids == (case.id,)
    assert (await sweeper.sweep(AT + WAITING_KEPT + 1, Sort.WAITING, act=True)).done == 1
    stored = await graph.read(cases.one, case.id)
    assert stored is not None
    assert (stored.case, stored.waiting) == (refused, None)
    assert (await sweeper.sweep(AT + WAITING_KEPT + 1, Sort.WAITING, act=True)).found == 0


async def test_a_list_names_all_of_them(sweeper: Sweeper, monkeypatch: pytest.MonkeyPatch) -> None:
    """A dry run is not cut where a sweep goes on in rounds."""
    graph = sweeper.city.graph
    for number in range(7):
        case = open_case(CaseKind.ACCESS, id=f"{number:032d}", person=sweeper.person.id, by="kiosk", now=AT)
        await graph.write(cases.add, step(case, Step.ANSWER, at=AT))
    monkeypatch.setattr(sweeps, "_ROWS_AT_ONCE", 3)
    late = AT + sweeps.CASES_KEPT + 1
    assert (await sweeper.sweep(late, Sort.CASES, act=False)).found == 7
    swept = await sweeper.sweep(late, Sort.CASES, act=True)
    assert (swept.found, swept.done) == (7, 7)
    assert late > END
