"""What changed in the interface, as docs/api-changelog.md says it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path

FILE = Path(__file__).parents[2] / "docs/api-changelog.md"
_HEADING = re.compile(r"## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)")
_CODE = "`"


@dataclass(frozen=True)
class Version:
    """A version: its number, the day it came, and each change in pieces, of which every second one is code."""

    number: str
    day: date
    changes: tuple[tuple[str, ...], ...]


@lru_cache
def versions() -> tuple[Version, ...]:
    """All versions, the newest first."""
    return read(FILE.read_text())


def read(text: str) -> tuple[Version, ...]:
    """The versions in a text of the form of the file. Raises ValueError for a line that has no place in it."""
    _, *parts = re.split(r"^(?=## )", text, flags=re.MULTILINE)
    return tuple(map(_version, parts))


def _version(part: str) -> Version:
    first, _, rest = part.partition("\n")
    heading = _HEADING.fullmatch(first.strip())
    if heading is None:
        raise ValueError(f"'{first}' is geen versie. Schrijf '## 1.2.0 (2026-12-31)'.")
    changes = rest.strip()
    if not changes.startswith("- "):
        raise ValueError(f"Bij versie {heading[1]} hoort een lijst. Begin elke wijziging met '- '.")
    found = (" ".join(change.split()) for change in re.split(r"^- ", changes, flags=re.MULTILINE)[1:])
    return Version(heading[1], date.fromisoformat(heading[2]), tuple(tuple(change.split(_CODE)) for change in found))
