"""Code that nobody uses, as vulture finds it, less what is used in ways that vulture cannot see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path

import yaml
from vulture import Vulture

FOLDERS = ("actions", "analytics", "api", "bot", "knowledge", "tests")
APART = ("*/node_modules/*", "*/.venv/*", "*/migrations/versions/*", "*/__pycache__/*")
# A decorator hands the function to a framework, which calls it.
DECORATORS = (
    *("@*.get", "@*.post", "@*.put", "@*.patch", "@*.delete", "@*.route", "@*.middleware", "@*.exception_handler"),
    *("@*.listener", "@*.listens_for", "@*.register", "@pytest.*", "@field_validator", "@model_validator"),
    *("@*.api_route", "@*.on_request"),
)
TEMPLATES = ("api/**/templates/**/*", "api/**/print_templates/**/*")
EXPLAINED = Path(__file__).with_name("dead_code.yaml")


@dataclass(frozen=True)
class Unused:
    """A name that nothing in the code uses."""

    file: str
    line: int
    kind: str
    name: str

    def __str__(self) -> str:
        """As an editor opens it."""
        return f"{self.file}:{self.line}: {self.kind} {self.name}"


@dataclass(frozen=True)
class Explanation:
    """Names in some files that are used after all, and by what."""

    why: str
    files: str
    names: tuple[str, ...]

    def fits(self, unused: Unused) -> bool:
        """Whether it is about this name."""
        return any(self.explains(name, unused) for name in self.names)

    def explains(self, name: str, unused: Unused) -> bool:
        """Whether this name or pattern of it is what makes it fit."""
        return fnmatch(unused.file, self.files) and fnmatch(unused.name, name)


def unused_names() -> Iterator[Unused]:
    """Everything that vulture finds, at every confidence, and that no template names."""
    vulture = Vulture(ignore_decorators=DECORATORS)
    vulture.scavenge(FOLDERS, exclude=APART)
    here = Path.cwd()
    in_templates = template_names()
    for item in vulture.get_unused_code():
        if item.name not in in_templates:
            yield Unused(str(item.filename.resolve().relative_to(here)), item.first_lineno, item.typ, item.name)


def template_names() -> set[str]:
    """Every name between the braces of a template, outside quotes."""
    files = {path for pattern in TEMPLATES for path in Path().glob(pattern) if path.is_file()}
    code = (part for path in files for part in re.findall(r"\{[{%].*?[%}]\}", path.read_text(), re.DOTALL))
    return {name for part in code for name in re.findall(r"\w+", re.sub(r"\"[^\"]*\"|'[^']*'", "", part))}


def explanations() -> list[Explanation]:
    """What dead_code.yaml says."""
    entries = yaml.safe_load(EXPLAINED.read_text())
    return [Explanation(entry["why"], entry["files"], tuple(entry["names"])) for entry in entries]
