"""The book as it lies in files: what keeps the service from starting, and what publishing writes."""

import json
from dataclasses import asdict
from pathlib import Path

import pytest

from consent.errors import ErrorCode, NoticeRefused
from consent.notice_parts import Notice
from consent.notices import Unpublishable, content_hash
from consent.vocabulary import Purpose
from directory.notices.book import Listed, check_draft, load_book, publish_draft
from directory.notices.errors import NoticeTextBroken

NOW = 1_371_654_000_000
TEXT = "city-news-1.toml"


def broken(folder: Path) -> NoticeRefused:
    """Give why the book is not taken."""
    with pytest.raises(NoticeRefused) as refused:
        load_book(folder)
    return refused.value


def change(folder: Path, old: str, new: str, name: str = TEXT) -> None:
    """Change a published text."""
    path = folder / "texts" / name
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def listed(folder: Path) -> list[dict[str, str]]:
    """Read the list of the published ones."""
    found: list[dict[str, str]] = json.loads((folder / "published.json").read_text(encoding="utf-8"))
    return found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("서울시 소식을", "서울시 새 소식을"),
        ("days = 730", "days = 729"),
        ('field = "SEX"\nrequired = false', 'field = "SEX"\nrequired = true'),
        ("02-000-0000", "02-000-0001"),
        ('"CALL"]', '"CALL", "CALL"]'),
    ],
)
def test_a_published_text_that_was_changed_is_not_served(folder: Path, old: str, new: str) -> None:
    """Its hash tells, whatever was changed in it."""
    change(folder, old, new)
    refused = broken(folder)
    # Requiring an item for promotion is no notice at all, and told as that.
    expected = ErrorCode.NOTICE_TEXT_BROKEN if "required = true" in new else ErrorCode.NOTICE_CHANGED
    assert refused.code is expected
    assert refused.part.startswith(TEXT if expected is ErrorCode.NOTICE_TEXT_BROKEN else "city-news/1")


def test_a_comment_can_be_changed(folder: Path) -> None:
    """What people are shown is published, not how the file is kept."""
    change(folder, "# 시정홍보", "# Another comment")
    load_book(folder)


@pytest.mark.parametrize(
    ("old", "new", "part"),
    [
        ('ko = "동의하지 않으셔도', 'ko = "…" # "', "right_to_refuse.ko"),
        ('field = "SEX"', 'field = "SHOE_SIZE"', "items.2.field"),
        ("days = 730", 'days = "730"', "retention.days"),
        ("[guardian]", "[guardians]", "the names of the parts"),
        ("version = 1", "version = 2", "whose purpose and version are those of another file"),
        ("[title]", "[title", "which is not there or no TOML"),
    ],
)
def test_a_text_that_is_broken_is_named_with_its_part(folder: Path, old: str, new: str, part: str) -> None:
    """Whoever broke it finds it."""
    change(folder, old, new)
    refused = broken(folder)
    assert isinstance(refused, NoticeTextBroken)
    assert refused.code is ErrorCode.NOTICE_TEXT_BROKEN
    assert TEXT in str(refused)
    assert part in str(refused)


def test_a_text_that_is_missing(folder: Path) -> None:
    """What was published can't be taken away."""
    (folder / "texts" / TEXT).unlink()
    assert broken(folder).part == f"{TEXT}, which is not there or no TOML"


def test_a_text_that_was_never_published(folder: Path, draft: str) -> None:
    """A draft lies elsewhere, so that nobody takes it for a notice."""
    (folder / "texts" / "policy-advice-3.toml").write_text(draft, encoding="utf-8")
    assert "not published" in str(broken(folder))


@pytest.mark.parametrize("written", [1, 2])
def test_publishing_that_was_cut_off_is_done_again(
    folder: Path, draft: str, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    """Wherever the machine stopped: the service starts, nothing is half published, and the same command goes on."""
    before = listed(folder)
    replaced, real = 0, Path.replace

    def stop(self: Path, target: Path) -> Path:
        nonlocal replaced
        replaced += 1
        if replaced == written:
            raise OSError("The machine stopped.")
        return real(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stop)
        with pytest.raises(OSError, match="stopped"):
            publish_draft(draft, NOW, folder)
    assert listed(folder) == before
    assert load_book(folder).get("policy-advice/2") is None
    published = publish_draft(draft, NOW, folder)
    assert load_book(folder).get("policy-advice/2") == published


@pytest.mark.parametrize("put", ["동의하지 않으셔도 991231-3001230", "02-000-0000, 991231-3001230"])
def test_a_text_with_an_identifier_is_not_published(folder: Path, draft: str, put: str) -> None:
    """U9: it would stand in every receipt. The part is named, the number is not repeated, and nothing is written."""
    old = put.split(" 991231", maxsplit=1)[0].rstrip(",")
    assert old in draft
    before = (folder / "published.json").read_bytes()
    outcome = publish_draft(draft.replace(old, put, 1), NOW, folder)
    assert isinstance(outcome, Unpublishable)
    assert {fault.code for fault in outcome.faults} == {ErrorCode.IDENTIFIER_REFUSED}
    assert all("." in fault.part and "991231" not in str(fault) for fault in outcome.faults)
    assert (folder / "published.json").read_bytes() == before


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "{}",
        "[1]",
        '[{"id": "city-news/1"}]',
        '[{"id": "city-news/1", "published": "2013-04-01", "sha256": "0"}]',
        '[{"id": "city-news/1", "published": "soon", "sha256": "0"}]',
        '[{"id": "../secrets", "published": "2013-04-01T00:00:00+09:00", "sha256": "0"}]',
        '[{"id": "city-news/1", "published": "2013-04-01T00:00:00+09:00", "sha256": "0", "more": 1}]',
    ],
)
def test_a_list_that_is_broken(folder: Path, text: str | None) -> None:
    """Without knowing what is published nothing is shown."""
    path = folder / "published.json"
    if text is None:
        path.unlink()
    else:
        path.write_text(text, encoding="utf-8")
    refused = broken(folder)
    assert refused.code is ErrorCode.NOTICE_TEXT_BROKEN
    assert "published.json" in str(refused) or "not published" in str(refused)


