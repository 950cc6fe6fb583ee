"""Code that no test runs, by function, less what uncovered.yaml explains. `make coverage` fails on the rest."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.quality.explanations import Explanation, read

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


def gaps(measured: dict[str, Any]) -> Iterator[Gap]:
    """What coverage measured (its JSON), as gaps."""
    for file, found in sorted(measured["files"].items()):
        for name, function in found["functions"].items():
            if function["missing_lines"]:
                yield Gap(file, name, tuple(function["missing_lines"]))


def report(measured: dict[str, Any], known: list[Explanation]) -> list[str]:
    """One line for each gap that is not explained, and for each explanation of which there is no gap."""
    found = list(gaps(measured))
    return [
        *(str(gap) for gap in found if not any(each.fits(gap) for each in known)),
        *(f"{EXPLAINED}: nothing to explain any more: {each.why}" for each in known if not any(map(each.fits, found))),
    ]


def unexplained() -> list[str]:
    """The report on what `make coverage` measured last."""
    return report(json.loads(MEASURED.read_text()), read(EXPLAINED))
