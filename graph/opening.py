"""Opening what a row holds: each value only on the gate's permit for it, so that skipping the gate is no way in."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as dataclass_field
from typing import Any, Final

from consent.gate import decide, decide_fields
from consent.keyring import KeyService
from consent.permit import Permit
from consent.scope import Scope
from consent.sealing import OpeningKey
from consent.vocabulary import Field, Purpose, RefusalReason, Sex
from graph.errors import PermitMismatch
from graph.standings import read_standing

_SEALED: Final = {Field.NAME: "name", Field.PHONE: "phone", Field.EMAIL: "email"}
_PLAIN: Final = {Field.SEX: "sex", Field.AGE: "born", Field.RESIDENCE: "dong"}


@dataclass(frozen=True, slots=True)
class ShownAffiliation:
    """One affiliation as it may be shown; dates are ISO texts, for a seat the ends of its term."""

    relation: str
    role: str | None
    seat: str | None
    since: str | None
    until: str | None
    body: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class ShownPerson:
    """What one caller is shown of one person: opened values, or None with the reason in `withheld`.

    `born` is a year, `residence` the code of a dong. Fields that were not asked for are None and not in `shown`.
    """

    id: str
    name: str | None
    sex: Sex | None
    born: int | None
    phone: str | None
    email: str | None
    residence: str | None
    affiliations: tuple[ShownAffiliation, ...] | None
    withheld: tuple[tuple[Field, RefusalReason], ...]
    shown: frozenset[Field]


@dataclass(frozen=True, slots=True)
class Asked:
    """What a caller asks to see, by whom and for what: `fields` opened, `reasons` decided and told if refused.

    `filtered` are the fields that the request filtered on: for everybody in the answer they are disclosed by it.
    `people` is false where the answer shows nobody, only where the page ends.
    """

    purpose: Purpose
    scope: Scope
    now: int
    fields: frozenset[Field]
    reasons: frozenset[Field]
    filtered: frozenset[Field] = frozenset()
    people: bool = True
    decided: tuple[Field, ...] = dataclass_field(init=False, repr=False, compare=False)
    """What the gate is asked about each person."""

    def __post_init__(self) -> None:
        """Work out once what is decided of everybody."""
        wanted = self.reasons | self.fields | self.filtered
        # The scope is decided even where no field is asked for: out of it there is nobody, not an id either (L3).
        decided = tuple(each for each in Field if each in wanted) or (Field.NAME,)
        object.__setattr__(self, "decided", decided)


class Opener:
    """Opens rows for one request, with the tenant's keys; it holds no person's key longer than their row."""

    def __init__(self, keys: KeyService, tenant: str) -> None:
        """Take the service that unwraps data keys, and the tenant to which every seal is bound (E3)."""
        self._keys = keys
        self._tenant = tenant

    def open(
        self, person: Mapping[str, Any], affiliations: list[dict[str, Any]] | None, asked: Asked
    ) -> ShownPerson | None:
        """Return what may be shown of the person, or None where the scope does not reach the record at all."""
        row = dict(person)
        readable = None if affiliations is None else _readable(row, affiliations, asked)
        # Membership in a body that reveals belief, union, party or health counts as held only with the separate
        # consent, or its mere refusal would tell that there is such a membership (P5).
        row["affiliated"] = readable or None
        standing = read_standing(row, asked.purpose)
        permits: dict[Field, Permit] = {}
        withheld: list[tuple[Field, RefusalReason]] = []
        answers = decide_fields(standing, asked.decided, asked.purpose, asked.scope, asked.now)
        for field, answer in zip(asked.decided, answers, strict=True):
            if isinstance(answer, Permit):
                if field in asked.fields:
                    permits[field] = answer
            elif answer.reason is RefusalReason.OUT_OF_SCOPE or (
                # To be in the answer discloses what was filtered on. The filter makes it fast, the gate decides.
                field in asked.filtered and answer.reason is not RefusalReason.NOT_HELD
            ):
                return None
            elif field in asked.reasons:
                withheld.append((field, answer.reason))
        values = self._values(row, permits)
        sex = values.get(Field.SEX)
        return ShownPerson(
            id=standing.person,
            name=values.get(Field.NAME),
            sex=None if sex is None else Sex(sex),
            born=values.get(Field.AGE),
            phone=values.get(Field.PHONE),
            email=values.get(Field.EMAIL),
            residence=values.get(Field.RESIDENCE),
            affiliations=_shown(readable or []) if Field.AFFILIATION in permits else None,
            withheld=tuple(withheld),
            shown=frozenset(permits) | asked.filtered,
        )

    def _values(self, row: Mapping[str, Any], permits: Mapping[Field, Permit]) -> dict[Field, Any]:
        """Take from the row what there is a permit for; one for another person or field is a fault, never an answer."""
        person = row["id"]
        values: dict[Field, Any] = {}
        sealed: dict[Field, str] = {}
        for field, permit in permits.items():
            if permit.person != person or permit.field is not field:
                raise PermitMismatch
            if field in _SEALED:
                sealed[field] = row[_SEALED[field]]
            elif field in _PLAIN:
                values[field] = row[_PLAIN[field]]
        if sealed:
            key = OpeningKey(self._keys.unwrap(person, row["data_key"]))
            values |= key.fields(sealed, tenant=self._tenant, person=person)
        return values


def _shown(readable: list[dict[str, Any]]) -> tuple[ShownAffiliation, ...]:
    # In an order of their own, or it would be that in which the engine keeps them: the one that counts first.
    ordered = sorted(readable, key=lambda row: (row["group"] is None, row["since"] or "", row["id"]))
    return tuple(
        ShownAffiliation(row["relation"], row["role"], row["seat"], row["since"], row["until"], row) for row in ordered
    )


def _readable(row: Mapping[str, Any], affiliations: list[dict[str, Any]], asked: Asked) -> list[dict[str, Any]]:
    """Leave out the memberships in sensitive bodies, unless the gate permits to show them (P5)."""
    plain = [affiliation for affiliation in affiliations if affiliation["sensitive"] is False]
    if len(plain) == len(affiliations):
        return affiliations
    standing = read_standing({**row, "affiliated": True}, asked.purpose)
    answer = decide(standing, Field.AFFILIATION, asked.purpose, asked.scope, asked.now, sensitive=True)
    if isinstance(answer, Permit):
        return affiliations
    return plain
