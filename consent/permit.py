"""The gate's two answers: a permit to disclose one field of one person, or a refusal with its reason."""

from dataclasses import dataclass
from typing import Any, Never

from consent.vocabulary import Channel, Field, Purpose, RefusalReason


class _IssuedOnly(type):
    """Makes a class that cannot be called, so that its instances come from `_issue` alone."""

    def __call__(cls, *_arguments: object, **_named: object) -> Never:
        """Refuse construction."""
        raise TypeError(f"A {cls.__name__} comes from the gate's decision and is never constructed.")


@dataclass(frozen=True, slots=True)
class Permit(metaclass=_IssuedOnly):
    """The gate's leave to disclose `field` of `person` for `purpose`, decided at `at` (epoch milliseconds).

    `channel` is the channel asked for, None when the field is shown rather than used to reach the person.
    `sensitive` is true when the permit extends to sensitive affiliations (P5). Opening sealed details takes
    a permit, and only `consent.gate.decide` makes one: it can be neither constructed, derived, copied nor
    unpickled. It has no truth value, because an answer tested for truth is an answer whose reason is
    ignored.
    """

    person: str
    field: Field
    purpose: Purpose
    channel: Channel | None
    sensitive: bool
    at: int

    def __init_subclass__(cls) -> Never:
        """Refuse subclasses, which could loosen the rules."""
        raise TypeError("Permit cannot be subclassed.")

    def __bool__(self) -> Never:
        """Refuse to be a truth value; raises TypeError."""
        raise TypeError("A permit is not a truth value; test its class.")

    def __reduce_ex__(self, _protocol: object) -> Never:
        """Refuse pickling and copying, which would make a permit without a decision; raises TypeError."""
        raise TypeError("A permit cannot be copied or pickled; ask the gate again.")


@dataclass(frozen=True, slots=True)
class Refusal:
    """The gate's refusal; it has no truth value, for the same reason as a permit."""

    reason: RefusalReason

    def __bool__(self) -> Never:
        """Refuse to be a truth value; raises TypeError."""
        raise TypeError("A refusal is not a truth value; test its class.")


@dataclass(slots=True)
class _Draft:
    """A permit before its lock: the same slots, so that a filled draft can become a permit.

    Storing six values past the lock, through `object.__setattr__`, took longer than the whole decision
    before it.
    """

    person: str
    field: Field
    purpose: Purpose
    channel: Channel | None
    sensitive: bool
    at: int


def _issue(  # noqa: PLR0913 - the six facts of a permit.
    person: str, field: Field, purpose: Purpose, channel: Channel | None, at: int, *, sensitive: bool
) -> Permit:
    """Make a permit; for `consent.gate` alone, which a test over the whole source verifies."""
    draft: Any = _Draft(person, field, purpose, channel, sensitive, at)
    draft.__class__ = Permit
    permit: Permit = draft
    return permit
