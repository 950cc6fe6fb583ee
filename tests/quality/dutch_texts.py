"""All Dutch that people see, in sentences, with where it stands and for whom it is."""

import ast
import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import fnmatch
from functools import cache
from pathlib import Path
from typing import Any

import yaml

SETTINGS = Path(__file__).with_name("dutch.yaml")
GAP = "‹›"  # what the product fills in
_APART = {"node_modules", ".venv", "__pycache__", "migrations", "releases"}
_SENTENCE_ENDS = re.compile(rf"(?<=[.!?])[\"')]*\s+(?=[\"'(]?[A-ZÀ-Ý0-9{GAP[0]}])")
_TYPED = re.compile(r"\"[a-z ]{1,12}\"")  # what somebody can type, or stands on a button
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_NO_WORD = re.compile(r"\S*[/_=@<>]\S*|\S*[^\W\d]\.[^\W\d]\S*|--\S+|[^\W\d]*\d\S*|\S*[\"'“]?\b[a-z]+-?[a-z]*[A-Z]\S*")
_PATTERN = re.compile(r"\(\?|\\[bswd]|\w\|\w|\)\?")
_DUTCH = frozenset(
    re.findall(
        r"\w+",
        "de het een je niet geen van zijn wordt staat deze dit voor met naar ook kan moet dan nog uit bij ons",
    )
)
_ENGLISH = frozenset(re.findall(r"\w+", "the of and to with a an that which by from this not be are has"))


@dataclass(frozen=True)
class Sentence:
    """One sentence, heading or label: its text, the file it stands in, and who reads it."""

    file: str
    audience: str
    text: str

    @property
    def words(self) -> list[str]:
        """The words of it; numbers, addresses, names of files and settings, and what is filled in are none."""
        return _WORD.findall(_NO_WORD.sub(" ", self.text))


@cache
def settings() -> dict[str, Any]:
    """What dutch.yaml says."""
    return yaml.safe_load(SETTINGS.read_text())


def sentences() -> list[Sentence]:
    """All of them, each once per file."""
    found: dict[Sentence, None] = {}
    for path in _files():
        for part, text in _by_part(path):
            who = audience(str(path), part)
            for line in text.split("\n"):
                for piece in _SENTENCE_ENDS.split(_TYPED.sub(GAP, " ".join(line.split()))):
                    if _WORD.search(piece):
                        found[Sentence(str(path), who, piece)] = None
    return list(found)


def audience(file: str, part: str = "") -> str:
    """Who reads what stands in this file, or in this part of it: the first of the list that names it."""
    every = settings()["audiences"]
    of_part = (each["for"] for each in every if part in each.get("parts", {}).get(file, ()))
    return next(of_part, None) or next(
        each["for"] for each in every if any(fnmatch(file, glob) for glob in each["files"])
    )


def _by_part(path: Path) -> Iterable[tuple[str, str]]:
    """The texts of a file, each with the part that it stands in when parts of the file have readers of their own."""
    if not any(str(path) in each.get("parts", {}) for each in settings()["audiences"]):
        return (("", text) for text in texts_of(path))
    parts = yaml.safe_load(path.read_text(encoding="utf-8")).items()
    return ((part, text) for part, below in parts for text in _in_data(below, str(path), part))


def _files() -> Iterator[Path]:
    for glob in settings()["texts"]:
        for path in sorted(Path().glob(glob)):
            if not _APART & set(path.parts) and not any(fnmatch(str(path), each) for each in settings()["no_texts"]):
                yield path


def texts_of(path: Path) -> Iterable[str]:
    """The texts of one file that people see, each as it stands there. Raises ValueError for another kind of file."""
    text = path.read_text(encoding="utf-8")
    match path.suffix:
        case ".yaml" | ".yml":
            return _in_data(yaml.safe_load(text), str(path))
        case ".html":
            return _in_html(text)
        case ".md":
            return _in_markdown(text) if is_dutch(text) else ()
        case ".py":
            return (found for found in _in_python(text) if is_dutch(found))
        case ".typ":
            return (found for found in re.findall(r"\[([^\[\]]{8,})\]", text) if is_dutch(found) and "#" not in found)
        case ".ts":
            quoted = re.findall(r"\"([^\"\n]+)\"|`([^`]+)`", text)
            return (re.sub(r"\$\{.*?\}", GAP, one or other) for one, other in quoted if is_dutch(one or other))
    raise ValueError(f"{path}: no way to find the texts in it. Remedy: leave it out of {SETTINGS}, or add one.")


