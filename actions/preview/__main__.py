"""`python -m actions.preview`: write the preview and say what differs."""

import argparse
import sys
from pathlib import Path

from actions.preview.marking import marked
from actions.preview.page import page
from actions.preview.parts import Part
from actions.preview.versions import NoEarlierVersion, changed_files, current, earlier
from knowledge.base import load
from knowledge.loading import KnowledgeError
from knowledge.shadowed import shadowed

COMMITTED = "HEAD"
PAGE = Path("var/voorbeeld.html")


def main(arguments: list[str] | None = None, root: Path = Path()) -> int:
    """Write the page. Returns the exit code: 1 when the texts hold a fault, which is then told."""
    parser = argparse.ArgumentParser(prog="python -m actions.preview", description="Schrijft een voorbeeld.")
    parser.add_argument("--tegen", default=COMMITTED, help="versie in git om mee te vergelijken")
    version = parser.parse_args(arguments).tegen
    try:
        now = current(root)
    except KnowledgeError as error:
        print(error, file=sys.stderr)
        print(f"{len(error.problems)} fout(en) gevonden. Er is geen voorbeeld gemaakt.", file=sys.stderr)
        return 1
    before, files, fault = _before(root, version)
    parts, path = marked(now, before), root / PAGE
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(page(parts, files, version, fault, shadowed(load(root / "knowledge").editions)), encoding="utf-8")
    print(f"Open {path.resolve()} in je browser.")
    print(fault or f"{sum(part.changes for part in parts)} bericht(en) zijn anders dan in git ({version}).")
    return 0


def _before(root: Path, version: str) -> tuple[tuple[Part, ...] | None, tuple[str, ...], str | None]:
    """What a committed version showed, the files that differ from it, and why there is nothing to compare with."""
    try:
        files = changed_files(root, version)
    except NoEarlierVersion as problem:
        return None, (), str(problem)
    try:
        return earlier(root, version), files, None
    except NoEarlierVersion as problem:
        return None, files, str(problem)


if __name__ == "__main__":
    sys.exit(main())
