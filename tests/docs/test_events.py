"""What is logged and what is told to other programs stands in a document, word for word."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from api.operations.readiness import STOPPING
from api.outbox.registry import EVENTS
from tests.docs.documents import ROOT

WATCHING = (ROOT / "docs/operations/watching.md").read_text(encoding="utf-8")
ADDRESSES = (ROOT / "docs/addresses.md").read_text(encoding="utf-8")
LEVELS = ("debug", "info", "warning", "error", "exception")
FOLDERS = ("actions", "analytics", "api", "bot", "knowledge")


def logged(path: Path) -> Iterator[str]:
    """The events that a module logs, as `logger.warning("...")` and `event(logger, level, "...")` name them."""
    for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(call, ast.Call):
            continue
        by_level = isinstance(call.func, ast.Attribute) and call.func.attr in LEVELS and _is_logger(call.func.value)
        by_name = isinstance(call.func, ast.Name) and call.func.id == "event"
        if by_level or by_name:
            text = call.args[0 if by_level else 2]
            assert isinstance(text, ast.Constant), f"{path}: what is logged is not a text"
            yield str(text.value)


def _is_logger(node: ast.expr) -> bool:
    return isinstance(node, ast.Name) and node.id == "logger"


@cache
def of_all_modules() -> set[str]:
    paths = (path for folder in FOLDERS for path in (ROOT / folder).rglob("*.py") if ".venv" not in path.parts)
    return {text for path in paths for text in logged(path)}


def documented() -> list[str]:
    table = WATCHING.partition("What `event` can be")[2]
    return [name for row in re.findall(r"^\| (`.+?`) \|", table, re.M) for name in re.findall(r"`([^`]+)`", row)]


def pattern(event: str) -> re.Pattern[str]:
    return re.compile(".*".join(re.escape(part) for part in event.split("...")), re.S)


@pytest.mark.parametrize("event", sorted(of_all_modules()))
def test_what_is_logged_is_documented(event: str) -> None:
    assert any(pattern(known).fullmatch(event) for known in documented()), event


@pytest.mark.parametrize("event", [name for name in documented() if name != "logged by a library"])
def test_what_is_documented_is_logged(event: str) -> None:
    assert any(pattern(event).fullmatch(text) for text in of_all_modules())


def test_what_webhooks_tell_is_documented() -> None:
    table = ADDRESSES.partition("## What is told to software of owners")[2]
    assert set(re.findall(r"^\| `([a-z.]+)` \|", table, re.M)) == set(EVENTS)


@pytest.mark.parametrize(("part", "told"), STOPPING)
def test_codes_of_readiness_that_stop_are_explained(part: str, told: str) -> None:
    row = next(line for line in WATCHING.splitlines() if line.startswith(f"| `{part}` |"))
    assert f"`{told}`" in row.split("|")[2]
