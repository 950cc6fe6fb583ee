"""The texts as they are now and as they were committed, and which files differ."""

import asyncio
import io
import subprocess
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from actions.preview.parts import Part, parts
from actions.preview.playing import Script
from knowledge.base import load
from knowledge.languages import DUTCH
from knowledge.loading import KnowledgeError
from knowledge.responses import load_responses

CONTENT = ("knowledge", "domain.yml")
# Files that the model is made of, besides the ids of the questions; bot/train.py decides.
TRAINED = ("domain.yml", "knowledge/activities.yaml", "knowledge/lexicon.yaml")
LIVE_AT_ONCE = "knowledge/sites/"
LANGUAGES = "knowledge/languages/"
# Parts of a language that a script holds itself, by the target that builds it again (api/*/script_words.py).
BUILT_IN = {"make widget": ("script",), "make tablet": ("tablet", "uitslag")}


class NoEarlierVersion(Exception):
    """The texts of before cannot be shown; the message says why, in Dutch."""


def current(root: Path) -> tuple[Part, ...]:
    """What a preview of the files in a folder shows. Raises KnowledgeError with every fault in them."""
    problems = []
    try:
        responses = load_responses(root / "domain.yml")
    except KnowledgeError as error:
        problems += error.problems
    try:
        knowledge = load(root / "knowledge")
    except KnowledgeError as error:
        problems += error.problems
    if problems:
        raise KnowledgeError(problems)
    with asyncio.Runner() as runner:
        return parts(Script(knowledge, responses, runner))


def earlier(root: Path, version: str) -> tuple[Part, ...]:
    """What a preview of a committed version shows. Raises NoEarlierVersion."""
    with _checked_out(root, version) as folder:
        try:
            return current(folder)
        except KnowledgeError as error:
            what = (
                f"De teksten van {version} passen niet meer bij dit programma, dus er is niets om mee te vergelijken."
            )
            raise NoEarlierVersion(what) from error


def changed_files(root: Path, version: str) -> tuple[str, ...]:
    """Files with content that differ from a committed version, or are new. Raises NoEarlierVersion."""
    differing = _git(root, "diff", "--name-only", "--relative", version, "--", *CONTENT)
    new = _git(root, "ls-files", "--others", "--exclude-standard", "--", *CONTENT)
    names = (differing + new).decode().splitlines()
    return tuple(sorted(name for name in names if name.endswith((".yaml", ".yml"))))


def needed(file: str) -> str:
    """What has to be done before everybody sees a change of this file."""
    if file.startswith(LIVE_AT_ONCE):
        return "telt binnen twee seconden, zonder herstart"
    if file in TRAINED:
        return "stop en start: make start traint eerst opnieuw"
    if file.startswith(LANGUAGES):
        return f"stop en start, zonder trainen; {_building(file)}"
    return "stop en start, zonder trainen"


def _building(file: str) -> str:
    """For which parts of a language a programmer builds a script first; only Dutch has all of them."""
    shared = BUILT_IN if file == f"{LANGUAGES}{DUTCH}.yaml" else {"make widget": BUILT_IN["make widget"]}
    return ", ".join(f"bij {' en '.join(parts)} eerst {target}" for target, parts in shared.items())


@contextmanager
def _checked_out(root: Path, version: str) -> Iterator[Path]:
    archive = _git(root, "archive", version, "--", *CONTENT)
    with tempfile.TemporaryDirectory(prefix="voorbeeld-") as folder:
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(folder, filter="data")
        yield Path(folder)


def _git(root: Path, *arguments: str) -> bytes:
    try:
        return subprocess.run(("git", *arguments), cwd=root, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError) as error:
        raise NoEarlierVersion("Dit is geen git-map, of die versie bestaat niet. Er is niet vergeleken.") from error
