"""What the driver raises, told as this package's errors, without the texts: those quote values."""

from neo4j.exceptions import (
    AuthError,
    ConnectionAcquisitionTimeoutError,
    ConstraintError,
    DriverError,
    IncompleteCommit,
    Neo4jError,
    ServiceUnavailable,
    SessionExpired,
)

from graph.errors import (
    CommitUnknown,
    Conflict,
    CredentialsRefused,
    DatabaseMissing,
    EngineBusy,
    EngineUnavailable,
    GraphError,
    QueryFailed,
    QueryTooSlow,
)

# What `translate` understands; everything else that a query function raises goes through as it is.
DRIVER_FAILURES = (DriverError, Neo4jError, TimeoutError)

_TIMED_OUT = "Neo.ClientError.Transaction.TransactionTimedOut"
_NO_DATABASE = "Neo.ClientError.Database.DatabaseNotFound"


def translate(failure: BaseException) -> GraphError:
    """Give the error of ours that stands for one of DRIVER_FAILURES.

    Raise it outside the `except` that caught the failure. Within it, the failure would stay attached as the
    context, and with it the values that it quotes, for a log to print.
    """
    if isinstance(failure, Neo4jError):
        return _of_the_engine(failure)
    if isinstance(failure, IncompleteCommit):
        return CommitUnknown()
    if isinstance(failure, ConnectionAcquisitionTimeoutError):
        return EngineBusy()
    if isinstance(failure, TimeoutError):
        return QueryTooSlow()
    if isinstance(failure, ServiceUnavailable | SessionExpired):
        return EngineUnavailable()
    # A fault in how the driver is used, such as a result read twice. Its class says which.
    return QueryFailed(type(failure).__name__)


def _of_the_engine(failure: Neo4jError) -> GraphError:
    code = failure.code
    if isinstance(failure, ConstraintError):
        return Conflict()
    if isinstance(failure, AuthError):
        return CredentialsRefused()
    if code == _NO_DATABASE:
        return DatabaseMissing()
    if code.startswith(_TIMED_OUT):
        return QueryTooSlow()
    if failure.is_retryable():
        # The driver tried again until its time was over.
        return EngineBusy()
    return QueryFailed(code)
