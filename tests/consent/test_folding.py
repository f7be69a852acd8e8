"""What events add up to: each kind against the standing before it, and the same sum whatever order they came in."""

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.events import CLOCKS_DIFFER, ConsentEvent
from consent.folding import fold, renews
from consent.gate import Permit, Scope, decide
from consent.standing import PurposeStanding, Standing
from consent.vocabulary import Channel, EventKind, Field, Purpose, State
from tests.consent.making_events import AT, DAY, FOUND, PERSON, event, events, later

NEWS = Purpose.CITY_NEWS
GRANTED = event(EventKind.GRANTED)
REFUSED = event(EventKind.REFUSED, at=AT + DAY)
WITHDRAWN = event(EventKind.WITHDRAWN, at=AT + DAY)
AGREED = PurposeStanding(State.GRANTED, GRANTED.fields, GRANTED.channels, GRANTED.until or 0)


def standing_of(*made: ConsentEvent) -> PurposeStanding:
    """Fold events of one purpose."""
    return fold(made).get(NEWS, PurposeStanding(State.NOT_ASKED))


def test_nothing_adds_up_to_nothing() -> None:
    """Somebody without events was asked nothing."""
    assert fold([]) == {}


@pytest.mark.parametrize(
    ("what", "made", "state"),
    [
        ("a yes", [GRANTED], State.GRANTED),
        ("a no", [REFUSED], State.REFUSED),
        ("a yes, then a no", [GRANTED, REFUSED], State.REFUSED),
        ("a no, then a yes", [REFUSED, later(GRANTED, 2)], State.GRANTED),
        ("taken back", [GRANTED, WITHDRAWN], State.WITHDRAWN),
        ("taken back before anything was given", [WITHDRAWN], State.WITHDRAWN),
        ("taken back after a no, which stays a no", [REFUSED, later(WITHDRAWN, 1)], State.REFUSED),
        ("given again", [GRANTED, WITHDRAWN, later(GRANTED, 2)], State.GRANTED),
        ("found to have run out", [GRANTED, event(EventKind.EXPIRED, at=GRANTED.until)], State.EXPIRED),
        ("said to have run out before it has", [GRANTED, event(EventKind.EXPIRED, at=AT + DAY)], State.GRANTED),
        ("run out without a yes", [event(EventKind.EXPIRED)], State.NOT_ASKED),
        ("renewed without a yes", [event(EventKind.RENEWED)], State.NOT_ASKED),
        ("suspended", [GRANTED, event(EventKind.RESTRICTED, at=AT + DAY)], State.WITHDRAWN),
        ("suspended without a yes", [REFUSED, event(EventKind.RESTRICTED, at=AT + 2 * DAY)], State.REFUSED),
        (
            "suspended, and let go on",
            [GRANTED, event(EventKind.RESTRICTED, at=AT + DAY), event(EventKind.RELEASED, at=AT + 2 * DAY)],
            State.GRANTED,
        ),
        (
            "suspended, and agreed to anew",
            [GRANTED, event(EventKind.RESTRICTED, at=AT + DAY), later(GRANTED, 2)],
            State.GRANTED,
        ),
        ("used for danger to life", [REFUSED, event(EventKind.OVERRIDE, at=AT + 2 * DAY)], State.REFUSED),
        ("erased", [GRANTED, event(EventKind.ERASED, at=AT + DAY)], State.NOT_ASKED),
        ("a yes that arrives after the erasure", [event(EventKind.ERASED), later(GRANTED, 2)], State.NOT_ASKED),
    ],
)
def test_what_events_add_up_to(what: str, made: list[ConsentEvent], state: State) -> None:
    """Each history gives one state; use for danger to life is no decision of the person's (P22)."""
    assert standing_of(*made).state is state, what


