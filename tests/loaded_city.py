"""A small made-up city in the graph, and beside it the truth about everybody in it, for tests to compare with."""

import secrets
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final

from hypothesis.vendor.pretty import RepresentationPrinter

from consent.canonical import canonical
from consent.keyring import LocalKeyring
from consent.ledger.commitments import SALT_BYTES, leaf_hash
from consent.standing import PurposeStanding
from consent.vocabulary import Channel, Field, Purpose, State
from directory.intake.participant import participant_row
from directory.intake.synthetic_rows import BatchMaker, body_rows, frame
from directory.notices.book import load_book
from directory.sealing.keyring_file import new_keyring, write_private
from directory.synthetic.chance import stream
from directory.synthetic.city import SyntheticCity
from directory.synthetic.histories import Histories, shown_by
from directory.synthetic.records import SyntheticAffiliation, SyntheticBody, SyntheticPerson
from graph import constraints, intake
from graph.connection import Graph
from graph.consents import event_row
from graph.intake import Load
from graph.transaction import Transaction
from graph.vocabulary import Membership

PEOPLE: Final = 1_200
AS_OF: Final = date(2013, 6, 20)
BUREAU: Final = "bureau-administration"
DAY: Final = 86_400_000
NOW: Final = int(datetime(2013, 6, 20, tzinfo=UTC).timestamp() * 1000)
# So many bodies are there for each that reveals belief, union, party or health: more than in a real city, so that
# some people have nothing but a sensitive affiliation.
_SENSITIVE_OF: Final = 6
NEVER: Final = NOW + 10_000 * DAY


@dataclass(frozen=True, slots=True)
class Truth:
    """What was put into the graph of one person; None is what the directory does not hold."""

    id: str
    name: str | None
    sex: str | None
    born: int | None
    phone: str | None
    email: str | None
    dong: str
    jurisdiction: str
    group: str
    affiliations: tuple[SyntheticAffiliation, ...]
    purposes: Mapping[Purpose, PurposeStanding]
    department: str | None
    enrolment_until: int

    @property
    def place(self) -> str:
        """The key of walks by place."""
        return f"{self.dong}:{self.id}"


@dataclass(frozen=True, slots=True, repr=False)
class City:
    """The loaded city: the graph it is in, the keys it is sealed with, and who and what is really there.

    `people` are in the order of their ids; `special` are the hand-made ones among them, by what they are for.
    """

    graph: Graph
    keyring: LocalKeyring
    people: tuple[Truth, ...]
    bodies: Mapping[str, SyntheticBody]
    special: Mapping[str, Truth]
    dongs: tuple[str, ...]
    load: Load

    def _repr_pretty_(self, printer: RepresentationPrinter, _cycle: bool) -> None:  # noqa: FBT001 - as called
        """Print briefly where hypothesis tells what a test failed with: a whole city would be too much."""
        printer.text("the small city")


async def load(graph: Graph, folder: Path) -> City:
    """Load the city, in this process, and return it with its truth."""
    keyring = new_keyring()
    path = folder / "keyring.json"
    write_private(path, keyring.serialise())
    made = SyntheticCity(PEOPLE, as_of=AS_OF)
    bodies = tuple(
        replace(body, sensitive=body.sensitive or index % _SENSITIVE_OF == 0) for index, body in enumerate(made.bodies)
    )
    sensitive = {body.id: body.sensitive for body in bodies}
    batch = BatchMaker(PEOPLE, 2013, AS_OF, path).batch(0)
    people, histories = batch.people, Histories(shown_by(load_book()), NOW)
    truths = [
        _truth(person, row["person"].get("enrolment_department"))
        for person, row in zip(made.batch(0), people, strict=True)
    ]
    special = {}
    for name, (person, lacking) in _hand_made(made.batch(0)[0], bodies).items():
        truth, row = _hand_made_row(person, lacking, keyring)
        special[name] = truth
        people.append(row)
        truths.append(truth)
        for event in histories.of(person.id, person.purposes, stream(2013, name)):
            salt = secrets.token_bytes(SALT_BYTES)
            batch.events.append(event_row(event, salt))
            batch.hashes.append(leaf_hash(canonical(event.content()), salt))
    frame_rows = frame()
    planned = Load("small city", True, len(people), 2013, AS_OF.isoformat(), 1, 0, False)  # noqa: FBT003 - a row
    for statement in constraints.STATEMENTS:
        await graph.write(constraints.create, statement)
    await graph.write(intake.begin, planned)
    await graph.write(intake.add_frame, frame_rows)
    rows = [row | {"sensitive": sensitive[row["id"]]} for row in body_rows(made)]
    await graph.write(intake.add_bodies, rows)
    await graph.write(intake.frame_done)
    await graph.write(intake.add_people, 0, people, batch.seats, batch.events, batch.hashes)
    finished = await graph.read(intake.load)
    assert finished is not None
    assert finished.complete
    return City(
        graph=graph,
        keyring=keyring,
        people=tuple(sorted(truths, key=lambda person: person.id)),
        bodies={body.id: body for body in bodies},
        special=special,
        dongs=tuple(sorted(row["code"] for row in frame_rows.regions if row["level"] == "DONG")),
        load=finished,
    )