def test_a_purpose_without_a_notice(folder: Path) -> None:
    """Nobody could be asked for it."""
    rest = [entry for entry in listed(folder) if entry["id"] != "city-news/1"]
    (folder / "published.json").write_text(json.dumps(rest), encoding="utf-8")
    (folder / "texts" / TEXT).unlink()
    assert broken(folder).part == "published.json, which has no notice of city-news"


def test_publishing_adds_the_text_and_its_hash(folder: Path, draft: str) -> None:
    """The book then has it from that instant on, and what was there before is as it was."""
    before = listed(folder)
    published = publish_draft(draft, NOW, folder)
    assert isinstance(published, Notice)
    assert listed(folder) == [
        *before,
        {"id": "policy-advice/2", "published": "2013-06-20T00:00:00.000+09:00", "sha256": content_hash(published)},
    ]
    book = load_book(folder)
    assert book.get("policy-advice/2") == published
    assert book.current(Purpose.POLICY_ADVICE, NOW - 1) == book.get("policy-advice/1")
    assert book.current(Purpose.POLICY_ADVICE, NOW) == published


def test_what_is_incomplete_is_not_published(folder: Path, draft: str) -> None:
    """Every missing part is named, wrong ones with them, and nothing is written."""
    before = (folder / "published.json").read_bytes()
    text = draft.replace("동의하지 않으셔도", "").replace("days = 730", "days = 731").replace('"CALL"]', '"TELEPATHY"]')
    text = text[: text.index("[withdrawal]")] + text[text.index("[guardian]") :]
    outcome = publish_draft(text.replace('field = "AGE"', 'field = "SHOE"'), NOW, folder)
    assert isinstance(outcome, Unpublishable)
    parts = {fault.part for fault in outcome.faults}
    assert {"withdrawal.ko", "withdrawal.en", "rights.ko", "rights.en", "retention.days"} <= parts
    assert {"items.3.field", "guardian.checks.6"} <= parts
    assert len(outcome.faults) == len(parts)
    assert "TELEPATHY" not in str([str(fault) for fault in outcome.faults])
    assert (folder / "published.json").read_bytes() == before
    assert not (folder / "texts" / "policy-advice-2.toml").exists()


ONE_THING: dict[tuple[str, str], tuple[str, str]] = {
    ("version = 2", "version = 3"): ("NOTICE_VERSION", "version"),
    ("version = 2", "version = 1"): ("NOTICE_VERSION", "version"),
    ("version = 2", ""): ("NOTICE_INCOMPLETE", "version"),
    ("version = 2", "version = 2\npublished = 1"): ("NOTICE_PUBLISHED", "published"),
    ('purpose = "POLICY_ADVICE"', ""): ("NOTICE_INCOMPLETE", "purpose"),
    ('purpose = "POLICY_ADVICE"', 'purpose = "GOSSIP"'): ("NOTICE_VALUE", "purpose"),
    ("[title]", "[title"): ("NOTICE_VALUE", "the file, which is no TOML"),
    ('[[items]]\nfield = "NAME"\n', "[[items]]\n"): ("NOTICE_INCOMPLETE", "items.1.field"),
    ("under = 14", "under = true"): ("NOTICE_VALUE", "guardian.under"),
}


@pytest.mark.parametrize("change", ONE_THING)
def test_a_draft_with_one_thing_wrong(folder: Path, draft: str, change: tuple[str, str]) -> None:
    """It is named, and nothing that follows from it."""
    assert change[0] in draft
    outcome = check_draft(draft.replace(*change), NOW, folder)
    assert isinstance(outcome, Unpublishable)
    assert ONE_THING[change] in [(fault.code.value, fault.part) for fault in outcome.faults]
    assert len({fault.part for fault in outcome.faults}) == len(outcome.faults) <= 2


def test_checking_writes_nothing(folder: Path, draft: str) -> None:
    """A draft that could be published is not, until it is."""
    assert isinstance(check_draft(draft, NOW, folder), Notice)
    assert load_book(folder).get("policy-advice/2") is None


def test_the_instant_is_written_so_that_it_is_read_again() -> None:
    """To the millisecond."""
    entry = Listed("city-news/2", "2013-06-20T12:34:56.789+09:00", "0")
    assert entry.at == 1_371_699_296_789
    assert Listed(**asdict(entry)).checked() is not None