@pytest.mark.parametrize("kind", [EventKind.WITHDRAWN, EventKind.RESTRICTED, EventKind.REFUSED])
def test_a_clock_that_is_ahead_undoes_nothing(kind: EventKind) -> None:
    """P8: what the person does after a yes counts after it, though the device that took the yes down was ahead."""
    ahead = event(EventKind.GRANTED, at=AT + CLOCKS_DIFFER, recorded=AT)
    after = event(kind, at=AT + 1_000, recorded=AT + 1_000)
    assert standing_of(ahead, after).state is not State.GRANTED
    assert standing_of(after, ahead).state is not State.GRANTED
    again = event(EventKind.GRANTED, at=AT + 2_000, recorded=AT + 2_000, id="another-yes-00001")
    assert standing_of(ahead, after, again).state is State.GRANTED


def test_a_suspension_can_be_looked_beneath() -> None:
    """Retention alone asks what stands beneath: the consent as it was, or what ended it meanwhile (P9, P11)."""
    pause = event(EventKind.RESTRICTED, at=AT + DAY)
    assert fold([GRANTED, pause], suspensions=False)[NEWS] == AGREED
    gone = event(EventKind.WITHDRAWN, at=AT + 2 * DAY)
    assert fold([GRANTED, pause, gone], suspensions=False)[NEWS].state is State.WITHDRAWN


def test_what_a_renewal_renews() -> None:
    """The yes that stands at that instant, the last one of its purpose; none before, beyond, taken back or paused."""
    second = later(GRANTED, 2)
    renewal = event(EventKind.RENEWED, at=AT + 3 * DAY)
    advice = event(EventKind.GRANTED, purpose=Purpose.POLICY_ADVICE, at=AT + 2 * DAY, id="advice-000000001")
    assert renews([second, GRANTED, advice], renewal) == second
    assert renews([GRANTED, later(GRANTED, 4)], renewal) == GRANTED
    for ended in (EventKind.WITHDRAWN, EventKind.RESTRICTED):
        assert renews([GRANTED, event(ended, at=AT + DAY)], renewal) is None
    assert renews([advice], renewal) is None
    assert renews([], renewal) is None
    late = event(EventKind.RENEWED, at=GRANTED.until, until=(GRANTED.until or 0) + DAY)
    assert renews([GRANTED], late) is None


def test_a_yes_stands_as_it_was_given() -> None:
    """The fields, the channels, the end and the sensitive part are those of the event (P2, P5)."""
    assert standing_of(GRANTED) == AGREED
    assert standing_of(event(EventKind.GRANTED, sensitive=True)).sensitive


def test_a_new_yes_takes_the_place_of_the_old() -> None:
    """Who agrees to less the second time has agreed to less."""
    second = event(EventKind.GRANTED, at=AT + DAY, fields=frozenset({Field.NAME}), channels=frozenset())
    assert standing_of(GRANTED, second).fields == {Field.NAME}
    assert standing_of(GRANTED, second).channels == frozenset()


def test_a_renewal_moves_the_end_alone() -> None:
    """It changes nothing that was agreed to, never shortens, and does not revive what has run out."""
    renewed = event(EventKind.RENEWED, at=AT + DAY)
    assert standing_of(GRANTED, renewed) == PurposeStanding(
        State.GRANTED, GRANTED.fields, GRANTED.channels, renewed.until or 0
    )
    shorter = event(EventKind.RENEWED, at=AT + DAY, until=AT + 2 * DAY)
    assert standing_of(GRANTED, shorter).until == GRANTED.until
    too_late = event(EventKind.RENEWED, at=GRANTED.until, until=(GRANTED.until or 0) + DAY)
    assert standing_of(GRANTED, too_late).until == GRANTED.until