async def clear(tx: Transaction) -> None:
    """Remove everything there is."""
    await (await tx.run("MATCH (n) DETACH DELETE n")).consume()


def _truth(person: SyntheticPerson, department: str | None) -> Truth:
    content = {name: getattr(person, name) for name in Truth.__slots__ if name != "department"}
    return Truth(**content | {"sex": str(person.sex)}, department=department)


def _hand_made(
    like: SyntheticPerson, bodies: tuple[SyntheticBody, ...]
) -> dict[str, tuple[SyntheticPerson, tuple[str, ...]]]:
    """Make people whom chance might leave out, by what they are for, each with what the directory lacks of them."""
    open_body = next(body for body in bodies if not body.sensitive and not body.committee)
    closed_body = next(body for body in bodies if body.sensitive and not body.committee)
    open_one, closed_one = (
        SyntheticAffiliation(body.id, Membership.MEMBER_OF, "회원", None, "2012-01-01", None)
        for body in (open_body, closed_body)
    )
    agreed = PurposeStanding(State.GRANTED, frozenset(Field), frozenset(Channel), NEVER)
    news = {Purpose.CITY_NEWS: agreed}
    plain = replace(like, phone=None, affiliations=(open_one,), purposes=news, enrolment_until=NEVER)
    agreed_to_all = {Purpose.CITY_NEWS: replace(agreed, sensitive=True)}
    bare = {Purpose.CITY_NEWS: PurposeStanding(State.GRANTED, until=NEVER)}
    made = {
        "only a sensitive affiliation": (replace(plain, affiliations=(closed_one,)), ()),
        "a sensitive affiliation, agreed to": (
            replace(plain, affiliations=(closed_one,), purposes=agreed_to_all),
            (),
        ),
        "no affiliation": (replace(plain, affiliations=()), ()),
        "nothing held": (replace(plain, affiliations=()), ("name", "sex", "born", "email")),
        "not enrolled": (plain, ("department",)),
        "nothing covered": (replace(plain, purposes=bare), ()),
    }
    made |= {
        f"enrolment {state.lower()}": (
            replace(plain, purposes={Purpose.ENROLMENT: PurposeStanding(state, until=NOW + DAY)}),
            (),
        )
        for state in State
    }
    return {name: (_with_new_id(person), lacking) for name, (person, lacking) in made.items()}


def _with_new_id(person: SyntheticPerson) -> SyntheticPerson:
    identity = str(uuid.uuid4())
    return replace(person, id=identity, email=f"{identity}@example.org")


def _hand_made_row(
    person: SyntheticPerson, lacking: tuple[str, ...], keyring: LocalKeyring
) -> tuple[Truth, dict[str, Any]]:
    missing: dict[str, Any] = dict.fromkeys(lacking)
    truth = replace(_truth(person, BUREAU), **missing)
    row = participant_row(person, BUREAU, keyring)
    for name in lacking:
        kept = ("enrolment_department", "enrolment_until", "enrolment_covers") if name == "department" else (name,)
        for key in kept:
            del row[key]
    affiliations = [asdict(a) | {"relation": str(a.relation)} for a in person.affiliations]
    return truth, {"person": row, "affiliations": affiliations}
