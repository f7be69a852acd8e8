"""Receipts for tests: a small ledger with one event in it, its signed checkpoint, and ways to change a receipt."""

import copy
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Final

from consent.canonical import canonical
from consent.events import ConsentEvent
from consent.ledger.checkpoints import sign_checkpoint
from consent.ledger.commitments import leaf_hash
from consent.ledger.latest_map import LatestMap, map_key
from consent.ledger.map_notes import sign_map
from consent.ledger.notes import Signer
from consent.ledger.tiles import TILE, TiledTree, inclusion_tiles, tile_root
from consent.notice_parts import Notice
from consent.notices import content_hash
from consent.receipt_latest import latest_proof
from consent.receipts import Place, make_receipt
from consent.vocabulary import EventKind, Purpose
from tests.consent.making_events import AT, event
from tests.consent.making_notices import draft, published

SIGNER: Final = Signer("civic-directory/test/0a1b2c3d", bytes(range(32)))
OTHER_SIGNER: Final = Signer("civic-directory/test/0a1b2c3d", bytes(range(1, 33)))
SALT: Final = bytes(range(100, 132))
SIZE: Final = 1_000
INDEX: Final = 700
NOTICE: Final = published(draft(purpose=Purpose.CITY_NEWS))
ENROLMENT_NOTICE: Final = published(draft(purpose=Purpose.ENROLMENT))
SHOWN: Final = frozenset({EventKind.GRANTED, EventKind.REFUSED, EventKind.RENEWED})
"""The kinds of event that are made under a notice."""

JsonPlace = tuple[str | int, ...]


def shown(one: ConsentEvent, notice: Notice = NOTICE) -> ConsentEvent:
    """Return an event as made under a notice, where its kind is made under any."""
    if one.kind not in SHOWN:
        return one
    return replace(one, notice=notice.id, notice_hash=content_hash(notice))


def beside(one: ConsentEvent) -> Notice:
    """Return the notice that goes with an event."""
    return ENROLMENT_NOTICE if one.purpose in {None, Purpose.ENROLMENT} else NOTICE


def place_of(one: ConsentEvent, index: int = INDEX, size: int = SIZE, signer: Signer = SIGNER) -> Place:
    """Put an event among other leaves, and sign the tree."""
    leaves = [bytes([number % 251]) * 32 for number in range(size)]
    leaves[index] = leaf_hash(canonical(one.content()), SALT)
    tiles = {number: b"".join(leaves[number * TILE : (number + 1) * TILE]) for number in range(-(-size // TILE))}
    tree = TiledTree(tile_root(tiles[number]) for number in range(size // TILE))
    path = tree.inclusion(index, size, {number: tiles[number] for number in inclusion_tiles(index, size)})
    note = sign_checkpoint(size, tree.root(size, tiles), AT + 120_000, signer)
    return Place(SALT, index, size, tuple(path), note)


def receipt_of(one: ConsentEvent | None = None, notice: Notice | None = None, **place: Any) -> dict[str, Any]:  # noqa: ANN401 - parts of a place.
    """Make the receipt of an event; of a grant without one."""
    given = event(EventKind.GRANTED) if one is None else one
    given = shown(given, notice or beside(given))
    signer = place.get("signer", SIGNER)
    return make_receipt(given, place_of(given, **place), signer.verifier, notice or beside(given))


def kinds() -> list[ConsentEvent]:
    """Give an event of every kind."""
    erased = event(EventKind.ERASED, erases=("12", "13/4"))
    return [shown(event(kind), NOTICE) for kind in EventKind if kind is not EventKind.ERASED] + [erased]


def map_proof(person: str, latest: int | None, size: int = SIZE, signer: Signer = SIGNER) -> dict[str, Any]:
    """Make the proof of a person's latest entry from a map of a few people."""
    leaves = {map_key(f"somebody else {number}"): number for number in range(40)}
    if latest is not None:
        leaves[map_key(person)] = latest
    made = LatestMap(leaves)
    return latest_proof(sign_map(len(made), made.root, size, AT + 180_000, signer), made, person)


def places(value: Any, at: JsonPlace = ()) -> Iterator[tuple[JsonPlace, Any]]:  # noqa: ANN401 - any JSON.
    """Give every single value of a JSON document with its place; an empty list or object is one too."""
    if isinstance(value, dict) and value:
        for name, each in value.items():
            yield from places(each, (*at, name))
    elif isinstance(value, list) and value:
        for number, each in enumerate(value):
            yield from places(each, (*at, number))
    else:
        yield at, value


def put(document: dict[str, Any], at: JsonPlace, new: object) -> dict[str, Any]:
    """Return the document with another value in a place."""
    changed = copy.deepcopy(document)
    inside: Any = changed
    for step in at[:-1]:
        inside = inside[step]
    inside[at[-1]] = new
    return changed


def another(value: object) -> object:
    """Return a value of the same type that is not this one, with as little changed as can be."""
    if isinstance(value, bool):
        return not value
    if isinstance(value, int):
        return value + 1
    if isinstance(value, str):
        return f"{value[:-1]}{'b' if value.endswith('a') else 'a'}" if value else "a"
    if isinstance(value, list):
        return ["a"]
    return {"a": 1} if isinstance(value, dict) else "a"
