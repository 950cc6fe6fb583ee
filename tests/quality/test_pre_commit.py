"""What a commit is checked for: by tools that are there already, on files that exist."""

import importlib.util
import re
import subprocess
from pathlib import Path

import pytest
from pre_commit.clientlib import load_config

from tests.quality.dutch_texts import sentences

CONFIG = load_config(".pre-commit-config.yaml")
HOOKS = [hook for repository in CONFIG["repos"] for hook in repository["hooks"]]


def test_nothing_is_fetched() -> None:
    assert [repository["repo"] for repository in CONFIG["repos"]] == ["local"]
    assert {hook["language"] for hook in HOOKS} <= {"system", "unsupported"}


@pytest.mark.parametrize("hook", HOOKS, ids=lambda hook: hook["id"])
def test_tool_is_there(hook: dict[str, str]) -> None:
    program, *arguments = hook["entry"].split()
    assert Path(program).exists()
    if arguments[:1] == ["-m"]:
        assert importlib.util.find_spec(arguments[1]) is not None


@pytest.mark.parametrize("hook", [hook for hook in HOOKS if hook["files"]], ids=lambda hook: hook["id"])
def test_some_file_is_checked(hook: dict[str, str]) -> None:
    files = subprocess.run(["git", "ls-files"], capture_output=True, text=True, check=True).stdout.splitlines()
    assert any(re.search(hook["files"], file) for file in files)


def test_every_file_with_dutch_is_checked_for_it() -> None:
    (pattern,) = (hook["files"] for hook in HOOKS if hook["id"] == "dutch")
    assert {file for file in {each.file for each in sentences()} if not re.search(pattern, file)} == set()
