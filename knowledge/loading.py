"""Reading YAML files so that every fault in them names the file, the line and the remedy."""

import re
from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import yaml

from knowledge.words import words

T = TypeVar("T")

_RESTORE = "Zet het bestand terug, bijvoorbeeld met git checkout."
_INDENT = "Kijk op deze regel en de regel ervoor naar inspringing, dubbele punten en aanhalingstekens."
_FORM = "Vergelijk met een ander bestand of onderdeel van dezelfde soort."


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
        what = f"Het bestand is niet te lezen ({type(error).__name__})."
        raise KnowledgeError([Problem(Document(path, None, None).name, 1, what, _RESTORE)]) from error
    return parse(path, text)


def parse(path: Path, text: str) -> Document:
    """The text of a YAML file as a document. Raises KnowledgeError when it is not YAML."""
    loader = _Loader(text)
    try:
        root = loader.get_single_node()
        data = loader.construct_document(root) if root is not None else None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        what = f"Dit is geen goede YAML: {getattr(error, 'problem', None) or error}."
        raise KnowledgeError(
            [Problem(Document(path, None, None).name, mark.line + 1 if mark else 1, what, _INDENT)]
        ) from error
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
        what, _, path = str(error).partition(" - at `")
        steps = at + tuple(_steps(path.removesuffix("`")))
        raise KnowledgeError([document.problem(steps, _dutch(what), _FORM)]) from error


def _steps(path: str) -> list[str | int]:
    """The steps in a msgspec path such as `$.vragen[2].opties[...]`."""
    found = re.findall(r"\.([^.\[\]]+)|\[(\d+)\]", path)
    return [name if name else int(index) for name, index in found]


_TRANSLATIONS = (
    (r"Object missing required field `(.*)`", r"Het veld '\1' ontbreekt."),
    (r"Object contains unknown field `(.*)`", r"Het veld '\1' hoort hier niet."),
    (r"Invalid enum value '?(.*?)'?$", r"De waarde '\1' bestaat niet."),
    (r"Expected `(.*)`, got `(.*)`", r"Hier hoort \1, er staat \2."),
    (r"Invalid RFC3339 encoded date", "Hier hoort een datum: jaar-maand-dag, bijvoorbeeld 2026-12-31."),
)


def _dutch(what: str) -> str:
    for pattern, replacement in _TRANSLATIONS:
        if re.search(pattern, what):
            return re.sub(pattern, replacement, what)
    return f"Deze waarde klopt niet ({what})."


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
