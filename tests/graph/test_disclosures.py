"""The record of looks: written with what it records or not at all, and read back newest first without gaps."""

import uuid
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from neo4j.exceptions import TransientError

from consent.errors import SealingError
from consent.scope import Scope
from consent.vocabulary import Field, Purpose, Sex
from graph import disclosures
from graph.disclosures import Look, Question, ShownPage
from graph.errors import Conflict, QueryFailed
from graph.opening import Asked, Opener, ShownPerson
from graph.people import Audience, BodyCondition, PageRequest
from graph.transaction import Transaction
from tests.graph import oracle
from tests.graph.audiences import Wish, by_id, by_place, by_roster, examples, fields, wishes
from tests.graph.looking import ALWAYS, look, read
from tests.loaded_city import BUREAU, NOW, City

EVERYWHERE = Scope("actor", BUREAU, frozenset(Purpose), None, None)
AUDIENCE = Audience(Purpose.CITY_NEWS, EVERYWHERE, NOW)
CONTACT = frozenset({Field.NAME, Field.PHONE})


async def stored(tx: Transaction) -> tuple[int, int]:
    """Count looks and disclosures."""
    text = "MATCH (l:Look) RETURN count(l) AS n UNION ALL MATCH (d:Disclosure) RETURN count(d) AS n"
    looks, shown = [row["n"] async for row in await tx.run(text)]
    return looks, shown


def asked(audience: Audience = AUDIENCE, wanted: frozenset[Field] = CONTACT) -> Asked:
    """Ask for some fields of an audience, and for every reason."""
    return Asked(audience.purpose, audience.scope, audience.now, wanted, frozenset(Field), audience.filtered)


def opener(city: City) -> Opener:
    """Give an opener with the city's keys."""
    return Opener(city.keyring, city.keyring.tenant)


async def disclose(city: City, request: PageRequest, question: Asked, seen: Look) -> ShownPage:
    """Disclose a page."""
    request = replace(request, with_affiliations=True)
    return await city.graph.write(disclosures.disclose_page, request, question, opener(city), seen)


def by(actor: str | None = None, participant: str | None = None, limit: int = 1_000) -> Question:
    """Ask for everything by an actor or of a participant."""
    return Question(participant, actor, 0, ALWAYS, None, limit)


@given(wish=wishes(), wanted=fields(), share=st.floats(0.3, 1.2))
@examples(8)
async def test_pages_show_and_record_exactly_what_was_agreed(
    looks: City, wish: Wish, wanted: frozenset[Field], share: float
) -> None:
    """Through all pages and by every way: each person as agreed, and for each a record of just what was shown."""
    city, audience = looks, wish.of(looks)
    question = asked(audience, wanted)
    people = oracle.audience_of(city, audience)
    size = max(round(len(people) * share), 1)
    requests = [(by_id(audience, size, 1_200), people)]
    if audience.regions is not None:
        requests.append((by_place(city, audience, size, 1_200), sorted(people, key=lambda one: one.place)))
    if audience.affiliation is not None:
        roster = oracle.fitting_bodies(city, audience.affiliation)
        by_body = sorted(people, key=lambda one: oracle.listed_under(city, audience, one))
        requests.append((by_roster(audience, size, roster), by_body))
    for first, expected in requests:
        actor = uuid.uuid4().hex
        request: PageRequest | None = first
        found: list[ShownPerson] = []
        while request is not None:
            page = await disclose(city, request, question, look(actor=actor))
            found += page.people
            request = None if page.last is None else replace(request, after=page.last)
        truth = [oracle.shown(city, person, question) for person in expected]
        assert oracle.comparable(found) == oracle.comparable(truth)
        recorded = await read(city.graph, by(actor, limit=10_000))
        assert {entry.participant: frozenset(entry.fields) for entry in recorded} == {
            person.id: person.shown for person in truth if person is not None
        }
        assert len(recorded) == len({entry.participant for entry in recorded})


async def test_a_look_is_recorded_as_it_was(looks: City) -> None:
    """Who, whom, which fields, for what, when and from where come back as they were written (P15)."""
    seed = bytes(range(32))
    seen = Look("a" * 32, NOW, "actor", BUREAU, Purpose.CITY_NEWS, "participants", "10.1.2.3", "trace-1", seed=seed)
    page = await disclose(looks, by_id(AUDIENCE, 3, 1_200), asked(), seen)
    recorded = await read(looks.graph, by("actor"))
    assert recorded
    assert {entry.look for entry in recorded} == {seen}
    for entry in recorded:
        assert set(entry.fields) == next(one.shown for one in page.people if one.id == entry.participant)
    assert page.last == page.people[-1].id


async def test_what_is_filtered_on_is_recorded_as_shown(looks: City) -> None:
    """A list of women that asks for nothing but ids has told everybody's sex."""
    audience = replace(AUDIENCE, sex=Sex.FEMALE)
    page = await disclose(looks, by_id(audience, 5, 1_200), asked(audience, frozenset()), look())
    recorded = await read(looks.graph, by("actor"))
    assert {entry.participant for entry in recorded} == {person.id for person in page.people}
    assert {entry.fields for entry in recorded} == {(Field.SEX,)}


