"""Cases in the graph: kept and read back as they are, moved from the state that was read alone, paged by urgency."""

from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Final

import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from consent.cases import Answer, Case, CaseKind, CaseState, CaseStep, open_case, step
from consent.vocabulary import Channel, Field, Purpose
from graph import cases
from graph.cases import CasePosition, StoredCase, Waiting
from graph.connection import Graph
from graph.transaction import Transaction
from tests.graph.audiences import examples
from tests.loaded_city import NOW, City

WAITING: Final = Waiting(Field.EMAIL, "sealed", "f" * 32)


@pytest_asyncio.fixture
async def kept(city: City) -> AsyncIterator[Graph]:
    """Give the graph, and remove the cases that were written."""
    yield city.graph
    await city.graph.write(forget)


async def forget(tx: Transaction) -> None:
    """Remove every case."""
    await (await tx.run("MATCH (c:Case) DETACH DELETE c")).consume()


def case(identity: str = "c" * 32, person: str = "p" * 32) -> Case:
    """Make an open case."""
    return open_case(CaseKind.CORRECTION, id=identity, person=person, by="kiosk", now=NOW)


@given(
    kind=st.sampled_from(CaseKind),
    state=st.sampled_from(CaseState),
    purposes=st.frozensets(st.sampled_from(Purpose)),
    fields=st.frozensets(st.sampled_from(Field)),
    channels=st.frozensets(st.sampled_from(Channel)),
    answered=st.none() | st.integers(NOW, NOW + 10),
    person=st.sampled_from(["", "p" * 32]),
    waiting=st.none() | st.just(WAITING),
    first=st.none() | st.just(Answer(NOW, "officer", "because")),
)
@examples(15)
async def test_a_case_is_read_as_it_was_kept(  # noqa: PLR0913, PLR0917 - each is drawn.
    kept: Graph,
    kind: CaseKind,
    state: CaseState,
    purposes: frozenset[Purpose],
    fields: frozenset[Field],
    channels: frozenset[Channel],
    answered: int | None,
    person: str,
    waiting: Waiting | None,
    first: Answer | None,
) -> None:
    """Every part of it, also what is empty; and it is in its person's list."""
    await kept.write(forget)
    made = Case("c" * 32, person, kind, state, NOW, NOW + 5, "kiosk", purposes, fields, channels, answered, "x", 3)
    made = replace(made, sensitive=first is None, answered_by="o" if first else "", first=first, events=("z", "a"))
    await kept.write(cases.add, made, waiting)
    assert await kept.read(cases.one, made.id) == StoredCase(made, waiting)
    assert await kept.read(cases.one, "d" * 32) is None
    assert await kept.read(cases.of_person, "p" * 32) == ([made] if person else [])


async def test_a_case_moves_from_the_state_that_was_read(kept: Graph) -> None:
    """Who comes second moves nothing; done, it forgets what was waiting, and a refusal keeps it for an appeal (P9)."""
    opened = case()
    await kept.write(cases.add, opened, WAITING)
    reviewed = step(opened, CaseStep.REVIEW, at=NOW + 1)
    assert await kept.write(cases.move, opened, reviewed)
    assert not await kept.write(cases.move, opened, step(opened, CaseStep.ANSWER, at=NOW + 1))
    assert await kept.read(cases.one, opened.id) == StoredCase(reviewed, WAITING)
    refused = step(reviewed, CaseStep.REFUSE, at=NOW + 2, by="officer", reason="because")
    assert await kept.write(cases.move, reviewed, refused)
    assert await kept.read(cases.one, opened.id) == StoredCase(refused, WAITING)
    appealed = step(refused, CaseStep.APPEAL, at=NOW + 3)
    assert await kept.write(cases.move, refused, appealed)
    assert await kept.read(cases.one, opened.id) == StoredCase(appealed, WAITING)
    done = step(appealed, CaseStep.ANSWER, at=NOW + 4, by="another-officer")
    assert await kept.write(cases.move, appealed, done)
    assert await kept.read(cases.one, opened.id) == StoredCase(done, None)


async def test_accesses_are_counted(kept: Graph) -> None:
    """As long as there is a case to count in."""
    await kept.write(cases.add, case())
    assert await kept.write(cases.count_access, "c" * 32)
    assert not await kept.write(cases.count_access, "d" * 32)
    found = await kept.read(cases.one, "c" * 32)
    assert found is not None
    assert found.case.seen == 1


@given(
    dues=st.lists(st.integers(0, 5), min_size=1, max_size=9),
    size=st.integers(1, 4),
)
@examples(10)
async def test_pages_are_by_deadline_without_gaps(kept: Graph, dues: list[int], size: int) -> None:
    """Through all pages each case once, the most urgent first, also where several are due at one instant."""
    await kept.write(forget)
    made = [replace(case(f"{number:032d}"), due=NOW + due) for number, due in enumerate(dues)]
    for each in made:
        await kept.write(cases.add, each)
    await kept.write(cases.add, replace(case("z" * 32), state=CaseState.DONE))
    found: list[Case] = []
    after: CasePosition | None = None
    while page := await kept.read(cases.page, CaseState.OPEN, after, size):
        assert len(page) <= size
        found += page
        after = CasePosition(page[-1].due, page[-1].id)
    assert found == sorted(made, key=lambda each: (each.due, each.id))
