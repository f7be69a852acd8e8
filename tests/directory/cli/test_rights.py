"""`civic rights` and `civic retention`: what is asked at a counter, done and answered, beside a running service."""

import asyncio
import json
import stat
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest

from consent.cases import APPEALS
from directory.backup.journal import Journal
from directory.backup.manifest import journal_key
from directory.sealing.keyring_file import read_keyring
from directory.synthetic.city import SyntheticCity
from directory.synthetic.records import SyntheticPerson
from graph import intake
from graph.connection import Graph
from graph.engines.attached import attach
from tests.directory.cli.conftest import PEOPLE, Run

pytestmark = pytest.mark.slow

BY: Final = ("--by", "counter-3", "--json")


@pytest.fixture(scope="module")
def people(held: Path) -> list[SyntheticPerson]:
    """Give those of the loaded city who have a telephone and an e-mail; each test takes its own from the end."""

    async def day() -> str:
        async with Graph(await attach(held)) as graph:
            loaded = await graph.read(intake.load)
            assert loaded is not None
            return loaded.as_of

    city = SyntheticCity(PEOPLE, 7, as_of=date.fromisoformat(asyncio.run(day())))
    return [person for person in city.batch(0) if person.phone is not None and person.email is not None]


def done(run: Run, *arguments: str) -> dict[str, Any]:
    """Run a command that answers with a case."""
    result = run("rights", *arguments)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_access_as_json_and_as_a_page(run: Run, people: list[SyntheticPerson], tmp_path: Path) -> None:
    """Found by id, by telephone and by e-mail; the file is the operator's alone; each access is a case."""
    person, page = people[0], tmp_path / "report.html"
    assert person.phone is not None
    assert person.email is not None
    for named in (person.id, person.phone, person.email):
        assert done(run, "access", named, *BY)["person"] == person.id
    asked = run("rights", "access", "-", *BY)
    assert asked.exit_code == 1
    result = run("rights", "access", person.id, "--by", "counter-3", "--out", str(page), "--language", "en")
    assert result.exit_code == 0, result.output
    assert stat.S_IMODE(page.stat().st_mode) == 0o600
    assert person.name in page.read_text(encoding="utf-8")
    assert person.name not in result.output
    report = done(run, "access", person.id, *BY)
    assert report["name"] == person.name
    assert [case["kind"] for case in report["cases"]] == ["ACCESS"] * 5
    assert {case["by"] for case in report["cases"]} == {"counter-3"}


def test_a_case_is_shown_listed_and_decided(run: Run, people: list[SyntheticPerson]) -> None:
    """A contact that another record has waits; refused with a reason, it is closed; what is shown has no contact."""
    person, other = people[1], people[2]
    assert other.phone is not None
    case = done(run, "correct", person.id, "--phone", other.phone, *BY)
    assert (case["kind"], case["state"], case["fields"]) == ("CORRECTION", "IN_REVIEW", ["PHONE"])
    listed = run("rights", "list")
    assert case["id"] in listed.stdout
    assert other.phone not in listed.output
    assert [each["id"] for each in json.loads(run("rights", "list", "--json").stdout)] == [case["id"]]
    assert done(run, "show", case["id"]) == case
    refused = done(run, "decide", case["id"], "--outcome", "REFUSED_WITH_REASON", "--reason", "확인 불가", *BY)
    assert (refused["state"], refused["reason"]) == ("REFUSED_WITH_REASON", "확인 불가")
    assert refused["answered_by"] == "counter-3"
    assert [way["contact"] for way in refused["appeals"]] == [way.contact for way in APPEALS]
    told = run("rights", "list", "--state", "REFUSED_WITH_REASON").stdout
    assert all(way.contact in told for way in APPEALS)
    closed = run("rights", "decide", case["id"], "--outcome", "DONE", "--by", "officer-1")
    assert closed.exit_code == 2
    assert "does not wait" in closed.stderr


