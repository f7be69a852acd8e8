"""The list of errors in docs/errors.md against the codes that there are."""

import re
from enum import StrEnum
from pathlib import Path

import pytest

from consent.errors import ErrorCode
from consent.ledger.errors import LedgerCode
from consent.receipt_errors import ReceiptCode
from directory.api import errors as api_errors
from directory.backup.errors import BackupCode
from directory.cli.running import _status
from directory.errors import DirectoryCode, DirectoryError, NoSuchDepartment
from directory.ledger.findings import FindingKind
from directory.outages import outage_of
from directory.reference.errors import ReferenceCode
from directory.screening.errors import ScreeningCode
from directory.synthetic.errors import SyntheticCode
from graph.errors import EngineUnavailable, GraphCode, GraphError, LoadIncomplete

DOCUMENT = (Path(__file__).parents[2] / "docs" / "errors.md").read_text(encoding="utf-8")
EVERY = [
    *DirectoryCode,
    *GraphCode,
    *ErrorCode,
    *BackupCode,
    *LedgerCode,
    *FindingKind,
    *ReceiptCode,
    *SyntheticCode,
    *ReferenceCode,
    *ScreeningCode,
]
FOR_CALLERS = {str(code) for code in api_errors._FOR_CALLERS} | {
    api_errors.SYNTAX,
    api_errors.INVALID,
    api_errors.INTERNAL,
}


def rows(heading: str) -> dict[str, list[str]]:
    """Read the rows under a heading: the cells after the first, by each code in the first."""
    section = DOCUMENT.partition(f"## {heading}\n")[2].partition("\n## ")[0]
    found = {}
    for line in section.splitlines():
        if line.startswith("| `"):
            first, *others = (cell.strip() for cell in line.strip("|").split(" | "))
            found |= dict.fromkeys(re.findall(r"`([A-Z_]+)`", first), others)
    return found


def kinds(of: type[Exception]) -> set[type[Exception]]:
    """Give a class with everything that is derived from it."""
    return {of}.union(*(kinds(derived) for derived in of.__subclasses__()))


@pytest.mark.parametrize("code", EVERY)
def test_every_code_is_explained(code: StrEnum) -> None:
    """Whatever a program or a person is told can be looked up."""
    assert f"`{code}`" in DOCUMENT


def test_no_explained_code_is_unknown() -> None:
    """Nothing stands in the lists that no longer exists."""
    known = {str(code) for code in EVERY} | FOR_CALLERS
    assert set(re.findall(r"^\| `([A-Z_]+)`", DOCUMENT, re.MULTILINE)) <= known


def test_callers_are_told_of_what_can_reach_them() -> None:
    """Their list has the codes of requests, and every failure of the graph that passes."""
    outages = {str(kind.code) for kind in kinds(EngineUnavailable)}
    assert rows("What callers are told").keys() == FOR_CALLERS | outages
    for kind in kinds(GraphError) - {GraphError}:
        reaches = issubclass(kind, EngineUnavailable)
        assert (kind.code in rows("What callers are told")) is reaches
    assert outage_of(EngineUnavailable()) is not None
    assert outage_of(LoadIncomplete()) is None


def test_every_code_has_one_class() -> None:
    """A code tells which failure it is."""
    for codes, base in ((DirectoryCode, DirectoryError), (GraphCode, GraphError)):
        classes = [kind.code for kind in kinds(base) if "code" in vars(kind)]
        assert sorted(classes) == sorted(codes)


def test_the_documented_exit_statuses_are_those_of_the_command() -> None:
    """What ends with 2, 1 and 75 is listed so."""
    listed = rows("What operators are told")
    assert listed[NoSuchDepartment.code][0] == str(_status(NoSuchDepartment())) == "2"
    assert listed[LoadIncomplete.code][0] == str(_status(LoadIncomplete())) == "1"
    assert _status(EngineUnavailable()) == 75