async def test_a_look_that_shows_no_field_is_recorded(looks: City) -> None:
    """Ids alone name people, and a page without anybody, or without people, tells something as well."""
    page = await disclose(looks, by_id(AUDIENCE, 5, 1_200), asked(wanted=frozenset()), look())
    assert len(page.people) == 5
    recorded = await read(looks.graph, by("actor"))
    assert {(entry.participant, entry.fields) for entry in recorded} == {(one.id, ()) for one in page.people}
    nobody = replace(AUDIENCE, affiliation=BodyCondition(groups=("no such group",)))
    empty = await disclose(looks, by_id(nobody, 5, 1_200), asked(nobody), look())
    assert empty == ShownPage((), None)
    await disclose(looks, by_id(AUDIENCE, 5, 1_200), replace(asked(), people=False), look())
    assert await looks.graph.read(stored) == (3, 5)


async def test_people_of_whom_no_field_was_shown_are_recorded_without_any(looks: City) -> None:
    """Somebody on the page whose fields were all withheld was on the page all the same."""
    page = await disclose(looks, by_id(AUDIENCE, 1_000, 1), asked(wanted=frozenset({Field.RESIDENCE})), look())
    showing = {person.id for person in page.people if person.residence is not None}
    assert 0 < len(showing) < len(page.people)
    recorded = await read(looks.graph, by("actor"))
    assert {entry.participant for entry in recorded if entry.fields} == showing
    assert {entry.participant for entry in recorded} == {person.id for person in page.people}


async def test_people_out_of_scope_are_left_out_of_a_page(looks: City) -> None:
    """Where the query let through more than the caller may see, the gate still has the last word."""
    narrow = asked(replace(AUDIENCE, scope=replace(EVERYWHERE, regions=("11010",))))
    page = await disclose(looks, by_id(AUDIENCE, 1_000, 1), narrow, look())
    truth = {person.id: person for person in looks.people}
    assert page.people
    assert all(truth[person.id].jurisdiction.startswith("11010") for person in page.people)
    assert {entry.participant for entry in await read(looks.graph, by("actor"))} <= {one.id for one in page.people}


async def test_one_person_is_shown_and_recorded(looks: City) -> None:
    """A look at one participant is a disclosure as any other."""
    person = looks.special["not enrolled"]
    shown = await looks.graph.write(disclosures.disclose_one, person.id, asked(), opener(looks), look())
    assert oracle.comparable([shown]) == oracle.comparable([oracle.shown(looks, person, asked())])
    (recorded,) = await read(looks.graph, by(participant=person.id))
    assert (recorded.participant, recorded.fields) == (person.id, (Field.NAME,))


async def test_nobody_and_out_of_scope_are_alike(looks: City) -> None:
    """Both answer None and leave no record (L3)."""
    narrow = asked(replace(AUDIENCE, scope=replace(EVERYWHERE, regions=("11250",))))
    for identity in (looks.special["not enrolled"].id, str(uuid.uuid4()), "", "'"):
        shown = await looks.graph.write(disclosures.disclose_one, identity, narrow, opener(looks), look())
        assert shown is None
    assert await looks.graph.read(stored) == (0, 0)


async def test_when_the_record_is_refused_nothing_is_shown(looks: City) -> None:
    """A look whose id is there already can't be recorded: the caller gets the error, and nothing is stored."""
    first = look()
    await disclose(looks, by_id(AUDIENCE, 3, 1_200), asked(), first)
    before = await looks.graph.read(stored)
    with pytest.raises(Conflict):
        await disclose(looks, by_id(AUDIENCE, 9, 1_200), asked(), first)
    assert await looks.graph.read(stored) == before


async def test_when_the_record_fails_nothing_is_shown(looks: City, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record that breaks halfway leaves neither an answer nor a part of itself."""
    half = disclosures._WRITE + "WITH d CREATE (:Disclosure {at: 1 / (d.at - d.at)})"
    monkeypatch.setattr(disclosures, "_WRITE", half)
    person = looks.special["not enrolled"]
    with pytest.raises(QueryFailed):
        await disclose(looks, by_id(AUDIENCE, 3, 1_200), asked(), look())
    with pytest.raises(QueryFailed):
        await looks.graph.write(disclosures.disclose_one, person.id, asked(), opener(looks), look())
    assert await looks.graph.read(stored) == (0, 0)


async def test_what_fails_after_the_record_takes_it_back(looks: City) -> None:
    """The record stands in the transaction of the opening: if that is undone, both are."""

    async def broken(tx: Transaction) -> None:
        await disclosures.disclose_page(tx, by_id(AUDIENCE, 3, 1_200), asked(), opener(looks), look())
        raise LookupError

    with pytest.raises(LookupError):
        await looks.graph.write(broken)
    assert await looks.graph.read(stored) == (0, 0)


async def test_a_value_that_does_not_open_leaves_no_record(looks: City) -> None:
    """When opening fails, nothing was shown, and nothing is recorded."""
    wrong = Opener(looks.keyring, "busan")
    with pytest.raises(SealingError):
        await looks.graph.write(disclosures.disclose_page, by_id(AUDIENCE, 9, 1_200), asked(), wrong, look())
    assert await looks.graph.read(stored) == (0, 0)


async def test_a_repeated_transaction_is_recorded_once(looks: City) -> None:
    """When the driver runs the transaction again, the look of the first attempt is gone with it."""
    attempts = []

    async def fails_once(tx: Transaction, seen: Look) -> ShownPage:
        page = await disclosures.disclose_page(tx, by_id(AUDIENCE, 5, 1_200), asked(), opener(looks), seen)
        attempts.append(page)
        if len(attempts) == 1:
            raise TransientError
        return page

    page = await looks.graph.write(fails_once, look())
    assert len(attempts) == 2
    assert await looks.graph.read(stored) == (1, sum(bool(person.shown) for person in page.people))
