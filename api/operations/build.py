"""Which version of the product this is."""

import tomllib
from functools import lru_cache
from pathlib import Path

_PROJECT = Path(__file__).parents[2] / "pyproject.toml"


@lru_cache
def version() -> str:
    """The version of the product, as pyproject.toml says; "onbekend" where that file was not copied along."""
    if not _PROJECT.exists():
        return "onbekend"
    return str(tomllib.loads(_PROJECT.read_text())["project"]["version"])
