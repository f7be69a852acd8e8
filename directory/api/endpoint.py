"""The endpoint /graphql: who calls, what they ask, how much of it there may be, and the answer."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from typing import Any, Final

import orjson
import strawberry
from graphql import GraphQLError
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from strawberry.exceptions import MissingQueryError
from strawberry.schema.exceptions import CannotGetOperationTypeError, InvalidOperationTypeError
from strawberry.types import ExecutionResult

from consent.errors import IdentifierRefused
from consent.identifiers.screen import is_clean
from directory.access.caller import Caller
from directory.api.context import Context, Services
from directory.api.errors import formatted, told
from directory.errors import BadInput, DirectoryError, LimitExceeded, Unauthenticated
from directory.logs import log_event, log_fault
from directory.outages import outage_of
from directory.screening.requests import RequestScreen

LARGEST_BODY: Final = 256 * 1024
_QUICKLY_SCREENED: Final = 4 * 1024
_STATUSES: Final = {Unauthenticated: 401, LimitExceeded: 413, BadInput: 400}
_MUST_BE: Final = 'must be a JSON object with "query", and optionally "variables" and "operationName"'
_NO_OPERATION: Final = (MissingQueryError, CannotGetOperationTypeError, InvalidOperationTypeError)

Authenticate = Callable[[str | None, str, str], Awaitable[Caller]]


class Endpoint:
    """Answers POST requests of the form {"query", "variables", "operationName"} with JSON."""

    def __init__(self, schema: strawberry.Schema, services: Services, authenticate: Authenticate) -> None:
        """Take the schema, the services, and what turns an Authorization header into a caller."""
        self._schema = schema
        self._services = services
        self._authenticate = authenticate
        self._screen = RequestScreen(schema.as_str())

    async def answer(self, request: Request) -> Response:
        """Answer one request."""
        trace = uuid.uuid4().hex
        request.state.trace = trace
        try:
            origin = request.client.host if request.client else "unknown"
            # A proxy passes on what it was given for an address, and it is recorded with the look.
            origin = origin if is_clean(origin) else "unknown"
            caller = await self._authenticate(request.headers.get("authorization"), origin, trace)
            request.state.actor = caller.actor
            body, size = await _body(request)
            if size > _QUICKLY_SCREENED:
                # A long text takes seconds, in which others shall not have to wait.
                await asyncio.to_thread(self._screen.require_clean, body)
            else:
                self._screen.require_clean(body)
            query, variables, operation = _parsed(body)
        except IdentifierRefused as refused:
            return _refusal(refused.code, refused.sentence, trace, 400, refused.rule)
        except DirectoryError as error:
            return _refusal(error.code, str(error), trace, _STATUSES.get(type(error), 400))
        except ClientDisconnect:
            return Response(status_code=499)
        except Exception as failure:  # noqa: BLE001 - an outage is told as one, and the rest is a fault of ours.
            return _failure(failure, trace)
        try:
            result = await self._schema.execute(
                query,
                variable_values=variables,
                operation_name=operation,
                context_value=Context(caller, self._services),
            )
        except _NO_OPERATION:
            # An empty document, or none of that name in it; these errors carry the name that was sent.
            result = ExecutionResult(data=None, errors=[GraphQLError("There is no such operation.")])
        return _response(result, trace)


async def _body(request: Request) -> tuple[dict[str, Any], int]:
    """Return the body, a JSON object, and how many bytes it has; raises BadInput or LimitExceeded."""
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != "application/json":
        raise BadInput("Content-Type", "must be application/json")
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            raise LimitExceeded("bytes in a request", LARGEST_BODY)
    try:
        content = orjson.loads(body)
    except orjson.JSONDecodeError:
        content = None
    if not isinstance(content, dict):
        raise BadInput("body", _MUST_BE)
    return content, len(body)


def _parsed(body: dict[str, Any]) -> tuple[str, dict[str, Any] | None, str | None]:
    """Return the query, its variables and the operation's name; raises BadInput."""
    query, variables, operation = (body.get(member) for member in ("query", "variables", "operationName"))
    if not isinstance(query, str):
        raise BadInput("body", _MUST_BE)
    if not isinstance(variables, dict | None) or not isinstance(operation, str | None):
        raise BadInput("variables", "must be an object, and operationName a text")
    return query, variables, operation


def _response(result: ExecutionResult, trace: str) -> Response:
    answer: dict[str, Any] = {"data": result.data}
    headers = {"X-Trace-Id": trace, "Cache-Control": "no-store"}
    status = 200
    if result.errors:
        told_errors = [(error, told(error)) for error in result.errors]
        answer["errors"] = [formatted(error, message, trace) for error, message in told_errors]
        for _, message in told_errors:
            if message.fault is not None:
                log_fault(trace, message.fault)
            if message.outage is not None:
                status, headers["Retry-After"] = 503, str(message.outage.retry_after)
            log_event("query_error", trace=trace, code=message.code)
    return Response(orjson.dumps(answer), status, headers, "application/json")


def _refusal(code: str, message: str, trace: str, status: int, rule: str | None = None) -> Response:
    headers = {"X-Trace-Id": trace, "Cache-Control": "no-store"}
    if status == _STATUSES[Unauthenticated]:
        headers["WWW-Authenticate"] = "Bearer"
    extensions = {"code": code, "trace": trace} | ({} if rule is None else {"rule": rule})
    answer = {"data": None, "errors": [{"message": message, "extensions": extensions}]}
    log_event("refused", trace=trace, code=code)
    return Response(orjson.dumps(answer), status, headers, "application/json")


def _failure(failure: Exception, trace: str) -> Response:
    outage = outage_of(failure)
    if outage is None:
        log_fault(trace, failure)
        return _refusal("INTERNAL", "Something went wrong on our side; quote the trace id.", trace, 500)
    response = _refusal(outage.code, outage.sentence, trace, 503)
    response.headers["Retry-After"] = str(outage.retry_after)
    return response
