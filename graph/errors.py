"""What can go wrong between this package and its engine, each with a code, a sentence and the way to mend it.

The sentences name folders, ports, settings and versions. They never quote what a query was asked or what a
database answered, since both can hold personal values: `graph.failures` drops the driver's texts.
"""

from enum import StrEnum
from pathlib import Path
from typing import ClassVar


class GraphCode(StrEnum):
    """The stable name of each failure, for callers that map failures to HTTP, GraphQL or an exit status."""

    ENGINE_UNAVAILABLE = "ENGINE_UNAVAILABLE"
    ENGINE_BUSY = "ENGINE_BUSY"
    QUERY_TOO_SLOW = "QUERY_TOO_SLOW"
    COMMIT_UNKNOWN = "COMMIT_UNKNOWN"
    CONFLICT = "CONFLICT"
    QUERY_FAILED = "QUERY_FAILED"
    CREDENTIALS_REFUSED = "CREDENTIALS_REFUSED"
    DATABASE_MISSING = "DATABASE_MISSING"
    ENGINE_REFUSED = "ENGINE_REFUSED"
    ENGINE_MISSING = "ENGINE_MISSING"
    ENGINE_DID_NOT_START = "ENGINE_DID_NOT_START"
    FOLDER_IN_USE = "FOLDER_IN_USE"
    FOLDER_REFUSED = "FOLDER_REFUSED"
    PORT_TAKEN = "PORT_TAKEN"
    TOO_LITTLE_MEMORY = "TOO_LITTLE_MEMORY"
    TOO_LITTLE_DISK = "TOO_LITTLE_DISK"
    SETTING_REFUSED = "SETTING_REFUSED"
    LOAD_INCOMPLETE = "LOAD_INCOMPLETE"
    LEDGER_TILE_BROKEN = "LEDGER_TILE_BROKEN"
    PERMIT_MISMATCH = "PERMIT_MISMATCH"


class GraphError(Exception):
    """Any failure of the graph. `code` is stable; `str(error)` is a sentence fit for an operator."""

    code: ClassVar[GraphCode]
    sentence: ClassVar[str]

    def __init__(self, sentence: str | None = None) -> None:
        """Take a sentence that says what, where and how to mend it, or fall back on the class's own."""
        super().__init__(self.sentence if sentence is None else sentence)


class EngineUnavailable(GraphError):
    """The engine does not answer now; `retry_after` (seconds) is when asking again is worth it."""

    code = GraphCode.ENGINE_UNAVAILABLE
    sentence = "The graph engine does not answer at the moment; try again shortly."

    def __init__(self, sentence: str | None = None, *, retry_after: int = 2) -> None:
        """Take how many seconds a caller should wait, which the edge passes on as Retry-After."""
        super().__init__(sentence)
        self.retry_after = retry_after


class EngineBusy(EngineUnavailable):
    """The engine lives, but it gave this transaction up, after retries, in favour of others."""

    code = GraphCode.ENGINE_BUSY
    sentence = "The graph engine is too busy for this at the moment; try again shortly."


class QueryTooSlow(EngineUnavailable):
    """The transaction ran out of time and was broken off; a write may or may not have taken effect."""

    code = GraphCode.QUERY_TOO_SLOW
    sentence = "The graph engine did not finish in time; ask for less at once, or try again."


class CommitUnknown(EngineUnavailable):
    """The connection broke while a commit was under way: the write took effect as a whole, or not at all."""

    code = GraphCode.COMMIT_UNKNOWN
    sentence = "The connection broke during the commit; look whether the write is there before repeating it."


class Conflict(GraphError):
    """A constraint refused the write: something with that identity is there already."""

    code = GraphCode.CONFLICT
    sentence = "A constraint of the graph refused the write: such an entry exists already."


class QueryFailed(GraphError):
    """The engine rejected a query: a fault in this program, named by the engine's own code alone."""

    code = GraphCode.QUERY_FAILED
    sentence = "The graph engine rejected a query."

    def __init__(self, engine_code: str) -> None:
        """Take the engine's code, such as Neo.ClientError.Statement.SyntaxError."""
        super().__init__(f"The graph engine rejected a query with {engine_code}.")
        self.engine_code = engine_code


class CredentialsRefused(GraphError):
    """The engine does not accept the user and password that it was offered."""

    code = GraphCode.CREDENTIALS_REFUSED
    sentence = "The graph engine refused the user and password; set GRAPH_USER and GRAPH_PASSWORD to valid ones."


class DatabaseMissing(GraphError):
    """The engine has no database of the configured name."""

    code = GraphCode.DATABASE_MISSING
    sentence = "The graph engine has no such database; create it or set GRAPH_DATABASE to one that it has."


