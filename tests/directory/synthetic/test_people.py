"""The people: names, ages, contact details and homes that are believable and nobody's."""

from collections import Counter
from datetime import date

import pytest

from consent.email_addresses import parse_email
from consent.phones import PhoneKind, parse_phone
from consent.vocabulary import Sex
from directory.reference.regions import all_regions, dongs, regions_by_code
from directory.synthetic.chance import Scatter, stream
from directory.synthetic.city import SyntheticCity
from directory.synthetic.contact import MAIL_SLOTS
from directory.synthetic.names import Names
from directory.synthetic.records import SyntheticPerson
from directory.synthetic.romanisation import romanise
from directory.synthetic.surnames import SURNAMES
from graph.vocabulary import BodyKind, Membership


def test_phones_are_valid_and_unassigned(some_people: list[SyntheticPerson]) -> None:
    """Every number is a mobile one of 010-0 or 010-1, as the phone rules read it, and nobody else's."""
    phones = [person.phone for person in some_people if person.phone]
    assert len(set(phones)) == len(phones)
    assert 0.95 < len(phones) / len(some_people) < 0.99
    for phone in phones:
        assert phone.startswith(("+82100", "+82101"))
        assert len(phone) == len("+821012345678")
    for phone in phones[::50]:
        read = parse_phone(phone)
        assert (read.e164, read.kind) == (phone, PhoneKind.MOBILE)


def test_addresses_are_in_reserved_domains(some_people: list[SyntheticPerson]) -> None:
    """No message to a made-up person can reach anybody."""
    emails = [person.email for person in some_people if person.email]
    assert len(set(emails)) == len(emails)
    assert 0.65 < len(emails) / len(some_people) < 0.8
    for email in emails:
        domain = email.partition("@")[2]
        assert domain in {"example.com", "example.org", "example.net"} or domain.endswith((".example", ".test"))
    for email in emails[::50]:
        assert parse_email(email, allow_reserved=True) == email
    assert {email.partition("@")[2] for email in emails} == set(MAIL_SLOTS)


def test_the_young_have_more_addresses(some_people: list[SyntheticPerson]) -> None:
    """Nearly everybody under 35 has one, few over 70 have."""
    young = [person.email is not None for person in some_people if person.born > 1990]
    old = [person.email is not None for person in some_people if person.born < 1955]
    assert sum(young) / len(young) > 0.85
    assert sum(old) / len(old) < 0.5


def test_a_name_is_no_part_of_a_region_or_body(
    city: SyntheticCity, people: list[SyntheticPerson], whole_city: SyntheticCity
) -> None:
    """A name found in the database's files can only be a person's."""
    text = "\n".join({body.name_ko for body in (*city.bodies, *whole_city.bodies)})
    text += "\n".join(region.name_ko for region in all_regions())
    small = "\n".join([*(b.name_ko for b in city.bodies), *(r.name_ko for r in all_regions())])
    assert not [person.id for person in people if person.name in small]
    sample = {person.name for person in whole_city.batch(40)}
    assert not [name for name in sample if name in text]


def test_a_taken_name_is_never_drawn() -> None:
    """Whatever the public texts say, alone or inside a word, is nobody's name."""
    free = Names([])
    rng = stream(1, "names")
    drawn = [free.draw(rng, Sex.FEMALE, 1965)[0] for _ in range(300)]
    often = Counter(drawn).most_common(1)[0][0]
    wary = Names([f"새{often}회관 둘"])
    rng = stream(1, "names")
    assert often not in {wary.draw(rng, Sex.FEMALE, 1965)[0] for _ in range(300)}


def test_surnames_are_as_frequent_as_real_ones(some_people: list[SyntheticPerson]) -> None:
    """Kim, Lee and Park lead, with about the shares that they have in Korea."""
    first = Counter(person.name[0] for person in some_people)
    for name, share in (("김", 0.215), ("이", 0.147), ("박", 0.084)):
        assert first[name] / len(some_people) == pytest.approx(share, abs=0.02)
    assert any(person.name.startswith("남궁") for person in some_people)
    assert {len(person.name) for person in some_people} >= {2, 3, 4}


def test_given_names_go_with_sex_and_age(some_people: list[SyntheticPerson]) -> None:
    """Names of the old and the young, and of women and men, are other names."""

    def given(sex: Sex, since: int, until: int) -> set[str]:
        chosen = (p for p in some_people if p.sex is sex and since <= p.born < until)
        return {name for name, _ in Counter(person.name[1:] for person in chosen).most_common(10)}

    assert not given(Sex.FEMALE, 1930, 1950) & given(Sex.FEMALE, 1990, 2015)
    assert not given(Sex.MALE, 1930, 1950) & given(Sex.MALE, 1990, 2015)
    assert not given(Sex.FEMALE, 1960, 1970) & given(Sex.MALE, 1960, 1970)


