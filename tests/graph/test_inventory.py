"""The table of what there is in the graph, held against every Cypher text of the package."""

import ast
import importlib
import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from types import ModuleType

import pytest

from graph import exporting, restoring
from graph.inventory import HANGING, LABELS, NOT_KEPT, RELATIONSHIPS, WHOLE, WITHIN, Kind, unlisted

GRAPH = sorted((Path(__file__).parents[2] / "graph").glob("*.py"))
KNOWN_LABELS = {label for labels in LABELS for label in labels} | HANGING.keys() | NOT_KEPT.keys()
KNOWN_TYPES = RELATIONSHIPS.keys() | {WITHIN}
# Whose texts write to people without the mark, and why no backup needs it there.
UNMARKED = {
    "rewrapping": "A key that is wrapped anew opens to what it was: no fact about anybody has changed.",
    "intake": "No backup is made while a load goes on.",
    "restoring": "Nor while a restore does.",
}
REVISION = "p.revision = coalesce(p.revision, 0) + 1"
MARK = "p.changed = timestamp()"


def strings(value: object) -> Iterator[str]:
    """Give the texts in what a module holds under a name."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for part in value.values():
            yield from strings(part)
    elif isinstance(value, tuple):
        for part in value:
            yield from strings(part)


def texts(module: ModuleType) -> dict[str, list[str]]:
    """Give a module's own texts, by their names."""
    return {name: list(strings(value)) for name, value in vars(module).items() if not name.startswith("__")}


def labels_in(text: str) -> set[str]:
    """Find the labels in a text."""
    return {label for found in re.findall(r"\(\w*((?::[A-Z]\w+)+)", text) for label in found.strip(":").split(":")}


def types_in(text: str) -> set[str]:
    """Find the types of relationships in a text."""
    return set(re.findall(r"\[\w*:([A-Z_]+)\b", text))


@pytest.mark.parametrize("path", GRAPH, ids=lambda path: path.stem)
def test_no_label_and_no_type_is_missing(path: Path) -> None:
    """Whatever a text writes or reads is in a backup, or is said not to be (E7)."""
    for text in chain.from_iterable(texts(importlib.import_module(f"graph.{path.stem}")).values()):
        assert labels_in(text) <= KNOWN_LABELS
        assert types_in(text) <= KNOWN_TYPES


def test_labels_and_types_are_seen() -> None:
    """The test above would notice one that is not there."""
    assert labels_in("CREATE (:Entry:Strange {id: 1})-[s:SEES {a: 1}]->(b:Other)") == {"Entry", "Strange", "Other"}
    assert types_in("MATCH (a)-[s:SEES]->(b), (a)<-[:KNOWS]-(c)") == {"SEES", "KNOWS"}


def test_every_label_can_be_written_and_every_type_too() -> None:
    """The restore has a text for each, the export one for each kind that is read whole."""
    assert restoring._NODES.keys() | {restoring._LOOK} == LABELS.keys()
    assert restoring._RELATIONSHIPS.keys() == RELATIONSHIPS.keys()
    assert exporting._WHOLE.keys() == set(WHOLE)
    assert set(LABELS.values()) == set(Kind)
    for labels, text in restoring._NODES.items():
        assert labels_in(text) == set(labels)
    for name, text in restoring._RELATIONSHIPS.items():
        ends = RELATIONSHIPS[name]
        assert f"(a:{ends.start} {{{ends.start_key}: row[0]}})" in text
        assert f"(b:{ends.end} {{{ends.end_key}: row[1]}})" in text
        assert f"[r:{name}]" in text


