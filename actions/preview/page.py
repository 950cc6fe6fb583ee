"""The preview as one HTML page that needs nothing else."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from actions.preview.marking import MarkedPart
from actions.preview.playing import ENTREPRENEUR
from actions.preview.versions import needed

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def page(
    parts: Sequence[MarkedPart], files: Sequence[str], version: str, fault: str | None, shadowed: Sequence[str]
) -> str:
    """The page. `files` are those that differ from `version`; `fault` says why nothing was compared.

    `shadowed` names what does not count in a file, because an owner changed it in the portal.
    """
    groups = [(name, list(of_group)) for name, of_group in groupby(parts, key=lambda part: part.group)]
    return _ENVIRONMENT.get_template("preview.html").render(
        groups=groups,
        changed=[part for part in parts if part.changes],
        files=[(file, needed(file)) for file in files],
        version=version,
        fault=fault,
        shadowed=shadowed,
        entrepreneur=ENTREPRENEUR,
        anchors={(part.group, part.title): f"deel-{number}" for number, part in enumerate(parts, start=1)},
    )
