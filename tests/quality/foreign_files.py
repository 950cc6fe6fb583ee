"""Files of others that stand in the repository: those that say so themselves."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

# Names under which the terms of others usually lie beside what they are about.
_TERMS = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|OFL|COPYRIGHT|README)([.-].*)?|.*\.license", re.IGNORECASE)
_NAMED = re.compile(
    r"Creative Commons|\bCC[ -]BY|SPDX-License-Identifier|Licensed under|OPEN FONT LICENSE|Apache License|MIT License"
    r"|BSD \d-Clause|GNU (Lesser |Affero )?General Public",
    re.IGNORECASE,
)
# Brackets keep this line from being what it looks for.
_HEADER = re.compile(
    r"SPDX-License-Identifie[r]:|@licens[e]\b|@preserv[e]\b|\(c\) (19|20)\d\d |Copyright ©? ?(19|20)\d\d "
)
_HEAD = 2_000  # characters in which a file says whose it is
_OURS = (Path("LICENSE"), Path("README.md"), Path("CONTRIBUTING.md"))  # of the product
_METASCHEMA = "json-schema.org"  # says in which language a schema is written, not whose it is
_IDENTIFIERS = ("$id", "$schema")
_TEXT = (".py", ".js", ".mjs", ".ts", ".css", ".html", ".txt", ".yaml", ".yml", ".csv", ".svg", ".xsd", ".typ", ".sh")


def tracked() -> list[Path]:
    """Every file of the repository."""
    listed = subprocess.run(["git", "ls-files", "-z"], check=True, capture_output=True, text=True).stdout
    return [path for name in listed.split("\0") if name and (path := Path(name)).is_file()]


def foreign(files: list[Path], root: Path = Path()) -> Iterator[Path]:
    """Those that say that they are of others, and folders of which a file in them says so."""
    for path in files:
        if path in _OURS:
            continue
        if path.suffix == ".json":
            if _hosts(root / path):
                yield path
        elif _TERMS.fullmatch(path.name):
            if _NAMED.search((root / path).read_text(encoding="utf-8")):
                yield path if path.suffix == ".license" else path.parent
        elif path.suffix in _TEXT and _HEADER.search(_head(root / path)):
            yield path


def _head(path: Path) -> str:
    with path.open(encoding="utf-8") as file:
        return file.read(_HEAD)


def _hosts(path: Path) -> set[str]:
    """The hosts that a JSON file takes its name and its form from."""
    said: Any = json.loads(path.read_text(encoding="utf-8"))
    names = [said[name] for name in _IDENTIFIERS if isinstance(said, dict) and isinstance(said.get(name), str)]
    return {host for name in names if (host := urlsplit(name).hostname) and host != _METASCHEMA}
