"""Reading the record of looks: everything asked for, once, newest first, however many looks share an instant."""

from collections.abc import Iterable
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from consent.vocabulary import Field
from graph import disclosures
from graph.disclosures import Look, Question
from graph.opening import ShownPerson
from graph.transaction import Transaction
from tests.graph.audiences import examples
from tests.graph.looking import ALWAYS, forget, look, read
from tests.loaded_city import NOW, City

_INSTANTS = (NOW, NOW + 1, NOW + 2)


async def _record(tx: Transaction, seen: Iterable[tuple[Look, tuple[str, ...]]]) -> None:
    for one, participants in seen:
        shown = [
            ShownPerson(identity, None, None, None, None, None, None, None, (), frozenset({Field.NAME}))
            for identity in participants
        ]
        await disclosures.record(tx, one, shown)


@given(
    made=st.lists(
        st.tuples(
            st.sampled_from(_INSTANTS),
            st.sampled_from(["one", "other"]),
            st.sets(st.sampled_from("pqrs"), min_size=1).map(lambda chosen: tuple(sorted(chosen))),
        ),
        max_size=12,
    ),
    actor=st.sampled_from([None, "one", "nobody"]),
    participant=st.sampled_from([None, "p", "nobody"]),
    since=st.sampled_from([0, *_INSTANTS]),
    until=st.sampled_from([*_INSTANTS, ALWAYS]),
    limit=st.integers(1, 5),
)
@examples(15)
async def test_records_are_read_newest_first_without_gap_or_double(  # noqa: PLR0913, PLR0917 - each is drawn.
    looks: City,
    made: list[tuple[int, str, tuple[str, ...]]],
    actor: str | None,
    participant: str | None,
    since: int,
    until: int,
    limit: int,
) -> None:
    """Page after page, with many looks of one instant: everything asked for, once, newest first."""
    if actor is None and participant is None:
        actor = "one"
    seen = [(look(at, who), participants) for at, who, participants in made]
    await looks.graph.write(forget)
    await looks.graph.write(_record, seen)
    expected = sorted(
        (-one.at, one.id, identity)
        for one, participants in seen
        for identity in participants
        if actor in {None, one.actor} and participant in {None, identity} and since <= one.at < until
    )
    found: list[tuple[int, str, str]] = []
    question = Question(participant, actor, since, until, None, limit)
    while entries := await read(looks.graph, question):
        assert len(entries) <= limit
        found += [(-entry.look.at, entry.look.id, entry.participant) for entry in entries]
        at, identity, whom = found[-1]
        question = replace(question, before=(-at, identity, whom))
    assert found == expected


async def test_one_full_instant_does_not_end_the_reading(looks: City) -> None:
    """More looks at one instant than fit on a page are all read, one after the other."""
    seen = [(look(identity=f"{number:032x}"), ("p",)) for number in range(10)]
    await looks.graph.write(_record, seen)
    before = None
    for number in range(10):
        (entry,) = await read(looks.graph, Question(None, "actor", 0, ALWAYS, before, 1))
        assert entry.look.id == f"{number:032x}"
        before = (entry.look.at, entry.look.id, entry.participant)
    assert await read(looks.graph, Question(None, "actor", 0, ALWAYS, before, 1)) == []


async def test_of_a_participant_only_the_looks_of_one_actor_are_read_if_asked(looks: City) -> None:
    """Participant and actor together mean both, however many others have looked at the participant."""
    seen = [(look(NOW + number, actor), ("p", "q")) for number, actor in enumerate(["one", "other", "other", "one"])]
    await looks.graph.write(_record, seen)
    found = await read(looks.graph, Question("p", "one", 0, ALWAYS, None, 10))
    assert [(entry.look.at, entry.look.actor, entry.participant) for entry in found] == [
        (NOW + 3, "one", "p"),
        (NOW, "one", "p"),
    ]
