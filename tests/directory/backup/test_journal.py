"""The journal: what is appended is on the disk, is there once, and is noticed where somebody changed it (E7)."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from consent.events import ConsentEvent
from consent.vocabulary import EventKind
from directory import clock
from directory.backup.errors import BackupCode, BackupError
from directory.backup.journal import JOURNALED, Journal
from tests.consent.making_events import PERSON, event

KEY = b"k" * 32
OTHER = PERSON.replace("1", "2")
WITHDRAWN = event(EventKind.WITHDRAWN)
REFUSED = event(EventKind.REFUSED)


def erased(person: str = PERSON) -> ConsentEvent:
    """Make the erasure of a person, as its tombstone has it: under the person's own id."""
    return event(EventKind.ERASED, id=person, person=person)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Name a journal in a folder that is not there yet."""
    return tmp_path / "elsewhere" / "erasures.jsonl"


def kept(path: Path) -> list[ConsentEvent]:
    """Read the events of a journal anew."""
    return [found for _, found in Journal(path, KEY).read().events]


def refusal(path: Path, key: bytes = KEY) -> BackupCode:
    """Give the code with which a journal is refused."""
    with pytest.raises(BackupError) as refused:
        Journal(path, key).read()
    return refused.value.code


def test_what_is_appended_is_there(path: Path) -> None:
    """Each event once, in order, and for its owner alone."""
    journal = Journal(path, KEY)
    assert not journal.exists
    assert journal.append([WITHDRAWN, REFUSED, WITHDRAWN]) == 2
    assert journal.append([REFUSED]) == 0
    assert kept(path) == [WITHDRAWN, REFUSED]
    assert path.stat().st_mode & 0o777 == 0o600
    assert journal.read().whole


@pytest.mark.parametrize("kind", EventKind)
async def test_what_takes_away_is_kept(path: Path, kind: EventKind) -> None:
    """And nothing else: a consent that is lost can be asked for again."""
    one = erased() if kind is EventKind.ERASED else event(kind)
    journal = Journal(path, KEY)
    journal.note_reached(0)
    await journal.record(one)
    assert kept(path) == ([one] if kind in JOURNALED else [])


def test_two_processes_append(path: Path) -> None:
    """Each sees what the other wrote, also where one of them wrote the file anew."""
    one, other = Journal(path, KEY), Journal(path, KEY)
    one.append([WITHDRAWN])
    assert other.append([WITHDRAWN, REFUSED]) == 1
    assert one.append([REFUSED, erased(OTHER)]) == 1
    assert kept(path) == [WITHDRAWN, REFUSED, erased(OTHER)]
    other.append([erased()])
    assert one.append([event(EventKind.RESTRICTED, person=OTHER)]) == 1
    assert [found.kind for found in kept(path)] == [EventKind.ERASED, EventKind.ERASED, EventKind.RESTRICTED]


def test_the_decisions_of_who_is_erased_go(path: Path) -> None:
    """From the journal as from the graph (C7); other people's stay."""
    journal = Journal(path, KEY)
    others = replace(REFUSED, person=OTHER)
    journal.append([WITHDRAWN, others])
    journal.append([erased()])
    assert kept(path) == [others, erased()]
    assert WITHDRAWN.id.encode() not in path.read_bytes()


def test_a_line_that_a_crash_cut_off(path: Path) -> None:
    """Is told to a reader; the next append drops it, and puts whole lines in its place."""
    journal = Journal(path, KEY)
    journal.append([WITHDRAWN, REFUSED])
    whole = path.read_bytes()
    path.write_bytes(whole[:-7])
    read = Journal(path, KEY).read()
    assert not read.whole
    assert [found for _, found in read.events] == [WITHDRAWN]
    again = Journal(path, KEY)
    assert again.append([WITHDRAWN, REFUSED]) == 1
    assert kept(path) == [WITHDRAWN, REFUSED]
    assert again.read().whole
    # The one that had it open notices as well.
    assert journal.append([REFUSED]) == 0


def test_a_changed_journal_is_refused(path: Path) -> None:
    """A line that was changed, taken out, moved, or is no line; with the number of the first that does not fit."""
    Journal(path, KEY).append([WITHDRAWN, REFUSED, erased(OTHER)])
    first, second, third = path.read_bytes().splitlines(keepends=True)
    changed = json.loads(second)
    changed["line"]["event"]["person"] = OTHER
    for content in (
        first + json.dumps(changed).encode() + b"\n" + third,
        first + third,
        second + first + third,
        first + b"{}\n",
        first + b"not JSON\n",
        first + b'{"line": {"written": 1}, "mark": 5}\n',
    ):
        path.write_bytes(content)
        assert refusal(path) is BackupCode.JOURNAL_BROKEN
        with pytest.raises(BackupError):
            Journal(path, KEY).append([REFUSED])
        assert path.read_bytes() == content


def test_another_directorys_journal(path: Path) -> None:
    """Its keyring does not confirm it."""
    Journal(path, KEY).append([WITHDRAWN])
    assert refusal(path, b"o" * 32) is BackupCode.JOURNAL_BROKEN
    path.unlink()
    assert refusal(path) is BackupCode.JOURNAL_MISSING


def test_what_is_past_is_dropped(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What no backup that is kept could bring back; how far the journal reached stays known."""
    journal = Journal(path, KEY)
    now = 1_000
    monkeypatch.setattr(clock, "now", lambda: now)
    journal.append([WITHDRAWN])
    journal.note_reached(17)
    now = 2_000
    journal.append([REFUSED])
    journal.prune(1_000)
    assert kept(path) == [WITHDRAWN, REFUSED]
    journal.prune(1_001)
    assert kept(path) == [REFUSED]
    assert journal.read().reached == 17
    journal.prune(9_999)
    assert kept(path) == []
    assert journal.read().reached == 17
    assert journal.append([WITHDRAWN]) == 1


def test_what_was_dropped_is_said(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """E7: nobody takes the rest for everything; it is in the chain, and the latest such instant stands."""
    journal = Journal(path, KEY)
    now = 1_000
    monkeypatch.setattr(clock, "now", lambda: now)
    journal.append([WITHDRAWN])
    journal.prune(900)
    assert journal.read().pruned_before is None
    now = 2_000
    journal.append([REFUSED])
    for before, said in ((1_500, 1_500), (1_800, 1_500), (2_500, 2_500), (9_000, 2_500)):
        journal.prune(before)
        assert Journal(path, KEY).read().pruned_before == said
        assert len([line for line in journal.read().lines if line.pruned_before is not None]) == 1
    changed = path.read_bytes().replace(b'"pruned_before":2500', b'"pruned_before":1500')
    path.write_bytes(changed)
    assert refusal(path) is BackupCode.JOURNAL_BROKEN


def test_an_empty_journal_is_whole(path: Path) -> None:
    """Nothing was taken back yet."""
    path.parent.mkdir()
    path.write_bytes(b"")
    content = Journal(path, KEY).read()
    assert content.whole
    assert content.events == []
    assert content.reached is None
    Journal(path, KEY).prune(5)
