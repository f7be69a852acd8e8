"""What is said where a decision can't be recorded: a code and the part that is wrong, never its value (L5)."""

from consent.errors import ErrorCode, EventRefused
from consent.notice_rules import Fault
from directory.errors import DirectoryCode, DirectoryError


class DecisionRefused(DirectoryError):
    """A decision does not fit its notice, or contradicts itself; nothing was recorded."""

    code = DirectoryCode.DECISION_REFUSED

    def __init__(self, reason: ErrorCode, sentence: str) -> None:
        """Take the rule that refuses, and what it says."""
        super().__init__(f"The decision was not recorded. {sentence}")
        self.reason = reason

    @classmethod
    def of_fault(cls, fault: Fault) -> "DecisionRefused":
        """Return the refusal of a decision that its notice does not carry."""
        return cls(fault.code, str(fault))

    @classmethod
    def of_event(cls, refused: EventRefused) -> "DecisionRefused":
        """Return the refusal of a decision that is no event."""
        return cls(refused.code, str(refused))


class DecisionConflict(DirectoryError):
    """Another decision was recorded under the id; nothing was recorded now."""

    code = DirectoryCode.DECISION_CONFLICT

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__(
            "Another decision was recorded under this id before, so this one was not: give every decision a new id, "
            "and send one that was not answered again as it was."
        )


class NoSuchParticipant(DirectoryError):
    """There is nobody of the id, or not within the key's scope, or no longer: one answer for all of them (L3)."""

    code = DirectoryCode.NO_SUCH_PARTICIPANT

    def __init__(self) -> None:
        """Say what was looked for."""
        super().__init__("There is no participant of this id within this key's scope. Nothing was recorded.")