def test_what_is_strange_is_named() -> None:
    """A label of another kind, or a relationship that nobody can restore."""
    person = [["Participant"], {"id": "a"}, [["LIVES_IN", "1101053", {}]]]
    assert unlisted(Kind.PEOPLE, [person]) is None
    assert unlisted(Kind.BODIES, [person]) == "Participant"
    assert unlisted(Kind.PEOPLE, [[["Participant"], {}, [["KNOWS", "b", {}]]]]) == "KNOWS"
    look = [["Entry", "Look"], {"id": "a"}, [{"n": 0, "participant": "b"}]]
    assert unlisted(Kind.ENTRIES, [look]) is None
    assert unlisted(Kind.ENTRIES, [[["Entry", "Strange"], {}, []]]) == "Entry Strange"


def changes_people(text: str) -> bool:
    """Say whether a text writes a property or a relationship of a participant."""
    changed = text.replace(REVISION, "")
    for person in re.findall(r"\((\w+):Participant\b", changed):
        written = rf"(SET|REMOVE|,)\s+{person}\b\s*(\.\w+)?\s*\+?=|REMOVE\s[^;]*\b{person}\.\w|CREATE \({person}[):]"
        loosened = rf"\({person}:Participant[^)]*\)-\[(\w+)"
        loose = any(re.search(rf"DELETE {edge}\b", changed) for edge in re.findall(loosened, changed))
        if re.search(written, changed) or loose:
            return True
    return False


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("MATCH (p:Participant {id: $id}) RETURN p.id = $id AS same", False),
        ("MATCH (p:Participant {id: $id}) SET " + REVISION + " RETURN p.id", False),
        ("MATCH (p:Participant {id: $id}) SET p += $properties", True),
        ("MATCH (p:Participant {id: $id}) SET p.dong = $dong", True),
        ("MATCH (p:Participant {id: $id}) SET " + REVISION + ", p.dong = $dong", True),
        ("MATCH (p:Participant {id: $id}) REMOVE p.name", True),
        ("MATCH (q:Participant {id: $id})-[lives:LIVES_IN]->(:Region) DELETE lives", True),
        ("MATCH (p:Participant {id: $id}) MATCH (r:Region) CREATE (p)-[:LIVES_IN]->(r)", True),
        ("CREATE (p:Participant) SET p = $row", True),
        ("MATCH (p:Participant {id: $id}) DETACH DELETE p", False),
        ("MATCH (e:ConsentEvent {participant: $id}) SET e = {leaf: 1}", False),
    ],
)
def test_what_changes_people_is_seen(text: str, *, changes: bool) -> None:
    """Erasing is none of it: the tombstone tells of that."""
    assert changes_people(text) is changes


def reached(functions: dict[str, ast.AST], name: str, seen: set[str]) -> set[str]:
    """Find every name that a function uses, by itself or through others of its module."""
    for node in ast.walk(functions[name]):
        if isinstance(node, ast.Name) and node.id not in seen:
            seen.add(node.id)
            if node.id in functions:
                reached(functions, node.id, seen)
    return seen


@pytest.mark.parametrize("path", [path for path in GRAPH if path.stem not in UNMARKED], ids=lambda path: path.stem)
def test_whoever_changes_people_marks_them(path: Path) -> None:
    """In each function that others call: a backup finds by the mark who was written to while it read (E7)."""
    tree = ast.parse(path.read_text("utf-8"))
    functions = {n.name: n for n in tree.body if isinstance(n, ast.AsyncFunctionDef | ast.FunctionDef)}
    known = texts(importlib.import_module(f"graph.{path.stem}"))
    for name in functions:
        if not name.startswith("_"):
            used = [text for each in reached(functions, name, set()) for text in known.get(each, ())]
            assert not any(map(changes_people, used)) or any(MARK in text for text in used), name


def test_the_marks_are_looked_for_where_they_are() -> None:
    """Recording a consent and correcting are among what the test above looks at."""
    for name in ("consents", "correcting"):
        own = list(chain.from_iterable(texts(importlib.import_module(f"graph.{name}")).values()))
        assert any(changes_people(text) and MARK not in text for text in own)
        assert any(MARK in text for text in own)
