"""What a person's consent events add up to at an instant: the facts from which the gate decides."""

from collections.abc import Mapping
from dataclasses import dataclass

from consent.vocabulary import CONSENTED_PURPOSES, Channel, Field, Purpose, State


@dataclass(frozen=True, slots=True)
class PurposeStanding:
    """One person's consent for one purpose (P2: one decision per purpose).

    `until` is the end of the consent in epoch milliseconds, exclusive: at that instant it has expired.
    `sensitive` says that a separate consent to show sensitive affiliations stands (P5).
    """

    state: State
    fields: frozenset[Field] = frozenset()
    channels: frozenset[Channel] = frozenset()
    until: int = 0
    sensitive: bool = False


@dataclass(frozen=True, slots=True)
class Enrolment:
    """The basis on which one department may ask the person for consent.

    `department` is the id of the enrolling department, `until` its deadline in epoch milliseconds,
    exclusive.
    """

    department: str
    until: int


@dataclass(frozen=True, slots=True)
class Standing:
    """Everything about one person that the gate weighs, without any personal value.

    `jurisdiction` is the hierarchical region code (`11`, `11010` or `1101053`) whose office keeps the
    record; it is administrative and says nothing of where the person lives. `group` is the code of the
    programme's group under which the person is enrolled, `held` the fields for which the directory has a
    value.
    """

    person: str
    jurisdiction: str
    group: str
    held: frozenset[Field]
    purposes: Mapping[Purpose, PurposeStanding]
    enrolment: Enrolment | None = None


def answered(purposes: Mapping[Purpose, PurposeStanding]) -> bool:
    """Say whether the person has answered what an enrolment is for: a decision on each purpose that rests on consent.

    With the last of the answers the enrolment ends for good, as its notice says: a consent whose time runs out later
    does not open it again. An answer that can't be read is an answer.
    """
    return not any(_never_asked(purposes.get(purpose)) for purpose in CONSENTED_PURPOSES)


def _never_asked(recorded: PurposeStanding | None) -> bool:
    return recorded is None or (type(recorded) is PurposeStanding and recorded.state is State.NOT_ASKED)