def test_a_life_at_the_counter(run: Run, people: list[SyntheticPerson], held: Path) -> None:
    """Corrected, suspended, lifted, taken back, told the source, erased; the journal has what no restore may undo."""
    person = people[3]
    kinds = [
        done(run, "correct", person.id, "--name", "Ana", "--born", "1981", "--remove", "SEX", *BY),
        done(run, "restrict", person.id, *BY),
        done(run, "release", person.id, "--purpose", "CITY_NEWS", *BY),
        done(run, "withdraw", person.id, "--purpose", "CITY_NEWS", "--field", "NAME", "--channel", "SMS", *BY),
        done(run, "withdraw", person.id, "--purpose", "CITY_NEWS", "--method", "TELEPHONE", *BY),
    ]
    assert {case["state"] for case in kinds} == {"DONE"}
    report = done(run, "access", person.id, *BY)
    assert (report["name"], report["born"], report["sex"]) == ("Ana", 1981, None)
    assert {"PAPER", "TELEPHONE"} <= {decision["method"] for decision in report["decisions"]}
    assert "가상" not in run("rights", "source", person.id, "--by", "counter-3").stderr
    assert done(run, "source", person.id, *BY)["case"]["kind"] == "SOURCE_NOTICE"
    kept = run("rights", "erase", person.id, "--by", "counter-3")
    assert kept.exit_code == 1
    assert done(run, "access", person.id, *BY)["person"] == person.id
    erased = done(run, "erase", person.id, "--yes", *BY)
    assert (erased["kind"], erased["state"]) == ("ERASURE", "DONE")
    gone = run("rights", "access", person.id, *BY)
    assert gone.exit_code == 2
    assert person.id not in gone.output
    journal = Journal(held / "erasures.jsonl", journal_key(read_keyring(held / "keyring.json")))
    assert [event.kind for _, event in journal.read().events if event.person == person.id] == ["ERASED"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("access", "0" * 32, *BY), "There is no participant"),
        (("access", "nobody@example.org", *BY), "There is no participant"),
        (("access", "canary", *BY), "The argument PERSON must be"),
        (("erase", "0" * 32, "--yes", *BY), "There is no participant"),
        (("restrict", "0" * 32, "--by", "010-0000-0000"), "The argument --by must be"),
        (("restrict", "0" * 32, "--purpose", "ENROLMENT", *BY), "The argument purpose must fit"),
        (("correct", "0" * 32, *BY), "The argument correction must name"),
        (("show", "0" * 32), "There is no case"),
        (("decide", "0" * 32, "--outcome", "DONE", *BY), "There is no case"),
        (("decide", "0" * 32, "--outcome", "DONE", "--by", "02-000-0000"), "The argument --by must be"),
    ],
)
def test_what_can_not_be_done_is_told_with_status_2(run: Run, arguments: tuple[str, ...], words: str) -> None:
    """A sentence that names the argument and repeats no value."""
    result = run("rights", *arguments)
    assert result.exit_code == 2, result.output
    assert words in result.stderr
    assert "canary" not in result.output


def test_retention_lists_then_records_then_destroys(run: Run) -> None:
    """The list changes nothing; a sweep records ends; with --destroy people without a basis are gone, once."""
    listed = {each["sort"]: each for each in json.loads(run("retention", "list", "--json").stdout)}
    again = {each["sort"]: each for each in json.loads(run("retention", "list", "--json").stdout)}
    assert listed == again
    ended, people = listed["consents past their end"], listed["people without a basis"]
    assert (ended["done"], people["done"]) == (0, 0)
    swept = run("retention", "sweep")
    assert swept.exit_code == 0, swept.output
    assert f"consents past their end: {ended['found']:,} found, {ended['found']:,} done" in swept.stdout
    assert f"people without a basis: {people['found']:,} found, 0 done" in swept.stdout or people["found"] == 0
    re_asked = run("retention", "re-ask", "--purpose", "CITY_NEWS").stdout.split()
    assert {each.split()[0] for each in ended["ids"] if each.endswith("CITY_NEWS")} <= set(re_asked)
    destroyed = json.loads(run("retention", "sweep", "--destroy", "--json").stdout)[1]
    assert destroyed["found"] == destroyed["done"]
    assert json.loads(run("retention", "list", "--json").stdout)[1]["found"] == 0
