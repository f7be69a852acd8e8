"""The log: a JSON line an event, of allowed fields alone, with no text that anybody else wrote (L10)."""

import io
import json
import logging
import warnings
from datetime import datetime

import pytest

from directory.logs import ALLOWED, WITHHELD, log_event, log_fault

PERSONAL = "홍길동 010-0123-4567"


def lines(log: io.StringIO) -> list[dict[str, object]]:
    """Read what was written."""
    return [json.loads(line) for line in log.getvalue().splitlines()]


def test_an_event_is_one_line(log: io.StringIO) -> None:
    """With its instant, its level and its fields."""
    log_event("request", method="GET", status=200, milliseconds=1.5)
    log_event("refused", logging.WARNING, code="FORBIDDEN")
    first, second = lines(log)
    assert datetime.fromisoformat(str(first.pop("at"))).utcoffset() is not None
    assert first == {"level": "info", "event": "request", "method": "GET", "status": 200, "milliseconds": 1.5}
    assert (second["level"], second["code"]) == ("warning", "FORBIDDEN")


@pytest.mark.parametrize(
    "field", ["name", "phone", "email", "participant", "query", "variables", "path", "address", "token"]
)
def test_other_fields_are_refused(log: io.StringIO, field: str) -> None:
    """Whoever passes one finds out at once, and nothing is written."""
    assert field not in ALLOWED
    with pytest.raises(ValueError, match=field):
        log_event("request", **{field: PERSONAL})
    assert log.getvalue() == ""


def test_a_fault_is_told_by_its_class_and_place(log: io.StringIO) -> None:
    """Neither its text nor a value of its frames is written, nor those of what caused it."""

    def opening(name: str) -> None:
        try:
            int(name)
        except ValueError as cause:
            message = f"no such person: {name}"
            raise RuntimeError(message) from cause

    try:
        opening(PERSONAL)
    except RuntimeError as fault:
        log_fault("a-trace", fault)
    (line,) = lines(log)
    assert (line["event"], line["level"], line["trace"], line["fault"]) == ("fault", "error", "a-trace", "RuntimeError")
    assert any("opening" in str(frame) for frame in line["frames"])  # type: ignore[attr-defined]
    assert "홍길동" not in log.getvalue()
    assert "0123" not in log.getvalue()


def test_what_libraries_say_is_left_out(log: io.StringIO) -> None:
    """Their words can quote anything; that they said something, and who, is kept."""
    logging.getLogger("some.library").warning("the value %s is wrong", PERSONAL)
    try:
        int(PERSONAL)
    except ValueError:
        logging.getLogger("some.library").exception("failed")
    logging.getLogger("some.library").info("not even that")
    assert [(line["event"], line["route"], line["level"]) for line in lines(log)] == [
        ("library", "some.library", "warning"),
        ("library", "some.library", "error"),
    ]
    assert "홍길동" not in log.getvalue()


def test_a_record_of_our_logger_without_fields_is_one_of_a_library(log: io.StringIO) -> None:
    """Nobody gets round the list by taking our logger."""
    logging.getLogger("civic").error("found %s", PERSONAL)
    assert lines(log)[0]["event"] == "library"
    assert "홍길동" not in log.getvalue()


def test_warnings_are_not_swallowed_by_the_log(log: io.StringIO) -> None:
    """In tests a warning is an error, also after the log was set up."""
    with pytest.raises(UserWarning):
        warnings.warn("something is old", UserWarning, stacklevel=1)


@pytest.mark.parametrize("value", ["991231-3001230", "desk-9912313001230", "M00000000", "구구일이삼일 삼공공일이삼공"])
def test_an_identifier_in_a_field_is_left_out(log: io.StringIO, value: str) -> None:
    """A field that is allowed holds a mark in its place, in a text as in a list; other fields stay (P6, U9)."""
    log_event("request", actor=value, frames=[value, "a.py:1 f"], status=200, trace="0f" * 16)
    (line,) = lines(log)
    assert (line["actor"], line["frames"]) == (WITHHELD, [WITHHELD, "a.py:1 f"])
    assert (line["status"], line["trace"]) == (200, "0f" * 16)
    assert value not in log.getvalue()
