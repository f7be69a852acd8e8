"""What can go wrong with the ledger, told to operators."""

from pathlib import Path

from directory.errors import DirectoryCode, DirectoryError


class LedgerKeyMissing(DirectoryError):
    """The ledger has signed checkpoints, and the key that signed them is not there."""

    code = DirectoryCode.LEDGER_KEY_MISSING

    def __init__(self, path: Path) -> None:
        """Take where the file should be."""
        super().__init__(
            f"The ledger has signed checkpoints, but their key {path} is not there: put it back from its backup. "
            "Another key would begin another ledger."
        )


class LedgerKeyUnsafe(DirectoryError):
    """Others than the owner can read the ledger's key."""

    code = DirectoryCode.LEDGER_KEY_UNSAFE

    def __init__(self, path: Path) -> None:
        """Take the file's path."""
        super().__init__(f"Others can read the ledger's key {path}: run chmod 600 on it, and consider it as known.")


class LedgerKeyUnreadable(DirectoryError):
    """The file of the ledger's key holds none."""

    code = DirectoryCode.LEDGER_KEY_UNREADABLE

    def __init__(self, path: Path) -> None:
        """Take the file's path."""
        super().__init__(f"The file {path} holds no key of a ledger: put it back from its backup.")


class LedgerRolledBack(DirectoryError):
    """The database is older than its witness: an older copy was put in its place."""

    code = DirectoryCode.LEDGER_ROLLED_BACK

    def __init__(self, size: int, witnessed: int) -> None:
        """Take how many entries the ledger has, and how many the witness has seen."""
        super().__init__(
            f"The ledger has {size:,} entries, and its witness has seen {witnessed:,}: this is an older copy of the "
            "database. Put the newest one back; if it is lost for good, keep the witness as the proof of what is "
            "missing, and point LEDGER_WITNESS to a new folder."
        )


class LedgerDiverged(DirectoryError):
    """The ledger is not the one that was signed: an entry, a hash or a checkpoint was changed."""

    code = DirectoryCode.LEDGER_DIVERGED

    def __init__(self, where: str) -> None:
        """Take where it shows."""
        super().__init__(
            f"The ledger is not the one that was signed: {where}. Keep this copy of the data, export it with "
            "`civic ledger export` and see by `civic verify ledger` where it differs; then put back a copy that holds."
        )


class LedgerStalled(DirectoryError):
    """Entries wait for their places longer than a minute, in which nothing shows that they are not taken away (C3)."""

    code = DirectoryCode.LEDGER_STALLED

    def __init__(self) -> None:
        """Say where to look."""
        super().__init__(
            "Entries wait for their places in the ledger longer than a minute: the log says why (ledger_failed, fault)."
        )


class LedgerUnsigned(DirectoryError):
    """There is no key of the ledger, since nothing was signed yet."""

    code = DirectoryCode.LEDGER_UNSIGNED

    def __init__(self, path: Path) -> None:
        """Take where the key will be."""
        super().__init__(
            f"Nothing of the ledger is signed yet: the first `civic serve` makes its key, {path}, and signs with it."
        )


class LedgerWitnessForeign(DirectoryError):
    """The witness holds another ledger's checkpoints."""

    code = DirectoryCode.LEDGER_WITNESS_FOREIGN

    def __init__(self) -> None:
        """Say how to mend it."""
        super().__init__(
            "The witness holds checkpoints that this ledger's key did not sign: point LEDGER_WITNESS to this "
            "ledger's own witness, or put the key back that belongs to it."
        )


class LedgerWitnessFailed(DirectoryError):
    """The witness can't be reached or written to; the service goes on, and tries again."""

    code = DirectoryCode.LEDGER_WITNESS_FAILED

    def __init__(self, because: str) -> None:
        """Take the reason."""
        super().__init__(f"The witness of the ledger can't be reached or written to: {because}.")


class LedgerExportUnreadable(DirectoryError):
    """What should be an export of the ledger is none, or a part of it is missing."""

    code = DirectoryCode.LEDGER_EXPORT_UNREADABLE

    def __init__(self, where: str) -> None:
        """Take the file, and the line in it."""
        super().__init__(f"This is no whole export of a ledger: {where}. Export it again with `civic ledger export`.")