class EngineRefused(GraphError):
    """The engine, or its version, is one that this program was not tested on."""

    code = GraphCode.ENGINE_REFUSED
    sentence = "This graph engine is not one that the program was tested on."


class EngineMissing(GraphError):
    """The embedded engine is not installed, or there is no build of it for this machine."""

    code = GraphCode.ENGINE_MISSING
    sentence = (
        "The embedded engine is not installed: install the package arcadedb-embedded, or, where there is no "
        "build of it for this machine, point GRAPH_URL to a Neo4j 5 server."
    )


class EngineDidNotStart(GraphError):
    """The embedded engine ended, or stayed silent, before it answered its first query."""

    code = GraphCode.ENGINE_DID_NOT_START
    sentence = "The embedded engine did not start."

    def __init__(self, *, because: str, log: Path, tail: str = "") -> None:
        """Take the reason, the log that has the whole story, and that log's last lines."""
        ending = f" Its last lines:\n{tail}" if tail else ""
        super().__init__(f"The embedded engine did not start: {because}. Its log is {log}.{ending}")


class FolderInUse(GraphError):
    """Another process keeps its engine in this data folder; `holder` is its process id where it is known."""

    code = GraphCode.FOLDER_IN_USE
    sentence = "The data folder is in use by another process."

    def __init__(self, *, folder: Path, holder: int | None) -> None:
        """Take the folder, and the process id that its lock file names."""
        process = "another process" if holder is None else f"process {holder}"
        super().__init__(f"The data folder {folder} is in use by {process}: stop that, or set DATA to another folder.")
        self.holder = holder


class FolderRefused(GraphError):
    """The data folder can't be made, written or locked, or it holds somebody else's files."""

    code = GraphCode.FOLDER_REFUSED
    sentence = "The data folder can't be used."

    def __init__(self, *, folder: Path, because: str) -> None:
        """Take the folder and the reason."""
        super().__init__(
            f"The data folder {folder} can't be used: {because}. "
            "Set DATA to an empty folder, or a new one, that this user may write to."
        )


class PortTaken(GraphError):
    """The port belongs to another program, or none of those that were tried was free."""

    code = GraphCode.PORT_TAKEN
    sentence = "The port is taken by another program."

    def __init__(self, *, ports: str) -> None:
        """Take the port, or the range of ports, that was tried."""
        super().__init__(f"The port {ports} is taken by another program: end that program, or choose another port.")


class TooLittleMemory(GraphError):
    """The machine has not enough memory, in all or at the moment, for the engine."""

    code = GraphCode.TOO_LITTLE_MEMORY
    sentence = "There is too little memory for the graph engine."

    def __init__(self, *, needed: int, there: int) -> None:
        """Take the mebibytes that the engine needs and those that there are for it."""
        super().__init__(
            f"The graph engine needs {needed} MiB of memory and there are {there} MiB: end other programs, "
            "use a larger machine, set GRAPH_HEAP to less, or point GRAPH_URL to a Neo4j 5 server elsewhere."
        )


class TooLittleDisk(GraphError):
    """The disk that holds the data folder has not enough room."""

    code = GraphCode.TOO_LITTLE_DISK
    sentence = "There is too little room on the disk that holds the data folder."

    def __init__(self, *, folder: Path, needed: int, free: int) -> None:
        """Take the folder, the mebibytes that it needs and those that are free."""
        super().__init__(
            f"The data folder {folder} needs {needed} MiB of free disk and {free} MiB are free: make room, "
            "or set DATA to a folder on a larger disk."
        )


class SettingRefused(GraphError):
    """A setting has a value that can't be used; the sentence names the setting and what it may be."""

    code = GraphCode.SETTING_REFUSED
    sentence = "A setting has a value that can't be used."

    def __init__(self, *, setting: str, must: str) -> None:
        """Take the setting's name and what it must be; the value is not repeated, as it may be a secret."""
        super().__init__(f"{setting} {must}.")
        self.setting = setting


class LoadIncomplete(GraphError):
    """A load was interrupted: the graph holds a part of the city, and must not be served as the whole."""

    code = GraphCode.LOAD_INCOMPLETE
    sentence = "A load was interrupted before its end: run the load again, and it goes on where it stopped."


class PermitMismatch(GraphError):
    """A value was about to be opened on a permit for another person or field: a fault in this program."""

    code = GraphCode.PERMIT_MISMATCH
    sentence = "A permit was used for another person or field than it was issued for."


class TileBroken(GraphError):
    """The leaf hashes that the next entry goes behind are gone, or fewer than the ledger's size says."""

    code = GraphCode.LEDGER_TILE_BROKEN
    sentence = (
        "The ledger's last leaf hashes are fewer than it has entries: keep this copy of the data, export it with "
        "`civic ledger export`, and put back a copy that holds."
    )
