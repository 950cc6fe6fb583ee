"""Entries of the catalogue as the files that `knowledge/initiatives` holds."""

from datetime import date
from pathlib import Path
from typing import Any

import msgspec
import yaml

from knowledge.catalogue import Catalogue, Initiative
from knowledge.loading import convert, read

_WIDTH = 110
_FOLDED = frozenset("\x85\u2028\u2029")  # line ends to YAML, signs like any other to us


class InTheWay(Exception):
    """There are files that would be written over; says which and what to do, in Dutch."""


def write(catalogue: Catalogue, folder: Path) -> None:
    """Write a file per initiative; one that says the same in other words stays as it is.

    Raises InTheWay, and writes nothing, when a file says something else, and KnowledgeError when one cannot be read.
    """
    targets = [(folder / f"{entry.id}.yaml", entry) for entry in catalogue]
    new = [(path, entry) for path, entry in targets if not path.exists()]
    others = [path.name for path, entry in targets if path.exists() and convert(read(path), Initiative) != entry]
    if others:
        raise InTheWay(
            f"In {folder} staat al iets anders: {', '.join(others)}. Kies een lege map, en kijk dan wat je overneemt."
        )
    folder.mkdir(parents=True, exist_ok=True)
    for path, entry in new:
        path.write_text(text(entry), encoding="utf-8")


def text(entry: Initiative) -> str:
    """An entry as the text of its file. What is not known is left out, as in files that people write."""
    empty = {field.name: field.default for field in msgspec.structs.fields(Initiative)}
    fields: dict[str, Any] = msgspec.to_builtins(entry, builtin_types=(date,))
    told = {name: value for name, value in fields.items() if getattr(entry, name) != empty[name]}
    if entry.contact is not None:
        told["contact"] = {name: value for name, value in told["contact"].items() if value is not None}
    return yaml.dump(told, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=_WIDTH)


class _Dumper(yaml.SafeDumper):
    """Escapes signs that YAML takes for line ends, so that a text is read back as it was."""

    def represent_text(self, text: str) -> yaml.ScalarNode:
        return self.represent_scalar("tag:yaml.org,2002:str", text, style='"' if _FOLDED & set(text) else None)


_Dumper.add_representer(str, _Dumper.represent_text)
