"""Code that no test runs, by function, less what uncovered.yaml explains. `make coverage` fails on the rest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import yaml

MEASURED = Path("var/coverage/coverage.json")
EXPLAINED = Path(__file__).with_name("uncovered.yaml")


@dataclass(frozen=True)
class Gap:
    """Lines of one function, or of a module outside functions (`name` is empty), that no test runs."""

    file: str
    name: str
    lines: tuple[int, ...]

    def __str__(self) -> str:
        """As an editor opens it."""
        return f"{self.file}:{self.lines[0]}: {self.name or 'the module'}, lines {', '.join(map(str, self.lines))}"


@dataclass(frozen=True)
class Explanation:
    """Functions in some files that no test has to run, or only in part, and why."""

    why: str
    files: str
    names: tuple[str, ...]

    def fits(self, gap: Gap) -> bool:
        """Whether it is about this gap."""
        return fnmatch(gap.file, self.files) and any(fnmatch(gap.name, name) for name in self.names)


def gaps(measured: dict[str, Any]) -> Iterator[Gap]:
    """What coverage measured (its JSON), as gaps."""
    for file, found in sorted(measured["files"].items()):
        for name, function in found["functions"].items():
            if function["missing_lines"]:
                yield Gap(file, name, tuple(function["missing_lines"]))


def explanations(entries: list[dict[str, Any]]) -> list[Explanation]:
    """What uncovered.yaml says."""
    return [Explanation(entry["why"], entry["files"], tuple(entry["names"])) for entry in entries]


def report(measured: dict[str, Any], known: list[Explanation]) -> list[str]:
    """One line for each gap that is not explained, and for each explanation of which there is no gap."""
    found = list(gaps(measured))
    return [
        *(str(gap) for gap in found if not any(each.fits(gap) for each in known)),
        *(f"{EXPLAINED}: nothing to explain any more: {each.why}" for each in known if not any(map(each.fits, found))),
    ]


def unexplained() -> list[str]:
    """The report on what `make coverage` measured last."""
    return report(json.loads(MEASURED.read_text()), explanations(yaml.safe_load(EXPLAINED.read_text()) or []))