def test_nobody_is_a_child(some_people: list[SyntheticPerson], as_of: date) -> None:
    """No one is under 19, whatever their birthday, but volunteers, who are at least 14."""
    for person in some_people:
        youngest = as_of.year - person.born - 1
        assert youngest >= (14 if person.group == "volunteers" else 19)
        assert youngest < 90


def test_sexes_go_with_the_group(some_people: list[SyntheticPerson]) -> None:
    """More women among volunteers, more men on patrol."""
    women = Counter(person.group for person in some_people if person.sex is Sex.FEMALE)
    everybody = Counter(person.group for person in some_people)
    assert women["volunteers"] / everybody["volunteers"] > 0.55
    assert women["crime-prevention-patrols"] / everybody["crime-prevention-patrols"] < 0.35


def test_people_live_near_their_bodies(whole_city: SyntheticCity, some_people: list[SyntheticPerson]) -> None:
    """Most live in their body's dong or district, neighbourhood heads nearly always where they serve."""
    local = [person for person in some_people if len(person.jurisdiction) == 7]
    assert sum(person.dong == person.jurisdiction for person in local) / len(local) > 0.75
    assert sum(person.dong[:5] == person.jurisdiction[:5] for person in local) / len(local) > 0.9
    heads = [person for person in local if person.group == "neighbourhood-heads"]
    assert sum(person.dong == person.jurisdiction for person in heads) / len(heads) > 0.99
    assert {person.dong for person in some_people} <= {dong.code for dong in dongs()}
    assert whole_city.people > len(some_people)


def test_the_fullest_dong_is_the_fullest_in_a_small_city(people: list[SyntheticPerson]) -> None:
    """Sinjeong 3-dong leads and Sogong-dong comes last at a hundredth of the size, too."""
    homes = Counter({dong.code: 0 for dong in dongs()})
    homes.update(person.dong for person in people)
    counts = homes.most_common()
    assert regions_by_code()[counts[0][0]].name_ko == "신정3동"
    sogong = next(dong.code for dong in dongs() if dong.name_ko == "소공동")
    assert homes[sogong] == counts[-1][1]


def test_seats_and_terms(whole_city: SyntheticCity, as_of: date) -> None:
    """Committee members have a seat of their own, for a term of two years that has not ended."""
    bodies = {body.id: body for body in whole_city.bodies}
    taken: Counter[tuple[str, str]] = Counter()
    served: Counter[str] = Counter()
    for person in whole_city.batch(0):
        affiliation = person.affiliations[0]
        body = bodies[affiliation.body]
        assert (affiliation.relation is Membership.SERVES_ON) == body.committee
        if not body.committee:
            continue
        assert affiliation.role is None
        taken[affiliation.body, affiliation.seat or ""] += 1
        served[affiliation.body] += 1
        until = date.fromisoformat(affiliation.until or "")
        assert date.fromisoformat(affiliation.since) <= as_of <= until
        assert (until - date.fromisoformat(affiliation.since)).days == 729
    assert set(taken.values()) == {1}
    assert len(served) == 195
    assert all(count <= (bodies[body].seats or 0) for body, count in served.items())


def test_members_have_a_role_since_a_day_in_the_past(
    whole_city: SyntheticCity, some_people: list[SyntheticPerson], as_of: date
) -> None:
    """Membership has a role and no seat; it began when the person was old enough, and has not ended."""
    bodies = {body.id: body for body in whole_city.bodies}
    for person in some_people:
        for affiliation in person.affiliations:
            if affiliation.relation is Membership.MEMBER_OF:
                assert affiliation.role
                assert affiliation.seat is None
            assert int(affiliation.since[:4]) >= person.born + 13
            assert affiliation.since <= as_of.isoformat() <= (affiliation.until or "9999")
    roles = Counter(
        affiliation.role
        for person in some_people
        for affiliation in person.affiliations
        if bodies[affiliation.body].kind is BodyKind.APARTMENT_COMPLEX
    )
    assert roles["관리소장"] > 0
    assert roles["동별 대표자"] > roles["관리소장"]


def test_scatter_meets_no_number_twice() -> None:
    """A scatter is one to one, whatever the seed."""
    for seed in range(5):
        scatter = Scatter(12, 35, stream(seed, "scatter"))
        assert sorted(map(scatter, range(420))) == list(range(420))


@pytest.mark.parametrize(
    ("hangul", "latin"),
    [("민준", "minjun"), ("혜원", "hyewon"), ("철수", "cheolsu"), ("옥희", "okhui"), ("빛나-라", "bitnara")],
)
def test_romanisation(hangul: str, latin: str) -> None:
    """Syllables are written as Revised Romanization writes them, and nothing else is."""
    assert romanise(hangul) == latin


def test_every_surname_is_written_in_latin_letters() -> None:
    """No surname occurs twice, and each has its romanisation."""
    assert len({surname.ko for surname in SURNAMES}) == len(SURNAMES)
    assert all(surname.latin.isascii() and surname.latin.isalpha() for surname in SURNAMES)
