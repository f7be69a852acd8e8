"""Structured logs: one JSON line an event, from a list of fields that are allowed, none of which is personal (L10)."""

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from typing import Any, Final

from consent.identifiers.screen import is_clean

_LOGGER: Final = logging.getLogger("civic")

# What is not in this list is not logged, whoever passes it.
ALLOWED: Final = frozenset(
    {
        "actor",
        "cases",
        "code",
        "done",
        "engine",
        "event",
        "frames",
        "fault",
        "found",
        "heap",
        "method",
        "milliseconds",
        "people",
        "pid",
        "port",
        "route",
        "sort",
        "status",
        "trace",
        "version",
    }
)


WITHHELD: Final = "[identifier]"


class JsonLines(logging.Formatter):
    """Writes a record as one line of JSON; other libraries' records keep their logger's name and level alone."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; the message of another library is left out, since it may quote values."""
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
        }
        fields = getattr(record, "civic", None)
        line |= fields if fields is not None else {"event": "library", "route": record.name}
        return json.dumps(line, ensure_ascii=False)


def configure_logs() -> None:
    """Send every record, other libraries' too, to standard error as JSON lines."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonLines())
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    _LOGGER.setLevel(logging.INFO)


def log_event(event: str, level: int = logging.INFO, **fields: str | float | list[str]) -> None:
    """Log an event with fields of `ALLOWED`; raises ValueError for any other field."""
    if unknown := fields.keys() - ALLOWED:
        raise ValueError(f"These fields may not be logged: {', '.join(sorted(unknown))}.")
    screened = {name: _screened(value) for name, value in fields.items()}
    _LOGGER.log(level, event, extra={"civic": {"event": event, **screened}})


def _screened(value: str | float | list[str]) -> str | float | list[str]:
    """Return a field's value, or a fixed mark in its place where it looks like an identifier (P6, U9)."""
    if isinstance(value, str):
        return value if is_clean(value) else WITHHELD
    return [each if is_clean(each) else WITHHELD for each in value] if isinstance(value, list) else value


def log_fault(trace: str, fault: BaseException) -> None:
    """Log a fault of ours: its class and where it came up, without its text and the values in its frames."""
    frames = [
        f"{frame.filename.rpartition('site-packages/')[2]}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(fault.__traceback__)[-12:]
    ]
    # An engine's own code is a name out of a list, as in Neo.ClientError.Statement.SyntaxError.
    fields = {"code": str(code)} if (code := getattr(fault, "engine_code", None)) else {}
    log_event("fault", logging.ERROR, trace=trace, fault=type(fault).__name__, frames=frames, **fields)
