"""An export in which any one thing was changed: findings or a refusal, never a traceback, never "Everything holds"."""

import json
import shutil
from collections.abc import Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any, Final

import orjson
import pytest_asyncio

from consent.canonical import canonical
from consent.ledger.commitments import leaf_hash, salt_text
from consent.ledger.notes import Signer
from directory.ledger.errors import LedgerExportUnreadable
from directory.ledger.export_reading import Export
from directory.ledger.exported_files import CHECKPOINTS, ENTRIES, MANIFEST, MAP, MAP_NOTE, TOMBSTONES, UNPLACED
from directory.ledger.sequencer import Sequencer
from graph import ledger_entries, ledger_erasure
from graph.connection import Graph
from tests.directory.ledger.conftest import Now, exported, verified
from tests.graph.empty_ledger import add_events, add_look, person, tamper, tombstone
from tests.loaded_city import NOW

_KINDS: Final = ("ConsentEvent", "Look", "PermissionChange", "Tombstone", "Gossip")
_ABSENT: Final = object()


@pytest_asyncio.fixture
async def export(bare: Graph, sequencer: Sequencer, signer: Signer, now: Now, tmp_path: Path) -> Path:
    """Export a ledger with every kind of entry, some of them erased, under a tombstone with a place and one without."""
    look = await add_look(bare, [person("a", "NAME"), person("b", "NAME", "AGE")])
    await add_events(bare, "a", "b", "c", "d")
    await add_look(bare)
    content, salt = canonical({"id": "change", "at": NOW, "change": "ISSUED"}), b"\x05" * 32
    row = {"id": "change", "at": NOW, "content": content.decode(), "salt": salt_text(salt), "ledger_queue": "pending"}
    text = "CREATE (e:Entry:PermissionChange) SET e = $row"
    await tamper(bare, text, row=row | {"leaf_hash": leaf_hash(content, salt).hex()})
    await sequencer.flush()
    places = dict(await bare.read(ledger_entries.latest_leaves, 0, 9))
    (shown,) = [entry.index for entry in await bare.read(ledger_entries.entries, 0, 9) if entry.id == look]
    for who, named in (("a", [str(places["a"]), f"{shown}/0"]), ("d", [str(places["d"])])):
        await bare.write(ledger_erasure.erase_disclosures, who)
        text = "MATCH (e:ConsentEvent {participant: $who}) WITH e, e.leaf AS leaf SET e = {leaf: leaf, erased: true}"
        await tamper(bare, text, who=who)
        now.at += 60_000
        await sequencer.flush()
        row = tombstone(f"{who}-tombstone", now.at, *named)
        await tamper(bare, "CREATE (t:Entry:Tombstone) SET t = $row", row=row)
    await exported(bare, signer, tmp_path / "export", now.at)
    return tmp_path / "export"


async def test_no_single_change_passes(export: Path, signer: Signer, tmp_path: Path) -> None:
    """Every value of every line changed in several ways; every line relabelled, taken out, doubled, and moved."""
    report = verified(Export(export), signer)
    assert report.holds, report.findings
    assert (report.entries, report.emptied, report.unplaced, report.checkpoints) == (8, 2, 1, 2)
    tried = 0
    for name in (ENTRIES, CHECKPOINTS, TOMBSTONES, UNPLACED, MAP, MANIFEST):
        lines = [json.loads(line) for line in _read(export, name)]
        for what, changed in _changes(name, lines):
            content = b"\n".join(orjson.dumps(line) for line in changed)
            assert _is_noticed(export, tmp_path / "changed", name, content, signer), (name, what)
            tried += 1
    note = (export / MAP_NOTE).read_bytes()
    for at in range(len(note)):
        assert _is_noticed(export, tmp_path / "changed", MAP_NOTE, note[:at] + b"?" + note[at + 1 :], signer), at
    assert tried > 400


def _read(export: Path, name: str) -> list[bytes]:
    content = (export / name).read_bytes()
    return [content] if name == MANIFEST else content.splitlines()


def _is_noticed(export: Path, folder: Path, name: str, content: bytes, signer: Signer) -> bool:
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(export, folder)
    (folder / name).write_bytes(content)
    try:
        return not verified(Export(folder), signer).holds
    except LedgerExportUnreadable:
        return True


def _changes(name: str, lines: list[Any]) -> Iterator[tuple[object, list[Any]]]:
    """Give every changed version of a file's lines, but for those that say the same."""
    for number, line in enumerate(lines):
        for path in _paths(line):
            for value in _others(_at(line, path)):
                changed = deepcopy(lines)
                _put(changed[number], path, value)
                yield (number, path, value), changed
        others = [{**line, "more": value} for value in (7, "more", None)]
        others += _relabelled(line) if name == ENTRIES else []
        for other in others:
            yield (number, other), [*lines[:number], other, *lines[number + 1 :]]
        if name != MANIFEST:
            yield (number, "taken out"), lines[:number] + lines[number + 1 :]
            yield (number, "doubled"), [*lines[: number + 1], line, *lines[number + 1 :]]
        if name in {ENTRIES, CHECKPOINTS} and number:
            yield (number, "moved"), [*lines[: number - 1], line, lines[number - 1], *lines[number + 1 :]]
    strange = {"index": len(lines), "hash": "00" * 32, "kind": "Look", "id": "x", "at": 1, "erased": True}
    yield "a line more", [*lines, strange]
    yield "an empty line more", [*lines, {}]


def _relabelled(line: Any) -> Iterator[Any]:  # noqa: ANN401 - JSON.
    others = [{"kind": kind} for kind in _KINDS]
    others += [{"erased": True}, {"missing": True}, {"rows": [{"n": 0}]}, {"subject": "somebody"}]
    return (line | other for other in others if line | other != line)


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:  # noqa: ANN401 - JSON.
    if path:
        yield path
    members = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, member in members:
        yield from _paths(member, (*path, key))


def _at(value: Any, path: tuple[str | int, ...]) -> Any:  # noqa: ANN401 - JSON.
    for key in path:
        value = value[key]
    return value


def _put(value: Any, path: tuple[str | int, ...], other: object) -> None:  # noqa: ANN401 - JSON.
    parent = _at(value, path[:-1])
    if other is _ABSENT:
        del parent[path[-1]]
    else:
        parent[path[-1]] = other


def _others(value: object) -> list[object]:
    """Give other values in the place of one; what is not there, null or empty, says the same."""
    others: list[object] = [None, _ABSENT, "", [], {}, 0, 1, "x", True, False, 1.5, ["x"], {"x": 1}, "00" * 32]
    if isinstance(value, bool):
        others += [not value]
    elif isinstance(value, int):
        others += [value + 1, value - 1, float(value), str(value)]
    elif isinstance(value, str):
        others += [f"{value}x", value[:-1], value.upper(), value[::-1], [value]]
    elif isinstance(value, list):
        others += [[*value, *value], value[1:], [*value, {}]]
    return [other for other in others if not _says_the_same(value, other)]


def _says_the_same(value: object, other: object) -> bool:
    nothing = (None, "", [])
    if other is _ABSENT:
        return value is None or value in nothing
    same_type = type(value) is type(other)
    return (same_type and value == other) or (value in nothing and other in nothing)
