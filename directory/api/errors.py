"""What callers are told when something goes wrong: a code, a sentence, and a trace id, never what they sent (L5)."""

from dataclasses import dataclass
from typing import Any, Final

from graphql import GraphQLError, GraphQLSyntaxError

from consent.errors import ErrorCode, IdentifierRefused
from directory.api.limits import MOST_TOKENS
from directory.consents.errors import DecisionRefused
from directory.errors import DirectoryCode, DirectoryError, LimitExceeded
from directory.outages import Outage, outage_of

SYNTAX: Final = "GRAPHQL_SYNTAX"
INVALID: Final = "GRAPHQL_INVALID"
INTERNAL: Final = "INTERNAL"
_TOO_MANY_TOKENS: Final = "Syntax Error: Document contains more than "

_SENTENCES: Final = {
    SYNTAX: "The document can't be read as GraphQL at the place that is given.",
    INVALID: "The document, or a variable, does not fit the schema at the place that is given.",
    INTERNAL: "Something went wrong on our side; quote the trace id when you report it.",
}


# What an operator is told, such as where a file lies, is no caller's business.
_FOR_CALLERS: Final = frozenset(
    {
        DirectoryCode.BAD_INPUT,
        DirectoryCode.BAD_CURSOR,
        DirectoryCode.FORBIDDEN,
        DirectoryCode.UNAUTHENTICATED,
        DirectoryCode.LIMIT_EXCEEDED,
        ErrorCode.IDENTIFIER_REFUSED,
        DirectoryCode.DECISION_REFUSED,
        DirectoryCode.DECISION_CONFLICT,
        DirectoryCode.NO_SUCH_PARTICIPANT,
        DirectoryCode.VERIFICATION_REFUSED,
        DirectoryCode.RATE_LIMITED,
        DirectoryCode.NO_SUCH_CASE,
        DirectoryCode.CASE_CLOSED,
        DirectoryCode.NO_SUCH_EVENT,
        DirectoryCode.RECEIPT_NOT_YET,
    }
)


@dataclass(frozen=True, slots=True)
class Told:
    """An error as it is told: `fault` is what to look into on our side, None where the caller can mend it.

    `rule` is the code of the rule that refused, where the error has one.
    """

    code: str
    message: str
    outage: Outage | None = None
    fault: BaseException | None = None
    rule: str | None = None


def told(error: GraphQLError) -> Told:
    """Return what a caller is told of an error that came up while a query was read or run."""
    cause = _root(error)
    if (refused := _refused(cause)) is not None:
        return refused
    if cause is not None and (outage := outage_of(cause)) is not None:
        return Told(outage.code, outage.sentence, outage=outage)
    if isinstance(error, GraphQLSyntaxError):
        # The parser tells of its limit by its message alone; further on a message quotes the document.
        if error.message.startswith(_TOO_MANY_TOKENS):
            limit = LimitExceeded("tokens", MOST_TOKENS)
            return Told(limit.code, str(limit))
        return Told(SYNTAX, _SENTENCES[SYNTAX])
    if cause is None or error.path is None:
        return Told(INVALID, _SENTENCES[INVALID])
    return Told(INTERNAL, _SENTENCES[INTERNAL], fault=cause)


def _refused(cause: BaseException | None) -> Told | None:
    """Return what a caller is told of a refusal, None where it is none that concerns callers."""
    if isinstance(cause, IdentifierRefused):
        return Told(cause.code, cause.sentence, rule=cause.rule)
    if isinstance(cause, DirectoryError) and cause.code in _FOR_CALLERS:
        reason = cause.reason if isinstance(cause, DecisionRefused) else None
        return Told(cause.code, str(cause), rule=reason)
    return None


def formatted(error: GraphQLError, message: Told, trace: str) -> dict[str, Any]:
    """Return the error as the answer carries it, in the form of the GraphQL specification."""
    shown: dict[str, Any] = {
        "message": message.message,
        "extensions": {"code": message.code, "trace": trace},
    }
    if message.rule is not None:
        shown["extensions"]["rule"] = message.rule
    if error.locations:
        shown["locations"] = [{"line": place.line, "column": place.column} for place in error.locations]
    if error.path is not None:
        shown["path"] = error.path
    return shown


def _root(error: GraphQLError) -> BaseException | None:
    """Return the failure under the layers in which GraphQL wraps it."""
    cause: BaseException | None = error.original_error
    while isinstance(cause, GraphQLError):
        cause = cause.original_error
    return cause
