"""The scripts that were released: one per version, never changed afterwards, so that a page can pin it by its hash."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent / "releases"
FILE = "mkb-assistent.js"


@dataclass(frozen=True)
class Release:
    """A version of the script, and the hash with which a page makes sure that it gets this one (SRI)."""

    version: str
    integrity: str

    @property
    def path(self) -> Path:
        """Where the script lies."""
        return FOLDER / self.version / FILE

    @property
    def address(self) -> str:
        """The path under which it is served."""
        return f"/widget/{self.version}/{FILE}"


@cache
def releases() -> dict[str, Release]:
    """Every release by its version, oldest first."""
    entries = json.loads((FOLDER / "releases.json").read_text(encoding="utf-8"))
    return {entry["version"]: Release(entry["version"], entry["integrity"]) for entry in entries}


def newest() -> Release:
    """The release that our own pages use."""
    return list(releases().values())[-1]
