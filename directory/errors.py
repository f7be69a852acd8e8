"""What can go wrong in the directory, each with a code and a sentence that says what, where and how to mend it.

No sentence repeats what a caller sent, since that can be personal (L5); it may name the argument that was wrong.
"""

from enum import StrEnum
from pathlib import Path
from typing import ClassVar


class DirectoryCode(StrEnum):
    """The stable name of each failure; `docs/errors.md` tells callers what to do about it."""

    BAD_INPUT = "BAD_INPUT"
    BAD_CURSOR = "BAD_CURSOR"
    FORBIDDEN = "FORBIDDEN"
    UNAUTHENTICATED = "UNAUTHENTICATED"
    LIMIT_EXCEEDED = "LIMIT_EXCEEDED"
    SETTING_INVALID = "SETTING_INVALID"
    KEYRING_MISSING = "KEYRING_MISSING"
    KEYRING_UNSAFE = "KEYRING_UNSAFE"
    KEYRING_MISMATCH = "KEYRING_MISMATCH"
    DIRECTORY_EMPTY = "DIRECTORY_EMPTY"
    LOAD_MISMATCH = "LOAD_MISMATCH"
    NO_SUCH_DEPARTMENT = "NO_SUCH_DEPARTMENT"
    NO_SUCH_KEY = "NO_SUCH_KEY"
    ADDRESS_TAKEN = "ADDRESS_TAKEN"
    DECISION_REFUSED = "DECISION_REFUSED"
    DECISION_CONFLICT = "DECISION_CONFLICT"
    NO_SUCH_PARTICIPANT = "NO_SUCH_PARTICIPANT"
    VERIFICATION_REFUSED = "VERIFICATION_REFUSED"
    RATE_LIMITED = "RATE_LIMITED"
    NO_SUCH_CASE = "NO_SUCH_CASE"
    CASE_CLOSED = "CASE_CLOSED"
    LEDGER_KEY_MISSING = "LEDGER_KEY_MISSING"
    LEDGER_KEY_UNSAFE = "LEDGER_KEY_UNSAFE"
    LEDGER_KEY_UNREADABLE = "LEDGER_KEY_UNREADABLE"
    LEDGER_ROLLED_BACK = "LEDGER_ROLLED_BACK"
    LEDGER_DIVERGED = "LEDGER_DIVERGED"
    LEDGER_STALLED = "LEDGER_STALLED"
    LEDGER_UNSIGNED = "LEDGER_UNSIGNED"
    LEDGER_WITNESS_FOREIGN = "LEDGER_WITNESS_FOREIGN"
    LEDGER_WITNESS_FAILED = "LEDGER_WITNESS_FAILED"
    LEDGER_EXPORT_UNREADABLE = "LEDGER_EXPORT_UNREADABLE"
    NO_SUCH_EVENT = "NO_SUCH_EVENT"
    RECEIPT_NOT_YET = "RECEIPT_NOT_YET"


class DirectoryError(Exception):
    """Any failure of the directory. `code` is stable; `str(error)` is a sentence fit for whoever asked."""

    code: ClassVar[DirectoryCode]


class BadInput(DirectoryError):
    """An argument is wrong; the sentence names it and says what it may be."""

    code = DirectoryCode.BAD_INPUT

    def __init__(self, argument: str, must: str) -> None:
        """Take the argument's name and what it must be."""
        super().__init__(f"The argument {argument} {must}.")
        self.argument = argument


class BadCursor(DirectoryError):
    """The cursor is damaged, too old, another caller's, or from another query: one answer for all of them (L6)."""

    code = DirectoryCode.BAD_CURSOR

    def __init__(self) -> None:
        """Say how to go on."""
        super().__init__(
            "The argument after is no cursor of this query for this caller, or it is too old: start again without it."
        )


class Forbidden(DirectoryError):
    """The caller's key does not allow this."""

    code = DirectoryCode.FORBIDDEN

    def __init__(self, what: str) -> None:
        """Take what the key does not allow."""
        super().__init__(f"This access key does not allow {what}.")


