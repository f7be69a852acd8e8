"""Exports that were changed afterwards, or are none: each is refused with its place, and nothing of it is repeated."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import orjson
import pytest

from consent.ledger.notes import Signer
from directory.errors import BadInput
from directory.ledger.errors import LedgerExportUnreadable
from directory.ledger.export_reading import Export
from directory.ledger.exporting import export_ledger
from directory.ledger.findings import FindingKind
from directory.ledger.sequencer import Sequencer
from directory.ledger.verifying import verify_export
from graph.connection import Graph
from tests.directory.ledger.conftest import Now, exported, fill, verified
from tests.directory.small_folder import no_progress
from tests.graph.empty_ledger import add_look
from tests.loaded_city import NOW


def change_line(folder: Path, name: str, number: int, change: Callable[[dict[str, Any]], object]) -> None:
    """Change one line of a file of an export."""
    lines = (folder / name).read_bytes().splitlines()
    content = json.loads(lines[number])
    change(content)
    lines[number] = orjson.dumps(content)
    (folder / name).write_bytes(b"\n".join(lines) + b"\n")


@pytest.mark.parametrize(
    ("name", "number", "change", "code", "index"),
    [
        ("latest-map.jsonl", 0, lambda line: line.update(leaf=5), "MAP_DIFFERS", None),
        ("latest-map.jsonl", 0, lambda line: line.update(key="00" * 32), "MAP_DIFFERS", None),
        ("entries.jsonl", 7, lambda line: line.update(index=8), "ENTRY_MISSING", 7),
        ("entries.jsonl", 7, lambda line: line.update(hash="00" * 32), "ROOT_DIFFERS", 1),
        ("entries.jsonl", 7, lambda line: line.update(kind="Gossip"), "ENTRY_MISLABELLED", 7),
        ("checkpoints.jsonl", 2, lambda line: line.update(size=300), "CHECKPOINT_CHANGED", 151),
    ],
)
async def test_an_export_that_was_changed_afterwards(  # noqa: PLR0913, PLR0917 - a table's columns.
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path, name: str, number: int,
    change: Callable[[dict[str, Any]], object], code: str, index: int | None,
) -> None:  # fmt: skip
    """Is found as well, whichever file it was."""
    await fill(bare, sequencer, now)
    export = await exported(bare, signer, tmp_path / "export", now.at)
    change_line(tmp_path / "export", name, number, change)
    report = verified(export, signer)
    named = [(one.what, one.index) for one in report.findings]
    assert code in {what for what, _ in named}, report.findings
    assert index is None or (code, index) in named


async def test_another_key_and_another_map(
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path
) -> None:
    """Under a pinned key nothing of another's holds; a map that is not the entries' own is found."""
    await fill(bare, sequencer, now)
    export = await exported(bare, signer, tmp_path / "export", now.at)
    other = Signer("civic-directory/test", bytes(32))
    found = {one.what for one in verified(export, other).findings}
    assert found == {FindingKind.CHECKPOINT_UNSIGNED, FindingKind.MAP_UNSIGNED}
    (tmp_path / "export" / "latest-map.jsonl").write_bytes(b"")
    codes = [one.what for one in verified(export, signer).findings]
    assert codes == [FindingKind.MAP_DIFFERS] * 2 + [FindingKind.EXPORT_DIFFERS]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("export.json", None),
        ("export.json", b"[]"),
        (
            "export.json",
            b'{"format": 1, "size": 1, "checkpoints": 1, "subjects": 1, "at": 1, "tombstones": 0, "unplaced": 0}',
        ),
        (
            "export.json",
            b'{"format": 2, "size": 1, "checkpoints": 1, "subjects": 1, "at": 1, "tombstones": 0, "unplaced": true}',
        ),
        (
            "export.json",
            b'{"format": 2, "size": -1, "checkpoints": 1, "subjects": 1, "at": 1, "tombstones": 0, "unplaced": 0}',
        ),
        ("export.json", b" " * 70_000),
        ("public-key.txt", b"no key"),
        ("public-key.txt", None),
        ("entries.jsonl", None),
        ("entries.jsonl", b"{"),
        ("entries.jsonl", b'{"index": 0}'),
        ("entries.jsonl", b'{"index": "0", "hash": ""}'),
        ("entries.jsonl", b'{"index": 0, "hash": "xy"}'),
        ("entries.jsonl", b'{"index": 0, "hash": "", "at": "now"}'),
        ("entries.jsonl", b'{"index": 0, "hash": "", "id": 7}'),
        ("entries.jsonl", b'{"index": 0, "hash": "", "rows": {}}'),
        ("entries.jsonl", b'{"index": 0, "hash": "", "rows": [7]}'),
        ("entries.jsonl", b"\xff"),
        ("checkpoints.jsonl", b'{"size": 1}'),
        ("checkpoints.jsonl", None),
        ("latest-map.jsonl", b'{"key": "ab", "leaf": 1}'),
        ("latest-map.jsonl", b'{"key": "", "leaf": -1}'),
        ("latest-map.txt", None),
        ("later-tombstones.jsonl", b"{}"),
        ("unplaced.jsonl", b"{}"),
        ("unplaced.jsonl", None),
    ],
)
async def test_what_is_no_export(  # noqa: PLR0913, PLR0917 - a table's columns.
    bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path, name: str, content: bytes | None
) -> None:
    """A file that is missing or broken is named with its line, and nothing of it is repeated."""
    await add_look(bare)
    await sequencer.flush()
    await exported(bare, signer, tmp_path / "export", now.at)
    path = tmp_path / "export" / name
    path.unlink()
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(LedgerExportUnreadable, match=name) as refused:
        verify_export(Export(tmp_path / "export"), None, None, no_progress)
    assert refused.value.__context__ is None


async def test_an_export_needs_a_folder_of_its_own(bare: Graph, signer: Signer, tmp_path: Path) -> None:
    """Nothing that lies there is written over."""
    (tmp_path / "something").write_text("of mine")
    with pytest.raises(BadInput, match="FOLDER"):
        await export_ledger(bare, signer, tmp_path, NOW, no_progress)
    assert [path.name for path in tmp_path.iterdir()] == ["something"]
