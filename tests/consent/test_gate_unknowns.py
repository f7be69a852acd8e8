"""The gate before values that it does not know: it refuses, and never raises."""
# ruff: noqa: ANN401 - the tests pass values of every type on purpose.

from dataclasses import fields
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from consent.gate import decide, decide_fields
from consent.permit import Permit, Refusal
from consent.scope import Scope
from consent.standing import Enrolment, PurposeStanding, Standing
from consent.vocabulary import Channel, Field, Purpose, Sex, State

NOW = 1_700_000_000_000
CONSENT = PurposeStanding(State.GRANTED, frozenset(Field), frozenset(Channel), NOW + 1, sensitive=True)
STANDING = Standing("p1", "11010", "fire", frozenset(Field), {Purpose.CITY_NEWS: CONSENT}, Enrolment("bureau", NOW + 1))
SCOPE = Scope("actor", "bureau", frozenset(Purpose), None, None)

# Values of every wrong kind, near misses among them: the plain text of a member, an unhashable, a number that
# compares, a member of another enumeration.
JUNK = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.text(max_size=8),
    st.binary(max_size=8),
    st.lists(st.text(max_size=3), max_size=2),
    st.sampled_from([*map(str.__str__, ("NAME", "SMS", "CITY_NEWS", "GRANTED", "ENROLMENT")), Sex.MALE, object(), {}]),
)


def ask(standing: Any = STANDING, scope: Any = SCOPE, now: Any = NOW, **changes: Any) -> Permit | Refusal:
    """Ask for a sensitive affiliation by SMS, which takes every part of a standing, but for the changes."""
    asked: dict[str, Any] = {"field": Field.AFFILIATION, "purpose": Purpose.CITY_NEWS}
    asked |= {"channel": Channel.SMS, "sensitive": True} | changes
    return decide(standing, asked.pop("field"), asked.pop("purpose"), scope, now, **asked)


def changed(instance: Any, name: str, value: Any) -> Any:
    """Copy a standing or a part of one with one value replaced, whatever its type."""
    kept = {part.name: getattr(instance, part.name) for part in fields(instance)}
    return type(instance)(**kept | {name: value})


def test_the_untouched_question_is_permitted() -> None:
    """The question that the other tests spoil is permitted, so that each refusal is the spoilt value's."""
    assert isinstance(ask(), Permit)
    assert isinstance(decide(STANDING, Field.NAME, Purpose.ENROLMENT, SCOPE, NOW), Permit)


@given(junk=JUNK, name=st.sampled_from(["standing", "scope", "now", "field", "purpose", "channel", "sensitive"]))
def test_an_unknown_argument_is_refused(junk: object, name: str) -> None:
    """Whatever is not exactly of the expected type is unknown, and unknown means refused."""
    is_known = (name == "channel" and junk is None) or (name == "sensitive" and isinstance(junk, bool))
    answer = ask(**{name: junk})
    assert isinstance(answer, Permit if is_known else Refusal)


@given(junk=JUNK, name=st.sampled_from(["standing", "scope", "now", "purpose", "field"]), enrolment=st.booleans())
def test_several_fields_are_decided_as_each_alone(
    junk: Any,
    name: str,
    enrolment: bool,  # noqa: FBT001 - drawn
) -> None:
    """An unknown value among the fields, or beside them, changes no more than it does for one field."""
    asked: dict[str, Any] = {"standing": STANDING, "scope": SCOPE, "now": NOW, "field": Field.NAME}
    asked |= {"purpose": Purpose.ENROLMENT if enrolment else Purpose.CITY_NEWS} | {name: junk}
    fields_asked = [*Field, asked.pop("field")]
    alone = [decide(field=field, **asked) for field in fields_asked]
    assert decide_fields(fields=fields_asked, **asked) == alone


@given(junk=JUNK, name=st.sampled_from(["jurisdiction", "group", "person", "held", "purposes"]))
@example(junk=["NAME"], name="held")
@example(junk={Field.NAME, Field.AFFILIATION}, name="held")
@example(junk="AFFILIATION", name="held")
@example(junk="", name="person")
def test_an_unreadable_standing_is_refused(junk: object, name: str) -> None:
    """A standing that holds a value of a wrong type is refused, but for text where text belongs."""
    is_known = name in {"jurisdiction", "group", "person"} and type(junk) is str and junk != ""
    assert isinstance(ask(changed(STANDING, name, junk)), Permit if is_known else Refusal)


@given(junk=JUNK, name=st.sampled_from(["state", "fields", "channels", "until", "sensitive"]))
@example(junk="GRANTED", name="state")
@example(junk="AFFILIATION,NAME", name="fields")
@example(junk="SMS", name="channels")
@example(junk=1e300, name="until")
@example(junk=1, name="sensitive")
def test_an_unreadable_purpose_is_refused(junk: object, name: str) -> None:
    """A purpose's record that holds a value of a wrong type is refused, even where it would compare."""
    consent = changed(CONSENT, name, junk)
    answer = ask(changed(STANDING, "purposes", {Purpose.CITY_NEWS: consent}))
    assert isinstance(answer, Permit if name == "sensitive" and junk is True else Refusal)


@given(junk=JUNK)
def test_an_unreadable_record_is_refused(junk: object) -> None:
    """A record of an unknown type is refused as never asked, for a consented purpose and for ENROLMENT."""
    standing = changed(STANDING, "purposes", dict.fromkeys(Purpose, junk))
    for purpose in Purpose:
        answer = decide(standing, Field.NAME, purpose, SCOPE, NOW)
        assert isinstance(answer, Refusal)
        assert answer.reason.value == "NOT_ASKED"


@given(junk=JUNK, name=st.sampled_from(["department", "until", "state", "enrolment"]))
def test_an_unreadable_enrolment_is_refused(junk: object, name: str) -> None:
    """An enrolment or a record of it that cannot be read discloses nothing."""
    standing = STANDING
    if name == "enrolment":
        standing = changed(standing, name, junk)
    elif name == "state":
        standing = changed(standing, "purposes", {Purpose.ENROLMENT: changed(CONSENT, name, junk)})
    else:
        standing = changed(standing, "enrolment", changed(STANDING.enrolment, name, junk))
    assert isinstance(decide(standing, Field.NAME, Purpose.ENROLMENT, SCOPE, NOW), Refusal)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("actor", None),
        ("department", 7),
        ("purposes", {Purpose.CITY_NEWS}),
        ("purposes", frozenset({"CITY_NEWS"})),
        ("regions", ["11"]),
        ("regions", "11"),
        ("regions", (11,)),
        ("groups", {"fire"}),
        ("groups", "fire"),
    ],
)
def test_a_scope_of_another_shape_cannot_be_made(name: str, value: object) -> None:
    """A malformed authority fails before it can ask anything."""
    with pytest.raises(TypeError):
        changed(SCOPE, name, value)


def test_a_scope_with_an_empty_region_cannot_be_made() -> None:
    """An empty region code would start every code, and so cover the city by mistake."""
    with pytest.raises(ValueError, match="never empty"):
        changed(SCOPE, "regions", ("11010", ""))