def is_dutch(text: str) -> bool:
    """Whether a text is Dutch, and no pattern: it has words that only Dutch has, more of them than English ones."""
    if _PATTERN.search(text):
        return False
    words = [word.lower() for word in _WORD.findall(text)]
    dutch, english = (sum(word in common for word in words) for common in (_DUTCH, _ENGLISH))
    return len(words) > 2 and dutch > english


def _in_data(node: Any, file: str, key: str = "") -> Iterator[str]:
    """The values that are texts, under a key that is for people."""
    if isinstance(node, dict):
        for name, below in node.items():
            if str(name) not in _keys("keys_of_makers", file):
                yield from _in_data(below, file, str(name))
    elif isinstance(node, list):
        for below in node:
            yield from _in_data(below, file, key)
    elif isinstance(node, str) and not node.startswith(("http", "/")) and _is_text(node, file, key):
        yield re.sub(r"\{[^}]*\}", GAP, node)


def _is_text(value: str, file: str, key: str) -> bool:
    return " " in value.strip() or key not in _keys("keys_of_codes", file)


@cache
def _keys(kind: str, file: str) -> frozenset[str]:
    """The keys of this kind in a file, as dutch.yaml gives them."""
    fitting = (each for each in settings()[kind] if any(fnmatch(file, glob) for glob in each["files"]))
    return frozenset(key for each in fitting for key in each["keys"])


def _in_html(text: str) -> Iterator[str]:
    text = re.sub(r"\{#.*?#\}|<!--.*?-->|<(style|script|code|pre)\b.*?</\1>", " ", text, flags=re.DOTALL)
    text = re.sub(r"\{%-?\s*(else|elif|block|endblock)\b.*?%\}", "\n", text, flags=re.DOTALL)
    text = re.sub(r"\{%.*?%\}", "", text, flags=re.DOTALL)
    text = re.sub(r"\{\{.*?\}\}", GAP, text, flags=re.DOTALL)
    yield from re.findall(r"(?:aria-label|placeholder|alt|title)=\"([^\"]*\s[^\"]*)\"", text)
    text = re.sub(r"<br>|</?(?!a\b|strong\b|em\b|b\b|i\b|span\b|time\b|abbr\b)[a-z][^>]*>", "\n", text)
    for block in html.unescape(re.sub(r"<[^>]*>", "", text)).split("\n\n"):
        yield from re.split(r"\n(?=\s*\n)", block)


def _in_markdown(text: str) -> Iterator[str]:
    text = re.sub(r"^\s*```.*?^\s*```", "\n\n", text, flags=re.DOTALL | re.MULTILINE)
    text = re.sub(r"<!--.*?-->", "", text, flags=re.DOTALL)
    text = re.sub(r"`[^`\n]+`", GAP, text)
    text = re.sub(r"!?\[([^\]]*)\]\([^)]*\)", r"\1", text)
    for block in re.split(r"\n\s*\n|\n(?=\s*(?:[-*|#>]|\d+\.) ?)", text):
        for cell in block.split("|") if block.lstrip().startswith("|") else [block]:
            yield " ".join(re.sub(r"^\s*(?:[-*#>]+|\d+\.)\s+|\*\*", "", cell).split())


def _in_python(text: str) -> Iterator[str]:
    tree = ast.parse(text)
    apart: set[int] = set()  # docstrings, and the parts of what is joined
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if isinstance(body, list) and body and isinstance(body[0], ast.Expr):
            apart.add(id(body[0].value))
        if isinstance(node, ast.JoinedStr):
            apart.update(id(part) for part in node.values)
            yield "".join(str(part.value) if isinstance(part, ast.Constant) else GAP for part in node.values)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in apart:
            yield re.sub(r"\{[^}]*\}", GAP, node.value)
