"""The report of a verification: what was gone over, and what did not fit, in the order of the leaves."""

from dataclasses import dataclass, field
from typing import Any, Final

from directory.ledger.findings import Finding

MOST_FINDINGS: Final = 20
_COUNTS: Final = (
    *("key", "pinned", "at", "entries", "emptied", "unplaced", "checkpoints", "covered", "subjects", "witnessed"),
    *("later", "differing"),
)


@dataclass(slots=True)
class Report:
    """What was verified, and the first findings; `differing` counts all of them.

    `at` is when the export was made. `emptied` counts places that were erased and are named by a tombstone, `unplaced`
    those whose tombstone has no place yet. `covered` is how many entries the newest checkpoint covers. `witnessed` is
    how many checkpoints of the witness were compared, None where there was none, `later` how many of those are of
    entries after the export.
    """

    key: str
    pinned: bool
    at: int
    entries: int = 0
    emptied: int = 0
    unplaced: int = 0
    checkpoints: int = 0
    covered: int = 0
    subjects: int = 0
    witnessed: int | None = None
    later: int = 0
    differing: int = 0
    findings: list[Finding] = field(default_factory=list)

    @property
    def holds(self) -> bool:
        """Whether everything fits."""
        return self.differing == 0

    def note(self, finding: Finding | None) -> None:
        """Take a finding, where there is one."""
        if finding is None:
            return
        self.differing += 1
        self.findings.append(finding)
        self.findings.sort(key=lambda one: one.index)
        del self.findings[MOST_FINDINGS:]

    def as_data(self) -> dict[str, Any]:
        """Return it for a program."""
        findings = [finding.as_data() for finding in self.findings]
        counted = {name: getattr(self, name) for name in _COUNTS}
        return {"holds": self.holds, **counted, "first": findings[0] if findings else None, "findings": findings}
