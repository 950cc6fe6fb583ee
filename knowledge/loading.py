"""Reading YAML files so that every fault in them names the file, the line and the remedy."""

import re
from collections.abc import Hashable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from knowledge.fault_words import below, value_fault, yaml_fault
from knowledge.words import words

T = TypeVar("T")

_RESTORE = "Zet het bestand terug, bijvoorbeeld met git checkout."
_NO_TEXT = "Het is geen gewone tekst. Sla het op als UTF-8, of zet het terug, bijvoorbeeld met git checkout."


@dataclass(frozen=True, order=True)
class Problem:
    """One fault in a data file, in Dutch, because the people who keep these files read Dutch."""

    file: str
    line: int
    what: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}, regel {self.line}: {self.what} Oplossing: {self.remedy}"


class KnowledgeError(Exception):
    """The data files hold faults; `problems` lists all that were found."""

    def __init__(self, problems: list[Problem]) -> None:
        """Take all faults; they are shown in the order of file and line."""
        self.problems = sorted(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


class _Loader(yaml.CSafeLoader):
    """Safe loader that refuses a key that stands twice in one mapping, and says where a value cannot be read."""

    def construct_object(self, node: yaml.Node, deep: bool = False) -> Any:
        try:
            return super().construct_object(node, deep)
        except ValueError as error:  # a date such as 2026-02-30
            raise _unreadable(f"'{node.value}' bestaat niet als datum of getal", node) from error

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        seen = set()
        for key_node, _ in node.value:
            if not isinstance(key_node, yaml.ScalarNode):  # a text that starts with "{" or "["
                raise _unreadable("hier hoort een woord en dan een dubbele punt", key_node)
            if key_node.value in seen:
                raise _unreadable(f"de sleutel '{key_node.value}' staat er twee keer", key_node)
            seen.add(key_node.value)
        return super().construct_mapping(node, deep)


def _unreadable(what: str, node: yaml.Node) -> yaml.constructor.ConstructorError:
    return yaml.constructor.ConstructorError(None, None, what, node.start_mark)


@dataclass(frozen=True)
class Document:
    """A YAML file: its data, and the place of every value in it."""

    path: Path
    data: Any
    root: yaml.Node | None

    @property
    def name(self) -> str:
        """The file as an editor of the data knows it: its folder and name."""
        return f"{self.path.parent.name}/{self.path.name}"

    def line(self, *steps: str | int) -> int:
        """Line (from 1) of the value that `steps` lead to, or of the nearest value above it."""
        node = self.root
        for step in steps:
            child = _child(node, step)
            if child is None:
                break
            node = child
        return node.start_mark.line + 1 if node is not None else 1

    def below(self, *steps: str | int) -> "Document":
        """The part of the document that `steps` lead to, as a document of its own. Raises LookupError."""
        data, node = self.data, self.root
        for step in steps:
            data, node = data[step], _child(node, step)
        return Document(self.path, data, node)

    def problem(self, steps: tuple[str | int, ...], what: str, remedy: str) -> Problem:
        """A fault at the value that `steps` lead to."""
        return Problem(self.name, self.line(*steps), what, remedy)


def _child(node: yaml.Node | None, step: str | int) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if key.value == str(step)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        child: yaml.Node = node.value[step]
        return child
    return None


def read(path: Path) -> Document:
    """Read one YAML file. Raises KnowledgeError when it is missing or is not YAML."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        missing, remedy = isinstance(error, FileNotFoundError), _NO_TEXT if isinstance(error, ValueError) else _RESTORE
        what = "Het bestand is er niet." if missing else "Het bestand is niet te lezen."
        raise KnowledgeError([Problem(Document(path, None, None).name, 1, what, remedy)]) from error
    return parse(path, text)


def parse(path: Path, text: str) -> Document:
    """The text of a YAML file as a document. Raises KnowledgeError when it is not YAML."""
    name = Document(path, None, None).name
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        data = loader.construct_document(root) if root is not None else None
    except yaml.YAMLError as error:
        raise KnowledgeError([Problem(name, *yaml_fault(error, text))]) from error
    finally:
        loader.dispose()
    return Document(path, data, root)


def convert(document: Document, into: type[T], *at: str | int) -> T:
    """Turn the value that stands in the document at `at` into a typed value.

    Raises KnowledgeError with the line of the first value that does not fit.
    """
    data = document.data
    for step in at:
        data = data[step]
    try:
        return msgspec.convert(data, into, strict=True)
    except msgspec.ValidationError as error:
        message, _, path = str(error).partition(" - at `")
        steps, kind = _place(data, into, path.removesuffix("`"))
        unknown = re.search(r"unknown field `(.*)`", message)
        where = (*at, *steps, *([unknown[1]] if unknown else []))
        raise KnowledgeError([document.problem(where, *value_fault(message, kind))]) from error


def _place(data: Any, kind: Any, path: str) -> tuple[list[str | int], Any]:
    """The steps of a msgspec path such as `$.vragen[2].opties[...]`, and the kind of value that stands there.

    `[...]` is a key of a dictionary, which msgspec does not name: the first of which the value does not fit.
    """
    steps: list[str | int] = []
    for name, index in re.findall(r"\.([^.\[\]]+)|\[(\d+|\.\.\.)\]", path):
        inside = below(kind, name)
        step = name or (int(index) if index.isdigit() else _first_unfit(data, inside))
        steps.append(step)
        data, kind = data[step], inside
    return steps, kind


def _first_unfit(data: dict[str, Any], kind: Any) -> str:
    return next(key for key, value in data.items() if not _fits(value, kind))


def _fits(value: Any, kind: Any) -> bool:
    try:
        msgspec.convert(value, kind, strict=True)
    except msgspec.ValidationError:
        return False
    return True


def repeated_names(document: Document, section: str, entries: list[tuple[str, ...]]) -> list[Problem]:
    """Names that stand at two entries, where a look-up could give only one; the first name of each is its own."""
    problems: list[Problem] = []
    seen: dict[str, str] = {}
    for index, names in enumerate(entries):
        for name in names:
            first = seen.setdefault(" ".join(words(name)), names[0])
            if first != names[0]:
                what = f"'{name}' staat ook bij '{first}'."
                problems.append(document.problem((section, index), what, "Laat hem op een plaats staan."))
    return problems


def blank_texts(document: Document) -> list[Problem]:
    """Texts in which nothing stands, wherever they are in a document."""
    return [
        document.problem(steps, "Hier staat niets.", "Vul de tekst in.")
        for steps, text in texts_in(document.data)
        if not text.strip()
    ]


def texts_in(data: Any, *steps: str | int) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """Every text in a value, with the steps that lead to it."""
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in inside:
        yield from texts_in(value, *steps, step)
    if isinstance(data, str):
        yield steps, data


def same_titles(document: Document, at: tuple[str | int, ...], titles: Iterable[str]) -> list[Problem]:
    """Buttons under one question that nobody could tell apart."""
    seen: set[str] = set()
    problems = []
    for title in titles:
        plain = " ".join(title.lower().split())
        if plain in seen:
            what = f"Twee knoppen heten '{title}'."
            problems.append(document.problem(at, what, "Geef elke knop onder een vraag een andere titel."))
        seen.add(plain)
    return problems
