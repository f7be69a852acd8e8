"""The driver's failures, in the graph's words."""

import pytest
from neo4j.exceptions import (
    ConnectionAcquisitionTimeoutError,
    IncompleteCommit,
    Neo4jError,
    ReadServiceUnavailable,
    ResultConsumedError,
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
from graph.failures import translate

SECRET = "010-0123-4567"


def of_the_engine(code: str | None) -> Neo4jError:
    """Make the failure that the driver makes of an engine's code."""
    if code is None:
        return Neo4jError(SECRET)
    failure: Neo4jError = Neo4jError._hydrate_neo4j(code=code, message=SECRET)
    return failure


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("Neo.ClientError.Schema.ConstraintValidationFailed", Conflict),
        ("Neo.ClientError.Security.Unauthorized", CredentialsRefused),
        ("Neo.ClientError.Database.DatabaseNotFound", DatabaseMissing),
        ("Neo.ClientError.Transaction.TransactionTimedOut", QueryTooSlow),
        ("Neo.ClientError.Transaction.TransactionTimedOutClientConfiguration", QueryTooSlow),
        ("Neo.TransientError.Transaction.DeadlockDetected", EngineBusy),
        ("Neo.TransientError.General.DatabaseUnavailable", EngineBusy),
        ("Neo.ClientError.Statement.SyntaxError", QueryFailed),
        ("Neo.ClientError.Statement.TypeError", QueryFailed),
        ("Neo.DatabaseError.General.UnknownError", QueryFailed),
        (None, QueryFailed),
    ],
)
def test_an_engines_code_becomes_an_error(code: str | None, expected: type[GraphError]) -> None:
    """The text, which may quote a value, is dropped; of an unknown failure the code is told."""
    error = translate(of_the_engine(code))
    assert type(error) is expected
    assert SECRET not in str(error)
    if isinstance(error, QueryFailed):
        assert error.engine_code == (code or "Neo.DatabaseError.General.UnknownError")
        assert error.engine_code in str(error)


@pytest.mark.parametrize(
    ("failure", "expected"),
    [
        (ServiceUnavailable(SECRET), EngineUnavailable),
        (ReadServiceUnavailable(SECRET), EngineUnavailable),
        (SessionExpired(SECRET), EngineUnavailable),
        (IncompleteCommit(SECRET), CommitUnknown),
        (ConnectionAcquisitionTimeoutError(SECRET), EngineBusy),
        (TimeoutError(SECRET), QueryTooSlow),
        (ResultConsumedError(None, SECRET), QueryFailed),
    ],
)
def test_a_drivers_failure_becomes_an_error(failure: BaseException, expected: type[GraphError]) -> None:
    """Whether it is worth asking again is in the class."""
    error = translate(failure)
    assert type(error) is expected
    assert SECRET not in str(error)
