"""`civic key`: keys that are issued open what they are for, are shown once, and end when they are revoked."""

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tests.directory.cli.conftest import Run, listed

pytestmark = pytest.mark.slow

DESK = ("key", "issue", "--actor", "desk-7", "--department", "bureau-administration")


def issued(run: Run, *more: str) -> dict[str, Any]:
    """Issue a key."""
    result = run(*DESK, "--json", *more)
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.stdout)
    return found


def test_a_key_has_what_it_was_issued_with(run: Run) -> None:
    """Purposes, regions, groups, label and end are listed as they were given, and the token nowhere."""
    key = issued(
        run,
        *("--purpose", "CITY_NEWS", "--purpose", "disaster_response", "--region", "11010", "--region", "1101053"),
        *("--group", "fire-brigades", "--label", "the night desk", "--days", "30"),
    )
    token = key.pop("token")
    assert token.startswith("civic_")
    assert len(token) > 40
    assert listed(run)[key["id"]] == key
    assert key["kind"] == "STAFF"
    assert key["purposes"] == ["CITY_NEWS", "DISASTER_RESPONSE"]
    assert set(key["regions"]) >= {"11010"}
    assert key["groups"] == ["fire-brigades"]
    assert (key["actor"], key["department"], key["label"]) == ("desk-7", "bureau-administration", "the night desk")
    between = datetime.fromisoformat(key["until"]) - datetime.fromisoformat(key["issued"])
    assert between.days == 30
    assert key["revoked"] is None


def test_a_key_without_regions_groups_or_end(run: Run) -> None:
    """It reaches the whole city and every group, until it is revoked."""
    key = issued(run, "--purpose", "POLICY_ADVICE")
    assert (key["regions"], key["groups"], key["until"]) == (None, None, None)


def test_a_key_is_shown_once(run: Run, held: Path) -> None:
    """To people as to programs; the list has no token, and no file of the folder has it."""
    result = run(*DESK, "--purpose", "CITY_NEWS")
    assert result.exit_code == 0
    token, _, sentence = result.stdout.strip().partition("\n\n")
    assert token.startswith("civic_")
    assert "only time" in sentence
    key_id = sentence.rpartition(" ")[2].rstrip(".")
    assert key_id in listed(run)
    for arguments in (("key", "list"), ("key", "list", "--json")):
        assert token not in run(*arguments).output
    for file in held.rglob("*"):
        if file.is_file():
            assert token.encode() not in file.read_bytes(), file.name


def test_a_privacy_officer_needs_no_purpose(run: Run) -> None:
    """That key reads records; it is shown nobody."""
    key = issued(run, "--kind", "privacy_officer")
    assert (key["kind"], key["purposes"]) == ("PRIVACY_OFFICER", [])
    assert "for no purpose" in run("key", "list").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "The argument --purpose is missing"),
        (("--kind", "service"), "The argument --purpose is missing"),
        (("--purpose", "CITY_NEWS", "--region", "99999"), "The argument --region "),
        (("--purpose", "CITY_NEWS", "--region", "canary"), "The argument --region "),
        (("--purpose", "CITY_NEWS", "--region", ""), "The argument --region "),
        (("--purpose", "CITY_NEWS", "--group", "canary"), "The argument --group must be one of: "),
        (("--purpose", "CITY_NEWS", "--department", "canary"), "There is no department of that id"),
        (("--purpose", "CITY_NEWS", "--actor", "010-0123-4567"), "The argument --actor must be an account's name"),
        (("--purpose", "CITY_NEWS", "--label", "demonstration"), "The argument --label is kept"),
        (("--purpose", "CITY_NEWS", "--kind", "privacy_officer"), "The argument --purpose must be left out"),
        (("--region", "11010", "--kind", "privacy_officer"), "The argument --region must be left out"),
        (("--group", "volunteers", "--kind", "privacy_officer"), "The argument --group must be left out"),
    ],
)
def test_a_key_for_what_is_not_there(run: Run, arguments: tuple[str, ...], words: str) -> None:
    """It is refused with a sentence that says what there is, ends with 2, and issues nothing."""
    before = listed(run)
    result = run(*DESK, *arguments)
    assert result.exit_code == 2, result.output
    (sentence,) = [line for line in result.stderr.splitlines() if not line.startswith("{")]
    assert sentence.startswith(f"civic: {words}")
    assert "canary" not in result.output
    assert result.stdout == ""
    assert listed(run) == before


def test_a_key_is_revoked(run: Run) -> None:
    """The list says so, in words and with the moment; revoking it again, or another, says that it is not there."""
    key = issued(run, "--purpose", "CITY_NEWS", "--label", "to be revoked")
    result = run("key", "revoke", key["id"])
    assert (result.exit_code, result.stdout) == (0, "Revoked.\n")
    after = listed(run)[key["id"]]
    assert after["revoked"] is not None
    assert after | {"revoked": None} == {name: value for name, value in key.items() if name != "token"}
    lines = run("key", "list").stdout.splitlines()
    assert any(line.startswith(f"{key['id']}  revoked") for line in lines)


@pytest.mark.parametrize("key_id", ["canary", "0" * 32, "' OR 1 = 1"])
def test_a_key_that_is_not_there_is_not_revoked(run: Run, key_id: str) -> None:
    """It ends with 2 and names the command that lists keys."""
    result = run("key", "revoke", key_id)
    assert result.exit_code == 2
    assert "`civic key list` lists them" in result.stderr
    assert key_id not in result.output


def test_the_list_says_who_what_for_and_where(run: Run) -> None:
    """Two lines a key, for people to read."""
    key = issued(run, "--purpose", "CITY_NEWS", "--group", "volunteers", "--region", "11020")
    lines = run("key", "list").stdout.splitlines()
    at = next(index for index, line in enumerate(lines) if line.startswith(key["id"]))
    assert lines[at].split()[1:] == ["open", "STAFF", "desk-7", "of", "bureau-administration"]
    assert lines[at + 1].strip() == "for CITY_NEWS; regions: 11020; groups: volunteers"
    noted = issued(run, "--purpose", "CITY_NEWS", "--label", "for the summer", "--days", "30")
    line = next(line for line in run("key", "list").stdout.splitlines() if line.startswith(noted["id"]))
    assert "bureau-administration (for the summer), until 20" in line
    assert line.endswith(" UTC")
