"""A person on the way into the graph: every detail sealed for them alone, indexed blindly, and nowhere plain."""

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from consent.blind_index import email_index, name_index, phone_index
from consent.errors import SealingError
from consent.keyring import IndexName, LocalKeyring
from consent.sealing import open_field
from consent.standing import PurposeStanding
from consent.vocabulary import Channel, Field, Purpose, State
from directory.intake.participant import participant_row
from directory.sealing.keyring_file import new_keyring
from directory.synthetic.city import SyntheticCity
from directory.synthetic.records import SyntheticPerson

SEALED = {Field.NAME: "name", Field.PHONE: "phone", Field.EMAIL: "email"}
READABLE = {"id", "place", "dong", "jurisdiction", "group", "sex", "born", "enrolment_department"}
PEOPLE = SyntheticCity(300, as_of=date(2013, 6, 20)).batch(0)


@pytest.fixture(scope="module")
def keyring() -> LocalKeyring:
    """Give a keyring."""
    return new_keyring()


@pytest.fixture(scope="module")
def rows(keyring: LocalKeyring) -> list[dict[str, Any]]:
    """Give everybody's row."""
    return [participant_row(person, "bureau-administration", keyring) for person in PEOPLE]


def opened(row: Mapping[str, Any], keyring: LocalKeyring, field: Field, *, person: str, kept: Field) -> str:
    """Open what is kept of one field as a field of a person."""
    data_key = keyring.unwrap(row["id"], row["data_key"])
    return open_field(row[SEALED[kept]], data_key=data_key, tenant=keyring.tenant, person=person, field=field)


def test_every_sealed_field_opens(rows: list[dict[str, Any]], keyring: LocalKeyring) -> None:
    """What was given is what comes out; what is not there has neither a seal nor an index."""
    for person, row in zip(PEOPLE, rows, strict=True):
        for field, key in SEALED.items():
            value = getattr(person, key)
            if value is None:
                assert key not in row
                assert f"{key}_index" not in row
            else:
                assert opened(row, keyring, field, person=person.id, kept=field) == value
    lacking = {key for row in rows for key in SEALED.values() if key not in row}
    assert lacking == {"phone", "email"}


def test_a_seal_is_bound_to_its_person_and_field(rows: list[dict[str, Any]], keyring: LocalKeyring) -> None:
    """Moved to another node or another field it does not open, and neither does the data key (E3)."""
    whole = [row for row in rows if "phone" in row and "email" in row][:20]
    for row, other in zip(whole, whole[1:] + whole[:1], strict=True):
        for kept in SEALED:
            for field in Field:
                if field is not kept:
                    with pytest.raises(SealingError):
                        opened(row, keyring, field, person=row["id"], kept=kept)
            with pytest.raises(SealingError):
                opened(row, keyring, kept, person=other["id"], kept=kept)
            with pytest.raises(SealingError):
                opened(row | {"data_key": other["data_key"]}, keyring, kept, person=row["id"], kept=kept)
            with pytest.raises(SealingError):
                opened(row, new_keyring(), kept, person=row["id"], kept=kept)


def test_the_indexes_are_those_of_the_keyring(rows: list[dict[str, Any]], keyring: LocalKeyring) -> None:
    """Each has the keyring's key for it; with another key nothing is found (B1)."""
    for person, row in zip(PEOPLE, rows, strict=True):
        assert row["name_index"] == name_index(person.name, keyring.index_key(IndexName.NAME))
        assert 0 <= row["name_index"] < 4096
        if person.phone is not None:
            assert row["phone_index"] == phone_index(person.phone, keyring.index_key(IndexName.PHONE))
            assert row["phone_index"] != phone_index(person.phone, keyring.index_key(IndexName.EMAIL))
        if person.email is not None:
            assert row["email_index"] == email_index(person.email, keyring.index_key(IndexName.EMAIL))
    for key in ("phone_index", "email_index"):
        found = [row[key] for row in rows if key in row]
        assert len(set(found)) == len(found)
        assert all(len(each) == 32 for each in found)