def test_part_of_a_consent_is_taken_back() -> None:
    """A field, a channel or the sensitive part can go without the rest; with the last field everything goes (P8)."""
    agreed = event(EventKind.GRANTED, sensitive=True)

    def without(**items: frozenset[Field] | frozenset[Channel] | bool) -> PurposeStanding:
        return standing_of(agreed, event(EventKind.WITHDRAWN, at=AT + DAY, **items))

    assert without(fields=frozenset({Field.PHONE})).fields == {Field.NAME}
    assert without(channels=frozenset({Channel.SMS})).channels == frozenset()
    assert without(channels=frozenset({Channel.SMS})).fields == agreed.fields
    assert not without(sensitive=True).sensitive
    assert without(sensitive=True).fields == agreed.fields
    assert without(fields=frozenset({Field.PHONE})).sensitive
    assert without(fields=frozenset({Field.NAME, Field.PHONE})) == PurposeStanding(State.WITHDRAWN)
    assert standing_of(REFUSED, event(EventKind.WITHDRAWN, at=AT + 2 * DAY, sensitive=True)).state is State.REFUSED


def test_purposes_stand_apart() -> None:
    """What is decided of one purpose changes no other (P2)."""
    advice = event(EventKind.REFUSED, purpose=Purpose.POLICY_ADVICE)
    both = fold([GRANTED, advice])
    assert both[NEWS] == AGREED
    assert both[Purpose.POLICY_ADVICE].state is State.REFUSED


@pytest.mark.parametrize("kind", [EventKind.REFUSED, EventKind.WITHDRAWN, EventKind.RESTRICTED])
def test_at_one_instant_the_person_is_protected(kind: EventKind) -> None:
    """Of a yes and a no of the same instant, the no has the last word."""
    assert standing_of(GRANTED, event(kind, at=AT)).state is not State.GRANTED


@given(st.lists(events(), max_size=12), st.randoms())
def test_the_order_of_arrival_means_nothing(made: list[ConsentEvent], chance: Random) -> None:
    """Late and duplicate events give the standing that they would have given in time."""
    shuffled = [*made, *made[::2]]
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(made)


@given(st.lists(events(erased=False), max_size=12))
def test_standings_are_as_the_gate_reads_them(made: list[ConsentEvent]) -> None:
    """Every state that events give is one of the vocabulary, and only a yes carries fields, channels and an end."""
    for standing in fold(made).values():
        if standing.state is not State.GRANTED:
            assert standing == PurposeStanding(standing.state)


@given(st.lists(events(), max_size=12))
def test_erasure_is_final(made: list[ConsentEvent]) -> None:
    """Whatever else is known of somebody erased, nothing stands (E7)."""
    assert fold([*made, event(EventKind.ERASED)]) == {}


@given(st.lists(events(erased=False), min_size=1, max_size=12), st.sampled_from(Field))
def test_after_a_withdrawal_nothing_is_permitted(made: list[ConsentEvent], field: Field) -> None:
    """Once everything is taken back, the gate refuses every field, until the person agrees anew (P10)."""
    # Taken back after everything was recorded, by a clock that is right: some of it says that it happens later still.
    last = max(one.recorded for one in made)
    purposes = fold([*made, event(EventKind.WITHDRAWN, at=last + 1, recorded=last + 1)])
    standing = Standing(PERSON, "11", "fire", frozenset(Field), purposes)
    scope = Scope("actor", "bureau", frozenset(Purpose), None, None)
    assert not isinstance(decide(standing, field, NEWS, scope, last + 2), Permit)


def test_expiry_acts_by_itself() -> None:
    """The gate refuses from the very instant on, before any sweep has written anything down (P11)."""
    standing = Standing(PERSON, "11", "fire", frozenset(Field), fold([GRANTED]))
    scope = Scope("actor", "bureau", frozenset(Purpose), None, None)
    end = GRANTED.until or 0
    assert isinstance(decide(standing, Field.NAME, NEWS, scope, end - 1), Permit)
    assert not isinstance(decide(standing, Field.NAME, NEWS, scope, end), Permit)
    assert event(EventKind.EXPIRED, at=end).capture is FOUND
