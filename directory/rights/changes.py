"""What a person wants put right: checked, and sealed under their own data key with fresh nonces (P9, E2, E3)."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

from consent.blind_index import name_index, normalise_name
from consent.errors import NameRefused
from consent.identifiers.rules import FieldKind
from consent.keyring import IndexName
from consent.sealing import NONCE_BYTES, seal_field
from consent.vocabulary import Field, Sex
from directory.contacts.filters import year_of
from directory.contacts.regions import RegionMap
from directory.errors import BadInput
from directory.rights.contacts import Contact, read_contact
from directory.screening.values import require_clean
from directory.sealing.key_service import FileKeyService
from directory.vocabulary import RegionLevel
from graph.cases import Waiting

# The version of a person's data key, which a rewrap leaves alone.
_FIRST_VERSION: Final = 1
_EARLIEST_BIRTH: Final = 1900
_LONGEST_NAME: Final = 100
_REMOVABLE: Final[Mapping[Field, tuple[str, ...]]] = {
    Field.SEX: ("sex",),
    Field.AGE: ("born",),
    Field.PHONE: ("phone", "phone_index"),
    Field.EMAIL: ("email", "email_index"),
}


@dataclass(frozen=True, slots=True, repr=False)
class Changes:
    """What is to be put right; None stays as it is. `remove` names items to be deleted, `residence` a dong's code."""

    name: str | None = None
    sex: Sex | None = None
    born: int | None = None
    residence: str | None = None
    phone: str | None = None
    email: str | None = None
    remove: frozenset[Field] = frozenset()


@dataclass(frozen=True, slots=True, repr=False)
class CheckedChanges:
    """Changes that can be written: `contact` is the new telephone or address, which its holder has to confirm."""

    name: str | None
    plain: Mapping[str, Any]
    dong: str | None
    contact: Contact | None
    fields: frozenset[Field]


def checked(changes: Changes, keys: FileKeyService, regions: RegionMap, now: int) -> CheckedChanges:
    """Return the changes as they can be written; raises BadInput, naming the argument that can't be.

    Raises IdentifierRefused where a text looks like a number that identifies a person (P6).
    """
    require_clean({"name": changes.name, "phone": changes.phone}, "", known=frozenset({"name", "phone"}))
    require_clean(changes.email, "email", field=FieldKind.EMAIL)
    given = {Field.SEX: changes.sex, Field.AGE: changes.born, Field.PHONE: changes.phone, Field.EMAIL: changes.email}
    fields = {field for field, value in given.items() if value is not None}
    if changes.remove - _REMOVABLE.keys() or changes.remove & fields:
        raise BadInput("remove", f"must be some of {', '.join(_REMOVABLE)}, and none that is put right as well")
    fields |= changes.remove
    fields |= {Field.NAME} if changes.name is not None else set()
    fields |= {Field.RESIDENCE} if changes.residence is not None else set()
    if not fields:
        raise BadInput("correction", "must name something to put right or to delete")
    if changes.residence is not None:
        (dong,) = regions.checked([changes.residence], "residence")
        if regions.by_code[dong].level is not RegionLevel.DONG:
            raise BadInput("residence", "must be the code of a dong")
    contact = _contact(changes, keys)
    return CheckedChanges(_name(changes.name), _plain(changes, now), changes.residence, contact, frozenset(fields))


def _plain(changes: Changes, now: int) -> dict[str, Any]:
    if changes.born is not None and not _EARLIEST_BIRTH <= changes.born <= year_of(now):
        raise BadInput("born", f"must be a year from {_EARLIEST_BIRTH} on, and not in the future")
    plain: dict[str, Any] = {key: None for field in changes.remove for key in _REMOVABLE[field]}
    plain |= {} if changes.sex is None else {"sex": str(changes.sex)}
    return plain | ({} if changes.born is None else {"born": changes.born})


def _contact(changes: Changes, keys: FileKeyService) -> Contact | None:
    if changes.phone is not None and changes.email is not None:
        raise BadInput("email", "must be left out where phone is given: put one contact right at a time")
    for argument, field, text in (("phone", Field.PHONE, changes.phone), ("email", Field.EMAIL, changes.email)):
        if text is not None:
            contact = read_contact(text, keys.keyring, argument)
            if contact.field is not field:
                raise BadInput(argument, "must be of its own kind")
            return contact
    return None


def _name(name: str | None) -> str | None:
    if name is None:
        return None
    try:
        normalise_name(name)
        fits = len(name) <= _LONGEST_NAME and name.isprintable()
    except NameRefused:
        fits = False
    if not fits:
        raise BadInput("name", "must be a name that can be read")
    return name.strip()


class Sealer:
    """Seals the values of one person under the data key that they have; for one transaction's work at a time."""

    def __init__(self, keys: FileKeyService, person: str) -> None:
        """Take the keys and the person."""
        self._keys = keys
        self._person = person
        self._wrapped = ""

    def properties(self, changes: CheckedChanges, *, with_contact: bool) -> Callable[[str], Mapping[str, Any]]:
        """Return what makes the properties of a participant out of changes, given the wrapped data key."""

        def seal(wrapped: str) -> Mapping[str, Any]:
            self._wrapped = wrapped
            written = dict(changes.plain)
            if changes.name is not None:
                written["name"] = self._sealed(Field.NAME, changes.name)
                written["name_index"] = name_index(changes.name, self._keys.keyring.index_key(IndexName.NAME))
            if with_contact and changes.contact is not None:
                written |= waiting_properties(self.waiting(changes.contact))
            return written

        return seal

    def waiting(self, contact: Contact) -> Waiting:
        """Return a new contact as it waits on its case, sealed under the key that was seen last."""
        return Waiting(contact.field, self._sealed(contact.field, contact.value), contact.index)

    def _sealed(self, field: Field, value: str) -> str:
        return seal_field(
            value,
            data_key=self._keys.unwrap(self._person, self._wrapped),
            nonce=secrets.token_bytes(NONCE_BYTES),
            tenant=self._keys.keyring.tenant,
            person=self._person,
            field=field,
            key_version=_FIRST_VERSION,
        )


def waiting_properties(waiting: Waiting) -> dict[str, Any]:
    """Return what a waiting contact writes on its participant."""
    name = waiting.field.lower()
    return {name: waiting.sealed, f"{name}_index": waiting.index}
