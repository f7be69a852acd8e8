"""Standings on the participant: what is stored and read back decides exactly as the standing itself does."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.gate import decide, decide_fields
from consent.permit import Permit
from consent.scope import Scope
from consent.standing import Enrolment, PurposeStanding, Standing
from consent.vocabulary import CONSENTED_PURPOSES, Channel, Field, Purpose, State
from graph import standings
from graph.standings import PROPERTIES, field_mark, read_standing, to_properties

NOW = 1_000
EVERYWHERE = Scope("actor", "bureau", frozenset(Purpose), None, None)

purposes = st.dictionaries(
    st.sampled_from(Purpose),
    st.builds(
        PurposeStanding,
        state=st.sampled_from(State),
        fields=st.frozensets(st.sampled_from(Field)),
        channels=st.frozensets(st.sampled_from(Channel)),
        until=st.integers(0, 2 * NOW),
        sensitive=st.booleans(),
    ),
)
enrolments = st.none() | st.builds(Enrolment, st.sampled_from(["bureau", "district"]), st.integers(0, 2 * NOW))
held_fields = st.frozensets(st.sampled_from(Field))


def row_of(properties: Mapping[str, Any], purpose: Purpose, held: frozenset[Field]) -> dict[str, Any]:
    """Give the row that a query returns of somebody who holds these properties."""
    names = PROPERTIES[purpose]
    keys = ("name", "sex", "born", "phone", "email", "affiliated", "dong")
    return {
        "id": "person",
        "jurisdiction": "11010",
        "group": "volunteers",
        "state": properties.get(names.state),
        "until": properties.get(names.until),
        "covers": properties.get(names.covers),
        "department": properties.get("enrolment_department"),
        **{key: "value" if field in held else None for field, key in zip(Field, keys, strict=True)},
    }


@given(purposes, enrolments, st.sampled_from(Purpose), held_fields, st.sampled_from([None, *Channel]), st.booleans())
def test_what_is_read_back_is_decided_as_what_was_stored(  # noqa: PLR0913, PLR0917 - each is drawn on its own.
    recorded: dict[Purpose, PurposeStanding],
    enrolment: Enrolment | None,
    purpose: Purpose,
    held: frozenset[Field],
    channel: Channel | None,
    sensitive: bool,  # noqa: FBT001 - drawn
) -> None:
    """For every field the gate answers the same of the standing and of its copy in the graph."""
    truth = Standing("person", "11010", "volunteers", held, recorded, enrolment)
    copy = read_standing(row_of(to_properties(recorded, enrolment), purpose, held), purpose)
    for field in Field:
        of_truth, of_copy = (
            decide(standing, field, purpose, EVERYWHERE, NOW, channel=channel, sensitive=sensitive)
            for standing in (truth, copy)
        )
        assert type(of_truth) is type(of_copy)
        assert str(of_truth) == str(of_copy)
    together = decide_fields(truth, Field, purpose, EVERYWHERE, NOW)
    assert together == [decide(truth, field, purpose, EVERYWHERE, NOW) for field in Field]


@given(purposes, enrolments, st.sampled_from(Purpose))
def test_the_stored_end_is_in_force_exactly_where_the_gate_permits(
    recorded: dict[Purpose, PurposeStanding], enrolment: Enrolment | None, purpose: Purpose
) -> None:
    """What queries filter on, end, covers and department, lets through whom the gate permits something."""
    properties = to_properties(recorded, enrolment)
    names = PROPERTIES[purpose]
    standing = Standing("person", "11010", "volunteers", frozenset(Field), recorded, enrolment)
    ours = purpose is not Purpose.ENROLMENT or properties.get("enrolment_department") == "bureau"
    in_force = ours and properties.get(names.until, 0) > NOW
    for field in Field:
        permitted = isinstance(decide(standing, field, purpose, EVERYWHERE, NOW), Permit)
        assert permitted == (in_force and field_mark(field) in properties[names.covers])


def test_what_was_never_asked_leaves_no_property() -> None:
    """Neither a purpose without a decision nor somebody without enrolment has anything stored."""
    assert to_properties({purpose: PurposeStanding(State.NOT_ASKED) for purpose in CONSENTED_PURPOSES}, None) == {}


@pytest.mark.parametrize("state", [State.REFUSED, State.WITHDRAWN, State.EXPIRED])
def test_a_closed_purpose_keeps_its_state_alone(state: State) -> None:
    """Nothing that a query filters on stays behind, whatever had been agreed to before."""
    before = PurposeStanding(state, frozenset(Field), frozenset(Channel), 2 * NOW, sensitive=True)
    assert to_properties({Purpose.CITY_NEWS: before}, None) == {"city_news_state": str(state)}


def test_marks_are_told_apart_by_the_spaces_round_them() -> None:
    """The channel EMAIL is no consent to show the field EMAIL."""
    by_mail = PurposeStanding(State.GRANTED, frozenset({Field.NAME}), frozenset({Channel.EMAIL}), 2 * NOW)
    line = to_properties({Purpose.CITY_NEWS: by_mail}, None)["city_news_covers"]
    assert line == " NAME by:EMAIL "
    assert field_mark(Field.EMAIL) not in line


@pytest.mark.parametrize(
    "broken",
    [
        {"state": None, "until": 2 * NOW, "covers": " NAME "},
        {"state": "UNHEARD_OF", "until": 2 * NOW, "covers": " NAME "},
        {"state": "GRANTED", "until": None, "covers": " NAME "},
        {"state": "GRANTED", "until": 2 * NOW, "covers": None},
        {"state": "GRANTED", "until": 2 * NOW, "covers": "NAME"},
    ],
)
def test_what_is_missing_or_unknown_in_the_graph_refuses(broken: dict[str, Any]) -> None:
    """Silence is not consent: no state, no end or no readable line of marks permits nothing."""
    row = row_of({}, Purpose.CITY_NEWS, frozenset(Field)) | broken
    standing = read_standing(row, Purpose.CITY_NEWS)
    for field in Field:
        assert not isinstance(decide(standing, field, Purpose.CITY_NEWS, EVERYWHERE, NOW), Permit)


def test_an_enrolment_without_an_end_is_over() -> None:
    """A department that may ask until nobody knows when may not ask."""
    row = row_of({"enrolment_department": "bureau"}, Purpose.ENROLMENT, frozenset(Field))
    standing = read_standing(row, Purpose.ENROLMENT)
    assert standing.enrolment == Enrolment("bureau", 0)
    assert not isinstance(decide(standing, Field.NAME, Purpose.ENROLMENT, EVERYWHERE, NOW), Permit)


def test_lines_past_the_memory_for_them_are_read_all_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    """The memory of lines is bounded, and only saves time."""
    monkeypatch.setattr(standings, "_MOST_LINES", 0)
    monkeypatch.setattr(standings, "_READ_LINES", {})
    for _ in range(2):
        row = row_of({}, Purpose.CITY_NEWS, frozenset(Field))
        row |= {"state": "GRANTED", "until": 2 * NOW, "covers": " SEX SENSITIVE "}
        recorded = read_standing(row, Purpose.CITY_NEWS).purposes[Purpose.CITY_NEWS]
        assert recorded == PurposeStanding(State.GRANTED, frozenset({Field.SEX}), until=2 * NOW, sensitive=True)
    assert standings._READ_LINES == {}
