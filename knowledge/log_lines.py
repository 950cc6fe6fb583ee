"""What the three processes log: one JSON object a line, without anything that somebody typed or can be found by.

It is here because both environments need it. Of what is logged by others than us only the place is told: their messages
hold whatever was in hand. Of an error its kind and where it passed is told, and never its message or the values there.
"""

import json
import logging
import re
import sys
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from types import TracebackType
from typing import Any

LEVELS = ("debug", "info", "warning", "error")
OURS = ("assistent", "api", "actions", "analytics", "knowledge", "bot")
_MOST_FRAMES = 12
_REQUEST_ID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")

_request: ContextVar[str] = ContextVar("request", default="")


def request_id(given: str | None) -> str:
    """The id of a request as it was given, when it is a UUID (with or without dashes), and else a new one.

    Any other text could be a name or an address that somebody put there.
    """
    return given if given and _REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


@contextmanager
def about_request(identifier: str) -> Iterator[None]:
    """What is logged within is about this request."""
    token = _request.set(identifier)
    try:
        yield
    finally:
        _request.reset(token)


def current_request() -> str:
    """The request that is being handled; empty outside one."""
    return _request.get()


def event(logger: logging.Logger, level: int, name: str, **fields: str | float | None) -> None:
    """Log something that happened, with what programs want to know of it."""
    logger.log(level, name, extra={"fields": fields})


class LineFormatter(logging.Formatter):
    """Makes the line of a record. `part` is the process: gateway, actions or rasa."""

    def __init__(self, part: str) -> None:
        """Take the name of the process."""
        super().__init__()
        self._part = part

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        ours = record.name.partition(".")[0] in OURS
        line: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "part": self._part,
            "event": record.getMessage() if ours else "logged by a library",
        }
        if not ours:
            line["logger"], line["place"] = record.name, f"{record.module}:{record.lineno}"
        if _request.get():
            line["request"] = _request.get()
        line |= getattr(record, "fields", {}) if ours else {}
        if record.exc_info and record.exc_info[1] is not None:
            line["error"], line["trace"] = _kinds(record.exc_info[1]), _trace(record.exc_info[2])
        return json.dumps(line, ensure_ascii=False)


def _kinds(error: BaseException) -> str:
    """The kind of an error, and of what caused it."""
    kinds: list[str] = []
    found: BaseException | None = error
    while found is not None and len(kinds) < _MOST_FRAMES:
        kinds.append(type(found).__name__)
        found = found.__cause__ or found.__context__
    return " < ".join(kinds)


def _trace(trace: TracebackType | None) -> list[str]:
    """Where an error passed, the last places: module, line and function, and no values."""
    places = []
    while trace is not None:
        frame = trace.tb_frame
        places.append(f"{frame.f_globals.get('__name__', '?')}:{trace.tb_lineno} {frame.f_code.co_name}")
        trace = trace.tb_next
    return places[-_MOST_FRAMES:]


def install(part: str, level: str) -> None:
    """Let everything that this process logs be lines on the standard error output, from `level` on.

    Raises ValueError for a level that does not exist, in words for the operator.
    """
    if level not in LEVELS:
        raise ValueError(f"LOG_LEVEL kan zijn: {', '.join(LEVELS)}.")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(LineFormatter(part))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(logging.WARNING)
    for name in list(logging.root.manager.loggerDict):  # some libraries have set up their own
        logging.getLogger(name).handlers.clear()
        logging.getLogger(name).propagate = True
    for name in OURS:
        logging.getLogger(name).setLevel(level.upper())
    logging.raiseExceptions = False  # a line that cannot be written would be printed with all that is in it
    sys.excepthook = _log_last_error


def _log_last_error(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    logging.getLogger("assistent").critical("ended by an error", exc_info=(kind, error, trace))
