"""What can go wrong with a backup, a restore, the journal and a key's end: a code each, and how to mend it."""

from enum import StrEnum
from typing import Final


class BackupCode(StrEnum):
    """The stable name of each failure; `docs/errors.md` tells operators what to do about it."""

    ARCHIVE_MISSING = "ARCHIVE_MISSING"
    ARCHIVE_UNFINISHED = "ARCHIVE_UNFINISHED"
    ARCHIVE_FINISHED = "ARCHIVE_FINISHED"
    ARCHIVE_FOLDER_TAKEN = "ARCHIVE_FOLDER_TAKEN"
    ARCHIVE_UNREADABLE = "ARCHIVE_UNREADABLE"
    ARCHIVE_UNTRUSTED = "ARCHIVE_UNTRUSTED"
    ARCHIVE_SCHEMA = "ARCHIVE_SCHEMA"
    ARCHIVE_PART_MISSING = "ARCHIVE_PART_MISSING"
    ARCHIVE_PART_CUT = "ARCHIVE_PART_CUT"
    ARCHIVE_PART_CHANGED = "ARCHIVE_PART_CHANGED"
    ARCHIVE_PART_SWAPPED = "ARCHIVE_PART_SWAPPED"
    ARCHIVE_PART_DOUBLED = "ARCHIVE_PART_DOUBLED"
    ARCHIVE_PART_UNKNOWN = "ARCHIVE_PART_UNKNOWN"
    ARCHIVE_LOCKED = "ARCHIVE_LOCKED"
    ARCHIVE_EXPIRED = "ARCHIVE_EXPIRED"
    ARCHIVE_GAP = "ARCHIVE_GAP"
    BACKUP_UNLISTED = "BACKUP_UNLISTED"
    BACKUP_DISTURBED = "BACKUP_DISTURBED"
    BACKUP_LIST_BROKEN = "BACKUP_LIST_BROKEN"
    RECIPIENT_MISSING = "RECIPIENT_MISSING"
    RECIPIENT_BROKEN = "RECIPIENT_BROKEN"
    IDENTITY_BROKEN = "IDENTITY_BROKEN"
    IDENTITY_EXISTS = "IDENTITY_EXISTS"
    RESTORE_NOT_EMPTY = "RESTORE_NOT_EMPTY"
    RESTORE_OTHER = "RESTORE_OTHER"
    RESTORE_KEYS_MISSING = "RESTORE_KEYS_MISSING"
    RESTORE_INCOMPLETE = "RESTORE_INCOMPLETE"
    RESTORE_NOT_REPLAYED = "RESTORE_NOT_REPLAYED"
    RESTORE_NONE = "RESTORE_NONE"
    JOURNAL_MISSING = "JOURNAL_MISSING"
    JOURNAL_BROKEN = "JOURNAL_BROKEN"
    JOURNAL_CUT = "JOURNAL_CUT"
    JOURNAL_STALE = "JOURNAL_STALE"
    JOURNAL_PRUNED = "JOURNAL_PRUNED"
    KEY_WRAPS_PEOPLE = "KEY_WRAPS_PEOPLE"
    KEY_IN_BACKUP = "KEY_IN_BACKUP"


_AGAIN: Final = "Nothing was written. Use another copy of this archive, or another backup."

