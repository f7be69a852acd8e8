"""The city as a whole: head counts, batches, determinism and size."""

import hashlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from directory.reference.programme import programme
from directory.reference.regions import dongs, regions_by_code
from directory.synthetic.city import SyntheticCity, headcounts
from directory.synthetic.errors import WORDING, SyntheticCode, SyntheticError
from directory.synthetic.records import SyntheticBody, SyntheticPerson

AS_OF = date(2025, 3, 1)


def fingerprint(records: Iterable[SyntheticBody | SyntheticPerson]) -> str:
    """Hash records so that two lists with the same fingerprint are the same in every value."""
    digest = hashlib.sha256()
    for record in records:
        digest.update(repr(written_out(asdict(record))).encode())
    return digest.hexdigest()


def written_out(value: object) -> object:
    """Put sets in order, so that a value is always written alike."""
    if isinstance(value, dict):
        return [(str(key), written_out(inner)) for key, inner in value.items()]
    if isinstance(value, frozenset):
        return sorted(map(str, value))
    if isinstance(value, list | tuple):
        return [written_out(inner) for inner in value]
    return value


def test_the_whole_citys_head_counts_are_the_programmes(whole_city: SyntheticCity) -> None:
    """At full size every group has exactly its head count."""
    assert whole_city.headcounts == {group.code: group.headcount for group in programme().groups if group.headcount}
    assert whole_city.people == sum(whole_city.headcounts.values()) == 476_705
    assert (whole_city.batch_count - 1) * 5_000 < 476_705 <= whole_city.batch_count * 5_000


def test_everybody_counts_once_through_the_first_affiliation(
    city: SyntheticCity, people: list[SyntheticPerson]
) -> None:
    """The first affiliation's body has the person's group; no other affiliation counts towards a target."""
    bodies = {body.id: body for body in city.bodies}
    assert Counter(person.group for person in people) == city.headcounts
    for person in people:
        first, *others = (bodies[affiliation.body] for affiliation in person.affiliations)
        assert (first.group, first.region) == (person.group, person.jurisdiction)
        assert all(body.group is None for body in others)
    assert {len(person.affiliations) for person in people} == {1, 2, 3}


def test_the_same_seed_gives_the_same_city(city: SyntheticCity, people: list[SyntheticPerson]) -> None:
    """Bodies and people come out alike, value by value."""
    again = SyntheticCity(people=4_767, as_of=AS_OF)
    assert fingerprint(again.bodies) == fingerprint(city.bodies)
    assert fingerprint(again.batch(0)) == fingerprint(people)


def test_the_city_is_the_one_it_was(city: SyntheticCity, people: list[SyntheticPerson]) -> None:
    """A change of what a seed gives is a change that somebody has to want: figures in docs rest on it."""
    assert fingerprint([*city.bodies, *people])[:16] == "c468078daef7a9e6"


def test_another_seed_gives_another_city(city: SyntheticCity, people: list[SyntheticPerson]) -> None:
    """Nobody and no body is the same under another seed; the head counts are."""
    other = SyntheticCity(people=4_767, seed=2014, as_of=AS_OF)
    assert other.headcounts == city.headcounts
    assert not {body.id for body in other.bodies} & {body.id for body in city.bodies}
    assert not {person.id for person in other.batch(0)} & {person.id for person in people}


@pytest.mark.parametrize("number", [0, 40, 95])
def test_a_batch_alone_is_the_batch_in_its_turn(whole_city: SyntheticCity, number: int) -> None:
    """A load that goes on at any batch, in a process of its own, gets the people that it would have got."""
    for earlier in range(max(0, number - 2), number):
        whole_city.batch(earlier)
    in_turn = whole_city.batch(number)
    alone = SyntheticCity(as_of=AS_OF).batch(number)
    assert alone == in_turn == whole_city.batch(number)
    assert len(alone) == (5_000 if number < 95 else 476_705 - 95 * 5_000)


@pytest.mark.parametrize("size", [12, 13, 100, 1_000, 4_767])
def test_a_small_city_is_in_proportion(size: int) -> None:
    """Every group is there, each as large as its share up to the one that rounding moves."""
    small = SyntheticCity(people=size, as_of=AS_OF)
    people = [person for number in range(small.batch_count) for person in small.batch(number)]
    assert len(people) == size
    assert Counter(person.group for person in people) == small.headcounts
    for group in programme().groups:
        if group.headcount:
            share = group.headcount * size / 476_705
            assert small.headcounts[group.code] >= 1
            assert abs(small.headcounts[group.code] - share) < (1 if size >= 1_000 else 8)
    staffed = {person.affiliations[0].body for person in people}
    assert staffed == {body.id for body in small.bodies if body.group}
    assert any(body.group is None for body in small.bodies)


@given(size=st.integers(min_value=12, max_value=476_705))
def test_head_counts_of_any_size_add_up(size: int) -> None:
    """Nobody is lost to rounding, and no group is empty."""
    shares = headcounts(size)
    assert sum(shares.values()) == size
    assert min(shares.values()) >= 1


@pytest.mark.parametrize(
    ("size", "code"),
    [
        (-1, SyntheticCode.CITY_TOO_SMALL),
        (0, SyntheticCode.CITY_TOO_SMALL),
        (11, SyntheticCode.CITY_TOO_SMALL),
        (476_706, SyntheticCode.CITY_TOO_LARGE),
    ],
)
def test_a_city_of_an_impossible_size_is_refused(size: int, code: SyntheticCode) -> None:
    """The refusal says what the limits are."""
    with pytest.raises(SyntheticError, match="12" if size < 12 else "476705") as refused:
        SyntheticCity(people=size, as_of=AS_OF)
    assert refused.value.code is code


@pytest.mark.parametrize("number", [-1, 1])
def test_a_batch_that_is_not_there_is_refused(city: SyntheticCity, number: int) -> None:
    """A small city has one batch."""
    with pytest.raises(SyntheticError) as refused:
        city.batch(number)
    assert refused.value.code is SyntheticCode.NO_SUCH_BATCH


def test_every_code_has_its_wording() -> None:
    """No refusal is without a sentence."""
    assert set(WORDING) == set(SyntheticCode)


@pytest.mark.slow
def test_the_whole_city_holds_together(whole_city: SyntheticCity) -> None:
    """All 476,705: head counts, nobody's id, number or address twice, the fullest and the emptiest dong."""
    groups: Counter[str] = Counter()
    homes: Counter[str] = Counter()
    ids: set[str] = set()
    contacts: set[str] = set()
    held = 0
    for number in range(whole_city.batch_count):
        for person in whole_city.batch(number):
            groups[person.group] += 1
            homes[person.dong] += 1
            ids.add(person.id)
            own = [contact for contact in (person.phone, person.email) if contact]
            held += len(own)
            contacts.update(own)
    assert groups == whole_city.headcounts
    assert len(ids) == 476_705
    assert len(contacts) == held
    by_number = [region.name_ko for code, _ in homes.most_common() for region in (regions_by_code()[code],)]
    assert (by_number[0], by_number[-1]) == ("신정3동", "소공동")
    assert len(homes) == len(dongs())