def test_no_row_has_a_plain_value(rows: list[dict[str, Any]]) -> None:
    """Neither a name, a given name, a number, the end of one, an address nor what stands before its @."""
    for person, row in zip(PEOPLE, rows, strict=True):
        text = json.dumps(row, ensure_ascii=False)
        plain = [person.name, person.name[1:]]
        if person.phone is not None:
            plain += [person.phone, person.phone[1:], f"0{person.phone[3:]}", person.phone[-8:]]
        if person.email is not None:
            plain += [person.email, person.email.partition("@")[0]]
        assert not [value for value in plain if value in text], person.id


def test_a_row_has_what_is_listed_and_no_more(rows: list[dict[str, Any]]) -> None:
    """A new property is a decision on what stays readable, and belongs into this list."""
    sealed = {"data_key", "name", "phone", "email", "name_index", "phone_index", "email_index"}
    standings = {f"{purpose.lower()}_{part}" for purpose in Purpose for part in ("state", "until", "covers")}
    for person, row in zip(PEOPLE, rows, strict=True):
        assert row.keys() <= READABLE | sealed | standings
        assert row.keys() >= READABLE
        assert row["place"] == f"{person.dong}:{person.id}"
        assert row["born"] == person.born
        assert row["sex"] == str(person.sex)


def test_lengths_tell_no_name() -> None:
    """Names of two to five syllables take the same room, as do all numbers (E5)."""
    keyring = new_keyring()
    named = [
        participant_row(replace(PEOPLE[0], name=name), "bureau-audit", keyring)
        for name in ("한별", "홍길동", "남궁민수")
    ]
    assert len({len(row["name"]) for row in named}) == 1
    assert len({row["name"] for row in named}) == 3
    assert len({row["data_key"] for row in named}) == 3


def test_everybody_has_keys_and_seals_of_their_own(rows: list[dict[str, Any]], keyring: LocalKeyring) -> None:
    """The same person twice gives other bytes throughout, but for the indexes."""
    keys = {keyring.unwrap(row["id"], row["data_key"]) for row in rows}
    assert len(keys) == len(rows)
    again = participant_row(PEOPLE[0], "bureau-administration", keyring)
    changed = {key for key in again if again[key] != rows[0][key]}
    assert changed == {"data_key", *(key for key in SEALED.values() if key in again)}


ANY_PURPOSE = st.dictionaries(
    st.sampled_from([purpose for purpose in Purpose if purpose is not Purpose.ENROLMENT]),
    st.builds(
        PurposeStanding,
        state=st.sampled_from(State),
        fields=st.frozensets(st.sampled_from(Field)),
        channels=st.frozensets(st.sampled_from(Channel)),
        until=st.integers(0, 2**45),
        sensitive=st.booleans(),
    ),
)


@given(purposes=ANY_PURPOSE, who=st.sampled_from(PEOPLE))
def test_only_what_is_granted_has_marks(purposes: dict[Purpose, PurposeStanding], who: SyntheticPerson) -> None:
    """Whatever somebody decided, only what they granted can be matched by a filter."""
    row = participant_row(replace(who, purposes=purposes), "bureau-audit", KEYRING)
    for purpose in ANY:
        granted = purpose in purposes and purposes[purpose].state is State.GRANTED
        assert (f"{purpose.lower()}_covers" in row) is granted
        assert (f"{purpose.lower()}_until" in row) is granted
    assert row["enrolment_department"] == "bureau-audit"
    # With an answer for every purpose the enrolment is over, as its notice says.
    answered = all(purpose in purposes and purposes[purpose].state is not State.NOT_ASKED for purpose in ANY)
    assert row.get("enrolment_until") == (None if answered else who.enrolment_until)


KEYRING = new_keyring()
ANY = [purpose for purpose in Purpose if purpose is not Purpose.ENROLMENT]
