"""What docs/architecture.md shows: the processes and imports as they are in the working tree."""

import ast
import configparser
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import grimp

from api.settings import Settings

FOLDERS = ("api", "actions", "bot", "analytics", "knowledge")
PAGE = Path("docs/architecture.md")
PICTURE = Path("docs/architecture.svg")
BEGIN, END = "<!-- made by make architecture -->", "<!-- end -->"
# The port of another process on this machine, as code and Rasa's files write it: it comes by a name.
_CALLS = re.compile(r"(?:127\.0\.0\.1:\$?\{|settings\.)(\w+?)_ports?\b", re.IGNORECASE)
_OPENS_DATABASE = "analytics.database"


@dataclass(frozen=True)
class Process:
    """A process of the product: what supervisord starts, and whom it calls."""

    name: str
    command: str
    folder: str
    port: int
    calls: frozenset[str]


@dataclass(frozen=True)
class Subject:
    """A folder of api/: what it is about, and how many other subjects build on it."""

    name: str
    about: str
    used_by: int


@dataclass(frozen=True)
class Architecture:
    """What the picture shows."""

    processes: tuple[Process, ...]
    imports: frozenset[tuple[str, str]]
    with_database: frozenset[str]
    subjects: tuple[Subject, ...]
    modules: dict[str, tuple[str, ...]]


def architecture() -> Architecture:
    """As it is now in the working tree."""
    graph = grimp.build_graph(*FOLDERS, cache_dir=None)
    among_folders: set[tuple[str, str]] = set()
    with_database: set[str] = set()
    users: dict[str, set[str]] = defaultdict(set)
    for module in graph.modules:
        for imported in graph.find_modules_directly_imported_by(module):
            here, there = module.split("."), imported.split(".")
            if here[0] != there[0]:
                among_folders.add((here[0], there[0]))
            if imported == _OPENS_DATABASE and here[0] != "analytics":
                with_database.add(here[0])
            if here[0] == there[0] == "api" and len(here) > 1 and here[1] != there[1]:
                users[there[1]].add(here[1])
    subjects = {path.parent.name: _about(path) for path in sorted(Path("api").glob("*/__init__.py"))}
    return Architecture(
        processes=tuple(_processes()),
        imports=frozenset(among_folders),
        with_database=frozenset(with_database),
        subjects=tuple(Subject(name, about, len(users[name] & subjects.keys())) for name, about in subjects.items()),
        modules={folder: _modules(graph.find_children(folder)) for folder in FOLDERS},
    )


def _modules(names: set[str]) -> tuple[str, ...]:
    return tuple(sorted(name.partition(".")[2] for name in names if not name.endswith("__")))


def _processes() -> Iterator[Process]:
    """The programs of supervisord.conf, with the ports that the settings give them."""
    config = configparser.ConfigParser()
    config.read("supervisord.conf")
    for section in config.sections():
        kind, _, name = section.partition(":")
        if kind == "program":
            command = config[section]["command"]
            module = command.rsplit(" ", 1)[-1]
            folder = module.split(".")[0]
            yield Process(
                name=name,
                command=command,
                folder=folder,
                port=Settings.model_fields[f"{name}_port"].default,
                calls=frozenset(_called(folder) - {name}),
            )


def _called(folder: str) -> set[str]:
    files = [path for pattern in ("*.py", "*.yml") for path in Path(folder).rglob(pattern)]
    ours = (path for path in files if not {".venv", "node_modules"} & set(path.parts))
    return {name.lower() for path in ours for name in _CALLS.findall(path.read_text())}


def _about(init: Path) -> str:
    return (ast.get_docstring(ast.parse(init.read_text())) or "").split("\n\n")[0].replace("\n", " ")


def table(found: Architecture) -> str:
    """The subjects of api/ as rows of Markdown."""
    rows = "\n".join(f"| `api/{subject.name}` | {subject.about} |" for subject in found.subjects)
    return f"| folder | what it is about |\n|---|---|\n{rows}"


def with_table(page: str, found: Architecture) -> str:
    """The page with its table made again. Raises ValueError when the page has no place for it."""
    if page.count(BEGIN) != 1 or page.count(END) != 1:
        raise ValueError(f"{PAGE}: the lines {BEGIN} and {END} must stand in it once")
    before, _, rest = page.partition(BEGIN)
    return f"{before}{BEGIN}\n{table(found)}\n{END}{rest.partition(END)[2]}"
