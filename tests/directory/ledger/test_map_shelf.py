"""The shelf of the day's map: proofs out of the map whose note is asked for, and of no other (C3)."""

from pathlib import Path

import orjson

from consent.ledger.latest_map import LatestMap, map_key
from consent.ledger.map_notes import sign_map
from consent.ledger.notes import Signer
from consent.receipt_latest import check_latest, latest_proof
from consent.receipt_steps import Status
from directory.ledger.map_shelf import MapShelf

SIGNER = Signer("civic-directory/test", bytes(range(32)))


def made_of(people: int, leaf: int) -> tuple[LatestMap, str]:
    """Make a map of some people and sign it."""
    made = LatestMap({map_key(f"person {number}"): leaf + number for number in range(people)})
    return made, sign_map(people, made.root, 1_000, 1, SIGNER)


def test_a_proof_is_that_of_the_whole_map(tmp_path: Path) -> None:
    """And the receipt's step takes it."""
    shelf = MapShelf(tmp_path / "map.bin")
    made, note = made_of(500, 100)
    shelf.keep(made)
    for person in ("person 0", "person 499", "nobody"):
        assert shelf.proof(note, SIGNER.verifier, person) == latest_proof(note, made, person)
    step = check_latest(orjson.dumps(shelf.proof(note, SIGNER.verifier, "person 7")), "person 7", 107, SIGNER.verifier)
    assert step.status is Status.PASSED


def test_another_day_s_map_gives_no_proof(tmp_path: Path) -> None:
    """Nor does a file that is missing, cut, or something else, nor a note that somebody else signed."""
    shelf = MapShelf(tmp_path / "map.bin")
    made, note = made_of(5, 1)
    assert shelf.proof(note, SIGNER.verifier, "person 1") is None
    shelf.keep(made)
    assert shelf.proof(made_of(5, 2)[1], SIGNER.verifier, "person 1") is None
    assert shelf.proof(note, Signer("civic-directory/test", bytes(32)).verifier, "person 1") is None
    whole = (tmp_path / "map.bin").read_bytes()
    for content in (whole[:-1], b"", b"something else"):
        (tmp_path / "map.bin").write_bytes(content)
        assert shelf.proof(note, SIGNER.verifier, "person 1") is None
