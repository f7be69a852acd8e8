"""A person on the way into the graph: what is sealed, what is indexed blindly, what stays readable."""

import secrets
from typing import Any

from consent.blind_index import email_index, name_index, phone_index
from consent.keyring import IndexName, LocalKeyring
from consent.sealing import KEY_BYTES, NONCE_BYTES, seal_field
from consent.standing import Enrolment
from consent.vocabulary import Field
from directory.synthetic.records import SyntheticPerson
from graph.standings import to_properties

_FIRST_VERSION = 1


def participant_row(person: SyntheticPerson, enrolling: str, keyring: LocalKeyring) -> dict[str, Any]:
    """Return the properties of a participant: contact details sealed under a data key of their own (E1–E5, B1–B4).

    `enrolling` is the id of the department that may ask the person for consent.
    """
    data_key = secrets.token_bytes(KEY_BYTES)
    row: dict[str, Any] = {
        "id": person.id,
        "place": f"{person.dong}:{person.id}",
        "dong": person.dong,
        "jurisdiction": person.jurisdiction,
        "group": person.group,
        "sex": str(person.sex),
        "born": person.born,
        "data_key": keyring.wrap(person.id, data_key, secrets.token_bytes(NONCE_BYTES)),
        "name_index": name_index(person.name, keyring.index_key(IndexName.NAME)),
    }
    for field, key, value in (
        (Field.NAME, "name", person.name),
        (Field.PHONE, "phone", person.phone),
        (Field.EMAIL, "email", person.email),
    ):
        if value is not None:
            row[key] = seal_field(
                value,
                data_key=data_key,
                nonce=secrets.token_bytes(NONCE_BYTES),
                tenant=keyring.tenant,
                person=person.id,
                field=field,
                key_version=_FIRST_VERSION,
            )
    if person.phone is not None:
        row["phone_index"] = phone_index(person.phone, keyring.index_key(IndexName.PHONE))
    if person.email is not None:
        row["email_index"] = email_index(person.email, keyring.index_key(IndexName.EMAIL))
    return row | to_properties(person.purposes, Enrolment(enrolling, person.enrolment_until))
