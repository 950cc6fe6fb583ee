"""Lines of the log: one JSON object each, and nothing of what was in hand."""

import json
import logging
import subprocess
import sys
import uuid
from pathlib import Path

import pytest

from knowledge.log_lines import LineFormatter, _log_last_error, about_request, event, install, request_id

ROOT = Path(__file__).parent.parent.parent
CANARY = "jan@bakkerij.example"


class Kept(logging.Handler):
    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []
        self.setFormatter(LineFormatter("gateway"))

    def emit(self, record: logging.LogRecord) -> None:
        self.lines.append(self.format(record))


def logged(name: str) -> tuple[logging.Logger, Kept]:
    logger, kept = logging.getLogger(name), Kept()
    logger.handlers, logger.propagate = [kept], False
    logger.setLevel(logging.DEBUG)
    return logger, kept


def test_event_is_one_object_with_its_fields_time_in_utc_and_request() -> None:
    logger, kept = logged("api.proof")
    with about_request("abc"):
        event(logger, logging.INFO, "request", status=200, route="/v1/gesprekken/{gesprekId}")
    (line,) = kept.lines
    found = json.loads(line)
    assert found["time"].endswith("+00:00")
    del found["time"]
    assert found == {
        "level": "info",
        "part": "gateway",
        "event": "request",
        "request": "abc",
        "status": 200,
        "route": "/v1/gesprekken/{gesprekId}",
    }
    assert "\n" not in line


def test_error_tells_its_kind_and_where_it_passed_and_no_message_or_value() -> None:
    logger, kept = logged("api.proof")

    def fail(typed: str) -> None:
        try:
            int(typed)
        except ValueError as error:
            raise LookupError(f"{typed} is wrong") from error

    try:
        fail(CANARY)
    except LookupError:
        logger.exception("unexpected error")
    found = json.loads(kept.lines[0])
    assert found["error"] == "LookupError < ValueError"
    assert any(place.endswith(" fail") for place in found["trace"])
    assert CANARY not in kept.lines[0]


def test_what_libraries_say_is_left_out_and_where_they_said_it_is_told() -> None:
    logger, kept = logged("sqlalchemy.proof")
    logger.warning("cannot insert %s", CANARY)
    logger.warning(f"cannot insert {CANARY}")
    assert CANARY not in "".join(kept.lines)
    assert json.loads(kept.lines[0])["logger"] == "sqlalchemy.proof"
    assert json.loads(kept.lines[0])["place"].startswith("test_log_lines:")


@pytest.mark.parametrize("given", [None, "", CANARY, "0612345678", "a" * 32 + "\n", "x" * 400, "g" * 32])
def test_request_id_that_could_be_anything_is_replaced(given: str | None) -> None:
    made = request_id(given)
    assert made != given
    assert uuid.UUID(made)


def test_request_id_of_a_proxy_is_kept() -> None:
    given = str(uuid.uuid4())
    assert request_id(given) == given


def test_process_that_ends_by_an_error_does_not_tell_what_was_in_it() -> None:
    program = f"from knowledge.log_lines import install\ninstall('actions', 'info')\nraise ValueError({CANARY!r})"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert json.loads(done.stderr)["error"] == "ValueError"
    assert CANARY not in done.stderr


def test_who_stops_a_process_by_hand_is_no_error() -> None:
    _, kept = logged("assistent")
    for error in (KeyboardInterrupt(), ValueError()):
        _log_last_error(type(error), error, None)
    assert [json.loads(line)["error"] for line in kept.lines] == ["ValueError"]


def test_unknown_level_is_told_and_changes_nothing() -> None:
    before = logging.root.handlers
    with pytest.raises(ValueError, match=r"^LOG_LEVEL kan zijn: debug, info, warning, error\.$"):
        install("actions", "hard")
    assert logging.root.handlers is before