WORDING: Final = {
    BackupCode.ARCHIVE_MISSING: "There is no archive in the folder: name the one that `civic backup list` shows.",
    BackupCode.ARCHIVE_UNFINISHED: (
        "The archive is not finished, as its backup was cut off: run `civic backup make` on this folder again."
    ),
    BackupCode.ARCHIVE_FINISHED: "The folder holds a finished archive: name a new folder for another backup.",
    BackupCode.ARCHIVE_FOLDER_TAKEN: (
        "The folder holds other files, or the beginning of another directory's backup: name an empty or a new folder."
    ),
    BackupCode.ARCHIVE_UNREADABLE: f"The manifest is not one of a known format. {_AGAIN}",
    BackupCode.ARCHIVE_UNTRUSTED: (
        "The manifest was changed, or the archive is another directory's: this keyring does not confirm it. "
        f"{_AGAIN} Where the archive is right, put its directory's keyring in place."
    ),
    BackupCode.ARCHIVE_SCHEMA: (
        "The archive was made by a version of the program whose graph looks otherwise: restore it with that version."
    ),
    BackupCode.ARCHIVE_PART_MISSING: f"A part of the archive is missing. {_AGAIN}",
    BackupCode.ARCHIVE_PART_CUT: f"A part of the archive is shorter than it was. {_AGAIN}",
    BackupCode.ARCHIVE_PART_CHANGED: f"A part of the archive is not what it was. {_AGAIN}",
    BackupCode.ARCHIVE_PART_SWAPPED: f"A part of the archive has another part's content. {_AGAIN}",
    BackupCode.ARCHIVE_PART_DOUBLED: f"The folder has a part of the archive a second time. {_AGAIN}",
    BackupCode.ARCHIVE_PART_UNKNOWN: f"The folder has a file that is no part of the archive. {_AGAIN}",
    BackupCode.ARCHIVE_LOCKED: "The identity or the passphrase does not open this archive. Nothing was written.",
    BackupCode.ARCHIVE_EXPIRED: (
        "The backup was begun more than 30 days ago and is past: what people had erased and took back since may be "
        "known no longer, so that it is neither restored nor gone on with. Destroy it, and use or make a newer one."
    ),
    BackupCode.ARCHIVE_GAP: (
        "What the archive holds does not add up to what was counted when it was made: a fault of the program."
    ),
    BackupCode.BACKUP_UNLISTED: (
        "The graph holds something that no backup knows how to keep: a fault in the program. Nothing was finished."
    ),
    BackupCode.BACKUP_DISTURBED: (
        "So much was written all the time that no instant could be read whole: run the same command again in a "
        "quieter minute; it goes on with what it has."
    ),
    BackupCode.BACKUP_LIST_BROKEN: "The list of backups is not readable: put backups.json back, or mend it by hand.",
    BackupCode.RECIPIENT_MISSING: (
        "There is no key to encrypt backups for: make one with `civic backup key`, or give --passphrase."
    ),
    BackupCode.RECIPIENT_BROKEN: "The file of the backup key holds no age recipient: make it again.",
    BackupCode.IDENTITY_BROKEN: "The file is no age identity (AGE-SECRET-KEY-1…) that this user alone can read.",
    BackupCode.IDENTITY_EXISTS: (
        "There is a file of that name, or a backup key already: move it away first, and keep it as long as backups "
        "that were made for it."
    ),
    BackupCode.RESTORE_NOT_EMPTY: "The graph is not empty: restore into an empty one, in a new DATA or database.",
    BackupCode.RESTORE_OTHER: (
        "Another archive is being restored into this graph: go on with that one, or begin with an empty graph."
    ),
    BackupCode.RESTORE_KEYS_MISSING: (
        "The keyring lacks versions under which people in this archive are sealed: put back the keyring that has them."
    ),
    BackupCode.RESTORE_INCOMPLETE: (
        "A restore was cut off, so that the graph holds a part of the directory: run `civic restore` again; it goes on."
    ),
    BackupCode.RESTORE_NOT_REPLAYED: (
        "The directory was restored, and what people had erased or taken back since the backup was not done again yet: "
        "run `civic replay` with the journal before anything is served."
    ),
    BackupCode.RESTORE_NONE: "This graph was not restored from a backup: there is nothing to replay.",
    BackupCode.JOURNAL_MISSING: (
        "The journal of erasures and withdrawals is not there: put erasures.jsonl in place, or set JOURNAL to its "
        "folder. Only where it is lost for good, run `civic replay --without-journal`."
    ),
    BackupCode.JOURNAL_BROKEN: (
        "The journal was changed, or is another directory's: this keyring does not confirm it. Put the right one back. "
        "Nothing was replayed."
    ),
    BackupCode.JOURNAL_CUT: (
        "The journal's last line is cut off, so that one erasure or withdrawal may be missing. Look for a whole copy; "
        "where there is none, run `civic replay --accept-cut`. Nothing was replayed."
    ),
    BackupCode.JOURNAL_STALE: (
        "The journal ends before the backup does, so that erasures and withdrawals since may be missing: look for the "
        "newest copy. Only where it is lost for good, run `civic replay --accept-stale`: people who had themselves "
        "erased may then be back. Nothing was replayed."
    ),
    BackupCode.JOURNAL_PRUNED: (
        "The journal has dropped what this backup would need, since the backup was past: restore a newer one. Nothing "
        "was replayed."
    ),
    BackupCode.KEY_WRAPS_PEOPLE: (
        "People are still sealed under this version of the key: run `civic keys rotate --resume` first."
    ),
    BackupCode.KEY_IN_BACKUP: "A backup that is not past yet needs this version of the key; wait for its end.",
}


class BackupError(Exception):
    """Any failure of this room. `code` is stable; `where` names a file, a folder, a version or a day, nothing else."""

    def __init__(self, code: BackupCode, where: object = "") -> None:
        """Take the code, and what it is about."""
        super().__init__(code, where)
        self.code = code
        self.where = str(where)

    def __str__(self) -> str:
        """Return the code with its wording, and what it is about."""
        about = f" See: {self.where}." if self.where else ""
        return f"{self.code}: {WORDING[self.code]}{about}"
