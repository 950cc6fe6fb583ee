"""Code that nobody uses, as vulture finds it, less what is used in ways that vulture cannot see."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

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
