"""What is logged and what is told to other programs stands in a document, word for word."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from api.operations.readiness import STOPPING
from api.outbox.registry import EVENTS
from tests.docs.documents import ROOT

WATCHING = (ROOT / "docs/operations/watching.md").read_text(encoding="utf-8")
ADDRESSES = (ROOT / "docs/addresses.md").read_text(encoding="utf-8")
# What loggers are asked, and at which level it is written then.
LEVELS = {
    **{level: level for level in ("debug", "info", "warning", "error", "critical")},
    "exception": "error",
    "fatal": "critical",
    "warn": "warning",
}
NO_LOGGERS = {"np", "parser", "security_txt"}  # that answer to such a name too, and log nothing
PASSES_ON = ROOT / "knowledge/log_lines.py"  # `event` itself, whose callers give the text
FOLDERS = ("actions", "analytics", "api", "bot", "knowledge")


@dataclass(frozen=True)
class Logged:
    """What a call logs. `level` is None where the call works it out."""

    text: str
    level: str | None


def logged(source: str, path: Path) -> Iterator[Logged]:
    """What a module logs: by a method of whatever is not in NO_LOGGERS, or by `event(logger, level, "...")`."""
    for call in ast.walk(ast.parse(source)):
        if not isinstance(call, ast.Call):
            continue
        if isinstance(call.func, ast.Attribute) and call.func.attr in {*LEVELS, "log"}:
            if ast.unparse(call.func.value) in NO_LOGGERS:
                continue
            level, place = LEVELS.get(call.func.attr), int(call.func.attr == "log")
        elif isinstance(call.func, ast.Name) and call.func.id == "event":
            level, place = None, 2
        else:
            continue
        text = call.args[place] if len(call.args) > place else None
        if path == PASSES_ON and text is not None and ast.unparse(text) == "name":
            continue
        assert isinstance(text, ast.Constant), f"{path}:{call.lineno}: what is logged is not a text"
        yield Logged(str(text.value), level)


@cache
def of_all_modules() -> frozenset[Logged]:
    paths = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if ".venv" not in path.parts)
    return frozenset(one for path in paths for one in logged(path.read_text(encoding="utf-8"), path))


def documented() -> dict[str, str]:
    """The events of the table, each with what its row says of the level."""
    table = WATCHING.partition("What `event` can be")[2]
    rows = re.findall(r"^\| (`.+?`) \| ([^|]*) \|", table, re.M)
    return {name: levels for names, levels in rows for name in re.findall(r"`([^`]+)`", names)}


def pattern(event: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in event.split("...")), re.S)


@pytest.mark.parametrize("event", sorted(of_all_modules(), key=lambda one: one.text), ids=lambda one: one.text)
def test_what_is_logged_is_documented(event: Logged) -> None:
    levels = [levels for known, levels in documented().items() if pattern(known).fullmatch(event.text)]
    assert levels, event.text
    assert event.level is None or event.level in ", ".join(levels).split(", ")


@pytest.mark.parametrize("event", [name for name in documented() if name != "logged by a library"])
def test_what_is_documented_is_logged(event: str) -> None:
    assert any(pattern(event).fullmatch(one.text) for one in of_all_modules())


@pytest.mark.parametrize(
    "call",
    [
        'logger.critical("gone")',
        'self._log.fatal("gone")',
        'logging.getLogger("assistent").critical("gone", exc_info=True)',
        'lines.log(level, "gone")',
        'event(logger, logging.DEBUG, "gone")',
    ],
)
def test_however_something_is_logged_it_is_seen(call: str) -> None:
    assert [one.text for one in logged(call, ROOT / "api/app.py")] == ["gone"]


def test_what_is_logged_without_a_text_of_its_own_is_told() -> None:
    with pytest.raises(AssertionError, match=r"app\.py:1: what is logged is not a text"):
        list(logged("logger.error(problem)", ROOT / "api/app.py"))


def test_what_webhooks_tell_is_documented() -> None:
    table = ADDRESSES.partition("## What is told to software of owners")[2]
    assert set(re.findall(r"^\| `([a-z.]+)` \|", table, re.M)) == set(EVENTS)


@pytest.mark.parametrize(("part", "told"), STOPPING)
def test_codes_of_readiness_that_stop_are_explained(part: str, told: str) -> None:
    row = next(line for line in WATCHING.splitlines() if line.startswith(f"| `{part}` |"))
    assert f"`{told}`" in row.split("|")[2]
