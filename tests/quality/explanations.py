"""What a check finds and is right all the same: why, in which files, which names."""

from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import Any, Protocol

import yaml


class Found(Protocol):
    """A name in a file, as a check finds it."""

    @property
    def file(self) -> str:
        """Its path from the top of the product."""

    @property
    def name(self) -> str:
        """What it is called there."""


@dataclass(frozen=True)
class Explanation:
    """Names in some files, or patterns of them, and why nothing has to be done about them."""

    why: str
    files: str
    names: tuple[str, ...]

    def fits(self, found: Found) -> bool:
        """Whether it is about this."""
        return any(self.explains(name, found) for name in self.names)

    def explains(self, name: str, found: Found) -> bool:
        """Whether this name or pattern of it is what makes it fit."""
        return fnmatch(found.file, self.files) and fnmatch(found.name, name)


def explanations(entries: list[dict[str, Any]]) -> list[Explanation]:
    """Entries of a file as explanations."""
    return [Explanation(entry["why"], entry["files"], tuple(entry["names"])) for entry in entries]


def read(path: Path) -> list[Explanation]:
    """What a file says; one that is empty explains nothing."""
    return explanations(yaml.safe_load(path.read_text()) or [])