class Unauthenticated(DirectoryError):
    """There is no key, or it opens nothing: one answer, so that it tells nothing."""

    code = DirectoryCode.UNAUTHENTICATED

    def __init__(self) -> None:
        """Say what a request carries."""
        super().__init__("A request carries an access key that is valid: Authorization: Bearer KEY.")


class LimitExceeded(DirectoryError):
    """The query asks for more than one request may."""

    code = DirectoryCode.LIMIT_EXCEEDED

    def __init__(self, what: str, most: int) -> None:
        """Take what there is too much of, and how much there may be."""
        super().__init__(f"The query has too much at once: {what} at most {most}. Ask in several requests.")


class SettingInvalid(DirectoryError):
    """A setting has a value that can't be used."""

    code = DirectoryCode.SETTING_INVALID

    def __init__(self, *, setting: str, must: str) -> None:
        """Take the setting's name and what it must be; the value is not repeated."""
        super().__init__(f"The setting {setting} must {must}.")


class KeyringMissing(DirectoryError):
    """The graph has sealed people, and the file with the keys that open them is not there."""

    code = DirectoryCode.KEYRING_MISSING

    def __init__(self, path: Path) -> None:
        """Take where the file should be."""
        super().__init__(
            f"The directory holds sealed people, but their keyring {path} is not there: put it back from its backup. "
            "A new one would open nobody."
        )


class KeyringUnsafe(DirectoryError):
    """Others than the owner can read the keyring's file."""

    code = DirectoryCode.KEYRING_UNSAFE

    def __init__(self, path: Path) -> None:
        """Take the file's path."""
        super().__init__(f"Others can read the keyring {path}: run chmod 600 on it, and consider its keys as known.")


class KeyringMismatch(DirectoryError):
    """The keyring is another directory's."""

    code = DirectoryCode.KEYRING_MISMATCH

    def __init__(self, path: Path) -> None:
        """Take the file's path."""
        super().__init__(
            f"The keyring {path} is not the one with which this directory's people were sealed: put the right one in "
            "its place from its backup, or set DATA to the folder that belongs to this graph."
        )


class DirectoryEmpty(DirectoryError):
    """There is nothing to serve."""

    code = DirectoryCode.DIRECTORY_EMPTY

    def __init__(self) -> None:
        """Say how to fill it."""
        super().__init__("The directory is empty: run `civic load` first, which makes and loads the synthetic city.")


class LoadMismatch(DirectoryError):
    """The graph holds, or is being loaded with, another city than the one asked for."""

    code = DirectoryCode.LOAD_MISMATCH

    def __init__(self, people: int, seed: int) -> None:
        """Take what the graph's load is of."""
        super().__init__(
            f"This directory was loaded with a city of {people} people from seed {seed}: leave --people and --seed "
            "out to go on with it, or set DATA to an empty folder for another city."
        )


class NoSuchDepartment(DirectoryError):
    """There is no such department; `civic key departments` lists them."""

    code = DirectoryCode.NO_SUCH_DEPARTMENT

    def __init__(self) -> None:
        """Say where the ids are listed."""
        super().__init__("There is no department of that id: `civic key departments` lists them.")


class NoSuchKey(DirectoryError):
    """There is no access key of that id; `civic key list` lists them."""

    code = DirectoryCode.NO_SUCH_KEY

    def __init__(self) -> None:
        """Say where the ids are listed."""
        super().__init__("There is no access key of that id: `civic key list` lists them.")


class AddressTaken(DirectoryError):
    """Another program listens on the address that the service was to listen on."""

    code = DirectoryCode.ADDRESS_TAKEN

    def __init__(self, host: str, port: int) -> None:
        """Take the address."""
        super().__init__(
            f"Another program listens on {host}:{port}: end it, or choose another port, as in PORT=8001 make run."
        )
